// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/model_file.hpp"

#include "core/cli/files.hpp"
#include "core/cli/print.hpp"
#include "core/cli/value_text.hpp"
#include "core/infer_api/infer_api.hpp"
#include "core/infer_api/report.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace assay::cli {
namespace {

using Symbols = std::map<std::string, std::int64_t, std::less<>>;

Result<Symbols> read_symbols(const std::vector<std::string>& texts) noexcept {
    Symbols symbols;
    for (const std::string& text : texts) {
        const std::size_t sign = text.rfind('=');
        std::int64_t value = 0;
        const char* const end = text.data() + text.size();
        const bool parsed = sign != std::string::npos && sign != 0 &&
                            std::from_chars(text.data() + sign + 1, end, value).ptr == end &&
                            value >= 0;
        if (!parsed || !symbols.emplace(text.substr(0, sign), value).second) {
            return Error{ErrorCode::ARGUMENT_INVALID, "--dim " + text};
        }
    }
    return symbols;
}

} // namespace

double now_microseconds() noexcept {
    const std::chrono::duration<double, std::micro> since =
        std::chrono::steady_clock::now().time_since_epoch();
    return since.count();
}

void add_model_options(CLI::App& command, ModelArguments& arguments) {
    command.add_option("MODEL", arguments.model, "model file (.onnx)")->required();
    command.add_option("--threads", arguments.threads, "1 to 4")->check(CLI::Range(1, 4));
    command.add_flag("--json", arguments.json, "failures as JSON too, nothing on standard error");
}

Result<ModelFile> open_model(const ModelArguments& arguments, runtime::Clock clock) noexcept {
    std::optional<Bytes> bytes = read_file(arguments.model);
    if (!bytes) {
        return Error{ErrorCode::MODEL_UNAVAILABLE, arguments.model};
    }
    runtime::SessionOptions options;
    options.threads = arguments.threads;
    options.clock = clock;
    const double start = now_microseconds();
    auto session = runtime::Session::load(*bytes, options);
    if (!session) {
        return session.error();
    }
    return ModelFile{*std::move(bytes), *std::move(session), now_microseconds() - start};
}

Result<void> feed_input(runtime::Session& session, const ModelArguments& arguments) noexcept {
    const std::optional<Bytes> input = read_file(arguments.input);
    if (!input) {
        return Error{ErrorCode::ARGUMENT_INVALID, "--input " + arguments.input};
    }
    return feed(session, *input);
}

Result<void> feed_input_or_zeros(runtime::Session& session,
                                 const ModelArguments& arguments) noexcept {
    if (!arguments.input.empty()) {
        return feed_input(session, arguments);
    }
    const Result<Symbols> symbols = read_symbols(arguments.dims);
    if (!symbols) {
        return symbols.error();
    }
    const std::span<const runtime::PortInfo> inputs = session.inputs();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const runtime::PortInfo& port = inputs[i];
        if (port.optional || session.input_data(i).data() != nullptr) {
            continue;
        }
        if (port.kind != onnx::ValueKind::tensor || !port.dims) {
            return Error{ErrorCode::ONNX_INPUT_TYPE, port.name + ": needs --input"};
        }
        onnx::Dims dims;
        for (const onnx::Dim& dim : *port.dims) {
            const auto named = symbols->find(dim.symbol);
            dims.push_back(dim.value != onnx::UNKNOWN ? dim.value
                           : named != symbols->end()  ? named->second
                                                      : 1);
        }
        if (const Result<void> set = session.set_input(i, dims); !set) {
            return set;
        }
        const std::span<std::uint8_t> elements = session.input_data(i);
        std::fill(elements.begin(), elements.end(), std::uint8_t{0});
    }
    return Result<void>::ok();
}

bool write_profile(const runtime::Session& session, const ModelArguments& arguments) noexcept {
    if (arguments.profile.empty()) {
        return true;
    }
    const std::string text = infer_api::trace_json(*session.profile()) + "\n";
    std::FILE* const file = std::fopen(arguments.profile.c_str(), "wb");
    const bool written =
        file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
    const bool closed = file != nullptr && std::fclose(file) == 0;
    if (!written || !closed) {
        std::fprintf(stderr, "assay: %s: cannot be written\n", arguments.profile.c_str());
    }
    return written && closed;
}

int fail(const ModelArguments& arguments, const Error& error) noexcept {
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

} // namespace assay::cli
