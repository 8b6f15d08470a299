// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Sums of multiples of points of G1.
#pragma once

#include "core/zk/bn254/fr.hpp"
#include "core/zk/bn254/groups.hpp"

#include <span>
#include <vector>

namespace assay::zk {

struct Term {
    G1 point;
    Fr scalar;
};

/// A scalar k in two halves, k = (-1)^n0 k0 + (-1)^n1 k1 lambda modulo r, both below 2^128, where
/// [lambda] (x, y) = (beta x, y).
struct SplitScalar {
    Number k0, k1;
    bool negative0, negative1;
};
[[nodiscard]] SplitScalar split_scalar(const Number& scalar) noexcept;
/// [lambda] p
[[nodiscard]] G1 endomorphism(const G1& p) noexcept;

/// @return the sum of all [scalar] point.
[[nodiscard]] G1 sum_of(std::span<const Term> terms) noexcept;

} // namespace assay::zk
