// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Elements of tensors as JSON text, for the command line.
#pragma once

#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/onnx/string_pool.hpp"
#include "core/onnx/types.hpp"

#include <cstdint>
#include <span>

namespace assay::cli {

/// Reads elements of @p type: numbers, booleans for `bool`, text for `string`. 64-bit integers and
/// floats may also be written as text, as write_elements() does, so that "nan" and "-inf" exist.
/// @param list     an array of as many items as @p elements has room for.
/// @param strings  keeps the elements of a string tensor
/// @return ONNX_INPUT_TYPE for a value that is none of the type, ONNX_INPUT_SHAPE for another
///   count, ONNX_UNSUPPORTED_TYPE for complex numbers.
[[nodiscard]] Result<void> read_elements(const bytes::JsonValue& list, onnx::ElementType type,
                                         onnx::StringPool& strings,
                                         std::span<std::uint8_t> elements) noexcept;

/// Writes an array: 64-bit integers and non-finite floats as strings, every other number as the
/// shortest that reads back to it; null for a type that no model here has.
void write_elements(bytes::JsonWriter& out, onnx::ElementType type,
                    std::span<const std::uint8_t> elements) noexcept;

} // namespace assay::cli
