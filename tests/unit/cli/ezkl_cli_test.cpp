// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay verify ezkl` and `assay compile ezkl` as a user runs them, on the own vectors of ezkl/.
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/hash/sha2.hpp"

#include "tests/unit/cli/command.hpp"
#include "tests/unit/cli/scratch.hpp"
#include "tests/unit/support/read_file.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using assay::test::contains;
using assay::test::read_file;
using assay::test::run_assay;
using assay::test::ScratchFolder;

namespace {

std::string sample(const std::string& name) {
    return std::string{ASSAY_VECTORS} + "/ezkl/generated/" + name;
}

std::string pin_of(const std::string& path) {
    return ' ' + assay::bytes::to_hex(assay::hash::sha256(assay::as_bytes(read_file(path))));
}

std::string with_files(const std::string& proof = "proof.json") {
    return "verify ezkl " + sample(proof) + " --key " + sample("vk.key") + " --settings " +
           sample("settings.json");
}

const std::string VALUES = "  public values (4): 0.78125 -0.7890625 0.796875 -0.8046875\n";

} // namespace

TEST_CASE("an EZKL proof is verified under its files or their descriptor") {
    const std::string srs = " --srs " + sample("sample.srs");
    const std::string pins = " --pin" + pin_of(sample("vk.key")) + pin_of(sample("settings.json")) +
                             pin_of(sample("sample.srs"));
    for (const char* proof : {"proof.json", "other_threads.json"}) {
        const auto good = run_assay(with_files(proof) + srs + pins);
        CHECK(good.status == 0);
        CHECK(contains(good.output, ": verified (trust: proven)"));
        CHECK(contains(good.output, VALUES));
    }
    const std::string compiled = "verify ezkl " + sample("proof.json") + " --descriptor " +
                                 sample("descriptor.bin") + srs + " --pin" +
                                 pin_of(sample("descriptor.bin")) + pin_of(sample("sample.srs"));
    CHECK(run_assay(compiled).status == 0);
    CHECK(contains(run_assay(compiled + " --json").output, R"("integer":"-101")"));
    const auto wrong = run_assay(with_files("other_instance.json") + srs + pins);
    CHECK(wrong.status == 1);
    CHECK(contains(wrong.output, "EZKL_PROOF_INVALID"));
    CHECK(!contains(wrong.output, "public values"));
}

TEST_CASE("a ceremony's file that is empty is not the public ceremony") {
    const ScratchFolder folder;
    const std::string empty = folder.write("empty.srs", "");
    const std::string pins = " --pin" + pin_of(sample("vk.key")) + pin_of(sample("settings.json"));
    const auto without = run_assay(with_files() + pins);
    CHECK(without.status == 1);
    CHECK(contains(without.output, "EZKL_PROOF_INVALID"));
    for (const std::string& given : {empty, std::string{"''"}}) {
        const auto refused = run_assay(with_files() + pins + " --srs " + given);
        CHECK(refused.status == 2);
        CHECK(refused.output.empty());
    }
    const std::string compile = "compile ezkl --key " + sample("vk.key") + " --settings " +
                                sample("settings.json") + " -o " + folder.path("descriptor");
    CHECK(run_assay(compile + " --srs " + empty).status == 2);
}

TEST_CASE("a key is compiled into the descriptor that a proof is then verified under") {
    const ScratchFolder folder;
    const std::string output = folder.path("descriptor");
    const std::string compile = "compile ezkl --key " + sample("vk.key") + " --settings " +
                                sample("settings.json") + " -o " + output;
    const auto open = run_assay(compile);
    CHECK(open.status == 0);
    CHECK(read_file(output) == read_file(sample("descriptor.bin")));
    CHECK(contains(open.output, "--pin 0x" + pin_of(output).substr(1)));

    const std::string srs = " --srs " + sample("sample.srs");
    CHECK(run_assay(compile + srs + " --proof " + sample("proof.json")).status == 0);
    const std::string under =
        srs + " --descriptor " + output + " --pin" + pin_of(output) + pin_of(sample("sample.srs"));
    CHECK(run_assay("verify ezkl " + sample("proof.json") + under).status == 0);
    CHECK(run_assay("verify ezkl " + sample("other_threads.json") + under).status == 1);
}

