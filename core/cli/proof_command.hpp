// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// assay verify groth16|plonk|fflonk|ezkl
#pragma once

#include <CLI/CLI.hpp>

namespace assay::cli {

/// Adds the proof systems below @p verify; each sets @p status when it runs.
void add_proof_commands(CLI::App& verify, int& status);

} // namespace assay::cli
