// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/policy.hpp"

#include "core/api/json_members.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/integer_text.hpp"
#include "core/bytes/utf8.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

/// Members of the policy that belong to this layer; the rest is attestation::NitroPolicy's.
constexpr std::array<std::string_view, 4> POLICY_MEMBERS = {"root", "profiles", "receipt",
                                                            "accept"};

/// Longest name of a root, bytes: it is shown to people.
constexpr std::size_t ROOT_NAME_BYTES = 128;

/// A limit in seconds: absent keeps the default, null lifts it.
Result<void> parse_limit(const JsonValue& object, std::string_view name,
                         std::optional<std::uint64_t>& limit) noexcept {
    const JsonValue* value = object.find(name);
    if (value == nullptr) {
        return Result<void>::ok();
    }
    if (value->is(JsonKind::null)) {
        limit.reset();
        return Result<void>::ok();
    }
    const auto seconds =
        value->is(JsonKind::number) ? bytes::read_unsigned(value->raw()) : std::nullopt;
    if (!seconds) {
        return invalid("policy.receipt." + std::string{name});
    }
    limit = *seconds;
    return Result<void>::ok();
}

Result<receipt::FreshnessPolicy> parse_freshness(const JsonValue& object) noexcept {
    constexpr std::array<std::string_view, 2> KNOWN = {"max_age_s", "future_s"};
    if (auto known = check_members(object, KNOWN, "policy.receipt"); !known) {
        return known.error();
    }
    receipt::FreshnessPolicy freshness;
    if (auto read = parse_limit(object, "max_age_s", freshness.max_age_s); !read) {
        return read.error();
    }
    if (auto read = parse_limit(object, "future_s", freshness.future_s); !read) {
        return read.error();
    }
    return freshness;
}

Result<std::vector<TrustLevel>> parse_accept(const JsonValue& list) noexcept {
    if (!list.is(JsonKind::array)) {
        return invalid("policy.accept");
    }
    std::vector<TrustLevel> levels;
    for (const JsonValue& item : list.items()) {
        const auto level = item.is(JsonKind::string) ? trust_level(item.string()) : std::nullopt;
        if (!level) {
            return invalid("policy.accept");
        }
        levels.push_back(*level);
    }
    return levels;
}

} // namespace

Result<NamedRoot> NamedRoot::parse(const JsonValue& root) noexcept {
    constexpr std::array<std::string_view, 2> KNOWN = {"name", "der"};
    if (auto known = check_members(root, KNOWN, "root"); !known) {
        return known.error();
    }
    const JsonValue* name = root.find("name");
    const JsonValue* der = root.find("der");
    if (name == nullptr || !name->is(JsonKind::string) || name->string().empty() ||
        name->string().size() > ROOT_NAME_BYTES || !bytes::is_utf8(name->string()) ||
        der == nullptr || !der->is(JsonKind::string)) {
        return invalid("root");
    }
    auto decoded = bytes::from_base64(der->string());
    if (!decoded || decoded->empty()) {
        return invalid("root.der");
    }
    return NamedRoot{name->string(), std::move(*decoded)};
}

Result<TrustPolicy> TrustPolicy::parse(const JsonValue& policy) noexcept {
    TrustPolicy trust{std::nullopt, {TrustLevel::proven, TrustLevel::attested}};
    if (const JsonValue* root = policy.find("root")) {
        auto parsed = NamedRoot::parse(*root);
        if (!parsed) {
            return parsed.error();
        }
        trust.root = std::move(*parsed);
    }
    if (const JsonValue* accept = policy.find("accept")) {
        auto parsed = parse_accept(*accept);
        if (!parsed) {
            return parsed.error();
        }
        trust.accept = std::move(*parsed);
    }
    return trust;
}

bool TrustPolicy::accepts(TrustLevel level) const noexcept {
    return std::find(accept.begin(), accept.end(), level) != accept.end();
}

Result<Policy> Policy::parse(const JsonValue* object, Measurements measurements) noexcept {
    const bool absent = object == nullptr || object->is(JsonKind::null);
    if (absent && measurements == Measurements::required) {
        return Error{ErrorCode::NITRO_PCR_POLICY_EMPTY, "policy"};
    }
    if (absent || !object->is(JsonKind::object)) {
        return invalid("policy");
    }

    auto trust = TrustPolicy::parse(*object);
    if (!trust) {
        return trust.error();
    }
    Policy policy{*std::move(trust), std::nullopt, std::nullopt, {}};
    if (const JsonValue* profiles = object->find("profiles")) {
        auto parsed = receipt::ProfileTable::parse(*profiles);
        if (!parsed) {
            return parsed.error();
        }
        policy.profiles = std::move(*parsed);
    }
    if (const JsonValue* freshness = object->find("receipt")) {
        auto parsed = parse_freshness(*freshness);
        if (!parsed) {
            return parsed.error();
        }
        policy.freshness = *parsed;
    }
    if (measurements == Measurements::required) {
        auto parsed = attestation::NitroPolicy::parse(*object, POLICY_MEMBERS);
        if (!parsed) {
            return parsed.error();
        }
        policy.nitro = std::move(*parsed);
    } else if (auto known = check_members(*object, POLICY_MEMBERS, "policy"); !known) {
        return known.error();
    }
    return policy;
}

} // namespace assay::api
