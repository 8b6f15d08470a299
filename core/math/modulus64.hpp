// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Montgomery products of any length in limbs of 64 bits; same interface and bounds as Limbs28.
#pragma once

#include "core/math/field64.hpp"
#include "core/math/words.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace assay::math {

template <std::size_t MAX_BITS>
struct Limbs64 {
    using Limb = std::uint64_t;
    static constexpr std::size_t LIMB_BITS = 64;
    static constexpr std::size_t BLOCK = 1;
    static constexpr std::size_t MAX_SIZE = (MAX_BITS + 2 + LIMB_BITS - 1) / LIMB_BITS;
    using Number = std::array<Limb, MAX_SIZE>;

    /// Finely integrated operand scanning (Koc, Acar, Kaliski, IEEE Micro 16 (1996) 26, section 6):
    /// both rows in one loop. The sum stays below 4 m <= R, so no limb beyond the last is needed.
    static void multiply(Number& out, const Number& a, const Number& b, const Number& m,
                         Limb factor, std::size_t size) noexcept {
        Number t;
        for (std::size_t i = 0; i < size; ++i)
            t[i] = 0;
        for (std::size_t i = 0; i < size; ++i) {
            Uint128 product = static_cast<Uint128>(a[0]) * b[i] + t[0];
            const std::uint64_t x = static_cast<std::uint64_t>(product) * factor;
            Uint128 multiple = static_cast<Uint128>(x) * m[0] + static_cast<std::uint64_t>(product);
            for (std::size_t j = 1; j < size; ++j) {
                product = static_cast<Uint128>(a[j]) * b[i] + t[j] + (product >> LIMB_BITS);
                multiple = static_cast<Uint128>(x) * m[j] + static_cast<std::uint64_t>(product) +
                           (multiple >> LIMB_BITS);
                t[j - 1] = static_cast<std::uint64_t>(multiple);
            }
            t[size - 1] = static_cast<std::uint64_t>(product >> LIMB_BITS) +
                          static_cast<std::uint64_t>(multiple >> LIMB_BITS);
        }
        for (std::size_t i = 0; i < size; ++i)
            out[i] = t[i];
    }
    static void square(Number& out, const Number& a, const Number& m, Limb factor,
                       std::size_t size) noexcept {
        multiply(out, a, a, m, factor, size);
    }
};

} // namespace assay::math
