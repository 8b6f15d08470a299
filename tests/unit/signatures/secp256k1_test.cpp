// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/hash/keccak256.hpp"
#include "core/signatures/secp256k1.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>
#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include <memory>

namespace assay::signatures {
namespace {

using test::concat;
using test::hex;
using test::outcome;

constexpr const char* ORDER = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
constexpr const char* ZERO = "0000000000000000000000000000000000000000000000000000000000000000";
constexpr const char* HALF = "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";
constexpr const char* HALF_AND_1 =
    "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1";
/// Of the private key 1, a well-known value.
constexpr const char* ADDRESS_OF_1 = "7e5f4552091a69125d5dfcb7b8c2659029395bdf";

Bytes negated(BytesView s) {
    const Bytes n = hex(ORDER);
    Bytes out(32);
    int borrow = 0;
    for (std::size_t i = 32; i-- > 0;) {
        const int difference = n[i] - s[i] - borrow;
        out[i] = static_cast<std::uint8_t>(difference & 0xff);
        borrow = difference < 0 ? 1 : 0;
    }
    return out;
}

/// A signature by the private key 1 and everything about it.
struct Sample {
    Bytes digest;
    Bytes r;
    Bytes s;
    std::uint8_t v;
    Bytes compressed;
    Bytes uncompressed;

