// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Strict DER (X.690 §10): single-byte tags, definite lengths in their shortest form, no value that
/// runs past its container. Every function answers nothing for bytes that are not DER; the caller
/// names the error. Views point into the input, which must outlive them.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace assay::bytes {

/// Identifier octets (X.690 §8.1.2).
namespace der_tag {
inline constexpr std::uint8_t BOOLEAN = 0x01;
inline constexpr std::uint8_t INTEGER = 0x02;
inline constexpr std::uint8_t BIT_STRING = 0x03;
inline constexpr std::uint8_t OCTET_STRING = 0x04;
inline constexpr std::uint8_t OBJECT_IDENTIFIER = 0x06;
inline constexpr std::uint8_t UTC_TIME = 0x17;
inline constexpr std::uint8_t GENERALIZED_TIME = 0x18;
inline constexpr std::uint8_t SEQUENCE = 0x30;
inline constexpr std::uint8_t SET = 0x31;
/// [n] IMPLICIT of a primitive type, and [n] constructed or EXPLICIT.
inline constexpr std::uint8_t CONTEXT = 0x80;
inline constexpr std::uint8_t CONTEXT_CONSTRUCTED = 0xa0;
} // namespace der_tag

struct DerElement {
    std::uint8_t tag;
    BytesView content;
    BytesView encoding; ///< tag, length and content
};

/// Reads one element after the other.
class DerCursor {
public:
    explicit DerCursor(BytesView input) noexcept : rest_{input} {}

    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] bool next_is(std::uint8_t tag) const noexcept {
        return !rest_.empty() && rest_[0] == tag;
    }
    /// @return the next element, whatever its tag.
    [[nodiscard]] std::optional<DerElement> read() noexcept;
    /// @return the next element; nothing when it has another tag.
    [[nodiscard]] std::optional<DerElement> read(std::uint8_t tag) noexcept;

private:
    BytesView rest_;
};

/// @return the element that @p input consists of; nothing when its tag differs or bytes are left.
[[nodiscard]] std::optional<DerElement> der_whole(BytesView input, std::uint8_t tag) noexcept;

/// @return the value of a BOOLEAN; only 00 and ff are DER.
[[nodiscard]] std::optional<bool> der_boolean(BytesView content) noexcept;

/// @return whether @p content is an INTEGER in its shortest form, of either sign.
[[nodiscard]] bool is_der_integer(BytesView content) noexcept;

/// @return the magnitude of a non-negative INTEGER in big-endian, without leading zeros (empty for
/// zero); nothing for a negative or over-long one.
[[nodiscard]] std::optional<BytesView> der_unsigned(BytesView content) noexcept;

/// Content of a BIT STRING.
struct DerBits {
    std::uint8_t unused; ///< bits of the last byte that do not count; they are zero
    BytesView bytes;
};
[[nodiscard]] std::optional<DerBits> der_bit_string(BytesView content) noexcept;

/// @return whether @p content is an OBJECT IDENTIFIER.
[[nodiscard]] bool is_der_oid(BytesView content) noexcept;

/// @return Unix seconds of a UTCTime (YYMMDDHHMMSSZ, years 1950 to 2049) or a GeneralizedTime
/// (YYYYMMDDHHMMSSZ), RFC 5280 §4.1.2.5.
[[nodiscard]] std::optional<std::int64_t> der_time(const DerElement& element) noexcept;

} // namespace assay::bytes
