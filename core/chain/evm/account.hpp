// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The answer to eth_getProof (chain-state.md §10), shown under a state root.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/chain/json_fields.hpp"

#include <vector>

namespace assay::chain {

/// Most slots of one answer → CHAIN_LIMIT_EXCEEDED.
inline constexpr std::size_t MAX_STORAGE_PROOFS = 64;

struct ProvenSlot {
    Hash32 slot;
    Hash32 value; ///< zero: nothing is stored
};

struct ProvenAccount {
    Address address;
    bool exists = false;
    Hash32 nonce{};
    Hash32 balance{};
    Hash32 storage_root{};
    Hash32 code_hash{};
    std::vector<ProvenSlot> slots; ///< in the order of the answer
};

/// Everything that the answer says must be what the proofs show.
/// @return CHAIN_LIMIT_EXCEEDED, MPT_PROOF_MALFORMED, MPT_PROOF_INVALID. What the caller must still
/// check: where the root is from, and that the address and the slots are those he asked for.
[[nodiscard]] Result<ProvenAccount> verify_account(const Hash32& state_root,
                                                   const bytes::JsonValue& answer) noexcept;

/// The nodes of a proof. @return CHAIN_LIMIT_EXCEEDED, MPT_PROOF_MALFORMED
[[nodiscard]] Result<std::vector<Bytes>> read_nodes(const bytes::JsonValue* json) noexcept;

} // namespace assay::chain
