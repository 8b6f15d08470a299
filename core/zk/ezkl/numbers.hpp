// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Field elements as the numbers that they stand for (ezkl.md §8).
#pragma once

#include "core/zk/bn254/fr.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::zk::ezkl {

/// Scales beyond this have no decimal here; the integer remains.
inline constexpr std::int64_t MAX_SCALE = 128;

/// @return the signed integer in decimal; nothing when it does not fit 128 bits.
[[nodiscard]] std::optional<std::string> integer_text(const Number& element) noexcept;

/// @return integer / 2^scale in decimal, exactly; nothing for a scale beyond MAX_SCALE.
[[nodiscard]] std::optional<std::string> scaled_text(std::string_view integer,
                                                     std::int64_t scale) noexcept;

/// The float nearest to a number in JSON's form, ties to even, as a parser of f32 reads it;
/// infinity beyond the largest. (std::strtof works in 128-bit floats: 9 kB of a module.)
[[nodiscard]] float nearest_float(std::string_view number) noexcept;

} // namespace assay::zk::ezkl
