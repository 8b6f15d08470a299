// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/judge_files.hpp"

#include "core/cli/ordered_jobs.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>

namespace assay::cli {
namespace {

struct Task {
    std::string file;
    Judged judged;
};

} // namespace

void add_file_options(CLI::App& command, FileArguments& arguments, const char* what) {
    constexpr unsigned MAX_JOBS = 256;
    command.add_option("FILE", arguments.files, what)->required();
    command.add_option("--jobs", arguments.jobs, "threads that judge (default 1)")
        ->check(CLI::Range(1U, MAX_JOBS));
    command.add_flag("--json", arguments.json, "print each verdict as one line of JSON");
}

int judge_files(const FileArguments& arguments, const char* word,
                const std::function<Judged(const std::string& file)>& judge) {
    constexpr std::size_t AHEAD = 4; // files for each thread: none waits for the one that prints
    const Output output = arguments.output();
    if (std::count(arguments.files.begin(), arguments.files.end(), "-") > 1) {
        complain("-", ErrorCode::ARGUMENT_INVALID, "standard input is named twice", output);
        return EXIT_OTHER;
    }
    int status = EXIT_VERIFIED;
    run_in_order<Task>(
        arguments.jobs, AHEAD * arguments.jobs,
        [&, next = arguments.files.begin()](Task& task) mutable {
            if (next == arguments.files.end()) {
                return false;
            }
            task.file = *next++;
            return true;
        },
        [&](Task& task) { task.judged = judge(task.file); },
        [&](const Task& task) {
            if (task.judged.unread) {
                complain(task.file, task.judged.unread->code, task.judged.unread->why, output);
                status = EXIT_OTHER;
                return;
            }
            status = std::max(status, print_verdict(task.judged.verdict, task.file, word, output));
            if (output == Output::text && !task.judged.note.empty()) {
                std::printf("  %s\n", task.judged.note.c_str());
            }
        });
    return status;
}

} // namespace assay::cli
