// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Multiply-accumulates of a node with bound shapes, for reports.
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

} // namespace assay::runtime
