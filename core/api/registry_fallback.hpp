// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The ways to a registry's facts that prove less (chain-state.md §8, §9).
#pragma once

#include "core/api/registry.hpp"

namespace assay::api {

/// {calldata: "0x…"}: the registration with its attestation, verified against the
/// configuration's root at the document's own time. The caller's list of measurements is mandatory.
[[nodiscard]] Result<JudgedRegistry> judge_calldata(const ChainConfig& config,
                                                    const chain::RegistryQuery& query,
                                                    const bytes::JsonValue& evidence,
                                                    CheckList& checks) noexcept;

/// {answers: [{provider, operator, answer | null}], state_time_s}: with a quorum in the
/// configuration `quorum`, else `unproven` from one provider.
[[nodiscard]] Result<JudgedRegistry> judge_answers(const ChainConfig& config,
                                                   const chain::RegistryQuery& query,
                                                   const bytes::JsonValue& evidence,
                                                   CheckList& checks) noexcept;

} // namespace assay::api
