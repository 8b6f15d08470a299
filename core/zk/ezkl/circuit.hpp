// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What a verification needs of key and settings: built from both (compile), or read from a
/// descriptor (descriptor.hpp).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/zk/bn254/groups.hpp"
#include "core/zk/ezkl/constraint_system.hpp"

#include <vector>

namespace assay::zk::ezkl {

/// A public tensor: how many values, and 2 to which power divides them.
struct PublicTensor {
    std::uint64_t size;
    std::int64_t scale;
};

struct Circuit {
    std::uint64_t k = 0;
    std::uint64_t degree = 0; ///< D
    std::array<std::uint32_t, COLUMN_KINDS> columns{};
    std::array<std::vector<Query>, COLUMN_KINDS> queries;
    Expressions expressions;
    std::vector<ExprId> gates;
    std::vector<Argument> arguments;
    std::vector<Column> permutation;
    std::vector<G1> fixed, sigma;
    std::vector<Fr> digests;  ///< that the key may have (§3.7); all different
    std::uint64_t hashes = 0; ///< public values before the tensors
    /// Empty when the settings do not say which tensors are public, and where.
    std::vector<PublicTensor> tensors;
    std::uint64_t instances = 0; ///< number of public values
    std::string version;

    [[nodiscard]] std::uint64_t usable_rows() const noexcept {
        return (std::uint64_t{1} << k) - BLINDING - 1;
    }
    [[nodiscard]] std::size_t chunks() const noexcept {
        const auto width = static_cast<std::size_t>(degree) - 2;
        return (permutation.size() + width - 1) / width;
    }
};

/// @return the circuits that the settings can mean: one, or one for each set of flags of a source
/// build. Every one has the digests of all trees of §3.7.
[[nodiscard]] Result<std::vector<Circuit>> compile(BytesView key,
                                                   const Settings& settings) noexcept;

} // namespace assay::zk::ezkl
