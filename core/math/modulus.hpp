// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Arithmetic modulo an odd number that is known only at run time. Not constant-time.
#pragma once

#include "core/math/limbs.hpp"
#include "core/math/modulus28.hpp"
#include "core/math/words.hpp"
#if ASSAY_HAS_LIMBS_64
#include "core/math/modulus64.hpp"
#endif

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::math {

#if ASSAY_USES_LIMBS_64
template <std::size_t MAX_BITS>
using RunTimeLimbs = Limbs64<MAX_BITS>;
#else
template <std::size_t MAX_BITS>
using RunTimeLimbs = Limbs28<MAX_BITS>;
#endif

/// @tparam L a back-end: Limbs28 or Limbs64, which also sets the longest modulus
template <class L>
class Modulus {
public:
    using Number = typename L::Number;

    /// Preconditions: odd, above 2, the highest word not zero, no longer than the back-end takes.
    explicit Modulus(std::span<const std::uint64_t> words) noexcept {
        assert((words[0] & 1) != 0 && words.back() != 0);
        const std::size_t bits =
            WORD_BITS * words.size() - static_cast<std::size_t>(std::countl_zero(words.back()));
        constexpr std::size_t BLOCK_BITS = L::BLOCK * L::LIMB_BITS;
        size_ = (bits + 2 + BLOCK_BITS - 1) / BLOCK_BITS * L::BLOCK; // R >= 4 m
        assert(size_ <= L::MAX_SIZE);
        modulus_ = split(words);
        factor_ = static_cast<Limb>(negated_inverse(words[0]) & MASK);

        // 2^(bits - 1) < m, doubled to R modulo m, which stands for 1; doubled on to 2^k, squared
        // to 2^(2 k), and so on until 2^(28 size) or 2^(64 size): R, which stands as R^2.
        Number power{};
        power[(bits - 1) / L::LIMB_BITS] = Limb{1} << (bits - 1) % L::LIMB_BITS;
        const std::size_t r_bits = L::LIMB_BITS * size_;
        for (std::size_t i = bits - 1; i < r_bits; ++i)
            double_number(power);
        constexpr std::size_t DOUBLINGS = 32; // about as long as a squaring takes
        unsigned squarings = 0;
        while (r_bits >> squarings > DOUBLINGS)
            ++squarings;
        for (std::size_t i = 0; i < r_bits >> squarings; ++i)
            double_number(power);
        while (squarings-- > 0) {
            square(power, power);
            reduce_once(power);
            if ((r_bits >> squarings & 1) != 0)
                double_number(power);
        }
        r_squared_ = power;
    }

    /// @return a number of at most as many bits as the modulus has words, as limbs.
    [[nodiscard]] Number split(std::span<const std::uint64_t> words) const noexcept {
        Number out{};
        for (std::size_t i = 0; i < size_; ++i)
            out[i] = limb_at(words, i);
        return out;
    }

    /// Words of a number below 2 m, reduced below m.
    void join(Number number, std::span<std::uint64_t> words) const noexcept {
        reduce_once(number);
        for (std::uint64_t& word : words)
            word = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            const std::size_t at = i * L::LIMB_BITS;
            const std::size_t shift = at % WORD_BITS;
            const std::uint64_t limb = number[i];
            if (at / WORD_BITS < words.size())
                words[at / WORD_BITS] |= limb << shift;
            if (shift + L::LIMB_BITS > WORD_BITS && at / WORD_BITS + 1 < words.size())
                words[at / WORD_BITS + 1] |= limb >> (WORD_BITS - shift);
        }
    }

    /// out = a b / R modulo m, below 2 m, for a b < R m (both below 2 m, or one below m and the
    /// other below 4 m).
    void multiply(Number& out, const Number& a, const Number& b) const noexcept {
        L::multiply(out, a, b, modulus_, factor_, size_);
    }
    void square(Number& out, const Number& a) const noexcept {
        L::square(out, a, modulus_, factor_, size_);
    }
    /// @return a R modulo m: with it, one product gives a times anything.
    [[nodiscard]] Number lift(const Number& a) const noexcept {
        Number out;
        multiply(out, a, r_squared_);
        return out;
    }

    /// value = value^exponent mod m. Preconditions: the value is below m and has as many words as
    /// the modulus; the exponent is odd, big-endian, its first byte not zero.
    void power_odd(std::span<std::uint64_t> value, BytesView exponent) const noexcept {
        assert(!exponent.empty() && exponent[0] != 0 && (exponent.back() & 1) != 0);
        const Number plain = split(value);
        const Number base = lift(plain);
        Number power = base;
        // Left to right (Handbook of Applied Cryptography, 14.79); the last factor is the plain
        // value, which takes R out.
        const std::size_t bits =
            8 * exponent.size() - static_cast<std::size_t>(std::countl_zero(exponent[0]));
        for (std::size_t i = bits - 1; i-- > 0;) {
            square(power, power);
            if ((exponent[exponent.size() - 1 - i / 8] >> i % 8 & 1) != 0)
                multiply(power, power, i == 0 ? plain : base);
        }
        if (bits == 1)
            power = plain;
        join(power, value);
    }

private:
    using Limb = typename L::Limb;
    static constexpr std::uint64_t MASK = L::LIMB_BITS == WORD_BITS
                                              ? ~std::uint64_t{0}
                                              : (std::uint64_t{1} << L::LIMB_BITS % WORD_BITS) - 1;

    static Limb limb_at(std::span<const std::uint64_t> words, std::size_t i) noexcept {
        if constexpr (L::LIMB_BITS == WORD_BITS)
            return i < words.size() ? words[i] : 0;
        else
            return static_cast<Limb>(bits_at(words, i * L::LIMB_BITS, L::LIMB_BITS));
    }

    /// a - m when a >= m.
    void reduce_once(Number& a) const noexcept {
        for (std::size_t i = size_; i-- > 0;) {
            if (a[i] != modulus_[i]) {
                if (a[i] < modulus_[i])
                    return;
                break;
            }
        }
        Limb borrow = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            const auto difference = static_cast<Limb>(a[i] - modulus_[i] - borrow);
            borrow = a[i] < modulus_[i] || (a[i] == modulus_[i] && borrow != 0) ? 1 : 0;
            a[i] = static_cast<Limb>(difference & MASK);
        }
    }

    /// a = 2 a modulo m, for a < m; the result is below m.
    void double_number(Number& a) const noexcept {
        Limb carry = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            const Limb limb = a[i];
            a[i] = static_cast<Limb>((limb << 1 | carry) & MASK);
            carry = limb >> (L::LIMB_BITS - 1);
        }
        reduce_once(a);
    }

    Number modulus_;
    Number r_squared_;
    Limb factor_;
    std::size_t size_;
};

} // namespace assay::math
