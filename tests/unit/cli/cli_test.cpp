// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The command as a user runs it: exit statuses and what stands on standard output (api.md "CLI").
#include "tests/unit/cli/command.hpp"
#include "tests/unit/cli/scratch.hpp"
#include "tests/unit/support/read_file.hpp"

#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <string>
#include <string_view>

using Run = assay::test::Command;
using assay::test::contains;
using assay::test::run_assay;

namespace {

const std::string EVIDENCE = std::string{ASSAY_SAMPLES} + "/evidence/";

std::string receipt(const std::string& file, const std::string& more) {
    return "verify receipt " + EVIDENCE + file + " --attestation " + EVIDENCE +
           "attestation.cose --policy " + EVIDENCE + "policy.json --at 1795176000 " + more;
}

} // namespace

TEST_CASE("a verified receipt exits with 0 and shows its checks", "[cli]") {
    const Run run = run_assay(receipt("receipt.json", ""));
    CHECK(run.status == 0);
    CHECK(contains(run.output, "verified (trust: attested)"));
    CHECK(contains(run.output, "demo root"));
    CHECK(contains(run.output, "assumed"));
}

TEST_CASE("the clock of --at reads both forms", "[cli]") {
    const Run run =
        run_assay("authenticate nitro " + EVIDENCE + "attestation.cose --at 2026-11-20T12:00:00Z");
    CHECK(run.status == 1); // genuine under another root only
    CHECK(contains(run.output, "NITRO_CHAIN_UNTRUSTED"));
    CHECK(run_assay("authenticate nitro " + EVIDENCE + "attestation.cose --at yesterday").status ==
          2);
}

TEST_CASE("a forged receipt exits with 1 and names the code", "[cli][negative]") {
    const Run run = run_assay(receipt("receipt_reply_changed.json", "--json"));
    CHECK(run.status == 1);
    CHECK(contains(run.output, "\"code\":\"RECEIPT_OUTPUT_HASH_MISMATCH\""));
    CHECK(run.output.back() == '\n');
    CHECK(run.output.find('\n') == run.output.size() - 1);
}

TEST_CASE("several files give a verdict each and the worst status", "[cli]") {
    const Run run =
        run_assay(receipt("receipt.json", EVIDENCE + "receipt_reply_changed.json --json"));
    CHECK(run.status == 1);
    CHECK(contains(run.output, "\"ok\":true"));
    CHECK(contains(run.output, "\"ok\":false"));
}

TEST_CASE("the caller chooses how the request is read, not the file", "[cli][negative]") {
    CHECK(run_assay(receipt("receipt.json", "--request-is sdk-input")).status == 2);
    CHECK(run_assay(receipt("receipt.json", "--request-is guess")).status == 2);
}

TEST_CASE("an empty attestation is not the absence of one", "[cli][negative]") {
    CHECK(run_assay("verify receipt " + EVIDENCE +
                    "receipt.json --attestation /dev/null --policy " + EVIDENCE +
                    "policy.json --at 1795176000")
              .status == 2);
}

TEST_CASE("a document that the policy names is verified", "[cli]") {
    const Run run = run_assay("verify nitro " + EVIDENCE + "attestation.cose --policy " + EVIDENCE +
                              "policy.json --at 1795176000");
    INFO(run.output);
    CHECK(run.status == 0);
    CHECK(contains(run.output, "attestation.cose: verified (trust: attested)"));
    CHECK(contains(run.output, "demo root"));
}

TEST_CASE("a document under another root is not genuine", "[cli][negative]") {
    const Run run =
        run_assay("authenticate nitro " + EVIDENCE + "attestation.cose --at 1795176000");
    CHECK(run.status == 1);
    CHECK_FALSE(contains(run.output, "genuine"));
    CHECK_FALSE(contains(run.output, "verified"));
}

