// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What runs each operator: its function, and the XNNPACK form where there is one.
#pragma once

#include "core/onnx/graph.hpp"
#include "core/runtime/lowering.hpp"
#include "core/runtime/op_call.hpp"

namespace assay::runtime {

[[nodiscard]] Operator op_function(onnx::Op op) noexcept;

/// Whether the function also infers from open dimensions; the others need them all.
[[nodiscard]] bool takes_open_dims(onnx::Op op) noexcept;

/// Whether XNNPACK's form of the operator reads or writes quantised bytes.
[[nodiscard]] bool is_on_bytes(onnx::Op op) noexcept;

/// @return what defines the operator in XNNPACK, null when there is no form of it.
[[nodiscard]] XnnLower xnn_lowering(onnx::Op op) noexcept;

/// Whether XNNPACK can run the node: float32 tensors with elements, of a rank it takes, and what
/// the operator's own form asks for. Precondition: all shapes of the node are bound.
[[nodiscard]] bool has_xnn_form(const NodeView& view) noexcept;

} // namespace assay::runtime
