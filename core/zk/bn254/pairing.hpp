// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The optimal ate pairing (Vercauteren, "Optimal pairings", IEEE Trans. Inf. Theory 56 (2010)
/// 455): products of pairings with one loop and one final exponentiation for all.
#pragma once

#include "core/zk/bn254/fp12.hpp"
#include "core/zk/bn254/groups.hpp"

#include <span>
#include <vector>

namespace assay::zk {

/// The lines of the loop for a point of G2 that stays: each scaled to 1 + c3 (x/y) w + c4 (1/y)
/// w^3.
class FixedG2 {
public:
    explicit FixedG2(const G2& point) noexcept;
    [[nodiscard]] std::span<const UnitLine> lines() const noexcept { return lines_; }

private:
    std::vector<UnitLine> lines_; ///< none for infinity
};
[[nodiscard]] const FixedG2& fixed_g2_generator() noexcept;

struct FixedPair {
    G1 p;
    const FixedG2* q;
};
struct Pair {
    G1 p;
    G2 q; ///< of order r
};

/// @return the product of all e(p, q) before the final exponentiation; pairs with infinity count 1.
[[nodiscard]] Fp12 miller_loop(std::span<const FixedPair> fixed,
                               std::span<const Pair> pairs) noexcept;
/// @return a^((p^12 - 1) / r, times a number prime to r): 1 exactly when the pairings multiply
/// to 1.
[[nodiscard]] Fp12 final_exponentiation(const Fp12& a) noexcept;

/// @return whether the product of all e(p, q) is 1.
[[nodiscard]] bool product_is_one(std::span<const FixedPair> fixed,
                                  std::span<const Pair> pairs) noexcept;

} // namespace assay::zk
