// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Age limits of a receipt (receipt.md §8).
#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <optional>

namespace assay::receipt {

/// Limits in seconds; the defaults are those of the contract, nothing means no limit.
struct FreshnessPolicy {
    std::optional<std::uint64_t> max_age_s = 3600;
    std::optional<std::uint64_t> future_s = 300;
};

/// @param timestamp of the receipt and @param now of the verifier, seconds since 1970
/// @return RECEIPT_TOO_OLD or RECEIPT_FROM_FUTURE; equality with a limit passes.
[[nodiscard]] Result<void> check_freshness(const FreshnessPolicy& policy, std::uint64_t timestamp,
                                           std::int64_t now) noexcept;

} // namespace assay::receipt
