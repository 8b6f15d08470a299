// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay verify [evidence]` as a user runs it: one file, many files, one bundle a line.
#include "tests/unit/cli/command.hpp"
#include "tests/unit/cli/scratch.hpp"
#include "tests/unit/support/read_file.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using assay::test::Command;
using assay::test::contains;
using assay::test::lines_of;
using assay::test::run_assay;
using assay::test::ScratchFile;

namespace {

const std::string SAMPLES = std::string{ASSAY_SAMPLES} + "/evidence/";
const std::string POLICY = " --policy " + SAMPLES + "policy.json --at 1795176000 ";

std::string read(const std::string& name) {
    return assay::test::read_file(SAMPLES + name);
}

} // namespace

TEST_CASE("a bundle is verified with and without the word", "[cli][evidence]") {
    for (const char* verb : {"verify ", "verify evidence "}) {
        for (const char* file : {"bundle.json", "bundle.cbor"}) {
            const Command run = run_assay(verb + SAMPLES + file + POLICY);
            CHECK(run.status == 0);
            CHECK(contains(run.output, std::string{file} + ": verified (trust: attested)"));
            CHECK(contains(run.output, "key: bound by the attestation"));
        }
    }
}

TEST_CASE("no file or option before a kind is passed over", "[cli][evidence][negative]") {
    const std::string forged = SAMPLES + "bundle_other_key.json";
    const std::string receipt = " receipt " + SAMPLES + "receipt.json --attestation " + SAMPLES +
                                "attestation.cose" + POLICY;
    CHECK(run_assay("verify " + forged + receipt).status == 2);
    const Command document =
        run_assay("verify " + forged + " nitro " + SAMPLES + "attestation.cose" + POLICY);
    CHECK(document.status == 2); // no file is called nitro
    CHECK(contains(document.output, "bundle_other_key.json: refused: EVIDENCE_LINK_MISMATCH"));
    const Command word =
        run_assay("verify " + forged + " evidence " + SAMPLES + "bundle.json" + POLICY);
    CHECK(word.status == 2);
    CHECK(contains(word.output, "bundle_other_key.json: refused"));
    CHECK(contains(word.output, "bundle.json: verified"));
    for (const char* option :
         {"--at 1795176000", "--at garbage", "--policy nofile", "--json", "--jobs 2", "--ndjson"}) {
        INFO(option);
        CHECK(run_assay(std::string{"verify "} + option + receipt).status == 2);
    }
    const Command clock =
        run_assay("verify --at garbage " + forged + " --policy " + SAMPLES + "policy.json",
                  assay::test::Stream::error);
    CHECK(clock.status == 2);
    CHECK(contains(clock.output, "--at: neither Unix seconds"));
    const Command unheard = run_assay("verified x", assay::test::Stream::error);
    CHECK(unheard.status == 2);
    CHECK(contains(unheard.output, "verified"));
    CHECK(contains(run_assay("authenticate tpm x", assay::test::Stream::error).output, "tpm"));
    CHECK(contains(run_assay("verify --help").output, "groth16"));
}

TEST_CASE("bundles exit by their category", "[cli][evidence][negative]") {
    CHECK(run_assay("verify " + SAMPLES + "bundle_reply_changed.json" + POLICY).status == 1);
    CHECK(run_assay("verify " + SAMPLES + "bundle_other_key.json" + POLICY).status == 1);
    CHECK(run_assay("verify " + SAMPLES + "bundle_own_policy.json" + POLICY).status == 2);
    const Command both = run_assay("verify --json " + SAMPLES + "bundle.json " + SAMPLES +
                                   "bundle_other_request.json" + POLICY);
    CHECK(both.status == 1);
    const auto verdicts = lines_of(both.output);
    REQUIRE(verdicts.size() == 2);
    CHECK(verdicts[0].starts_with(R"({"file":")" + SAMPLES + R"(bundle.json","ok":true,)"));
    CHECK(contains(verdicts[1], "RECEIPT_REQUEST_HASH_MISMATCH"));
}

TEST_CASE("a bundle without a policy is not verified", "[cli][evidence][negative]") {
    for (const char* verb : {"verify ", "verify evidence "}) {
        const Command run = run_assay(verb + SAMPLES + "bundle.json --at 1795176000");
        CHECK(run.status == 2);
        CHECK(run.output.empty());
    }
    CHECK(run_assay("verify").status == 2);
    CHECK(run_assay("verify" + POLICY).status == 2);
    CHECK(
        run_assay("verify " + SAMPLES + "bundle.json --policy " + SAMPLES + "bundle.json").status ==
        2);
    CHECK(run_assay("verify /nowhere.json" + POLICY).status == 2);
    CHECK(run_assay("verify /dev/null" + POLICY).status == 2);
    CHECK(run_assay("verify --jobs 0 " + SAMPLES + "bundle.json" + POLICY).status == 2);
}

