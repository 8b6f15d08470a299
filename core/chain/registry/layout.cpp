// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/registry/layout.hpp"

#include "core/bytes/word.hpp"
#include "core/chain/evm/storage.hpp"

#include <algorithm>
#include <cstddef>

namespace assay::chain {
namespace {

Bytes key_of(std::uint8_t kind, const Address& address, BytesView rest) {
    Bytes key(1 + address.size() + rest.size(), kind);
    std::copy(address.begin(), address.end(), key.begin() + 1);
    std::copy(rest.begin(), rest.end(), key.end() - static_cast<std::ptrdiff_t>(rest.size()));
    return key;
}

} // namespace

TeeSlots tee_slots(const RegistryLayout& layout, const Hash32& tee_id) noexcept {
    const Hash32 base = mapping_slot(tee_id, bytes::word_from_u64(layout.tees));
    return {base,
            slot_plus(base, layout.public_key),
            slot_plus(base, layout.tls_certificate),
            slot_plus(base, layout.pcr_hash),
            slot_plus(base, layout.flags),
            slot_plus(base, layout.registered_at),
            slot_plus(base, layout.last_heartbeat_at),
            slot_plus(base, layout.ohttp_config)};
}

Hash32 heartbeat_max_age_slot(const RegistryLayout& layout) noexcept {
    return bytes::word_from_u64(layout.heartbeat_max_age);
}

Hash32 pcr_record_slot(const RegistryLayout& layout, std::uint8_t tee_type,
                       const Hash32& pcr_hash) noexcept {
    const Hash32 by_type =
        mapping_slot(bytes::word_from_u64(tee_type), bytes::word_from_u64(layout.pcr_records));
    return mapping_slot(pcr_hash, by_type);
}

Bytes store_key(const Address& address, const Hash32& slot) noexcept {
    constexpr std::uint8_t STORAGE = 2;
    return key_of(STORAGE, address, slot);
}

Bytes code_hash_key(const Address& address) noexcept {
    constexpr std::uint8_t CODE_HASH = 4;
    return key_of(CODE_HASH, address, {});
}

} // namespace assay::chain
