// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// receipt.md §9, the request text R: all declared fields, defaults filled in.
#include "core/receipt/canonical.hpp"
#include "core/receipt/number_text.hpp"
#include "core/receipt/request_detail.hpp"

#include <array>

namespace assay::receipt::detail {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

bool is_text(const JsonValue* value) {
    return value != nullptr && value->is(JsonKind::string);
}

bool is_text_or_absent(const JsonValue* value) {
    return !is_given(value) || value->is(JsonKind::string);
}

/// A given value as it is, else null.
void append_or_null(std::string& out, const JsonValue* value) {
    if (is_given(value))
        append_canonical(out, *value);
    else
        out += "null";
}

bool append_message(std::string& out, const JsonValue& message, NotCovered& not_covered) {
    constexpr std::string_view DECLARED[] = {"content", "name", "role", "tool_call_id",
                                             "tool_calls"};
    std::array<const JsonValue*, std::size(DECLARED)> values{};
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = message.find(DECLARED[i]);
    const auto& [content, name, role, call_id, calls] = values;
    if (!is_text(content) || !is_text(role) || !is_text_or_absent(name) ||
        !is_text_or_absent(call_id) || (is_given(calls) && !is_list_of(*calls, JsonKind::object)))
        return false;
    report_others(message, DECLARED, "messages[].*", not_covered);
    CanonicalObject text{out};
    for (std::size_t i = 0; i < values.size(); ++i)
        append_or_null(text.member(DECLARED[i]), values[i]);
    text.end();
    return true;
}

bool append_tool(std::string& out, const JsonValue& tool, NotCovered& not_covered) {
    constexpr std::string_view DECLARED[] = {"function", "type"};
    const JsonValue* function = tool.find("function");
    const JsonValue* type = tool.find("type");
    if (function == nullptr || !function->is(JsonKind::object) ||
        (type != nullptr && !type->is(JsonKind::string)))
        return false;
    report_others(tool, DECLARED, "tools[].*", not_covered);
    CanonicalObject text{out};
    append_canonical(text.member("function"), *function);
    append_canonical_string(text.member("type"), type == nullptr ? "function" : type->string());
    text.end();
    return true;
}

using AppendItem = bool (*)(std::string&, const JsonValue&, NotCovered&);

/// @return false when @p list is no array of objects or one of them is refused.
bool append_each(std::string& out, const JsonValue& list, AppendItem append_item,
                 NotCovered& not_covered) {
    if (!is_list_of(list, JsonKind::object))
        return false;
    CanonicalArray text{out};
    for (const JsonValue& item : list.items()) {
        if (!append_item(text.item(), item, not_covered))
            return false;
    }
    text.end();
    return true;
}

} // namespace

Result<CanonicalRequest> legacy_request(const JsonValue& request, Route route,
                                        NotCovered& not_covered) noexcept {
    constexpr std::string_view CHAT[] = {"max_tokens",  "messages",    "model", "stop",
                                         "temperature", "tool_choice", "tools"};
    constexpr std::string_view COMPLETIONS[] = {"max_tokens", "model", "prompt", "stop",
                                                "temperature"};
    const bool chat = route == Route::chat;
    std::string out;
    CanonicalObject text{out};

    const JsonValue* max_tokens = request.find("max_tokens");
    if (max_tokens == nullptr)
        text.member("max_tokens") += "100";
    else if (max_tokens->is(JsonKind::number) && is_integer_token(max_tokens->raw()))
        append_canonical(text.member("max_tokens"), *max_tokens);
    else
        return unsupported_request("max_tokens");

    if (chat) {
        const JsonValue* messages = request.find("messages");
        if (messages == nullptr ||
            !append_each(text.member("messages"), *messages, append_message, not_covered))
            return unsupported_request("messages");
    }
    for (const std::string_view name : {"model", "prompt"}) {
        if (chat && name == "prompt")
            continue;
        const JsonValue* value = request.find(name);
        if (!is_text(value))
            return unsupported_request(name);
        append_canonical(text.member(name), *value);
    }
    const JsonValue* stop = request.find("stop");
    if (is_given(stop) && !is_list_of(*stop, JsonKind::string))
        return unsupported_request("stop");
    append_or_null(text.member("stop"), stop);

    const JsonValue* temperature = request.find("temperature");
    const Result<std::string> number =
        temperature == nullptr ? std::string{"0.0"} : canonical_temperature(*temperature);
    if (!number)
        return number.error();
    text.member("temperature") += *number;

    Tools has_tools = Tools::absent;
    if (chat) {
        const JsonValue* choice = request.find("tool_choice");
        if (!is_text_or_absent(choice))
            return unsupported_request("tool_choice");
        if (choice == nullptr)
            append_canonical_string(text.member("tool_choice"), "auto");
        else
            append_canonical(text.member("tool_choice"), *choice);
        const JsonValue* tools = request.find("tools");
        text.member("tools");
        if (!is_given(tools))
            out += "null";
        else if (!append_each(out, *tools, append_tool, not_covered))
            return unsupported_request("tools");
        if (is_truthy(tools))
            has_tools = Tools::present;
    }
    text.end();
    if (chat)
        report_others(request, CHAT, {}, not_covered);
    else
        report_others(request, COMPLETIONS, {}, not_covered);
    return CanonicalRequest{std::move(out), has_tools};
}

} // namespace assay::receipt::detail
