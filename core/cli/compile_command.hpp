// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// assay compile ezkl
#pragma once

#include <CLI/CLI.hpp>

namespace assay::cli {

/// Adds `compile` with its kinds of keys; each sets @p status when it runs.
void add_compile_commands(CLI::App& app, int& status);

} // namespace assay::cli
