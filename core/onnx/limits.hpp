// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Limits of inference.md §8; each is checked before anything is allocated, failure → ONNX_LIMIT.
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay::onnx {

/// Largest rank of a tensor.
inline constexpr std::size_t MAX_RANK = 8;
/// Deepest nesting of graphs in attributes, and of types.
inline constexpr std::size_t MAX_NESTING = 16;

/// Deepest nesting of calls of functions. Exporters make one of each module of a network, so that
/// they nest deeper than graphs.
inline constexpr std::size_t MAX_CALLS = 64;

/// Limits that the caller may change.
struct Limits {
    std::uint64_t model_bytes = (std::uint64_t{1} << 31) - 1;
    std::uint64_t nodes = 100'000;
    /// Buffers, constants and packed weights of one session, bytes.
    std::uint64_t memory_bytes = std::uint64_t{1} << 31;
    /// Nodes that one run may execute, those of loop bodies counted each time: about ten seconds.
    std::uint64_t node_runs = 8'000'000;
};

} // namespace assay::onnx
