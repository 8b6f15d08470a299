// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Base64 with padding, RFC 4648 §4, read strictly (receipt.md §1: canonical padding, zero pad bits,
// no white space).
#pragma once

#include "core/base/bytes_view.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace assay::bytes {

[[nodiscard]] std::string to_base64(BytesView bytes) noexcept;

/// Every byte string has exactly one text that this reads. The empty text is the empty byte string.
/// @return nothing when the length is no multiple of four, a character is outside the alphabet,
///   padding is missing or stands elsewhere than at the end, or a pad bit is set.
[[nodiscard]] std::optional<Bytes> from_base64(std::string_view text) noexcept;

} // namespace assay::bytes
