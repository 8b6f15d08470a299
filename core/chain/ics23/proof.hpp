// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// ICS23 messages (chain-state.md §6.1; cosmos/ics23 v1 proofs.proto), read strictly. The
/// specification that a proof must have is never read from it (shape.hpp).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace assay::chain {

/// Largest proof, bytes → CHAIN_LIMIT_EXCEEDED; most steps → ICS23_SPEC_MISMATCH.
inline constexpr std::size_t MAX_ICS23_BYTES = std::size_t{64} << 10;
inline constexpr std::size_t MAX_ICS23_STEPS = 128;

/// Views of the message.
struct LeafOp {
    std::uint64_t hash = 0;
    std::uint64_t prehash_key = 0;
    std::uint64_t prehash_value = 0;
    std::uint64_t length = 0;
    BytesView prefix;
};

struct InnerOp {
    std::uint64_t hash = 0;
    BytesView prefix;
    BytesView suffix;
};

struct ExistenceProof {
    BytesView key;
    BytesView value;
    LeafOp leaf;
    std::vector<InnerOp> path; ///< from the leaf to the root; one more than the limit at most
};

struct CommitmentProof {
    std::optional<ExistenceProof> exist; ///< else an absence
    BytesView absent_key;                ///< of an absence; may be empty
    std::optional<ExistenceProof> left;
    std::optional<ExistenceProof> right;

    /// @param bytes must outlive the proof
    /// @return CHAIN_LIMIT_EXCEEDED, ICS23_PROOF_MALFORMED
    [[nodiscard]] static Result<CommitmentProof> parse(BytesView bytes) noexcept;
};

} // namespace assay::chain
