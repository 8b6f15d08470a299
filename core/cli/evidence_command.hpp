// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay verify [evidence] FILE…`: evidence bundles, one a file or one a line, by several threads.
// Prints one verdict a bundle, in their order: of lines as NDJSON with the line's number, and with
// the file's name where there are several. On a terminal standard error shows how far it is.
#pragma once

#include <CLI/CLI.hpp>

namespace assay::cli {

/// The kind of evidence that FILE is where no kind is named.
inline constexpr const char* EVIDENCE = "evidence";

/// Adds the sub-command. @p status receives the exit status.
void add_evidence_command(CLI::App& verify, int& status);

} // namespace assay::cli
