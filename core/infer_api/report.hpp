// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a session can tell about itself, as JSON.
#pragma once

#include "core/runtime/profile.hpp"
#include "core/runtime/session.hpp"

#include <string>

namespace assay::infer_api {

/// The last run in the format of chrome://tracing: {"traceEvents":[{"name":…,"cat":…,"ph":"X",
/// "ts":…,"dur":…,"pid":1,"tid":1}],"displayTimeUnit":"ms"}; microseconds from the first event.
/// "dropped" counts the events above Profile::MAX_EVENTS, when there are any.
[[nodiscard]] std::string trace_json(const runtime::Profile& profile) noexcept;

/// What the session runs: {"inputs":[…],"outputs":[…],"nodes":…,"operators":[{"type":…,"count":…,
/// "macs":…}],"macs":…,"memory":{"constantBytes":…,"plannedBytes":…},"planned":…,"steps":[{"kernel":
/// …,"nodes":[…],"operators":[…]}]}. Counts, shapes and steps are those of the last run's plan; a
/// model without a plan runs node by node, its "macs" and "plannedBytes" are null. "operators" of a
/// step are XNNPACK's own and are there when the session has a clock.
[[nodiscard]] std::string inspect_json(const runtime::Session& session) noexcept;

} // namespace assay::infer_api
