// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/stream_reader.hpp"

#include "core/base/limits.hpp"
#include "core/bytes/utf8.hpp"
#include "core/receipt/canonical.hpp"
#include "core/receipt/number_text.hpp"
#include "core/receipt/output.hpp"
#include "core/receipt/reply_detail.hpp"

#include <algorithm>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;
using detail::bad_reply;

constexpr std::string_view FRAME_PREFIX = "data:";
constexpr std::string_view END_MARK = "[DONE]";
constexpr std::string_view RECEIPT_PREFIX = "tee_";

std::size_t find_line_end(std::string_view text) {
    const auto end =
        std::find_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; });
    return static_cast<std::size_t>(end - text.begin());
}

/// Whether @p line, of which perhaps more is to come, can still be a frame.
bool may_be_frame(std::string_view line) {
    return line.substr(0, FRAME_PREFIX.size()) == FRAME_PREFIX.substr(0, line.size());
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view SPACE = " \t\r\n";
    const std::size_t first = text.find_first_not_of(SPACE);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(SPACE) - first + 1);
}

bool has_receipt_member(const JsonValue& frame) {
    const auto members = frame.members();
    return std::any_of(members.begin(), members.end(), [](const JsonMember& member) {
        return member.name.starts_with(RECEIPT_PREFIX);
    });
}

bool is_absent(const JsonValue* value) {
    return value == nullptr || value->is(JsonKind::null);
}

/// Whether a frame has no choice: absent, null or an empty list.
bool has_no_choice(const JsonValue& frame) {
    const JsonValue* choices = frame.find("choices");
    return is_absent(choices) || (choices->is(JsonKind::array) && choices->items().empty());
}

/// Sets @p target to a text that is not empty. @return false when @p value is no text and not null.
bool replace(std::string& target, const JsonValue* value) {
    if (is_absent(value))
        return true;
    if (!value->is(JsonKind::string))
        return false;
    if (!value->string().empty())
        target = value->string();
    return true;
}

} // namespace

StreamReader::StreamReader(Profile profile, Keep keep) noexcept : keep_{keep} {
    if (route_of(profile) != Route::chat || is_legacy(profile))
        failure_ = bad_reply("response: this profile has no stream");
}

void StreamReader::push(std::string_view chunk) noexcept {
    settle_text();
    // CR LF ends a line and then an empty one, which is no frame: so the two may come apart.
    while (!chunk.empty() && !failure_) {
        const std::size_t size = find_line_end(chunk);
        const bool complete = size != chunk.size();
        const std::string_view piece = chunk.substr(0, size);
        chunk.remove_prefix(complete ? size + 1 : size);
        if (complete && line_.empty() && !ignored_) {
            read_line(piece);
            continue;
        }
        if (!ignored_) {
            line_ += piece;
            ignored_ = !may_be_frame(line_);
        }
        if (complete && !ignored_)
            read_line(line_);
        if (complete || ignored_)
            line_.clear();
        ignored_ = ignored_ && !complete;
    }
}

void StreamReader::end() noexcept {
    settle_text();
    if (!failure_)
        read_line(line_);
    line_.clear();
}

Result<Reply> StreamReader::finish() noexcept {
    end();
    settle_text();
    if (keep_ == Keep::hash && !reply_.hashed)
        reply_.hashed.emplace(); // a text that was kept to be judged is not given either
    if (failure_)
        return *failure_;
    if (!final_frame_)
        return bad_reply("no final frame");
    if (field_fault_)
        return *field_fault_;
    if (calls_finished_ && !slots_.empty())
        reply_.calls = calls_text();
    return std::move(reply_);
}

/// Strings come whole: a code point never lies across two pieces, and surrogates are not joined.
void StreamReader::settle_text() noexcept {
    if (keep_ == Keep::hash && (reply_.hashed || !may_become_tool_call_list(reply_.text))) {
        HashedText& hashed = reply_.hashed ? *reply_.hashed : reply_.hashed.emplace();
        hashed.hash.update(as_bytes(reply_.text));
        hashed.utf8 = hashed.utf8 && bytes::is_utf8(reply_.text);
        reply_.text.clear();
    }
    settled_ = reply_.text.size();
}

