// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/field_forms.hpp"

#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/word.hpp"

#include <string_view>

namespace assay::receipt {

using bytes::JsonKind;

std::optional<Bytes> read_signature(const bytes::JsonValue& value) noexcept {
    if (!value.is(JsonKind::string) || value.string().empty())
        return std::nullopt;
    return bytes::from_base64(value.string());
}

std::optional<Hash32> read_hash(const bytes::JsonValue& value) noexcept {
    if (!value.is(JsonKind::string))
        return std::nullopt;
    std::string_view digits = value.string();
    if (digits.starts_with("0x"))
        digits.remove_prefix(2);
    return bytes::hash_from_hex(digits);
}

std::optional<std::uint64_t> read_timestamp(const bytes::JsonValue& value) noexcept {
    std::string_view digits;
    if (value.is(JsonKind::number))
        digits = value.raw() == "-0" ? "0" : value.raw();
    else if (value.is(JsonKind::string))
        digits = value.string();
    const auto word = bytes::word_from_decimal(digits); // refuses the signs of a fraction
    return word ? bytes::word_to_u64(*word) : std::nullopt;
}

} // namespace assay::receipt
