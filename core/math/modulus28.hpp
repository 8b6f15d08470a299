// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Montgomery products of any length in limbs of 28 bits (field28.hpp says why): RSA and the orders
/// of curves. Numbers lie in [0, 2 m) with R = 2^(28 size) >= 4 m, so that no product needs a final
/// subtraction (Walter, "Montgomery exponentiation needs no final subtractions", Electronics
/// Letters 35 (1999) 1831).
#pragma once

#include "core/math/words.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace assay::math {

/// @tparam MAX_BITS longest modulus
template <std::size_t MAX_BITS>
struct Limbs28 {
    using Limb = std::uint32_t;
    static constexpr std::size_t LIMB_BITS = 28;
    /// Limbs are taken four at a time.
    static constexpr std::size_t BLOCK = 4;
    static constexpr std::size_t MAX_SIZE =
        (MAX_BITS + 2 + BLOCK * LIMB_BITS - 1) / (BLOCK * LIMB_BITS) * BLOCK;
    using Number = std::array<Limb, MAX_SIZE>;

    /// A product of two numbers of @p size limbs: out = a b / R modulo m. @p out may be an operand.
    static void multiply(Number& out, const Number& a, const Number& b, const Number& m,
                         Limb factor, std::size_t size) noexcept {
        Columns columns;
        clear(columns, size);
        const Padded y{b, size};
        for (std::size_t i = 0; i < size; i += BLOCK) {
            add_rows(&columns[i], y, &a[i], size);
            if (i / BLOCK % BLOCKS_BETWEEN == BLOCKS_BETWEEN - 1)
                carry(columns, 0, size);
        }
        carry(columns, 0, size);
        reduce(out, columns, m, factor, size);
    }

    /// The same for a = b: a product of two different limbs is made once, with a doubled factor.
    static void square(Number& out, const Number& a, const Number& m, Limb factor,
                       std::size_t size) noexcept {
        Columns columns;
        clear(columns, size);
        Padded rest{a, size}; // limbs above the block; those of the blocks before are zero
        for (std::size_t i = 0; i < size; i += BLOCK) {
            std::array<Limb, BLOCK> twice;
            for (std::size_t k = 0; k < BLOCK; ++k) {
                rest[i + k] = 0;
                twice[k] = 2 * a[i + k];
                columns[2 * (i + k)] += std::uint64_t{a[i + k]} * a[i + k];
                for (std::size_t l = 0; l < k; ++l)
                    columns[2 * i + k + l] += std::uint64_t{twice[l]} * a[i + k];
            }
            add_rows(&columns[2 * i + BLOCK], rest.from(i + BLOCK), twice.data(), size - i - BLOCK);
            if (i / BLOCK % BLOCKS_BETWEEN == BLOCKS_BETWEEN - 1)
                carry(columns, 0, size);
        }
        carry(columns, 0, size);
        reduce(out, columns, m, factor, size);
    }

private:
    static constexpr std::uint64_t MASK = (std::uint64_t{1} << LIMB_BITS) - 1;
    /// A row adds at most 2^57 to a column; 64 bits hold 112 of them, a block's squares and what
    /// was there.
    static constexpr std::size_t BLOCKS_BETWEEN = 112 / BLOCK;
    using Columns = std::array<std::uint64_t, 2 * MAX_SIZE>;

    static void clear(Columns& columns, std::size_t size) noexcept {
        for (std::size_t i = 0; i < 2 * size; ++i)
            columns[i] = 0;
    }

    /// A number with BLOCK zeros on both sides.
    class Padded {
    public:
        Padded(const Number& number, std::size_t size) noexcept {
            for (std::size_t i = 0; i < BLOCK; ++i)
                limbs_[i] = limbs_[size + BLOCK + i] = 0;
            for (std::size_t i = 0; i < size; ++i)
                limbs_[BLOCK + i] = number[i];
        }
        Limb& operator[](std::size_t i) noexcept { return limbs_[BLOCK + i]; }
        [[nodiscard]] const Limb* from(std::size_t i) const noexcept { return &limbs_[BLOCK + i]; }
        operator const Limb*() const noexcept { return from(0); }

    private:
        std::array<Limb, MAX_SIZE + 2 * BLOCK> limbs_;
    };

    /// columns += (x[0] + x[1] 2^28 + x[2] 2^56 + x[3] 2^84) y, without carries. y[-3 … -1] and
    /// y[size … size + 3] can be read and are zero; size is a multiple of four.
    static void add_rows(std::uint64_t* columns, const Limb* y, const Limb* x,
                         std::size_t size) noexcept {
        const std::uint64_t x0 = x[0];
        const std::uint64_t x1 = x[1];
        const std::uint64_t x2 = x[2];
        const std::uint64_t x3 = x[3];
        std::uint64_t y1 = y[-1];
        std::uint64_t y2 = y[-2];
        std::uint64_t y3 = y[-3];
        for (std::size_t k = 0; k < size + BLOCK; k += BLOCK) {
            const std::uint64_t a = y[k];
            columns[k] += x0 * a + x1 * y1 + x2 * y2 + x3 * y3;
            const std::uint64_t b = y[k + 1];
            columns[k + 1] += x0 * b + x1 * a + x2 * y1 + x3 * y2;
            const std::uint64_t c = y[k + 2];
            columns[k + 2] += x0 * c + x1 * b + x2 * a + x3 * y1;
            const std::uint64_t d = y[k + 3];
            columns[k + 3] += x0 * d + x1 * c + x2 * b + x3 * a;
            y1 = d;
            y2 = c;
            y3 = b;
        }
    }

    /// REDC: adds multiples of m until the lower half is zero.
    static void reduce(Number& out, Columns& columns, const Number& m, Limb factor,
                       std::size_t size) noexcept {
        const Padded y{m, size};
        for (std::size_t i = 0; i < size; i += BLOCK) {
            std::array<Limb, BLOCK> x;
            std::uint64_t over = 0;
            for (std::size_t k = 0; k < BLOCK; ++k) { // the columns of the block, ahead of the rest
                over += columns[i + k];
                for (std::size_t l = 0; l < k; ++l)
                    over += std::uint64_t{x[l]} * m[k - l];
                x[k] = static_cast<Limb>((over & MASK) * factor & MASK);
                over = (over + std::uint64_t{x[k]} * m[0]) >> LIMB_BITS;
            }
            add_rows(&columns[i], y, x.data(), size);
            columns[i + BLOCK] += over; // what those four columns carry
            if (i / BLOCK % BLOCKS_BETWEEN == BLOCKS_BETWEEN - 1)
                carry(columns, i + BLOCK, size);
        }
        carry(columns, size, size);
        for (std::size_t i = 0; i < size; ++i)
            out[i] = static_cast<Limb>(columns[size + i]);
    }

    /// Brings the columns from @p first on below 2^28; what they stand for is below 2^(56 size).
    static void carry(Columns& columns, std::size_t first, std::size_t size) noexcept {
        std::uint64_t over = 0;
        for (std::size_t i = first; i < 2 * size; ++i) {
            over += columns[i];
            columns[i] = over & MASK;
            over >>= LIMB_BITS;
        }
    }
};

} // namespace assay::math
