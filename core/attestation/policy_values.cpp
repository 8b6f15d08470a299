// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/policy_values.hpp"

#include "core/bytes/hex.hpp"
#include "core/bytes/integer_text.hpp"

namespace assay::attestation {

using bytes::JsonKind;
using bytes::JsonValue;

std::optional<Bytes> read_hex(const JsonValue& value) noexcept {
    if (!value.is(JsonKind::string)) {
        return std::nullopt;
    }
    std::string_view text = value.string();
    if (text.starts_with("0x")) {
        text.remove_prefix(2);
    }
    return bytes::from_hex(text);
}

std::optional<std::int64_t> read_integer(const JsonValue& value) noexcept {
    return value.is(JsonKind::number) ? bytes::read_signed(value.raw()) : std::nullopt;
}

std::optional<bool> read_flag(const JsonValue& value) noexcept {
    return value.is(JsonKind::boolean) ? std::optional{value.boolean()} : std::nullopt;
}

bool PolicyWindow::in_milliseconds(const JsonValue& policy) noexcept {
    // attestation.md §0: a Unix value above this is milliseconds by mistake.
    constexpr std::int64_t LARGEST_UNIX_SECONDS = 100'000'000'000;
    const JsonValue* list = policy.find("measurements");
    if (list == nullptr || !list->is(JsonKind::array)) {
        return false;
    }
    for (const JsonValue& entry : list->items()) {
        for (const char* name : {"from", "until"}) {
            const JsonValue* moment = entry.is(JsonKind::object) ? entry.find(name) : nullptr;
            if (moment != nullptr && read_integer(*moment).value_or(0) > LARGEST_UNIX_SECONDS) {
                return true;
            }
        }
    }
    return false;
}

bool PolicyWindow::read(const bytes::JsonMember& member) noexcept {
    const auto seconds = read_integer(member.value);
    (member.name == "from" ? from : until) = seconds.value_or(0);
    return seconds.has_value();
}

} // namespace assay::attestation
