// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Many openings in one equation: Boneh, Drake, Fisch and Gabizon, "Efficient polynomial commitment
/// schemes for multiple points and polynomials" (ePrint 2020/081), section 4, as halo2 orders it
/// (ezkl.md §7). A commitment is its slot: two slots may hold the same point.
#pragma once

#include "core/zk/bn254/msm.hpp"

#include <optional>
#include <span>
#include <vector>

namespace assay::zk::ezkl {

class Shplonk {
public:
    /// Slots for commitments, in a row. @return the first
    std::size_t reserve(std::span<const G1> points) noexcept;
    /// One slot for the sum of power^i points[i].
    std::size_t reserve_sum(std::span<const G1> points, const Fr& power) noexcept;
    /// The commitment in @p slot has @p value at w^rotation x.
    void open(std::size_t slot, std::int32_t rotation, const Fr& value) noexcept;

    struct Challenges {
        Fr x, root, u, v, y; ///< root: w; v combines sets, y the commitments of one
    };
    struct Combined {
        std::vector<Term> terms;
        Fr constant;  ///< rho: to be subtracted times G1
        Fr w1_factor; ///< z0
    };
    /// @return nothing for a challenge that meets a point.
    [[nodiscard]] std::optional<Combined> combine(const Challenges& challenges) const noexcept;

private:
    struct Opening {
        std::int32_t rotation;
        Fr value;
    };
    struct Slot {
        std::vector<Term> terms;
        std::vector<Opening> openings; ///< by rotation
    };
    std::vector<Slot> slots_;
    std::vector<std::size_t> order_; ///< of first appearance
};

} // namespace assay::zk::ezkl
