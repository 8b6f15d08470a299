// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/freshness.hpp"

#include <limits>

namespace assay::receipt {
namespace {

/// Seconds from @p now to a later or equal @p timestamp; saturates.
std::uint64_t lead(std::uint64_t timestamp, std::int64_t now) {
    if (now >= 0)
        return timestamp - static_cast<std::uint64_t>(now);
    const std::uint64_t before_1970 = 0 - static_cast<std::uint64_t>(now);
    constexpr std::uint64_t MAX = std::numeric_limits<std::uint64_t>::max();
    return timestamp > MAX - before_1970 ? MAX : timestamp + before_1970;
}

} // namespace

Result<void> check_freshness(const FreshnessPolicy& policy, std::uint64_t timestamp,
                             std::int64_t now) noexcept {
    const bool past = now >= 0 && static_cast<std::uint64_t>(now) >= timestamp;
    if (past) {
        const std::uint64_t age = static_cast<std::uint64_t>(now) - timestamp;
        if (policy.max_age_s && age > *policy.max_age_s)
            return Error{ErrorCode::RECEIPT_TOO_OLD, "tee_timestamp"};
    } else if (policy.future_s && lead(timestamp, now) > *policy.future_s) {
        return Error{ErrorCode::RECEIPT_FROM_FUTURE, "tee_timestamp"};
    }
    return Result<void>::ok();
}

} // namespace assay::receipt
