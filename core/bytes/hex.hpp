// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Hexadecimal text of bytes.
#pragma once

#include "core/base/bytes_view.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace assay::bytes {

/// @return two lower-case digits a byte, no prefix.
[[nodiscard]] std::string to_hex(BytesView bytes) noexcept;

/// @return "0x" and two lower-case digits a byte.
[[nodiscard]] std::string to_hex_0x(BytesView bytes) noexcept;

/// Appends what to_hex() gives.
void append_hex(std::string& out, BytesView bytes) noexcept;

/// Reads digits of either case; a prefix is no digit.
/// @return nothing when the length is odd or a character is no hexadecimal digit.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text) noexcept;

/// @return the 32 bytes that exactly 64 digits of either case stand for.
[[nodiscard]] std::optional<Hash32> hash_from_hex(std::string_view text) noexcept;

/// The same of text that must begin with "0x".
[[nodiscard]] std::optional<Bytes> from_hex_0x(std::string_view text) noexcept;
[[nodiscard]] std::optional<Hash32> hash_from_hex_0x(std::string_view text) noexcept;

/// @return the value 0…15 of a hexadecimal digit of either case, nothing for any other character.
[[nodiscard]] std::optional<std::uint8_t> hex_digit(char digit) noexcept;

} // namespace assay::bytes
