// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What every proof system here ends in: a product of pairings that must be one; of many proofs at
/// once by a random linear combination (Bellare, Garay and Rabin, "Fast batch verification for
/// modular exponentiation and digital signatures", EUROCRYPT 1998, section 3).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/zk/bn254/msm.hpp"
#include "core/zk/bn254/pairing.hpp"

#include <span>
#include <vector>

namespace assay::zk {

struct Equation {
    std::vector<FixedPair> fixed;
    std::vector<Pair> pairs;

    [[nodiscard]] bool holds() const noexcept;
};

/// Weights of 128 bits, by Keccak from the caller's entropy and everything that is verified: who
/// made the proofs cannot have known them, even where the entropy is poor.
class Weights {
public:
    explicit Weights(const Hash32& seed) noexcept : seed_{seed} {}
    [[nodiscard]] Fr next() noexcept;

private:
    Hash32 seed_;
    std::uint64_t count_ = 0;
};

/// The weighted product of many equations; pairs with the same point of G2 become one.
class Combination {
public:
    explicit Combination(const Hash32& seed) noexcept : weights_{seed} {}
    void add(const Equation& equation) noexcept;
    /// @return whether all hold: false for one that does not, but for a chance of 2^-127. Its
    /// points are handed on, since a prepared one is 21 kB.
    [[nodiscard]] bool holds() && noexcept;

private:
    struct Side {
        FixedG2Pointer fixed; ///< null: free counts
        PreparedG2 free;
        std::vector<Term> terms;
    };
    void add(Side side, const Term& term) noexcept;

    Weights weights_;
    std::vector<Side> sides_;
};

} // namespace assay::zk
