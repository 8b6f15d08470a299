// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Single steps of the light client, for tests of its steps.
#pragma once

#include "core/chain/cometbft/light_client.hpp"

namespace assay::chain::detail {

/// Steps 1 to 8 of §5.2 phase 3.
[[nodiscard]] Result<void> verify_step(const LightOptions& options, const TrustedBlock& trusted,
                                       const LightBlock& block) noexcept;

/// What follows blocks once @p block is accepted.
[[nodiscard]] TrustedBlock accept(LightBlock block) noexcept;

/// @return CHAIN_TRUST_EXPIRED
[[nodiscard]] Result<void> check_period(const LightOptions& options,
                                        const Timestamp& trusted) noexcept;

} // namespace assay::chain::detail
