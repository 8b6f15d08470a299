// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/schnorr.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>
#include <secp256k1.h>
#include <secp256k1_schnorrsig.h>

#include <memory>

namespace assay::signatures {
namespace {

using test::concat;
using test::hex;
using test::outcome;

constexpr const char* ORDER = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
constexpr const char* PRIME = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";

struct FreeContext {
    void operator()(secp256k1_context* context) const { secp256k1_context_destroy(context); }
};

struct Sample {
    Bytes key;
    Bytes message;
    Bytes signature;
};

Sample make_sample(std::uint8_t secret, std::size_t message_size) {
    const std::unique_ptr<secp256k1_context, FreeContext> context{
        secp256k1_context_create(SECP256K1_CONTEXT_NONE)};
    Bytes scalar(32);
    scalar.back() = secret;
    secp256k1_keypair pair;
    secp256k1_xonly_pubkey key;
    REQUIRE(secp256k1_keypair_create(context.get(), &pair, scalar.data()) == 1);
    REQUIRE(secp256k1_keypair_xonly_pub(context.get(), &key, nullptr, &pair) == 1);
    Sample x{Bytes(32), Bytes(message_size, secret), Bytes(64)};
    secp256k1_xonly_pubkey_serialize(context.get(), x.key.data(), &key);
    REQUIRE(secp256k1_schnorrsig_sign_custom(context.get(), x.signature.data(), x.message.data(),
                                             x.message.size(), &pair, nullptr) == 1);
    return x;
}

TEST_CASE("schnorr takes messages of any length", "[schnorr]") {
    for (std::uint8_t secret = 1; secret < 9; ++secret)
        for (const std::size_t size : {0U, 1U, 32U, 100U, 5000U}) {
            const Sample x = make_sample(secret, size);
            CHECK(outcome(verify_schnorr(x.key, x.message, x.signature)) == "OK");
            CHECK(outcome(verify_schnorr(x.key, concat({x.message, Bytes{0}}), x.signature)) ==
                  "SIGNATURE_INVALID");
        }
}

TEST_CASE("schnorr judges the key, then the length, then the scalars", "[schnorr][negative]") {
    const Sample x = make_sample(3, 32);
    const Bytes no_point = concat({Bytes(31), Bytes{5}}); // 5^3 + 7 is no square modulo p
    for (const Bytes& key :
         {Bytes{}, Bytes(31, 1), concat({hex("02"), x.key}), no_point, hex(PRIME), Bytes(32)})
        CHECK(outcome(verify_schnorr(key, x.message, x.signature)) == "SIGNATURE_MALFORMED");
    for (const std::size_t size : {0U, 63U, 65U})
        CHECK(outcome(verify_schnorr(x.key, x.message, Bytes(size, 1))) == "SIGNATURE_MALFORMED");
    const Bytes r{x.signature.begin(), x.signature.begin() + 32};
    const Bytes s{x.signature.begin() + 32, x.signature.end()};
    for (const Bytes& signature :
         {concat({hex(PRIME), s}), concat({r, hex(ORDER)}), concat({no_point, s}), Bytes(64)})
        CHECK(outcome(verify_schnorr(x.key, x.message, signature)) == "SIGNATURE_INVALID");
}

TEST_CASE("no flipped bit of a schnorr signature verifies", "[schnorr][mutation]") {
    const Sample x = make_sample(7, 32);
    for (std::size_t bit = 0; bit < x.signature.size() * 8; bit += 5) {
        Bytes changed = x.signature;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
        CHECK(outcome(verify_schnorr(x.key, x.message, changed)) == "SIGNATURE_INVALID");
    }
}

} // namespace
} // namespace assay::signatures
