// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// assay verify registry FILE… --policy FILE: what a registry says of a TEE (chain-state.md).
#pragma once

#include <CLI/CLI.hpp>

namespace assay::cli {

/// The policy is the configuration of core/api/chain_config.hpp without its clock, and each file
/// {"query": …, "evidence": …}. @param status gets the exit status.
void add_registry_command(CLI::App& verify, int& status);

} // namespace assay::cli
