// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The five receipt fields of a reply (receipt.md §1).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/bytes/json.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace assay::receipt {

inline constexpr std::array<std::string_view, 5> RECEIPT_FIELD_NAMES = {
    "tee_id", "tee_output_hash", "tee_request_hash", "tee_signature", "tee_timestamp"};

/// As the reply claims them: nothing here is verified.
struct ReceiptFields {
    Bytes signature;
    Hash32 request_hash;
    Hash32 output_hash;      ///< zeros in the legacy format
    Hash32 tee_id;           ///< the same
    std::uint64_t timestamp; ///< seconds since 1970
};

/// @param object the body of a reply or the final frame of a stream
/// @return RECEIPT_BAD_FIELD with the field's name when one is missing or not of its form.
[[nodiscard]] Result<ReceiptFields> read_receipt_fields(const bytes::JsonValue& object) noexcept;

/// §9: `signature`, `request_hash` and `timestamp`, whose fraction of a second is dropped.
/// @return as read_receipt_fields().
[[nodiscard]] Result<ReceiptFields> read_legacy_fields(const bytes::JsonValue& body) noexcept;

} // namespace assay::receipt
