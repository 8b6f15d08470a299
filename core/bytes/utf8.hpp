// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// UTF-8 (RFC 3629) and its generalised form in which a surrogate, that JSON can escape, is written
// as one three-byte sequence (WTF-8). Sorting by bytes is sorting by code point in both.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace assay::bytes {

/// @return the length in bytes of the longest prefix of @p text that is well-formed UTF-8:
///   no overlong form, no surrogate, nothing above U+10FFFF.
[[nodiscard]] std::size_t utf8_prefix(std::string_view text) noexcept;

[[nodiscard]] inline bool is_utf8(std::string_view text) noexcept {
    return utf8_prefix(text) == text.size();
}

/// The bytes of one code point.
struct EncodedCodePoint {
    std::array<char, 4> bytes;
    std::size_t size;

    [[nodiscard]] std::string_view text() const noexcept { return {bytes.data(), size}; }
};

/// @p code_point may be a surrogate. Precondition: at most U+10FFFF.
[[nodiscard]] EncodedCodePoint encode_code_point(char32_t code_point) noexcept;

/// One code point and the bytes it takes.
struct CodePoint {
    char32_t value;
    std::size_t size;
};

/// @return the code point at the start of @p text, a surrogate as itself; for bytes that begin no
///   sequence U+FFFD with size 1. Precondition: @p text is not empty.
[[nodiscard]] CodePoint first_code_point(std::string_view text) noexcept;

[[nodiscard]] constexpr bool is_surrogate(char32_t code_point) noexcept {
    return code_point >= 0xd800 && code_point <= 0xdfff;
}

} // namespace assay::bytes
