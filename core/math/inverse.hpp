// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Inverses modulo an odd number.
#pragma once

#include "core/math/words.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::math {

/// Longest modulus, words.
inline constexpr std::size_t INVERSE_WORDS = 6;

/// value = 1 / value mod modulus. Preconditions: the modulus is odd, of at most INVERSE_WORDS
/// words, and prime to the value, which is in [1, modulus) and has as many words. Not
/// constant-time.
void invert_var(std::span<std::uint64_t> value, std::span<const std::uint64_t> modulus) noexcept;

} // namespace assay::math
