// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Members of the JSON that nodes answer with (chain-state.md §1). Each function gives nothing for
/// a member that is missing, of another JSON type or not of the documented text; the caller has the
/// code. A repeated member does not get this far: the JSON reader refuses it.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/bytes/json.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace assay::chain {

using Address = std::array<std::uint8_t, 20>;

/// Decimal text without sign, plus or leading zero, as CometBFT writes heights and powers.
[[nodiscard]] std::optional<std::uint64_t> decimal_text(const bytes::JsonValue* value) noexcept;

/// A JSON number without fraction, exponent or sign.
[[nodiscard]] std::optional<std::uint64_t> plain_number(const bytes::JsonValue* value) noexcept;

/// Hex digits of either case, no prefix.
[[nodiscard]] std::optional<Bytes> hex_text(const bytes::JsonValue* value) noexcept;

/// `0x` and hex digits of either case.
[[nodiscard]] std::optional<Bytes> prefixed_hex(const bytes::JsonValue* value) noexcept;
[[nodiscard]] std::optional<Bytes> prefixed_hex(std::string_view text) noexcept;
[[nodiscard]] std::optional<Hash32> prefixed_hash(const bytes::JsonValue* value) noexcept;
[[nodiscard]] std::optional<Address> prefixed_address(const bytes::JsonValue* value) noexcept;

/// `0x` and 1 to 64 hex digits of either case, leading zeros allowed: a number below 2^256.
[[nodiscard]] std::optional<Hash32> quantity(const bytes::JsonValue* value) noexcept;
[[nodiscard]] std::optional<Hash32> quantity(std::string_view text) noexcept;

/// Canonical base64.
[[nodiscard]] std::optional<Bytes> base64_text(const bytes::JsonValue* value) noexcept;

/// @return nullptr when there is no such text.
[[nodiscard]] const std::string* text_of(const bytes::JsonValue* value) noexcept;

/// The items of an array; nothing for anything else.
[[nodiscard]] std::optional<std::span<const bytes::JsonValue>>
items_of(const bytes::JsonValue* value) noexcept;

/// The member @p name of @p object, where both are there.
[[nodiscard]] const bytes::JsonValue* member(const bytes::JsonValue* object,
                                             const char* name) noexcept;

} // namespace assay::chain
