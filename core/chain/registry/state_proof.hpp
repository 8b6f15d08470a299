// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Values of the store `evm` under an app hash (chain-state.md §7.1): each proven by two ICS23
/// proofs, in the store's tree and in the multistore.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/chain/evm/storage.hpp"
#include "core/chain/registry/layout.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace assay::chain {

/// The two proofs of one key, as bytes.
struct StorePair {
    Bytes store;      ///< IAVL
    Bytes multistore; ///< simple
};

/// @param json ["0x…", "0x…"]
/// @return REGISTRY_NOT_PROVEN unless there are exactly two non-empty proofs; CHAIN_LIMIT_EXCEEDED;
/// ICS23_PROOF_MALFORMED
[[nodiscard]] Result<StorePair> read_pair(const bytes::JsonValue* json) noexcept;

/// @param store_bytes,multistore_bytes the two proofs
/// @return the value under @p key in the store @p name (`evm`), a view of its proof, nothing when
/// its absence is shown; CHAIN_LIMIT_EXCEEDED, ICS23_PROOF_MALFORMED, ICS23_SPEC_MISMATCH,
/// ICS23_PROOF_INVALID
[[nodiscard]] Result<std::optional<BytesView>> verify_pair(BytesView app_hash,
                                                           std::string_view name, BytesView key,
                                                           BytesView store_bytes,
                                                           BytesView multistore_bytes) noexcept;

/// The answer to eth_getProof of the chain's own nodes: slots of one contract, looked up by number.
class SlotProofs {
public:
    /// @param json the answer; outlives this
    /// @return REGISTRY_NOT_PROVEN for an answer that is not of @p address, or of no such form
    [[nodiscard]] static Result<SlotProofs> read(const Address& address,
                                                 const bytes::JsonValue* json) noexcept;

    /// @return the proven word, nothing for a slot that was never written; REGISTRY_NOT_PROVEN when
    /// the slot is not in the answer exactly once; as verify_pair()
    [[nodiscard]] Result<std::optional<Hash32>> prove(const Hash32& app_hash,
                                                      const Hash32& slot) const noexcept;
    /// Whether the answer names the slot at all.
    [[nodiscard]] bool names(const Hash32& slot) const noexcept;

private:
    struct Entry {
        Hash32 slot;
        const bytes::JsonValue* json;
    };
    Address address_{};
    std::vector<Entry> entries_;
};

} // namespace assay::chain
