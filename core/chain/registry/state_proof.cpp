// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/registry/state_proof.hpp"

#include "core/chain/ics23/verify.hpp"
#include "core/chain/json_fields.hpp"

#include <algorithm>

namespace assay::chain {
namespace {

using bytes::JsonValue;

constexpr ErrorCode INVALID = ErrorCode::ICS23_PROOF_INVALID;

} // namespace

Result<StorePair> read_pair(const JsonValue* json) noexcept {
    const auto items = items_of(json);
    if (!items || items->size() != 2)
        return ErrorCode::REGISTRY_NOT_PROVEN;
    StorePair pair;
    for (std::size_t i = 0; i < 2; ++i) {
        const std::string* text = text_of(&(*items)[i]);
        if (text == nullptr || text->empty())
            return ErrorCode::REGISTRY_NOT_PROVEN;
        if (text->size() > 2 + 2 * MAX_ICS23_BYTES)
            return Error{ErrorCode::CHAIN_LIMIT_EXCEEDED, "proof"};
        auto bytes = prefixed_hex(*text);
        if (!bytes)
            return ErrorCode::ICS23_PROOF_MALFORMED;
        (i == 0 ? pair.store : pair.multistore) = *std::move(bytes);
    }
    return pair;
}

Result<std::optional<BytesView>> verify_pair(BytesView app_hash, std::string_view name,
                                             BytesView key, BytesView store_bytes,
                                             BytesView multistore_bytes) noexcept {
    const auto store = CommitmentProof::parse(store_bytes);
    if (!store)
        return store.error();
    const auto multistore = CommitmentProof::parse(multistore_bytes);
    if (!multistore)
        return multistore.error();
    if (const auto shape = check_shape(Tree::iavl, *store); !shape)
        return shape.error();
    if (const auto shape = check_shape(Tree::simple, *multistore); !shape)
        return shape.error();
    // The leaf of the multistore holds the root of the store's tree.
    if (!multistore->exist || multistore->exist->value.size() != sizeof(Hash32))
        return INVALID;
    const BytesView root = multistore->exist->value;
    if (const auto named = verify_existence(app_hash, as_bytes(name), root, *multistore); !named)
        return named.error();
    if (!store->exist) {
        const auto absent = verify_absence(Tree::iavl, root, key, *store);
        return absent ? Result<std::optional<BytesView>>{std::optional<BytesView>{}}
                      : absent.error();
    }
    const BytesView value = store->exist->value;
    if (const auto there = verify_existence(root, key, value, *store); !there)
        return there.error();
    return std::optional{value};
}

Result<SlotProofs> SlotProofs::read(const Address& address, const JsonValue* json) noexcept {
    const auto named = prefixed_address(member(json, "address"));
    const auto items = items_of(member(json, "storageProof"));
    if (!named || *named != address || !items)
        return Error{ErrorCode::REGISTRY_NOT_PROVEN, "proof"};
    SlotProofs proofs;
    proofs.address_ = address;
    for (const JsonValue& item : *items) {
        const auto slot = quantity(member(&item, "key"));
        if (!slot)
            return Error{ErrorCode::REGISTRY_NOT_PROVEN, "proof.storageProof"};
        proofs.entries_.push_back({*slot, &item});
    }
    return proofs;
}

bool SlotProofs::names(const Hash32& slot) const noexcept {
    return std::ranges::find(entries_, slot, &Entry::slot) != entries_.end();
}

Result<std::optional<Hash32>> SlotProofs::prove(const Hash32& app_hash,
                                                const Hash32& slot) const noexcept {
    if (std::ranges::count(entries_, slot, &Entry::slot) != 1)
        return ErrorCode::REGISTRY_NOT_PROVEN;
    const JsonValue* json = std::ranges::find(entries_, slot, &Entry::slot)->json;
    const auto pair = read_pair(member(json, "proof"));
    if (!pair)
        return pair.error();
    const auto value =
        verify_pair(app_hash, "evm", store_key(address_, slot), pair->store, pair->multistore);
    if (!value)
        return value.error();
    std::optional<Hash32> word;
    if (*value) {
        if ((*value)->size() != sizeof(Hash32))
            return INVALID;
        std::ranges::copy(**value, word.emplace().begin());
    }
    // What the answer says beside its proof must be what it proves.
    return quantity(member(json, "value")) == word.value_or(Hash32{})
               ? Result<std::optional<Hash32>>{word}
               : INVALID;
}

} // namespace assay::chain
