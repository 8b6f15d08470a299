// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/tdx.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/nitro_builder.hpp"
#include "tests/unit/support/quote_builder.hpp"

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <string>
#include <type_traits>

namespace assay::attestation {
namespace {

using test::CollateralSpec;
using test::hex;
using test::NOW;
using test::QuoteSpec;

// Only the entry points make these.
static_assert(!std::is_default_constructible_v<SignedTdxQuote>);
static_assert(!std::is_constructible_v<GenuineTdxQuote, TdxClaims>);
static_assert(!std::is_constructible_v<VerifiedTdxQuote, TdxClaims>);

const TrustAnchor& anchor() {
    static const Bytes root = test::quote_root();
    static const TrustAnchor made = TrustAnchor::certificate(root, "demo root");
    return made;
}

std::string signature(const Bytes& quote, std::int64_t now = NOW) {
    CheckList checks;
    return test::outcome(check_tdx_signature(anchor(), now, quote, checks));
}

std::string genuine(const Bytes& quote, const std::string& collateral, std::int64_t now = NOW) {
    CheckList checks;
    return test::outcome(authenticate_tdx(anchor(), now, quote, as_bytes(collateral), checks));
}

const std::string& good_collateral() {
    static const std::string made = test::make_collateral(test::collateral_spec());
    return made;
}

/// Outcome for a quote that @p change has altered.
std::string quote(const std::function<void(QuoteSpec&)>& change) {
    QuoteSpec spec = test::quote_spec();
    change(spec);
    return genuine(test::make_quote(spec), good_collateral());
}

/// Outcome for collateral that @p change has altered.
std::string collateral(const std::function<void(CollateralSpec&)>& change, std::int64_t now = NOW) {
    static const Bytes good = test::make_quote(test::quote_spec());
    CollateralSpec spec = test::collateral_spec();
    change(spec);
    return genuine(good, test::make_collateral(spec), now);
}

std::string tcb_info(const std::string& from, const std::string& to) {
    return collateral(
        [&](CollateralSpec& c) { c.tcb_info = test::replaced(c.tcb_info, from, to); });
}

std::string qe_identity(const std::string& from, const std::string& to) {
    return collateral(
        [&](CollateralSpec& c) { c.qe_identity = test::replaced(c.qe_identity, from, to); });
}

std::string with(const Bytes& bytes, std::size_t at, std::uint8_t value) {
    Bytes changed = bytes;
    changed[at] = value;
    return signature(changed);
}

TEST_CASE("quotes of every version are genuine with their collateral", "[tdx]") {
    CHECK(quote([](QuoteSpec&) {}) == "OK");
    CHECK(quote([](QuoteSpec& q) { q.version = 5; }) == "OK");
    CHECK(quote([](QuoteSpec& q) {
              q.version = 5;
              q.body_type = 3;
              q.body.resize(648);
          }) == "OK");
    CHECK(quote([](QuoteSpec& q) { q.trailing = Bytes(3000, 0); }) == "OK");
    const std::string sgx_collateral = test::make_collateral(test::sgx_collateral_spec());
    for (const unsigned version : {3U, 4U, 5U}) {
        QuoteSpec sgx = test::sgx_quote_spec();
        sgx.version = version;
        CHECK(genuine(test::make_quote(sgx), sgx_collateral) == "OK");
    }
}

TEST_CASE("a genuine quote gives its claims and one row for each check", "[tdx]") {
    CheckList checks;
    const auto result = authenticate_tdx(anchor(), NOW, test::make_quote(test::quote_spec()),
                                         as_bytes(good_collateral()), checks);
    REQUIRE(test::outcome(result) == "OK");
    const TdxClaims& claims = result->claims();
    CHECK(claims.version == 4);
    CHECK(claims.tee == Tee::tdx);
    CHECK(claims.field("mrtd")[0] == 0xaa);
    CHECK(claims.field("rtmr3")[47] == 0xb3);
    CHECK(claims.field("report_data").size() == 64);
    CHECK(claims.field("mrservicetd").empty()); // TD 1.5 only
    CHECK(claims.fmspc == hex("00906ea10000"));
    CHECK(claims.pck_issuer == "Intel SGX PCK Platform CA");
    CHECK_FALSE(claims.debug);
    REQUIRE(claims.tcb.has_value());
    CHECK(claims.tcb->status == TcbStatus::up_to_date);
    CHECK(claims.tcb->module_status == TcbStatus::up_to_date);
    CHECK(claims.tcb->evaluation_number == 17);
    CHECK(checks.items().size() == 19);
    for (const Check& check : checks.items()) {
        CHECK(check.status == CheckStatus::passed);
    }
}

TEST_CASE("a signature alone says so", "[tdx]") {
    CheckList checks;
    const auto result =
        check_tdx_signature(anchor(), NOW, test::make_quote(test::quote_spec()), checks);
    REQUIRE(test::outcome(result) == "OK");
    CHECK_FALSE(result->claims().tcb.has_value());
    CHECK(checks.items().back().status == CheckStatus::not_covered);
    CHECK(checks.items().size() == 11);
}

TEST_CASE("a quote is what its header says", "[tdx][negative]") {
    const Bytes good = test::make_quote(test::quote_spec());
    CHECK(signature(good) == "OK");
    for (std::size_t size = 0; size < good.size(); size += size < 60 ? 1 : 97) {
        CHECK(signature(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))) ==
              "TDX_MALFORMED");
    }
    CHECK(signature(Bytes(32768, 0)) == "TDX_VERSION_UNSUPPORTED");
    CHECK(signature(Bytes(32769, 0)) == "TDX_LIMIT");
    CHECK(with(good, 0, 2) == "TDX_VERSION_UNSUPPORTED");
    CHECK(with(good, 0, 6) == "TDX_VERSION_UNSUPPORTED");
    CHECK(with(good, 1, 1) == "TDX_VERSION_UNSUPPORTED");
    CHECK(with(good, 2, 3) == "TDX_ALG_UNSUPPORTED");
    CHECK(with(good, 4, 1) == "TDX_TEE_TYPE");
    CHECK(with(good, 7, 1) == "TDX_TEE_TYPE");
    CHECK(with(good, 0, 3) == "TDX_TEE_TYPE"); // version 3 knows SGX only
    CHECK(with(good, 27, 0) == "TDX_QE_VENDOR");
    CHECK(quote([](QuoteSpec& q) { q.outer_type = 5; }) == "TDX_CERT_DATA_UNSUPPORTED");
    for (const unsigned type : {1U, 2U, 3U, 4U, 6U}) {
        CHECK(quote([&](QuoteSpec& q) { q.certification_type = type; }) ==
              "TDX_CERT_DATA_UNSUPPORTED");
    }
    CHECK(quote([](QuoteSpec& q) { q.trailing = hex("0001"); }) == "TDX_MALFORMED");
    CHECK(quote([](QuoteSpec& q) { q.chain_text = "no certificate"; }) == "TDX_MALFORMED");
    CHECK(quote([](QuoteSpec& q) { q.body.push_back(0); }) == "TDX_MALFORMED");
    for (const unsigned type : {0U, 1U, 3U, 4U}) {
        CHECK(quote([&](QuoteSpec& q) {
                  q.version = 5;
                  q.body_type = type;
              }) == "TDX_MALFORMED");
    }
}

