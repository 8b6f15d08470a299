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
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace assay::receipt {

/// What is kept of the text that a stream says.
enum class Keep : std::uint8_t {
    text,
    /// Only what the last chunk added, and its hash; and a text that may be a list of tool calls,
    /// which is judged as a whole (§5.4).
    hash
};

/// Keeps the line that is not complete, the tool calls and, if told to, the text; of a frame that
/// was read nothing else is left. The outcome does not depend on where the chunks end.
class StreamReader {
public:
    /// Only the streams of chat profiles (not the legacy one) are read.
    explicit StreamReader(Profile profile, Keep keep = Keep::text) noexcept;

    void push(std::string_view chunk) noexcept;
    /// The stream is over: what has come of its last line is a line.
    void end() noexcept;
    /// The text that the last push() or end() added, generalised UTF-8: provisional (§5.6). Valid
    /// until the next call.
    [[nodiscard]] std::string_view added() const noexcept {
        return std::string_view{reply_.text}.substr(settled_);
    }
    /// @return as read_reply(); ends the stream where end() has not. To be called once.
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

    void settle_text() noexcept;
    void read_line(std::string_view line) noexcept;
    [[nodiscard]] std::optional<Error> read_frame(std::string_view payload) noexcept;
    [[nodiscard]] bool add_delta(const bytes::JsonValue& delta) noexcept;
    [[nodiscard]] bool add_fragment(const bytes::JsonValue& fragment) noexcept;
    [[nodiscard]] static std::optional<Index> read_index(const bytes::JsonValue* value) noexcept;
    [[nodiscard]] std::string calls_text() const noexcept;

    Keep keep_;
    std::size_t settled_ = 0; ///< of the text: it was there before the last chunk
    std::string line_;        ///< what has come of a line that is not complete
    bool ignored_ = false;    ///< that line is no frame; the rest of it is not kept
    std::size_t frames_ = 0;
    bool final_frame_ = false; ///< it has been met
    bool calls_finished_ = false;
    std::optional<Error> failure_{};     ///< of step 1; nothing is read after it
    std::optional<Error> field_fault_{}; ///< of the receipt fields, judged when the stream is over
    bytes::JsonBudget budget_{.float_places = SIZE_MAX};
    std::map<Index, Slot> slots_{};
    Reply reply_{};
};

} // namespace assay::receipt
