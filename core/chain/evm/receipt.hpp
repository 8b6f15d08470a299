// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// A transaction's receipt in the receipts trie (chain-state.md §10).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/chain/json_fields.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace assay::chain {

/// Views of the proof's nodes.
struct EvmLog {
    Address address;
    std::vector<Hash32> topics; ///< at most four
    BytesView data;
};

struct EvmReceipt {
    std::uint8_t type = 0; ///< 0: before typed transactions
    /// 1 = success; none before Byzantium, when there was a state root in its place.
    std::optional<std::uint8_t> status{};
    std::vector<EvmLog> logs;
    BytesView raw;
};

/// The receipt at @p index of the block; the receipts are keyed by rlp(index).
/// @return CHAIN_LIMIT_EXCEEDED, MPT_PROOF_MALFORMED, MPT_PROOF_INVALID; the absence of a receipt
/// is no proof of one. What the caller must still check: status, address and topics.
[[nodiscard]] Result<EvmReceipt> verify_receipt(const Hash32& receipts_root, std::uint64_t index,
                                                std::span<const Bytes> nodes) noexcept;

} // namespace assay::chain
