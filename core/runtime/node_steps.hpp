// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a node in a loop costs.
#pragma once

#include "core/onnx/graph.hpp"
#include "core/runtime/kernel.hpp"
#include "core/runtime/value.hpp"

#include <span>

namespace assay::runtime {

/// @return steps (op_call.hpp) that a node took for what it read, wrote and multiplied; 0 for few
///   of them, which the node itself stands for. What an operator spends by itself is not in it.
[[nodiscard]] double elementary_steps(const onnx::Node& node, std::span<const TensorRef> inputs,
                                      std::span<const Value> results) noexcept;

} // namespace assay::runtime
