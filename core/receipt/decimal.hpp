// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// A JSON number token as digits and an exponent, and the double nearest to it (receipt.md §3.2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::receipt {

/// ± d.ddd… × 10^exponent, the digits without leading and trailing zeros; no digits: zero.
struct Decimal {
    bool negative;
    std::string digits;
    std::int64_t exponent; ///< of the first digit; 0 for zero
};

/// Enough digits to tell on which side of a midpoint between two doubles a number lies: midpoints
/// have at most 767 significant digits.
inline constexpr std::size_t DECIMAL_DIGITS = 800;

/// @param token a JSON number. Of a longer token the first DECIMAL_DIGITS digits are kept; when a
///   digit that is not zero follows them, a 1 stands for the rest. So the nearest double is that of
///   the token whatever its length.
[[nodiscard]] Decimal read_decimal(std::string_view token) noexcept;

/// @return the double nearest to the magnitude of @p decimal, ties to even; +infinity or +0.0 when
/// it
///   is too large or too small.
[[nodiscard]] double nearest_magnitude(const Decimal& decimal) noexcept;

} // namespace assay::receipt
