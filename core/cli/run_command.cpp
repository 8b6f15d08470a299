// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/run_command.hpp"

#include "core/bytes/hex.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/cli/files.hpp"
#include "core/cli/print.hpp"
#include "core/cli/tensor_text.hpp"
#include "core/hash/sha2.hpp"
#include "core/infer_api/infer_api.hpp"
#include "core/runtime/session.hpp"

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace assay::cli {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

struct Arguments {
    std::string model;
    std::string input;
    std::uint32_t threads = 1;
    bool json = false;
};

/// A feed is an array (the input's shape is fixed) or {"dims": […], "data": […]}.
Result<std::vector<std::int64_t>> dims_of(const JsonValue& feed,
                                          const runtime::PortInfo& port) noexcept {
    std::vector<std::int64_t> dims;
    if (const JsonValue* list = feed.find("dims")) {
        if (!list->is(JsonKind::array)) {
            return Error{ErrorCode::ONNX_INPUT_SHAPE, port.name + ".dims"};
        }
        dims.resize(list->items().size());
        // Dimensions are int64 elements like any others.
        const std::span<std::uint8_t> raw{reinterpret_cast<std::uint8_t*>(dims.data()),
                                          dims.size() * sizeof(std::int64_t)};
        if (!read_elements(*list, onnx::ElementType::int64, raw)) {
            return Error{ErrorCode::ONNX_INPUT_SHAPE, port.name + ".dims"};
        }
        return dims;
    }
    if (!port.dims) {
        return Error{ErrorCode::ONNX_INPUT_SHAPE, port.name};
    }
    for (const auto& dim : *port.dims) {
        if (dim.value == onnx::UNKNOWN) {
            return Error{ErrorCode::ONNX_INPUT_SHAPE, port.name};
        }
        dims.push_back(dim.value);
    }
    return dims;
}

Result<void> feed_one(runtime::Session& session, const JsonMember& member) noexcept {
    const auto inputs = session.inputs();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (inputs[i].name != member.name) {
            continue;
        }
        const auto dims = dims_of(member.value, inputs[i]);
        if (!dims) {
            return dims.error();
        }
        if (auto set = session.set_input(i, *dims); !set) {
            return set;
        }
        const JsonValue* data = member.value.find("data");
        auto read = read_elements(data != nullptr ? *data : member.value, inputs[i].type,
                                  session.input_data(i));
        if (!read) {
            return Error{read.error().code, member.name + std::string{read.error().path.view()}};
        }
        return read;
    }
    return Error{ErrorCode::ONNX_INPUT_NAME, member.name};
}

Result<void> feed_all(runtime::Session& session, const Bytes& file) noexcept {
    const auto feeds = bytes::parse_json(as_text(file), ErrorCode::ARGUMENT_INVALID);
    if (!feeds) {
        return feeds.error();
    }
    if (!feeds->is(JsonKind::object)) {
        return Error{ErrorCode::ARGUMENT_INVALID, "input"};
    }
    for (const JsonMember& member : feeds->members()) {
        if (auto fed = feed_one(session, member); !fed) {
            return fed;
        }
    }
    return session.run();
}

void write_outputs(bytes::JsonWriter& out, const runtime::Session& session) noexcept {
    out.object();
    const auto outputs = session.outputs();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const auto tensor = session.output(i);
        out.key(outputs[i].name).object();
        out.key("type").string(name(tensor.type));
        out.key("dims").array();
        for (const std::int64_t dim : tensor.dims) {
            out.number(dim);
        }
        out.end();
        out.key("data");
        write_elements(out, tensor.type,
                       {tensor.data, tensor.count() * onnx::element_size(tensor.type)});
        out.end();
    }
    out.end();
}

int fail(const Arguments& arguments, const Error& error) noexcept {
    const std::string text = infer_api::error_json(error);
    if (arguments.json) {
        std::printf("{\"ok\":false,%s\n", text.c_str() + 1);
    } else {
        std::fprintf(stderr, "assay: %s: %s: %s%s%s\n", arguments.model.c_str(),
                     std::string{info(error.code).name}.c_str(),
                     std::string{info(error.code).message}.c_str(), error.path.empty() ? "" : ": ",
                     std::string{error.path.view()}.c_str());
    }
    const Category category = info(error.code).category;
    return category == Category::rejected || category == Category::policy ? EXIT_REFUSED
                                                                          : EXIT_OTHER;
}

int run(const Arguments& arguments) noexcept {
    const auto model = read_file(arguments.model);
    const auto input = read_file(arguments.input);
    if (!model || !input) {
        return EXIT_OTHER;
    }
    runtime::SessionOptions options;
    options.threads = arguments.threads;
    auto session = runtime::Session::load(*model, options);
    if (!session) {
        return fail(arguments, session.error());
    }
    const auto start = std::chrono::steady_clock::now();
    if (auto ran = feed_all(**session, *input); !ran) {
        return fail(arguments, ran.error());
    }
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - start;

    bytes::JsonWriter out;
    out.object();
    out.key("ok").boolean(true);
    out.key("model").string("sha256:" + bytes::to_hex(hash::sha256(*model)));
    out.key("outputs");
    write_outputs(out, **session);
    out.end();
    const std::string text = out.take();
    std::printf("%s\n", text.c_str());
    if (!arguments.json) {
        std::fprintf(stderr, "%s: %.3f ms, feeding included\n", arguments.model.c_str(),
                     elapsed.count());
    }
    return EXIT_VERIFIED;
}

} // namespace

void add_run_command(CLI::App& app, int& status) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = app.add_subcommand("run", "run an ONNX model once");
    command->add_option("MODEL", arguments->model, "model file (.onnx)")->required();
    command
        ->add_option("--input", arguments->input,
                     "JSON file: {\"name\": [numbers] or {\"dims\": […], \"data\": […]}}")
        ->required();
    command->add_option("--threads", arguments->threads, "1 to 4")->check(CLI::Range(1, 4));
    command->add_flag("--json", arguments->json, "failures as JSON too, nothing on standard error");
    command->callback([arguments, &status] { status = run(*arguments); });
}

} // namespace assay::cli
