// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Memory that operators take besides their operands and outputs. It is asked for before an operator
// runs, because an allocation that fails inside one ends the program.
#pragma once

#include "core/runtime/kernel.hpp"

#include <cstdint>

namespace assay::runtime {

/// @return bytes of the copy of an operand or an output in the type that the operator computes in
///   (elements.hpp), at most.
[[nodiscard]] std::uint64_t working_bytes(onnx::Op op, const TensorRef& tensor) noexcept;

/// Whether there is memory for so many bytes more. Tried for large sizes, assumed for small ones.
[[nodiscard]] bool has_memory(std::uint64_t bytes) noexcept;

} // namespace assay::runtime
