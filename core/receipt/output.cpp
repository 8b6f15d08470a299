// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/output.hpp"

#include "core/bytes/utf8.hpp"
#include "core/receipt/canonical.hpp"
#include "core/receipt/output_detail.hpp"

#include <algorithm>
#include <span>

namespace assay::receipt {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

namespace detail {

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

std::string_view name(OutputKind kind) noexcept {
    return kind == OutputKind::text ? "text" : "tool_calls";
}

Result<Output> select_output(const Reply& reply, Tools tools) noexcept {
    auto output = reply.form == ResponseIs::json ? detail::select_json_output(reply, tools)
                                                 : detail::select_stream_output(reply, tools);
    if (output && !bytes::is_utf8(output->text))
        return ErrorCode::RECEIPT_OUTPUT_UNENCODABLE;
    return output;
}

bool is_tool_call_list(std::string_view text) noexcept {
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
