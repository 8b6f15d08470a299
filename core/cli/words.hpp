// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The words of the command line before the parser gets them.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace assay::cli {

/// Puts `evidence` after a `verify` that no kind follows, so that the parser never meets files or
/// options before a kind, of which it would judge none.
///
/// @throws CLI::ExtrasError for a word that is no sub-command where one must stand.
[[nodiscard]] std::vector<std::string> with_kind(CLI::App& app, std::vector<std::string> words);

} // namespace assay::cli
