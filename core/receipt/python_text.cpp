// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/python_text.hpp"

#include "core/bytes/utf8.hpp"
#include "core/receipt/number_text.hpp"
#include "core/receipt/printable.generated.hpp"

#include <algorithm>
#include <string_view>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

/// Appends "\xhh", "\uhhhh" or "\Uhhhhhhhh", the shortest that fits.
void append_hex_escape(std::string& out, char32_t code_point) {
    constexpr std::string_view DIGITS = "0123456789abcdef";
    const int digits = code_point < 0x100 ? 2 : code_point < 0x10000 ? 4 : 8;
    out.push_back('\\');
    out.push_back(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        out.push_back(DIGITS[code_point >> shift & 0x0f]);
}

void append_quoted(std::string& out, std::string_view text) {
    const bool apostrophe = text.find('\'') != std::string_view::npos;
    const char quote = apostrophe && text.find('"') == std::string_view::npos ? '"' : '\'';
    out.push_back(quote);
    while (!text.empty()) {
        const bytes::CodePoint next = bytes::first_code_point(text);
        const char32_t value = next.value;
        if (value == '\\' || value == static_cast<char32_t>(quote)) {
            out.push_back('\\');
            out.push_back(static_cast<char>(value));
        } else if (value == '\n' || value == '\r' || value == '\t') {
            out += value == '\n' ? "\\n" : value == '\r' ? "\\r" : "\\t";
        } else if (is_printable(value)) {
            out.append(text.substr(0, next.size));
        } else {
            append_hex_escape(out, value);
        }
        text.remove_prefix(next.size);
    }
    out.push_back(quote);
}

void append_number_text(std::string& out, std::string_view token) {
    const std::size_t start = out.size();
    append_number(out, token);
    const std::size_t infinity = out.find("Infinity", start); // JSON's word; Python's is inf
    if (infinity != std::string::npos)
        out.replace(infinity, std::string::npos, "inf");
}

} // namespace

bool is_printable(char32_t code_point) noexcept {
    if (code_point < 0x7f)
        return code_point >= 0x20;
    auto mark = std::upper_bound(
        printable::MARKS.begin(), printable::MARKS.end(), code_point,
        [](char32_t value, const printable::Mark& each) { return value < each.code_point; });
    --mark;
    char32_t end = mark->code_point;
    std::size_t at = mark->offset;
    for (bool printable = false;; printable = !printable) {
        unsigned shift = 0;
        std::uint8_t byte = 0;
        do {
            byte = printable::RUNS[at++];
            end += static_cast<char32_t>(byte & 0x7f) << shift;
            shift += 7;
        } while ((byte & 0x80) != 0);
        if (code_point < end)
            return printable;
    }
}

void append_python_text(std::string& out, const JsonValue& value) noexcept {
    const auto separate = [&out, first = true]() mutable {
        if (!first)
            out += ", ";
        first = false;
    };
    switch (value.kind()) {
    case JsonKind::null:
        out += "None";
        return;
    case JsonKind::boolean:
        out += value.boolean() ? "True" : "False";
        return;
    case JsonKind::number:
        append_number_text(out, value.raw());
        return;
    case JsonKind::string:
        append_quoted(out, value.string());
        return;
    case JsonKind::array: {
        out.push_back('[');
        auto between = separate;
        for (const JsonValue& item : value.items()) {
            between();
            append_python_text(out, item);
        }
        out.push_back(']');
        return;
    }
    case JsonKind::object: {
        out.push_back('{');
        auto between = separate;
        for (const JsonMember& member : value.members()) {
            between();
            append_quoted(out, member.name);
            out += ": ";
            append_python_text(out, member.value);
        }
        out.push_back('}');
        return;
    }
    }
}

} // namespace assay::receipt
