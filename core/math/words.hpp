// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Non-negative integers as 64-bit words, the least significant first: the form in which numbers
// pass between the parts of this module, whatever limbs these calculate with.
#pragma once

#include "core/base/bytes_view.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::math {

template <std::size_t W>
using Words = std::array<std::uint64_t, W>;

inline constexpr std::size_t WORD_BITS = 64;

/// Reads a big-endian number. Precondition: it fits into @p out.
constexpr void read_big_endian(std::span<const std::uint8_t> bytes,
                               std::span<std::uint64_t> out) noexcept {
    for (std::uint64_t& word : out)
        word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::size_t at = bytes.size() - 1 - i;
        out[i / 8] |= std::uint64_t{bytes[at]} << i % 8 * 8;
    }
}

template <std::size_t W>
[[nodiscard]] constexpr Words<W> read_big_endian(std::span<const std::uint8_t> bytes) noexcept {
    Words<W> out{};
    read_big_endian(bytes, out);
    return out;
}

/// Writes as many bytes as @p out has; the number must fit.
constexpr void write_big_endian(std::span<const std::uint64_t> words,
                                std::span<std::uint8_t> out) noexcept {
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::uint64_t word = i / 8 < words.size() ? words[i / 8] : 0;
        out[out.size() - 1 - i] = static_cast<std::uint8_t>(word >> i % 8 * 8);
    }
}

[[nodiscard]] constexpr bool is_zero(std::span<const std::uint64_t> a) noexcept {
    for (const std::uint64_t word : a) {
        if (word != 0)
            return false;
    }
    return true;
}

/// Both of the same length.
[[nodiscard]] constexpr bool less(std::span<const std::uint64_t> a,
                                  std::span<const std::uint64_t> b) noexcept {
    for (std::size_t i = a.size(); i-- > 0;) {
        if (a[i] != b[i])
            return a[i] < b[i];
    }
    return false;
}

/// a += b. @return the carry.
constexpr std::uint64_t add_to(std::span<std::uint64_t> a,
                               std::span<const std::uint64_t> b) noexcept {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::uint64_t sum = a[i] + b[i];
        const std::uint64_t with_carry = sum + carry;
        carry =
            static_cast<std::uint64_t>(sum < b[i]) | static_cast<std::uint64_t>(with_carry < sum);
        a[i] = with_carry;
    }
    return carry;
}

/// a -= b. @return the borrow.
constexpr std::uint64_t subtract_from(std::span<std::uint64_t> a,
                                      std::span<const std::uint64_t> b) noexcept {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::uint64_t difference = a[i] - b[i];
        const std::uint64_t without = difference - borrow;
        borrow = static_cast<std::uint64_t>(a[i] < b[i]) |
                 static_cast<std::uint64_t>(difference < borrow);
        a[i] = without;
    }
    return borrow;
}

/// @return bits [from, from + count) of @p a, count < 64; bits above the number are zero.
[[nodiscard]] constexpr std::uint64_t bits_at(std::span<const std::uint64_t> a, std::size_t from,
                                              std::size_t count) noexcept {
    const std::size_t word = from / WORD_BITS;
    const std::size_t shift = from % WORD_BITS;
    std::uint64_t value = word < a.size() ? a[word] >> shift : 0;
    if (shift != 0 && word + 1 < a.size())
        value |= a[word + 1] << (WORD_BITS - shift);
    return value & ((std::uint64_t{1} << count) - 1);
}

/// a = 2 a mod m, for a < m.
constexpr void double_mod(std::span<std::uint64_t> a, std::span<const std::uint64_t> m) noexcept {
    std::uint64_t carry = 0;
    for (std::uint64_t& word : a) {
        const std::uint64_t next = word >> 63;
        word = word << 1 | carry;
        carry = next;
    }
    if (carry != 0 || !less(a, m))
        subtract_from(a, m);
}

/// @return -1/m modulo 2^64 for odd m, by Newton's iteration: each round doubles the right bits
/// (Hensel lifting; an odd number is its own inverse modulo 8).
[[nodiscard]] constexpr std::uint64_t negated_inverse(std::uint64_t m) noexcept {
    std::uint64_t inverse = m;
    for (int round = 0; round < 5; ++round)
        inverse *= 2 - m * inverse;
    return 0 - inverse;
}

} // namespace assay::math
