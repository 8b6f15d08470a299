// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/evidence_command.hpp"

#include "core/api/verify_evidence.hpp"
#include "core/api/zk_judge.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/cli/bundle_source.hpp"
#include "core/cli/call_options.hpp"
#include "core/cli/judge_files.hpp"
#include "core/cli/ordered_jobs.hpp"
#include "core/cli/print.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace assay::cli {
namespace {

/// What the command's options are read into; lives as long as the parser.
struct Arguments : FileArguments {
    std::string policy;
    std::string at;
    bool ndjson = false;
};

/// A line on standard error that is drawn over and over; nothing when that is no terminal.
class Progress {
public:
    Progress() noexcept : shown_{isatty(STDERR_FILENO) == 1} {}
    ~Progress() { clear(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// To be called before anything else is printed.
    void clear() noexcept {
        if (drawn_) {
            std::fputs("\r\x1b[K", stderr);
            drawn_ = false;
        }
    }

    void count(bool refused, const BundleSource& source) noexcept {
        ++done_;
        refused_ += refused ? 1 : 0;
        const auto now = Clock::now();
        if (shown_ && now - last_ >= INTERVAL) {
            last_ = now;
            draw(source, std::chrono::duration<double>(now - start_).count());
        }
    }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds INTERVAL{100};

    void draw(const BundleSource& source, double seconds) noexcept {
        constexpr std::size_t WIDTH = 30;
        std::string bar;
        if (source.size() > 0) {
            const std::size_t filled = static_cast<std::size_t>(
                std::min<std::uint64_t>(WIDTH, source.position() * WIDTH / source.size()));
            bar = "[" + std::string(filled, '#') + std::string(WIDTH - filled, ' ') + "] ";
        }
        std::fprintf(stderr, "\r%s%zu bundles, %zu refused, %.0f/s\x1b[K", bar.c_str(), done_,
                     refused_, static_cast<double>(done_) / seconds);
        drawn_ = true;
    }

    bool shown_;
    bool drawn_ = false;
    std::size_t done_ = 0;
    std::size_t refused_ = 0;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_ = Clock::now();
};

struct Task {
    BundleText bundle;
    std::string verdict;
    int status = EXIT_OTHER;
};

int verify_bundles(const Arguments& arguments) {
    const auto policy = read_policy(arguments.policy, arguments.output());
    if (!policy) {
        return EXIT_OTHER;
    }
    bytes::JsonWriter options;
    options.object();
    write_clock(options, arguments.at);
    options.key("policy").raw(*policy);
    options.end();
    const auto verifier = api::EvidenceVerifier::create(as_bytes(options.take()));
    if (!verifier) {
        const auto& row = info(verifier.error().code);
        const std::string at{verifier.error().path.view()};
        if (at == "now") {
            complain("--at", row.code, "neither Unix seconds nor RFC 3339", arguments.output());
        } else {
            complain(arguments.policy, row.code, std::string{row.message} + ", at " + at,
                     arguments.output());
        }
        return EXIT_OTHER;
    }
    constexpr std::size_t AHEAD = 4; // tasks for each thread: none waits for the reader
    BundleSource source{arguments.files, arguments.ndjson ? Lines::always : Lines::by_form};
    Progress progress;
    int status = EXIT_VERIFIED;
    std::size_t bundles = 0;
    run_in_order<Task>(
        arguments.jobs, AHEAD * arguments.jobs,
        [&](Task& task) { return source.next(task.bundle); },
        [&](Task& task) {
            if (!task.bundle.unread.empty()) {
                return;
            }
            task.verdict =
                verifier->verify(task.bundle.bytes, {}, {.judge = api::verify_bundled_proof});
            task.bundle.bytes = {};
            task.status = exit_status(task.verdict);
        },
        [&](Task task) {
            ++bundles;
            progress.clear();
            if (!task.bundle.unread.empty()) {
                complain(task.bundle.file, ErrorCode::ARGUMENT_INVALID, task.bundle.unread,
                         arguments.output());
            } else if (task.bundle.line > 0) {
                const std::string file = arguments.files.size() > 1 ? task.bundle.file : "";
                std::printf("%s\n", located(task.verdict, file, task.bundle.line).c_str());
            } else {
                print_verdict(task.verdict, task.bundle.file, "verified", arguments.output());
            }
            status = std::max(status, task.status);
            progress.count(task.status != EXIT_VERIFIED, source);
        });
    if (bundles == 0) {
        std::fprintf(stderr, "assay: no bundle\n");
    }
    return bundles == 0 ? EXIT_OTHER : status;
}

} // namespace

void add_evidence_command(CLI::App& verify, int& status) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App& command = *verify.add_subcommand(
        EVIDENCE, "evidence bundles; what FILE is without the name of another kind");
    add_file_options(command, *arguments, "evidence bundles; - is standard input");
    command.add_option("--policy", arguments->policy, "policy file (JSON)")->required();
    add_clock(command, arguments->at);
    command.add_flag("--ndjson", arguments->ndjson, "every line of FILE is a bundle");
    command.callback([arguments, &status] { status = verify_bundles(*arguments); });
}

} // namespace assay::cli
