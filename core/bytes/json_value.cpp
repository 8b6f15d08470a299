// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/json.hpp"

#include <cassert>
#include <memory>
#include <utility>

namespace assay::bytes {

JsonValue::JsonValue(JsonKind kind, std::string_view raw) noexcept : kind_{kind}, raw_{raw} {}
JsonValue::JsonValue(std::string_view raw, std::string text) noexcept
    : kind_{JsonKind::string}, raw_{raw}, text_{std::move(text)} {}
JsonValue::JsonValue(std::string_view raw, std::vector<JsonValue> items) noexcept
    : kind_{JsonKind::array}, raw_{raw}, items_{std::move(items)} {}
JsonValue::JsonValue(std::string_view raw, std::vector<JsonMember> members) noexcept
    : kind_{JsonKind::object}, raw_{raw}, members_{std::move(members)} {}

JsonValue::JsonValue(JsonValue&& other) noexcept {
    take(other);
}
JsonValue& JsonValue::operator=(JsonValue&& other) noexcept {
    JsonValue taken{std::move(other)}; // first: it may be in what is taken down
    destroy();
    take(taken);
    return *this;
}
JsonValue::~JsonValue() {
    destroy();
}

void JsonValue::take(JsonValue& other) noexcept {
    kind_ = other.kind_;
    raw_ = other.raw_;
    if (is(JsonKind::string))
        std::construct_at(&text_, std::move(other.text_));
    else if (is(JsonKind::array))
        std::construct_at(&items_, std::move(other.items_));
    else if (is(JsonKind::object))
        std::construct_at(&members_, std::move(other.members_));
}

void JsonValue::destroy() noexcept {
    if (is(JsonKind::string))
        std::destroy_at(&text_);
    else if (is(JsonKind::array))
        std::destroy_at(&items_);
    else if (is(JsonKind::object))
        std::destroy_at(&members_);
}

bool JsonValue::boolean() const noexcept {
    assert(is(JsonKind::boolean));
    return raw_ == "true";
}

const std::string& JsonValue::string() const noexcept {
    assert(is(JsonKind::string));
    return text_;
}

std::span<const JsonValue> JsonValue::items() const noexcept {
    assert(is(JsonKind::array));
    return items_;
}

std::span<const JsonMember> JsonValue::members() const noexcept {
    assert(is(JsonKind::object));
    return members_;
}

const JsonValue* JsonValue::find(const char* name) const noexcept {
    return find(std::string_view{name});
}

const JsonValue* JsonValue::find(std::string_view name) const noexcept {
    if (!is(JsonKind::object))
        return nullptr;
    for (const JsonMember& member : members()) {
        if (member.name == name)
            return &member.value;
    }
    return nullptr;
}

} // namespace assay::bytes
