// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay verify|authenticate tdx|snp` on the own vectors, as a user runs them (api.md "CLI").
#include "core/bytes/base64.hpp"

#include "tests/unit/cli/command.hpp"
#include "tests/unit/cli/scratch.hpp"
#include "tests/unit/support/read_file.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace {

using assay::test::Command;
using assay::test::contains;
using assay::test::read_file;
using assay::test::run_assay;
using assay::test::ScratchFile;

const std::string TDX = std::string{ASSAY_VECTORS} + "/tdx/";
const std::string SNP = std::string{ASSAY_VECTORS} + "/snp/";
const std::string AT = " --at 2026-01-01T00:00:00Z";

std::string repeat(const std::string& pair, int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
        out += pair;
    return out;
}

/// Pins the vectors' root and the measurements of their guest.
std::string tdx_policy(const std::string& mrtd, const std::string& more = "") {
    return R"({"root":{"name":"vectors' root","der":")" +
           assay::bytes::to_base64(assay::as_bytes(read_file(TDX + "root.der"))) +
           R"("},"measurements":[{"mrtd":")" + repeat(mrtd, 48) + R"(","rtmr0":")" +
           repeat("b0", 48) + R"(","rtmr1":")" + repeat("b1", 48) + R"(","rtmr2":")" +
           repeat("b2", 48) + "\"}]" + more + "}";
}

std::string snp_policy(const std::string& measurement) {
    const std::string index = read_file(SNP + "index.json");
    const std::string pins = index.substr(1, index.find('}'));
    return "{" + pins + R"(,"measurements":[")" + repeat(measurement, 48) + "\"]}";
}

Command verify_tdx(const std::string& quote, const std::string& policy,
                   const std::string& collateral = "good.json", const std::string& more = "") {
    const ScratchFile file{"policy.json", policy};
    return run_assay("verify tdx " + TDX + quote + " --collateral " + TDX + collateral +
                     " --policy " + file.path() + AT + more);
}

Command verify_snp(const std::string& report, const std::string& policy,
                   const std::string& more = "") {
    const ScratchFile file{"policy.json", policy};
    return run_assay("verify snp " + SNP + report + ".bin --vek " + SNP + report +
                     "_vek.der --chain " + SNP + report + "_chain.pem --policy " + file.path() +
                     AT + more);
}

} // namespace

TEST_CASE("a quote that the policy names is verified", "[cli][tdx]") {
    const Command good = verify_tdx("v4.bin", tdx_policy("aa"));
    INFO(good.output);
    CHECK(good.status == 0);
    CHECK(contains(good.output, "verified (trust: attested)"));
    CHECK(contains(good.output, "vectors' root"));
    const Command json = verify_tdx("v4.bin", tdx_policy("aa"), "good.json", " --json");
    CHECK(json.status == 0);
    CHECK(contains(json.output, R"("mrtd":")" + repeat("aa", 48)));
    CHECK(json.output.find('\n') == json.output.size() - 1);
}

TEST_CASE("a quote that the policy does not name is refused with its code",
          "[cli][tdx][negative]") {
    const auto refused = [](const Command& run, const char* code) {
        INFO(run.output);
        CHECK_FALSE(contains(run.output, "verified (trust"));
        CHECK(contains(run.output, code));
        return run.status;
    };
    CHECK(refused(verify_tdx("v4.bin", tdx_policy("ab")), "TDX_MEASUREMENT_MISMATCH") == 1);
    CHECK(refused(verify_tdx("other_signer.bin", tdx_policy("aa")), "TDX_SIGNATURE_INVALID") == 1);
    CHECK(refused(verify_tdx("debug.bin", tdx_policy("aa")), "TDX_DEBUG_MODE") == 1);
    CHECK(verify_tdx("debug.bin", tdx_policy("aa", R"(,"allow_debug":true)")).status == 0);
    CHECK(refused(verify_tdx("v4.bin", tdx_policy("aa"), "pck_revoked.json"), "TDX_CERT_REVOKED") ==
          1);
    CHECK(refused(verify_tdx("trailing_bytes.bin", tdx_policy("aa")), "TDX_MALFORMED") == 2);
    CHECK(refused(verify_tdx("v4.bin", "{}"), "TDX_POLICY_EMPTY") == 2);
}

TEST_CASE("without collateral or a policy no quote is verified", "[cli][tdx][negative]") {
    const ScratchFile policy{"policy.json", tdx_policy("aa")};
    const std::string quote = TDX + "v4.bin";
    const Command bare = run_assay("verify tdx " + quote + " --policy " + policy.path() + AT);
    CHECK(bare.status == 1);
    CHECK(contains(bare.output, "TDX_COLLATERAL_MISSING"));
    CHECK(run_assay("verify tdx " + quote + AT).status == 2);
    CHECK(run_assay("verify tdx " + quote + " --collateral " + TDX + "good.json" + AT).status == 2);
    // Under Intel's root the vectors' chain is a stranger's.
    const Command genuine =
        run_assay("authenticate tdx " + quote + " --collateral " + TDX + "good.json" + AT);
    CHECK(genuine.status == 1);
    CHECK(contains(genuine.output, "TDX_CHAIN_UNTRUSTED"));
    CHECK(run_assay("authenticate tdx " + quote + " --signature-only" + AT).status == 1);
}

TEST_CASE("a report that the policy names is verified", "[cli][snp]") {
    for (const char* report : {"milan", "vlek", "turin"}) {
        const Command run = verify_snp(report, snp_policy("aa"));
        INFO(run.output);
        CHECK(run.status == 0);
        CHECK(contains(run.output, "verified (trust: attested)"));
    }
}

TEST_CASE("a report that the policy does not name is refused with its code",
          "[cli][snp][negative]") {
    const auto refused = [](const Command& run, const char* code) {
        INFO(run.output);
        CHECK_FALSE(contains(run.output, "verified (trust"));
        CHECK(contains(run.output, code));
        return run.status;
    };
    CHECK(refused(verify_snp("milan", snp_policy("ab")), "SNP_MEASUREMENT_MISMATCH") == 1);
    CHECK(refused(verify_snp("other_signer", snp_policy("aa")), "SNP_SIGNATURE_INVALID") == 1);
    CHECK(refused(verify_snp("debug", snp_policy("aa")), "SNP_DEBUG_MODE") == 1);
    CHECK(refused(verify_snp("milan", "{}"), "SNP_POLICY_EMPTY") == 2);
    const ScratchFile empty{"empty.crl", ""};
    CHECK(refused(verify_snp("milan", snp_policy("aa"), " --crl " + empty.path()),
                  "SNP_MALFORMED") == 2);
    const std::string files =
        SNP + "milan.bin --vek " + SNP + "milan_vek.der --chain " + SNP + "milan_chain.pem";
    CHECK(run_assay("verify snp " + files + AT).status == 2);
    CHECK(run_assay("verify snp " + SNP + "milan.bin" + AT).status == 2);
    const Command genuine = run_assay("authenticate snp " + files + AT);
    CHECK(genuine.status == 1);
    CHECK(contains(genuine.output, "SNP_CHAIN_UNTRUSTED"));
}
