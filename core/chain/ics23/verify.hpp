// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The two trees of a Cosmos chain and what is shown in them (chain-state.md §6.2, §6.3). Both
/// shapes are fixed here and stricter than the reference's: a step has exactly one sibling at a
/// known place, a leaf can never pose as an inner node, and nothing may follow a leaf's version, so
/// that none of the forgeries of §6.4 has the shape. Not implemented: batches, compressed proofs,
/// sparse trees.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/chain/ics23/proof.hpp"

namespace assay::chain {

enum class Tree : std::uint8_t {
    iavl,   ///< a store
    simple, ///< the multistore: the roots of all stores
};

/// §6.2 for every embedded existence proof; no hash is computed.
/// @return ICS23_SPEC_MISMATCH
[[nodiscard]] Result<void> check_shape(Tree tree, const CommitmentProof& proof) noexcept;

/// @pre check_shape()
/// @return ICS23_PROOF_INVALID unless the proof shows @p value under @p key
[[nodiscard]] Result<void> verify_existence(BytesView root, BytesView key, BytesView value,
                                            const CommitmentProof& proof) noexcept;

/// @pre check_shape()
/// @return ICS23_PROOF_INVALID unless the proof shows that nothing is under @p key
[[nodiscard]] Result<void> verify_absence(Tree tree, BytesView root, BytesView key,
                                          const CommitmentProof& proof) noexcept;

} // namespace assay::chain
