// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The light client (chain-state.md §5): from a pinned block along a path of blocks to a header
/// whose state root may be believed. Fetching the blocks, and a block between when a step ends in
/// CHAIN_INSUFFICIENT_TRUST, is the caller's loop.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/chain/cometbft/commit.hpp"
#include "core/chain/cometbft/header.hpp"
#include "core/chain/cometbft/validators.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::chain {

inline constexpr std::size_t MAX_PATH = 64;

/// What the caller demands (§5.1). Nothing of it comes from evidence.
struct LightOptions {
    std::string chain_id;
    Timestamp now;
    std::uint64_t trusting_period_s = 14 * 86'400;
    std::uint64_t max_clock_drift_s = 10;
    std::uint64_t trust_numerator = 1; ///< trust level in [1/3, 1], both below 2^32
    std::uint64_t trust_denominator = 3;
    std::uint64_t max_state_age_s = 600;
};

/// What the caller pins: a height and exactly one hash.
struct Pin {
    std::uint64_t height = 0;
    enum class Of : bool { header, validators } of = Of::header;
    Hash32 hash{};
};

/// A block as a node delivers it, parsed and not yet believed.
struct LightBlock {
    Header header;
    ValidatorSet validators;
    std::optional<Commit> commit; ///< not read for an anchor that is pinned by its hash

    enum class CommitIs : bool { needed, unread };
    /// Reads {signed_header: {header, commit}, validators}.
    /// @return CHAIN_HEADER_MALFORMED, then those of ValidatorSet and Commit.
    [[nodiscard]] static Result<LightBlock> parse(const bytes::JsonValue* json,
                                                  CommitIs commit) noexcept;
};

/// A block that was accepted. Made by this module only.
struct TrustedBlock {
    std::string chain_id;
    std::uint64_t height;
    Hash32 hash;
    Timestamp time;
    Hash32 validators_hash;
    Hash32 next_validators_hash;
    Hash32 app_hash;
    Hash32 data_hash;         ///< of the block's transactions (§7.4)
    Hash32 last_results_hash; ///< of the results of the block before
    ValidatorSet validators;  ///< its hash is one of the two
};

/// Phases 1 to 3 of §5.2 from the caller's pin.
/// @param trusted the anchor as evidence holds it
/// @param path light blocks as JSON, heights rising
/// @param target_height of the last block; none: whatever it is
[[nodiscard]] Result<TrustedBlock> follow_path(const LightOptions& options, const Pin& pin,
                                               const bytes::JsonValue* trusted,
                                               std::span<const bytes::JsonValue> path,
                                               std::optional<std::uint64_t> target_height) noexcept;

/// The same from a block that was accepted before.
[[nodiscard]] Result<TrustedBlock> follow_path(const LightOptions& options, TrustedBlock trusted,
                                               std::span<const bytes::JsonValue> path,
                                               std::optional<std::uint64_t> target_height) noexcept;

/// Phase 4. @return CHAIN_STATE_TOO_OLD
[[nodiscard]] Result<void> check_age(const LightOptions& options,
                                     const TrustedBlock& last) noexcept;

} // namespace assay::chain