    [[nodiscard]] Bytes rs() const { return concat({r, s}); }
    [[nodiscard]] Bytes wallet() const { return concat({r, s, Bytes{v}}); }
    [[nodiscard]] Bytes word() const { return word_of(v); }
    [[nodiscard]] static Bytes word_of(std::uint8_t v) {
        Bytes word(32);
        word.back() = v;
        return word;
    }
};

struct FreeContext {
    void operator()(secp256k1_context* context) const { secp256k1_context_destroy(context); }
};

Sample make_sample(std::uint8_t seed) {
    const std::unique_ptr<secp256k1_context, FreeContext> context{
        secp256k1_context_create(SECP256K1_CONTEXT_NONE)};
    const Hash32 digest = hash::keccak256(Bytes{seed});
    Bytes secret(32);
    secret.back() = 1;
    secp256k1_ecdsa_recoverable_signature signature;
    secp256k1_pubkey key;
    REQUIRE(secp256k1_ecdsa_sign_recoverable(context.get(), &signature, digest.data(),
                                             secret.data(), nullptr, nullptr) == 1);
    REQUIRE(secp256k1_ec_pubkey_create(context.get(), &key, secret.data()) == 1);
    Bytes compact(64);
    int id = 0;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(context.get(), compact.data(), &id,
                                                            &signature);
    Bytes compressed(33);
    Bytes uncompressed(65);
    std::size_t size = 33;
    secp256k1_ec_pubkey_serialize(context.get(), compressed.data(), &size, &key,
                                  SECP256K1_EC_COMPRESSED);
    size = 65;
    secp256k1_ec_pubkey_serialize(context.get(), uncompressed.data(), &size, &key,
                                  SECP256K1_EC_UNCOMPRESSED);
    return {test::bytes_of(digest),
            {compact.begin(), compact.begin() + 32},
            {compact.begin() + 32, compact.end()},
            static_cast<std::uint8_t>(27 + id),
            compressed,
            uncompressed};
}

std::string recovered(const Result<Address>& result) {
    return result ? bytes::to_hex(*result) : outcome(result);
}

TEST_CASE("recovery gives the signer's address in both forms", "[secp256k1]") {
    for (std::uint8_t seed = 0; seed < 8; ++seed) {
        const Sample x = make_sample(seed);
        CHECK(recovered(recover_address(x.digest, x.wallet())) == ADDRESS_OF_1);
        CHECK(recovered(recover_address(x.digest, x.r, x.s, x.word())) == ADDRESS_OF_1);
        CHECK(recovered(recover_address(hash::keccak256({}), x.wallet())) != ADDRESS_OF_1);
    }
}

TEST_CASE("high s is the same signature for ecrecover and none for strict", "[secp256k1]") {
    const Sample x = make_sample(1);
    const Bytes high = negated(x.s);
    const Bytes other_v = Sample::word_of(static_cast<std::uint8_t>(55 - x.v));
    CHECK(recovered(recover_address(x.digest, x.r, high, other_v, LowS::malleable)) ==
          ADDRESS_OF_1);
    CHECK(recovered(recover_address(x.digest, x.r, high, other_v)) == "SIGNATURE_INVALID");
    const Bytes signature = concat({x.r, high});
    CHECK(outcome(verify_ecdsa(x.compressed, x.digest, signature, LowS::malleable)) == "OK");
    CHECK(outcome(verify_ecdsa(x.compressed, x.digest, signature)) == "SIGNATURE_INVALID");
}

TEST_CASE("the bound of low s is (n - 1) / 2", "[secp256k1]") {
    const Sample x = make_sample(2);
    // s at the bound recovers some address; one above is refused before any arithmetic.
    CHECK(recover_address(x.digest, x.r, hex(HALF), x.word()).has_value());
    CHECK(recovered(recover_address(x.digest, x.r, hex(HALF_AND_1), x.word())) ==
          "SIGNATURE_INVALID");
    CHECK(recover_address(x.digest, x.r, hex(HALF_AND_1), x.word(), LowS::malleable).has_value());
}

TEST_CASE("recovery wants v to be 27 or 28 as a whole word", "[secp256k1][negative]") {
    const Sample x = make_sample(3);
    for (const std::uint8_t v : Bytes{0, 1, 26, 29, 30, 255})
        CHECK(recovered(recover_address(x.digest, x.r, x.s, Sample::word_of(v))) ==
              "SIGNATURE_MALFORMED");
    for (std::size_t at = 0; at < 31; ++at) {
        Bytes word = x.word();
        word[at] = 1;
        CHECK(recovered(recover_address(x.digest, x.r, x.s, word)) == "SIGNATURE_MALFORMED");
    }
    Bytes wallet = x.wallet();
    for (const std::uint8_t v : Bytes{0, 1, 29, 31}) {
        wallet.back() = v;
        CHECK(recovered(recover_address(x.digest, wallet)) == "SIGNATURE_MALFORMED");
    }
}

TEST_CASE("scalars lie in [1, n-1]", "[secp256k1][negative]") {
    const Sample x = make_sample(4);
    for (const char* bad : {ZERO, ORDER,
                            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                            "ffffffff"}) {
        for (const LowS mode : {LowS::malleable, LowS::strict}) {
            CHECK(recovered(recover_address(x.digest, hex(bad), x.s, x.word(), mode)) ==
                  "SIGNATURE_INVALID");
            CHECK(recovered(recover_address(x.digest, x.r, hex(bad), x.word(), mode)) ==
                  "SIGNATURE_INVALID");
            CHECK(outcome(verify_ecdsa(x.compressed, x.digest, concat({hex(bad), x.s}), mode)) ==
                  "SIGNATURE_INVALID");
            CHECK(outcome(verify_ecdsa(x.compressed, x.digest, concat({x.r, hex(bad)}), mode)) ==
                  "SIGNATURE_INVALID");
        }
    }
}

TEST_CASE("recovery fails where no point has the x-coordinate r", "[secp256k1][negative]") {
    const Sample x = make_sample(5);
    Bytes r(32);
    r.back() = 5; // 5^3 + 7 is no square modulo p
    CHECK(recovered(recover_address(x.digest, r, x.s, x.word())) == "SIGNATURE_INVALID");
}

TEST_CASE("form is judged before scalars, and lengths are exact", "[secp256k1][negative]") {
    const Sample x = make_sample(6);
    const Bytes zero = hex(ZERO);
    CHECK(recovered(recover_address(x.digest, zero, zero, Sample::word_of(1))) ==
          "SIGNATURE_MALFORMED");
    for (const std::size_t size : {0U, 31U, 33U}) {
        const Bytes wrong(size, 1);
        CHECK(recovered(recover_address(wrong, x.r, x.s, x.word())) == "SIGNATURE_MALFORMED");
        CHECK(recovered(recover_address(x.digest, wrong, x.s, x.word())) == "SIGNATURE_MALFORMED");
        CHECK(recovered(recover_address(x.digest, x.r, wrong, x.word())) == "SIGNATURE_MALFORMED");
        CHECK(recovered(recover_address(x.digest, x.r, x.s, wrong)) == "SIGNATURE_MALFORMED");
        CHECK(outcome(verify_ecdsa(x.compressed, wrong, x.rs())) == "SIGNATURE_MALFORMED");
    }
    CHECK(recovered(recover_address(x.digest, x.rs())) == "SIGNATURE_MALFORMED");
    CHECK(recovered(recover_address(x.digest, {})) == "SIGNATURE_MALFORMED");
    CHECK(outcome(verify_ecdsa(x.compressed, x.digest, x.wallet())) == "SIGNATURE_MALFORMED");
}

TEST_CASE("ecdsa takes both key forms", "[secp256k1]") {
    for (std::uint8_t seed = 0; seed < 8; ++seed) {
        const Sample x = make_sample(seed);
        for (const LowS mode : {LowS::malleable, LowS::strict}) {
            CHECK(outcome(verify_ecdsa(x.compressed, x.digest, x.rs(), mode)) == "OK");
            CHECK(outcome(verify_ecdsa(x.uncompressed, x.digest, x.rs(), mode)) == "OK");
        }
    }
}

TEST_CASE("ecdsa refuses keys of another form", "[secp256k1][negative]") {
    const Sample x = make_sample(7);
    const auto with_key = [&](const Bytes& key) {
        return outcome(verify_ecdsa(key, x.digest, x.rs(), LowS::malleable));
    };
    const bool odd = (x.uncompressed.back() & 1) != 0;
    Bytes hybrid = x.uncompressed;
    hybrid[0] = odd ? 0x07 : 0x06;
    CHECK(with_key(hybrid) == "SIGNATURE_MALFORMED");
    for (const std::uint8_t prefix : Bytes{0x00, 0x01, 0x04, 0x05, 0x06, 0xff}) {
        Bytes key = x.compressed;
        key[0] = prefix;
        CHECK(with_key(key) == "SIGNATURE_MALFORMED");
    }
    Bytes off_curve = x.uncompressed;
    off_curve.back() ^= 1;
    CHECK(with_key(off_curve) == "SIGNATURE_MALFORMED");
    CHECK(with_key(concat({hex("02"), Bytes(32, 0xff)})) == "SIGNATURE_MALFORMED"); // x ≥ p
    CHECK(with_key(Bytes(65)) == "SIGNATURE_MALFORMED");
    CHECK(with_key({}) == "SIGNATURE_MALFORMED");
    CHECK(with_key(Bytes{x.compressed.begin() + 1, x.compressed.end()}) == "SIGNATURE_MALFORMED");
}

TEST_CASE("no flipped bit of an ecdsa signature or digest verifies", "[secp256k1][mutation]") {
    const Sample x = make_sample(9);
    const Bytes signature = x.rs();
    for (std::size_t bit = 0; bit < signature.size() * 8; bit += 5) {
        Bytes changed = signature;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
        CHECK(outcome(verify_ecdsa(x.compressed, x.digest, changed)) == "SIGNATURE_INVALID");
    }
    for (std::size_t bit = 0; bit < 256; bit += 7) {
        Bytes changed = x.digest;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
        CHECK(outcome(verify_ecdsa(x.compressed, changed, x.rs())) == "SIGNATURE_INVALID");
    }
}

} // namespace
} // namespace assay::signatures
