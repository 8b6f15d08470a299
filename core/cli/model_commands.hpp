// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay run|bench|inspect MODEL`. api.md "CLI".
#pragma once

#include <CLI/CLI.hpp>

namespace assay::cli {

/// Each adds its sub-command. @p status receives its exit status.
void add_run_command(CLI::App& app, int& status);
void add_bench_command(CLI::App& app, int& status);
void add_inspect_command(CLI::App& app, int& status);

} // namespace assay::cli
