// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// A reply as its frames: one for a JSON body, one per data line for an event stream
/// (receipt.md §5, §5.2).
#pragma once

#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/receipt/receipt_fields.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace assay::receipt {

enum class ResponseIs : std::uint8_t { json, stream };

/// Step 1 of §7 has passed: every frame is an object without `error` and without repeated names,
/// and the final frame has the receipt fields. Its choices are not looked at yet.
struct Reply {
    ResponseIs form;
    std::vector<bytes::JsonValue> frames; ///< in order; all objects
    std::size_t final_frame;              ///< index of the frame with the receipt fields
    ReceiptFields fields;

    [[nodiscard]] const bytes::JsonValue& last() const noexcept { return frames[final_frame]; }
};

/// @p response must outlive the reply.
/// @return RECEIPT_BAD_FIELD when step 1 fails; INPUT_LIMIT for more than limits::JSON_VALUES
/// values.
[[nodiscard]] Result<Reply> read_reply(std::string_view response, ResponseIs form) noexcept;

/// @param choice set to `choices[0]`, or to nullptr when a stream's frame has none
/// @return RECEIPT_BAD_FIELD when the frame's choices are not exactly one object; a frame of a
/// stream
///   may also have none (absent, null or empty).
[[nodiscard]] Result<void> find_choice(const bytes::JsonValue& frame, ResponseIs form,
                                       const bytes::JsonValue*& choice) noexcept;

} // namespace assay::receipt
