// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/cometbft/header.hpp"

#include "core/bytes/protobuf_writer.hpp"
#include "core/chain/cometbft/header_detail.hpp"
#include "core/chain/cometbft/merkle.hpp"
#include "core/chain/json_fields.hpp"

#include <algorithm>
#include <limits>

namespace assay::chain {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

constexpr std::size_t HASH_BYTES = sizeof(Hash32);
constexpr std::array<const char*, Header::FIELDS> NAMES = {
    "last_commit_hash",     "data_hash",      "validators_hash",
    "next_validators_hash", "consensus_hash", "app_hash",
    "last_results_hash",    "evidence_hash",  "proposer_address",
};

bool is_null(const JsonValue* value) {
    return value == nullptr || value->is(JsonKind::null);
}

bool is_hash_or_empty(const Bytes& bytes) {
    return bytes.empty() || bytes.size() == HASH_BYTES;
}

/// A leaf of one field in its wrapper message.
template <typename Value, typename Append>
Bytes wrapped(const Value& value, Append append) {
    Bytes leaf;
    append(leaf, 1, value);
    return leaf;
}

} // namespace

std::optional<BlockId> parse_block_id(const JsonValue* json) noexcept {
    const JsonValue* parts = member(json, "parts");
    const JsonValue* header = member(json, "part_set_header");
    if ((parts == nullptr) == (header == nullptr))
        return std::nullopt;
    if (parts == nullptr)
        parts = header;
    auto hash = hex_text(member(json, "hash"));
    const auto total = plain_number(member(parts, "total"));
    auto parts_hash = hex_text(member(parts, "hash"));
    if (!hash || !total || *total > std::numeric_limits<std::uint32_t>::max() || !parts_hash)
        return std::nullopt;
    return BlockId{*std::move(hash), *total, *std::move(parts_hash)};
}

Bytes encode_block_id(const BlockId& id) noexcept {
    Bytes parts;
    bytes::append_varint_field(parts, 1, id.parts_total);
    bytes::append_bytes_field(parts, 2, id.parts_hash);
    Bytes out;
    bytes::append_bytes_field(out, 1, id.hash);
    bytes::append_message_field(out, 2, parts);
    return out;
}

std::optional<Header> detail::read_header(const JsonValue* json) noexcept {
    Header header;
    const JsonValue* version = member(json, "version");
    const JsonValue* app = member(version, "app");
    const auto block_version = decimal_text(member(version, "block"));
    const auto app_version = app == nullptr ? std::optional<std::uint64_t>{0} : decimal_text(app);
    const std::string* chain_id = text_of(member(json, "chain_id"));
    const auto height = decimal_text(member(json, "height"));
    const std::string* time_text = text_of(member(json, "time"));
    const auto time = time_text == nullptr ? std::nullopt : parse_timestamp(*time_text);
    const JsonValue* last = member(json, "last_block_id");
    auto last_id = is_null(last) ? std::optional<BlockId>{BlockId{}} : parse_block_id(last);
    if (!block_version || !app_version || chain_id == nullptr || !height || !time || !last_id)
        return std::nullopt;
    header.block_version = *block_version;
    header.app_version = *app_version;
    header.chain_id = *chain_id;
    header.height = *height;
    header.time = *time;
    header.last_block_id = *std::move(last_id);
    for (std::size_t i = 0; i < NAMES.size(); ++i) {
        auto field = hex_text(member(json, NAMES[i]));
        if (!field)
            return std::nullopt;
        header.fields[i] = *std::move(field);
    }
    return header;
}

bool detail::is_plausible(const Header& header) noexcept {
    constexpr std::uint64_t BLOCK_PROTOCOL = 11;
    constexpr std::size_t MAX_CHAIN_ID = 50;
    constexpr std::size_t ADDRESS_BYTES = 20;
    constexpr std::uint64_t MAX_HEIGHT = std::numeric_limits<std::int64_t>::max();
    if (header.block_version != BLOCK_PROTOCOL || header.chain_id.size() > MAX_CHAIN_ID ||
        header.height < 1 || header.height > MAX_HEIGHT ||
        !is_hash_or_empty(header.last_block_id.hash) ||
        !is_hash_or_empty(header.last_block_id.parts_hash)) {
        return false;
    }
    for (std::size_t i = 0; i < Header::FIELDS; ++i) {
        const Bytes& field = header.fields[i];
        const bool required = i == Header::validators_hash || i == Header::next_validators_hash ||
                              i == Header::app_hash;
        const bool fits = i == Header::proposer_address ? field.size() == ADDRESS_BYTES
                          : required                    ? field.size() == HASH_BYTES
                                                        : is_hash_or_empty(field);
        if (!fits)
            return false;
    }
    return true;
}

Result<Header> Header::parse(const JsonValue* json) noexcept {
    auto header = detail::read_header(json);
    if (!header || !detail::is_plausible(*header))
        return ErrorCode::CHAIN_HEADER_MALFORMED;
    return *std::move(header);
}

Hash32 Header::hash_field(Field field) const noexcept {
    Hash32 out{};
    std::copy_n(fields[field].begin(), std::min(fields[field].size(), out.size()), out.begin());
    return out;
}

std::vector<Bytes> header_leaves(const Header& header) noexcept {
    Bytes version;
    bytes::append_varint_field(version, 1, header.block_version);
    bytes::append_varint_field(version, 2, header.app_version);
    std::vector<Bytes> leaves{
        version,
        wrapped(as_bytes(header.chain_id), bytes::append_bytes_field),
        wrapped(header.height, bytes::append_varint_field),
        encode_timestamp(header.time),
        encode_block_id(header.last_block_id),
    };
    for (const Bytes& field : header.fields)
        leaves.push_back(wrapped(field, bytes::append_bytes_field));
    return leaves;
}

Hash32 header_hash(const Header& header) noexcept {
    return merkle_root(header_leaves(header));
}

} // namespace assay::chain
