// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Tensors as JSON text, for the command line: numbers in, numbers out.
#pragma once

#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/onnx/types.hpp"

#include <cstdint>
#include <span>

namespace assay::cli {

/// Reads numbers (booleans for `bool`) into elements of @p type.
/// @param list an array of as many items as @p elements has room for.
/// @return ONNX_INPUT_TYPE for a value that is none of the type, ONNX_INPUT_SHAPE for another
/// count,
///   ONNX_UNSUPPORTED_TYPE for a type that has no form in JSON here.
[[nodiscard]] Result<void> read_elements(const bytes::JsonValue& list, onnx::ElementType type,
                                         std::span<std::uint8_t> elements) noexcept;

/// Writes an array: 64-bit integers and non-finite floats as strings, every other element as the
/// shortest number that reads back to it. Types without a form in JSON here become null.
void write_elements(bytes::JsonWriter& out, onnx::ElementType type,
                    std::span<const std::uint8_t> elements) noexcept;

} // namespace assay::cli
