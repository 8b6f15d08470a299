// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/registry/quorum.hpp"

#include <algorithm>

namespace assay::chain {

Result<QuorumResult> judge_quorum(std::uint64_t needed, std::uint64_t of,
                                  std::span<const QuorumVote> votes, std::int64_t state_time_s,
                                  const RegistryQuery& query) noexcept {
    const bool named = std::ranges::all_of(votes, [](const QuorumVote& vote) {
        return !vote.operator_name.empty() && !vote.provider.empty();
    });
    if (needed < 2 || needed > of || needed <= of - needed || votes.size() > of || !named)
        return ErrorCode::QUORUM_CONFIG_INVALID;
    const QuorumAnswer* common = nullptr;
    std::vector<std::string_view> operators;
    for (const QuorumVote& vote : votes) {
        if (!vote.answer)
            continue;
        if (common != nullptr && !(*vote.answer == *common))
            return ErrorCode::QUORUM_DISAGREES;
        common = &*vote.answer;
        if (std::ranges::find(operators, vote.operator_name) == operators.end())
            operators.emplace_back(vote.operator_name);
    }
    if (operators.size() < needed)
        return ErrorCode::QUORUM_TOO_FEW;
    if (const auto good = judge_status(common->status, state_time_s, query); !good)
        return good.error();
    return QuorumResult{*common, operators.size()};
}

} // namespace assay::chain
