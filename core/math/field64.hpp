// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Residues modulo a fixed prime in limbs of 64 bits, always below the prime: the back-end for
/// machines with a product of 64 x 64 -> 128 bits. Same interface as Field28 and Field29; the
/// bounds K and V are never reached here.
#pragma once

#include "core/math/limbs.hpp"
#include "core/math/words.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace assay::math {

__extension__ using Uint128 = unsigned __int128;

template <class P>
struct Field64 {
    using Prime = P;
    static constexpr std::size_t N = P::WORDS.size();
    static constexpr std::size_t W = N;
    using Limbs = Words<N>;

    static constexpr unsigned K_MAX = 0xffff;
    static constexpr unsigned K_MAX_COMPLEX = 0xffff;
    static constexpr unsigned K_SUMMED = 0xffff;
    static constexpr unsigned K_STORED = 0xffff;
    static constexpr std::uint64_t EIGHTHS = 1 << 29; // nothing grows: any generous bound
    static constexpr std::uint64_t SHRINKABLE_V = 0xffffffff;
    static constexpr unsigned SHRINKABLE_K = 0xffff;
    static constexpr std::uint64_t V_MAX = 1 << 20;

    static constexpr const Limbs& MODULUS = P::WORDS;
    static constexpr std::uint64_t FACTOR = negated_inverse(P::WORDS[0]);

    static constexpr Limbs split(const Words<W>& words) noexcept { return words; }
    static constexpr Limbs power_of_two(std::size_t exponent) noexcept {
        Limbs value{1};
        for (std::size_t i = 0; i < exponent; ++i)
            double_mod(value, P::WORDS);
        return value;
    }
    static constexpr Limbs ONE = power_of_two(WORD_BITS * N);
    static constexpr Limbs R_SQUARED = power_of_two(2 * WORD_BITS * N);

    /// Coarsely integrated operand scanning (Koc, Acar, Kaliski, IEEE Micro 16 (1996) 26, section
    /// 5).
    [[gnu::noinline]] static void multiply(Limbs& out, const Limbs& a, const Limbs& b) noexcept {
        std::array<std::uint64_t, N + 1> t{};
        std::uint64_t top = 0;
        ASSAY_UNROLL for (std::size_t i = 0; i < N; ++i) {
            Uint128 sum = 0;
            ASSAY_UNROLL for (std::size_t j = 0; j < N; ++j) {
                sum += static_cast<Uint128>(a[j]) * b[i] + t[j];
                t[j] = static_cast<std::uint64_t>(sum);
                sum >>= WORD_BITS;
            }
            sum += t[N];
            t[N] = static_cast<std::uint64_t>(sum);
            top = static_cast<std::uint64_t>(sum >> WORD_BITS);

            const std::uint64_t m = t[0] * FACTOR;
            sum = (static_cast<Uint128>(m) * MODULUS[0] + t[0]) >> WORD_BITS;
            ASSAY_UNROLL for (std::size_t j = 1; j < N; ++j) {
                sum += static_cast<Uint128>(m) * MODULUS[j] + t[j];
                t[j - 1] = static_cast<std::uint64_t>(sum);
                sum >>= WORD_BITS;
            }
            sum += t[N];
            t[N - 1] = static_cast<std::uint64_t>(sum);
            t[N] = top + static_cast<std::uint64_t>(sum >> WORD_BITS);
        }
        for (std::size_t i = 0; i < N; ++i)
            out[i] = t[i];
        reduce_once(out, t[N]);
    }
    static void square(Limbs& out, const Limbs& a) noexcept { multiply(out, a, a); }

    /// (out0 + out1 i) = (a0 + a1 i)(b0 + b1 i) with i^2 = -1, by Karatsuba's three products.
    static void multiply_complex(Limbs& out0, Limbs& out1, const Limbs& a0, const Limbs& a1,
                                 const Limbs& b0, const Limbs& b1) noexcept {
        Limbs s;
        Limbs t;
        Limbs low;
        Limbs high;
        add(s, a0, a1);
        add(t, b0, b1);
        multiply(low, a0, b0);
        multiply(high, a1, b1);
        multiply(s, s, t);
        subtract(s, s, low);
        subtract(out1, s, high);
        subtract(out0, low, high);
    }

