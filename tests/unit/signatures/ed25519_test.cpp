// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/ed25519.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::signatures {
namespace {

using test::concat;
using test::hex;
using test::outcome;

constexpr Ed25519Rule BOTH[] = {Ed25519Rule::rfc8032, Ed25519Rule::zip215};
const std::string FF30(60, 'f');

struct Sample {
    Bytes key;
    Bytes message;
    Bytes signature;
};

/// RFC 8032 §7.1, tests 1 and 2.
const Sample& sample(std::size_t index) {
    static const Sample SAMPLES[] = {
        {hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
         {},
         hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
             "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")},
        {hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"), hex("72"),
         hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
             "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")}};
    return SAMPLES[index];
}

/// Every encoding of a point of order 1, 2, 4 or 8, with y >= p and the sign of zero.
std::vector<Bytes> small_order_encodings() {
    const Bytes zeros(31);
    const std::string eight_a = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc";
    const std::string eight_b = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03";
    return {concat({zeros, hex("00")}),
            concat({zeros, hex("80")}),
            concat({hex("01"), Bytes(31)}),
            concat({hex("01"), Bytes(30), hex("80")}),
            hex("ec" + FF30 + "7f"),
            hex("ec" + FF30 + "ff"),
            hex("ed" + FF30 + "7f"),
            hex("ed" + FF30 + "ff"),
            hex("ee" + FF30 + "7f"),
            hex("ee" + FF30 + "ff"),
            hex(eight_a + "05"),
            hex(eight_a + "85"),
            hex(eight_b + "7a"),
            hex(eight_b + "fa")};
}

/// s + L, the same number modulo L.
Bytes with_unreduced_s(Bytes signature) {
    const Bytes order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    unsigned carry = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const unsigned digit = signature[32 + i] + order[i] + carry;
        signature[32 + i] = static_cast<std::uint8_t>(digit);
        carry = digit >> 8;
    }
    return signature;
}

TEST_CASE("ed25519 accepts the signatures of RFC 8032 by both rules", "[ed25519]") {
    for (const Ed25519Rule rule : BOTH)
        for (const std::size_t i : {0U, 1U}) {
            const Sample& x = sample(i);
            CHECK(outcome(verify_ed25519(x.key, x.message, x.signature, rule)) == "OK");
            CHECK(outcome(verify_ed25519(x.key, concat({x.message, Bytes{0}}), x.signature,
                                         rule)) == "SIGNATURE_INVALID");
        }
}

TEST_CASE("ed25519 wants s below the group's order by both rules", "[ed25519][negative]") {
    const Sample& x = sample(1);
    for (const Ed25519Rule rule : BOTH)
        CHECK(outcome(verify_ed25519(x.key, x.message, with_unreduced_s(x.signature), rule)) ==
              "SIGNATURE_INVALID");
}

TEST_CASE("ed25519 judges the key before the signature", "[ed25519][negative]") {
    const Sample& x = sample(0);
    const Bytes off_curve = concat({hex("02"), Bytes(31)});
    for (const Ed25519Rule rule : BOTH) {
        for (const Bytes& key : {Bytes{}, Bytes(31, 1), Bytes(33, 1), off_curve})
            CHECK(outcome(verify_ed25519(key, x.message, x.signature, rule)) ==
                  "SIGNATURE_MALFORMED");
        for (const std::size_t size : {0U, 63U, 65U})
            CHECK(outcome(verify_ed25519(x.key, x.message, Bytes(size), rule)) ==
                  "SIGNATURE_MALFORMED");
        CHECK(outcome(verify_ed25519(x.key, x.message, concat({off_curve, Bytes(32)}), rule)) ==
              "SIGNATURE_INVALID");
    }
}

TEST_CASE("zip215 accepts small orders and every encoding, rfc8032 none", "[ed25519]") {
    const Bytes message{'a', 's', 's', 'a', 'y'};
    for (const Bytes& key : small_order_encodings())
        for (const Bytes& r : small_order_encodings()) {
            const Bytes signature = concat({r, Bytes(32)});
            CHECK(outcome(verify_ed25519(key, message, signature, Ed25519Rule::zip215)) == "OK");
            CHECK(outcome(verify_ed25519(key, message, signature)) == "SIGNATURE_MALFORMED");
        }
}

TEST_CASE("zip215 hashes the bytes as given and keeps the equation", "[ed25519][negative]") {
    // Same key, s = 1: [8]B is not of small order.
    for (const Bytes& key : small_order_encodings())
        CHECK(outcome(verify_ed25519(key, {}, concat({key, hex("01"), Bytes(31)}),
                                     Ed25519Rule::zip215)) == "SIGNATURE_INVALID");
}

TEST_CASE("no flipped bit of an ed25519 signature or key verifies", "[ed25519][mutation]") {
    const Sample& x = sample(1);
    for (const Ed25519Rule rule : BOTH) {
        for (std::size_t bit = 0; bit < x.signature.size() * 8; bit += 3) {
            Bytes changed = x.signature;
            changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
            CHECK(outcome(verify_ed25519(x.key, x.message, changed, rule)) == "SIGNATURE_INVALID");
        }
        for (std::size_t bit = 0; bit < x.key.size() * 8; bit += 3) {
            Bytes changed = x.key;
            changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
            CHECK_FALSE(verify_ed25519(changed, x.message, x.signature, rule).has_value());
        }
    }
}

} // namespace
} // namespace assay::signatures
