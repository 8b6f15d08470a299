// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Residues modulo a fixed sparse prime in limbs of 28 bits (lazy_limbs.hpp): the primes of P-256
/// and P-384 are -1 modulo 2^28, and a step of the reduction is a few shifts.
#pragma once

#include "core/math/lazy_limbs.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace assay::math {

/// P gives WORDS (the prime), BITS and TERMS: the prime as a signed sum of powers of two.
template <class P>
struct Field28 : LazyLimbs<P, 28> {
    using Base = LazyLimbs<P, 28>;
    using Base::LIMB_BITS;
    using Base::MASK;
    using Base::N;
    using Base::W;
    using typename Base::Limbs;

    static constexpr unsigned K_MAX = 127 / N;
    // A column of a product sums at most N products of two limbs: N K_a K_b 2^56. The reduction
    // adds less than 2^57 and a carry below 2^36; 127 2^56 and these are below 2^63.
    static_assert(N * K_MAX <= 127);
    static_assert(Base::FACTOR == 1, "the reduction needs p = -1 modulo 2^28");

    [[gnu::noinline, gnu::flatten]] static void multiply(Limbs& out, const Limbs& a,
                                                         const Limbs& b) noexcept {
        Columns columns;
        Wide x;
        Wide y;
        Base::each([&](auto i) {
            x[i] = a[i];
            y[i] = b[i];
        });
        product(columns, x, y, Base::ALL_COLUMNS);
        reduce(out, columns, Base::LOW_COLUMNS);
    }

    [[gnu::noinline, gnu::flatten]] static void square(Limbs& out, const Limbs& a) noexcept {
        Columns columns;
        Wide x;
        Base::each([&](auto i) { x[i] = a[i]; });
        Base::squares(columns, x, Base::ALL_COLUMNS);
        reduce(out, columns, Base::LOW_COLUMNS);
    }

    static constexpr void copy(Limbs& out, const Limbs& a) noexcept { out = a; }

    /// What is carried is mostly a sum, made where it is carried.
    static void carry(Limbs& out, const Limbs& a) noexcept {
        out = a;
        carry_in_place(out);
    }

    /// @return the number itself, below p.
    ASSAY_SMALL static Words<W> to_words(const Limbs& a) noexcept {
        Limbs limbs;
        multiply(limbs, a, Limbs{1});
        return Base::words_of(limbs);
    }

private:
    [[gnu::noinline, gnu::flatten]] static void carry_in_place(Limbs& a) noexcept {
        std::int32_t over = 0;
        Base::each([&](auto i) { Base::template next_limb<i>(a, over, a[i]); });
    }

    using typename Base::Columns;
    using typename Base::Wide;
    template <std::size_t C>
    static constexpr std::size_t FIRST = Base::template FIRST<C>;

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

    /// REDC, column by column.
    template <std::size_t... C>
    static void reduce(Limbs& out, Columns& columns, std::index_sequence<C...>) noexcept {
        const auto reduce_column = [&](auto c) {
            add_multiple<c>(columns, columns[c] & MASK);
            columns[c + 1] += columns[c] >> LIMB_BITS;
        };
        (..., reduce_column(std::integral_constant<std::size_t, C>{}));
        Base::carry_columns(out, columns);
    }
};

} // namespace assay::math
