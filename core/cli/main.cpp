// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/compile_command.hpp"
#include "core/cli/model_commands.hpp"
#include "core/cli/print.hpp"
#include "core/cli/verify_command.hpp"
#include "core/cli/words.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

int main(int argc, char** argv) {
    CLI::App app{"Checks the evidence behind AI results, and runs small ONNX models.", "assay"};
    app.set_version_flag("--version", ASSAY_VERSION);
    app.require_subcommand(1);
    app.footer(
        "Exit status: 0 verified or genuine, 1 rejected or refused by policy, 2 anything else.");

    int status = assay::cli::EXIT_OTHER;
    assay::cli::add_verify_commands(app, status);
    assay::cli::add_compile_commands(app, status);
#if ASSAY_WITH_RUNTIME
    assay::cli::add_run_command(app, status);
    assay::cli::add_bench_command(app, status);
    assay::cli::add_inspect_command(app, status);
#endif
    try {
        std::vector<std::string> words = assay::cli::with_kind(app, {argv + 1, argv + argc});
        std::reverse(words.begin(), words.end()); // as the parser takes them
        app.parse(std::move(words));
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? assay::cli::EXIT_VERIFIED : assay::cli::EXIT_OTHER;
    }
    // A verdict that nobody got is none.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        std::fprintf(stderr, "assay: standard output: %s\n", std::strerror(errno));
        return assay::cli::EXIT_OTHER;
    }
    return status;
}
