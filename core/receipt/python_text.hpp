// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The text that Python's repr() and str() of a list give (receipt.md §3.5), which the profiles
/// gw-repr-a and gw-repr-b hash for a user's content list.
#pragma once

#include "core/bytes/json.hpp"

#include <string>

namespace assay::receipt {

/// Whether Python 3.12 prints @p code_point as it is: str.isprintable() by Unicode 15.0.
[[nodiscard]] bool is_printable(char32_t code_point) noexcept;

/// Appends the text in UTF-8. Recursion is bounded by limits::JSON_DEPTH.
void append_python_text(std::string& out, const bytes::JsonValue& value) noexcept;

} // namespace assay::receipt
