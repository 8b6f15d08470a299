// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/reply.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

constexpr std::string_view FRAME_PREFIX = "data:";
constexpr std::string_view END_MARK = "[DONE]";
constexpr std::string_view RECEIPT_PREFIX = "tee_";

Error bad(std::string path) {
    return {ErrorCode::RECEIPT_BAD_FIELD, std::move(path)};
}

Result<JsonValue> read_frame(std::string_view text, bytes::JsonBudget& budget) {
    auto frame = bytes::parse_json(text, ErrorCode::RECEIPT_BAD_FIELD, budget);
    if (!frame)
        return frame.error();
    if (!frame->is(JsonKind::object))
        return bad("response");
    if (frame->find("error") != nullptr)
        return bad("response.error");
    return frame;
}

/// Takes the next line off @p text; it ends at LF, CR LF or CR, or with the text.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (text.starts_with("\r\n"))
        text.remove_prefix(2);
    else if (!text.empty())
        text.remove_prefix(1);
    return line;
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

Result<Reply> read_body(std::string_view response) {
    bytes::JsonBudget budget;
    auto body = read_frame(response, budget);
    if (!body)
        return body.error();
    auto fields = read_receipt_fields(*body);
    if (!fields)
        return fields.error();
    Reply reply{ResponseIs::json, {}, 0, std::move(*fields)};
    reply.frames.push_back(std::move(*body));
    return reply;
}

Result<Reply> read_stream(std::string_view response) {
    std::vector<JsonValue> frames;
    std::optional<std::size_t> final_frame;
    bytes::JsonBudget budget;
    while (!response.empty()) {
        const std::string_view line = take_line(response);
        if (!line.starts_with(FRAME_PREFIX))
            continue;
        const std::string_view payload = trim(line.substr(FRAME_PREFIX.size()));
        if (payload.empty() || payload == END_MARK)
            continue;
        auto frame = read_frame(payload, budget);
        if (!frame)
            return Error{frame.error().code,
                         "frame " + std::to_string(frames.size()) + ": " + frame.error().path};
        if (has_receipt_member(*frame)) {
            if (final_frame)
                return bad("second final frame");
            final_frame = frames.size();
        }
        frames.push_back(std::move(*frame));
    }
    if (!final_frame)
        return bad("no final frame");
    auto fields = read_receipt_fields(frames[*final_frame]);
    if (!fields)
        return fields.error();
    return Reply{ResponseIs::stream, std::move(frames), *final_frame, std::move(*fields)};
}

} // namespace

Result<Reply> read_reply(std::string_view response, ResponseIs form) noexcept {
    return form == ResponseIs::json ? read_body(response) : read_stream(response);
}

Result<void> find_choice(const JsonValue& frame, ResponseIs form,
                         const JsonValue*& choice) noexcept {
    choice = nullptr;
    const JsonValue* choices = frame.find("choices");
    const bool list = choices != nullptr && choices->is(JsonKind::array);
    if (form == ResponseIs::stream &&
        (choices == nullptr || choices->is(JsonKind::null) || (list && choices->items().empty())))
        return Result<void>::ok();
    if (!list || choices->items().size() != 1 || !choices->items()[0].is(JsonKind::object))
        return bad("choices");
    choice = &choices->items()[0];
    return Result<void>::ok();
}

} // namespace assay::receipt