    static constexpr void copy(Limbs& out, const Limbs& a) noexcept { out = a; }

    /// out = the sum of S x.
    template <int... S, class... Terms>
    static void combine(Limbs& out, const Terms&... terms) noexcept {
        Limbs sum{};
        const auto add_term = [&](auto factor, const Limbs& term) {
            constexpr int FACTOR_OF_TERM = decltype(factor)::value;
            Limbs scaled;
            scale < FACTOR_OF_TERM<0 ? -FACTOR_OF_TERM : FACTOR_OF_TERM>(scaled, term);
            if constexpr (FACTOR_OF_TERM > 0)
                add(sum, sum, scaled);
            else
                subtract(sum, sum, scaled);
        };
        (..., add_term(std::integral_constant<int, S>{}, terms));
        out = sum;
    }

    static void add(Limbs& out, const Limbs& a, const Limbs& b) noexcept {
        Uint128 sum = 0;
        ASSAY_UNROLL for (std::size_t i = 0; i < N; ++i) {
            sum += static_cast<Uint128>(a[i]) + b[i];
            out[i] = static_cast<std::uint64_t>(sum);
            sum >>= WORD_BITS;
        }
        reduce_once(out, static_cast<std::uint64_t>(sum));
    }
    static void subtract(Limbs& out, const Limbs& a, const Limbs& b) noexcept {
        const std::uint64_t mask = 0 - subtract_limbs(out, a, b);
        Uint128 sum = 0;
        ASSAY_UNROLL for (std::size_t i = 0; i < N; ++i) {
            sum += static_cast<Uint128>(out[i]) + (MODULUS[i] & mask);
            out[i] = static_cast<std::uint64_t>(sum);
            sum >>= WORD_BITS;
        }
    }
    template <unsigned F>
    static void scale(Limbs& out, const Limbs& a) noexcept {
        Limbs sum = a;
        if constexpr (F > 1) {
            scale<F / 2>(sum, a);
            add(sum, sum, sum);
            if constexpr (F % 2 != 0)
                add(sum, sum, a);
        }
        out = sum;
    }
    static void carry(Limbs& out, const Limbs& a) noexcept { out = a; }
    template <int... S, class... Terms>
    static void shrink(Limbs& out, const Terms&... terms) noexcept {
        combine<S...>(out, terms...);
    }

    static bool is_zero(const Limbs& a, std::int64_t) noexcept { return math::is_zero(a); }

    static Words<W> to_words(const Limbs& a) noexcept {
        Limbs out;
        multiply(out, a, Limbs{1});
        return out;
    }

private:
    /// out = a - b. @return the borrow.
    static std::uint64_t subtract_limbs(Limbs& out, const Limbs& a, const Limbs& b) noexcept {
        std::uint64_t borrow = 0;
        ASSAY_UNROLL for (std::size_t i = 0; i < N; ++i) {
            const Uint128 difference = static_cast<Uint128>(a[i]) - b[i] - borrow;
            out[i] = static_cast<std::uint64_t>(difference);
            borrow = static_cast<std::uint64_t>(difference >> WORD_BITS) & 1;
        }
        return borrow;
    }

    /// The value carry 2^(64 N) + a is below 2 p.
    static void reduce_once(Limbs& a, std::uint64_t carry) noexcept {
        Limbs less_p;
        const std::uint64_t borrow = subtract_limbs(less_p, a, MODULUS);
        const std::uint64_t keep = 0 - (borrow & ~carry & 1);
        ASSAY_UNROLL for (std::size_t i = 0; i < N; ++i) a[i] = (a[i] & keep) | (less_p[i] & ~keep);
    }
};

} // namespace assay::math
