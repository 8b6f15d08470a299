// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay verify tdx|snp` and `assay authenticate tdx|snp`: evidence that comes with certificates or
// collateral in files of their own. api.md "CLI".
#pragma once

#include <CLI/CLI.hpp>

namespace assay::cli {

/// Adds the sub-commands to the two commands. @p status receives the exit status of the one that
/// ran.
void add_attested_commands(CLI::App& verify, CLI::App& authenticate, int& status);

} // namespace assay::cli
