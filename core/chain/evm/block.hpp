// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The header of a block of an Ethereum-like chain (chain-state.md §10): from a block hash that the
/// caller trusts to the roots in it. Nothing here authenticates the hash.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <optional>

namespace assay::chain {

inline constexpr std::size_t MAX_BLOCK_HEADER = std::size_t{4} << 10;

struct BlockRoots {
    Hash32 hash;
    Hash32 state_root;
    Hash32 receipts_root;
    std::uint64_t number = 0;
    std::uint64_t timestamp = 0; ///< Unix seconds
};

/// @param height what the caller asked for; none: whatever it is
/// @return CHAIN_LIMIT_EXCEEDED; MPT_PROOF_INVALID for another hash or height;
/// MPT_HEADER_UNSUPPORTED for fields of a later fork; MPT_PROOF_MALFORMED
[[nodiscard]] Result<BlockRoots> verify_block_header(const Hash32& block_hash, BytesView header_rlp,
                                                     std::optional<std::uint64_t> height) noexcept;

} // namespace assay::chain
