// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/rsa.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>

namespace assay::signatures {
namespace {

using test::hex;
using test::outcome;

std::string key_outcome(BytesView spki) {
    return outcome(RsaPublicKey::from_spki(spki));
}

/// A number of @p bits bits, odd.
Bytes odd_number(std::size_t bits) {
    Bytes out((bits + 7) / 8, 0x5b);
    out[0] = static_cast<std::uint8_t>(1U << (bits - 1) % 8);
    return out;
}

std::string verify(BytesView message, BytesView signature) {
    const Bytes spki = test::rsa_spki();
    return outcome(verify_rsa_pss_sha256(*RsaPublicKey::from_spki(spki), message, signature));
}

TEST_CASE("rsa_pss takes its own signature and nothing beside it", "[rsa]") {
    const Bytes message = hex("000102");
    const Bytes signature = test::rsa_pss_sign(message);
    CHECK(verify(message, signature) == "OK");
    CHECK(verify(hex("000103"), signature) == "SIGNATURE_INVALID");
    CHECK(verify({}, signature) == "SIGNATURE_INVALID");
}

TEST_CASE("rsa_pss wants a salt of 32 bytes", "[rsa][negative]") {
    const Bytes message = hex("55");
    for (const int salt : {0, 20, 31, 33, 48, 222})
        CHECK(verify(message, test::rsa_pss_sign(message, salt)) == "SIGNATURE_INVALID");
}

TEST_CASE("rsa_pss wants a signature as long as the modulus", "[rsa][negative]") {
    const Bytes signature = test::rsa_pss_sign({});
    CHECK(verify({}, BytesView{signature}.first(255)) == "SIGNATURE_MALFORMED");
    CHECK(verify({}, test::concat({hex("00"), signature})) == "SIGNATURE_MALFORMED");
    CHECK(verify({}, test::concat({signature, hex("00")})) == "SIGNATURE_MALFORMED");
    CHECK(verify({}, {}) == "SIGNATURE_MALFORMED");
}

TEST_CASE("rsa_pss wants a value below the modulus", "[rsa][negative]") {
    CHECK(verify({}, test::rsa_modulus()) == "SIGNATURE_INVALID");
    CHECK(verify({}, Bytes(256, 0xff)) == "SIGNATURE_INVALID");
    CHECK(verify({}, Bytes(256, 0x00)) == "SIGNATURE_INVALID");
    // s + n has the same residue and would verify.
    Bytes sum = test::rsa_pss_sign({});
    const Bytes modulus = test::rsa_modulus();
    unsigned carry = 0;
    for (std::size_t i = sum.size(); i-- > 0;) {
        carry += static_cast<unsigned>(sum[i]) + modulus[i];
        sum[i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
    if (carry == 0)
        CHECK(verify({}, sum) == "SIGNATURE_INVALID");
}

TEST_CASE("no flipped bit of an rsa_pss signature verifies", "[rsa][mutation]") {
    const Bytes message = hex("abcd");
    const Bytes signature = test::rsa_pss_sign(message);
    for (std::size_t bit = 0; bit < signature.size() * 8; bit += 13) {
        Bytes changed = signature;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
        CHECK(verify(message, changed) == "SIGNATURE_INVALID");
    }
}

/// Modulo any n, the values 0, 1 and -1 are their own odd powers: blocks that anyone can choose.
TEST_CASE("rsa blocks of chosen values are refused by both paddings", "[rsa][negative]") {
    const auto key = RsaPublicKey::from_modulus(Bytes(256, 0xff), hex("03"));
    REQUIRE(key.has_value());
    Bytes one(256);
    one.back() = 1;
    Bytes minus_one(256, 0xff);
    minus_one.back() = 0xfe;
    for (const Bytes& signature : {Bytes(256), one, minus_one}) {
        for (const RsaHash hash : {RsaHash::sha256, RsaHash::sha384})
            CHECK(outcome(verify_rsa_pss(*key, hash, 32, {}, signature)) == "SIGNATURE_INVALID");
        CHECK(outcome(verify_rsa_pkcs1_sha256(*key, {}, signature)) == "SIGNATURE_INVALID");
    }
}

TEST_CASE("rsa_pss checks the room for hash and salt before it looks for them", "[rsa][negative]") {
    const auto key = RsaPublicKey::from_spki(test::rsa_spki());
    const Bytes message = hex("77");
    const Bytes longest = test::rsa_pss_sign(message, 222);
    CHECK(outcome(verify_rsa_pss(*key, RsaHash::sha256, 222, message, longest)) == "OK");
    for (const std::size_t salt : {std::size_t{223}, std::size_t{254}, std::size_t{255},
                                   std::size_t{256}, std::size_t{100'000}, SIZE_MAX})
        CHECK(outcome(verify_rsa_pss(*key, RsaHash::sha256, salt, message, longest)) ==
              "SIGNATURE_INVALID");
    CHECK(outcome(verify_rsa_pss(*key, RsaHash::sha384, 32, message,
                                 test::rsa_pss_sign(message))) == "SIGNATURE_INVALID");
    CHECK(outcome(verify_rsa_pkcs1_sha256(*key, message, test::rsa_pss_sign(message))) ==
          "SIGNATURE_INVALID");
}

TEST_CASE("rsa numbers may have leading zeros where they are bare", "[rsa]") {
    const auto key = RsaPublicKey::from_modulus(test::concat({hex("0000"), test::rsa_modulus()}),
                                                hex("00010001"));
    REQUIRE(key.has_value());
    const Bytes message = hex("88");
    CHECK(outcome(verify_rsa_pss_sha256(*key, message, test::rsa_pss_sign(message))) == "OK");
    CHECK_FALSE(RsaPublicKey::from_modulus({}, hex("03")).has_value());
    CHECK_FALSE(RsaPublicKey::from_modulus(Bytes(300), hex("03")).has_value());
    CHECK_FALSE(RsaPublicKey::from_modulus(test::rsa_modulus(), {}).has_value());
}

TEST_CASE("rsa keys have a modulus of 2048 to 8192 bits", "[rsa][negative]") {
    const Bytes e = hex("010001");
    CHECK(key_outcome(test::rsa_spki(odd_number(2048), e)) == "OK");
    CHECK(key_outcome(test::rsa_spki(odd_number(8192), e)) == "OK");
    CHECK(key_outcome(test::rsa_spki(odd_number(3001), e)) == "OK");
    CHECK(key_outcome(test::rsa_spki(odd_number(2047), e)) == "SIGNATURE_UNSUPPORTED");
    CHECK(key_outcome(test::rsa_spki(odd_number(2041), e)) == "SIGNATURE_UNSUPPORTED");
    CHECK(key_outcome(test::rsa_spki(odd_number(8193), e)) == "SIGNATURE_UNSUPPORTED");
    CHECK(key_outcome(test::rsa_spki(hex("00"), e)) == "SIGNATURE_UNSUPPORTED");
    Bytes even = odd_number(2048);
    even.back() = 0x5a;
    CHECK(key_outcome(test::rsa_spki(even, e)) == "SIGNATURE_UNSUPPORTED");
}

TEST_CASE("rsa keys have an odd exponent from 3 to below 2^64", "[rsa][negative]") {
    const Bytes n = odd_number(2048);
    CHECK(key_outcome(test::rsa_spki(n, hex("03"))) == "OK");
    CHECK(key_outcome(test::rsa_spki(n, hex("ffffffffff"))) == "OK");
    for (const char* exponent : {"00", "01", "02", "010000"})
        CHECK(key_outcome(test::rsa_spki(n, hex(exponent))) == "SIGNATURE_UNSUPPORTED");
    CHECK(key_outcome(test::rsa_spki(n, hex("ffffffffffffffff"))) == "OK");
    CHECK(key_outcome(test::rsa_spki(n, hex("010000000000000001"))) == "SIGNATURE_UNSUPPORTED");
    // Below the modulus, and seconds of work.
    const Bytes large = odd_number(8192);
    CHECK(key_outcome(test::rsa_spki(large, odd_number(8191))) == "SIGNATURE_UNSUPPORTED");
    CHECK(key_outcome(test::rsa_spki(n, n)) == "SIGNATURE_UNSUPPORTED");
    CHECK(RsaPublicKey::from_spki(test::rsa_spki(n, hex("7fffffff")))->exponent_bits() == 31);
    CHECK(RsaPublicKey::from_spki(test::rsa_spki(n, hex("80000001")))->exponent_bits() == 32);
}

TEST_CASE("a key is one SubjectPublicKeyInfo in strict DER", "[rsa][negative]") {
    const Bytes integers =
        test::der_nested(0x30, {test::der_integer(test::rsa_modulus()), hex("0203 010001")});
    const auto spki = [](const Bytes& algorithm, const Bytes& key) {
        return key_outcome(test::der_nested(0x30, {algorithm, key}));
    };
    const Bytes rsa = hex("300d 0609 2a864886f70d010101 0500");
    const Bytes bits = test::der_bits(integers);
    REQUIRE(spki(rsa, bits) == "OK");

    // another algorithm: RSASSA-PSS, id-ecPublicKey
    CHECK(spki(hex("300b 0609 2a864886f70d01010a"), bits) == "SIGNATURE_UNSUPPORTED");
    CHECK(spki(hex("3013 0607 2a8648ce3d0201 0608 2a8648ce3d030107"), bits) ==
          "SIGNATURE_UNSUPPORTED");
    // parameters absent, not NULL, not empty, or followed by something
    CHECK(spki(hex("300b 0609 2a864886f70d010101"), bits) == "SIGNATURE_MALFORMED");
    CHECK(spki(hex("300d 0609 2a864886f70d010101 3000"), bits) == "SIGNATURE_MALFORMED");
    CHECK(spki(hex("300e 0609 2a864886f70d010101 050100"), bits) == "SIGNATURE_MALFORMED");
    CHECK(spki(hex("300f 0609 2a864886f70d010101 0500 0500"), bits) == "SIGNATURE_MALFORMED");
    // unused bits, bare PKCS#1, bytes left over at each level
    Bytes unused = bits;
    unused[unused.size() - integers.size() - 1] = 1;
    CHECK(spki(rsa, unused) == "SIGNATURE_MALFORMED");
    CHECK(key_outcome(integers) == "SIGNATURE_MALFORMED");
    CHECK(key_outcome(test::concat({test::rsa_spki(), hex("00")})) == "SIGNATURE_MALFORMED");
    CHECK(spki(rsa, test::der_bits(test::concat({integers, hex("00")}))) == "SIGNATURE_MALFORMED");
    CHECK(spki(rsa, test::concat({bits, hex("0500")})) == "SIGNATURE_MALFORMED");
    // integers that are negative, padded or three
    const Bytes n = test::der_integer(test::rsa_modulus());
    for (const char* exponent : {"0203 810001", "0204 00010001", "0200", "0203 010001 0203 010001"})
        CHECK(spki(rsa, test::der_bits(test::der_nested(0x30, {n, hex(exponent)}))) ==
              "SIGNATURE_MALFORMED");
    CHECK(key_outcome(as_bytes("-----BEGIN PUBLIC KEY-----")) == "SIGNATURE_MALFORMED");
}

TEST_CASE("no prefix of a key is a key", "[rsa][mutation]") {
    const Bytes spki = test::rsa_spki();
    for (std::size_t size = 0; size < spki.size(); ++size)
        CHECK(key_outcome(BytesView{spki}.first(size)) == "SIGNATURE_MALFORMED");
}

} // namespace
} // namespace assay::signatures
