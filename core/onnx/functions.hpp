// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Model-local functions: a node that names one becomes the function's nodes (onnx.proto3,
// FunctionProto).
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/limits.hpp"
#include "core/onnx/proto.hpp"

#include <deque>
#include <string>

namespace assay::onnx {

/// Replaces the calls in @p graph, also those inside functions and inner graphs.
/// @param names  keeps the new names of values; must outlive the graph
/// @return ONNX_LIMIT for more nodes than allowed or functions that call themselves;
///   ONNX_MALFORMED for more inputs or outputs than a function has.
[[nodiscard]] Result<void> inline_functions(const ModelProto& model, GraphProto& graph,
                                            const Limits& limits,
                                            std::deque<std::string>& names) noexcept;

} // namespace assay::onnx
