// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/proof_values.hpp"

#include "core/bytes/json.hpp"
#include "core/cli/print.hpp"

#include <algorithm>
#include <string_view>

namespace assay::cli {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

constexpr std::size_t MAX_SHOWN = 16;
constexpr std::size_t MAX_CHARACTERS = 80; // more than a field element has

/// The number that a value stands for, the nearest to what its user knows.
std::string_view number_of(const JsonValue& value) noexcept {
    for (const char* name : {"value", "integer", "felt"}) {
        if (const JsonValue* own = value.find(name)) {
            return own->is(JsonKind::string) ? std::string_view{own->string()} : own->raw();
        }
    }
    return value.is(JsonKind::string) ? std::string_view{value.string()} : value.raw();
}

} // namespace

std::string public_values(const std::string& verdict) noexcept {
    const auto parsed = bytes::parse_json(verdict, ErrorCode::ARGUMENT_INVALID);
    const JsonValue* value = parsed ? parsed->find("value") : nullptr;
    const JsonValue* list = nullptr;
    for (const char* name : {"publicSignals", "instances"}) {
        list = list == nullptr && value != nullptr ? value->find(name) : list;
    }
    if (list == nullptr || !list->is(JsonKind::array)) {
        return {};
    }
    const auto all = list->items();
    std::string out = "public values (" + std::to_string(all.size()) + "):";
    for (const JsonValue& each : all.first(std::min(all.size(), MAX_SHOWN))) {
        const std::string_view number = number_of(each);
        out += ' ' + printable(number.substr(0, MAX_CHARACTERS));
        out += number.size() > MAX_CHARACTERS ? "…" : "";
    }
    return out + (all.size() > MAX_SHOWN ? " …" : "");
}

} // namespace assay::cli
