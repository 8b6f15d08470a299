// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What runs each operator: our own kernel, and the XNNPACK form where there is one. Shape rules and
// versions stand in core/onnx/opset.cpp, in the same order.
#pragma once

#include "core/onnx/graph.hpp"
#include "core/runtime/kernel.hpp"
#include "core/runtime/lowering.hpp"

namespace assay::runtime {

struct OpRow {
    onnx::Op op;
    Kernel kernel;
    XnnForm has_form; ///< null: no XNNPACK form
    XnnLower lower;
};

[[nodiscard]] const OpRow& op_row(onnx::Op op) noexcept;

/// Whether XNNPACK can run the node: float32 tensors with elements, of a rank it takes, and what
/// the operator's own form asks for. Precondition: all shapes of the node are bound.
[[nodiscard]] bool has_xnn_form(const NodeView& view) noexcept;

} // namespace assay::runtime
