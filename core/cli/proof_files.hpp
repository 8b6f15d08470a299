// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The ceremony's file, as the commands on EZKL proofs take it.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/cli/files.hpp"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace assay::cli {

/// The largest file that the core takes: a key (ezkl.md §12). The others it limits itself.
inline constexpr FileLimit PROOF_FILE{std::size_t{64} << 20, ErrorCode::ZK_LIMIT};

/// Adds --srs. What it names is never empty: that would be the public ceremony to the core.
void add_ceremony_option(CLI::App& command, std::string& path);

/// @return the file's bytes; none when @p path is empty, which is the public ceremony; nothing for
/// a file that cannot be read or is empty, and then says so.
[[nodiscard]] std::optional<Bytes> read_ceremony(const std::string& path, Output output) noexcept;

} // namespace assay::cli
