// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/evm/storage.hpp"

#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>

namespace assay::chain {

Hash32 mapping_slot(const Hash32& key, const Hash32& slot) noexcept {
    return hash::Keccak256{}.update(key).update(slot).finish();
}

Hash32 slot_plus(const Hash32& slot, std::uint64_t offset) noexcept {
    Hash32 out = slot;
    for (std::size_t i = out.size(); i-- > 0 && offset != 0;) {
        const std::uint64_t sum = out[i] + (offset & 0xff);
        out[i] = static_cast<std::uint8_t>(sum);
        offset = (offset >> 8) + (sum >> 8);
    }
    return out;
}

Hash32 data_slot(const Hash32& slot) noexcept {
    return hash::keccak256(slot);
}

Result<Bytes> read_stored_bytes(const StorageWords& words, const Hash32& slot) noexcept {
    constexpr ErrorCode MALFORMED = ErrorCode::REGISTRY_SLOT_MALFORMED;
    constexpr std::size_t SHORT = 31;
    const auto head = words.word(slot);
    if (!head)
        return MALFORMED;
    const auto is_zero = [](std::uint8_t byte) { return byte == 0; };
    const std::uint8_t last = head->back();
    if (last % 2 == 0) {
        const std::size_t length = last / 2;
        if (length > SHORT || !std::all_of(head->begin() + length, head->end() - 1, is_zero))
            return MALFORMED;
        return Bytes{head->begin(), head->begin() + length};
    }
    const auto twice = bytes::word_to_u64(*head);
    if (!twice || *twice / 2 <= SHORT || *twice / 2 > MAX_STORED_BYTES)
        return MALFORMED;
    const auto length = static_cast<std::size_t>(*twice / 2);
    const Hash32 first = data_slot(slot);
    Bytes out;
    for (std::size_t i = 0; i * sizeof(Hash32) < length; ++i) {
        const auto word = words.word(slot_plus(first, i));
        if (!word)
            return MALFORMED;
        out.insert(out.end(), word->begin(), word->end());
    }
    if (!std::all_of(out.begin() + static_cast<std::ptrdiff_t>(length), out.end(), is_zero))
        return MALFORMED;
    out.resize(length);
    return out;
}

} // namespace assay::chain
