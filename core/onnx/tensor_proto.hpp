// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// TensorProto: the fields as read, and their decoding to elements.
#pragma once

#include "core/onnx/buffer.hpp"
#include "core/onnx/proto.hpp"
#include "core/onnx/string_pool.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace assay::onnx {

/// Reads the fields and checks dimensions, element count and byte length against each other.
/// Codes as of parse_model; the error has no path.
[[nodiscard]] Result<TensorProto> read_tensor(BytesView message) noexcept;

/// @return the name in a message that read_tensor refuses, "" when there is none to be read.
[[nodiscard]] std::string_view tensor_name(BytesView message) noexcept;

/// Copies the elements out; packed ones take a byte each.
/// @param strings  keeps the elements of a string tensor
/// @return ONNX_UNSUPPORTED_TYPE for an unknown type, ONNX_EXTERNAL_DATA, and ONNX_LIMIT when there
///   is no memory. Precondition: @p proto came from read_tensor.
[[nodiscard]] Result<Tensor> decode_tensor(const TensorProto& proto, StringPool& strings) noexcept;

/// The same without a copy: the elements stay in the model's bytes. To be aligned they move by up
/// to three bytes, over the tag and the length in front of them; each message may be taken once.
/// @param model  the bytes that @p proto was read from; must outlive the tensor and its moves
/// @return nothing for small tensors and those that must be decoded.
[[nodiscard]] std::optional<Tensor> tensor_in_place(const TensorProto& proto,
                                                    std::span<std::uint8_t> model) noexcept;

} // namespace assay::onnx
