// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Residues modulo a fixed dense prime in limbs of 29 bits (lazy_limbs.hpp): nine for BN254.
#pragma once

#include "core/math/lazy_limbs.hpp"

#include <cstddef>
#include <cstdint>

namespace assay::math {

/// P gives WORDS (the prime) and BITS.
template <class P>
struct Field29 : LazyLimbs<P, 29> {
    using Base = LazyLimbs<P, 29>;
    using Base::LIMB_BITS;
    using Base::MASK;
    using Base::MODULUS;
    using Base::N;
    using Base::W;
    using typename Base::Limbs;

    // A column of a product sums at most N products of two limbs: N K_a K_b 2^56. The reduction
    // adds to each the limbs of p, each times a number in [0, 2^29), and a carry below 2^36;
    // 127 2^56 + 2^36 is below 2^63.
    static constexpr unsigned REDUCTION = [] {
        std::uint64_t sum = 0;
        for (const std::int32_t limb : MODULUS)
            sum += static_cast<std::uint64_t>(limb < 0 ? -limb : limb);
        return static_cast<unsigned>((sum << LIMB_BITS >> 56) + 1);
    }();
    static constexpr unsigned K_MAX = (127 - REDUCTION) / N;
    /// Of multiply_complex(): two products and the reduction.
    static constexpr unsigned K_MAX_COMPLEX = (127 - REDUCTION) / (2 * N);
    /// Of its operands, which are summed in their limbs.
    static constexpr unsigned K_SUMMED = 3;
    static_assert(2 * K_SUMMED <= Base::K_STORED);

    [[gnu::noinline, gnu::flatten]] static void multiply(Limbs& out, const Limbs& a,
                                                         const Limbs& b) noexcept {
        Columns columns;
        multiply_wide(columns, a, b);
        reduce(out, columns);
    }

    [[gnu::noinline, gnu::flatten]] static void square(Limbs& out, const Limbs& a) noexcept {
        Columns columns;
        Wide x;
        Base::each([&](auto i) { x[i] = a[i]; });
        Base::squares(columns, x, Base::ALL_COLUMNS);
        reduce(out, columns);
    }

    /// (out0 + out1 i) = (a0 + a1 i)(b0 + b1 i) with i^2 = -1: Karatsuba's three products, two
    /// reductions (Aranha et al., "Faster explicit formulas for computing pairings over ordinary
    /// curves", EUROCRYPT 2011, section 3). A column of what is reduced is the difference or the
    /// sum of two products' columns: 2 N K_a K_b 2^56 (K_MAX_COMPLEX). Those of the third product
    /// are four times as large and may wrap around on the way there. In pieces: with three
    /// products' columns at once a machine's registers do not last.
    [[gnu::noinline]] static void multiply_complex(Limbs& out0, Limbs& out1, const Limbs& a0,
                                                   const Limbs& a1, const Limbs& b0,
                                                   const Limbs& b1) noexcept {
        Columns low;
        Columns high;
        Columns both;
        Limbs s;
        Limbs t;
        Base::each([&](auto i) {
            s[i] = a0[i] + a1[i];
            t[i] = b0[i] + b1[i];
        });
        multiply_wide(low, a0, b0);
        multiply_wide(high, a1, b1);
        multiply_wide(both, s, t);
        ASSAY_ROLLED for (std::size_t i = 0; i < both.size(); ++i) {
            const auto first = static_cast<std::uint64_t>(low[i]);
            const auto second = static_cast<std::uint64_t>(high[i]);
            both[i] =
                static_cast<std::int64_t>(static_cast<std::uint64_t>(both[i]) - first - second);
            low[i] = static_cast<std::int64_t>(first - second);
        }
        reduce(out1, both);
        reduce(out0, low);
    }

    static constexpr void copy(Limbs& out, const Limbs& a) noexcept { copy_limbs(out, a); }

    /// out = the sum of S x for S = 1 and -1, carried.
    template <int... S, class... Terms>
    [[gnu::noinline, gnu::flatten]] static void combine(Limbs& out,
                                                        const Terms&... terms) noexcept {
        std::int64_t over = 0;
        Base::each([&](auto i) {
            Base::template next_limb<i>(out, over, (... + (std::int64_t{terms[i]} * S)));
        });
    }
    static void carry(Limbs& out, const Limbs& a) noexcept { combine<1>(out, a); }

    /// out = the sum of S x less the multiple of p that is next to it, carried: at most 5/8 p. The
    /// multiple is estimated from the last limbs: 22 bits of p. What the others are worth and the
    /// error of the reciprocal move it by less than 2^-10 for sums of at most SHRINKABLE_V eighths
    /// of p and SHRINKABLE_K.
    template <int... S, class... Terms>
    [[gnu::noinline, gnu::flatten]] static void shrink(Limbs& out, const Terms&... terms) noexcept {
        constexpr std::size_t LOW_BITS = LIMB_BITS * (N - 1);
        constexpr std::size_t TOP_BITS = P::BITS - LOW_BITS;
        static_assert(TOP_BITS >= 22 && TOP_BITS <= 28);
        constexpr unsigned SHIFT = 46;
        constexpr auto TOP = static_cast<std::int64_t>(bits_at(P::WORDS, LOW_BITS, TOP_BITS));
        constexpr std::int64_t RECIPROCAL = (std::int64_t{1} << SHIFT) / TOP;
        const std::int64_t top = (... + (std::int64_t{terms[N - 1]} * S));
        const std::int64_t quotient =
            (top * RECIPROCAL + (std::int64_t{1} << (SHIFT - 1))) >> SHIFT;
        std::int64_t over = 0;
        Base::each([&](auto i) {
            Base::template next_limb<i>(
                out, over, (... + (std::int64_t{terms[i]} * S)) - quotient * MODULUS[i]);
        });
    }
    static constexpr std::uint64_t SHRINKABLE_V = std::uint64_t{1} << 12;
    static constexpr unsigned SHRINKABLE_K = 64;

