// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/receipt_fields.hpp"

#include "core/bytes/civil_time.hpp"
#include "core/bytes/integer_text.hpp"
#include "core/receipt/field_forms.hpp"

#include <optional>
#include <string_view>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

/// Takes @p count decimal digits and, when it is given, the character after them off @p text.
std::optional<int> take_number(std::string_view& text, std::size_t count, char after = '\0') {
    const std::size_t size = after == '\0' ? count : count + 1;
    if (text.size() < size || (after != '\0' && text[count] != after))
        return std::nullopt;
    const auto value = bytes::read_unsigned(text.substr(0, count));
    text.remove_prefix(size);
    return value ? std::optional{static_cast<int>(*value)} : std::nullopt;
}

/// `YYYY-MM-DDTHH:MM:SS[.ffffff]+00:00`, a valid date of 1970 or later.
std::optional<std::uint64_t> read_legacy_timestamp(const JsonValue& value) {
    if (!value.is(JsonKind::string))
        return std::nullopt;
    std::string_view text = value.string();
    const auto year = take_number(text, 4, '-');
    const auto month = take_number(text, 2, '-');
    const auto day = take_number(text, 2, 'T');
    const auto hour = take_number(text, 2, ':');
    const auto minute = take_number(text, 2, ':');
    const auto second = take_number(text, 2);
    if (!year || !month || !day || !hour || !minute || !second)
        return std::nullopt;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (!take_number(text, 6))
            return std::nullopt;
    }
    if (text != "+00:00" || *year < 1970)
        return std::nullopt;
    const auto seconds = bytes::unix_seconds({*year, *month, *day, *hour, *minute, *second});
    return seconds ? std::optional{static_cast<std::uint64_t>(*seconds)} : std::nullopt;
}

Error bad(std::string_view name) {
    return {ErrorCode::RECEIPT_BAD_FIELD, name};
}

} // namespace

Result<ReceiptFields> read_legacy_fields(const JsonValue& body) noexcept {
    const JsonValue* signature = body.find("signature");
    auto decoded = signature == nullptr ? std::nullopt : read_signature(*signature);
    if (!decoded)
        return bad("signature");
    const JsonValue* hash = body.find("request_hash");
    const auto request_hash = hash == nullptr ? std::nullopt : read_hash(*hash);
    if (!request_hash)
        return bad("request_hash");
    const JsonValue* time = body.find("timestamp");
    const auto timestamp = time == nullptr ? std::nullopt : read_legacy_timestamp(*time);
    if (!timestamp)
        return bad("timestamp");
    return ReceiptFields{std::move(*decoded), *request_hash, {}, {}, *timestamp};
}

Result<ReceiptFields> read_receipt_fields(const JsonValue& object) noexcept {
    for (const std::string_view name : RECEIPT_FIELD_NAMES) {
        if (object.find(name) == nullptr)
            return bad(name);
    }
    auto signature = read_signature(*object.find("tee_signature"));
    if (!signature)
        return bad("tee_signature");
    const auto request_hash = read_hash(*object.find("tee_request_hash"));
    if (!request_hash)
        return bad("tee_request_hash");
    const auto output_hash = read_hash(*object.find("tee_output_hash"));
    if (!output_hash)
        return bad("tee_output_hash");
    const auto tee_id = read_hash(*object.find("tee_id"));
    if (!tee_id)
        return bad("tee_id");
    const auto timestamp = read_timestamp(*object.find("tee_timestamp"));
    if (!timestamp)
        return bad("tee_timestamp");
    return ReceiptFields{std::move(*signature), *request_hash, *output_hash, *tee_id, *timestamp};
}

} // namespace assay::receipt
