// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/cli/model_commands.hpp"
#include "core/cli/model_file.hpp"
#include "core/cli/print.hpp"
#include "core/cli/value_text.hpp"
#include "core/hash/sha2.hpp"

#include <cstdio>
#include <memory>
#include <string>

namespace assay::cli {
namespace {

int run(const ModelArguments& arguments) noexcept {
    const Result<ModelFile> model =
        open_model(arguments, arguments.profile.empty() ? nullptr : &now_microseconds);
    if (!model) {
        return fail(arguments, model.error());
    }
    runtime::Session& session = *model->session;
    const double start = now_microseconds();
    if (const Result<void> fed = feed_input(session, arguments); !fed) {
        return fail_feed(arguments, fed.error());
    }
    if (const Result<void> ran = session.run(); !ran) {
        return fail(arguments, ran.error());
    }
    const double elapsed = now_microseconds() - start;

    bytes::JsonWriter out;
    out.object();
    out.key("ok").boolean(true);
    out.key("model").string("sha256:" + bytes::to_hex(hash::sha256(model->bytes)));
    out.key("outputs");
    write_outputs(out, session);
    const std::string text = out.end().take();
    std::printf("%s\n", text.c_str());
    if (!arguments.json) {
        std::fprintf(stderr, "%s: %.3f ms, feeding included\n", printable(arguments.model).c_str(),
                     elapsed / 1000);
    }
    return write_profile(session, arguments) ? EXIT_VERIFIED : EXIT_OTHER;
}

} // namespace

void add_run_command(CLI::App& app, int& status) {
    const auto arguments = std::make_shared<ModelArguments>();
    CLI::App* command = app.add_subcommand("run", "run an ONNX model once");
    add_model_options(*command, *arguments);
    command
        ->add_option("--input", arguments->input,
                     "JSON file: {\"name\": [elements] or {\"dims\": […], \"data\": […]}}")
        ->required();
    command->add_option("--profile", arguments->profile,
                        "write what each node took, for chrome://tracing");
    command->callback([arguments, &status] { status = run(*arguments); });
}

} // namespace assay::cli
