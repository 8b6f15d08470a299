// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a model takes and gives, as JSON text:
//
//   tensor    {"type": "float32", "dims": [2], "data": [1, 2]}; of an input whose shape is fixed
//   also
//             the bare list, and "type" only where the model does not say it
//   sequence  a list of values
//   map       {"keys": tensor, "values": tensor}; "dims" may be left out there
//   optional  null, or the value
#pragma once

#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/runtime/session.hpp"

namespace assay::cli {

/// Feeds every member of a JSON object to the input of its name; every input that the model does
/// not fill itself must be there.
/// @return ONNX_INPUT_NAME, ONNX_INPUT_TYPE and ONNX_INPUT_SHAPE with the member as path,
///   ONNX_LIMIT; ARGUMENT_INVALID for text that is no JSON object.
[[nodiscard]] Result<void> feed(runtime::Session& session, BytesView text) noexcept;

/// Writes the outputs of the last run as an object.
void write_outputs(bytes::JsonWriter& out, const runtime::Session& session) noexcept;

} // namespace assay::cli
