// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Memory that operators take besides their operands and outputs. It is asked for before an operator
// runs, because an allocation that fails inside one ends the program.
#pragma once

#include "core/runtime/kernel.hpp"

#include <cstdint>
#include <span>

namespace assay::runtime {

/// @return bytes of the copies of operands and outputs in the types that the operator computes in
///   (elements.hpp), at most; tensors without a type take none.
[[nodiscard]] std::uint64_t working_bytes(const onnx::Node& node, std::span<const TensorRef> inputs,
                                          std::span<const TensorRef> outputs) noexcept;

/// Whether there is memory for so many bytes more. Tried for large sizes, assumed for small ones.
[[nodiscard]] bool has_memory(std::uint64_t bytes) noexcept;

} // namespace assay::runtime
