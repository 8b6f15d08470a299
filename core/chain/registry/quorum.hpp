// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What several operators say of one TEE at one height (chain-state.md §9), or one of them.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/chain/registry/decision.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::chain {

/// One provider's answer about all that was asked.
struct QuorumAnswer {
    Hash32 tee_id{};
    std::uint64_t height = 0;
    Hash32 block_hash{};
    TeeStatus status;

    [[nodiscard]] friend bool operator==(const QuorumAnswer& a, const QuorumAnswer& b) noexcept {
        return a.tee_id == b.tee_id && a.height == b.height && a.block_hash == b.block_hash &&
               a.status == b.status;
    }
};

struct QuorumVote {
    std::string provider;
    std::string operator_name;
    std::optional<QuorumAnswer> answer{}; ///< none: silent
};

struct QuorumResult {
    QuorumAnswer answer;
    std::size_t agree = 0; ///< operators
};

/// @return QUORUM_CONFIG_INVALID, QUORUM_DISAGREES, QUORUM_TOO_FEW, then rules 6 to 9 of §7.3
[[nodiscard]] Result<QuorumResult> judge_quorum(std::uint64_t needed, std::uint64_t of,
                                                std::span<const QuorumVote> votes,
                                                std::int64_t state_time_s,
                                                const RegistryQuery& query) noexcept;

} // namespace assay::chain