void StreamReader::read_line(std::string_view line) noexcept {
    if (!line.starts_with(FRAME_PREFIX))
        return;
    const std::string_view payload = trim(line.substr(FRAME_PREFIX.size()));
    if (payload.empty() || payload == END_MARK)
        return;
    failure_ = read_frame(payload);
    ++frames_;
}

std::optional<Error> StreamReader::read_frame(std::string_view payload) noexcept {
    const auto located = [this](Error error) {
        error.path = "frame " + std::to_string(frames_) + ": " + std::string{error.path.view()};
        return error;
    };
    const auto frame = detail::read_frame(payload, budget_);
    if (!frame)
        return located(frame.error());
    const JsonValue* choice = detail::only_choice(*frame);
    if (has_receipt_member(*frame)) {
        if (final_frame_)
            return bad_reply("second final frame");
        final_frame_ = true;
        auto fields = read_receipt_fields(*frame);
        if (fields)
            reply_.fields = std::move(*fields);
        else
            field_fault_ = fields.error();
        calls_finished_ = detail::finished_with_tool_calls(choice);
    }
    reply_.unbound.add(*frame, ReplyShape::delta);
    if (reply_.fault)
        return std::nullopt;
    if (choice == nullptr) {
        if (!has_no_choice(*frame))
            reply_.fault = located(bad_reply("choices"));
        return std::nullopt;
    }
    const JsonValue* delta = choice->find("delta");
    if (!is_absent(delta) && (!delta->is(JsonKind::object) || !add_delta(*delta)))
        reply_.fault = located(bad_reply("choices[0].delta"));
    if (slots_.size() > limits::TOOL_CALLS)
        reply_.fault = located({ErrorCode::INPUT_LIMIT, "choices[0].delta.tool_calls"});
    return std::nullopt;
}

bool StreamReader::add_delta(const JsonValue& delta) noexcept {
    if (!detail::append_content(reply_.text, delta.find("content")))
        return false;
    const JsonValue* calls = delta.find("tool_calls");
    if (is_absent(calls))
        return true;
    if (!calls->is(JsonKind::array))
        return false;
    const auto fragments = calls->items();
    return std::all_of(fragments.begin(), fragments.end(), [this](const JsonValue& fragment) {
        return slots_.size() > limits::TOOL_CALLS || add_fragment(fragment);
    });
}

std::optional<StreamReader::Index> StreamReader::read_index(const JsonValue* value) noexcept {
    if (is_absent(value))
        return Index{1, "0"};
    if (!value->is(JsonKind::number) || !is_integer_token(value->raw()))
        return std::nullopt;
    const std::string_view digits = value->raw() == "-0" ? "0" : value->raw();
    if (digits.starts_with('-'))
        return std::nullopt;
    return Index{digits.size(), std::string{digits}};
}

bool StreamReader::add_fragment(const JsonValue& fragment) noexcept {
    if (!fragment.is(JsonKind::object))
        return false;
    const auto index = read_index(fragment.find("index"));
    if (!index)
        return false;
    Slot& slot = slots_[*index];
    if (!replace(slot.id, fragment.find("id")) || !replace(slot.type, fragment.find("type")))
        return false;
    const JsonValue* function = fragment.find("function");
    if (is_absent(function))
        return true;
    if (!function->is(JsonKind::object) || !replace(slot.name, function->find("name")))
        return false;
    const JsonValue* arguments = function->find("arguments");
    if (is_absent(arguments))
        return true;
    if (!arguments->is(JsonKind::string))
        return false;
    slot.arguments += arguments->string();
    return true;
}

/// The canonical list of the slots, in the order of their indices.
std::string StreamReader::calls_text() const noexcept {
    std::string out;
    CanonicalArray list{out};
    for (const auto& [index, slot] : slots_) {
        CanonicalObject call{list.item()};
        CanonicalObject function{call.member("function")};
        append_canonical_string(function.member("arguments"), slot.arguments);
        append_canonical_string(function.member("name"), slot.name);
        function.end();
        append_canonical_string(call.member("id"), slot.id);
        append_canonical_string(call.member("type"), slot.type);
        call.end();
    }
    list.end();
    return out;
}

} // namespace assay::receipt
