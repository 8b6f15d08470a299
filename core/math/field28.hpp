// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Residues modulo a fixed prime in limbs of 28 bits: the back-end for WebAssembly, where the
/// widest product is 32 x 32 -> 64 bits and carries are expensive.
///
/// A residue x stands for x / R with R = 2^(28 N) (Montgomery's form, Math. Comp. 44 (1985) 519).
/// Limbs are signed and may leave [0, 2^28): additions and subtractions do not carry. How far they
/// may go is counted at compile time by Fe (field.hpp) in two numbers:
///   K  every limb lies in [-K 2^28, K 2^28]
///   V  the value lies in [-V p / 8, V p / 8]
/// A column of a product sums N products of two limbs, so it stays in 63 bits while
/// K_a K_b <= K_MAX; int32 holds a limb while K <= 7.
#pragma once

#include "core/math/limbs.hpp"
#include "core/math/words.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace assay::math {

/// P gives WORDS (the prime), BITS and TERMS: the prime as a signed sum of powers of two, or empty
/// when it is not sparse.
template <class P>
struct Field28 {
    using Prime = P;
    static constexpr std::size_t LIMB_BITS = 28;
    /// At least seven bits above the prime: room for sums that were not reduced.
    static constexpr std::size_t N = (P::BITS + 7 + LIMB_BITS - 1) / LIMB_BITS;
    static constexpr std::size_t W = P::WORDS.size();
    using Limbs = std::array<std::int32_t, N>;

    static constexpr std::int64_t MASK = (std::int64_t{1} << LIMB_BITS) - 1;
    static constexpr bool SPARSE = !P::TERMS.empty();
    static constexpr unsigned K_MAX = 127 / N - (SPARSE ? 0 : 1);
    /// Of multiply_complex(): two products and the reduction.
    static constexpr unsigned K_MAX_COMPLEX = (127 / N - 1) / 2;
    /// Of its operands, which are summed in their limbs.
    static constexpr unsigned K_SUMMED = 3;
    static constexpr unsigned K_STORED = 7;
    // A column of a product sums at most N products of two limbs: N K_a K_b 2^56. The reduction of
    // a dense prime adds to each at most N products of two numbers in [0, 2^28) and a carry below
    // 2^36; 127 2^56 + 2^36 is below 2^63. That of a sparse one adds less than 2^57 and the carry.
    static_assert(N * (K_MAX + (SPARSE ? 0 : 1)) <= 127);
    static_assert(SPARSE || N * (2 * K_MAX_COMPLEX + 1) <= 127);
    static_assert(2 * K_SUMMED <= K_STORED);
    static constexpr std::uint64_t RATIO = std::uint64_t{1} << (LIMB_BITS * N - P::BITS); // < R/p
    static constexpr std::uint64_t V_MAX = 8 * RATIO;

    static constexpr Limbs split(const Words<W>& words) noexcept {
        Limbs out{};
        for (std::size_t i = 0; i < N; ++i)
            out[i] = static_cast<std::int32_t>(bits_at(words, i * LIMB_BITS, LIMB_BITS));
        return out;
    }

    static constexpr Limbs MODULUS = split(P::WORDS);
    /// -1/p modulo 2^28.
    static constexpr std::int64_t FACTOR =
        static_cast<std::int64_t>(negated_inverse(P::WORDS[0])) & MASK;
    static_assert(!SPARSE || FACTOR == 1, "the sparse reduction needs p = -1 modulo 2^28");

    static constexpr Limbs power_of_two(std::size_t exponent) noexcept {
        Words<W> value{1};
        for (std::size_t i = 0; i < exponent; ++i)
            double_mod(value, P::WORDS);
        return split(value);
    }
    static constexpr Limbs ONE = power_of_two(LIMB_BITS * N);
    static constexpr Limbs R_SQUARED = power_of_two(2 * LIMB_BITS * N);

    [[gnu::noinline, gnu::flatten]] static void multiply(Limbs& out, const Limbs& a,
                                                         const Limbs& b) noexcept {
        Columns columns;
        if constexpr (SPARSE) {
            Wide x;
            Wide y;
            each([&](auto i) {
                x[i] = a[i];
                y[i] = b[i];
            });
            product(columns, x, y, ALL_COLUMNS);
            reduce_sparse(out, columns, LOW_COLUMNS);
        } else {
            multiply_wide(columns, a, b);
            reduce_wide(out, columns);
        }
    }

