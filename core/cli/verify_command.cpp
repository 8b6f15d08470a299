// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verify_command.hpp"

#include "core/api/verify_api.hpp"
#include "core/attestation/nitro_limits.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/cli/attested_command.hpp"
#include "core/cli/call_options.hpp"
#include "core/cli/evidence_command.hpp"
#include "core/cli/files.hpp"
#include "core/cli/judge_files.hpp"
#include "core/cli/print.hpp"
#include "core/cli/proof_command.hpp"
#include "core/cli/receipt_file.hpp"
#include "core/cli/registry_command.hpp"

#include <memory>
#include <optional>
#include <string>

namespace assay::cli {
namespace {

/// What the options of the sub-commands are read into; lives as long as the parser.
struct Arguments : FileArguments {
    std::string attestation;
    std::string policy;
    std::string at;
    std::string request_is = "sent";
    std::string profile;
};

constexpr FileLimit DOCUMENT{attestation::nitro_limits::DOCUMENT_BYTES, ErrorCode::NITRO_LIMIT};

/// Judges each file as an attestation document.
/// @param word what a success is called.
int judge_documents(const Arguments& arguments, const std::string& options,
                    std::string (*judge)(const api::NitroCall&) noexcept, const char* word) {
    return judge_files(arguments, word, [&](const std::string& file) {
        ReadFailure failure{};
        const auto document = load_document(file, DOCUMENT, failure);
        return document
                   ? Judged{.verdict = judge({.document = *document, .options = as_bytes(options)})}
                   : Judged{.unread = failure};
    });
}

int authenticate_nitro(const Arguments& arguments) {
    bytes::JsonWriter options;
    options.object();
    write_clock(options, arguments.at);
    options.end();
    return judge_documents(arguments, options.take(), api::authenticate_nitro,
                           "genuine, no policy was applied");
}

int verify_nitro(const Arguments& arguments) {
    const auto policy = read_policy(arguments.policy, arguments.output());
    if (!policy) {
        return EXIT_OTHER;
    }
    bytes::JsonWriter options;
    options.object();
    write_clock(options, arguments.at);
    options.key("policy").raw(*policy);
    options.end();
    return judge_documents(arguments, options.take(), api::verify_nitro, "verified");
}

/// Only of a document can they be asked for.
bool names_measurements(const std::string& policy) noexcept {
    const auto object = bytes::parse_json(policy, ErrorCode::POLICY_INVALID);
    return object && object->find("measurements") != nullptr;
}

int verify_receipt(const Arguments& arguments) {
    const auto policy = read_policy(arguments.policy, arguments.output());
    if (!policy) {
        return EXIT_OTHER;
    }
    Bytes document;
    if (!arguments.attestation.empty()) {
        auto bytes = read_document(arguments.attestation, DOCUMENT, arguments.output());
        if (!bytes) {
            return EXIT_OTHER;
        }
        document = std::move(*bytes);
        if (document.empty()) { // to the core an empty document is none at all
            complain(arguments.attestation, ErrorCode::NITRO_MALFORMED, "empty",
                     arguments.output());
            return EXIT_OTHER;
        }
    } else if (names_measurements(*policy)) {
        complain(arguments.policy, ErrorCode::POLICY_INVALID,
                 "names measurements, and there is no --attestation that could have them",
                 arguments.output());
        return EXIT_OTHER;
    }
    return judge_files(arguments, "verified", [&](const std::string& file) -> Judged {
        ReadFailure failure{};
        const auto receipt = ReceiptFile::load(file, arguments.request_is, failure);
        if (!receipt) {
            return {.unread = failure};
        }
        bytes::JsonWriter options;
        options.object();
        write_clock(options, arguments.at);
        options.key("policy").raw(*policy);
        options.key("request_is").string(arguments.request_is);
        if (receipt->response_is) {
            options.key("response_is").string(*receipt->response_is);
        }
        if (!arguments.profile.empty()) {
            options.key("profile").string(arguments.profile);
        }
        options.end();
        const std::string text = options.take();
        return {.verdict = api::verify_receipt({.request = as_bytes(receipt->request),
                                                .response = as_bytes(receipt->response),
                                                .document = document,
                                                .key = receipt->key,
                                                .options = as_bytes(text)})};
    });
}

void add_common(CLI::App& command, Arguments& arguments) {
    add_file_options(command, arguments, "evidence to judge; - is standard input");
    add_clock(command, arguments.at);
}

} // namespace

void add_verify_commands(CLI::App& app, int& status) {
    const auto arguments = std::make_shared<Arguments>();

    CLI::App* verify = app.add_subcommand("verify", "check evidence under a policy");
    verify->require_subcommand(1);
    add_evidence_command(*verify, status);
    add_proof_commands(*verify, status);
    add_registry_command(*verify, status);
    CLI::App* receipt = verify->add_subcommand("receipt", "a signed request and reply");
    add_common(*receipt, *arguments);
    receipt->add_option("--attestation", arguments->attestation,
                        "attestation document that vouches for the signing key");
    receipt->add_option("--policy", arguments->policy, "policy file (JSON)")->required();
    receipt
        ->add_option("--request-is", arguments->request_is,
                     "how the request is read: sent (default) or sdk-input")
        ->check(CLI::IsMember({"sent", "sdk-input"}));
    receipt->add_option("--profile", arguments->profile,
                        "receipt profile, when there is no attestation to choose it by");
    receipt->callback([arguments, &status] { status = verify_receipt(*arguments); });

    CLI::App* nitro = verify->add_subcommand("nitro", "an AWS Nitro attestation document");
    add_common(*nitro, *arguments);
    nitro->add_option("--policy", arguments->policy, "policy file (JSON)")->required();
    nitro->callback([arguments, &status] { status = verify_nitro(*arguments); });

    CLI::App* authenticate = app.add_subcommand(
        "authenticate", "say whether a document is genuine; no policy is applied");
    authenticate->require_subcommand(1);
    CLI::App* genuine = authenticate->add_subcommand("nitro", "an AWS Nitro attestation document");
    add_common(*genuine, *arguments);
    genuine->callback([arguments, &status] { status = authenticate_nitro(*arguments); });
    add_attested_commands(*verify, *authenticate, status);
}

} // namespace assay::cli
