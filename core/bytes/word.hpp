// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The 32-byte words of the Ethereum ABI: unsigned 256-bit integers, most significant byte first,
// and int128 in sign-extended two's complement.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::bytes {

[[nodiscard]] Hash32 word_from_u64(std::uint64_t value) noexcept;

/// @return the value, or nothing when it is 2^64 or more.
[[nodiscard]] std::optional<std::uint64_t> word_to_u64(const Hash32& word) noexcept;

/// @param digits `0|[1-9][0-9]*`
/// @return nothing for any other text and for 2^256 or more.
[[nodiscard]] std::optional<Hash32> word_from_decimal(std::string_view digits) noexcept;

/// @return the word as an unsigned decimal number, without leading zeros.
[[nodiscard]] std::string word_to_decimal(const Hash32& word) noexcept;

/// @return whether the word is an int128: its upper 16 bytes repeat the sign of the lower ones.
[[nodiscard]] bool is_int128(const Hash32& word) noexcept;

/// @param text `0|-?[1-9][0-9]*`
/// @return nothing for any other text and for a number outside int128.
[[nodiscard]] std::optional<Hash32> int128_from_decimal(std::string_view text) noexcept;

/// Precondition: is_int128(word).
[[nodiscard]] std::string int128_to_decimal(const Hash32& word) noexcept;

} // namespace assay::bytes
