// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What PLONK and FFLONK in snarkjs's flavour share (snark.md §3.1–§3.4): the evaluation domain,
/// the hash transcript, Lagrange polynomials.
#pragma once

#include "core/base/result.hpp"
#include "core/hash/keccak256.hpp"
#include "core/zk/bn254/msm.hpp"
#include "core/zk/snarkjs/files.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace assay::zk {

/// The members of a key that describe its domain, as read.
struct RawDomain {
    std::optional<std::uint64_t> public_count, power;
    Number k1, k2, w;

    explicit RawDomain(Fields& key) noexcept;
};

struct Domain {
    std::uint64_t public_count;
    std::uint64_t size; ///< n = 2^power
    Fr size_inverse;
    Fr w, k1, k2;
};
/// ZK_VK_INVALID, ZK_LIMIT, ZK_SCALAR_OUT_OF_RANGE
[[nodiscard]] Result<Domain> check_domain(const RawDomain& raw) noexcept;

/// keccak256 of a fresh buffer, modulo r (snark.md §3.2).
class Challenge {
public:
    Challenge& scalar(const Fr& value) noexcept;
    Challenge& point(const G1& value) noexcept;
    [[nodiscard]] Fr squeeze() noexcept;

private:
    hash::Keccak256 buffer_;
};

/// L1, the public input polynomial and x^n - 1 at a point.
struct AtPoint {
    Fr power; ///< x^n
    Fr vanishing;
    Fr first_lagrange;
    Fr public_input;
};
/// @return nothing when x is in the domain.
[[nodiscard]] std::optional<AtPoint> evaluate(const Domain& domain, const Fr& x,
                                              std::span<const Fr> publics) noexcept;

/// a * b + c
[[nodiscard]] inline Fr multiply_add(const Fr& a, const Fr& b, const Fr& c) noexcept {
    return shrink(a * b + c);
}

/// ceremony point [tau] G2: e(left, X_2) e(right, G2) = 1
[[nodiscard]] Equation kzg_equation(const G1& left, const FixedG2Pointer& x2,
                                    const G1& right) noexcept;

} // namespace assay::zk
