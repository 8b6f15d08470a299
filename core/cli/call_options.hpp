// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The options text of a call to the core, from what the command line gives.
#pragma once

#include "core/bytes/json_writer.hpp"
#include "core/cli/print.hpp"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace assay::cli {

/// The option `--at`; an empty value is refused, so that an empty variable of a script does not
/// stand for this machine's clock.
void add_clock(CLI::App& command, std::string& at);

/// Starts an options object with the clock. @param at the value of `--at`; empty: this machine's
/// clock.
void write_clock(bytes::JsonWriter& options, const std::string& at) noexcept;

/// The policy file's text, which the core reads. One JSON object by itself, so that it cannot reach
/// the options around it. Complains (print.hpp) when it is none.
[[nodiscard]] std::optional<std::string> read_policy(const std::string& path,
                                                     Output output = Output::text) noexcept;

} // namespace assay::cli
