// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A model from the command line: its file, what it is fed, and how failures are shown.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/runtime/session.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace assay::cli {

struct ModelArguments {
    std::string model;
    std::string input;             ///< JSON file of value_text.hpp; empty for none
    std::vector<std::string> dims; ///< NAME=N
    std::string profile;           ///< where the trace of the last run goes; empty for nowhere
    std::uint32_t threads = 1;
    bool json = false;
};

/// Adds the options that all commands on models have.
void add_model_options(CLI::App& command, ModelArguments& arguments);

/// Microseconds of this machine.
[[nodiscard]] double now_microseconds() noexcept;

/// A loaded model with its file.
struct ModelFile {
    Bytes bytes;
    std::unique_ptr<runtime::Session> session;
    double load_microseconds;
};

/// @param clock  of a session that records its runs, or null
[[nodiscard]] Result<ModelFile> open_model(const ModelArguments& arguments,
                                           runtime::Clock clock) noexcept;

/// Feeds what --input names. @return the codes of value_text.hpp's feed().
[[nodiscard]] Result<void> feed_input(runtime::Session& session,
                                      const ModelArguments& arguments) noexcept;

/// Feeds what --input names, or without it zeros to every input that must be fed: symbols take
/// their value from --dim, else 1.
/// @return ARGUMENT_INVALID for a --dim that is none, ONNX_INPUT_TYPE for an input that is no
///   tensor and must come from --input.
[[nodiscard]] Result<void> feed_input_or_zeros(runtime::Session& session,
                                               const ModelArguments& arguments) noexcept;

/// Writes the trace of the last run to --profile, if there is one. @return whether it could.
[[nodiscard]] bool write_profile(const runtime::Session& session,
                                 const ModelArguments& arguments) noexcept;

/// Shows a failure of the model. @return its exit status.
[[nodiscard]] int fail(const ModelArguments& arguments, const Error& error) noexcept;

/// Shows a failure of what the model was fed: of the file that --input names, else of the model.
[[nodiscard]] int fail_feed(const ModelArguments& arguments, const Error& error) noexcept;

} // namespace assay::cli
