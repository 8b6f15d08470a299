// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Values that are no plain numbers as bytes, between the module and its caller: sequences, maps,
// absent optionals, and tensors of strings.
//
//   value  = u8 kind (0 none, 1 tensor, 2 sequence, 3 map) and what follows by kind
//   tensor = u8 ONNX element type, u8 rank, u32 dims[rank], elements; a string is u32 length, bytes
//   sequence, map = u32 count, values; those of a map are its keys and its values
//
// All little-endian. A dimension above 2^32 - 1 is written as that.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/onnx/string_pool.hpp"
#include "core/runtime/value.hpp"

#include <string>

namespace assay::infer_api {

[[nodiscard]] std::string encode_value(const runtime::Value& value) noexcept;

/// @param memory_bytes  more elements than that are ONNX_LIMIT
/// @return ONNX_INPUT_TYPE for bytes that are no value.
[[nodiscard]] Result<runtime::Value> decode_value(BytesView bytes, onnx::StringPool& strings,
                                                  std::uint64_t memory_bytes) noexcept;

} // namespace assay::infer_api
