// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/chat_request.hpp"

#include "core/bytes/json.hpp"
#include "core/receipt/canonical.hpp"

#include <algorithm>
#include <array>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

/// Members of C, in the order in which they are written (§3.3).
constexpr std::array<std::string_view, 8> COMMITTED = {
    "max_tokens", "messages",    "model", "response_format",
    "stop",       "temperature", "tools", "web_search"};

Error unsupported(std::string_view path) {
    return {ErrorCode::RECEIPT_REQUEST_UNSUPPORTED, std::string{path}};
}

bool is_given(const JsonValue* value) {
    return value != nullptr && !value->is(JsonKind::null);
}

bool is_list_of_texts(const JsonValue& value) {
    return value.is(JsonKind::array) &&
           std::all_of(value.items().begin(), value.items().end(),
                       [](const JsonValue& item) { return item.is(JsonKind::string); });
}

/// Members that are committed when truthy, and then must have a type.
Result<void> check_optional_members(const JsonValue& request) {
    const JsonValue* max_tokens = request.find("max_tokens");
    if (is_given(max_tokens) && !max_tokens->is(JsonKind::number))
        return unsupported("max_tokens");
    const JsonValue* stop = request.find("stop");
    if (is_truthy(stop) && !stop->is(JsonKind::string) && !is_list_of_texts(*stop))
        return unsupported("stop");
    const JsonValue* tools = request.find("tools");
    if (is_truthy(tools) && !tools->is(JsonKind::array))
        return unsupported("tools");
    const JsonValue* format = request.find("response_format");
    if (is_truthy(format) && !format->is(JsonKind::object))
        return unsupported("response_format");
    return Result<void>::ok();
}

void append_if_truthy(CanonicalObject& text, std::string_view name, const JsonValue& request) {
    if (const JsonValue* value = request.find(name); is_truthy(value))
        append_canonical(text.member(name), *value);
}

} // namespace

Result<ChatRequest> canonical_chat_request(std::string_view request, Dialect dialect,
                                           NotCovered& not_covered) noexcept {
    const auto parsed = bytes::parse_json(request, ErrorCode::RECEIPT_REQUEST_UNSUPPORTED);
    if (!parsed)
        return parsed.error();
    if (!parsed->is(JsonKind::object))
        return unsupported("request");
    const JsonValue* model = parsed->find("model");
    if (model == nullptr || !model->is(JsonKind::string) || model->string().empty())
        return unsupported("model");
    const JsonValue* messages = parsed->find("messages");
    if (messages == nullptr)
        return unsupported("messages");
    if (const auto types = check_optional_members(*parsed); !types)
        return types.error();
    const JsonValue* temperature = parsed->find("temperature");
    const Result<std::string> temperature_text =
        is_given(temperature) ? canonical_temperature(*temperature) : std::string{"0.0"};
    if (!temperature_text)
        return temperature_text.error();

    std::string out;
    CanonicalObject text{out};
    if (const JsonValue* max_tokens = parsed->find("max_tokens"); is_given(max_tokens))
        append_canonical(text.member("max_tokens"), *max_tokens);
    if (const auto appended =
            append_messages(text.member("messages"), *messages, dialect, not_covered);
        !appended)
        return appended.error();
    append_canonical(text.member("model"), *model);
    append_if_truthy(text, "response_format", *parsed);
    append_if_truthy(text, "stop", *parsed);
    text.member("temperature") += *temperature_text;
    append_if_truthy(text, "tools", *parsed);
    if (is_truthy(parsed->find("web_search")))
        text.member("web_search") += "true";
    text.end();

    for (const JsonMember& member : parsed->members()) {
        if (std::find(COMMITTED.begin(), COMMITTED.end(), member.name) == COMMITTED.end())
            not_covered.add(member.name);
    }
    const Tools tools = is_truthy(parsed->find("tools")) ? Tools::present : Tools::absent;
    return ChatRequest{std::move(out), tools};
}

} // namespace assay::receipt
