// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The quotient identity at x (ezkl.md §6).
#pragma once

#include "core/zk/ezkl/circuit.hpp"

#include <optional>
#include <span>
#include <vector>

namespace assay::zk::ezkl {

struct PermutationOpening {
    Fr here, next, last; ///< z(x), z(w x), z(w^-(b+1) x); the last chunk has no third
};
struct LookupOpening {
    Fr here, next, multiplicity; ///< phi(x), phi(w x), m(x)
};
struct Openings {
    std::vector<Fr> advice, fixed, sigma;
    std::vector<PermutationOpening> products;
    std::vector<LookupOpening> lookups;
};
struct Challenges {
    Fr theta, beta, gamma, y, x;
};

/// @param power x^n
/// @return H, what the quotient must be at x; nothing when x is in the domain.
[[nodiscard]] std::optional<Fr> quotient_value(const Circuit& circuit,
                                               std::span<const Number> instances,
                                               const Openings& at, const Challenges& challenges,
                                               const Fr& power) noexcept;

} // namespace assay::zk::ezkl
