// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/unbound_members.hpp"

#include "core/receipt/receipt_fields.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;
using Names = std::span<const std::string_view>;

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

bool is_one_of(std::string_view name, Names names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether an object has a member that is not empty beside the ones in @p known.
bool has_others(const JsonValue* object, Names known) {
    if (object == nullptr || !object->is(JsonKind::object))
        return false;
    const auto members = object->members();
    return std::any_of(members.begin(), members.end(), [known](const JsonMember& member) {
        return !is_empty(member.value) && !is_one_of(member.name, known);
    });
}

std::span<const JsonValue> items_of(const JsonValue* list) {
    if (list == nullptr || !list->is(JsonKind::array))
        return {};
    return list->items();
}

/// §9: the members that are signed, and the signature.
constexpr std::array<std::string_view, 6> LEGACY_CHAT = {"finish_reason", "message",   "model",
                                                         "request_hash",  "timestamp", "signature"};
constexpr std::array<std::string_view, 5> LEGACY_COMPLETIONS = {
    "completion", "model", "request_hash", "timestamp", "signature"};

/// Top-level members that are bound.
Names bound_names(ReplyShape shape) {
    switch (shape) {
    case ReplyShape::legacy_chat:
        return LEGACY_CHAT;
    case ReplyShape::legacy_completions:
        return LEGACY_COMPLETIONS;
    case ReplyShape::message:
    case ReplyShape::delta:
    case ReplyShape::text:
        break;
    }
    return RECEIPT_FIELD_NAMES;
}

/// The member of a choice that is bound or walked; of the legacy shapes none.
std::string_view walked_name(ReplyShape shape) {
    switch (shape) {
    case ReplyShape::message:
        return "message";
    case ReplyShape::delta:
        return "delta";
    case ReplyShape::text:
        return "text";
    case ReplyShape::legacy_chat:
    case ReplyShape::legacy_completions:
        break;
    }
    return {};
}

} // namespace

void UnboundMembers::list(const JsonMember& member) noexcept {
    if (!is_empty(member.value))
        paths_.add_response_member(member.name);
}

void UnboundMembers::add(const JsonValue& frame, ReplyShape shape) noexcept {
    const bool has_choices = !walked_name(shape).empty();
    for (const JsonMember& member : frame.members()) {
        const bool walked = has_choices && member.name == "choices";
        if (!walked && !is_one_of(member.name, bound_names(shape)))
            list(member);
    }
    if (has_choices) {
        for (const JsonValue& choice : items_of(frame.find("choices"))) {
            if (choice.is(JsonKind::object))
                add_choice(choice, shape);
        }
    }
}

void UnboundMembers::add_choice(const JsonValue& choice, ReplyShape shape) noexcept {
    for (const JsonMember& member : choice.members()) {
        if (member.name != walked_name(shape))
            list(member);
        else if (shape != ReplyShape::text && member.value.is(JsonKind::object))
            add_message(member.value, shape);
    }
}

void UnboundMembers::add_message(const JsonValue& message, ReplyShape shape) noexcept {
    constexpr std::array<std::string_view, 2> PART = {"type", "text"};
    constexpr std::array<std::string_view, 4> CALL = {"index", "id", "type", "function"};
    constexpr std::array<std::string_view, 2> FUNCTION = {"name", "arguments"};
    for (const JsonMember& member : message.members()) {
        if (member.name == "content") {
            content_ = content_ || !is_empty(member.value);
            for (const JsonValue& part : items_of(&member.value))
                content_parts_ = content_parts_ || has_others(&part, PART);
        } else if (member.name == "tool_calls") {
            calls_ = calls_ || !is_empty(member.value);
            if (shape != ReplyShape::delta)
                continue; // a plain reply binds the array whole
            for (const JsonValue& call : items_of(&member.value))
                call_parts_ = call_parts_ || has_others(&call, CALL) ||
                              has_others(call.find("function"), FUNCTION);
        } else {
            list(member);
        }
    }
}

void UnboundMembers::report(OutputKind kind, NotCovered& paths) && noexcept {
    const bool text = kind == OutputKind::text;
    if (text ? calls_ : content_)
        paths_.add_response_member(text ? "tool_calls" : "content");
    if (text ? content_parts_ : call_parts_)
        paths_.add_response_member(text ? "content[].*" : "tool_calls[].*");
    paths.merge(std::move(paths_));
}

} // namespace assay::receipt
