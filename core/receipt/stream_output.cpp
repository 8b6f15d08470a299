// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// receipt.md §5.2, the reply as an event stream: text and tool calls are put together again.
#include "core/receipt/canonical.hpp"
#include "core/receipt/number_text.hpp"
#include "core/receipt/output_detail.hpp"

#include <map>
#include <optional>
#include <utility>

namespace assay::receipt::detail {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

bool is_absent(const JsonValue* value) {
    return value == nullptr || value->is(JsonKind::null);
}

/// A tool call that grows by fragments.
struct Slot {
    std::string id;
    std::string type = "function";
    std::string name;
    std::string arguments;
};

/// An index of any length, in the order of numbers: by the count of its digits, then by them.
using Index = std::pair<std::size_t, std::string>;

std::optional<Index> read_index(const JsonValue* value) {
    if (is_absent(value))
        return Index{1, "0"};
    if (!value->is(JsonKind::number) || !is_integer_token(value->raw()))
        return std::nullopt;
    const std::string_view digits = value->raw() == "-0" ? "0" : value->raw();
    if (digits.starts_with('-'))
        return std::nullopt;
    return Index{digits.size(), std::string{digits}};
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

/// Everything that the deltas of a stream say.
class Deltas {
public:
    /// @return false when a member of the delta is not of its form.
    bool add(const JsonValue& delta) {
        if (!append_content(text_, delta.find("content")))
            return false;
        const JsonValue* calls = delta.find("tool_calls");
        if (is_absent(calls))
            return true;
        if (!calls->is(JsonKind::array))
            return false;
        for (const JsonValue& fragment : calls->items()) {
            if (!add_fragment(fragment))
                return false;
        }
        return true;
    }

    [[nodiscard]] bool has_calls() const { return !slots_.empty(); }

    [[nodiscard]] std::string take_text() { return std::move(text_); }

    /// The canonical list of the slots, in the order of their indices.
    [[nodiscard]] std::string calls_text() const {
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

private:
    bool add_fragment(const JsonValue& fragment) {
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

    std::string text_;
    std::map<Index, Slot> slots_;
};

} // namespace

Result<Output> select_stream_output(const Reply& reply, Tools tools) noexcept {
    Deltas deltas;
    const JsonValue* final_choice = nullptr;
    for (std::size_t i = 0; i < reply.frames.size(); ++i) {
        const std::string where = "frame " + std::to_string(i);
        const JsonValue* choice = nullptr;
        if (const auto found = find_choice(reply.frames[i], reply.form, choice); !found)
            return bad_reply(where + ": choices");
        if (i == reply.final_frame)
            final_choice = choice;
        const JsonValue* delta = choice == nullptr ? nullptr : choice->find("delta");
        if (is_absent(delta))
            continue;
        if (!delta->is(JsonKind::object) || !deltas.add(*delta))
            return bad_reply(where + ": choices[0].delta");
    }
    if (finished_with_tool_calls(final_choice) && tools == Tools::present && deltas.has_calls())
        return Output{OutputKind::tool_calls, deltas.calls_text()};
    return Output{OutputKind::text, deltas.take_text()};
}

} // namespace assay::receipt::detail
