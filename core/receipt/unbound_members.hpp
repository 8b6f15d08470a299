// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The members of a reply that nothing binds (receipt.md §5.5).
#pragma once

#include "core/bytes/json.hpp"
#include "core/receipt/not_covered.hpp"

#include <cstdint>

namespace assay::receipt {

enum class OutputKind : std::uint8_t { text, tool_calls };

/// Where the bound value stands in a body or frame.
enum class ReplyShape : std::uint8_t {
    message,            ///< choices[0].message
    delta,              ///< choices[0].delta, a frame of a stream
    text,               ///< choices[0].text
    legacy_chat,        ///< the members of §9 at top level
    legacy_completions, ///< the same
};

/// Which value is bound is known at the end only, so members that may be it are counted apart.
class UnboundMembers {
public:
    /// Adds what a body or frame (an object) holds, at all three levels.
    void add(const bytes::JsonValue& frame, ReplyShape shape) noexcept;

    /// Moves every path "response.<name>" that a value of @p kind leaves unbound to @p paths.
    void report(OutputKind kind, NotCovered& paths) && noexcept;

private:
    void list(const bytes::JsonMember& member) noexcept;
    void add_choice(const bytes::JsonValue& choice, ReplyShape shape) noexcept;
    void add_message(const bytes::JsonValue& message, ReplyShape shape) noexcept;

    NotCovered paths_;
    /// What is unbound when the kind is the other one, and what is beside the bound parts.
    bool content_ = false;
    bool content_parts_ = false;
    bool calls_ = false;
    bool call_parts_ = false;
};

} // namespace assay::receipt
