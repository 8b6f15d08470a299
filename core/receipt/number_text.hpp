// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// JSON number tokens as Python's json.dumps prints them (receipt.md §3.2). Precondition
/// throughout: the token is a JSON number.
#pragma once

#include "core/receipt/decimal.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace assay::receipt {

/// @return whether the token has no ".", "e", "E": an integer of any length.
[[nodiscard]] bool is_integer_token(std::string_view token) noexcept;

/// @return whether the number that Python reads is zero (§3.3: falsy): an integer 0, or a float
/// that
///   is 0.0 as the nearest double, so 1e-400 too.
[[nodiscard]] bool is_zero_token(std::string_view token) noexcept;

/// @return the digits as Python's repr places them: positional with ".0", or with "e".
[[nodiscard]] std::string decimal_text(const Decimal& shortest) noexcept;

/// Integers as written (-0 as 0), all other tokens as the shortest text of the nearest double,
/// "Infinity" or "-Infinity" when that overflows.
void append_number(std::string& out, std::string_view token) noexcept;

/// The token converted to a double and printed as a float: 1 is "1.0" (§3.3, temperature).
/// @return nothing when the double is not finite.
[[nodiscard]] std::optional<std::string> float_text(std::string_view token) noexcept;

} // namespace assay::receipt
