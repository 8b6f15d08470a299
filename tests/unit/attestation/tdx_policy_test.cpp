// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/tdx.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/nitro_builder.hpp"
#include "tests/unit/support/quote_builder.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::attestation {
namespace {

using test::NOW;
using test::QuoteSpec;

std::string repeat(const std::string& pair, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) {
        out += pair;
    }
    return out;
}

const std::string MRTD = R"("mrtd":")" + repeat("aa", 48) + '"';
const std::string RTMRS = R"("rtmr0":")" + repeat("b0", 48) + R"(","rtmr1":")" + repeat("b1", 48) +
                          R"(","rtmr2":"0x)" + repeat("B2", 48) + '"';
const std::string TD = "{" + MRTD + "," + RTMRS + "}";
const std::string MRENCLAVE = R"("mrenclave":")" + repeat("aa", 32) + '"';

Result<TdxPolicy> parse(const std::string& text) {
    static std::string kept; // JSON values view into their text
    kept = text;
    const auto json = bytes::parse_json(kept, ErrorCode::POLICY_INVALID);
    REQUIRE(json.has_value());
    return TdxPolicy::parse(*json);
}

std::string form(const std::string& text) {
    return test::outcome(parse(text));
}

/// Outcome of verify_tdx() for the policy.
std::string verified(const std::string& policy, const QuoteSpec& quote, const Bytes& root,
                     const std::string& collateral, CheckList* rows = nullptr) {
    const auto parsed = parse(policy);
    REQUIRE(test::outcome(parsed) == "OK");
    CheckList checks;
    const auto result = verify_tdx(TrustAnchor::certificate(root, "demo root"), *parsed, NOW,
                                   test::make_quote(quote), as_bytes(collateral), checks);
    if (rows != nullptr) {
        *rows = checks;
    }
    return test::outcome(result);
}

std::string td(const std::string& policy, const QuoteSpec& quote = test::quote_spec(),
               CheckList* rows = nullptr) {
    static const std::string collateral = test::make_collateral(test::collateral_spec());
    static const Bytes root = test::quote_root();
    return verified(policy, quote, root, collateral, rows);
}

std::string sgx(const std::string& policy) {
    return verified(policy, test::sgx_quote_spec(), test::quote_root(),
                    test::make_collateral(test::sgx_collateral_spec()));
}

std::string measured(const std::string& entries) {
    return R"({"measurements":[)" + entries + "]}";
}

TEST_CASE("a policy pins complete sets of measurements", "[tdx][policy][negative]") {
    CHECK(form(measured(TD)) == "OK");
    CHECK(form(measured("{" + MRENCLAVE + "}")) == "OK");
    for (const std::string& text :
         {std::string{"{}"}, std::string{R"({"measurements":null})"}, measured(""), measured("1"),
          measured("{}"), measured("{" + MRTD + "}"), measured("{" + RTMRS + "}"),
          measured(TD + ",{}"), measured("{" + MRENCLAVE + "," + MRTD + "}"),
          measured(R"({"mrenclave":"00"})"),
          measured(R"({"mrsigner":")" + repeat("00", 32) + "\"}"),
          measured("{" + MRTD + "," + RTMRS + R"(,"rtmr3":"00"})"),
          measured("{" + MRTD + "," + RTMRS + R"(,"rtmr4":""})"),
          measured("{" + MRTD + "," + RTMRS + R"(,"report_data":")" + repeat("cc", 64) + "\"}"),
          measured("{" + MRTD + "," + RTMRS + R"(,"from":"now"})")}) {
        CHECK(form(text) == "TDX_POLICY_EMPTY");
    }
    CHECK(form(measured("{" + MRTD + "," + RTMRS + R"(,"until":100000000001})")) ==
          "POLICY_INVALID");
}

TEST_CASE("other members of a policy have their form", "[tdx][policy][negative]") {
    const auto with = [](const std::string& member) {
        return form(R"({"measurements":[)" + TD + "]," + member + "}");
    };
    CHECK(with(R"("allow_debug":true,"require_sept_ve_disable":false)") == "OK");
    CHECK(with(R"("accept_status":[])") == "OK");
    CHECK(with(R"("report_data":"00")") == "OK"); // never matches
    for (const char* member :
         {R"("allow_debug":1)", R"("require_sept_ve_disable":"true")", R"("accept_status":"OK")",
          R"("accept_status":["uptodate"])", R"("accept_status":[1])", R"("report_data":"0")",
          R"("report_data":1)", R"("allow_debugg":true)"}) {
        CHECK(with(member) == "POLICY_INVALID");
    }
    const auto json = bytes::parse_json("[]", ErrorCode::POLICY_INVALID);
    CHECK(test::outcome(TdxPolicy::parse(*json)) == "POLICY_INVALID");
}

