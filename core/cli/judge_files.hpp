// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Every file that was named is judged by itself, by any number of threads, and has its verdict in
// the order of the command line.
#pragma once

#include "core/cli/files.hpp"
#include "core/cli/print.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace assay::cli {

/// What every kind of evidence takes; lives as long as the parser.
struct FileArguments {
    std::vector<std::string> files;
    unsigned jobs = 1;
    bool json = false;

    [[nodiscard]] Output output() const noexcept { return json ? Output::json : Output::text; }
};

/// FILE…, `--jobs` and `--json`. @param what describes FILE.
void add_file_options(CLI::App& command, FileArguments& arguments, const char* what);

/// What became of one file.
struct Judged {
    std::string verdict{};               ///< of the core; empty when the file could not be read
    std::optional<ReadFailure> unread{}; ///< why it could not
    std::string note{};                  ///< a line after the verdict, for a person
};

/// @param judge reads and judges a file; called by several threads at once.
/// @param word what a success is called.
/// @return the worst exit status: 2 outweighs 1, and 1 outweighs 0.
[[nodiscard]] int judge_files(const FileArguments& arguments, const char* word,
                              const std::function<Judged(const std::string& file)>& judge);

} // namespace assay::cli
