// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/registry_command.hpp"

#include "core/api/operations.hpp"
#include "core/api/verdict_json.hpp"
#include "core/base/limits.hpp"
#include "core/bytes/json.hpp"
#include "core/cli/call_options.hpp"
#include "core/cli/files.hpp"
#include "core/cli/judge_files.hpp"
#include "core/cli/print.hpp"

#include <array>
#include <memory>
#include <string>

namespace assay::cli {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

struct Arguments : FileArguments {
    std::string policy;
    std::string at;
};

/// The policy with the moment in it; the core refuses whatever else is wrong with it.
std::optional<std::string> config_of(const Arguments& arguments) {
    const Output output = arguments.output();
    const auto policy = read_policy(arguments.policy, output);
    if (!policy)
        return std::nullopt;
    const auto json = bytes::parse_json(*policy, ErrorCode::CONFIG_INVALID);
    if (!json || !json->is(JsonKind::object)) {
        complain(arguments.policy, ErrorCode::CONFIG_INVALID, "not a JSON object", output);
        return std::nullopt;
    }
    bytes::JsonWriter config;
    config.object();
    write_clock(config, arguments.at);
    for (const bytes::JsonMember& member : json->members())
        config.key(member.name).raw(member.value.raw());
    config.end();
    return config.take();
}

/// One file's query and evidence as they stand, or a verdict that it is not of that form.
std::string judge(const std::string& config, BytesView file) {
    constexpr ErrorCode MALFORMED = ErrorCode::EVIDENCE_MALFORMED;
    const auto json = bytes::parse_json(as_text(file), MALFORMED);
    if (!json)
        return api::failure_text(json.error(), {});
    std::array<BytesView, 3> fields = {as_bytes(config)};
    for (std::size_t i = 1; const char* name : {"query", "evidence"}) {
        const JsonValue* member = json->find(name);
        if (member == nullptr)
            return api::failure_text({MALFORMED, name}, {});
        fields[i++] = as_bytes(member->raw());
    }
    return api::find_operation("verify_registry")->run(fields);
}

int verify_registry(const Arguments& arguments) {
    const auto config = config_of(arguments);
    if (!config)
        return EXIT_OTHER;
    return judge_files(arguments, "verified", [&](const std::string& path) -> Judged {
        ReadFailure failure{};
        const auto file = load_file(path, {limits::BUNDLE_BYTES, ErrorCode::INPUT_LIMIT}, failure);
        return file ? Judged{.verdict = judge(*config, *file)} : Judged{.unread = failure};
    });
}

} // namespace

void add_registry_command(CLI::App& verify, int& status) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App& command = *verify.add_subcommand("registry", "what a registry says of a TEE");
    add_file_options(command, *arguments, "query and evidence, JSON");
    command.add_option("--policy", arguments->policy, "chain configuration (JSON)")->required();
    add_clock(command, arguments->at);
    command.callback([arguments, &status] { status = verify_registry(*arguments); });
}

} // namespace assay::cli
