// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/json.hpp"
#include "core/cli/model_commands.hpp"
#include "core/cli/model_file.hpp"
#include "core/cli/print.hpp"
#include "core/infer_api/report.hpp"

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace assay::cli {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

std::string text_of(const JsonValue& value) noexcept {
    return value.is(JsonKind::string) ? printable(value.string()) : std::string{value.raw()};
}

void print_ports(const char* title, const JsonValue& ports) noexcept {
    for (const JsonValue& port : ports.items()) {
        std::string dims;
        const JsonValue& declared = *port.find("dims");
        const bool known = declared.is(JsonKind::array);
        for (std::size_t i = 0; known && i < declared.items().size(); ++i) {
            const JsonValue& dim = declared.items()[i];
            dims += (dims.empty() ? "" : ", ") + (dim.is(JsonKind::null) ? "?" : text_of(dim));
        }
        std::printf("%-8s %s: %s [%s]%s\n", title, text_of(*port.find("name")).c_str(),
                    text_of(*port.find("type")).c_str(), known ? dims.c_str() : "…",
                    port.find("optional") != nullptr ? ", optional" : "");
    }
}

void print_steps(const JsonValue& steps) noexcept {
    for (const JsonValue& step : steps.items()) {
        std::string nodes;
        for (const JsonValue& node : step.find("nodes")->items()) {
            nodes += (nodes.empty() ? "" : ", ") + text_of(node);
        }
        std::printf("  %-8s %s\n", text_of(*step.find("kernel")).c_str(), nodes.c_str());
        if (const JsonValue* operators = step.find("operators"); operators != nullptr) {
            for (const JsonValue& each : operators->items()) {
                std::printf("             %s\n", text_of(each).c_str());
            }
        }
    }
}

/// The report as lines, for a person. @p report is inspect_json()'s.
void print_report(const JsonValue& report) noexcept {
    print_ports("input", *report.find("inputs"));
    print_ports("output", *report.find("outputs"));
    std::printf("nodes    %s, MACs %s\n", text_of(*report.find("nodes")).c_str(),
                text_of(*report.find("macs")).c_str());
    for (const JsonValue& row : report.find("operators")->items()) {
        std::printf("  %6s × %-24s %s MACs\n", text_of(*row.find("count")).c_str(),
                    text_of(*row.find("type")).c_str(), text_of(*row.find("macs")).c_str());
    }
    const JsonValue& memory = *report.find("memory");
    std::printf("memory   %s bytes of constants, %s bytes planned beside them\n",
                text_of(*memory.find("constantBytes")).c_str(),
                text_of(*memory.find("plannedBytes")).c_str());
    if (report.find("planned")->boolean()) {
        std::printf("kernels\n");
        print_steps(*report.find("steps"));
    } else {
        std::printf("kernels  own ones, node by node: shapes depend on elements, or the model has "
                    "control flow\n");
    }
}

/// Shapes are bound and the model is run on zeros once: what runs is decided then.
int inspect(const ModelArguments& arguments) noexcept {
    const Result<ModelFile> model = open_model(arguments, &now_microseconds);
    if (!model) {
        return fail(arguments, model.error());
    }
    runtime::Session& session = *model->session;
    if (const Result<void> fed = feed_input_or_zeros(session, arguments); !fed) {
        return fail_feed(arguments, fed.error());
    }
    if (const Result<void> ran = session.run(); !ran) {
        return fail(arguments, ran.error());
    }
    const std::string report = infer_api::inspect_json(session);
    if (arguments.json) {
        std::printf("{\"ok\":true,%s\n", report.c_str() + 1);
    } else {
        print_report(*bytes::parse_json(report, ErrorCode::ARGUMENT_INVALID));
    }
    return EXIT_VERIFIED;
}

} // namespace

void add_inspect_command(CLI::App& app, int& status) {
    const auto arguments = std::make_shared<ModelArguments>();
    CLI::App* command = app.add_subcommand(
        "inspect", "what an ONNX model takes, gives, computes and needs, and which kernels run it");
    add_model_options(*command, *arguments);
    command->add_option("--input", arguments->input, "JSON file as of run; default zeros");
    command->add_option("--dim", arguments->dims,
                        "NAME=N, size of a symbolic dimension; default 1");
    command->callback([arguments, &status] { status = inspect(*arguments); });
}

} // namespace assay::cli
