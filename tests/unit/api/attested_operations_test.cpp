// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The operations over quotes and reports: their options, and what their verdicts say.
#include "core/api/operations.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json.hpp"

#include "tests/unit/support/nitro_builder.hpp"
#include "tests/unit/support/quote_builder.hpp"
#include "tests/unit/support/report_builder.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace assay::api {
namespace {

std::string call(std::string_view name, const std::vector<BytesView>& fields) {
    const Operation* operation = find_operation(name);
    REQUIRE(operation != nullptr);
    REQUIRE(operation->fields == fields.size());
    return operation->run(fields);
}

bool says(const std::string& verdict, const std::string& part) {
    return verdict.find(part) != std::string::npos;
}

std::string repeat(const std::string& pair, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) {
        out += pair;
    }
    return out;
}

const std::string CLOCK = R"("now":)" + std::to_string(test::NOW);

std::string root() {
    return R"("root":{"name":"demo root","der":")" + bytes::to_base64(test::quote_root()) + "\"}";
}

std::string tdx(const std::string& operation, const std::string& options) {
    static const Bytes quote = test::make_quote(test::quote_spec());
    static const std::string collateral = test::make_collateral(test::collateral_spec());
    return operation == "check_tdx_quote_signature"
               ? call(operation, {quote, as_bytes(options)})
               : call(operation, {quote, as_bytes(collateral), as_bytes(options)});
}

std::string tdx_policy(const std::string& more) {
    std::string measurement = R"({"mrtd":")" + repeat("aa", 48) + '"';
    for (const char* i : {"0", "1", "2"}) {
        measurement +=
            std::string{R"(,"rtmr)"} + i + R"(":")" + repeat(std::string{"b"} + i, 48) + '"';
    }
    return "{" + CLOCK + R"(,"policy":{"measurements":[)" + measurement + "}]," + more + "}}";
}

std::string snp(const std::string& operation, const std::string& options) {
    static const test::Evidence evidence = test::make_evidence(test::report_spec());
    return call(operation,
                {evidence.report, evidence.vek, as_bytes(evidence.chain), {}, as_bytes(options)});
}

std::string ark() {
    return R"("ark_sha256":{"Milan":")" + bytes::to_hex(*test::demo_roots().ark_sha256[0]) + "\"}";
}

TEST_CASE("a verdict over a quote says what it is and whose", "[api][tdx]") {
    const std::string verified = tdx("verify_tdx_quote", tdx_policy(root()));
    CHECK(says(verified, R"({"ok":true,"value":{"kind":"tdx","debug":false,"version":4)"));
    CHECK(says(verified, R"("rtmr":["b0b0)"));
    CHECK(says(verified, R"("teeTcbSvn":"0505)"));
    CHECK(says(verified,
               R"("tcb":{"status":"UpToDate","qeStatus":"UpToDate",)"
               R"("moduleStatus":"UpToDate","advisories":[],"evaluationDataNumber":17})"));
    CHECK(says(verified, R"("trust":"attested")"));
    CHECK(says(verified, "demo root, named by the policy"));

    const std::string genuine = tdx("authenticate_tdx_quote", "{" + CLOCK + "," + root() + "}");
    CHECK(says(genuine, R"("value":{"genuine":true,"kind":"tdx")"));
    CHECK(says(genuine, R"("trust":"unproven")"));
    CHECK(says(genuine, "none was applied"));

    const std::string by_signature =
        tdx("check_tdx_quote_signature", "{" + CLOCK + "," + root() + "}");
    CHECK(says(by_signature, R"("tcb":null)"));
    CHECK(says(by_signature, "no collateral was looked at"));
}

TEST_CASE("a quote is verified under a policy only", "[api][tdx][negative]") {
    const auto code = [](const std::string& options) { return tdx("verify_tdx_quote", options); };
    CHECK(says(code("{" + CLOCK + "}"), "TDX_POLICY_EMPTY"));
    CHECK(says(code("{" + CLOCK + R"(,"policy":null})"), "TDX_POLICY_EMPTY"));
    CHECK(says(code("{" + CLOCK + R"(,"policy":{}})"), "TDX_POLICY_EMPTY"));
    CHECK(says(code("{}"), "POLICY_INVALID"));
    CHECK(says(code("{" + CLOCK + R"(,"polici":{}})"), "POLICY_INVALID"));
    CHECK(says(code(tdx_policy(R"("accept":["proven"],)" + root())), "TRUST_INSUFFICIENT"));
    CHECK(says(code(tdx_policy(R"("accept":1)")), "POLICY_INVALID"));
    CHECK(
        says(code(tdx_policy(R"("accept":["attested"])")), "TDX_CHAIN_UNTRUSTED")); // Intel's root
    // authenticate takes no policy at all.
    CHECK(says(tdx("authenticate_tdx_quote", tdx_policy(root())), "POLICY_INVALID"));
}

TEST_CASE("a verdict over a report says what it is and whose", "[api][snp]") {
    const std::string policy =
        "{" + CLOCK + R"(,"policy":{"measurements":[")" + repeat("aa", 48) + "\"]," + ark() + "}}";
    const std::string verified = snp("verify_snp_report", policy);
    CHECK(says(verified, R"({"ok":true,"value":{"kind":"snp","debug":false,"version":3)"));
    CHECK(says(verified, R"("guestPolicy":"196608")"));
    CHECK(says(verified, R"("keyKind":"VCEK","productLine":"Milan","product":"Milan-B0")"));
    CHECK(says(verified, R"("tcb":{"bl":3,"tee":0,"snp":8,"ucode":115})"));
    CHECK(says(verified, R"("trust":"attested")"));
    const std::string genuine = snp("authenticate_snp_report", "{" + CLOCK + "," + ark() + "}");
    CHECK(says(genuine, R"("value":{"genuine":true,"kind":"snp")"));
    CHECK(says(genuine, R"("trust":"unproven")"));
}

TEST_CASE("a report is verified under a policy and pinned roots only", "[api][snp][negative]") {
    const auto code = [](const std::string& options) { return snp("verify_snp_report", options); };
    const auto pinned = [&](const std::string& pins) {
        return code("{" + CLOCK + R"(,"policy":{"measurements":[")" + repeat("aa", 48) +
                    R"("],"ark_sha256":)" + pins + "}}");
    };
    CHECK(says(code("{" + CLOCK + "}"), "SNP_POLICY_EMPTY"));
    CHECK(says(code("{" + CLOCK + R"(,"policy":{}})"), "SNP_POLICY_EMPTY"));
    for (const char* pins : {"{}", "null", "[]", R"({"Milan":"00"})", R"({"Milan":1})",
                             R"({"Rome":")"
                             "0000000000000000000000000000000000000000000000000000000000000000"
                             R"("})"}) {
        CHECK(says(pinned(pins), "POLICY_INVALID"));
    }
    CHECK(says(pinned(R"({"Genoa":")" + repeat("00", 32) + "\"}"), "SNP_CHAIN_UNTRUSTED"));
    const Bytes large((1 << 20) + 1, 0);
    const std::string options = "{" + CLOCK + "}";
    CHECK(says(call("authenticate_snp_report", {{}, large, {}, {}, as_bytes(options)}),
               "INPUT_LIMIT"));
    CHECK(says(call("authenticate_snp_report", {{}, {}, {}, {}, as_bytes(options)}),
               "SNP_MALFORMED"));
}

} // namespace
} // namespace assay::api
