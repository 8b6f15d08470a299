// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes one compact JSON text, valid UTF-8 (RFC 8259). For verdicts; the canonical text of
// receipts is core/receipt/canonical_text.hpp.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::bytes {

/// Calls follow the text: JsonWriter{}.object().key("a").number(1).end().take() is {"a":1}.
/// The caller writes well-formed sequences; asserted in debug builds.
class JsonWriter {
public:
    JsonWriter& object() noexcept; ///< opens an object; closed by end()
    JsonWriter& array() noexcept;  ///< opens an array; closed by end()
    JsonWriter& end() noexcept;    ///< closes the innermost open container
    JsonWriter& key(std::string_view name) noexcept;
    JsonWriter& key(const char* name) noexcept; ///< of a literal: fewer instructions a call

    /// @p text is UTF-8; a surrogate in its generalised form is escaped, any other byte that is not
    /// UTF-8 becomes U+FFFD.
    JsonWriter& string(std::string_view text) noexcept;
    /// Bytes as a string of @p prefix ("" or "0x") and two lower-case digits each.
    JsonWriter& hex(const char* prefix, BytesView bytes) noexcept;
    JsonWriter& number(std::int64_t value) noexcept;
    JsonWriter& unsigned_number(std::uint64_t value) noexcept;
    /// As a string of digits: a number of JavaScript holds 53 bits only.
    JsonWriter& decimal(std::uint64_t value) noexcept;
    JsonWriter& boolean(bool value) noexcept;
    JsonWriter& null() noexcept;
    /// @p json is one complete JSON value and is copied as it is.
    JsonWriter& raw(std::string_view json) noexcept;

    /// @return the text; the writer is empty again. Precondition: nothing is open.
    [[nodiscard]] std::string take() noexcept;

private:
    void before_value();
    void append_quoted(std::string_view text);

    std::string out_;
    std::vector<char> open_; ///< closing character of each open container
    bool first_ = true;      ///< nothing written yet inside the innermost container
    bool after_key_ = false;
};

} // namespace assay::bytes
