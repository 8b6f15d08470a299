// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The shortest digits that read back to a double (receipt.md §3.2).
///
/// Own code because std::to_chars brings 95 kB of tables into a wasm module. Exact integers, no
/// table: Steele and White's free-format algorithm as in R. K. Dybvig and R. G. Burger, "Printing
/// Floating-Point Numbers Quickly and Accurately" (PLDI 1996), figure 3, with round-half-even input
/// (a boundary belongs to an even mantissa). Microseconds, not nanoseconds, per number.
#pragma once

#include "core/receipt/decimal.hpp"

namespace assay::receipt {

/// @param value finite and positive
/// @param exponent of the first digit of a decimal whose nearest double is @p value
/// @return the shortest digits that read back to @p value, of these the ones nearest to it
[[nodiscard]] Decimal shortest_decimal(double value, std::int64_t exponent) noexcept;

/// The same where no decimal is known; for a float the digits that read back to that float.
[[nodiscard]] Decimal shortest_decimal(double value) noexcept;
[[nodiscard]] Decimal shortest_decimal(float value) noexcept;

} // namespace assay::receipt
