// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay verify groth16|plonk|fflonk`, and a bundle with a proof, as a user runs it. The good
// proofs are the seeds of the fuzzer.
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/reader.hpp"
#include "core/hash/sha2.hpp"

#include "tests/unit/cli/command.hpp"
#include "tests/unit/cli/scratch.hpp"
#include "tests/unit/support/read_file.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

using assay::test::contains;
using assay::test::read_file;
using assay::test::run_assay;

namespace {

/// Key, public signals and proof in files that are gone with the test.
class Files {
public:
    explicit Files(const std::string& system = "groth16") : system_{system} {
        const std::string seed =
            read_file(std::string{ASSAY_VECTORS} + "/../fuzz/seeds/zk/" + system);
        assay::bytes::Reader reader{assay::as_bytes(seed)};
        REQUIRE(reader.u8().has_value());
        for (const char* name : {"vk", "public", "proof"}) {
            const auto length = reader.little_endian(2);
            REQUIRE(length.has_value());
            const auto field = reader.take(*length);
            REQUIRE(field.has_value());
            folder_.write(name, assay::as_text(*field));
            if (pin_.empty())
                pin_ = assay::bytes::to_hex(assay::hash::sha256(*field));
        }
    }

    [[nodiscard]] std::string path(const char* name) const { return folder_.path(name); }
    [[nodiscard]] std::string text(const char* name) const { return read_file(path(name)); }
    void rewrite(const char* name, std::string_view content) const { folder_.write(name, content); }
    [[nodiscard]] const std::string& pin() const { return pin_; }
    [[nodiscard]] std::string arguments() const {
        return "verify " + system_ + ' ' + path("proof") + " --vk " + path("vk") + " --public " +
               path("public");
    }

private:
    std::string system_;
    assay::test::ScratchFolder folder_;
    std::string pin_;
};

} // namespace

TEST_CASE("a proof is verified under its key's pin, and never without one") {
    const Files files;
    const auto good = run_assay(files.arguments() + " --json --pin " + files.pin());
    CHECK(good.status == 0);
    CHECK(contains(good.output, R"("publicSignals":["29"])"));
    CHECK(contains(good.output, R"("trust":"proven")"));
    CHECK(run_assay(files.arguments()).status == 2);
    CHECK(run_assay(files.arguments() + " --pin 00").status == 2);

    const std::string other(64, '0');
    const auto wrong = run_assay(files.arguments() + " --json --pin " + other);
    CHECK(wrong.status == 1);
    CHECK(contains(wrong.output, "ZK_VK_INVALID"));
}

TEST_CASE("a verdict for a person says what was proven") {
    for (const auto& [system, values] :
         {std::pair{"groth16", "(1): 29"}, {"plonk", "(2): 29 31"}, {"fflonk", "(2): 29 31"}}) {
        CAPTURE(system);
        const Files files{system};
        const auto json = run_assay(files.arguments() + " --json --pin " + files.pin());
        CHECK(json.status == 0);
        CHECK(contains(json.output, R"("system":")" + std::string{system}));
        CHECK(!contains(json.output, "public values"));
        const auto text = run_assay(files.arguments() + " --pin " + files.pin());
        CHECK(text.status == 0);
        CHECK(contains(text.output, ": verified (trust: proven)"));
        CHECK(contains(text.output, std::string{"  public values "} + values + '\n'));
    }
    const Files files;
    files.rewrite("public", R"(["30"])");
    const auto wrong = run_assay(files.arguments() + " --pin " + files.pin());
    CHECK(wrong.status == 1);
    CHECK(!contains(wrong.output, "public values"));
}

TEST_CASE("another claim is rejected, a file that is no proof is not") {
    const Files files;
    files.rewrite("public", R"(["30"])");
    const auto other = run_assay(files.arguments() + " --json --pin " + files.pin());
    CHECK(other.status == 1);
    CHECK(contains(other.output, "ZK_PROOF_INVALID"));
    files.rewrite("proof", "{}");
    CHECK(run_assay(files.arguments() + " --pin " + files.pin()).status == 2);
    CHECK(run_assay(files.arguments() + "_missing --pin " + files.pin()).status == 2);
}

TEST_CASE("a bundle's proof is judged under the policy's key", "[evidence]") {
    const Files files;
    const std::string bundle = R"({"assay":1,"zk":{"system":"groth16","proof":)" +
                               files.text("proof") + R"(,"publicSignals":)" + files.text("public") +
                               R"(,"keyDigest":"0x)" + files.pin() + "\"}}";
    const std::string key = assay::bytes::to_base64(assay::as_bytes(files.text("vk")));
    files.rewrite("bundle", bundle);
    files.rewrite("policy", R"({"zk":{"keys":[{"digest":"0x)" + files.pin() + R"(","key":")" + key +
                                "\"}]}}");
    files.rewrite("empty", "{}");
    const std::string verify =
        "verify " + files.path("bundle") + " --at 1795176000 --json --policy ";
    const auto good = run_assay(verify + files.path("policy"));
    CHECK(good.status == 0);
    CHECK(
        contains(good.output, R"("zk":{"system":"groth16","publicSignals":["29"],"keySha256":"0x)" +
                                  files.pin()));
    CHECK(contains(good.output, R"("trust":"proven")"));
    const auto without = run_assay(verify + files.path("empty"));
    CHECK(without.status == 2);
    CHECK(contains(without.output, "EVIDENCE_UNSUPPORTED"));

    std::string other = bundle;
    other.replace(other.find(R"("29")"), 4, R"("30")");
    files.rewrite("bundle", other);
    const auto wrong = run_assay(verify + files.path("policy"));
    CHECK(wrong.status == 1);
    CHECK(contains(wrong.output, "ZK_PROOF_INVALID"));
}
