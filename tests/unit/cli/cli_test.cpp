// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The command as a user runs it: exit statuses and what stands on standard output (api.md "CLI").
#include <catch2/catch_test_macros.hpp>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <string>

namespace {

struct Run {
    int status;
    std::string output;
};

/// Runs the command through the shell; standard error is dropped.
Run assay(const std::string& arguments) {
    const std::string command = std::string{ASSAY_CLI} + " " + arguments + " 2>/dev/null";
    std::FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Run run{-1, {}};
    std::array<char, 4096> block{};
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), pipe))
        run.output.append(block.data(), count);
    const int result = pclose(pipe);
    REQUIRE(WIFEXITED(result));
    run.status = WEXITSTATUS(result);
    return run;
}

const std::string EVIDENCE = std::string{ASSAY_SAMPLES} + "/evidence/";

std::string receipt(const std::string& file, const std::string& more) {
    return "verify receipt " + EVIDENCE + file + " --attestation " + EVIDENCE +
           "attestation.cose --policy " + EVIDENCE + "policy.json --at 1795176000 " + more;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a verified receipt exits with 0 and shows its checks", "[cli]") {
    const Run run = assay(receipt("receipt.json", ""));
    CHECK(run.status == 0);
    CHECK(contains(run.output, "verified (trust: attested)"));
    CHECK(contains(run.output, "demo root"));
    CHECK(contains(run.output, "assumed"));
}

TEST_CASE("the clock of --at reads both forms", "[cli]") {
    const Run run =
        assay("authenticate nitro " + EVIDENCE + "attestation.cose --at 2026-11-20T12:00:00Z");
    CHECK(run.status == 1); // genuine under another root only
    CHECK(contains(run.output, "NITRO_CHAIN_UNTRUSTED"));
    CHECK(assay("authenticate nitro " + EVIDENCE + "attestation.cose --at yesterday").status == 2);
}

TEST_CASE("a forged receipt exits with 1 and names the code", "[cli][negative]") {
    const Run run = assay(receipt("receipt_reply_changed.json", "--json"));
    CHECK(run.status == 1);
    CHECK(contains(run.output, "\"code\":\"RECEIPT_OUTPUT_HASH_MISMATCH\""));
    CHECK(run.output.back() == '\n');
    CHECK(run.output.find('\n') == run.output.size() - 1);
}

TEST_CASE("several files give a verdict each and the worst status", "[cli]") {
    const Run run = assay(receipt("receipt.json", EVIDENCE + "receipt_reply_changed.json --json"));
    CHECK(run.status == 1);
    CHECK(contains(run.output, "\"ok\":true"));
    CHECK(contains(run.output, "\"ok\":false"));
}

TEST_CASE("without a policy nothing is verified", "[cli][negative]") {
    const Run nitro = assay("verify nitro " + EVIDENCE + "attestation.cose --at 1795176000");
    CHECK(nitro.status == 2);
    CHECK_FALSE(contains(nitro.output, "verified"));
    CHECK(assay("verify receipt " + EVIDENCE + "receipt.json --at 1795176000").status == 2);
}

TEST_CASE("a policy file that says nothing is refused with 2", "[cli][negative]") {
    CHECK(assay("verify nitro " + EVIDENCE + "attestation.cose --policy " + EVIDENCE +
                "receipt.json --at 1795176000")
              .status == 2);
    CHECK(assay("verify nitro " + EVIDENCE + "attestation.cose --policy /dev/null").status == 2);
}

TEST_CASE("files that are not there or not evidence exit with 2", "[cli][negative]") {
    CHECK(assay("authenticate nitro /nowhere.cose").status == 2);
    CHECK(assay("authenticate nitro /dev/null").status == 2);
    CHECK(assay("verify receipt " + EVIDENCE + "policy.json --policy " + EVIDENCE + "policy.json")
              .status == 2);
    CHECK(assay("").status == 2);
    CHECK(assay("verify evidence").status == 2);
}