TEST_CASE("lines give lines, in order, by any number of threads", "[cli][evidence][ndjson]") {
    const std::string good = read("bundle.json");
    const std::string forged = read("bundle_other_request.json");
    std::string content;
    constexpr int ROUNDS = 40;
    for (int i = 0; i < ROUNDS; ++i) {
        content += good + (i % 3 == 0 ? "\n" : "") + forged + "not a bundle\n";
    }
    const ScratchFile file{"order.ndjson", content};
    const Command one = run_assay("verify " + file.path() + POLICY);
    CHECK(one.status == 2); // lines that are no bundles
    const auto lines = lines_of(one.output);
    REQUIRE(lines.size() == 3 * ROUNDS);
    std::size_t number = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        number += i % 3 == 1 && (i / 3) % 3 == 0 ? 2 : 1; // blank lines are counted
        INFO(lines[i].substr(0, 100));
        CHECK(lines[i].starts_with(R"({"line":)" + std::to_string(number) + ","));
        CHECK(contains(lines[i], i % 3 == 0   ? R"("ok":true)"
                                 : i % 3 == 1 ? "RECEIPT_REQUEST_HASH_MISMATCH"
                                              : "EVIDENCE_MALFORMED"));
    }
    for (const char* jobs : {"2", "4", "16"}) {
        const Command many =
            run_assay("verify evidence " + file.path() + POLICY + "--jobs " + jobs);
        CHECK(many.status == one.status);
        CHECK(many.output == one.output);
    }
    CHECK(run_assay("verify - --jobs 4" + POLICY + "< " + file.path()).output == one.output);
}

TEST_CASE("one bundle a line is seen by its form, or said", "[cli][evidence][ndjson]") {
    const std::string good = read("bundle.json");
    const ScratchFile two{"two.txt", good + "\n\n" + read("bundle_reply_changed.json")};
    const Command seen = run_assay("verify " + two.path() + POLICY);
    CHECK(seen.status == 1);
    REQUIRE(lines_of(seen.output).size() == 2);
    CHECK(lines_of(seen.output)[1].starts_with(R"({"line":4,"ok":false)"));

    // One line alone is a bundle like any other; so is one over several lines.
    CHECK(contains(run_assay("verify " + SAMPLES + "bundle.json" + POLICY).output, "verified"));
    std::string broken = good;
    broken.insert(1, "\n");
    const ScratchFile pretty{"pretty.json", broken};
    CHECK(contains(run_assay("verify " + pretty.path() + POLICY).output, "verified"));
    // Its first line may look like an object.
    for (const char* lead :
         {R"({"generator":{})", R"({"generator":{"a":"}\"{"})", R"({"generator":[{}])"}) {
        const ScratchFile led{"led.json", lead + std::string{"\n,"} + good.substr(1)};
        const Command whole = run_assay("verify --json " + led.path() + POLICY);
        INFO(whole.output);
        CHECK(lines_of(whole.output).size() == 1);
    }
    const Command said = run_assay("verify --ndjson " + SAMPLES + "bundle.json" + POLICY);
    CHECK(said.output.starts_with(R"({"line":1,"ok":true)"));

    const Command several =
        run_assay("verify " + two.path() + " " + SAMPLES + "bundle.json --json" + POLICY);
    const auto lines = lines_of(several.output);
    REQUIRE(lines.size() == 3);
    CHECK(contains(lines[0], R"({"line":1,"file":")" + two.path()));
    CHECK(lines[2].starts_with(R"({"file":")" + SAMPLES + R"(bundle.json","ok":true)"));
}

TEST_CASE("a line longer than any bundle is one refusal", "[cli][evidence][ndjson][negative]") {
    const std::string good = read("bundle.json");
    const ScratchFile file{"long.ndjson", std::string(std::size_t{50} << 20, 'x') + "\n" + good};
    const Command run = run_assay("verify " + file.path() + POLICY);
    CHECK(run.status == 2);
    const auto lines = lines_of(run.output);
    REQUIRE(lines.size() == 2);
    CHECK(contains(lines[0], "INPUT_LIMIT"));
    CHECK(lines[1].starts_with(R"({"line":2,"ok":true)"));
}

TEST_CASE("a file that cannot be read costs its own row only") {
    const ScratchFile twin{"after_missing.json", read("bundle.json")};
    const Command command = run_assay("verify no_such_bundle " + SAMPLES + "bundle.json " +
                                      twin.path() + POLICY + "--json");
    CHECK(command.status == 2);
    const auto lines = lines_of(command.output);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].starts_with(R"({"file":"no_such_bundle","ok":false,"code":"ARGUMENT_INVALID")"));
    CHECK(contains(lines[2], R"("ok":true)"));
}

TEST_CASE("an oversized bundle is refused for its size") {
    const ScratchFile wide{"wide.json",
                           "{\"assay\": 1," + std::string(std::size_t{50} << 20, ' ') + "}"};
    const Command command = run_assay("verify " + wide.path() + POLICY + "--json");
    CHECK(command.status == 2);
    CHECK(contains(command.output, "\"code\":\"INPUT_LIMIT\""));
}

TEST_CASE("a verdict that cannot be written is no success") {
    const Command command = run_assay("verify " + SAMPLES + "bundle.json" + POLICY + ">/dev/full");
    CHECK(command.status == 2);
}
