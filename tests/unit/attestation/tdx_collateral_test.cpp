// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/attestation/tdx_cases.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::attestation {
namespace {

using namespace tdx_cases;

std::string tcb_info(const std::string& from, const std::string& to) {
    return collateral(
        [&](CollateralSpec& c) { c.tcb_info = test::replaced(c.tcb_info, from, to); });
}

std::string qe_identity(const std::string& from, const std::string& to) {
    return collateral(
        [&](CollateralSpec& c) { c.qe_identity = test::replaced(c.qe_identity, from, to); });
}

TEST_CASE("collateral is there, whole and well-formed", "[tdx][negative]") {
    const Bytes good = test::make_quote(test::quote_spec());
    CHECK(genuine(good, "") == "TDX_COLLATERAL_MISSING");
    CHECK(genuine(good, "null") == "TDX_COLLATERAL_MISSING");
    CHECK(genuine(good, "{}") == "TDX_COLLATERAL_MISSING");
    CHECK(genuine(good, "[]") == "TDX_MALFORMED");
    CHECK(genuine(good, "{") == "TDX_MALFORMED");
    CHECK(genuine(good, std::string(1 << 20, ' ') + "{}") == "TDX_LIMIT");
    for (const char* member :
         {"root_ca_crl", "pck_crl", "tcb_info", "tcb_info_signature", "tcb_info_issuer_chain",
          "qe_identity", "qe_identity_signature", "qe_identity_issuer_chain"}) {
        CHECK(collateral([&](CollateralSpec& c) { c.leave_out = member; }) ==
              "TDX_COLLATERAL_MISSING");
        const std::string name = "\"" + std::string{member} + "\":\"";
        CHECK(genuine(good, test::replaced(good_collateral(), name, name + "*")) ==
              "TDX_MALFORMED");
        CHECK(genuine(good, test::replaced(good_collateral(), name,
                                           "\"" + std::string{member} + "\":1,\"x\":\"")) ==
              "TDX_MALFORMED");
    }
    CHECK(collateral([](CollateralSpec& c) { c.leave_out = "pck_crl_issuer_chain"; }) == "OK");
    CHECK(genuine(good, test::replaced(good_collateral(), R"("pck_crl_issuer_chain":")",
                                       R"("pck_crl_issuer_chain":5,"x":")")) == "TDX_MALFORMED");
    CHECK(collateral([](CollateralSpec& c) { c.pck_crl.next_update = ""; }) == "TDX_MALFORMED");
    // Missing collateral comes before the chain, a bad quote before both.
    QuoteSpec stranger = test::quote_spec();
    stranger.ca.signer = test::p256_signer(7);
    CHECK(genuine(test::make_quote(stranger), "") == "TDX_COLLATERAL_MISSING");
    stranger.version = 6;
    CHECK(genuine(test::make_quote(stranger), "") == "TDX_VERSION_UNSUPPORTED");
}

TEST_CASE("the signed texts have the form that Intel gives them", "[tdx][negative]") {
    const auto malformed = [](const std::string& from, const std::string& to) {
        return tcb_info(from, to) == "TDX_MALFORMED";
    };
    CHECK(malformed(R"("issueDate":"2025-12-31T23:00:00Z")", R"("issueDate":"2025-12-31")"));
    CHECK(malformed("2025-12-31T23:00:00Z", "2025-12-31 23:00:00Z"));
    CHECK(malformed("2025-12-31T23:00:00Z", "2025-13-31T23:00:00Z"));
    CHECK(malformed("2025-12-31T23:00:00Z", "2025-12-31T23:00:00Z "));
    CHECK(malformed(R"("fmspc":"00906EA10000")", R"("fmspc":"00906EA1")"));
    CHECK(malformed(R"("pcesvn":11)", R"("pcesvn":"11")"));
    CHECK(malformed(R"("pcesvn":11)", R"("pcesvn":-1)"));
    CHECK(malformed(R"("svn":5)", R"("svn":256)"));
    CHECK(malformed(R"("svn":5)", R"("svn":5.0)"));
    CHECK(malformed("UpToDate", "uptodate"));
    CHECK(malformed(R"(["INTEL-SA-1")", R"([1)"));
    CHECK(malformed(R"("tcbLevels":[)", R"("tcbLevels":1,"x":[)"));
    CHECK(malformed(R"({"id")", R"([{"id")"));
    CHECK(qe_identity(R"("isvprodid":2)", R"("isvprodid":65536)") == "TDX_MALFORMED");
    CHECK(qe_identity(R"("mrsigner":"EE)", R"("mrsigner":")") == "TDX_MALFORMED");
    CHECK(qe_identity(R"("miscselect":"00000000")", R"("miscselect":"000000")") == "TDX_MALFORMED");
}

TEST_CASE("TCB info and QE identity are signed under the pinned root", "[tdx][negative]") {
    CHECK(collateral([](CollateralSpec& c) { c.tcb_signer = 7; }) == "TDX_TCB_INFO_UNTRUSTED");
    CHECK(collateral([](CollateralSpec& c) { c.qe_signer = 7; }) == "TDX_QE_IDENTITY_UNTRUSTED");
    const Bytes good = test::make_quote(test::quote_spec());
    CHECK(genuine(good, test::replaced(good_collateral(), R"(\"svn\":5)", R"(\"svn\":4)")) ==
          "TDX_TCB_INFO_UNTRUSTED");
    CHECK(genuine(good, test::replaced(good_collateral(), R"(\"isvsvn\":4)", R"(\"isvsvn\":3)")) ==
          "TDX_QE_IDENTITY_UNTRUSTED");
    const auto untrusted = [](const std::function<void(CollateralSpec&)>& change) {
        return collateral(change) == "TDX_TCB_INFO_UNTRUSTED";
    };
    CHECK(untrusted([](CollateralSpec& c) { c.signer.signer = test::p256_signer(7); }));
    CHECK(untrusted([](CollateralSpec& c) { c.signer.issuer = "other"; }));
    CHECK(untrusted([](CollateralSpec& c) { c.signer.extensions[0] = test::ca_constraints(0); }));
    CHECK(untrusted([](CollateralSpec& c) { c.signer.extensions[1] = test::key_usage(0x02); }));
    CHECK(untrusted([](CollateralSpec& c) { c.signer.version = {}; }));
    CHECK(untrusted([](CollateralSpec& c) { c.chain_text = test::pem(test::quote_root()); }));
    CHECK(untrusted([](CollateralSpec& c) { // the PCK CA may sign certificates only
        const test::QuoteSpec q = test::quote_spec();
        c.chain_text = test::pem(test::make_x509(q.ca)) + test::pem(test::quote_root());
        c.tcb_signer = c.qe_signer = 2;
    }));
    CHECK(untrusted([](CollateralSpec& c) { // below the root, but not by it
        const test::QuoteSpec q = test::quote_spec();
        c.chain_text = test::pem(test::make_x509(q.pck)) + test::pem(test::quote_root());
        c.tcb_signer = c.qe_signer = 3;
    }));
}

TEST_CASE("collateral is judged at the given time", "[tdx][negative]") {
    CHECK(collateral([](CollateralSpec& c) { c.signer.not_after = "251231235959Z"; }) ==
          "TDX_CERT_EXPIRED");
    CHECK(tcb_info("2026-01-01T01:00:00Z", "2025-12-31T23:59:59Z") == "TDX_COLLATERAL_EXPIRED");
    CHECK(tcb_info("2026-01-01T01:00:00Z", "2026-01-01T00:00:00Z") == "OK");
    CHECK(tcb_info("2025-12-31T23:00:00Z", "2026-01-01T00:00:01Z") == "TDX_COLLATERAL_EXPIRED");
    CHECK(qe_identity("2026-01-01T01:00:00Z", "2025-12-31T23:59:59Z") == "TDX_COLLATERAL_EXPIRED");
}

TEST_CASE("collateral is for this platform", "[tdx][negative]") {
    const auto mismatch = [](const std::string& from, const std::string& to) {
        return tcb_info(from, to) == "TDX_COLLATERAL_MISMATCH";
    };
    CHECK(mismatch(R"("id":"TDX")", R"("id":"SGX")"));
    CHECK(mismatch("00906EA10000", "00906EA10001"));
    CHECK(mismatch(R"("pceId":"0000")", R"("pceId":"0001")"));
    CHECK(mismatch(R"("version":3)", R"("version":2)"));
    CHECK(mismatch(R"("tcbType":0)", R"("tcbType":1)"));
    CHECK(mismatch(R"({"svn":5},)", ""));
    CHECK(mismatch(R"({"svn":5},)", R"({"svn":5},{"svn":5},)"));
    CHECK(mismatch(R"("tdxtcbcomponents")", R"("other")"));
    CHECK(qe_identity(R"("id":"TD_QE")", R"("id":"QE")") == "TDX_COLLATERAL_MISMATCH");
    CHECK(qe_identity(R"("version":2)", R"("version":3)") == "TDX_COLLATERAL_MISMATCH");
    const Bytes sgx = test::make_quote(test::sgx_quote_spec());
    CHECK(genuine(sgx, good_collateral()) == "TDX_COLLATERAL_MISMATCH");
}

TEST_CASE("the quoting enclave is the one that its identity describes", "[tdx][negative]") {
    const auto mismatch = [](const std::function<void(QuoteSpec&)>& change) {
        return quote(change) == "TDX_QE_IDENTITY_MISMATCH";
    };
    CHECK(mismatch([](QuoteSpec& q) { q.qe_report[128] ^= 1; }));     // MRSIGNER
    CHECK(mismatch([](QuoteSpec& q) { q.qe_report[256] ^= 1; }));     // ISVPRODID
    CHECK(mismatch([](QuoteSpec& q) { q.qe_report[16] ^= 1; }));      // MISCSELECT
    CHECK(mismatch([](QuoteSpec& q) { q.qe_report[48] ^= 2; }));      // ATTRIBUTES: debug
    CHECK(quote([](QuoteSpec& q) { q.qe_report[48] ^= 4; }) == "OK"); // outside of the mask
    CHECK(quote([](QuoteSpec& q) { q.qe_report[63] ^= 1; }) == "OK"); // outside of the mask
    CHECK(mismatch([](QuoteSpec& q) { q.qe_report[258] = 3; }));      // below every level
    CHECK(quote([](QuoteSpec& q) { q.qe_report[258] = 5; }) == "TDX_TCB_OUT_OF_DATE");
    CHECK(quote([](QuoteSpec& q) { q.qe_report[259] = 1; }) == "OK"); // 256 and more
}

TEST_CASE("the TDX module is one that the TCB info describes", "[tdx][negative]") {
    const auto mismatch = [](const std::function<void(QuoteSpec&)>& change) {
        return quote(change) == "TDX_MODULE_MISMATCH";
    };
    CHECK(mismatch([](QuoteSpec& q) { q.body[64] = 1; }));  // MRSIGNERSEAM
    CHECK(mismatch([](QuoteSpec& q) { q.body[112] = 1; })); // SEAMATTRIBUTES
    CHECK(mismatch([](QuoteSpec& q) { q.body[1] = 6; }));   // no identity of this version
    CHECK(mismatch([](QuoteSpec& q) { q.body[0] = 1; }));   // below every level
    CHECK(quote([](QuoteSpec& q) { q.body[0] = 2; }) == "TDX_TCB_OUT_OF_DATE");
    // Version 0 has no identity of its own, and components 0 and 1 count.
    CHECK(quote([](QuoteSpec& q) { q.body[1] = 0; }) == "TDX_TCB_UNRECOGNISED");
    CHECK(tcb_info(R"("tdxModule")", R"("other")") == "OK");
}

TEST_CASE("the platform has the first level that it reaches", "[tdx][negative]") {
    const auto tcb = [](const std::function<void(QuoteSpec&)>& change) {
        QuoteSpec spec = test::quote_spec();
        change(spec);
        CheckList checks;
        const auto result = authenticate_tdx(anchor(), NOW, test::make_quote(spec),
                                             as_bytes(good_collateral()), checks);
        REQUIRE(test::outcome(result) == "OK");
        return *result->claims().tcb;
    };
    const auto second = tcb([](QuoteSpec& q) { q.body[15] = 4; });
    CHECK(second.status == TcbStatus::sw_hardening_needed);
    CHECK(second.advisories == std::vector<std::string>{"INTEL-SA-1", "INTEL-SA-2"});
    // Those of the enclave that quotes and of the module go to the caller too, each once.
    CollateralSpec named = test::collateral_spec();
    constexpr const char* UP_TO_DATE = R"("tcbStatus":"UpToDate")";
    named.qe_identity =
        test::replaced(named.qe_identity, UP_TO_DATE,
                       R"("tcbStatus":"UpToDate","advisoryIDs":["INTEL-SA-7","INTEL-SA-2"])");
    named.tcb_info = test::replaced(named.tcb_info, UP_TO_DATE,
                                    R"("tcbStatus":"UpToDate","advisoryIDs":["INTEL-SA-8"])");
    QuoteSpec below = test::quote_spec();
    below.body[15] = 4;
    CheckList rows;
    const auto all = authenticate_tdx(anchor(), NOW, test::make_quote(below),
                                      as_bytes(test::make_collateral(named)), rows);
    REQUIRE(test::outcome(all) == "OK");
    CHECK(all->claims().tcb->advisories ==
          std::vector<std::string>{"INTEL-SA-7", "INTEL-SA-2", "INTEL-SA-8", "INTEL-SA-1"});
    named.qe_identity = test::replaced(named.qe_identity, R"("INTEL-SA-7")", "7");
    CHECK(genuine(test::make_quote(below), test::make_collateral(named), NOW) == "TDX_MALFORMED");
    CHECK(quote([](QuoteSpec& q) { q.body[15] = 1; }) == "TDX_TCB_UNRECOGNISED");
    CHECK(tcb_info(R"("pcesvn":11)", R"("pcesvn":12)") == "OK"); // the second level, accepted
    CHECK(tcb_info(R"("svn":5)", R"("svn":6)") == "OK");
    CHECK(collateral([](CollateralSpec& c) {
              c.tcb_info = test::replaced(c.tcb_info, R"("pcesvn":11)", R"("pcesvn":12)");
              c.tcb_info = test::replaced(c.tcb_info, R"("pcesvn":5)", R"("pcesvn":13)");
          }) == "TDX_TCB_UNRECOGNISED");
}

TEST_CASE("the worst part decides about the platform", "[tdx][negative]") {
    const auto status = [](const char* platform, const char* qe) {
        return collateral([&](CollateralSpec& c) {
            const std::string level = R"("pcesvn":11)";
            const std::size_t at = c.tcb_info.find(level);
            const std::size_t name = c.tcb_info.find("UpToDate", at);
            c.tcb_info.replace(name, std::string{"UpToDate"}.size(), platform);
            c.qe_identity = test::replaced(c.qe_identity, "UpToDate", qe);
        });
    };
    CHECK(status("UpToDate", "UpToDate") == "OK");
    CHECK(status("SWHardeningNeeded", "UpToDate") == "OK");
    CHECK(status("ConfigurationNeeded", "UpToDate") == "OK");
    CHECK(status("ConfigurationAndSWHardeningNeeded", "UpToDate") == "OK");
    CHECK(status("OutOfDate", "UpToDate") == "TDX_TCB_OUT_OF_DATE");
    CHECK(status("OutOfDateConfigurationNeeded", "UpToDate") == "TDX_TCB_OUT_OF_DATE");
    CHECK(status("SWHardeningNeeded", "OutOfDate") == "TDX_TCB_OUT_OF_DATE");
    CHECK(status("ConfigurationNeeded", "OutOfDate") == "TDX_TCB_OUT_OF_DATE");
    CHECK(status("Revoked", "UpToDate") == "TDX_TCB_REVOKED");
    CHECK(status("UpToDate", "Revoked") == "TDX_TCB_REVOKED");
    CHECK(tcb_info(R"("tcbStatus":"UpToDate")", R"("tcbStatus":"Revoked")") ==
          "TDX_TCB_REVOKED"); // of the module
}

} // namespace
} // namespace assay::attestation
