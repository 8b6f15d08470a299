// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/json_writer.hpp"
#include "core/cli/model_commands.hpp"
#include "core/cli/model_file.hpp"
#include "core/cli/print.hpp"
#include "core/runtime/node_cost.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace assay::cli {
namespace {

struct BenchArguments : ModelArguments {
    std::uint32_t runs = 100;
};

std::uint64_t macs_of(const runtime::Session& session) noexcept {
    std::uint64_t macs = 0;
    if (const runtime::Plan* plan = session.plan(); plan != nullptr) {
        for (const onnx::Node* node : plan->specialization().live) {
            macs += runtime::multiply_accumulates(*node, plan->specialization().values);
        }
    }
    return macs;
}

std::string decimal(double value) noexcept {
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%.4f", value);
    return text.data();
}

/// Feeds stay as they are: what is timed is the run alone.
int bench(const BenchArguments& arguments) noexcept {
    const Result<ModelFile> model =
        open_model(arguments, arguments.profile.empty() ? nullptr : &now_microseconds);
    if (!model) {
        return fail(arguments, model.error());
    }
    runtime::Session& session = *model->session;
    Result<void> ready = feed_input_or_zeros(session, arguments);
    if (!ready) {
        return fail_feed(arguments, ready.error());
    }
    std::vector<double> times;
    // The first makes the plan of these shapes and is not among the timed ones.
    double first = 0;
    for (std::uint32_t i = 0; ready && i <= arguments.runs; ++i) {
        const double start = now_microseconds();
        ready = session.run();
        const double elapsed = now_microseconds() - start;
        if (i == 0) {
            first = elapsed;
        } else {
            times.push_back(elapsed);
        }
    }
    if (!ready) {
        return fail(arguments, ready.error());
    }
    std::sort(times.begin(), times.end());
    const double best = times.front();
    const double median = times[times.size() / 2];
    const std::uint64_t macs = macs_of(session);
    const double gflops = best > 0 ? 2.0 * static_cast<double>(macs) / (best * 1000) : 0;
    if (arguments.json) {
        bytes::JsonWriter out;
        out.object().key("ok").boolean(true).key("runs").unsigned_number(arguments.runs);
        out.key("threads").unsigned_number(arguments.threads);
        out.key("load_ms").raw(decimal(model->load_microseconds / 1000));
        out.key("first_ms").raw(decimal(first / 1000)).key("min_ms").raw(decimal(best / 1000));
        out.key("median_ms").raw(decimal(median / 1000)).key("macs").unsigned_number(macs);
        out.key("gflops").raw(decimal(gflops));
        const std::string text = out.end().take();
        std::printf("%s\n", text.c_str());
    } else {
        std::printf("load    %10.3f ms\nfirst   %10.3f ms\nmin     %10.4f ms\nmedian  %10.4f ms"
                    "   (%u runs, %u thread%s)\n",
                    model->load_microseconds / 1000, first / 1000, best / 1000, median / 1000,
                    arguments.runs, arguments.threads, arguments.threads == 1 ? "" : "s");
        if (macs != 0) {
            std::printf("MACs    %10llu      %.2f GFLOP/s\n", static_cast<unsigned long long>(macs),
                        gflops);
        }
    }
    return write_profile(session, arguments) ? EXIT_VERIFIED : EXIT_OTHER;
}

} // namespace

void add_bench_command(CLI::App& app, int& status) {
    const auto arguments = std::make_shared<BenchArguments>();
    CLI::App* command = app.add_subcommand("bench", "time an ONNX model on this machine");
    add_model_options(*command, *arguments);
    command->add_option("--input", arguments->input, "JSON file as of run; default zeros");
    command->add_option("--dim", arguments->dims,
                        "NAME=N, size of a symbolic dimension; default 1");
    command->add_option("--runs", arguments->runs, "timed runs")->check(CLI::Range(1, 1'000'000));
    command->add_option("--profile", arguments->profile,
                        "write what each node of the last run took, for chrome://tracing");
    command->callback([arguments, &status] { status = bench(*arguments); });
}

} // namespace assay::cli