TEST_CASE("declared lengths cannot lead out of the quote", "[tdx][negative]") {
    const Bytes good = test::make_quote(test::quote_spec());
    constexpr std::size_t DATA = 632; // u32 length of the signature data
    for (const std::size_t at :
         {DATA, DATA + 1, DATA + 3, DATA + 134, DATA + 137, DATA + 587, DATA + 595}) {
        CHECK(with(good, at, 0xff) == "TDX_MALFORMED");
    }
}

TEST_CASE("the PCK chain leads to the pinned root", "[tdx][negative]") {
    const auto untrusted = [](const std::function<void(QuoteSpec&)>& change) {
        return quote(change) == "TDX_CHAIN_UNTRUSTED";
    };
    const QuoteSpec spec = test::quote_spec();
    const std::string pck = test::pem(test::make_x509(spec.pck));
    const std::string ca = test::pem(test::make_x509(spec.ca));
    const std::string root = test::pem(test::make_x509(spec.root));
    for (const std::string& chain : {pck + ca, pck + root, ca + pck + root, pck + ca + ca,
                                     pck + ca + root + root, root + ca + pck, pck + pck + root}) {
        CHECK(untrusted([&](QuoteSpec& q) { q.chain_text = chain; }));
    }
    CHECK(untrusted([](QuoteSpec& q) { // another root of the same name
        q.root.signer = test::p256_signer(7);
        q.root.key_info = test::p256_key_info(7);
        q.ca.signer = test::p256_signer(7);
    }));
    CHECK(untrusted([](QuoteSpec& q) { q.ca.signer = test::p256_signer(7); }));
    CHECK(untrusted([](QuoteSpec& q) { q.pck.signer = test::p256_signer(7); }));
    CHECK(untrusted([](QuoteSpec& q) { q.pck.issuer = "Intel SGX PCK Processor CA"; }));
    CHECK(untrusted([](QuoteSpec& q) { q.pck.extensions[2] = test::authority_key_id({1}); }));
    CHECK(untrusted([](QuoteSpec& q) { q.pck.key_info = test::p384_key_info(3); }));
    CHECK(
        untrusted([](QuoteSpec& q) { q.pck.outer_algorithm = hex("300a 0608 2a8648ce3d040303"); }));
    CHECK(untrusted([](QuoteSpec& q) { q.pck.signer.algorithm = hex("3005 0603 2b6570"); }));
}

