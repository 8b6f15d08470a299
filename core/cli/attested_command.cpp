// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/attested_command.hpp"

#include "core/api/operations.hpp"
#include "core/attestation/snp_report.hpp"
#include "core/attestation/tdx_collateral.hpp"
#include "core/attestation/tdx_quote.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/cli/call_options.hpp"
#include "core/cli/files.hpp"
#include "core/cli/judge_files.hpp"
#include "core/cli/print.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay::cli {
namespace {

/// What the options of one sub-command are read into; lives as long as the parser.
struct Arguments : FileArguments {
    std::string collateral;
    std::string vek;
    std::string chain;
    std::vector<std::string> crls;
    std::string policy;
    std::string at;
    enum class Task : std::uint8_t { verify, authenticate } task = Task::authenticate;
    bool signature_only = false;
};

constexpr FileLimit QUOTE{attestation::QUOTE_BYTES, ErrorCode::TDX_LIMIT};
constexpr FileLimit COLLATERAL{attestation::COLLATERAL_BYTES, ErrorCode::TDX_LIMIT};
/// A report has one size; a certificate or list at most 1 MiB (core/api/verify_steps.cpp).
constexpr FileLimit REPORT{attestation::SNP_REPORT_BYTES, ErrorCode::SNP_MALFORMED};
constexpr FileLimit CERTIFICATE{std::size_t{1} << 20, ErrorCode::INPUT_LIMIT};

/// {"now": …, and where evidence is verified "policy": the file's object}
std::optional<std::string> write_options(const Arguments& arguments) {
    bytes::JsonWriter options;
    options.object();
    write_clock(options, arguments.at);
    if (arguments.task == Arguments::Task::verify) {
        const auto policy = read_policy(arguments.policy, arguments.output());
        if (!policy) {
            return std::nullopt;
        }
        options.key("policy").raw(*policy);
    }
    options.end();
    return options.take();
}

/// Calls @p operation for each file: its bytes, then @p companions, then the options.
int judge(const Arguments& arguments, const char* operation, FileLimit limit,
          const std::vector<Bytes>& companions) {
    const auto options = write_options(arguments);
    const api::Operation* found = api::find_operation(operation);
    if (!options || found == nullptr) {
        return EXIT_OTHER;
    }
    const char* word =
        arguments.task == Arguments::Task::verify ? "verified" : "genuine, no policy was applied";
    return judge_files(arguments, word, [&](const std::string& file) -> Judged {
        ReadFailure failure{};
        const auto evidence = load_document(file, limit, failure);
        if (!evidence) {
            return {.unread = failure};
        }
        std::vector<BytesView> fields{*evidence};
        fields.insert(fields.end(), companions.begin(), companions.end());
        fields.push_back(as_bytes(*options));
        return {.verdict = found->run(fields)};
    });
}

int judge_quotes(const Arguments& arguments) {
    if (arguments.signature_only) {
        return judge(arguments, "check_tdx_quote_signature", QUOTE, {});
    }
    Bytes collateral;
    if (!arguments.collateral.empty()) { // without it the core says TDX_COLLATERAL_MISSING
        auto bytes = read_file(arguments.collateral, COLLATERAL, arguments.output());
        if (!bytes) {
            return EXIT_OTHER;
        }
        collateral = *std::move(bytes);
    }
    return judge(arguments,
                 arguments.task == Arguments::Task::verify ? "verify_tdx_quote"
                                                           : "authenticate_tdx_quote",
                 QUOTE, {collateral});
}

int judge_reports(const Arguments& arguments) {
    const auto vek = read_file(arguments.vek, CERTIFICATE, arguments.output());
    const auto chain = read_file(arguments.chain, CERTIFICATE, arguments.output());
    if (!vek || !chain) {
        return EXIT_OTHER;
    }
    Bytes crls;
    for (const std::string& path : arguments.crls) {
        const auto list = read_file(path, CERTIFICATE, arguments.output());
        if (!list) {
            return EXIT_OTHER;
        }
        crls.insert(crls.end(), list->begin(), list->end());
        if (list->empty()) {
            crls.push_back(0); // an empty file is a list that does not parse, not the lack of one
        }
    }
    return judge(arguments,
                 arguments.task == Arguments::Task::verify ? "verify_snp_report"
                                                           : "authenticate_snp_report",
                 REPORT, {*vek, *chain, crls});
}

/// One sub-command with the options that all of them have.
CLI::App& add_command(CLI::App& parent, const char* name, const char* description,
                      const std::shared_ptr<Arguments>& arguments, int& status,
                      int (*run)(const Arguments&)) {
    CLI::App& command = *parent.add_subcommand(name, description);
    add_file_options(command, *arguments, "evidence to judge; - is standard input");
    add_clock(command, arguments->at);
    command.callback([arguments, &status, run] { status = run(*arguments); });
    return command;
}

} // namespace

void add_attested_commands(CLI::App& verify, CLI::App& authenticate, int& status) {
    for (CLI::App* parent : {&verify, &authenticate}) {
        const auto quotes = std::make_shared<Arguments>();
        CLI::App& tdx =
            add_command(*parent, "tdx", "an Intel TDX or SGX quote", quotes, status, judge_quotes);
        tdx.add_option("--collateral", quotes->collateral,
                       "what Intel publishes about the platform (JSON)");
        const auto reports = std::make_shared<Arguments>();
        CLI::App& snp = add_command(*parent, "snp", "an AMD SEV-SNP attestation report", reports,
                                    status, judge_reports);
        snp.add_option("--vek", reports->vek, "the VCEK or VLEK certificate (DER)")->required();
        snp.add_option("--chain", reports->chain, "ASK or ASVK, then ARK (PEM)")->required();
        snp.add_option("--crl", reports->crls, "revocation list of the ARK or ASK (DER)");
        if (parent == &verify) {
            quotes->task = reports->task = Arguments::Task::verify;
            tdx.add_option("--policy", quotes->policy, "policy file (JSON)")->required();
            snp.add_option("--policy", reports->policy, "policy file (JSON)")->required();
        } else {
            tdx.add_flag("--signature-only", quotes->signature_only,
                         "look at no collateral: neither revocation nor TCB is judged")
                ->excludes("--collateral");
        }
    }
}

} // namespace assay::cli
