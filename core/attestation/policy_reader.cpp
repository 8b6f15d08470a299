// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// NitroPolicy::parse: the form of the policy, attestation.md §1.7 step 0.
#include "core/attestation/policy.hpp"
#include "core/attestation/policy_values.hpp"
#include "core/bytes/integer_text.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace assay::attestation {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

/// Hex of exactly the size of @p Array.
template <typename Array>
std::optional<Array> read_fixed_hex(const JsonValue& value) {
    const auto decoded = read_hex(value);
    Array out{};
    if (!decoded || decoded->size() != out.size()) {
        return std::nullopt;
    }
    std::copy(decoded->begin(), decoded->end(), out.begin());
    return out;
}

/// "0" … "31", without leading zeros.
std::optional<std::size_t> read_pcr_index(std::string_view name) {
    const bool leading_zero = name.size() > 1 && name.front() == '0';
    const auto index = bytes::read_unsigned(name);
    return index && *index < PCR_COUNT && !leading_zero
               ? std::optional{static_cast<std::size_t>(*index)}
               : std::nullopt;
}

/// One entry of `measurements`; nothing when it does not say which image is meant, or when.
std::optional<Measurement> read_measurement(const JsonValue& value) {
    if (!value.is(JsonKind::object)) {
        return std::nullopt;
    }
    Measurement entry{};
    bool has_pins = false;
    for (const JsonMember& member : value.members()) {
        if (PolicyWindow::has_member(member.name)) {
            if (!entry.window.read(member)) {
                return std::nullopt;
            }
        } else if (member.name == "og_pcr_hash") {
            entry.pcr_hash = read_fixed_hex<Hash32>(member.value);
            if (!entry.pcr_hash) {
                return std::nullopt;
            }
        } else {
            const auto index = read_pcr_index(member.name);
            const auto pin = read_fixed_hex<Pcr>(member.value);
            if (!index || !pin) {
                return std::nullopt;
            }
            entry.pins[*index] = *pin;
            has_pins = true;
        }
    }
    const bool image = entry.pins[0] && entry.pins[1] && entry.pins[2];
    const bool usable = entry.pcr_hash ? !has_pins : image;
    return usable ? std::optional{entry} : std::nullopt;
}

} // namespace

/// Fills a policy member by member.
class NitroPolicyReader {
public:
    Result<NitroPolicy> read(const JsonValue& value, std::span<const std::string_view> foreign) {
        if (!value.is(JsonKind::object)) {
            return ErrorCode::POLICY_INVALID;
        }
        auto measurements = read_measurements<Measurement>(value, read_measurement,
                                                           ErrorCode::NITRO_PCR_POLICY_EMPTY);
        if (!measurements) {
            return measurements.error();
        }
        policy_.measurements_ = *std::move(measurements);
        for (const JsonMember& member : value.members()) {
            const bool skip =
                member.name == "measurements" ||
                std::find(foreign.begin(), foreign.end(), member.name) != foreign.end();
            if (!skip && !read_member(member)) {
                // An unknown name is the caller's text: not repeated.
                return Error{ErrorCode::POLICY_INVALID, "policy"};
            }
        }
        return std::move(policy_);
    }

private:
    bool read_member(const JsonMember& member) {
        const JsonValue& value = member.value;
        if (member.name == "max_age_s") {
            return read_seconds(value, policy_.max_age_s_);
        }
        if (member.name == "max_skew_s") {
            return read_seconds(value, policy_.max_skew_s_);
        }
        if (member.name == "allow_debug") {
            const auto flag = read_flag(value);
            policy_.allow_debug_ = flag.value_or(false);
            return flag.has_value();
        }
        if (member.name == "nonce") {
            policy_.nonce_ = read_hex(value);
            return policy_.nonce_.has_value();
        }
        if (member.name == "public_key") {
            policy_.public_key_ = read_hex(value);
            return policy_.public_key_.has_value();
        }
        return member.name == "user_data" && read_user_data(value);
    }

    static bool read_seconds(const JsonValue& value, std::int64_t& target) {
        const auto seconds = read_integer(value);
        target = seconds.value_or(0);
        return seconds && *seconds >= 0;
    }

    /// Exactly one of the two forms.
    bool read_user_data(const JsonValue& value) {
        if (!value.is(JsonKind::object) || value.members().size() != 1) {
            return false;
        }
        const JsonMember& form = value.members().front();
        if (form.name == "exact") {
            policy_.user_data_ = read_hex(form.value);
            return policy_.user_data_.has_value();
        }
        return form.name == "og" && read_og(form.value);
    }

    bool read_og(const JsonValue& value) {
        if (!value.is(JsonKind::object) || value.members().empty()) {
            return false; // a binding to nothing
        }
        for (const JsonMember& member : value.members()) {
            const auto digest = read_fixed_hex<Hash32>(member.value);
            if (!digest) {
                return false;
            }
            if (member.name == "tls_cert_sha256") {
                policy_.tls_certificate_ = *digest;
            } else if (member.name == "signing_key_sha256") {
                policy_.signing_keys_.push_back(*digest);
            } else {
                return false;
            }
        }
        return true;
    }

    NitroPolicy policy_;
};

Result<NitroPolicy> NitroPolicy::parse(const JsonValue& policy,
                                       std::span<const std::string_view> foreign_members) noexcept {
    return NitroPolicyReader{}.read(policy, foreign_members);
}

} // namespace assay::attestation
