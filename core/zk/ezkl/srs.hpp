// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The ceremony's three points (ezkl.md §1.3).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/zk/bn254/pairing.hpp"

namespace assay::zk::ezkl {

struct Srs {
    G1 g1;
    FixedG2Pointer g2, s_g2;

    /// An empty file means the public ceremony that EZKL uses. EZKL_MALFORMED, ZK_LIMIT,
    /// ZK_POINT_INVALID, ZK_TRAILING_BYTES
    [[nodiscard]] static Result<Srs> read(BytesView file) noexcept;
};

} // namespace assay::zk::ezkl
