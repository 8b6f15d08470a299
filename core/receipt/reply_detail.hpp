// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What the JSON and the stream form of a reply share (receipt.md §5). For core/receipt only.
#pragma once

#include "core/receipt/reply.hpp"

namespace assay::receipt::detail {

[[nodiscard]] inline Error bad_reply(std::string_view path) noexcept {
    return {ErrorCode::RECEIPT_BAD_FIELD, path};
}

/// Parses one frame: an object without `error`, else RECEIPT_BAD_FIELD.
[[nodiscard]] Result<bytes::JsonValue> read_frame(std::string_view text,
                                                  bytes::JsonBudget& budget) noexcept;

/// @return `choices[0]`, when the frame's choices are exactly one object; else nullptr.
[[nodiscard]] const bytes::JsonValue* only_choice(const bytes::JsonValue& frame) noexcept;

/// text(c) of §5, appended: nullptr and null add nothing, a string itself, an array its strings and
/// the `text` of its objects. @return false for any other type.
[[nodiscard]] bool append_content(std::string& out, const bytes::JsonValue* content) noexcept;

/// @return whether `finish_reason` is exactly "tool_calls". @p choice may be nullptr.
[[nodiscard]] bool finished_with_tool_calls(const bytes::JsonValue* choice) noexcept;

} // namespace assay::receipt::detail