    /// @return the number itself, below p.
    ASSAY_SMALL static Words<W> to_words(const Limbs& a) noexcept {
        Limbs limbs;
        multiply(limbs, a, Limbs{1});
        return Base::words_of(limbs);
    }

private:
    using typename Base::Columns;
    using typename Base::Wide;

    /// In a function that is called: compilers copy in a module's code by memory.copy, for which
    /// engines leave the module, and twenty times as long as this takes.
    [[gnu::noinline, gnu::flatten]] static constexpr void copy_limbs(Limbs& out,
                                                                     const Limbs& a) noexcept {
        Base::each([&](auto i) { out[i] = a[i]; });
    }

    /// The columns of a product, modulo 2^64. Limbs of a factor are taken five and four together:
    /// with their sums they fit into the registers.
    [[gnu::noinline, gnu::flatten]] static void multiply_wide(Columns& out, const Limbs& a,
                                                              const Limbs& b) noexcept {
        static_assert(N == 9);
        add_rows<0, 5>(out, a, b);
        add_rows<5, 4>(out, a, b);
    }

    /// The next ROWS limbs of a times b, from column FROM on. Column FROM + N - 1 and those above
    /// have nothing yet.
    template <std::size_t FROM, std::size_t ROWS>
    static void add_rows(Columns& out, const Limbs& a, const Limbs& b) noexcept {
        const auto wide = [](std::int32_t limb) {
            return static_cast<std::uint64_t>(std::int64_t{limb});
        };
        std::array<std::uint64_t, ROWS> x;
        std::array<std::uint64_t, ROWS> sums{};
        ASSAY_UNROLL for (std::size_t i = 0; i < ROWS; ++i) x[i] = wide(a[FROM + i]);
        ASSAY_UNROLL for (std::size_t j = 0; j < N; ++j) {
            const std::uint64_t y = wide(b[j]);
            std::uint64_t column = sums[0] + x[0] * y;
            if (FROM > 0 && j + 1 < N)
                column += static_cast<std::uint64_t>(out[FROM + j]);
            out[FROM + j] = static_cast<std::int64_t>(column);
            ASSAY_UNROLL for (std::size_t i = 1; i < ROWS; ++i) sums[i - 1] = sums[i] + x[i] * y;
            sums[ROWS - 1] = 0;
        }
        ASSAY_UNROLL for (std::size_t i = 0; i + 1 < ROWS; ++i) out[FROM + N + i] =
            static_cast<std::int64_t>(sums[i]);
    }

    /// REDC, two columns at a time and the last alone: their multiples of p come from one product
    /// modulo 2^58.
    [[gnu::noinline, gnu::flatten]] static void reduce(Limbs& out,
                                                       const Columns& product) noexcept {
        static_assert(N % 2 == 1);
        constexpr std::uint64_t MASK_2 = (std::uint64_t{1} << 2 * LIMB_BITS) - 1;
        constexpr std::uint64_t FACTOR_2 = negated_inverse(P::WORDS[0]) & MASK_2;
        Columns columns = product;
        ASSAY_UNROLL for (std::size_t c = 0; c + 1 < N; c += 2) {
            const std::uint64_t low = static_cast<std::uint64_t>(columns[c]) +
                                      (static_cast<std::uint64_t>(columns[c + 1]) << LIMB_BITS);
            const auto m = static_cast<std::int64_t>(low * FACTOR_2 & MASK_2);
            const std::int64_t m0 = m & MASK;
            const std::int64_t m1 = m >> LIMB_BITS;
            const std::int64_t first = columns[c] + m0 * MODULUS[0];
            const std::int64_t second =
                columns[c + 1] + m0 * MODULUS[1] + m1 * MODULUS[0] + (first >> LIMB_BITS);
            columns[c + 2] += second >> LIMB_BITS;
            ASSAY_UNROLL for (std::size_t i = 2; i < N; ++i) columns[c + i] +=
                m0 * MODULUS[i] + m1 * MODULUS[i - 1];
            columns[c + N] += m1 * MODULUS[N - 1];
        }
        const auto m =
            static_cast<std::int64_t>(static_cast<std::uint64_t>(columns[N - 1]) * FACTOR_2) & MASK;
        columns[N] += (columns[N - 1] + m * MODULUS[0]) >> LIMB_BITS;
        ASSAY_UNROLL for (std::size_t i = 1; i < N; ++i) columns[N - 1 + i] += m * MODULUS[i];
        Base::carry_columns(out, columns);
    }
};

} // namespace assay::math
