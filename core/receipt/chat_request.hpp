// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The canonical request text C of the chat profiles gw-stripped and sdk (receipt.md §3).
#pragma once

#include "core/base/result.hpp"
#include "core/receipt/messages.hpp"
#include "core/receipt/not_covered.hpp"

#include <string>
#include <string_view>

namespace assay::receipt {

/// Whether C has a member `tools`: only then can the reply be a list of tool calls (§5.1).
enum class Tools : bool { absent, present };

struct ChatRequest {
    std::string canonical; ///< C, ASCII
    Tools tools;
};

/// @param request the raw text; number tokens matter
/// @param not_covered gets the request part of §4
/// @return RECEIPT_REQUEST_UNSUPPORTED when §3.1, §3.3 or §3.4 refuses the request.
[[nodiscard]] Result<ChatRequest> canonical_chat_request(std::string_view request, Dialect dialect,
                                                         NotCovered& not_covered) noexcept;

} // namespace assay::receipt
