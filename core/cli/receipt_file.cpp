// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/receipt_file.hpp"

#include "core/bytes/base64.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/utf8.hpp"
#include "core/cli/files.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

namespace assay::cli {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

constexpr std::array<std::string_view, 5> MEMBERS = {"request", "request_is", "response",
                                                     "response_is", "key"};

std::optional<ReceiptFile> complain(const std::string& path, std::string_view what) noexcept {
    std::fprintf(stderr, "assay: %s: %.*s\n", path.c_str(), static_cast<int>(what.size()),
                 what.data());
    return std::nullopt;
}

/// A string member that is well-formed text (a lone surrogate has no bytes to judge).
std::optional<std::string> text(const JsonValue& object, std::string_view name) noexcept {
    const JsonValue* value = object.find(name);
    if (value == nullptr || !value->is(JsonKind::string) || !bytes::is_utf8(value->string())) {
        return std::nullopt;
    }
    return value->string();
}

} // namespace

std::optional<ReceiptFile> ReceiptFile::read(const std::string& path,
                                             const std::string& request_is) noexcept {
    const auto file = read_file(path);
    if (!file) {
        return std::nullopt;
    }
    const auto object = bytes::parse_json(as_text(*file), ErrorCode::ARGUMENT_INVALID);
    if (!object || !object->is(JsonKind::object)) {
        return complain(path, "not a receipt file: no JSON object");
    }
    for (const auto& member : object->members()) {
        const bool known = std::find(MEMBERS.begin(), MEMBERS.end(), member.name) != MEMBERS.end();
        if (!known || !member.value.is(JsonKind::string)) {
            return complain(path,
                            "not a receipt file: an unknown member, or one that is no string");
        }
    }
    auto request = text(*object, "request");
    auto response = text(*object, "response");
    const auto key = text(*object, "key");
    auto key_der = key ? bytes::from_base64(*key) : std::nullopt;
    if (!request || !response || !key_der) {
        return complain(path,
                        "not a receipt file: request, response (text) and key (base64) are needed");
    }
    if (text(*object, "request_is").value_or(request_is) != request_is) {
        return complain(path, "the file was made for another --request-is");
    }
    return ReceiptFile{std::move(*request), std::move(*response), std::move(*key_der),
                       text(*object, "response_is")};
}

} // namespace assay::cli
