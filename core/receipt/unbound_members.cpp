// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/unbound_members.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

/// §5.5: empty is null, "", [] and {}; false and 0 are not.
bool is_empty(const JsonValue& value) {
    switch (value.kind()) {
    case JsonKind::null:
        return true;
    case JsonKind::string:
        return value.string().empty();
    case JsonKind::array:
        return value.items().empty();
    case JsonKind::object:
        return value.members().empty();
    case JsonKind::boolean:
    case JsonKind::number:
        return false;
    }
    return false;
}

/// Whether an object has a member that is not empty beside the ones in @p known.
bool has_others(const JsonValue* object, std::initializer_list<std::string_view> known) {
    if (object == nullptr || !object->is(JsonKind::object))
        return false;
    const auto members = object->members();
    return std::any_of(members.begin(), members.end(), [&](const JsonMember& member) {
        return !is_empty(member.value) &&
               std::find(known.begin(), known.end(), member.name) == known.end();
    });
}

std::span<const JsonValue> items_of(const JsonValue* list) {
    if (list == nullptr || !list->is(JsonKind::array))
        return {};
    return list->items();
}

class Walk {
public:
    Walk(const Reply& reply, OutputKind kind, NotCovered& not_covered)
        : reply_{reply}, kind_{kind}, not_covered_{not_covered} {}

    void top_level(const JsonValue& frame) {
        for (const JsonMember& member : frame.members()) {
            const bool field = std::find(RECEIPT_FIELD_NAMES.begin(), RECEIPT_FIELD_NAMES.end(),
                                         member.name) != RECEIPT_FIELD_NAMES.end();
            if (!field && member.name != "choices")
                list(member);
        }
        for (const JsonValue& choice : items_of(frame.find("choices")))
            choice_level(choice);
    }

private:
    void list(const JsonMember& member) {
        if (!is_empty(member.value))
            not_covered_.add_response_member(member.name);
    }

    void choice_level(const JsonValue& choice) {
        const std::string_view walked = reply_.form == ResponseIs::json ? "message" : "delta";
        for (const JsonMember& member : choice.members()) {
            if (member.name != walked)
                list(member);
            else if (member.value.is(JsonKind::object))
                message_level(member.value);
        }
    }

    void message_level(const JsonValue& message) {
        const std::string_view bound = kind_ == OutputKind::text ? "content" : "tool_calls";
        for (const JsonMember& member : message.members()) {
            if (member.name != bound)
                list(member);
        }
        if (kind_ == OutputKind::text)
            content_parts(message.find("content"));
        else if (reply_.form == ResponseIs::stream)
            fragments(message.find("tool_calls"));
    }

    void content_parts(const JsonValue* content) {
        for (const JsonValue& part : items_of(content)) {
            if (has_others(&part, {"type", "text"}))
                not_covered_.add_response_member("content[].*");
        }
    }

    void fragments(const JsonValue* calls) {
        for (const JsonValue& fragment : items_of(calls)) {
            if (has_others(&fragment, {"index", "id", "type", "function"}) ||
                has_others(fragment.find("function"), {"name", "arguments"}))
                not_covered_.add_response_member("tool_calls[].*");
        }
    }

    const Reply& reply_;
    OutputKind kind_;
    NotCovered& not_covered_;
};

} // namespace

void add_unbound_members(const Reply& reply, OutputKind kind, NotCovered& not_covered) noexcept {
    Walk walk{reply, kind, not_covered};
    for (const JsonValue& frame : reply.frames)
        walk.top_level(frame);
}

} // namespace assay::receipt
