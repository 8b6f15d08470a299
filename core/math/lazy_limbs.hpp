// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Residues modulo a fixed prime in signed limbs that are not carried by sums: what the back-ends
/// for WebAssembly share, where the widest product is 32 x 32 -> 64 bits and carries are expensive.
///
/// A residue x stands for x / R with R = 2^(LIMB_BITS N) (Montgomery's form, Math. Comp. 44 (1985)
/// 519). How far limbs and value may go is counted at compile time by Fe (field.hpp) in two
/// numbers:
///   K  every limb lies in [-K 2^28, K 2^28]
///   V  the value lies in [-V p / 8, V p / 8]
/// An int32 holds a limb while K <= 7.
#pragma once

#include "core/math/limbs.hpp"
#include "core/math/words.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace assay::math {

/// P gives WORDS (the prime) and BITS. @tparam LIMB 28 or 29
template <class P, std::size_t LIMB>
struct LazyLimbs {
    using Prime = P;
    static constexpr std::size_t LIMB_BITS = LIMB;
    /// At least seven bits above the prime: room for sums that were not reduced.
    static constexpr std::size_t N = (P::BITS + 7 + LIMB_BITS - 1) / LIMB_BITS;
    static constexpr std::size_t W = P::WORDS.size();
    using Limbs = std::array<std::int32_t, N>;

    static constexpr std::size_t UNIT_BITS = 28; ///< of K
    static constexpr unsigned K_STORED = 7;
    static constexpr std::int64_t MASK = (std::int64_t{1} << LIMB_BITS) - 1;
    /// A carried limb but the last lies in [-OFFSET, 2^LIMB_BITS - OFFSET), so that K is 1: limbs
    /// of 29 bits have their sign.
    static constexpr std::int64_t OFFSET =
        LIMB_BITS == UNIT_BITS ? 0 : std::int64_t{1} << UNIT_BITS;
    static_assert(LIMB_BITS == UNIT_BITS || LIMB_BITS == UNIT_BITS + 1);

    /// Below 8 R / p.
    static constexpr std::uint64_t EIGHTHS =
        (std::uint64_t{1} << (LIMB_BITS * N + 3 + 32 - P::BITS)) /
        (bits_at(P::WORDS, P::BITS - 32, 32) + 1);
    /// The last limb of a carried number has K = 1 too.
    static constexpr std::uint64_t V_MAX = (EIGHTHS >> (LIMB_BITS - UNIT_BITS)) - 1;

    static constexpr Limbs split(const Words<W>& words) noexcept {
        Limbs out{};
        std::int64_t over = 0;
        for (std::size_t i = 0; i < N; ++i) {
            over += static_cast<std::int64_t>(bits_at(words, i * LIMB_BITS, LIMB_BITS)) + OFFSET;
            out[i] = static_cast<std::int32_t>((over & MASK) - OFFSET);
            over >>= LIMB_BITS;
        }
        return out;
    }

    static constexpr Limbs MODULUS = split(P::WORDS);
    /// -1/p modulo 2^LIMB_BITS.
    static constexpr std::int64_t FACTOR =
        static_cast<std::int64_t>(negated_inverse(P::WORDS[0])) & MASK;

    static constexpr Limbs power_of_two(std::size_t exponent) noexcept {
        Words<W> value{1};
        for (std::size_t i = 0; i < exponent; ++i)
            double_mod(value, P::WORDS);
        return split(value);
    }
    static constexpr Limbs ONE = power_of_two(LIMB_BITS * N);
    static constexpr Limbs R_SQUARED = power_of_two(2 * LIMB_BITS * N);

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

protected:
    using Wide = std::array<std::int64_t, N>;
    using Columns = std::array<std::int64_t, 2 * N - 1>;
    static constexpr std::make_index_sequence<2 * N - 1> ALL_COLUMNS{};
    static constexpr std::make_index_sequence<N> LOW_COLUMNS{};

    // Written with index sequences, so that all of it is straight code at every optimisation level.
    /// Calls @p body with each limb's index as a constant.
    template <class Body>
    static constexpr void each(const Body& body) noexcept {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (..., body(std::integral_constant<std::size_t, I>{}));
        }
        (LOW_COLUMNS);
    }

    /// Adds to what is carried and splits limb I off.
    template <std::size_t I, class Sum>
    static void next_limb(Limbs& out, Sum& over, Sum addend) noexcept {
        over += addend;
        if constexpr (I + 1 < N) {
            over += static_cast<Sum>(OFFSET);
            out[I] = static_cast<std::int32_t>((over & static_cast<Sum>(MASK)) -
                                               static_cast<Sum>(OFFSET));
            over >>= LIMB_BITS;
        } else {
            out[I] = static_cast<std::int32_t>(over);
        }
    }

    template <std::size_t C>
    static constexpr std::size_t FIRST = C < N ? 0 : C - N + 1;

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

    /// The upper columns, after REDC. The result lies in (x/R, x/R + p).
    static void carry_columns(Limbs& out, const Columns& columns) noexcept {
        std::int64_t over = 0;
        each([&](auto i) {
            if constexpr (i + 1 < N)
                next_limb<i>(out, over, columns[N + i]);
            else
                next_limb<i>(out, over, std::int64_t{0});
        });
    }

    /// The number below p of a value in (-p, 2p).
    [[gnu::always_inline]] static Words<W> words_of(const Limbs& a) noexcept {
        Words<W + 1> value{};
        std::int32_t over = 0;
        for (std::size_t i = 0; i < N; ++i) {
            over += a[i] + MODULUS[i]; // in (0, 3p) all in all
            const auto limb = static_cast<std::uint64_t>(over & static_cast<std::int32_t>(MASK));
            over >>= LIMB_BITS;
            const std::size_t at = i * LIMB_BITS;
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
};

} // namespace assay::math
