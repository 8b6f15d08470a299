// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/cometbft/validators.hpp"

#include "core/base/sort.hpp"
#include "core/bytes/protobuf_writer.hpp"
#include "core/chain/cometbft/merkle.hpp"
#include "core/hash/sha2.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace assay::chain {
namespace {

constexpr std::uint64_t MAX_TOTAL_POWER = std::numeric_limits<std::int64_t>::max() / 8;

bool by_address(const Validator& a, const Validator& b) {
    return a.address < b.address;
}

} // namespace

Bytes validator_leaf(const Hash32& key, std::uint64_t power) noexcept {
    constexpr std::array<std::uint8_t, 4> HEAD = {0x0a, 2 + sizeof(Hash32), 0x0a, sizeof(Hash32)};
    Bytes leaf(HEAD.size() + key.size()); // {1: PublicKey {1: key}}, §3
    std::ranges::copy(key, std::ranges::copy(HEAD, leaf.begin()).out);
    bytes::append_varint_field(leaf, 2, power);
    return leaf;
}

bool ValidatorSet::add(const Hash32& key, std::uint64_t power) noexcept {
    if (power == 0 || power > MAX_TOTAL_POWER || power > MAX_TOTAL_POWER - total_power_)
        return false;
    Validator member{key, power, {}};
    const Hash32 digest = hash::sha256(key);
    std::copy_n(digest.begin(), member.address.size(), member.address.begin());
    members_.push_back(member);
    total_power_ += power;
    return true;
}

bool ValidatorSet::finish() noexcept {
    by_address_ = sorted_order<by_address>(members_);
    std::vector<Bytes> leaves;
    leaves.reserve(members_.size());
    for (std::size_t i = 0; i < members_.size(); ++i) {
        if (i > 0 && members_[by_address_[i]].address == members_[by_address_[i - 1]].address)
            return false;
        leaves.push_back(validator_leaf(members_[i].key, members_[i].power));
    }
    hash_ = merkle_root(leaves);
    return true;
}

Result<ValidatorSet> ValidatorSet::parse(const bytes::JsonValue* json) noexcept {
    constexpr ErrorCode MALFORMED = ErrorCode::CHAIN_VALSET_MALFORMED;
    const auto items = items_of(json);
    if (!items || items->empty())
        return MALFORMED;
    if (items->size() > MAX_VALIDATORS)
        return Error{ErrorCode::CHAIN_LIMIT_EXCEEDED, "validators"};
    ValidatorSet set;
    set.members_.reserve(items->size());
    for (const bytes::JsonValue& item : *items) {
        const std::string* type = text_of(member(member(&item, "pub_key"), "type"));
        if (type != nullptr && *type != "tendermint/PubKeyEd25519")
            return ErrorCode::CHAIN_KEY_UNSUPPORTED;
        const auto key = base64_text(member(member(&item, "pub_key"), "value"));
        const auto power = decimal_text(member(&item, "voting_power"));
        const auto address = hex_text(member(&item, "address"));
        if (type == nullptr || !key || key->size() != sizeof(Hash32) || !power || !address)
            return MALFORMED;
        Hash32 bytes{};
        std::copy(key->begin(), key->end(), bytes.begin());
        if (!set.add(bytes, *power) || !std::ranges::equal(*address, set.members_.back().address))
            return MALFORMED;
    }
    return set.finish() ? Result<ValidatorSet>{std::move(set)} : MALFORMED;
}

Result<ValidatorSet>
ValidatorSet::create(std::span<const std::pair<Hash32, std::uint64_t>> members) noexcept {
    ValidatorSet set;
    for (const auto& [key, power] : members) {
        if (members.size() > MAX_VALIDATORS || !set.add(key, power))
            return ErrorCode::CHAIN_VALSET_MALFORMED;
    }
    if (members.empty() || !set.finish())
        return ErrorCode::CHAIN_VALSET_MALFORMED;
    return set;
}

const Validator* ValidatorSet::find(const Address& address) const noexcept {
    std::size_t low = 0;
    for (std::size_t high = by_address_.size(); low < high;) {
        const std::size_t middle = low + (high - low) / 2;
        const Validator& candidate = members_[by_address_[middle]];
        if (candidate.address == address)
            return &candidate;
        if (candidate.address < address)
            low = middle + 1;
        else
            high = middle;
    }
    return nullptr;
}

} // namespace assay::chain
