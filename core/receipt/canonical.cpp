// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/canonical.hpp"

#include "core/base/sort.hpp"
#include "core/bytes/text_run.hpp"
#include "core/bytes/utf8.hpp"
#include "core/receipt/number_text.hpp"

#include <optional>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;
using bytes::RunWriter;

/// @return the letter of the two-character escape of @p code_point; 0 when it has none.
char short_escape(char32_t code_point) {
    constexpr std::array FROM_BACKSPACE = {'b', 't', 'n', '\0', 'f', 'r'};
    if (code_point == '"' || code_point == '\\')
        return static_cast<char>(code_point);
    const char32_t at = code_point - '\b';
    return at < FROM_BACKSPACE.size() ? FROM_BACKSPACE[at] : '\0';
}

/// A code point outside the ones that are printed as they are.
void put_escape(RunWriter& out, char32_t code_point) {
    if (const char letter = short_escape(code_point)) {
        out.put(std::array{'\\', letter});
    } else if (code_point < 0x10000) {
        bytes::put_unicode_escape(out, code_point);
    } else {
        bytes::put_unicode_escape(out, 0xd800 + ((code_point - 0x10000) >> 10));
        bytes::put_unicode_escape(out, 0xdc00 + ((code_point - 0x10000) & 0x3ff));
    }
}

void append_object(std::string& out, const JsonValue& object) {
    constexpr auto BY_NAME = [](const JsonMember& a, const JsonMember& b) {
        return a.name < b.name;
    };
    CanonicalObject text{out};
    for (const std::uint32_t at : sorted_order<BY_NAME>(object.members())) {
        const JsonMember& member = object.members()[at];
        append_canonical(text.member(member.name), member.value);
    }
    text.end();
}

} // namespace

void append_canonical_string(std::string& out, std::string_view text) noexcept {
    RunWriter writer{out};
    writer.put('"');
    while (true) {
        text.remove_prefix(writer.copy_run<bytes::Plain::ascii>(text));
        if (text.empty())
            break;
        const bytes::CodePoint next = bytes::first_code_point(text);
        put_escape(writer, next.value);
        text.remove_prefix(next.size);
    }
    writer.put('"');
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
