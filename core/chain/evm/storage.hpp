// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Where Solidity keeps things (chain-state.md §7.2; Solidity documentation, "Layout of State
/// Variables in Storage"). Slots and words are 32 bytes, most significant first.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <optional>

namespace assay::chain {

/// Most bytes of a byte string in storage.
inline constexpr std::size_t MAX_STORED_BYTES = std::size_t{64} << 10;

/// The slot of a mapping's value: keccak256(key || slot).
[[nodiscard]] Hash32 mapping_slot(const Hash32& key, const Hash32& slot) noexcept;

/// @p offset slots further, modulo 2^256: a struct's member, an array's element.
[[nodiscard]] Hash32 slot_plus(const Hash32& slot, std::uint64_t offset) noexcept;

/// Where the bytes of a long string at @p slot, or the elements of an array, begin.
[[nodiscard]] Hash32 data_slot(const Hash32& slot) noexcept;

/// Gives the proven word of a slot, or nothing.
class StorageWords {
public:
    [[nodiscard]] virtual std::optional<Hash32> word(const Hash32& slot) const noexcept = 0;

protected:
    ~StorageWords() = default;
};

/// `bytes` or `string` at @p slot. Every word must be there.
/// @return REGISTRY_SLOT_MALFORMED
[[nodiscard]] Result<Bytes> read_stored_bytes(const StorageWords& words,
                                              const Hash32& slot) noexcept;

} // namespace assay::chain
