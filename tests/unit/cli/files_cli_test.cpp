// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Files that are not there, have no end, or have a name that lies; and what --json says of them.
#include "tests/unit/cli/command.hpp"
#include "tests/unit/cli/scratch.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

using assay::test::Command;
using assay::test::contains;
using assay::test::lines_of;
using assay::test::run_assay;
using assay::test::ScratchFile;
using assay::test::ScratchFolder;
using assay::test::Stream;

namespace {

const std::string EVIDENCE = std::string{ASSAY_SAMPLES} + "/evidence/";
const std::string POLICY = " --policy " + EVIDENCE + "policy.json --at 1795176000";
const std::string MODEL = std::string{ASSAY_SAMPLES} + "/models/price_move.onnx";

/// Exit status 2 and one line of JSON that names the file and has the code.
void check_refused(const std::string& arguments, const std::string& file, const char* code) {
    const Command run = run_assay(arguments + " --json");
    INFO(arguments);
    INFO(run.output);
    CHECK(run.status == 2);
    REQUIRE(lines_of(run.output).size() == 1);
    CHECK(contains(run.output, R"("file":")" + file + "\""));
    CHECK(contains(run.output, R"("ok":false,"code":")" + std::string{code} + "\""));
}

} // namespace

TEST_CASE("a file without an end is refused at its kind's limit", "[cli][negative]") {
    const std::string zero = "/dev/zero";
    const std::string document = EVIDENCE + "attestation.cose";
    const std::string receipt = EVIDENCE + "receipt.json";
    const std::string tdx = std::string{ASSAY_VECTORS} + "/tdx/";
    const std::string snp = std::string{ASSAY_VECTORS} + "/snp/milan";
    check_refused("authenticate nitro " + zero, zero, "NITRO_LIMIT");
    check_refused("verify nitro " + zero + POLICY, zero, "NITRO_LIMIT");
    check_refused("verify nitro " + document + " --policy " + zero, zero, "POLICY_INVALID");
    check_refused("verify receipt " + receipt + " --attestation " + zero + POLICY, zero,
                  "NITRO_LIMIT");
    check_refused("verify receipt " + zero + " --attestation " + document + POLICY, zero,
                  "INPUT_LIMIT");
    check_refused("authenticate tdx " + zero, zero, "TDX_LIMIT");
    check_refused("authenticate tdx " + tdx + "v4.bin --collateral " + zero, zero, "TDX_LIMIT");
    const std::string chain = " --chain " + snp + "_chain.pem";
    check_refused("authenticate snp " + zero + " --vek " + snp + "_vek.der" + chain, zero,
                  "SNP_MALFORMED");
    check_refused("authenticate snp " + snp + ".bin --vek " + zero + chain, zero, "INPUT_LIMIT");
    check_refused("verify " + zero + POLICY, zero, "INPUT_LIMIT");
    check_refused("run " + MODEL + " --input " + zero, zero, "INPUT_LIMIT");
    check_refused("verify registry " + zero + POLICY, zero, "INPUT_LIMIT");
    check_refused("verify registry " + receipt + " --policy " + zero, zero, "POLICY_INVALID");
}

TEST_CASE("a document of base64 text is refused at the document's limit", "[cli][negative]") {
    const ScratchFile most{"most.txt", std::string(21848 - 4, 'A') + "\n"}; // 16383 bytes
    check_refused("authenticate nitro " + most.path(), most.path(), "NITRO_MALFORMED");
    const ScratchFile more{"more.txt", std::string(21848, 'A') + "\n"}; // 16386 bytes
    check_refused("authenticate nitro " + more.path(), more.path(), "NITRO_LIMIT");
}

TEST_CASE("a model above the limit is not read", "[cli][negative]") {
    const ScratchFile sparse{"large.onnx", ""};
    std::filesystem::resize_file(sparse.path(), std::uintmax_t{1} << 31);
    check_refused("run " + sparse.path() + " --input /dev/null", sparse.path(), "ONNX_LIMIT");
    check_refused("inspect " + sparse.path(), sparse.path(), "ONNX_LIMIT");
}

