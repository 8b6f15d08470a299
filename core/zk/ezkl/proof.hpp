// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// proof.json (ezkl.md §1.1).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/zk/bn254/fr.hpp"

#include <string_view>
#include <vector>

namespace assay::zk::ezkl {

struct Proof {
    std::vector<Number> instances; ///< of the one column; below r
    std::size_t columns = 0;       ///< number of instance columns
    Bytes bytes;

    /// EZKL_MALFORMED, EZKL_VERSION_UNSUPPORTED, ZK_SCALAR_OUT_OF_RANGE, ZK_LIMIT
    [[nodiscard]] static Result<Proof> parse(std::string_view text) noexcept;
};

} // namespace assay::zk::ezkl
