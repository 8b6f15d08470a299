// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A strict RFC 8259 reader that keeps number tokens as they stand in the text (receipt.md §3.1).
#pragma once

#include "core/base/limits.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::bytes {

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };

struct JsonMember;

/// One value of a JSON text. Holds views of the text, which must outlive it.
class JsonValue {
public:
    // Not inline: taking a tree down is much code for every place that holds one.
    JsonValue(JsonValue&&) noexcept;
    JsonValue& operator=(JsonValue&&) noexcept;
    JsonValue(const JsonValue&) = delete;
    JsonValue& operator=(const JsonValue&) = delete;
    ~JsonValue();

    [[nodiscard]] JsonKind kind() const noexcept { return kind_; }
    [[nodiscard]] bool is(JsonKind kind) const noexcept { return kind_ == kind; }

    /// The value as it stands in the text, without the white space around it.
    [[nodiscard]] std::string_view raw() const noexcept { return raw_; }

    /// Precondition: kind boolean.
    [[nodiscard]] bool boolean() const noexcept;
    /// The unescaped text in generalised UTF-8: an unpaired surrogate escape stays one three-byte
    /// sequence. Precondition: kind string.
    [[nodiscard]] const std::string& string() const noexcept;
    /// In the order of the text. Precondition: kind array.
    [[nodiscard]] std::span<const JsonValue> items() const noexcept;
    /// In the order of the text, no name twice. Precondition: kind object.
    [[nodiscard]] std::span<const JsonMember> members() const noexcept;
    /// @return the value of member @p name, or nullptr; nullptr as well when this is no object.
    [[nodiscard]] const JsonValue* find(std::string_view name) const noexcept;
    [[nodiscard]] const JsonValue* find(const char* name) const noexcept;

private:
    friend class JsonReader;

    /// Precondition: not string, array or object.
    JsonValue(JsonKind kind, std::string_view raw) noexcept;
    JsonValue(std::string_view raw, std::string text) noexcept;
    JsonValue(std::string_view raw, std::vector<JsonValue> items) noexcept;
    JsonValue(std::string_view raw, std::vector<JsonMember> members) noexcept;

    void take(JsonValue& other) noexcept;
    void destroy() noexcept;

    JsonKind kind_;
    std::string_view raw_;
    /// The one of kind_, which numbers do not have: a proof is thousands of them, and a
    /// std::variant is visited through a table whenever one is moved or taken down.
    union {
        std::string text_;
        std::vector<JsonValue> items_;
        std::vector<JsonMember> members_;
    };
};

/// One member of an object; the name is unescaped like a string value.
struct JsonMember {
    std::string name;
    JsonValue value;
};

/// What several texts that belong together may still hold.
struct JsonBudget {
    std::size_t values = limits::JSON_VALUES;
    /// SIZE_MAX where nobody prints what is read.
    std::size_t float_places = limits::JSON_FLOAT_PLACES;
};

/// Reads exactly one value, with white space around it. Refused, with @p on_error and the byte
/// offset as path: whatever RFC 8259 does not allow, text that is not UTF-8 (a byte order mark
/// included), more than limits::JSON_DEPTH nested containers, an integer token of more than
/// limits::JSON_INTEGER_DIGITS digits, and an object at any depth that repeats a member name
/// (compared after unescaping). More values, or more places of floats, than @p budget has left are
/// INPUT_LIMIT.
/// @p text must outlive the value. Time is O(n log n), stack use does not depend on the depth.
[[nodiscard]] Result<JsonValue> parse_json(std::string_view text, ErrorCode on_error,
                                           JsonBudget& budget) noexcept;
[[nodiscard]] Result<JsonValue> parse_json(std::string_view text, ErrorCode on_error) noexcept;

} // namespace assay::bytes
