// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/receipt_file.hpp"

#include "core/base/limits.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/utf8.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace assay::cli {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

constexpr std::array<std::string_view, 5> MEMBERS = {"request", "request_is", "response",
                                                     "response_is", "key"};

/// A string member that is well-formed text (a lone surrogate has no bytes to judge).
std::optional<std::string> text(const JsonValue& object, std::string_view name) noexcept {
    const JsonValue* value = object.find(name);
    if (value == nullptr || !value->is(JsonKind::string) || !bytes::is_utf8(value->string())) {
        return std::nullopt;
    }
    return value->string();
}

} // namespace

std::optional<ReceiptFile> ReceiptFile::load(const std::string& path, const std::string& request_is,
                                             ReadFailure& failure) noexcept {
    const auto refuse = [&](std::string_view why) {
        failure = {ErrorCode::ARGUMENT_INVALID, std::string{why}};
        return std::nullopt;
    };
    // Both texts at their limits, and what JSON adds.
    const auto file = load_file(path, {limits::BUNDLE_BYTES, ErrorCode::INPUT_LIMIT}, failure);
    if (!file) {
        return std::nullopt;
    }
    const auto object = bytes::parse_json(as_text(*file), ErrorCode::ARGUMENT_INVALID);
    if (!object || !object->is(JsonKind::object)) {
        return refuse("not a receipt file: no JSON object");
    }
    for (const auto& member : object->members()) {
        const bool known = std::find(MEMBERS.begin(), MEMBERS.end(), member.name) != MEMBERS.end();
        if (!known || !member.value.is(JsonKind::string)) {
            return refuse("not a receipt file: an unknown member, or one that is no string");
        }
    }
    auto request = text(*object, "request");
    auto response = text(*object, "response");
    const auto key = text(*object, "key");
    auto key_der = key ? bytes::from_base64(*key) : std::nullopt;
    if (!request || !response || !key_der) {
        return refuse("not a receipt file: request, response (text) and key (base64) are needed");
    }
    if (text(*object, "request_is").value_or(request_is) != request_is) {
        return refuse("the file was made for another --request-is");
    }
    return ReceiptFile{std::move(*request), std::move(*response), std::move(*key_der),
                       text(*object, "response_is")};
}

} // namespace assay::cli
