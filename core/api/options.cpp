// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/options.hpp"

#include "core/api/json_members.hpp"
#include "core/api/time_text.hpp"
#include "core/base/limits.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

template <typename Enum>
using NamedValue = std::pair<std::string_view, Enum>;

/// An optional member that is one of a few words.
template <typename Enum, std::size_t N>
Result<std::optional<Enum>> parse_word(const JsonValue& options, std::string_view name,
                                       const std::array<NamedValue<Enum>, N>& words) noexcept {
    const JsonValue* value = options.find(name);
    if (value == nullptr) {
        return std::optional<Enum>{};
    }
    for (const auto& [word, meaning] : words) {
        if (value->is(JsonKind::string) && value->string() == word) {
            return std::optional<Enum>{meaning};
        }
    }
    return invalid(std::string{name});
}

constexpr std::array<NamedValue<receipt::RequestIs>, 2> REQUEST_WORDS = {
    {{"sent", receipt::RequestIs::sent}, {"sdk-input", receipt::RequestIs::sdk_input}}};
constexpr std::array<NamedValue<receipt::ResponseIs>, 2> RESPONSE_WORDS = {
    {{"json", receipt::ResponseIs::json}, {"stream", receipt::ResponseIs::stream}}};

std::optional<Hash32> parse_hash(const JsonValue* value) noexcept {
    return value != nullptr && value->is(JsonKind::string)
               ? bytes::hash_from_hex_0x(value->string())
               : std::nullopt;
}

Result<Clock> parse_clock(const JsonValue& options) noexcept {
    const JsonValue* now = options.find("now");
    if (now == nullptr || !(now->is(JsonKind::number) || now->is(JsonKind::string))) {
        return invalid("now");
    }
    const auto moment =
        parse_time(now->is(JsonKind::number) ? now->raw() : std::string_view{now->string()});
    if (!moment) {
        return invalid("now");
    }
    Clock clock{*moment, Clock::Source::caller};
    if (const JsonValue* source = options.find("now_source")) {
        if (!source->is(JsonKind::string)) {
            return invalid("now_source");
        }
        if (source->string() == "device") {
            clock.source = Clock::Source::device;
        } else if (source->string() != "caller") {
            return invalid("now_source");
        }
    }
    return clock;
}

} // namespace

Result<JsonValue> parse_options(BytesView text, std::span<const std::string_view> known) noexcept {
    if (text.size() > limits::OPTIONS_BYTES) {
        return invalid("options");
    }
    auto value = bytes::parse_json(as_text(text), ErrorCode::POLICY_INVALID);
    if (!value) {
        return value;
    }
    if (auto members = check_members(*value, known, "options"); !members) {
        return members.error();
    }
    return value;
}

Result<TimedOptions> TimedOptions::parse(BytesView text,
                                         std::span<const std::string_view> known) noexcept {
    auto object = parse_options(text, known);
    if (!object) {
        return object.error();
    }
    const auto clock = parse_clock(*object);
    if (!clock) {
        return clock.error();
    }
    return TimedOptions{*std::move(object), *clock};
}

Result<const JsonValue*> TimedOptions::policy(ErrorCode empty) const noexcept {
    const JsonValue* value = object.find("policy");
    if (value == nullptr || value->is(JsonKind::null)) {
        return Error{empty, "policy"};
    }
    return value;
}

void note_clock(CheckList& checks, const Clock& clock) noexcept {
    const char* source =
        clock.source == Clock::Source::device ? " by this device's clock" : " as the caller says";
    checks.assumed("clock", format_time(clock.now) + source);
}

Result<AuthenticateOptions> AuthenticateOptions::parse(BytesView text) noexcept {
    constexpr std::array<std::string_view, 3> KNOWN = {"now", "now_source", "root"};
    const auto timed = TimedOptions::parse(text, KNOWN);
    if (!timed) {
        return timed.error();
    }
    const JsonValue& object = timed->object;
    AuthenticateOptions options{timed->clock, std::nullopt};
    if (const JsonValue* root = object.find("root")) {
        auto parsed = NamedRoot::parse(*root);
        if (!parsed) {
            return parsed.error();
        }
        options.root = std::move(*parsed);
    }
    return options;
}

Result<NitroOptions> NitroOptions::parse(BytesView text) noexcept {
    constexpr std::array<std::string_view, 3> KNOWN = {"now", "now_source", "policy"};
    const auto timed = TimedOptions::parse(text, KNOWN);
    if (!timed) {
        return timed.error();
    }
    const JsonValue& object = timed->object;
    auto policy = Policy::parse(object.find("policy"), Policy::Measurements::required);
    if (!policy) {
        return policy.error();
    }
    return NitroOptions{timed->clock, std::move(*policy)};
}

Result<ReceiptOptions> ReceiptOptions::parse(BytesView text, Anchor anchor) noexcept {
    constexpr std::array<std::string_view, 7> KNOWN = {
        "now", "now_source", "policy", "request_is", "response_is", "profile", "expected_tee_id"};
    const auto timed = TimedOptions::parse(text, KNOWN);
    if (!timed) {
        return timed.error();
    }
    const JsonValue& object = timed->object;
    const bool attested = anchor == Anchor::attestation;
    auto policy = Policy::parse(object.find("policy"), attested ? Policy::Measurements::required
                                                                : Policy::Measurements::unused);
    if (!policy) {
        return policy.error();
    }
    auto request_is = parse_word(object, "request_is", REQUEST_WORDS);
    if (!request_is) {
        return request_is.error();
    }
    auto response_is = parse_word(object, "response_is", RESPONSE_WORDS);
    if (!response_is) {
        return response_is.error();
    }

    ReceiptOptions options{timed->clock, std::move(*policy), *request_is, *response_is, {}, {}};
    if (const JsonValue* profile = object.find("profile")) {
        if (profile->is(JsonKind::string)) {
            options.profile = receipt::profile_named(profile->string());
        }
        if (!options.profile) {
            return invalid("profile");
        }
    }
    // The table decides for an attested enclave, the caller for a bare key; never both.
    if (options.profile.has_value() == attested) {
        return invalid("profile");
    }
    if (attested && !options.request_is) {
        return invalid("request_is");
    }
    if (const JsonValue* id = object.find("expected_tee_id")) {
        options.expected_tee_id = parse_hash(id);
        if (!options.expected_tee_id) {
            return invalid("expected_tee_id");
        }
    }
    return options;
}

Result<ProfileOptions> ProfileOptions::parse(BytesView text) noexcept {
    constexpr std::array<std::string_view, 3> KNOWN = {"pcr_hash", "request_is", "profiles"};
    const auto object = parse_options(text, KNOWN);
    if (!object) {
        return object.error();
    }
    const auto pcr_hash = parse_hash(object->find("pcr_hash"));
    if (!pcr_hash) {
        return invalid("pcr_hash");
    }
    const auto request_is = parse_word(*object, "request_is", REQUEST_WORDS);
    if (!request_is) {
        return request_is.error();
    }
    const JsonValue* profiles = object->find("profiles");
    if (!request_is->has_value() || profiles == nullptr) {
        return invalid("options");
    }
    auto table = receipt::ProfileTable::parse(*profiles);
    if (!table) {
        return table.error();
    }
    return ProfileOptions{*pcr_hash, **request_is, std::move(*table)};
}

} // namespace assay::api
