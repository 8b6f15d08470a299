// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// receipt.md §5.1, the reply as one JSON body.
#include "core/receipt/canonical.hpp"
#include "core/receipt/output_detail.hpp"

namespace assay::receipt::detail {

using bytes::JsonKind;
using bytes::JsonValue;

Result<Output> select_json_output(const Reply& reply, Tools tools) noexcept {
    const JsonValue* choice = nullptr;
    if (const auto found = find_choice(reply.last(), reply.form, choice); !found)
        return found.error();
    const JsonValue* message = choice->find("message");
    if (message == nullptr || !message->is(JsonKind::object))
        return bad_reply("choices[0].message");
    const JsonValue* calls = message->find("tool_calls");
    const bool listed = calls != nullptr && calls->is(JsonKind::array);
    if (calls != nullptr && !listed && !calls->is(JsonKind::null))
        return bad_reply("choices[0].message.tool_calls");

    if (finished_with_tool_calls(choice) && tools == Tools::present && listed &&
        !calls->items().empty())
        return Output{OutputKind::tool_calls, canonical_text(*calls)};
    Output output{OutputKind::text, {}};
    if (!append_content(output.text, message->find("content")))
        return bad_reply("choices[0].message.content");
    return output;
}

} // namespace assay::receipt::detail
