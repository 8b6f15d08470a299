// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Models of half floats run as float32 (inference.md §1): there is no processor for them in
/// WebAssembly, and weights that are expanded once are fused and packed as all others.
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/graph.hpp"

#include <cstdint>

namespace assay::runtime {

/// Expands the float16 and bfloat16 constants of a graph and puts a Cast behind inputs and in front
/// of outputs of these types, which stay as the model declares them. A Cast to one of them in the
/// model still rounds; between operators nothing does, so that a comparison or an index may differ
/// from that of an engine that rounds after each. A graph where more than that would have to change
/// stays as it is: with graphs inside nodes, constants that may be fed, or operators that name the
/// type they give.
/// @return ONNX_LIMIT for more than @p memory_bytes of expanded constants.
[[nodiscard]] Result<void> widen(onnx::Graph& graph, std::uint64_t memory_bytes) noexcept;

} // namespace assay::runtime
