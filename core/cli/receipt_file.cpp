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

constexpr std::array<std::string_view, 6> MEMBERS = {"request",     "request_is", "response",
                                                     "response_is", "key",        "profile"};

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

std::optional<ReceiptFile> ReceiptFile::read(const std::string& path) noexcept {
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
                            "not a receipt file: unknown member or not a string: " + member.name);
        }
    }
    auto request = text(*object, "request");
    auto response = text(*object, "response");
    auto request_is = text(*object, "request_is");
    const auto key = text(*object, "key");
    auto key_der = key ? bytes::from_base64(*key) : std::nullopt;
    if (!request || !response || !request_is || !key_der) {
        return complain(path, "not a receipt file: request, request_is, response (text) and key "
                              "(base64) are needed");
    }
    return ReceiptFile{std::move(*request),          std::move(*response),
                       std::move(*key_der),          std::move(*request_is),
                       text(*object, "response_is"), text(*object, "profile")};
}

void ReceiptFile::write_options(bytes::JsonWriter& options) const noexcept {
    options.key("request_is").string(request_is);
    if (response_is) {
        options.key("response_is").string(*response_is);
    }
    if (profile) {
        options.key("profile").string(*profile);
    }
}

} // namespace assay::cli
