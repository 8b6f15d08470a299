// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The two byte types of the core.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace assay {

/// Bytes that someone else owns; valid as long as the owner says.
using BytesView = std::span<const std::uint8_t>;
/// Bytes that the holder owns.
using Bytes = std::vector<std::uint8_t>;
/// A 32-byte hash or identifier.
using Hash32 = std::array<std::uint8_t, 32>;

/// @return the bytes of @p text, valid as long as @p text.
[[nodiscard]] inline BytesView as_bytes(std::string_view text) noexcept {
    // char and std::uint8_t may alias each other ([basic.lval]).
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// @return the characters of @p bytes, valid as long as @p bytes.
[[nodiscard]] inline std::string_view as_text(BytesView bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace assay
