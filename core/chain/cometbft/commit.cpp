// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/cometbft/commit.hpp"

#include "core/bytes/protobuf_writer.hpp"
#include "core/chain/json_fields.hpp"
#include "core/signatures/ed25519_batch.hpp"

#include <algorithm>
#include <limits>

namespace assay::chain {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

/// @param address that of the validator at the same place
std::optional<CommitEntry> parse_entry(const JsonValue& json, const Address& address) {
    const auto flag = plain_number(member(&json, "block_id_flag"));
    const auto signer = hex_text(member(&json, "validator_address"));
    const std::string* time_text = text_of(member(&json, "timestamp"));
    const auto time = time_text == nullptr ? std::nullopt : parse_timestamp(*time_text);
    const JsonValue* signature_json = member(&json, "signature");
    const bool none = signature_json != nullptr && signature_json->is(JsonKind::null);
    const auto signature = none ? std::optional{Bytes{}} : base64_text(signature_json);
    if (!flag || *flag < 1 || *flag > 3 || !signer || !signature)
        return std::nullopt;
    CommitEntry entry{static_cast<CommitEntry::Flag>(*flag), time.value_or(Timestamp{})};
    if (entry.flag == CommitEntry::Flag::absent) // its time is nobody's
        return signer->empty() && signature->empty() ? std::optional{entry} : std::nullopt;
    if (!time || !std::ranges::equal(*signer, address) ||
        signature->size() != entry.signature.size())
        return std::nullopt;
    std::copy(signature->begin(), signature->end(), entry.signature.begin());
    return entry;
}

} // namespace

Result<Commit> Commit::parse(const ValidatorSet& validators, const JsonValue* json) noexcept {
    constexpr ErrorCode MALFORMED = ErrorCode::CHAIN_COMMIT_MALFORMED;
    constexpr std::uint64_t MAX_HEIGHT = std::numeric_limits<std::int64_t>::max();
    constexpr std::uint64_t MAX_ROUND = std::numeric_limits<std::int32_t>::max();
    const auto height = decimal_text(member(json, "height"));
    const auto round = plain_number(member(json, "round"));
    auto block_id = parse_block_id(member(json, "block_id"));
    const auto signatures = items_of(member(json, "signatures"));
    const auto& members = validators.members();
    if (!height || *height < 1 || *height > MAX_HEIGHT || !round || *round > MAX_ROUND ||
        !block_id || block_id->hash.size() != sizeof(Hash32) ||
        block_id->parts_hash.size() != sizeof(Hash32) || !signatures ||
        signatures->size() != members.size()) {
        return MALFORMED;
    }
    Commit commit{*height, *round, *std::move(block_id), {}};
    commit.entries.reserve(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        const auto entry = parse_entry((*signatures)[i], members[i].address);
        if (!entry)
            return Error{MALFORMED, "signatures." + std::to_string(i)};
        commit.entries.push_back(*entry);
    }
    return commit;
}

Bytes vote_bytes(const Vote& vote) noexcept {
    Bytes message;
    bytes::append_varint_field(message, 1, vote.type);
    bytes::append_fixed64_field(message, 2, vote.height);
    bytes::append_fixed64_field(message, 3, vote.round);
    if (vote.block_id != nullptr)
        bytes::append_message_field(message, 4, encode_block_id(*vote.block_id));
    bytes::append_message_field(message, 5, encode_timestamp(vote.time));
    bytes::append_bytes_field(message, 6, as_bytes(vote.chain_id));
    Bytes out;
    bytes::append_varint(out, message.size());
    out.insert(out.end(), message.begin(), message.end());
    return out;
}

std::uint64_t fraction_of(std::uint64_t power, std::uint64_t numerator,
                          std::uint64_t denominator) noexcept {
    return power / denominator * numerator + power % denominator * numerator / denominator;
}

CommitVerifier::CommitVerifier(std::string_view chain_id, const ValidatorSet& validators,
                               const Commit& commit) noexcept
    : chain_id_{chain_id}, validators_{validators}, commit_{commit}, good_(commit.entries.size()) {}

Result<void> CommitVerifier::verify_majority() noexcept {
    const std::uint64_t need = fraction_of(validators_.total_power(), 2, 3);
    std::uint64_t tally = 0;
    std::vector<Counted> counted;
    for (std::uint32_t i = 0; i < commit_.entries.size() && tally <= need; ++i) {
        if (commit_.entries[i].flag == CommitEntry::Flag::commit) {
            const Validator& member = validators_.members()[i];
            tally += member.power;
            counted.push_back({i, &member.key});
        }
    }
    return tally > need ? verify(counted) : ErrorCode::CHAIN_COMMIT_INSUFFICIENT_POWER;
}

Result<void> CommitVerifier::verify_trust(const ValidatorSet& trusted,
                                          std::uint64_t need) noexcept {
    std::uint64_t tally = 0;
    std::vector<Counted> counted;
    for (std::uint32_t i = 0; i < commit_.entries.size() && tally <= need; ++i) {
        const Validator* member = commit_.entries[i].flag == CommitEntry::Flag::commit
                                      ? trusted.find(validators_.members()[i].address)
                                      : nullptr;
        if (member != nullptr) {
            tally += member->power;
            counted.push_back({i, &member->key});
        }
    }
    return tally > need ? verify(counted) : ErrorCode::CHAIN_INSUFFICIENT_TRUST;
}

Result<void> CommitVerifier::verify(const std::vector<Counted>& counted) noexcept {
    std::vector<Bytes> messages;
    std::vector<signatures::Ed25519Task> tasks;
    messages.reserve(counted.size()); // the tasks hold views of them
    for (const auto& [i, key] : counted) {
        const CommitEntry& entry = commit_.entries[i];
        // Two keys of one address would be two keys: a result counts for the key it was made with.
        const bool own_key = *key == validators_.members()[i].key;
        if (own_key && good_[i] != 0)
            continue;
        messages.push_back(vote_bytes({.height = commit_.height,
                                       .round = commit_.round,
                                       .block_id = &commit_.block_id,
                                       .time = entry.time,
                                       .chain_id = chain_id_}));
        tasks.push_back({*key, messages.back(), entry.signature});
    }
    if (!signatures::verify_ed25519_batch(tasks))
        return ErrorCode::CHAIN_SIGNATURE_INVALID;
    for (const auto& [i, key] : counted) {
        if (*key == validators_.members()[i].key)
            good_[i] = 1;
    }
    return Result<void>::ok();
}

} // namespace assay::chain
