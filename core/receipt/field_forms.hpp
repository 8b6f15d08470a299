// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The forms in which a gateway writes what it signs (receipt.md §1, the table of fields): receipts
/// and heartbeats share them.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/bytes/json.hpp"

#include <cstdint>
#include <optional>

namespace assay::receipt {

/// Base64 of at least one byte.
[[nodiscard]] std::optional<Bytes> read_signature(const bytes::JsonValue& value) noexcept;

/// 64 hex digits of either case, with or without `0x`.
[[nodiscard]] std::optional<Hash32> read_hash(const bytes::JsonValue& value) noexcept;

/// An integer token, or a text `0|[1-9][0-9]{0,19}`, below 2^64.
[[nodiscard]] std::optional<std::uint64_t> read_timestamp(const bytes::JsonValue& value) noexcept;

} // namespace assay::receipt
