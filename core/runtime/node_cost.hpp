// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Multiply-accumulates of a node with bound shapes, for reports and for what a loop may cost.
#pragma once

#include "core/onnx/graph.hpp"
#include "core/onnx/shape.hpp"

#include <cstdint>
#include <span>

namespace assay::runtime {

/// Counted are convolutions, matrix products, recurrent nets and attention; the others have none.
/// @param values  of the graph, by ValueId, their shapes bound. @return 0 where one is not.
[[nodiscard]] std::uint64_t multiply_accumulates(const onnx::Node& node,
                                                 std::span<const onnx::ValueShape> values) noexcept;

/// The same by the dimensions of the operands, those left out or open empty, and of the result.
[[nodiscard]] std::uint64_t multiply_accumulates(const onnx::Node& node,
                                                 std::span<const onnx::Dims> inputs,
                                                 const onnx::Dims& output) noexcept;

} // namespace assay::runtime
