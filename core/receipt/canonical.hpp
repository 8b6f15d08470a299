// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The text that Python's json.dumps(value, sort_keys=True) prints, which gateways hash
/// (receipt.md §3.2), and truthiness (§3.3).
#pragma once

#include "core/base/result.hpp"
#include "core/bytes/json.hpp"

#include <string>
#include <string_view>

namespace assay::receipt {

/// @return the canonical text, ASCII. Recursion is bounded by limits::JSON_DEPTH.
[[nodiscard]] std::string canonical_text(const bytes::JsonValue& value) noexcept;
void append_canonical(std::string& out, const bytes::JsonValue& value) noexcept;

/// @param text in generalised UTF-8, as JsonValue::string()
void append_canonical_string(std::string& out, std::string_view text) noexcept;

/// The text of a present temperature that is not null (§3.3).
/// @return RECEIPT_REQUEST_UNSUPPORTED when it is no number or not finite as a double.
[[nodiscard]] Result<std::string> canonical_temperature(const bytes::JsonValue& value) noexcept;

/// §3.3: falsy are absent (nullptr), null, false, "", [], {} and every number equal to zero.
[[nodiscard]] bool is_truthy(const bytes::JsonValue* value) noexcept;

/// Writes one object member by member. The caller names the members in ascending order of code
/// points and appends each value to the text that member() returns.
class CanonicalObject {
public:
    explicit CanonicalObject(std::string& out) noexcept : out_{out} { out_.push_back('{'); }

    std::string& member(std::string_view name) noexcept;
    void end() noexcept { out_.push_back('}'); }

private:
    std::string& out_;
    bool first_ = true;
};

/// Writes the separator of a list.
class CanonicalArray {
public:
    explicit CanonicalArray(std::string& out) noexcept : out_{out} { out_.push_back('['); }

    std::string& item() noexcept;
    void end() noexcept { out_.push_back(']'); }

private:
    std::string& out_;
    bool first_ = true;
};

} // namespace assay::receipt
