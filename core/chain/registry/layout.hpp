// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Where the registry's contract keeps what is asked of it (chain-state.md §7.2). Slots and offsets
/// are the caller's configuration; the defaults are those of TEERegistry.sol as of the
/// specification.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/chain/json_fields.hpp"

#include <cstdint>
#include <optional>

namespace assay::chain {

/// Where a proxy leads (§7.2): a slot of its own storage holds the address of the code that runs.
struct Implementation {
    Hash32 slot{};
    Address address{};
    Hash32 code_hash{};
};

struct RegistryLayout {
    Address address{};
    std::uint64_t heartbeat_max_age = 2; ///< slots
    std::uint64_t pcr_records = 5;
    std::uint64_t tees = 7;
    std::uint64_t public_key = 3; ///< members of TEEInfo
    std::uint64_t tls_certificate = 4;
    std::uint64_t pcr_hash = 5;
    std::uint64_t flags = 6;
    std::uint64_t registered_at = 7;
    std::uint64_t last_heartbeat_at = 8;
    std::uint64_t ohttp_config = 9;                 ///< inferred, see §7.2
    std::optional<Hash32> code_hash{};              ///< pins the contract's code
    std::optional<Implementation> implementation{}; ///< pins what a proxy calls; with code_hash
};

/// The slots of one TEE.
struct TeeSlots {
    Hash32 base;
    Hash32 public_key;
    Hash32 tls_certificate;
    Hash32 pcr_hash;
    Hash32 flags;
    Hash32 registered_at;
    Hash32 last_heartbeat_at;
    Hash32 ohttp_config;
};

[[nodiscard]] TeeSlots tee_slots(const RegistryLayout& layout, const Hash32& tee_id) noexcept;
[[nodiscard]] Hash32 heartbeat_max_age_slot(const RegistryLayout& layout) noexcept;
/// The record that approves a measurement for a type of TEE.
[[nodiscard]] Hash32 pcr_record_slot(const RegistryLayout& layout, std::uint8_t tee_type,
                                     const Hash32& pcr_hash) noexcept;

/// Keys of the store `evm` (§7.1): 02 || address || slot, and 04 || address for the code's hash.
[[nodiscard]] Bytes store_key(const Address& address, const Hash32& slot) noexcept;
[[nodiscard]] Bytes code_hash_key(const Address& address) noexcept;

} // namespace assay::chain
