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

/// Replaces all calls in a model, also those inside functions and inner graphs.
/// @param names  keeps the new names of values; must outlive the graph
/// @return the main graph. ONNX_LIMIT for calls nested deeper than MAX_CALLS, as those of a
///   function that calls itself are, and for more nodes than allowed, where calls count too;
///   ONNX_MALFORMED for two functions of one identity, for more inputs or outputs than a function
///   has and for formal ones without names of their own.
[[nodiscard]] Result<GraphProto> inline_functions(const ModelProto& model, const Limits& limits,
                                                  std::deque<std::string>& names) noexcept;

} // namespace assay::onnx
