// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The messages of a chat request as the enclave commits to them (receipt.md §3.4, §3.6).
#pragma once

#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/receipt/not_covered.hpp"

#include <cstdint>
#include <string>

namespace assay::receipt {

/// Who wrote the request that is given, and how that build commits to a user's content list.
enum class Dialect : std::uint8_t {
    python_text,    ///< the body that the enclave received; lists as Python prints them (§3.5)
    verbatim,       ///< the same; lists as sent
    stripped,       ///< the same; attachments reduced to their names
    client_library, ///< the body before the client library rewrites it (profile sdk, §3.6);
                    ///< stripped
};

/// Appends the canonical list of @p messages and reports what it drops.
/// @return RECEIPT_REQUEST_UNSUPPORTED for every shape that §3.4 refuses.
[[nodiscard]] Result<void> append_messages(std::string& out, const bytes::JsonValue& messages,
                                           Dialect dialect, NotCovered& not_covered) noexcept;

} // namespace assay::receipt
