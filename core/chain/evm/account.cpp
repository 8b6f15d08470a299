// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/evm/account.hpp"

#include "core/bytes/rlp.hpp"
#include "core/chain/evm/trie.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>

namespace assay::chain {
namespace {

using bytes::JsonValue;
using bytes::RlpItem;

constexpr ErrorCode MALFORMED = ErrorCode::MPT_PROOF_MALFORMED;
constexpr ErrorCode INVALID = ErrorCode::MPT_PROOF_INVALID;

Hash32 word_of(BytesView content) {
    Hash32 word{};
    std::ranges::copy(content, word.end() - static_cast<std::ptrdiff_t>(content.size()));
    return word;
}

Result<void> read_account(BytesView value, ProvenAccount& out) {
    constexpr std::size_t NONCE_BYTES = 8;
    const auto list = bytes::read_rlp(value);
    const auto items = list ? bytes::rlp_items(*list, 4) : std::nullopt;
    const auto is_hash = [](const RlpItem& item) {
        return item.is_string() && item.content.size() == sizeof(Hash32);
    };
    if (!items || items->size() != 4 || !bytes::is_rlp_integer((*items)[0], NONCE_BYTES) ||
        !bytes::is_rlp_integer((*items)[1], sizeof(Hash32)) || !is_hash((*items)[2]) ||
        !is_hash((*items)[3])) {
        return MALFORMED;
    }
    out.exists = true;
    out.nonce = word_of((*items)[0].content);
    out.balance = word_of((*items)[1].content);
    out.storage_root = word_of((*items)[2].content);
    out.code_hash = word_of((*items)[3].content);
    return Result<void>::ok();
}

Result<ProvenSlot> verify_slot(const Hash32& root, const JsonValue& json) {
    const auto slot = quantity(member(&json, "key"));
    const auto claimed = quantity(member(&json, "value"));
    if (!slot || !claimed)
        return MALFORMED;
    const auto nodes = read_nodes(member(&json, "proof"));
    if (!nodes)
        return nodes.error();
    const auto found = walk_trie(root, hash::keccak256(*slot), *nodes, MAX_STATE_NODE);
    if (!found)
        return found.error();
    ProvenSlot proven{*slot, {}};
    if (*found) {
        const auto number = bytes::read_rlp(**found);
        if (!number || !bytes::is_rlp_integer(*number, sizeof(Hash32)) || number->content.empty())
            return MALFORMED;
        proven.value = word_of(number->content);
    }
    return proven.value == *claimed ? Result<ProvenSlot>{proven} : INVALID;
}

} // namespace

Result<std::vector<Bytes>> read_nodes(const JsonValue* json) noexcept {
    const auto items = items_of(json);
    if (!items)
        return MALFORMED;
    if (items->size() > MAX_TRIE_NODES)
        return ErrorCode::CHAIN_LIMIT_EXCEEDED;
    std::vector<Bytes> nodes;
    for (const JsonValue& item : *items) {
        auto node = prefixed_hex(&item);
        if (!node)
            return MALFORMED;
        nodes.push_back(*std::move(node));
    }
    return nodes;
}

Result<ProvenAccount> verify_account(const Hash32& state_root, const JsonValue& answer) noexcept {
    const auto slots = items_of(member(&answer, "storageProof"));
    const auto address = prefixed_address(member(&answer, "address"));
    const auto nonce = quantity(member(&answer, "nonce"));
    const auto balance = quantity(member(&answer, "balance"));
    const auto storage_root = prefixed_hash(member(&answer, "storageHash"));
    const auto code_hash = prefixed_hash(member(&answer, "codeHash"));
    if (!slots || !address || !nonce || !balance || !storage_root || !code_hash)
        return MALFORMED;
    if (slots->size() > MAX_STORAGE_PROOFS)
        return Error{ErrorCode::CHAIN_LIMIT_EXCEEDED, "storageProof"};
    const auto nodes = read_nodes(member(&answer, "accountProof"));
    if (!nodes)
        return nodes.error();
    const auto found = walk_trie(state_root, hash::keccak256(*address), *nodes, MAX_STATE_NODE);
    if (!found)
        return found.error();
    ProvenAccount account{.address = *address, .slots = {}};
    if (*found) {
        if (const auto read = read_account(**found, account); !read)
            return read.error();
    } else {
        account.storage_root = empty_trie_root();
        account.code_hash = hash::keccak256({});
    }
    if (account.nonce != *nonce || account.balance != *balance ||
        account.storage_root != *storage_root || account.code_hash != *code_hash) {
        return INVALID;
    }
    for (const JsonValue& item : *slots) {
        const auto slot = verify_slot(account.storage_root, item);
        if (!slot)
            return slot.error();
        account.slots.push_back(*slot);
    }
    return account;
}

} // namespace assay::chain
