// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// A transaction and its result in a block of CometBFT (chain-state.md §7.4): that something
/// happened at a height, never that it still holds.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <vector>

namespace assay::chain {

/// Both proofs are of the same place.
struct TxInclusion {
    std::uint64_t index = 0;
    std::uint64_t total = 0;
    Bytes tx;
    std::vector<Hash32> tx_aunts;
    Bytes result; ///< deterministic: {1 code, 2 data, 5 gas_wanted, 6 gas_used}
    std::vector<Hash32> result_aunts;
};

enum class Execution : std::uint8_t {
    any, ///< only the code counts
    evm, ///< and `data` holds a MsgEthereumTxResponse without a vm_error
};

/// @param data_hash of header H
/// @param last_results_hash of header H + 1
/// @return TX_PROOF_INVALID, TX_NOT_SUCCESSFUL
[[nodiscard]] Result<void> verify_tx(const Hash32& data_hash, const Hash32& last_results_hash,
                                     const TxInclusion& inclusion, Execution execution) noexcept;

} // namespace assay::chain