TEST_CASE("what cannot be compiled leaves no descriptor") {
    const ScratchFolder folder;
    const std::string output = folder.path("descriptor");
    const std::string key = "compile ezkl --key " + sample("vk.key");
    const std::string compile = key + " --settings " + sample("settings.json") + " -o " + output;
    const auto wrong = run_assay(compile + " --srs " + sample("sample.srs") + " --proof " +
                                 sample("other_instance.json"));
    CHECK(wrong.status == 1);
    CHECK(contains(wrong.output, "EZKL_PROOF_INVALID"));
    CHECK(run_assay(compile + " --proof " + folder.write("empty", "")).status == 2);
    CHECK(run_assay(compile + " --proof " + folder.path("missing")).status == 2);
    const auto malformed =
        run_assay(key + " --settings " + folder.write("settings", "{") + " -o " + output);
    CHECK(malformed.status == 2);
    CHECK(contains(malformed.output, "EZKL_MALFORMED"));
    CHECK(read_file(output).empty());
    CHECK(run_assay(key + " -o " + output).status == 2);
    CHECK(run_assay(key + " --settings " + sample("settings.json") + " -o " +
                    folder.path("no/such/folder"))
              .status == 2);
}

TEST_CASE("a bundle's EZKL proof is judged under the policy's key and ceremony", "[evidence]") {
    const ScratchFolder folder;
    const std::string digest = "0x" + pin_of(sample("descriptor.bin")).substr(1);
    const auto base64 = [](const char* name) {
        return assay::bytes::to_base64(assay::as_bytes(read_file(sample(name))));
    };
    const auto policy = [&](const std::string& more) {
        return folder.write("policy", R"({"zk":{"keys":[{"digest":")" + digest + R"(","key":")" +
                                          base64("descriptor.bin") + '"' + more + "}]}}");
    };
    const auto judge = [&](const char* proof, const std::string& more) {
        folder.write("bundle", R"({"assay":1,"zk":{"system":"ezkl","proof":)" +
                                   read_file(sample(proof)) + R"(,"keyDigest":")" + digest +
                                   "\"}}");
        return run_assay("verify " + folder.path("bundle") + " --at 1795176000 --json --policy " +
                         policy(more));
    };
    const std::string srs = R"(,"srs":")" + base64("sample.srs") + '"';
    const auto good = judge("proof.json", srs);
    CHECK(good.status == 0);
    CHECK(contains(good.output, R"("trust":"proven")"));
    CHECK(contains(good.output, R"("value":-0.7890625)"));
    CHECK(contains(judge("proof.json", "").output, "EZKL_PROOF_INVALID"));
    CHECK(contains(judge("other_instance.json", srs).output, "EZKL_PROOF_INVALID"));
    CHECK(judge("proof.json", R"(,"srs":"")").status == 2);
}

TEST_CASE("an EZKL proof needs its key and settings, or a descriptor, with a pin for each") {
    const std::string proof = "verify ezkl " + sample("proof.json");
    const std::string pin = " --pin" + pin_of(sample("proof.json"));
    CHECK(run_assay(proof + pin).status == 2);
    CHECK(run_assay(proof + " --key " + sample("vk.key") + pin).status == 2);
    CHECK(contains(run_assay(with_files() + " --json" + pin).output, "POLICY_INVALID"));
    const auto mismatch =
        run_assay(with_files() + " --json" + pin + pin_of(sample("settings.json")));
    CHECK(mismatch.status == 1);
    CHECK(contains(mismatch.output, "EZKL_VK_MISMATCH"));
    const auto malformed = run_assay(proof + " --json --descriptor " + sample("proof.json") + pin);
    CHECK(malformed.status == 2);
    CHECK(contains(malformed.output, "EZKL_MALFORMED"));
}
