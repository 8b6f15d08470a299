// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/reply.hpp"

#include "core/receipt/canonical.hpp"
#include "core/receipt/reply_detail.hpp"
#include "core/receipt/stream_reader.hpp"

#include <array>
#include <cstdint>

namespace assay::receipt {

using bytes::JsonKind;
using bytes::JsonValue;

namespace detail {

Result<JsonValue> read_frame(std::string_view text, bytes::JsonBudget& budget) noexcept {
    auto frame = bytes::parse_json(text, ErrorCode::RECEIPT_BAD_FIELD, budget);
    if (!frame)
        return frame.error();
    if (!frame->is(JsonKind::object))
        return bad_reply("response");
    if (frame->find("error") != nullptr)
        return bad_reply("response.error");
    return frame;
}

const JsonValue* only_choice(const JsonValue& frame) noexcept {
    const JsonValue* choices = frame.find("choices");
    if (choices == nullptr || !choices->is(JsonKind::array) || choices->items().size() != 1 ||
        !choices->items()[0].is(JsonKind::object))
        return nullptr;
    return &choices->items()[0];
}

bool append_content(std::string& out, const JsonValue* content) noexcept {
    if (content == nullptr || content->is(JsonKind::null))
        return true;
    if (content->is(JsonKind::string)) {
        out += content->string();
        return true;
    }
    if (!content->is(JsonKind::array))
        return false;
    for (const JsonValue& part : content->items()) {
        const JsonValue* text = part.is(JsonKind::object) ? part.find("text") : &part;
        if (text == nullptr)
            continue;
        if (!text->is(JsonKind::string))
            return false;
        out += text->string();
    }
    return true;
}

bool finished_with_tool_calls(const JsonValue* choice) noexcept {
    const JsonValue* reason = choice == nullptr ? nullptr : choice->find("finish_reason");
    return reason != nullptr && reason->is(JsonKind::string) && reason->string() == "tool_calls";
}

} // namespace detail

namespace {

using namespace detail;

/// §5.1. @p finished is the object with the finish reason.
void read_message(Reply& reply, const JsonValue* message, const JsonValue& finished,
                  const std::string& path) {
    if (message == nullptr || !message->is(JsonKind::object)) {
        reply.fault = bad_reply(path);
        return;
    }
    const JsonValue* calls = message->find("tool_calls");
    const bool listed = calls != nullptr && calls->is(JsonKind::array);
    if (calls != nullptr && !listed && !calls->is(JsonKind::null)) {
        reply.fault = bad_reply(path + ".tool_calls");
        return;
    }
    if (finished_with_tool_calls(&finished) && listed && !calls->items().empty())
        reply.calls = calls->raw();
    if (!append_content(reply.text, message->find("content")))
        reply.text_fault = bad_reply(path + ".content");
}

void read_text(Reply& reply, const JsonValue* text, const std::string& path) {
    if (text != nullptr && text->is(JsonKind::string))
        reply.text = text->string();
    else
        reply.fault = bad_reply(path);
}

/// §9: the members that are signed, in the order of their names; the body has them or is refused.
void read_statement(Reply& reply, const JsonValue& body, Route route) {
    constexpr std::array<std::string_view, 5> CHAT = {"finish_reason", "message", "model",
                                                      "request_hash", "timestamp"};
    constexpr std::array<std::string_view, 4> COMPLETIONS = {"completion", "model", "request_hash",
                                                             "timestamp"};
    const std::span<const std::string_view> names =
        route == Route::chat ? std::span<const std::string_view>{CHAT} : COMPLETIONS;
    CanonicalObject text{reply.statement};
    for (const std::string_view name : names) {
        const JsonValue* value = body.find(name);
        if (value == nullptr) {
            reply.fault = bad_reply(name);
            return;
        }
        append_canonical(text.member(name), *value);
    }
    text.end();
    if (route == Route::chat)
        read_message(reply, body.find("message"), body, "message");
    else
        read_text(reply, body.find("completion"), "completion");
}

Result<Reply> read_body(std::string_view response, Profile profile) {
    const bool legacy = is_legacy(profile);
    bytes::JsonBudget budget;
    if (!legacy) // whose body is printed at once
        budget.float_places = SIZE_MAX;
    const auto body = read_frame(response, budget);
    if (!body)
        return body.error();
    auto fields = legacy ? read_legacy_fields(*body) : read_receipt_fields(*body);
    if (!fields)
        return fields.error();
    Reply reply{std::move(*fields)};
    const bool chat = route_of(profile) == Route::chat;
    reply.unbound.add(*body, legacy
                                 ? chat ? ReplyShape::legacy_chat : ReplyShape::legacy_completions
                             : chat ? ReplyShape::message
                                    : ReplyShape::text);
    if (legacy) {
        read_statement(reply, *body, route_of(profile));
        return reply;
    }
    const JsonValue* choice = only_choice(*body);
    if (choice == nullptr)
        reply.fault = bad_reply("choices");
    else if (chat)
        read_message(reply, choice->find("message"), *choice, "choices[0].message");
    else
        read_text(reply, choice->find("text"), "choices[0].text");
    return reply;
}

} // namespace

Result<Reply> read_reply(std::string_view response, Profile profile, ResponseIs form) noexcept {
    if (form == ResponseIs::json)
        return read_body(response, profile);
    StreamReader reader{profile};
    reader.push(response);
    return reader.finish();
}

} // namespace assay::receipt
