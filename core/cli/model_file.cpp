// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/model_file.hpp"

#include "core/base/limits.hpp"
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

int show(const ModelArguments& arguments, const std::string& file, const Error& error) noexcept {
    const CodeInfo& row = info(error.code);
    if (arguments.json) {
        const std::string verdict = "{\"ok\":false," + infer_api::error_json(error).substr(1);
        std::printf("%s\n", located(verdict, file, 0).c_str());
    } else {
        const std::string where{error.path.view()};
        complain(file, error.code,
                 std::string{row.name} + ": " + std::string{row.message} +
                     (where.empty() ? "" : ": ") + where,
                 Output::text);
    }
    return row.category == Category::rejected || row.category == Category::policy ? EXIT_REFUSED
                                                                                  : EXIT_OTHER;
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
    runtime::SessionOptions options;
    ReadFailure failure{};
    std::optional<Bytes> bytes =
        load_file(arguments.model, {options.limits.model_bytes, ErrorCode::ONNX_LIMIT}, failure);
    if (!bytes) {
        const bool there = failure.code == ErrorCode::ONNX_LIMIT;
        return Error{there ? failure.code : ErrorCode::MODEL_UNAVAILABLE, failure.why};
    }
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
    ReadFailure failure{};
    const std::optional<Bytes> input =
        load_file(arguments.input, {limits::BUNDLE_BYTES, ErrorCode::INPUT_LIMIT}, failure);
    if (!input) {
        return Error{failure.code, failure.why};
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
    return write_file(arguments.profile,
                      as_bytes(infer_api::trace_json(*session.profile()) + "\n"));
}

int fail(const ModelArguments& arguments, const Error& error) noexcept {
    return show(arguments, arguments.model, error);
}

int fail_feed(const ModelArguments& arguments, const Error& error) noexcept {
    return show(arguments, arguments.input.empty() ? arguments.model : arguments.input, error);
}

} // namespace assay::cli