TEST_CASE("one entry matches in all its pins", "[tdx][policy][negative]") {
    CHECK(td(measured(TD)) == "OK");
    const std::string other = "{" + MRTD + R"(,"rtmr0":")" + repeat("b1", 48) + R"(","rtmr1":")" +
                              repeat("b1", 48) + R"(","rtmr2":")" + repeat("b2", 48) + "\"}";
    CHECK(td(measured(other)) == "TDX_MEASUREMENT_MISMATCH");
    CHECK(td(measured(other + "," + TD)) == "OK");
    CHECK(td(measured("{" + MRENCLAVE + "}")) == "TDX_MEASUREMENT_MISMATCH");
    const auto more = [](const std::string& pin) {
        return td(measured("{" + MRTD + "," + RTMRS + "," + pin + "}"));
    };
    CHECK(more(R"("rtmr3":")" + repeat("b3", 48) + '"') == "OK");
    CHECK(more(R"("rtmr3":")" + repeat("b2", 48) + '"') == "TDX_MEASUREMENT_MISMATCH");
    CHECK(more(R"("mrservicetd":")" + repeat("00", 48) + '"') == "TDX_MEASUREMENT_MISMATCH");
    CHECK(sgx(measured("{" + MRENCLAVE + "}")) == "OK");
    CHECK(sgx(measured("{" + MRENCLAVE + R"(,"mrsigner":")" + repeat("ab", 32) + "\"}")) == "OK");
    CHECK(sgx(measured("{" + MRENCLAVE + R"(,"isvsvn":"0100"})")) == "TDX_MEASUREMENT_MISMATCH");
    CHECK(sgx(measured(TD)) == "TDX_MEASUREMENT_MISMATCH");
}

TEST_CASE("an entry counts within its window", "[tdx][policy][negative]") {
    const auto window = [](const std::string& members) {
        return td(measured("{" + MRTD + "," + RTMRS + "," + members + "}"));
    };
    const std::string now = std::to_string(NOW);
    CHECK(window(R"("from":)" + now + R"(,"until":)" + now) == "OK");
    CHECK(window(R"("from":)" + std::to_string(NOW + 1)) == "TDX_MEASUREMENT_MISMATCH");
    CHECK(window(R"("until":)" + std::to_string(NOW - 1)) == "TDX_MEASUREMENT_MISMATCH");
}

TEST_CASE("report data is compared whole, or reported as not compared", "[tdx][policy][negative]") {
    const auto data = [](const std::string& hex, CheckList* rows = nullptr) {
        return td(R"({"measurements":[)" + TD + R"(],"report_data":")" + hex + "\"}",
                  test::quote_spec(), rows);
    };
    CheckList rows;
    CHECK(data(repeat("cc", 64), &rows) == "OK");
    CHECK(rows.items().back().status == CheckStatus::passed);
    CHECK(data(repeat("cc", 63)) == "TDX_REPORT_DATA_MISMATCH");
    CHECK(data(repeat("cc", 63) + "cd") == "TDX_REPORT_DATA_MISMATCH");
    CHECK(data("") == "TDX_REPORT_DATA_MISMATCH");
    CHECK(td(measured(TD), test::quote_spec(), &rows) == "OK");
    CHECK(rows.items().back().name == "report data");
    CHECK(rows.items().back().status == CheckStatus::not_covered);
}

TEST_CASE("what a policy allows and requires", "[tdx][policy][negative]") {
    const auto with = [](const std::string& member, const QuoteSpec& quote) {
        return td(R"({"measurements":[)" + TD + "]," + member + "}", quote);
    };
    QuoteSpec debug = test::quote_spec();
    debug.body[120] = 1;
    CHECK(with(R"("allow_debug":false)", debug) == "TDX_DEBUG_MODE");
    CHECK(with(R"("allow_debug":true)", debug) == "OK");
    QuoteSpec plain = test::quote_spec();
    CHECK(with(R"("require_sept_ve_disable":true)", plain) == "TDX_ATTRIBUTES");
    plain.body[123] = 0x10;
    CHECK(with(R"("require_sept_ve_disable":true)", plain) == "OK");
    CHECK(sgx(R"({"measurements":[{)" + MRENCLAVE + R"(}],"require_sept_ve_disable":true})") ==
          "OK"); // SGX has no such attribute
    CHECK(with(R"("accept_status":["UpToDate"])", test::quote_spec()) == "OK");
    CHECK(with(R"("accept_status":["OutOfDate","Revoked"])", test::quote_spec()) ==
          "TDX_TCB_POLICY");
    QuoteSpec old = test::quote_spec();
    old.body[0] = 2; // a module that is out of date
    CHECK(with(R"("accept_status":["UpToDate"])", old) == "TDX_TCB_OUT_OF_DATE");
    CHECK(with(R"("accept_status":["OutOfDate"])", old) == "OK");
    // The status is judged before the measurements.
    CHECK(td(measured("{" + MRENCLAVE + "}"), old) == "TDX_TCB_OUT_OF_DATE");
}

} // namespace
} // namespace assay::attestation
