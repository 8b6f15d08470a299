// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Whole numbers in decimal text. One reader for every field that holds one: std::from_chars brings
// its own copy a type into a wasm module.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::bytes {

/// The number that @p text spells, all of it: decimal digits, leading zeros allowed. Nothing when
/// the text is empty, holds anything else or exceeds 64 bits.
[[nodiscard]] std::optional<std::uint64_t> read_unsigned(std::string_view text) noexcept;

/// The same with an optional `-` before the digits.
[[nodiscard]] std::optional<std::int64_t> read_signed(std::string_view text) noexcept;

} // namespace assay::bytes