TEST_CASE("authenticate says of AWS's own document that it is genuine and no more", "[cli]") {
    const std::string document = std::string{ASSAY_SHARED_VECTORS} + "/nitro/050f82ac1d033929.cose";
    if (!std::ifstream{document})
        SKIP("no ../shared/vectors: no document under AWS's root");
    const Run run = run_assay("authenticate nitro " + document + " --at 1755506060");
    INFO(run.output);
    CHECK(run.status == 0);
    CHECK(contains(run.output, ".cose: genuine, no policy was applied"));
    CHECK_FALSE(contains(run.output, "verified"));
    CHECK(run_assay("authenticate nitro " + document + " --at 1855506060").status == 1);
}

TEST_CASE("a sample model runs and a bad feed has its code", "[cli]") {
    const std::string model = std::string{ASSAY_SAMPLES} + "/models/price_move.onnx";
    const auto run_with = [&](const std::string& feeds) {
        return run_assay("run " + model + " --json --input - <<'END'\n" + feeds + "\nEND\n");
    };
    const Run good = run_with(R"({"features":{"dims":[1,8],"data":[0,0,0,0,0,0,0,0]}})");
    CHECK(good.status == 0);
    CHECK(contains(good.output, R"("score":{"type":"float32","dims":[1,1],"data":[0.4629)"));
    CHECK(contains(run_with("{}").output, "ONNX_INPUT_NAME"));
    CHECK(contains(run_with(R"({"x":[1]})").output, "ONNX_INPUT_NAME"));
    CHECK(
        contains(run_with(R"({"features":{"dims":[1,7],"data":[0]}})").output, "ONNX_INPUT_SHAPE"));
    CHECK(contains(run_with(R"({"features":{"dims":[1,1],"data":["a"]}})").output, "ONNX_INPUT"));
    CHECK(run_with("{}").status == 2);
}

TEST_CASE("without a policy nothing is verified", "[cli][negative]") {
    const Run nitro = run_assay("verify nitro " + EVIDENCE + "attestation.cose --at 1795176000");
    CHECK(nitro.status == 2);
    CHECK_FALSE(contains(nitro.output, "verified"));
    CHECK(run_assay("verify receipt " + EVIDENCE + "receipt.json --at 1795176000").status == 2);
}

TEST_CASE("a policy file that says nothing is refused with 2", "[cli][negative]") {
    CHECK(run_assay("verify nitro " + EVIDENCE + "attestation.cose --policy " + EVIDENCE +
                    "receipt.json --at 1795176000")
              .status == 2);
    CHECK(run_assay("verify nitro " + EVIDENCE + "attestation.cose --policy /dev/null").status ==
          2);
}

TEST_CASE("files that are not there or not evidence exit with 2", "[cli][negative]") {
    CHECK(run_assay("authenticate nitro /nowhere.cose").status == 2);
    CHECK(run_assay("authenticate nitro /dev/null").status == 2);
    CHECK(
        run_assay("verify receipt " + EVIDENCE + "policy.json --policy " + EVIDENCE + "policy.json")
            .status == 2);
    CHECK(run_assay("").status == 2);
}

TEST_CASE("a member's name cannot draw or erase a row on the terminal", "[cli][negative]") {
    std::string file = assay::test::read_file(EVIDENCE + "receipt.json");
    // An unsigned member of the reply: erase the line, go up, turn the writing, C1, DEL.
    constexpr std::string_view RESPONSE = R"("response": "{)";
    const std::size_t at = file.find(RESPONSE);
    REQUIRE(at != std::string::npos);
    file.insert(at + RESPONSE.size(),
                R"(\"<\\u001b[2K\\u001b[A\\u000a\\u202e\\u2066\\u009b\\u007f>\":1,)");
    const assay::test::ScratchFile altered{"control_characters.json", file};

    const Run run =
        run_assay("verify receipt " + altered.path() + " --attestation " + EVIDENCE +
                  "attestation.cose --policy " + EVIDENCE + "policy.json --at 1795176000");
    INFO(run.output);
    CHECK(run.status == 0);
    CHECK(contains(run.output, "<\uFFFD[2K\uFFFD[A\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD>"));
    CHECK_FALSE(contains(run.output, "\x1b"));
}
