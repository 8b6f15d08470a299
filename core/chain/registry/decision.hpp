// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What the registry says of one TEE, and whether that is good (chain-state.md §7.3).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/chain/registry/layout.hpp"
#include "core/chain/registry/state_proof.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace assay::chain {

/// What is asked.
struct RegistryQuery {
    std::uint64_t height = 0;
    Hash32 tee_id{};
    std::optional<Bytes> key{};                      ///< SPKI that the id must name
    std::optional<std::vector<Hash32>> pcr_hashes{}; ///< those that the caller allows
    bool registered_at = false;
    bool ohttp = false; ///< the configuration for confidential chat
    bool tls_certificate = false;
};

struct OhttpRecord {
    std::uint8_t key_id = 0;
    std::uint16_t kem = 0;
    std::uint16_t kdf = 0;
    std::uint16_t aead = 0;
    Bytes public_key;
    Bytes key_config;
    std::uint64_t registered_at = 0;
};

/// Rules 6 to 9 on these.
struct TeeStatus {
    std::uint8_t tee_type = 0;
    bool enabled = false;
    bool pcr_approved = false;
    Hash32 pcr_hash{};
    std::uint64_t last_heartbeat_at = 0;
    Hash32 heartbeat_max_age{}; ///< 256 bits, seconds

    [[nodiscard]] friend bool operator==(const TeeStatus&, const TeeStatus&) noexcept = default;
};

struct TeeRecord {
    TeeStatus status;
    std::optional<std::uint64_t> registered_at{};
    std::optional<OhttpRecord> ohttp{};
    std::optional<Bytes> tls_certificate{};
};

/// @return REGISTRY_KEY_MISMATCH when a key is given that does not hash to the id
[[nodiscard]] Result<void> check_key(const RegistryQuery& query) noexcept;

/// Proves the slots in the order of §7.3 and applies its rules.
/// @param state_time_s time of the header that carries @p app_hash
[[nodiscard]] Result<TeeRecord> judge_tee(const RegistryLayout& layout, const RegistryQuery& query,
                                          const Hash32& app_hash, std::int64_t state_time_s,
                                          const SlotProofs& proofs) noexcept;

/// Rules 6 to 9.
[[nodiscard]] Result<void> judge_status(const TeeStatus& status, std::int64_t state_time_s,
                                        const RegistryQuery& query) noexcept;

} // namespace assay::chain
