// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The selected output text O of a reply (receipt.md §5).
#pragma once

#include "core/base/result.hpp"
#include "core/hash/keccak256.hpp"
#include "core/receipt/reply.hpp"
#include "core/receipt/request.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace assay::receipt {

/// @return "text" or "tool_calls".
[[nodiscard]] std::string_view name(OutputKind kind) noexcept;

struct Output {
    OutputKind kind;
    std::string text; ///< O, UTF-8
    std::optional<hash::Keccak256>
        hashed{}; ///< of a text that was not kept: what came before `text`
};

/// Chooses O by §5.1 and §5.2; a text is taken out of @p reply.
/// @return RECEIPT_BAD_FIELD when the reply's structure is not of the form there;
///   RECEIPT_OUTPUT_UNENCODABLE when O holds an unpaired surrogate (§5.3); INPUT_LIMIT for more
///   than limits::JSON_FLOAT_PLACES in tool calls.
[[nodiscard]] Result<Output> select_output(Reply& reply, Tools tools) noexcept;

/// @return whether is_tool_call_list() may come true of a text that begins with @p text.
[[nodiscard]] bool may_become_tool_call_list(std::string_view text) noexcept;

/// §5.4: whether @p text, the O of a request with tools, can be read as text and as tool calls
/// alike.
[[nodiscard]] bool is_tool_call_list(std::string_view text) noexcept;

} // namespace assay::receipt
