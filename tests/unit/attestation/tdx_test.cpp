// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/attestation/tdx_cases.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <type_traits>

namespace assay::attestation {
namespace {

using namespace tdx_cases;
using test::hex;

// Only the entry points make these.
static_assert(!std::is_default_constructible_v<SignedTdxQuote>);
static_assert(!std::is_constructible_v<GenuineTdxQuote, TdxClaims>);
static_assert(!std::is_constructible_v<VerifiedTdxQuote, TdxClaims>);

std::string signature(const Bytes& quote, std::int64_t now = NOW) {
    CheckList checks;
    return test::outcome(check_tdx_signature(anchor(), now, quote, checks));
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
