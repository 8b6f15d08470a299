// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/word.hpp"

#include <algorithm>

namespace assay::bytes {
namespace {

constexpr std::size_t HALF = 16;
constexpr std::size_t MAX_DIGITS = 78; // of 2^256 - 1
constexpr std::uint8_t SIGN_BIT = 0x80;

bool is_negative(const Hash32& word) {
    return (word[0] & SIGN_BIT) != 0;
}

/// Two's complement: -word modulo 2^256.
Hash32 negated(Hash32 word) {
    unsigned carry = 1;
    for (std::size_t i = word.size(); i-- > 0;) {
        carry += static_cast<std::uint8_t>(~word[i]);
        word[i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
    return word;
}

} // namespace

Hash32 word_from_u64(std::uint64_t value) noexcept {
    Hash32 word{};
    for (std::size_t i = word.size(); value != 0; value >>= 8)
        word[--i] = static_cast<std::uint8_t>(value);
    return word;
}

std::optional<std::uint64_t> word_to_u64(const Hash32& word) noexcept {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (i < word.size() - sizeof value && word[i] != 0)
            return std::nullopt;
        value = value << 8 | word[i];
    }
    return value;
}

std::optional<Hash32> word_from_decimal(std::string_view digits) noexcept {
    if (digits.empty() || digits.size() > MAX_DIGITS || (digits[0] == '0' && digits.size() > 1))
        return std::nullopt;
    Hash32 word{};
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        unsigned carry = static_cast<unsigned>(digit - '0');
        for (std::size_t i = word.size(); i-- > 0;) {
            carry += word[i] * 10u;
            word[i] = static_cast<std::uint8_t>(carry);
            carry >>= 8;
        }
        if (carry != 0)
            return std::nullopt; // 2^256 or more
    }
    return word;
}

std::string word_to_decimal(const Hash32& word) noexcept {
    Hash32 rest = word;
    std::string reversed;
    do {
        unsigned remainder = 0;
        for (std::uint8_t& byte : rest) {
            remainder = remainder << 8 | byte;
            byte = static_cast<std::uint8_t>(remainder / 10);
            remainder %= 10;
        }
        reversed.push_back(static_cast<char>('0' + remainder));
    } while (rest != Hash32{});
    return {reversed.rbegin(), reversed.rend()};
}

bool is_int128(const Hash32& word) noexcept {
    const std::uint8_t extension = (word[HALF] & SIGN_BIT) != 0 ? 0xff : 0x00;
    return std::all_of(word.begin(), word.begin() + HALF,
                       [&](std::uint8_t byte) { return byte == extension; });
}

std::optional<Hash32> int128_from_decimal(std::string_view text) noexcept {
    const bool negative = text.starts_with('-');
    const auto magnitude = word_from_decimal(text.substr(negative ? 1 : 0));
    if (!magnitude || (negative && *magnitude == Hash32{}))
        return std::nullopt;
    const Hash32 word = negative ? negated(*magnitude) : *magnitude;
    if (!is_int128(word) || is_negative(word) != negative)
        return std::nullopt;
    return word;
}

std::string int128_to_decimal(const Hash32& word) noexcept {
    return is_negative(word) ? "-" + word_to_decimal(negated(word)) : word_to_decimal(word);
}

} // namespace assay::bytes
