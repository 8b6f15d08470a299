// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What holds of the text of every verdict, whatever was judged (api.md "Verdict").
#pragma once

#include "core/base/error.hpp"
#include "core/base/verdict.hpp"
#include "core/bytes/json.hpp"

#include "tests/fuzz/fields.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace assay::test {

using bytes::JsonKind;
using bytes::JsonValue;

/// Aborts for text that is no JSON.
inline JsonValue read_json(std::string_view text) {
    auto json = bytes::parse_json(text, ErrorCode::ARGUMENT_INVALID);
    require(json.has_value());
    return *std::move(json);
}

inline std::string_view text_of(const JsonValue* value) {
    require(value != nullptr && value->is(JsonKind::string));
    return value->string();
}

/// Every member is one of @p known.
inline void require_members(const JsonValue& object,
                            std::initializer_list<std::string_view> known) {
    require(object.is(JsonKind::object));
    for (const bytes::JsonMember& member : object.members())
        require(std::find(known.begin(), known.end(), member.name) != known.end());
}

/// What the rows of a verdict say together.
struct Rows {
    std::size_t passed = 0;
    std::size_t failed = 0;
    bool names_code = false; ///< one of them failed with the verdict's code
};

/// A row fails for its own code or for a child, and never passes beside a child that failed.
inline Rows read_rows(const JsonValue* list, std::string_view code) {
    require(list != nullptr && list->is(JsonKind::array));
    Rows rows;
    for (const JsonValue& row : list->items()) {
        require_members(row, {"name", "status", "code", "detail", "children"});
        require(!text_of(row.find("name")).empty());
        const std::string_view status = text_of(row.find("status"));
        const JsonValue* own = row.find("code");
        const JsonValue* children = row.find("children");
        const Rows below = children != nullptr ? read_rows(children, code) : Rows{};
        const bool failed = status == name(CheckStatus::failed);
        const bool passed = status == name(CheckStatus::passed);
        require(failed || passed || status == name(CheckStatus::assumed) ||
                status == name(CheckStatus::not_covered));
        require(own == nullptr || (failed && code_named(text_of(own))));
        require(failed == (own != nullptr || below.failed > 0));
        rows.passed += (passed ? 1 : 0) + below.passed;
        rows.failed += (failed ? 1 : 0) + below.failed;
        rows.names_code |= below.names_code || (own != nullptr && own->string() == code);
    }
    return rows;
}

/// Whether a verdict is a yes: it has a value and a trust level then, else a code that a caller can
/// act on, and the rows agree with it.
/// @param judges whether the operation judges something: its yes has a check that passed
inline bool require_verdict(const JsonValue& verdict, bool judges) {
    const JsonValue* ok = verdict.find("ok");
    require(ok != nullptr && ok->is(JsonKind::boolean));
    if (ok->boolean()) {
        require_members(verdict, {"ok", "value", "checks", "trust"});
        require(verdict.find("value") != nullptr);
        require(trust_level(text_of(verdict.find("trust"))).has_value());
        const Rows rows = read_rows(verdict.find("checks"), {});
        require(rows.failed == 0 && (rows.passed > 0 || !judges));
        return true;
    }
    require_members(verdict, {"ok", "code", "category", "message", "path", "checks"});
    const std::string_view code = text_of(verdict.find("code"));
    const auto known = code_named(code);
    require(known.has_value());
    const Category category = info(*known).category;
    require(text_of(verdict.find("category")) == name(category));
    require(category != Category::internal && category != Category::load);
    const Rows rows = read_rows(verdict.find("checks"), code);
    require(rows.failed == 0 || rows.names_code);
    return false;
}

} // namespace assay::test
