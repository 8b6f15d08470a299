// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/json_writer.hpp"

#include "core/bytes/hex.hpp"
#include "core/bytes/text_run.hpp"
#include "core/bytes/utf8.hpp"

#include <array>
#include <cassert>
#include <utility>

namespace assay::bytes {
void JsonWriter::before_value() {
    if (!first_ && !after_key_)
        out_.push_back(',');
    first_ = false;
    after_key_ = false;
}

JsonWriter& JsonWriter::object() noexcept {
    before_value();
    out_.push_back('{');
    open_.push_back('}');
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::array() noexcept {
    before_value();
    out_.push_back('[');
    open_.push_back(']');
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::end() noexcept {
    assert(!open_.empty() && !after_key_);
    out_.push_back(open_.back());
    open_.pop_back();
    first_ = false;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) noexcept {
    assert(!open_.empty() && open_.back() == '}' && !after_key_);
    before_value();
    append_quoted(name);
    out_.push_back(':');
    after_key_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(const char* name) noexcept {
    return key(std::string_view{name});
}

JsonWriter& JsonWriter::string(std::string_view text) noexcept {
    before_value();
    append_quoted(text);
    return *this;
}

JsonWriter& JsonWriter::hex(const char* prefix, BytesView bytes) noexcept {
    before_value();
    out_ += '"';
    out_ += prefix;
    append_hex(out_, bytes);
    out_ += '"';
    return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) noexcept {
    return raw(std::to_string(value));
}

JsonWriter& JsonWriter::unsigned_number(std::uint64_t value) noexcept {
    return raw(std::to_string(value));
}

JsonWriter& JsonWriter::decimal(std::uint64_t value) noexcept {
    return string(std::to_string(value));
}

JsonWriter& JsonWriter::boolean(bool value) noexcept {
    return raw(value ? "true" : "false");
}

JsonWriter& JsonWriter::null() noexcept {
    return raw("null");
}

JsonWriter& JsonWriter::raw(std::string_view json) noexcept {
    before_value();
    out_ += json;
    return *this;
}

std::string JsonWriter::take() noexcept {
    assert(open_.empty());
    first_ = true;
    return std::exchange(out_, {});
}

void JsonWriter::append_quoted(std::string_view text) {
    RunWriter out{out_};
    out.put('"');
    while (true) {
        text.remove_prefix(out.copy_run<Plain::ascii>(text));
        if (text.empty())
            break;
        const CodePoint next = first_code_point(text);
        if (next.value == '"' || next.value == '\\')
            out.put(std::array{'\\', static_cast<char>(next.value)});
        else if (next.value < 0x20 || is_surrogate(next.value))
            put_unicode_escape(out, next.value);
        else
            put_code_point(out, next.value);
        text.remove_prefix(next.size);
    }
    out.put('"');
}

} // namespace assay::bytes