    [[gnu::noinline, gnu::flatten]] static void square(Limbs& out, const Limbs& a) noexcept {
        Columns columns;
        Wide x;
        each([&](auto i) { x[i] = a[i]; });
        squares(columns, x, ALL_COLUMNS);
        if constexpr (SPARSE)
            reduce_sparse(out, columns, LOW_COLUMNS);
        else
            reduce_wide(out, columns);
    }

    /// (out0 + out1 i) = (a0 + a1 i)(b0 + b1 i) with i^2 = -1: Karatsuba's three products, two
    /// reductions (Aranha et al., "Faster explicit formulas for computing pairings over ordinary
    /// curves", EUROCRYPT 2011, section 3). A column of what is reduced is the difference or the
    /// sum of two products' columns: 2 N K_a K_b 2^56, and the reduction adds N 2^56
    /// (K_MAX_COMPLEX). Those of the third product are four times as large and may wrap around on
    /// the way there. In pieces: with three products' columns at once a machine's registers do not
    /// last.
    [[gnu::noinline]] static void multiply_complex(Limbs& out0, Limbs& out1, const Limbs& a0,
                                                   const Limbs& a1, const Limbs& b0,
                                                   const Limbs& b1) noexcept {
        Columns low;
        Columns high;
        Columns both;
        Limbs s;
        Limbs t;
        each([&](auto i) {
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
        reduce_wide(out1, both);
        reduce_wide(out0, low);
    }

    static constexpr void copy(Limbs& out, const Limbs& a) noexcept {
        if constexpr (SPARSE)
            out = a;
        else
            copy_limbs(out, a);
    }

    /// out = the sum of S x, carried. For all S = 1 or -1 the K of the terms add up to K_STORED at
    /// most; for others their limbs may be anything.
    template <int... S, class... Terms>
    [[gnu::noinline, gnu::flatten]] static void combine(Limbs& out,
                                                        const Terms&... terms) noexcept {
        using Sum = std::conditional_t<((S == 1 || S == -1) && ...), std::int32_t, std::int64_t>;
        Sum over = 0;
        each([&](auto i) {
            over += (... + (Sum{terms[i]} * S));
            if constexpr (i + 1 < N) {
                out[i] = static_cast<std::int32_t>(over & MASK);
                over >>= LIMB_BITS;
            } else {
                out[i] = static_cast<std::int32_t>(over);
            }
        });
    }

    [[gnu::noinline, gnu::flatten]] static void add(Limbs& out, const Limbs& a,
                                                    const Limbs& b) noexcept {
        each([&](auto i) { out[i] = a[i] + b[i]; });
    }
    [[gnu::noinline, gnu::flatten]] static void subtract(Limbs& out, const Limbs& a,
                                                         const Limbs& b) noexcept {
        each([&](auto i) { out[i] = a[i] - b[i]; });
    }
    template <unsigned F>
    [[gnu::noinline, gnu::flatten]] static void scale(Limbs& out, const Limbs& a) noexcept {
        each([&](auto i) { out[i] = a[i] * static_cast<std::int32_t>(F); });
    }

    /// Brings all limbs but the last into [0, 2^28); the last takes the sign.
    [[gnu::noinline, gnu::flatten]] static void carry(Limbs& a) noexcept {
        std::int32_t over = 0;
        each([&](auto i) {
            const std::int32_t limb = a[i] + over; // |limb| < 8 2^28: the carry is a few units
            if constexpr (i + 1 < N) {
                over = limb >> LIMB_BITS;
                a[i] = limb & static_cast<std::int32_t>(MASK);
            } else {
                a[i] = limb;
            }
        });
    }

    /// Brings a value of at most 2^14 p to one of at most 5/8 p and carries it: the quotient by p
    /// is estimated from the two highest limbs.
    [[gnu::noinline, gnu::flatten]] static void shrink(Limbs& a) noexcept {
        constexpr std::size_t LOW_BITS = LIMB_BITS * (N - 2);
        constexpr std::size_t TOP_BITS = P::BITS - LOW_BITS;
        static_assert(TOP_BITS >= 22 && TOP_BITS <= 31);
        constexpr unsigned SHIFT = 48;
        constexpr auto TOP = static_cast<std::int64_t>(bits_at(P::WORDS, LOW_BITS, TOP_BITS));
        constexpr std::int64_t RECIPROCAL = (std::int64_t{1} << SHIFT) / TOP;
        const std::int64_t top = (std::int64_t{a[N - 1]} << LIMB_BITS) + a[N - 2];
        const std::int64_t quotient =
            (top * RECIPROCAL + (std::int64_t{1} << (SHIFT - 1))) >> SHIFT;
        std::int64_t over = 0;
        each([&](auto i) {
            over += a[i] - quotient * MODULUS[i];
            if constexpr (i + 1 < N) {
                a[i] = static_cast<std::int32_t>(over & MASK);
                over >>= LIMB_BITS;
            } else {
                a[i] = static_cast<std::int32_t>(over);
            }
        });
    }

    /// @return whether the value is a multiple of p. If it is j p, then the lowest limb names j;
    /// nearly every other value names one far beyond V / 8 and the comparison is left out.
    ASSAY_SMALL static bool is_zero(const Limbs& a, std::int64_t v) noexcept {
        std::int64_t multiple = ((-a[0] * FACTOR) & MASK); // a = j p, so j = a / p = -a FACTOR
        if (multiple > MASK / 2)
            multiple -= MASK + 1;
        if (multiple > v || multiple < -v)
            return false;
        std::int64_t over = 0;
        for (std::size_t i = 0; i < N; ++i) {
            over += a[i] - multiple * MODULUS[i];
            if ((over & MASK) != 0)
                return false;
            over >>= LIMB_BITS;
        }
        return over == 0;
    }

    /// @return the number itself, below p.
    ASSAY_SMALL static Words<W> to_words(const Limbs& a) noexcept {
        Limbs limbs;
        multiply(limbs, a, Limbs{1}); // in (-p, 2p)
        add(limbs, limbs, MODULUS);
        carry(limbs); // in (0, 3p)
        Words<W + 1> value{};
        for (std::size_t i = 0; i < N; ++i) {
            const std::size_t at = i * LIMB_BITS;
            const auto limb = static_cast<std::uint64_t>(limbs[i]);
            value[at / WORD_BITS] |= limb << at % WORD_BITS;
            if (at % WORD_BITS > WORD_BITS - LIMB_BITS)
                value[at / WORD_BITS + 1] |= limb >> (WORD_BITS - at % WORD_BITS);
        }
        Words<W + 1> modulus{};
        for (std::size_t i = 0; i < W; ++i)
            modulus[i] = P::WORDS[i];
        while (!less(value, modulus))
            subtract_from(value, modulus);
        Words<W> out{};
        for (std::size_t i = 0; i < W; ++i)
            out[i] = value[i];
        return out;
    }

private:
    using Wide = std::array<std::int64_t, N>;
    using Columns = std::array<std::int64_t, 2 * N - 1>;
    static constexpr std::make_index_sequence<2 * N - 1> ALL_COLUMNS{};
    static constexpr std::make_index_sequence<N> LOW_COLUMNS{};

    // Written with index sequences, so that all of it is straight code at every optimisation level.
    /// In a function that is called: compilers copy in a module's code by memory.copy, for which
    /// engines leave the module, and twenty times as long as this takes.
    [[gnu::noinline, gnu::flatten]] static constexpr void copy_limbs(Limbs& out,
                                                                     const Limbs& a) noexcept {
        each([&](auto i) { out[i] = a[i]; });
    }

    /// Calls @p body with each limb's index as a constant.
    template <class Body>
    static constexpr void each(const Body& body) noexcept {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (..., body(std::integral_constant<std::size_t, I>{}));
        }
        (LOW_COLUMNS);
    }

    template <std::size_t C>
    static constexpr std::size_t FIRST = C < N ? 0 : C - N + 1;

    template <std::size_t C, class T, std::size_t... J>
    static T column(const std::array<T, N>& a, const std::array<T, N>& b,
                    std::index_sequence<J...>) noexcept {
        return (... + (a[FIRST<C> + J] * b[C - FIRST<C> - J]));
    }
    template <std::size_t... C>
    static void product(Columns& out, const Wide& a, const Wide& b,
                        std::index_sequence<C...>) noexcept {
        (..., (out[C] = column<C>(a, b, std::make_index_sequence<C - 2 * FIRST<C> + 1>{})));
    }

    template <std::size_t C, std::size_t... J>
    static std::int64_t square_column(const Wide& a, std::index_sequence<J...>) noexcept {
        std::int64_t sum = 0;
        if constexpr (sizeof...(J) > 0)
            sum = 2 * (... + (a[FIRST<C> + J] * a[C - FIRST<C> - J]));
        if constexpr (C % 2 == 0)
            sum += a[C / 2] * a[C / 2];
        return sum;
    }
    template <std::size_t... C>
    static void squares(Columns& out, const Wide& a, std::index_sequence<C...>) noexcept {
        (...,
         (out[C] = square_column<C>(a, std::make_index_sequence<(C - 2 * FIRST<C> + 1) / 2>{})));
    }

    /// Limbs of a factor that are taken together: with their sums they fit into the registers.
    static constexpr std::size_t ROWS = 5;

    /// The columns of a product, modulo 2^64.
    [[gnu::noinline, gnu::flatten]] static void multiply_wide(Columns& out, const Limbs& a,
                                                              const Limbs& b) noexcept {
        static_assert(N == 2 * ROWS);
        add_rows<0>(out, a, b);
        add_rows<ROWS>(out, a, b);
    }

    /// The next ROWS limbs of a times b, from column FROM on. Column FROM + N - 1 and those above
    /// have nothing yet.
    template <std::size_t FROM>
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

    /// REDC of a dense prime, two columns at a time: their multiples of p come from one product
    /// modulo 2^56. All in all each column takes N products of a multiple and a limb of p.
    [[gnu::noinline, gnu::flatten]] static void reduce_wide(Limbs& out,
                                                            const Columns& product) noexcept {
        static_assert(N % 2 == 0);
        constexpr std::uint64_t MASK_2 = (std::uint64_t{1} << 2 * LIMB_BITS) - 1;
        constexpr std::uint64_t FACTOR_2 = negated_inverse(P::WORDS[0]) & MASK_2;
        Columns columns = product;
        ASSAY_UNROLL for (std::size_t c = 0; c < N; c += 2) {
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
        carry_columns(out, columns);
    }

    /// Adds m p 2^(28 C) to the columns, of which the lowest becomes a multiple of 2^28.
    template <std::size_t C>
    static void add_multiple(Columns& columns, std::int64_t m) noexcept {
        [&]<std::size_t... T>(std::index_sequence<T...>) {
            (..., add_term<C, T>(columns, m));
        }
        (std::make_index_sequence<P::TERMS.size()>{});
    }
    template <std::size_t C, std::size_t T>
    static void add_term(Columns& columns, std::int64_t m) noexcept {
        constexpr std::size_t AT = P::TERMS[T].exponent / LIMB_BITS;
        constexpr std::size_t SHIFT = P::TERMS[T].exponent % LIMB_BITS;
        if constexpr (P::TERMS[T].sign > 0)
            columns[C + AT] += m << SHIFT;
        else
            columns[C + AT] -= m << SHIFT;
    }

    /// REDC of a sparse prime, column by column.
    template <std::size_t... C>
    static void reduce_sparse(Limbs& out, Columns& columns, std::index_sequence<C...>) noexcept {
        const auto reduce_column = [&](auto c) {
            add_multiple<c>(columns, columns[c] & MASK);
            columns[c + 1] += columns[c] >> LIMB_BITS;
        };
        (..., reduce_column(std::integral_constant<std::size_t, C>{}));
        carry_columns(out, columns);
    }

    /// The upper columns, after REDC. The result lies in (x/R, x/R + p): its limbs are in [0, 2^28)
    /// but for the last.
    static void carry_columns(Limbs& out, const Columns& columns) noexcept {
        std::int64_t over = 0;
        each([&](auto i) {
            if constexpr (i + 1 < N) {
                over += columns[N + i];
                out[i] = static_cast<std::int32_t>(over & MASK);
                over >>= LIMB_BITS;
            } else {
                out[i] = static_cast<std::int32_t>(over);
            }
        });
    }
};

} // namespace assay::math
