// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/call_options.hpp"

#include "core/base/limits.hpp"
#include "core/bytes/json.hpp"
#include "core/cli/files.hpp"

#include <CLI/CLI.hpp>

namespace assay::cli {

void add_clock(CLI::App& command, std::string& at) {
    const auto written = [](const std::string& text) {
        return text.empty() ? std::string{"is empty"} : std::string{};
    };
    command
        .add_option(
            "--at", at,
            "judge at this moment: Unix seconds or RFC 3339 (default: this machine's clock)")
        ->check(written);
}

void write_clock(bytes::JsonWriter& options, const std::string& at) noexcept {
    options.key("now").string(at.empty() ? std::to_string(device_time()) : at);
    options.key("now_source").string(at.empty() ? "device" : "caller");
}

std::optional<std::string> read_policy(const std::string& path, Output output) noexcept {
    const auto bytes = read_file(path, {limits::OPTIONS_BYTES, ErrorCode::POLICY_INVALID}, output);
    if (!bytes) {
        return std::nullopt;
    }
    const auto policy = bytes::parse_json(as_text(*bytes), ErrorCode::POLICY_INVALID);
    if (!policy || !policy->is(bytes::JsonKind::object)) {
        complain(path, ErrorCode::POLICY_INVALID, "not a policy: no JSON object", output);
        return std::nullopt;
    }
    return std::string{policy->raw()};
}

} // namespace assay::cli
