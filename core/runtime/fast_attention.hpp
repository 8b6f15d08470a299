// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Attention in float, four rows of scores at a time: the scores of a head are never all there.
#pragma once

#include "core/onnx/graph.hpp"

#include <pthreadpool.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace assay::runtime {

/// What a fused node's attributes say. Steps are elements from one index to the next: of batch,
/// head, row and feature, or of batch, head, row and key.
struct AttentionShape {
    static constexpr std::size_t RANK = 4;
    using Steps = std::array<std::int64_t, RANK>;

    std::size_t batch;
    std::size_t heads;
    std::size_t rows;
    std::size_t keys;
    std::size_t size;  ///< features of a query and a key
    std::size_t width; ///< of a value and of the result
    Steps q;           ///< features are 1 apart, as in v and y
    Steps k;
    Steps v;
    Steps y;
    Steps mask;
    Steps chosen;
    bool keeps_true;
    float fill;
    float scale;
};

/// @return floats that the work on one head takes besides its operands.
[[nodiscard]] std::uint64_t attention_scratch(std::uint64_t keys, std::uint64_t size,
                                              std::uint64_t width) noexcept;

/// @return bytes that a fused node keeps for its work, at most; one thread takes one head at a
/// time.
[[nodiscard]] std::uint64_t attention_bytes(const onnx::Node& node, pthreadpool_t pool) noexcept;

} // namespace assay::runtime
