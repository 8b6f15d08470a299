// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/pem.hpp"
#include "core/attestation/x509_crl.hpp"
#include "core/attestation/x509_link.hpp"

#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/nitro_builder.hpp"
#include "tests/unit/support/x509_builder.hpp"

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <string>

namespace assay::attestation {
namespace {

using test::CrlSpec;
using test::hex;

CrlSpec spec() {
    return {.issuer = "demo CA",
            .signer = test::p256_signer(1),
            .serials = {hex("020100"), hex("02020080")},
            .extensions = {test::plain_extension("551d14", hex("020101"))},
            .entry_extensions =
                test::der_nested(0x30, {test::plain_extension("551d15", hex("0a0101"))})};
}

bool parses(const std::function<void(CrlSpec&)>& change) {
    CrlSpec changed = spec();
    change(changed);
    return parse_revocation_list(test::make_crl(changed)).has_value();
}

TEST_CASE("a revocation list gives its times and serials", "[x509][crl]") {
    const Bytes der = test::make_crl(spec());
    const auto list = parse_revocation_list(der);
    REQUIRE(list.has_value());
    CHECK(list->this_update == test::NOW - 3600);
    CHECK(list->next_update == test::NOW + 3600);
    CHECK_FALSE(list->extensions.other_critical);
    CHECK(list->lists(hex("00")));
    CHECK(list->lists(hex("0080")));
    CHECK_FALSE(list->lists(hex("80"))); // another number
    CHECK_FALSE(list->lists(hex("01")));
    CHECK(parses([](auto& c) { c.serials.clear(); }));
    CHECK(parses([](auto& c) { c.version = {}; })); // version 1
    CHECK(parses([](auto& c) { c.extensions.clear(); }));
}

TEST_CASE("a revocation list says when it means less than all", "[x509][crl]") {
    const auto critical = [](const std::function<void(CrlSpec&)>& change) {
        CrlSpec changed = spec();
        change(changed);
        return parse_revocation_list(test::make_crl(changed))->extensions.other_critical;
    };
    CHECK(critical([](auto& c) { c.extensions = {test::extension(28, true, hex("3000"))}; }));
    CHECK(critical([](auto& c) {
        c.entry_extensions = test::der_nested(0x30, {test::extension(29, true, hex("3000"))});
    }));
}

TEST_CASE("what is not one revocation list in DER is refused", "[x509][crl][negative]") {
    const Bytes der = test::make_crl(spec());
    for (std::size_t size = 0; size < der.size(); ++size) {
        REQUIRE_FALSE(parse_revocation_list(BytesView{der}.first(size)).has_value());
    }
    CHECK_FALSE(parse_revocation_list(test::concat({der, Bytes{0}})).has_value());
    CHECK_FALSE(parses([](auto& c) { c.next_update.clear(); }));
    CHECK_FALSE(parses([](auto& c) { c.version = hex("020102"); }));
    CHECK_FALSE(parses([](auto& c) { c.serials = {hex("0200")}; }));
    CHECK_FALSE(parses([](auto& c) { c.serials = {hex("0401 00")}; }));
    CHECK_FALSE(parses([](auto& c) { c.entry_extensions = hex("3000"); }));
    CHECK_FALSE(parses([](auto& c) { c.extensions.push_back(c.extensions.front()); }));
}

TEST_CASE("a PEM text is certificates and nothing else", "[x509][pem][negative]") {
    const Bytes der = test::make_certificate(test::root_spec());
    const std::string one = test::pem(der);
    const auto count = [](const std::string& text) {
        const auto list = CertificateList::parse(text, 2);
        return list ? static_cast<int>(list->size()) : -1;
    };
    CHECK(count("") == 0);
    CHECK(count("\n\r\n") == 0);
    CHECK(count(one) == 1);
    CHECK(count("\n" + one + "\n\n" + one) == 2);
    CHECK(count(one + one + one) == -1);
    CHECK(count(one.substr(0, one.size() - 1)) == 1);
    std::string carriage_returns;
    for (const char c : one) {
        carriage_returns += c == '\n' ? std::string{"\r\n"} : std::string{c};
    }
    CHECK(count(carriage_returns) == 1);
    for (std::size_t size = 1; size + 1 < one.size(); size += 7) {
        REQUIRE(count(one.substr(0, size)) == -1);
    }
    for (const char* before : {" ", "x", "\r", "#\n"}) {
        CHECK(count(before + one) == -1);
    }
    CHECK(count(one + "x") == -1);
    CHECK(count(one.substr(0, 100) + " " + one.substr(100)) == -1);
    CHECK(count("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n") == -1);
    CHECK(count("-----BEGIN CERTIFICATE-----" + one.substr(28)) == -1);
    CHECK(count("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n") == -1);
    const auto list = CertificateList::parse(one, 1);
    CHECK(test::bytes_of((*list)[0].der) == der);
}

TEST_CASE("a common name is the only one", "[x509]") {
    const Bytes der = test::make_certificate(test::root_spec());
    const auto name = common_name(parse_certificate(der)->subject);
    REQUIRE(name.has_value());
    CHECK(as_text(*name) == "demo root");
    const Bytes attribute = test::der_nested(0x30, {hex("0603 550403"), hex("0c01 61")});
    const Bytes set = test::der_nested(0x31, {attribute});
    CHECK(common_name(test::der_nested(0x30, {set})).has_value());
    CHECK_FALSE(common_name(test::der_nested(0x30, {set, set})).has_value());
    CHECK_FALSE(common_name(hex("3000")).has_value());
}

TEST_CASE("RSASSA-PSS is with SHA-384 and a key of 4096 bits", "[x509][negative]") {
    const auto accepted = [](const Bytes& algorithm) { return is_rsa_pss_sha384(algorithm); };
    const std::string sha384 = "300d 0609 608648016503040202 0500";
    const std::string sha256 = "300d 0609 608648016503040201 0500";
    const auto pss = [&](const std::string& hash, const std::string& mgf, const std::string& salt) {
        return hex("3041 0609 2a864886f70d01010a 3034 a00f" + hash +
                   "a11c 301a 0609 2a864886f70d010108" + mgf + "a203 0201" + salt);
    };
    CHECK(accepted(pss(sha384, sha384, "30")));
    CHECK(accepted(hex("3046 0609 2a864886f70d01010a 3039 a00f" + sha384 +
                       "a11c 301a 0609 2a864886f70d010108" + sha384 + "a203 020130 a303 020101")));
    CHECK_FALSE(accepted(pss(sha256, sha384, "30")));
    CHECK_FALSE(accepted(pss(sha384, sha256, "30")));
    CHECK_FALSE(accepted(pss(sha384, sha384, "20")));
    CHECK_FALSE(
        accepted(hex("3046 0609 2a864886f70d01010a 3039 a00f" + sha384 +
                     "a11c 301a 0609 2a864886f70d010108" + sha384 + "a203 020130 a303 020102")));
    CHECK_FALSE(accepted({}));
    // Signed so, but the issuer's key is of another kind.
    const Bytes der = test::make_x509({.issuer = "r",
                                       .subject = "r",
                                       .signer = test::pss_signer(),
                                       .key_info = test::p384_key_info(1)});
    const auto certificate = parse_certificate(der);
    REQUIRE(certificate.has_value());
    CHECK_FALSE(is_signed_rsa_pss(*certificate, *certificate));
    CHECK_FALSE(is_signed_p256(*certificate, *certificate));
}

} // namespace
} // namespace assay::attestation
