// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Values that the policies of all families are made of. Every reader answers nothing for a value of
// another form; the family names the code.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/bytes/json.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

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
    /// Whether an entry of `measurements` has a `from` or `until` in milliseconds: a fault of the
    /// call, POLICY_INVALID, whatever the entry pins (attestation.md §0).
    [[nodiscard]] static bool in_milliseconds(const bytes::JsonValue& policy) noexcept;
    /// Takes the member `from` or `until`. @return whether it is a moment.
    [[nodiscard]] bool read(const bytes::JsonMember& member) noexcept;
    [[nodiscard]] bool contains(std::int64_t now) const noexcept {
        return now >= from && now <= until;
    }
};

/// The list `measurements`: not empty, every entry as @p read_entry (→ std::optional<Entry>) has
/// it. @return @p empty otherwise; POLICY_INVALID for a window in milliseconds.
template <typename Entry, typename Read>
[[nodiscard]] Result<std::vector<Entry>>
read_measurements(const bytes::JsonValue& policy, Read read_entry, ErrorCode empty) noexcept {
    if (PolicyWindow::in_milliseconds(policy)) {
        return Error{ErrorCode::POLICY_INVALID, "policy.measurements"};
    }
    const Error unusable{empty, "measurements"};
    const bytes::JsonValue* list = policy.find("measurements");
    if (list == nullptr || !list->is(bytes::JsonKind::array) || list->items().empty()) {
        return unusable;
    }
    std::vector<Entry> entries;
    for (const bytes::JsonValue& item : list->items()) {
        auto entry = read_entry(item);
        if (!entry) {
            return unusable;
        }
        entries.push_back(*std::move(entry));
    }
    return entries;
}

/// Whether @p read_member takes every member but `measurements` and those of other layers.
template <typename Read>
[[nodiscard]] bool read_others(const bytes::JsonValue& policy,
                               std::span<const std::string_view> foreign_members,
                               Read read_member) noexcept {
    return std::all_of(policy.members().begin(), policy.members().end(), [&](const auto& member) {
        return member.name == "measurements" ||
               std::find(foreign_members.begin(), foreign_members.end(), member.name) !=
                   foreign_members.end() ||
               read_member(member);
    });
}

} // namespace assay::attestation
