// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Scalars: elements of Fr.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/zk/bn254/primes.hpp"

#include <span>
#include <vector>

namespace assay::zk {

[[nodiscard]] inline Fr fr_one() noexcept {
    return math::Fe<FrLimbs, 1, 8>{FrLimbs::ONE};
}
[[nodiscard]] inline Fr fr_zero() noexcept {
    return Fr{FrLimbs::Limbs{}};
}
[[nodiscard]] inline Fr fr_from(const Number& below_r) noexcept {
    return math::element<FrLimbs>(below_r);
}
[[nodiscard]] inline Fr fr_from(std::uint64_t value) noexcept {
    return fr_from(Number{value});
}
[[nodiscard]] inline Number number_of(const Fr& a) noexcept {
    return FrLimbs::to_words(a.limbs);
}
/// Sums and differences at rest: chains of them cannot outgrow their limbs.
[[nodiscard]] inline Fr add(const Fr& a, const Fr& b) noexcept {
    return shrink(a + b);
}
[[nodiscard]] inline Fr subtract(const Fr& a, const Fr& b) noexcept {
    return shrink(a - b);
}
/// A product: the squares of scalars are few, and their own code would be 2 kB of a module.
[[nodiscard]] inline auto square(const Fr& a) noexcept {
    return a * a;
}
[[nodiscard]] inline bool equal(const Fr& a, const Fr& b) noexcept {
    return (a - b).is_zero();
}

/// A number of 256 bits, most significant byte first, modulo r.
[[nodiscard]] Fr fr_reduced(const Hash32& bytes) noexcept;

/// A number of 512 bits, least significant byte first, modulo r.
[[nodiscard]] Fr fr_from_wide(const std::array<std::uint8_t, 64>& bytes) noexcept;

/// 1 / a, and 0 for 0.
[[nodiscard]] Fr invert(const Fr& a) noexcept;
[[nodiscard]] Fr power(const Fr& base, std::uint64_t exponent) noexcept;
/// Replaces every value by its inverse, for the price of one inversion and three products each
/// (Montgomery, Math. Comp. 48 (1987) 243, section 10.3.1).
/// @return false, and nothing is changed, when one of them is 0.
[[nodiscard]] bool invert_all(std::span<Fr> values) noexcept;

} // namespace assay::zk
