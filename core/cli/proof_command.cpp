// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/proof_command.hpp"

#include "core/api/operations.hpp"
#include "core/bytes/hex.hpp"
#include "core/cli/files.hpp"
#include "core/cli/judge_files.hpp"
#include "core/cli/print.hpp"
#include "core/cli/proof_files.hpp"
#include "core/cli/proof_values.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::cli {
namespace {

/// What the options of one sub-command are read into; lives as long as the parser.
struct Arguments : FileArguments {
    std::string operation;
    std::vector<std::string> before; ///< files whose operands stand before the proof's
    std::string srs;
    std::vector<std::string> pins;
    bool has_srs = false;
};

/// The pins, one after the other; reports the first that is no SHA-256.
std::optional<Bytes> read_pins(const std::vector<std::string>& texts) {
    Bytes out;
    for (const std::string& text : texts) {
        const std::string_view digits{text};
        const auto pin = bytes::from_hex(digits.starts_with("0x") ? digits.substr(2) : digits);
        if (!pin || pin->size() != sizeof(Hash32)) {
            complain("--pin", ErrorCode::ARGUMENT_INVALID, text + " is no SHA-256", Output::text);
            return std::nullopt;
        }
        out.insert(out.end(), pin->begin(), pin->end());
    }
    return out;
}

int verify_proofs(const Arguments& arguments) {
    const api::Operation* operation = api::find_zk_operation(arguments.operation);
    const auto pins = read_pins(arguments.pins);
    if (operation == nullptr || !pins) {
        return EXIT_OTHER;
    }
    const Output output = arguments.output();
    std::vector<Bytes> fields;
    for (const std::string& path : arguments.before) {
        auto file = read_file(path, PROOF_FILE, output);
        if (!file) {
            return EXIT_OTHER;
        }
        fields.push_back(std::move(*file));
    }
    const std::size_t proof_at = fields.size();
    fields.emplace_back();
    if (arguments.has_srs) {
        auto srs = read_ceremony(arguments.srs, output);
        if (!srs) {
            return EXIT_OTHER;
        }
        fields.push_back(std::move(*srs));
    }
    fields.push_back(*pins);
    return judge_files(arguments, "verified", [&](const std::string& path) -> Judged {
        ReadFailure failure{};
        const auto proof = load_file(path, PROOF_FILE, failure);
        if (!proof) {
            return {.unread = failure};
        }
        std::vector<BytesView> views{fields.begin(), fields.end()};
        views[proof_at] = *proof;
        std::string verdict = operation->run(views);
        std::string note = arguments.json ? std::string{} : public_values(verdict);
        return {.verdict = std::move(verdict), .note = std::move(note)};
    });
}

CLI::App& add_command(CLI::App& verify, const char* name, const char* description,
                      const std::shared_ptr<Arguments>& arguments) {
    CLI::App& command = *verify.add_subcommand(name, description);
    add_file_options(command, *arguments, "proof.json");
    return command;
}

} // namespace

void add_proof_commands(CLI::App& verify, int& status) {
    for (const char* name : {"groth16", "plonk", "fflonk"}) {
        const auto arguments = std::make_shared<Arguments>();
        arguments->operation = std::string{"verify_"} + name;
        arguments->before.resize(2);
        CLI::App& command = add_command(verify, name, "a proof in the files of snarkjs", arguments);
        command.add_option("--vk", arguments->before[0], "verification_key.json")->required();
        command.add_option("--public", arguments->before[1], "public.json")->required();
        command.add_option("--pin", arguments->pins, "SHA-256 of the verification key")
            ->required()
            ->expected(1);
        command.callback([arguments, &status] { status = verify_proofs(*arguments); });
    }
    const auto arguments = std::make_shared<Arguments>();
    arguments->has_srs = true;
    const auto key = std::make_shared<std::string>();
    const auto settings = std::make_shared<std::string>();
    const auto descriptor = std::make_shared<std::string>();
    CLI::App& ezkl = add_command(verify, "ezkl", "an EZKL proof of inference", arguments);
    CLI::Option* key_option = ezkl.add_option("--key", *key, "vk.key");
    CLI::Option* settings_option = ezkl.add_option("--settings", *settings, "settings.json");
    key_option->needs(settings_option);
    settings_option->needs(key_option);
    ezkl.add_option("--descriptor", *descriptor, "a compiled key, in their place")
        ->excludes(key_option);
    add_ceremony_option(ezkl, arguments->srs);
    ezkl.add_option("--pin", arguments->pins,
                    "SHA-256 of the key, of the settings (or of the descriptor alone), then of the "
                    "ceremony's file where one is given")
        ->required()
        ->expected(1, 3);
    ezkl.callback([arguments, key, settings, descriptor, &status] {
        if (key->empty() == descriptor->empty()) {
            throw CLI::RequiredError{"--key and --settings, or --descriptor"};
        }
        if (descriptor->empty()) {
            arguments->operation = "verify_ezkl";
            arguments->before = {*key, *settings};
        } else {
            arguments->operation = "verify_ezkl_descriptor";
            arguments->before = {*descriptor};
        }
        status = verify_proofs(*arguments);
    });
}

} // namespace assay::cli
