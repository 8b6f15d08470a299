// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// A reply that comes as an event stream, in chunks of any size (receipt.md §5.2).
#pragma once

#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/receipt/reply.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace assay::receipt {

/// Keeps the line that is not complete, the text and the tool calls; of a frame that was read
/// nothing else is left. The outcome does not depend on where the chunks end.
class StreamReader {
public:
    /// Only the streams of chat profiles (not the legacy one) are read.
    explicit StreamReader(Profile profile) noexcept;

    void push(std::string_view chunk) noexcept;
    /// The stream is over. @return as read_reply(). To be called once.
    [[nodiscard]] Result<Reply> finish() noexcept;

private:
    /// A tool call that grows by fragments.
    struct Slot {
        std::string id;
        std::string type = "function";
        std::string name;
        std::string arguments;
    };
    /// An index of any length, in the order of numbers: by the count of its digits, then by them.
    using Index = std::pair<std::size_t, std::string>;

    void read_line(std::string_view line) noexcept;
    [[nodiscard]] std::optional<Error> read_frame(std::string_view payload) noexcept;
    [[nodiscard]] bool add_delta(const bytes::JsonValue& delta) noexcept;
    [[nodiscard]] bool add_fragment(const bytes::JsonValue& fragment) noexcept;
    [[nodiscard]] static std::optional<Index> read_index(const bytes::JsonValue* value) noexcept;
    [[nodiscard]] std::string calls_text() const noexcept;

    std::string line_;     ///< what has come of a line that is not complete
    bool ignored_ = false; ///< that line is no frame; the rest of it is not kept
    std::size_t frames_ = 0;
    bool final_frame_ = false; ///< it has been met
    bool calls_finished_ = false;
    std::optional<Error> failure_{};     ///< of step 1; nothing is read after it
    std::optional<Error> field_fault_{}; ///< of the receipt fields, judged when the stream is over
    bytes::JsonBudget budget_{};
    std::map<Index, Slot> slots_{};
    Reply reply_{};
};

} // namespace assay::receipt
