// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The ceremony's file, as the commands on EZKL proofs take it.
#pragma once

#include "core/base/bytes_view.hpp"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace assay::cli {

/// Adds --srs. What it names is never empty: that would be the public ceremony to the core.
void add_ceremony_option(CLI::App& command, std::string& path);

/// @return the file's bytes; none when @p path is empty, which is the public ceremony; nothing for
/// a file that cannot be read or is empty, and then says so.
[[nodiscard]] std::optional<Bytes> read_ceremony(const std::string& path) noexcept;

} // namespace assay::cli
