// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay verify …` and `assay authenticate …`. api.md "CLI".
#pragma once

#include <CLI/CLI.hpp>

namespace assay::cli {

/// Adds the sub-commands. @p status receives the exit status of the one that ran.
void add_verify_commands(CLI::App& app, int& status);

} // namespace assay::cli
