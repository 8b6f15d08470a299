// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// An EZKL proof that holds, made here under a ceremony whose secret is known: every value in it is
// arbitrary, and the last point makes the equation hold. No prover could do so under a real one.
#pragma once

#include "core/zk/ezkl/key.hpp"
#include "core/zk/ezkl/verifier.hpp"

#include <cstddef>

namespace assay::test {

struct EzklSample {
    zk::ezkl::Circuit circuit;
    zk::ezkl::Srs srs;
    zk::ezkl::Proof proof;
    std::size_t first_scalar; ///< offset
};

inline constexpr zk::Number EZKL_SECRET{0x5eed, 0xfeed, 0xbeef, 0x1234};

/// @param secret of the ceremony
[[nodiscard]] EzklSample ezkl_sample(const zk::Number& secret = EZKL_SECRET);

/// The generator of G1, times @p multiple.
[[nodiscard]] zk::G1 ezkl_point(std::uint64_t multiple);

/// The points that a proof is verified with.
[[nodiscard]] zk::ezkl::Srs ezkl_ceremony(const zk::Number& secret);

} // namespace assay::test