TEST_CASE("Intel's root is a fingerprint", "[tdx][negative]") {
    CheckList checks;
    CHECK(test::outcome(check_tdx_signature(TrustAnchor::intel_sgx(), NOW,
                                            test::make_quote(test::quote_spec()), checks)) ==
          "TDX_CHAIN_UNTRUSTED");
}

TEST_CASE("PCK certificates are valid at the given time, and used as they may be",
          "[tdx][negative]") {
    const Bytes good = test::make_quote(test::quote_spec());
    CHECK(signature(good, NOW + 3600) == "OK");
    CHECK(signature(good, NOW + 3601) == "TDX_CERT_EXPIRED");
    CHECK(signature(good, NOW - 3601) == "TDX_CERT_EXPIRED");
    const auto refused = [](const std::function<void(QuoteSpec&)>& change) {
        return quote(change) == "TDX_CERT_CONSTRAINT";
    };
    CHECK(refused([](QuoteSpec& q) { q.ca.extensions[0] = test::leaf_constraints(); }));
    CHECK(refused([](QuoteSpec& q) { q.ca.extensions[1] = test::key_usage(0x80); }));
    CHECK(refused([](QuoteSpec& q) { q.pck.extensions[0] = test::ca_constraints(-1); }));
    CHECK(refused([](QuoteSpec& q) { q.pck.extensions[1] = test::key_usage(0x02); }));
    CHECK(refused([](QuoteSpec& q) { q.pck.subject = "Intel SGX TCB Signing"; }));
    CHECK(refused([](QuoteSpec& q) { q.pck.version = {}; }));
    CHECK(refused(
        [](QuoteSpec& q) { q.pck.extensions.push_back(test::extension(99, true, hex("00"))); }));
    CHECK(refused([](QuoteSpec& q) { q.pck.extensions.pop_back(); })); // no platform
    CHECK(refused([](QuoteSpec& q) { q.ca.subject = q.pck.issuer = "Intel SGX PCK Other CA"; }));
    // Validity comes before constraints.
    CHECK(quote([](QuoteSpec& q) {
              q.pck.not_after = "251231235959Z";
              q.pck.subject = "other";
          }) == "TDX_CERT_EXPIRED");
}

