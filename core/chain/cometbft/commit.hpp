// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Commits: who signed a block (chain-state.md §4).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/chain/cometbft/header.hpp"
#include "core/chain/cometbft/validators.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace assay::chain {

struct CommitEntry {
    enum class Flag : std::uint8_t { absent = 1, commit = 2, nil = 3 } flag = Flag::absent;
    Timestamp time;
    std::array<std::uint8_t, 64> signature{};
};

struct Commit {
    std::uint64_t height = 0;
    std::uint64_t round = 0;
    BlockId block_id;
    std::vector<CommitEntry> entries; ///< one a validator, in the order of the set

    /// @return CHAIN_COMMIT_MALFORMED for whatever §1 and §4.2 refuse.
    [[nodiscard]] static Result<Commit> parse(const ValidatorSet& validators,
                                              const bytes::JsonValue* json) noexcept;
};

/// A vote as it is signed (§4.1).
struct Vote {
    std::uint64_t type = 2; ///< precommit
    std::uint64_t height = 0;
    std::uint64_t round = 0;
    const BlockId* block_id = nullptr; ///< none: a vote for nil
    Timestamp time;
    std::string_view chain_id;
};
/// @return CanonicalVote, with its length in front.
[[nodiscard]] Bytes vote_bytes(const Vote& vote) noexcept;

/// Exactly numerator / denominator of @p power, rounded down. Both are below 2^32, the numerator is
/// at most the denominator.
[[nodiscard]] std::uint64_t fraction_of(std::uint64_t power, std::uint64_t numerator,
                                        std::uint64_t denominator) noexcept;

/// Checks the signatures of one commit and keeps which were found good, so that none is checked
/// twice when two sets look at the same commit.
class CommitVerifier {
public:
    /// @param chain_id of the caller's configuration. All three outlive the verifier.
    CommitVerifier(std::string_view chain_id, const ValidatorSet& validators,
                   const Commit& commit) noexcept;

    /// More than two thirds of the commit's own set (§4.3).
    /// @return CHAIN_COMMIT_INSUFFICIENT_POWER, CHAIN_SIGNATURE_INVALID
    [[nodiscard]] Result<void> verify_majority() noexcept;

    /// More than @p need of the power of another set, whose members are looked up by address (§5.2
    /// step 7). @return CHAIN_INSUFFICIENT_TRUST, CHAIN_SIGNATURE_INVALID
    [[nodiscard]] Result<void> verify_trust(const ValidatorSet& trusted,
                                            std::uint64_t need) noexcept;

private:
    struct Counted {
        std::uint32_t entry;
        const Hash32* key;
    };
    [[nodiscard]] Result<void> verify(const std::vector<Counted>& counted) noexcept;

    std::string_view chain_id_;
    const ValidatorSet& validators_;
    const Commit& commit_;
    std::vector<std::uint8_t> good_; ///< 1: holds under the key of the commit's own set
};

} // namespace assay::chain
