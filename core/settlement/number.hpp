// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The decimal numbers of on-chain inference (receipt.md §13): value / 10^decimals, two int128.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::settlement {

/// Both words are int128 (core/bytes/word.hpp).
struct Number {
    Hash32 value;
    Hash32 decimals;
};

/// The float32 that the network's own library makes of it, bit for bit: rounded to 28 significant
/// decimal digits, then to the nearest double, then to the nearest float32.
/// @return NUMBER_OVERFLOW for |decimals| > 999,999 and for a result beyond float32.
[[nodiscard]] Result<float> decode_float32(const Number& number) noexcept;

/// @return the shortest decimal text that reads back to the float, without trailing zeros in the
/// value; NUMBER_NOT_FINITE for NaN and infinities, NUMBER_OVERFLOW outside int128.
[[nodiscard]] Result<Number> encode_float32(float value) noexcept;
[[nodiscard]] Result<Number> encode_float64(double value) noexcept;

/// @param text `0|-?[1-9][0-9]*`; any other is ARGUMENT_INVALID
/// @return NUMBER_OVERFLOW outside int128.
[[nodiscard]] Result<Number> encode_integer(std::string_view text) noexcept;

/// @return the shortest text that reads back to @p value, in Python's form: "0.1", "1e-45", "-0.0".
/// Precondition: it is finite.
[[nodiscard]] std::string float32_text(float value) noexcept;

} // namespace assay::settlement
