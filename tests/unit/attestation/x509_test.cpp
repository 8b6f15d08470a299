// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/x509.hpp"

#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/nitro_builder.hpp"

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <limits>

namespace assay::attestation {
namespace {

using test::CertificateSpec;
using test::hex;

/// Whether an intermediate that @p change has altered still parses.
bool parses(const std::function<void(CertificateSpec&)>& change) {
    CertificateSpec spec = test::intermediate_spec();
    change(spec);
    return parse_certificate(test::make_certificate(spec)).has_value();
}

TEST_CASE("x509 reads the fields that path validation needs", "[x509]") {
    const Bytes der = test::make_certificate(test::intermediate_spec());
    const auto certificate = parse_certificate(der);
    REQUIRE(certificate.has_value());
    CHECK(certificate->version == 3);
    CHECK(is_ecdsa_sha384(certificate->inner_algorithm));
    CHECK(is_ecdsa_sha384(certificate->outer_algorithm));
    CHECK(is_p384_key(certificate->key_algorithm));
    CHECK(certificate->public_key.size() == 97);
    CHECK(certificate->not_before == test::NOW - 3600);
    CHECK(certificate->not_after == test::NOW + 3600);
    CHECK(certificate->signature.unused == 0);
    const CertificateExtensions& extensions = certificate->extensions;
    REQUIRE(extensions.basic_constraints.has_value());
    CHECK(extensions.basic_constraints->ca);
    CHECK(extensions.basic_constraints->path_length == 0);
    CHECK(extensions.usage == (key_usage::KEY_CERT_SIGN | 1U << 6));
    CHECK(test::bytes_of(extensions.authority_key_id.value()) == hex("c001"));
    CHECK(test::bytes_of(extensions.subject_key_id.value()) == hex("c002"));
    CHECK_FALSE(extensions.other_critical);
}

TEST_CASE("x509 parses certificates that Nitro will refuse for another reason", "[x509]") {
    CHECK(parses([](auto& c) { c.version = {}; }));                 // v1
    CHECK(parses([](auto& c) { c.version = hex("a003 020101"); })); // v2
    CHECK(parses([](auto& c) { c.serial = hex("020100"); }));
    CHECK(parses([](auto& c) { c.serial = hex("0201ff"); }));
    CHECK(parses([](auto& c) { c.extensions = {}; }));
    CHECK(parses([](auto& c) { c.unique_ids = hex("8102 0001 8202 0001"); }));
    CHECK(parses([](auto& c) { c.algorithm = hex("300d 0609 2a864886f70d01010b 0500"); })); // RSA
    CHECK(parses([](auto& c) { c.algorithm = hex("3005 0603 2b6570"); }));             // Ed25519
    CHECK(parses([](auto& c) { c.key_info = hex("300a 3005 0603 2b6570 0301 00"); })); // Ed25519
    CHECK(parses([](auto& c) { c.extensions.push_back(test::extension(99, true, hex("00"))); }));
}

TEST_CASE("x509 refuses what is not one certificate in DER", "[x509][negative]") {
    const Bytes der = test::make_certificate(test::intermediate_spec());
    CHECK_FALSE(parse_certificate({}).has_value());
    CHECK_FALSE(parse_certificate(test::concat({der, Bytes{0}})).has_value());
    CHECK_FALSE(parse_certificate(test::concat({der, der})).has_value());
    for (std::size_t size = 0; size < der.size(); ++size) {
        REQUIRE_FALSE(parse_certificate(BytesView{der}.first(size)).has_value());
    }
    CHECK_FALSE(parses([](auto& c) { c.version = hex("a003 020100"); })); // the default, written
    CHECK_FALSE(parses([](auto& c) { c.version = hex("a004 02020002"); }));
    CHECK_FALSE(parses([](auto& c) { c.version = hex("a003 0201ff"); }));
    CHECK_FALSE(parses([](auto& c) { c.serial = hex("02020001"); }));
    CHECK_FALSE(parses([](auto& c) { c.serial = hex("0200"); }));
    CHECK_FALSE(parses([](auto& c) { c.not_before = "251331230000Z"; }));
    CHECK_FALSE(parses([](auto& c) { c.not_after = "2601010100Z"; }));
    CHECK_FALSE(parses([](auto& c) { c.unique_ids = hex("8202 0001 8102 0001"); }));
    CHECK_FALSE(parses([](auto& c) { c.algorithm = hex("3000"); }));
}

TEST_CASE("x509 refuses keys that are off their curve", "[x509][negative]") {
    const auto key = [](const char* algorithm, const Bytes& point) {
        return parses([&](CertificateSpec& c) {
            c.key_info = test::der_nested(0x30, {hex(algorithm), test::der_bits(point)});
        });
    };
    constexpr const char* P384 = "3010 0607 2a8648ce3d0201 0605 2b81040022";
    constexpr const char* P256 = "3013 0607 2a8648ce3d0201 0608 2a8648ce3d030107";
    CHECK_FALSE(key(P384, test::concat({Bytes{4}, Bytes(96, 1)})));
    CHECK_FALSE(key(P384, Bytes{0})); // infinity
    CHECK_FALSE(key(P384, test::concat({Bytes{2}, Bytes(48, 1)})));
    CHECK_FALSE(key(P256, test::concat({Bytes{4}, Bytes(64, 1)})));
    CHECK_FALSE(key(P384, {}));
}

TEST_CASE("x509 refuses extensions that are repeated or not DER", "[x509][negative]") {
    const auto with = [](const Bytes& extension) {
        return parses([&](CertificateSpec& c) { c.extensions = {extension}; });
    };
    const auto constraints = [&](const char* value) {
        return with(test::extension(19, true, hex(value)));
    };
    CHECK(constraints("3000"));
    CHECK(constraints("3003 0101ff"));
    CHECK(constraints("3006 0101ff 020100"));
    CHECK_FALSE(constraints("3003 010100")); // FALSE is the default: not written in DER
    CHECK_FALSE(constraints("3003 010101"));
    CHECK_FALSE(constraints("3006 0101ff 0201ff"));
    CHECK_FALSE(constraints("3006 020100 0101ff"));
    CHECK_FALSE(constraints("3000 00"));
    CHECK_FALSE(constraints(""));
    CHECK_FALSE(with(test::extension(15, true, hex("030200"))));
    CHECK_FALSE(with(test::extension(15, true, hex("0302 0881"))));
    CHECK_FALSE(with(test::extension(14, false, hex("0402 01"))));
    CHECK_FALSE(with(test::extension(35, false, hex("3003 8002 01"))));
    CHECK_FALSE(with(hex("300c 0603551d13 010100 0402 3000"))); // critical FALSE, written
    CHECK_FALSE(with(hex("3007 0603551d63 0402")));             // value cut short
    CHECK_FALSE(parses([](auto& c) { c.extensions.push_back(c.extensions.front()); }));
    CHECK_FALSE(parses([](auto& c) { // unknown ones may not be repeated either
        c.extensions.push_back(test::extension(99, false, hex("00")));
        c.extensions.push_back(test::extension(99, false, hex("01")));
    }));
    CHECK_FALSE(parse_extensions(hex("3000")).has_value());
    CHECK_FALSE(parse_extensions({}).has_value());
}

TEST_CASE("x509 says when key usages end in zeros", "[x509]") {
    const auto padded = [](const char* value) {
        const Bytes list = test::der_nested(0x30, {test::extension(15, true, hex(value))});
        return parse_extensions(list)->usage_padded;
    };
    CHECK(padded("0302 0006"));
    CHECK(padded("0302 0104")); // as AMD writes it
    CHECK_FALSE(padded("0302 0204"));
    CHECK_FALSE(padded("0301 00"));
}

TEST_CASE("x509 keeps path lengths of any size", "[x509]") {
    const auto length = [](const char* value) {
        const Bytes list = test::der_nested(0x30, {test::extension(19, true, hex(value))});
        return parse_extensions(list)->basic_constraints->path_length.value();
    };
    CHECK(length("3007 0101ff 02020100") == 256);
    CHECK(length("300f 0101ff 020a 01000000000000000000") ==
          std::numeric_limits<std::uint64_t>::max());
}

} // namespace
} // namespace assay::attestation
