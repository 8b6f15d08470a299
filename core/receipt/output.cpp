// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/output.hpp"

#include "core/bytes/utf8.hpp"
#include "core/receipt/canonical.hpp"

#include <algorithm>
#include <utility>

namespace assay::receipt {

using bytes::JsonKind;
using bytes::JsonValue;

namespace {

/// How every list of tool calls begins: most texts need not be parsed.
constexpr std::string_view LIST_START = "[{\"function\": {\"arguments\": \"";

} // namespace

std::string_view name(OutputKind kind) noexcept {
    return kind == OutputKind::text ? "text" : "tool_calls";
}

Result<Output> select_output(Reply& reply, Tools tools) noexcept {
    if (reply.fault)
        return *reply.fault;
    if (tools == Tools::present && !reply.calls.empty()) {
        const auto calls = bytes::parse_json(reply.calls, ErrorCode::RECEIPT_BAD_FIELD);
        if (!calls)
            return calls.error();
        return Output{OutputKind::tool_calls, canonical_text(*calls)}; // ASCII
    }
    if (reply.text_fault)
        return *reply.text_fault;
    if (!bytes::is_utf8(reply.text) || (reply.hashed && !reply.hashed->utf8))
        return ErrorCode::RECEIPT_OUTPUT_UNENCODABLE;
    Output output{OutputKind::text, std::move(reply.text)};
    if (reply.hashed)
        output.hashed = reply.hashed->hash;
    return output;
}

bool may_become_tool_call_list(std::string_view text) noexcept {
    return text.substr(0, LIST_START.size()) == LIST_START.substr(0, text.size());
}

bool is_tool_call_list(std::string_view text) noexcept {
    if (!text.starts_with(LIST_START))
        return false;
    const auto parsed = bytes::parse_json(text, ErrorCode::RECEIPT_BAD_FIELD);
    if (!parsed || !parsed->is(JsonKind::array) || parsed->items().empty())
        return false;
    const auto is_text = [](const JsonValue* value) {
        return value != nullptr && value->is(JsonKind::string);
    };
    const auto is_call = [&](const JsonValue& call) {
        const JsonValue* function = call.find("function");
        return function != nullptr && function->is(JsonKind::object) &&
               call.members().size() == 3 && is_text(call.find("id")) &&
               is_text(call.find("type")) && function->members().size() == 2 &&
               is_text(function->find("name")) && is_text(function->find("arguments"));
    };
    const auto items = parsed->items();
    return std::all_of(items.begin(), items.end(), is_call) && canonical_text(*parsed) == text;
}

} // namespace assay::receipt
