// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/json_fields.hpp"

#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/integer_text.hpp"

#include <algorithm>
#include <string>

namespace assay::chain {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

constexpr std::string_view PREFIX = "0x";

std::optional<std::uint64_t> plain_decimal(std::string_view text) {
    if (text.size() > 1 && text[0] == '0')
        return std::nullopt;
    return bytes::read_unsigned(text);
}

template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> exactly(const std::optional<Bytes>& bytes) {
    if (!bytes || bytes->size() != N)
        return std::nullopt;
    std::array<std::uint8_t, N> out{};
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

} // namespace

const std::string* text_of(const JsonValue* value) noexcept {
    return value != nullptr && value->is(JsonKind::string) ? &value->string() : nullptr;
}

std::optional<std::uint64_t> decimal_text(const JsonValue* value) noexcept {
    const std::string* text = text_of(value);
    return text == nullptr ? std::nullopt : plain_decimal(*text);
}

std::optional<std::uint64_t> plain_number(const JsonValue* value) noexcept {
    return value != nullptr && value->is(JsonKind::number) ? plain_decimal(value->raw())
                                                           : std::nullopt;
}

std::optional<Bytes> hex_text(const JsonValue* value) noexcept {
    const std::string* text = text_of(value);
    return text == nullptr ? std::nullopt : bytes::from_hex(*text);
}

std::optional<Bytes> prefixed_hex(std::string_view text) noexcept {
    return bytes::from_hex_0x(text);
}

std::optional<Bytes> prefixed_hex(const JsonValue* value) noexcept {
    const std::string* text = text_of(value);
    return text == nullptr ? std::nullopt : prefixed_hex(*text);
}

std::optional<Hash32> prefixed_hash(const JsonValue* value) noexcept {
    return exactly<sizeof(Hash32)>(prefixed_hex(value));
}

std::optional<Address> prefixed_address(const JsonValue* value) noexcept {
    return exactly<sizeof(Address)>(prefixed_hex(value));
}

std::optional<Hash32> quantity(std::string_view text) noexcept {
    constexpr std::size_t MAX_DIGITS = 2 * sizeof(Hash32);
    if (!text.starts_with(PREFIX))
        return std::nullopt;
    text.remove_prefix(PREFIX.size());
    if (text.empty() || text.size() > MAX_DIGITS)
        return std::nullopt;
    std::string digits(MAX_DIGITS - text.size(), '0');
    digits += text;
    return bytes::hash_from_hex(digits);
}

std::optional<Hash32> quantity(const JsonValue* value) noexcept {
    const std::string* text = text_of(value);
    return text == nullptr ? std::nullopt : quantity(*text);
}

std::optional<Bytes> base64_text(const JsonValue* value) noexcept {
    const std::string* text = text_of(value);
    return text == nullptr ? std::nullopt : bytes::from_base64(*text);
}

std::optional<std::span<const JsonValue>> items_of(const JsonValue* value) noexcept {
    if (value == nullptr || !value->is(JsonKind::array))
        return std::nullopt;
    return value->items();
}

const JsonValue* member(const JsonValue* object, const char* name) noexcept {
    return object == nullptr ? nullptr : object->find(name);
}

} // namespace assay::chain
