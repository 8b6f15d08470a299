// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/canonical.hpp"

#include "core/bytes/utf8.hpp"
#include "core/receipt/number_text.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

constexpr std::string_view DIGITS = "0123456789abcdef";

void append_unit(std::string& out, char32_t unit) {
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out.push_back(DIGITS[unit >> shift & 0x0f]);
}

/// A code point outside the ones that are printed as they are.
void append_escape(std::string& out, char32_t code_point) {
    constexpr std::string_view VALUES = "\"\\\b\t\n\f\r";
    constexpr std::string_view LETTERS = "\"\\btnfr";
    const std::size_t short_form =
        code_point < 0x80 ? VALUES.find(static_cast<char>(code_point)) : std::string_view::npos;
    if (short_form != std::string_view::npos) {
        out.push_back('\\');
        out.push_back(LETTERS[short_form]);
    } else if (code_point < 0x10000) {
        append_unit(out, code_point);
    } else {
        append_unit(out, 0xd800 + ((code_point - 0x10000) >> 10));
        append_unit(out, 0xdc00 + ((code_point - 0x10000) & 0x3ff));
    }
}

bool is_plain(char c) {
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

void append_object(std::string& out, const JsonValue& object) {
    std::vector<const JsonMember*> sorted;
    sorted.reserve(object.members().size());
    for (const JsonMember& member : object.members())
        sorted.push_back(&member);
    std::sort(sorted.begin(), sorted.end(),
              [](const JsonMember* a, const JsonMember* b) { return a->name < b->name; });
    CanonicalObject text{out};
    for (const JsonMember* member : sorted)
        append_canonical(text.member(member->name), member->value);
    text.end();
}

} // namespace

void append_canonical_string(std::string& out, std::string_view text) noexcept {
    out.push_back('"');
    while (!text.empty()) {
        const auto plain = std::find_if_not(text.begin(), text.end(), is_plain);
        out.append(text.begin(), plain);
        text.remove_prefix(static_cast<std::size_t>(plain - text.begin()));
        if (text.empty())
            break;
        const bytes::CodePoint next = bytes::first_code_point(text);
        append_escape(out, next.value);
        text.remove_prefix(next.size);
    }
    out.push_back('"');
}

void append_canonical(std::string& out, const JsonValue& value) noexcept {
    switch (value.kind()) {
    case JsonKind::null:
    case JsonKind::boolean:
        out += value.raw();
        return;
    case JsonKind::number:
        append_number(out, value.raw());
        return;
    case JsonKind::string:
        append_canonical_string(out, value.string());
        return;
    case JsonKind::array: {
        CanonicalArray text{out};
        for (const JsonValue& item : value.items())
            append_canonical(text.item(), item);
        text.end();
        return;
    }
    case JsonKind::object:
        append_object(out, value);
        return;
    }
}

std::string canonical_text(const JsonValue& value) noexcept {
    std::string out;
    append_canonical(out, value);
    return out;
}

Result<std::string> canonical_temperature(const JsonValue& value) noexcept {
    const auto text =
        value.is(JsonKind::number) ? float_text(value.raw()) : std::optional<std::string>{};
    if (!text)
        return Error{ErrorCode::RECEIPT_REQUEST_UNSUPPORTED, "temperature"};
    return *text;
}

bool is_truthy(const JsonValue* value) noexcept {
    if (value == nullptr)
        return false;
    switch (value->kind()) {
    case JsonKind::null:
        return false;
    case JsonKind::boolean:
        return value->boolean();
    case JsonKind::number:
        return !is_zero_token(value->raw());
    case JsonKind::string:
        return !value->string().empty();
    case JsonKind::array:
        return !value->items().empty();
    case JsonKind::object:
        return !value->members().empty();
    }
    return false;
}

std::string& CanonicalObject::member(std::string_view name) noexcept {
    if (!first_)
        out_ += ", ";
    first_ = false;
    append_canonical_string(out_, name);
    out_ += ": ";
    return out_;
}

std::string& CanonicalArray::item() noexcept {
    if (!first_)
        out_ += ", ";
    first_ = false;
    return out_;
}

} // namespace assay::receipt
