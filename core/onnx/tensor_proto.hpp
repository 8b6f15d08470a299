// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// TensorProto: the fields as read, and their decoding to elements.
#pragma once

#include "core/onnx/buffer.hpp"
#include "core/onnx/proto.hpp"

namespace assay::onnx {

/// Reads the fields and checks dimensions, element count and byte length against each other.
/// Codes as of parse_model; the error has no path.
[[nodiscard]] Result<TensorProto> read_tensor(BytesView message) noexcept;

/// Copies the elements out.
/// @return ONNX_UNSUPPORTED_TYPE for strings and packed or complex types, ONNX_EXTERNAL_DATA, and
///   ONNX_LIMIT when there is no memory. Precondition: @p proto came from read_tensor.
[[nodiscard]] Result<Tensor> decode_tensor(const TensorProto& proto) noexcept;

} // namespace assay::onnx