TEST_CASE("a file that cannot be read has its line of JSON", "[cli][negative]") {
    const std::string none = "/nowhere/at_all";
    const std::string document = EVIDENCE + "attestation.cose";
    const std::string receipt = EVIDENCE + "receipt.json";
    check_refused("authenticate nitro " + none, none, "ARGUMENT_INVALID");
    check_refused("authenticate nitro " + EVIDENCE, EVIDENCE, "ARGUMENT_INVALID"); // a folder
    check_refused("verify " + none + POLICY, none, "ARGUMENT_INVALID");
    check_refused("verify " + EVIDENCE + POLICY, EVIDENCE, "ARGUMENT_INVALID");
    check_refused("verify receipt " + none + " --attestation " + document + POLICY, none,
                  "ARGUMENT_INVALID");
    check_refused("verify receipt " + receipt + " --attestation " + none + POLICY, none,
                  "ARGUMENT_INVALID");
    check_refused("verify receipt " + receipt + " --attestation /dev/null" + POLICY, "/dev/null",
                  "NITRO_MALFORMED");
    for (const char* kind : {"verify nitro ", "verify receipt ", "verify tdx ", "verify "}) {
        check_refused(kind + document + " --policy " + none, none, "ARGUMENT_INVALID");
        check_refused(kind + document + " --policy " + document, document, "POLICY_INVALID");
    }
    check_refused("run " + none + " --input /dev/null", none, "MODEL_UNAVAILABLE");
}

TEST_CASE("a policy that the core refuses has its line of JSON", "[cli][negative]") {
    const ScratchFile policy{"policy.json", R"({"unheard_of":1})"};
    check_refused("verify " + EVIDENCE + "bundle.json --policy " + policy.path(), policy.path(),
                  "POLICY_INVALID");
}

TEST_CASE("the verdicts of several files keep their order", "[cli]") {
    const std::string document = EVIDENCE + "attestation.cose";
    for (const auto& [kind, good] :
         {std::pair{std::string{"verify "}, EVIDENCE + "bundle.json"},
          std::pair{"verify receipt --attestation " + document + " ", EVIDENCE + "receipt.json"},
          std::pair{std::string{"verify nitro "}, document}}) {
        INFO(kind);
        const Command run =
            run_assay(kind + good + " /nowhere " + good + " --jobs 4 --json" + POLICY);
        CHECK(run.status == 2);
        const auto lines = lines_of(run.output);
        REQUIRE(lines.size() == 3);
        CHECK(contains(lines[0], R"("ok":true)"));
        CHECK(contains(lines[1], R"("file":"/nowhere","ok":false)"));
        CHECK(contains(lines[2], R"("ok":true)"));
    }
}

TEST_CASE("standard input is one file", "[cli][negative]") {
    const Command run = run_assay("verify nitro - - --jobs 2 --json" + POLICY + " </dev/null");
    CHECK(run.status == 2);
    CHECK(contains(run.output, "standard input is named twice"));
    CHECK(lines_of(run.output).size() == 1);
}

TEST_CASE("a bad feed is blamed on the file that has it", "[cli][negative]") {
    const ScratchFile feeds{"feeds.json", "[]"};
    for (const char* verb : {"run ", "inspect ", "bench "}) {
        check_refused(verb + MODEL + " --input " + feeds.path(), feeds.path(), "ARGUMENT_INVALID");
        check_refused(verb + MODEL + " --input /nowhere", "/nowhere", "ARGUMENT_INVALID");
        const Command said = run_assay(verb + MODEL + " --input " + feeds.path(), Stream::error);
        CHECK(said.status == 2);
        CHECK(said.output.starts_with("assay: " + feeds.path() + ": ARGUMENT_INVALID: "));
        CHECK(lines_of(said.output).size() == 1);
    }
}

TEST_CASE("measurements without a document: what is missing is said", "[cli][negative]") {
    const std::string line = "verify receipt " + EVIDENCE + "receipt.json" + POLICY;
    check_refused(line, EVIDENCE + "policy.json", "POLICY_INVALID");
    const Command run = run_assay(line, Stream::error);
    CHECK(run.status == 2);
    CHECK(contains(run.output, "--attestation"));
}

TEST_CASE("a file's name draws no line of its own", "[cli][negative]") {
    const ScratchFolder folder;
    for (const char* name :
         {"x\ny: verified (trust: proven)\nz", "x\x1b[2K\x1b[1Ay", "x\x9b\x32Ky"}) {
        const std::string file = " '" + folder.write(name, "no evidence") + "' ";
        for (const std::string& line :
             {"authenticate nitro" + file, "verify" + file + POLICY,
              "verify receipt" + file + "--attestation" + file + POLICY,
              "verify nitro" + file + "--policy" + file, "run" + file + "--input" + file,
              "run " + MODEL + " --input" + file,
              std::string{"authenticate nitro '/nowhere/"} + name + "'"}) {
            for (const Stream stream : {Stream::out, Stream::error}) {
                const Command run = run_assay(line, stream);
                INFO(run.output);
                CHECK(run.status == 2);
                CHECK(contains(run.output, "\ny: verified") == false);
                CHECK(contains(run.output, "\x1b") == false);
                CHECK(contains(run.output, "\x9b") == false);
            }
        }
    }
}
