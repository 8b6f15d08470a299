// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/proof.hpp"

#include "core/bytes/hex.hpp"
#include "core/bytes/json.hpp"
#include "core/zk/ezkl/settings.hpp"
#include "core/zk/snarkjs/files.hpp"

#include <algorithm>

namespace assay::zk::ezkl {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

Error malformed(const char* member) noexcept {
    return {ErrorCode::EZKL_MALFORMED, member};
}

std::optional<Bytes> from_hex_text(std::string_view text) noexcept {
    if (text.substr(0, 2) == "0x")
        text.remove_prefix(2);
    return bytes::from_hex(text);
}

/// Numbers 0 to 255, or hex.
std::optional<Bytes> read_bytes(const JsonValue& value) noexcept {
    if (value.is(JsonKind::string))
        return from_hex_text(value.string());
    if (!value.is(JsonKind::array))
        return std::nullopt;
    Bytes out(value.items().size());
    std::size_t at = 0;
    for (const JsonValue& item : value.items()) {
        const std::string_view raw = item.raw();
        unsigned number = 0;
        if (!item.is(JsonKind::number) || raw.size() > 3)
            return std::nullopt;
        for (const char c : raw) {
            if (c < '0' || c > '9')
                return std::nullopt;
            number = number * 10 + static_cast<unsigned>(c - '0');
        }
        if (number > 255)
            return std::nullopt;
        out[at++] = static_cast<std::uint8_t>(number);
    }
    return out;
}

/// 64 digits little-endian, or 0x and 64 digits big-endian.
std::optional<Number> read_element(const JsonValue& value) noexcept {
    constexpr std::size_t DIGITS = 64;
    if (!value.is(JsonKind::string))
        return std::nullopt;
    std::string_view text = value.string();
    const bool big_endian = text.substr(0, 2) == "0x";
    if (big_endian)
        text.remove_prefix(2);
    auto bytes = text.size() == DIGITS ? bytes::from_hex(text) : std::nullopt;
    if (!bytes)
        return std::nullopt;
    if (!big_endian)
        std::reverse(bytes->begin(), bytes->end());
    return math::read_big_endian<4>(*bytes);
}

} // namespace

Result<Proof> Proof::parse(std::string_view text) noexcept {
    const auto file = read_zk_json(text, PROOF_FILE_BYTES, JSON_DEPTH, ErrorCode::EZKL_MALFORMED);
    if (!file)
        return file.error();
    Proof out;
    const JsonValue* proof = file->find("proof");
    auto bytes = proof == nullptr ? std::nullopt : read_bytes(*proof);
    if (!bytes)
        return malformed("proof");
    if (bytes->size() > PROOF_BYTES)
        return Error{ErrorCode::ZK_LIMIT, "proof"};
    out.bytes = std::move(*bytes);
    if (const JsonValue* hex = file->find("hex_proof");
        hex != nullptr && !hex->is(JsonKind::null)) {
        const auto same =
            hex->is(JsonKind::string) ? from_hex_text(hex->string()) : std::optional{out.bytes};
        if (same != out.bytes)
            return malformed("hex_proof");
    }
    const JsonValue* transcript = file->find("transcript_type");
    if (transcript == nullptr || !transcript->is(JsonKind::string))
        return malformed("transcript_type");
    if (transcript->string() == "Poseidon")
        return Error{ErrorCode::EZKL_VERSION_UNSUPPORTED, "transcript_type"};
    if (transcript->string() != "EVM")
        return malformed("transcript_type");
    if (const JsonValue* scheme = file->find("commitment");
        scheme != nullptr && !scheme->is(JsonKind::null) &&
        !(scheme->is(JsonKind::string) && scheme->string() == "KZG"))
        return Error{ErrorCode::EZKL_VERSION_UNSUPPORTED, "commitment"};
    const JsonValue* columns = file->find("instances");
    if (columns == nullptr || !columns->is(JsonKind::array))
        return malformed("instances");
    out.columns = columns->items().size();
    for (const JsonValue& column : columns->items()) {
        if (!column.is(JsonKind::array))
            return malformed("instances");
        for (const JsonValue& item : column.items()) {
            const auto element = read_element(item);
            if (!element)
                return malformed("instances");
            if (out.instances.size() == MAX_INSTANCES)
                return Error{ErrorCode::ZK_LIMIT, "instances"};
            out.instances.push_back(*element);
        }
    }
    for (const Number& each : out.instances) {
        if (!math::less(each, FrPrime::WORDS))
            return Error{ErrorCode::ZK_SCALAR_OUT_OF_RANGE, "instances"};
    }
    return out;
}

} // namespace assay::zk::ezkl