TEST_CASE("a PCK certificate says which platform it is of", "[tdx][negative]") {
    const Bytes good = test::pck_extension();
    const auto accepted = [](const Bytes& value) {
        return quote([&](QuoteSpec& q) {
                   q.pck.extensions.back() = test::plain_extension("2a864886f84d010d01", value);
               }) != "TDX_CERT_CONSTRAINT";
    };
    CHECK(accepted(good));
    CHECK_FALSE(accepted(test::concat({good, Bytes{0}})));
    CHECK_FALSE(accepted(hex("3000")));
    Bytes other = good;
    other.back() = 0xff; // FMSPC: another platform, but one
    CHECK(accepted(other));
    for (std::size_t size = 0; size < good.size(); size += 41) {
        REQUIRE_FALSE(
            accepted(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))));
    }
}

TEST_CASE("revocation lists are their issuers', current, and looked up", "[tdx][negative]") {
    CHECK(collateral([](CollateralSpec& c) { c.root_crl.signer = test::p256_signer(7); }) ==
          "TDX_CRL_INVALID");
    CHECK(collateral([](CollateralSpec& c) { c.root_crl.issuer = "other"; }) == "TDX_CRL_INVALID");
    CHECK(collateral([](CollateralSpec& c) { c.pck_crl.signer = test::p256_signer(1); }) ==
          "TDX_CRL_INVALID");
    CHECK(collateral([](CollateralSpec& c) { c.pck_crl = c.root_crl; }) == "TDX_CRL_INVALID");
    CHECK(collateral([](CollateralSpec& c) { // for some certificates only
              c.pck_crl.extensions = {test::extension(28, true, hex("3000"))};
          }) == "TDX_CRL_INVALID");
    CHECK(collateral([](CollateralSpec& c) { c.root_crl.next_update = "251231235959Z"; }) ==
          "TDX_COLLATERAL_EXPIRED");
    CHECK(collateral([](CollateralSpec& c) { c.pck_crl.this_update = "260101000001Z"; }) ==
          "TDX_COLLATERAL_EXPIRED");
    CHECK(collateral([](CollateralSpec& c) { c.pck_crl.serials[1] = hex("020177"); }) ==
          "TDX_CERT_REVOKED");
    CHECK(collateral([](CollateralSpec& c) { c.root_crl.serials[0] = hex("020101"); }) ==
          "TDX_CERT_REVOKED"); // the PCK CA
    CHECK(collateral([](CollateralSpec& c) { c.root_crl.serials[0] = hex("020155"); }) ==
          "TDX_CERT_REVOKED"); // the signer of the texts
    CHECK(collateral([](CollateralSpec& c) { c.root_crl.serials.clear(); }) == "OK");
}

TEST_CASE("the QE vouches for the key that signed the quote", "[tdx][negative]") {
    CHECK(quote([](QuoteSpec& q) { q.qe_signer = 7; }) == "TDX_QE_SIGNATURE_INVALID");
    CHECK(quote([](QuoteSpec& q) { q.bind = false; }) == "TDX_QE_BINDING");
    CHECK(quote([](QuoteSpec& q) { q.quote_signer = 7; }) == "TDX_SIGNATURE_INVALID");
    CHECK(quote([](QuoteSpec& q) {
              q.attestation_key = 7;
              q.quote_signer = 7;
          }) == "OK");
    CHECK(quote([](QuoteSpec& q) { q.qe_report[383] = 1; }) == "TDX_QE_BINDING"); // not zero
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

TEST_CASE("an enclave in debug mode is refused", "[tdx][negative]") {
    for (const std::uint8_t bit : Bytes{0x01, 0x02, 0x80}) {
        CHECK(quote([&](QuoteSpec& q) { q.body[120] = bit; }) == "TDX_DEBUG_MODE");
    }
    CHECK(quote([](QuoteSpec& q) { q.body[121] = 1; }) == "OK");
    QuoteSpec sgx = test::sgx_quote_spec();
    sgx.body[48] = 0x02;
    CHECK(genuine(test::make_quote(sgx), test::make_collateral(test::sgx_collateral_spec())) ==
          "TDX_DEBUG_MODE");
    CHECK(signature(test::make_quote(sgx)) == "OK"); // not judged there
}

} // namespace
} // namespace assay::attestation
