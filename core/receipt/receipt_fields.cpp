// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/receipt_fields.hpp"

#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/receipt/number_text.hpp"

#include <charconv>
#include <optional>
#include <system_error>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

constexpr std::size_t MAX_TIMESTAMP_DIGITS = 20; // of 2^64 - 1

std::optional<Bytes> read_signature(const JsonValue& value) {
    if (!value.is(JsonKind::string) || value.string().empty())
        return std::nullopt;
    return bytes::from_base64(value.string());
}

std::optional<Hash32> read_hash(const JsonValue& value) {
    if (!value.is(JsonKind::string))
        return std::nullopt;
    std::string_view digits = value.string();
    if (digits.starts_with("0x"))
        digits.remove_prefix(2);
    return bytes::hash_from_hex(digits);
}

/// An integer token, or a text `0|[1-9][0-9]{0,19}`, below 2^64.
std::optional<std::uint64_t> read_timestamp(const JsonValue& value) {
    std::string_view digits;
    if (value.is(JsonKind::number) && is_integer_token(value.raw())) {
        digits = value.raw() == "-0" ? "0" : value.raw();
    } else if (value.is(JsonKind::string)) {
        digits = value.string();
        if (digits.size() > 1 && digits[0] == '0')
            return std::nullopt;
    }
    if (digits.empty() || digits.size() > MAX_TIMESTAMP_DIGITS ||
        digits.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    std::uint64_t seconds = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (error != std::errc{})
        return std::nullopt; // 2^64 or more
    return seconds;
}

} // namespace

Result<ReceiptFields> read_receipt_fields(const JsonValue& object) noexcept {
    const auto bad = [](std::string_view name) {
        return Error{ErrorCode::RECEIPT_BAD_FIELD, std::string{name}};
    };
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
