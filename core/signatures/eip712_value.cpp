// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/eip712_value.hpp"

#include "core/bytes/hex.hpp"
#include "core/bytes/utf8.hpp"
#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>

namespace assay::signatures {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using Kind = Eip712Base::Kind;

constexpr std::size_t ADDRESS_BYTES = 20;

/// The value of 1 to 64 hexadecimal digits.
std::optional<Hash32> word_from_hex_number(std::string_view digits) {
    constexpr std::size_t WORD_DIGITS = 64;
    if (digits.empty() || digits.size() > WORD_DIGITS)
        return std::nullopt;
    return bytes::hash_from_hex(std::string(WORD_DIGITS - digits.size(), '0').append(digits));
}

unsigned bit_length(const Hash32& word) {
    for (std::size_t i = 0; i < word.size(); ++i)
        if (word[i] != 0)
            return static_cast<unsigned>((word.size() - i) * 8) -
                   static_cast<unsigned>(std::countl_zero(word[i]));
    return 0;
}

/// Adds 2^256 - 1.
void decrement(Hash32& word) {
    for (std::size_t i = word.size(); i-- > 0;)
        if (word[i]-- != 0)
            return;
}

std::optional<Hash32> encode_integer(Eip712Base base, const JsonValue& value) {
    std::string_view text;
    if (value.is(JsonKind::number))
        text = value.raw();
    else if (value.is(JsonKind::string))
        text = value.string();
    const bool hex = value.is(JsonKind::string) && text.starts_with("0x");
    const bool negative = text.starts_with('-');
    auto word = hex ? word_from_hex_number(text.substr(2))
                    : bytes::word_from_decimal(text.substr(negative ? 1 : 0));
    if (!word)
        return std::nullopt;
    if (!negative)
        return bit_length(*word) > base.size - (base.kind == Kind::int_ ? 1U : 0U) ? std::nullopt
                                                                                   : word;
    if (*word == Hash32{})
        return word;
    // -m is the complement of m - 1, and lies in the range when m - 1 does.
    decrement(*word);
    if (base.kind != Kind::int_ || bit_length(*word) > base.size - 1U)
        return std::nullopt;
    for (std::uint8_t& byte : *word)
        byte = static_cast<std::uint8_t>(~byte);
    return word;
}

/// The bytes of a string value that is "0x" and two digits a byte.
std::optional<Bytes> read_bytes(const JsonValue& value) {
    if (!value.is(JsonKind::string) || !value.string().starts_with("0x"))
        return std::nullopt;
    return bytes::from_hex(std::string_view{value.string()}.substr(2));
}

} // namespace

std::optional<Hash32> encode_atomic(Eip712Base base, const JsonValue& value) noexcept {
    Hash32 word{};
    switch (base.kind) {
    case Kind::uint:
    case Kind::int_:
        return encode_integer(base, value);
    case Kind::boolean:
        if (!value.is(JsonKind::boolean))
            return std::nullopt;
        word.back() = value.boolean() ? 1 : 0;
        return word;
    case Kind::string:
        if (!value.is(JsonKind::string) || !bytes::is_utf8(value.string()))
            return std::nullopt;
        return hash::keccak256(as_bytes(value.string()));
    case Kind::structure:
        return std::nullopt;
    case Kind::bytes:
    case Kind::fixed_bytes:
    case Kind::address:
        break;
    }
    const auto content = read_bytes(value);
    if (!content)
        return std::nullopt;
    if (base.kind == Kind::bytes)
        return hash::keccak256(*content);
    const bool address = base.kind == Kind::address;
    if (content->size() != (address ? ADDRESS_BYTES : base.size))
        return std::nullopt;
    // bytesN stands on the left, an address is a number.
    std::copy(content->begin(), content->end(),
              address ? word.end() - static_cast<std::ptrdiff_t>(ADDRESS_BYTES) : word.begin());
    return word;
}

} // namespace assay::signatures
