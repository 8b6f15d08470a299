// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The events of the settlement relay (receipt.md §11), read from the log of a transaction. What a
/// log says is worth what its origin is worth: pin the emitting address, and prove or trust the
/// block.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/settlement/leaf.hpp"

#include <array>
#include <cstddef>
#include <variant>
#include <vector>

namespace assay::settlement {

using Address = std::array<std::uint8_t, 20>;

/// Most bytes of a log's data → INPUT_LIMIT.
inline constexpr std::size_t MAX_LOG_BYTES = std::size_t{2} << 20;

struct Log {
    Address address; ///< the contract that emitted it
    std::vector<Hash32> topics;
    Bytes data;
};

/// A batch was settled. The contract checked no signature in it.
struct BatchSettlement {
    Hash32 root;
    Hash32 size; ///< a word: number of leaves, as the relay says
    /// UTF-8 text of a blob's id, by intention. No contract binds the blob to the hashes.
    Bytes blob_id;
};

/// One receipt was settled, after the verifying contract had checked its signature.
struct IndividualSettlement {
    Leaf leaf;
    Address payer;
    Bytes blob_id;
};

using SettlementEvent = std::variant<BatchSettlement, IndividualSettlement>;

/// @return ABI_INVALID when the log is neither of the two events in its one strict encoding;
/// INPUT_LIMIT for more than MAX_LOG_BYTES of data.
[[nodiscard]] Result<SettlementEvent> decode_settlement_event(const Log& log) noexcept;

} // namespace assay::settlement
