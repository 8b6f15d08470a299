// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Values that the policies of all families are made of. Every reader answers nothing for a value of
// another form; the family names the code.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/bytes/json.hpp"

#include <cstdint>
#include <limits>
#include <optional>

namespace assay::attestation {

/// Bytes of a hex string of either case, with or without 0x.
[[nodiscard]] std::optional<Bytes> read_hex(const bytes::JsonValue& value) noexcept;

/// A JSON integer token (no fraction, no exponent) within 64 bits.
[[nodiscard]] std::optional<std::int64_t> read_integer(const bytes::JsonValue& value) noexcept;

/// true or false, and nothing else.
[[nodiscard]] std::optional<bool> read_flag(const bytes::JsonValue& value) noexcept;

/// `from` and `until` of a measurement (api.md "Policy"): outside of them it does not match.
struct PolicyWindow {
    std::int64_t from = std::numeric_limits<std::int64_t>::min();  ///< Unix seconds, inclusive
    std::int64_t until = std::numeric_limits<std::int64_t>::max(); ///< Unix seconds, inclusive

    [[nodiscard]] static bool has_member(std::string_view name) noexcept {
        return name == "from" || name == "until";
    }
    /// Takes the member `from` or `until`. @return whether it is a moment.
    [[nodiscard]] bool read(const bytes::JsonMember& member) noexcept;
    [[nodiscard]] bool contains(std::int64_t now) const noexcept {
        return now >= from && now <= until;
    }
};

} // namespace assay::attestation
