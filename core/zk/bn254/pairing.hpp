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

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace assay::zk {

/// c0 y + c3 x w + c4 w^3: a line of the loop, for the other point (x, y).
struct Line {
    Fp2 c0, c3, c4;
};

/// A point of G2 with the lines of its loop.
class PreparedG2 {
public:
    PreparedG2(const G2& of_order_r) noexcept;

    [[nodiscard]] const G2& point() const noexcept { return point_; }
    [[nodiscard]] std::span<const Line> lines() const noexcept { return lines_; }

private:
    friend std::optional<PreparedG2> g2_from(const Fp2Number& x, const Fp2Number& y) noexcept;
    PreparedG2() = default;

    G2 point_;
    std::vector<Line> lines_; ///< none for infinity
};
/// @return nothing unless all coordinates are below p, on the twist and of order r.
[[nodiscard]] std::optional<PreparedG2> g2_from(const Fp2Number& x, const Fp2Number& y) noexcept;

/// The lines of a point of G2 that stays: each scaled to 1 + c3 (x/y) w + c4 (1/y) w^3.
class FixedG2 {
public:
    explicit FixedG2(const PreparedG2& point) noexcept;
    [[nodiscard]] std::span<const UnitLine> lines() const noexcept { return lines_; }

private:
    std::vector<UnitLine> lines_; ///< none for infinity
};
using FixedG2Pointer = std::shared_ptr<const FixedG2>;
[[nodiscard]] const FixedG2Pointer& fixed_g2_generator() noexcept;
/// g2_from() for a point of a key or ceremony: the last ones are kept (Memo). @return null for
/// nothing.
[[nodiscard]] FixedG2Pointer fixed_g2_from(const Fp2Number& x, const Fp2Number& y) noexcept;

struct FixedPair {
    G1 p;
    FixedG2Pointer q;
    std::shared_ptr<const Fp12> loop = nullptr; ///< miller_loop() of the two, where it is known
};
struct Pair {
    G1 p;
    PreparedG2 q;
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
