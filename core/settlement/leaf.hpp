// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// One settled receipt as a leaf of a settlement tree (receipt.md §11).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"

namespace assay::settlement {

/// The ABI tuple (bytes32 teeId, bytes32 inputHash, bytes32 outputHash, bytes signature, uint256
/// timestamp). As the prover claims it: nothing here is verified.
struct Leaf {
    Hash32 tee_id;
    Hash32 input_hash;
    Hash32 output_hash;
    Bytes signature;  ///< raw, not base64
    Hash32 timestamp; ///< a word
};

/// @return keccak256(keccak256(abi.encode(leaf))). A verifier takes the hash from here, never from
/// the prover.
[[nodiscard]] Hash32 leaf_hash(const Leaf& leaf) noexcept;

/// Checks the enclave's signature in a leaf, without any age limit. The contract checks none when
/// it settles a batch, so a leaf in a settled tree is only as good as this.
/// @param spki DER SubjectPublicKeyInfo of the enclave's signing key, from a verified attestation
/// @param checks gets one row per check made
/// @return RECEIPT_KEY_UNSUPPORTED, RECEIPT_TEE_ID_MISMATCH, RECEIPT_SIGNATURE_INVALID.
[[nodiscard]] Result<void> verify_leaf_signature(BytesView spki, const Leaf& leaf,
                                                 CheckList& checks) noexcept;

} // namespace assay::settlement
