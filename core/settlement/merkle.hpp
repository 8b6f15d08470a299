// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// OpenZeppelin's StandardMerkleTree (receipt.md §11): sorted leaves, sorted pairs, keccak256. A
/// leaf is hashed twice (leaf.hpp), so no inner node can pass for one.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::settlement {

/// Most nodes of the proof of one leaf, and of each leaf of a multiproof → MERKLE_PROOF_INVALID.
inline constexpr std::size_t MAX_PROOF_NODES = 64;
/// Most leaves of a tree that is rebuilt → INPUT_LIMIT.
inline constexpr std::size_t MAX_TREE_LEAVES = std::size_t{1} << 20;

/// @param leaf from leaf_hash()
/// @return MERKLE_PROOF_INVALID when the proof does not lead from the leaf to the root. What the
/// caller must still check: that the root was settled, and the signature in the leaf.
[[nodiscard]] Result<void> verify_proof(const Hash32& root, const Hash32& leaf,
                                        std::span<const Hash32> proof) noexcept;

/// Several leaves at once, in the order in which the prover's flags take them (MerkleProof.sol,
/// processMultiProof).
/// @param flags one a pair, 1 = both come from the leaves and the nodes made so far, 0 = one is the
/// next
///   node of the proof
/// @return MERKLE_PROOF_INVALID as above, and without a leaf.
[[nodiscard]] Result<void> verify_multiproof(const Hash32& root, std::span<const Hash32> leaves,
                                             std::span<const Hash32> proof,
                                             std::span<const std::uint8_t> flags) noexcept;

/// @return the root of the tree of these leaves, in any order; MERKLE_PROOF_INVALID without a leaf.
[[nodiscard]] Result<Hash32> tree_root(std::span<const Hash32> leaves) noexcept;

} // namespace assay::settlement
