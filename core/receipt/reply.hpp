// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What a reply says, without the reply (receipt.md §5, §9). A JSON body is read at once, an event
/// stream frame by frame; neither is kept.
#pragma once

#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/hash/keccak256.hpp"
#include "core/receipt/profile.hpp"
#include "core/receipt/receipt_fields.hpp"
#include "core/receipt/unbound_members.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::receipt {

enum class ResponseIs : std::uint8_t { json, stream };

/// Text that was hashed as it came and let go.
struct HashedText {
    hash::Keccak256 hash{};
    bool utf8 = true; ///< false: it holds an unpaired surrogate
};

/// Step 1 of §7 has passed: every frame is an object without `error` and without repeated names,
/// and the receipt fields are there. Faults of step 5 are kept for their turn.
struct Reply {
    ReceiptFields fields{};
    std::optional<Error> fault{};       ///< of the structure
    std::optional<Error> text_fault{};  ///< of the text, which matters when O is the text
    std::optional<HashedText> hashed{}; ///< of a stream: what came before `text` and is not kept
    std::string text{};                 ///< generalised UTF-8
    /// JSON list of the tool calls, not yet canonical: that is work for a reply to a request with
    /// tools, once cheaper checks have passed. Empty unless the finish reason says that they are O.
    std::string calls{};
    std::string statement{}; ///< legacy: the signed text S
    UnboundMembers unbound{};
};

/// @return RECEIPT_BAD_FIELD when step 1 fails, also for a stream of a profile that has none (§3.7,
///   §9); INPUT_LIMIT for more than limits::JSON_VALUES values.
[[nodiscard]] Result<Reply> read_reply(std::string_view response, Profile profile,
                                       ResponseIs form) noexcept;

} // namespace assay::receipt
