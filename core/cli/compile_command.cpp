// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/compile_command.hpp"

#include "core/api/operations.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json.hpp"
#include "core/cli/files.hpp"
#include "core/cli/print.hpp"
#include "core/cli/proof_files.hpp"
#include "core/hash/sha2.hpp"

#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace assay::cli {
namespace {

struct Arguments {
    std::string key, settings, proof, srs, output;
};

int compile_ezkl(const Arguments& arguments) {
    std::array<Bytes, 4> fields;
    for (const auto& [path, field] : {std::pair{&arguments.key, &fields[0]},
                                      {&arguments.settings, &fields[1]},
                                      {&arguments.proof, &fields[2]}}) {
        if (path->empty()) {
            continue; // no proof
        }
        auto file = read_file(*path, PROOF_FILE);
        if (!file) {
            return EXIT_OTHER;
        }
        *field = std::move(*file);
    }
    if (!arguments.proof.empty() && fields[2].empty()) {
        complain(arguments.proof, ErrorCode::ARGUMENT_INVALID, "is empty", Output::text);
        return EXIT_OTHER;
    }
    auto srs = read_ceremony(arguments.srs, Output::text);
    if (!srs) {
        return EXIT_OTHER;
    }
    fields[3] = std::move(*srs);
    const std::array<BytesView, 4> views = {fields[0], fields[1], fields[2], fields[3]};
    const std::string verdict = api::find_zk_operation("compile_ezkl_key")->run(views);
    if (exit_status(verdict) != EXIT_VERIFIED) {
        return print_verdict(verdict, arguments.key, "", Output::text);
    }
    const auto parsed = bytes::parse_json(verdict, ErrorCode::ARGUMENT_INVALID);
    const bytes::JsonValue& value = *parsed->find("value");
    const auto descriptor = bytes::from_hex(value.find("descriptor")->string());
    if (!descriptor || !write_file(arguments.output, *descriptor)) {
        return EXIT_OTHER;
    }
    const std::string ceremony =
        fields[3].empty() ? "" : " " + bytes::to_hex(hash::sha256(fields[3]));
    std::printf("%s: %zu bytes, --pin %s%s\n", printable(arguments.output).c_str(),
                descriptor->size(), value.find("digest")->string().c_str(), ceremony.c_str());
    return EXIT_VERIFIED;
}

} // namespace

void add_compile_commands(CLI::App& app, int& status) {
    CLI::App& compile = *app.add_subcommand("compile", "turns a key into what verifiers ship");
    compile.require_subcommand(1);
    const auto arguments = std::make_shared<Arguments>();
    CLI::App& ezkl = *compile.add_subcommand(
        "ezkl", "a descriptor of a key and settings that you trust; prints its pin");
    ezkl.add_option("--key", arguments->key, "vk.key")->required();
    ezkl.add_option("--settings", arguments->settings, "settings.json")->required();
    ezkl.add_option("--proof", arguments->proof,
                    "a proof of the key's owner that is known to be good: it settles what key and "
                    "settings leave open");
    add_ceremony_option(ezkl, arguments->srs);
    ezkl.add_option("-o,--output", arguments->output, "where the descriptor is written")
        ->required();
    ezkl.callback([arguments, &status] { status = compile_ezkl(*arguments); });
}

} // namespace assay::cli
