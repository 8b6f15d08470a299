// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Merkle-Patricia proofs (chain-state.md §10; Yellow Paper, appendix D) over strict RLP.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace assay::chain {

inline constexpr std::size_t MAX_TRIE_NODES = 65;
/// Largest node, bytes.
inline constexpr std::size_t MAX_STATE_NODE = std::size_t{4} << 10;
inline constexpr std::size_t MAX_RECEIPT_NODE = std::size_t{1} << 20;

/// keccak256(0x80): the root of a trie without entries.
[[nodiscard]] const Hash32& empty_trie_root() noexcept;

/// Walks from @p root to @p key, which is used as it is. Every node must be used.
/// @param nodes from the root; those below 32 bytes are embedded in their parents, not repeated
/// @return the value, a view of a node; nothing when its absence is shown; CHAIN_LIMIT_EXCEEDED,
/// MPT_PROOF_MALFORMED for a node that is none, MPT_PROOF_INVALID
[[nodiscard]] Result<std::optional<BytesView>> walk_trie(const Hash32& root, BytesView key,
                                                         std::span<const Bytes> nodes,
                                                         std::size_t max_node) noexcept;

} // namespace assay::chain
