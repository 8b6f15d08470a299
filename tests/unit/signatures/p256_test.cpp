// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/hash/sha2.hpp"
#include "core/signatures/ecdsa_der.hpp"
#include "core/signatures/p256.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::signatures {
namespace {

using test::concat;
using test::hex;
using test::outcome;

// RFC 6979 A.2.5: curve P-256, message "sample", SHA-256.
const Bytes KEY = hex("04"
                      "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
                      "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");
const Bytes R = hex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716");
const Bytes S = hex("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
const Bytes ORDER = hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
const BytesView MESSAGE = as_bytes("sample");

TEST_CASE("p256 verifies the signature of RFC 6979", "[p256]") {
    CHECK(outcome(verify_p256(KEY, MESSAGE, concat({R, S}))) == "OK");
    CHECK(outcome(verify_p256_digest(KEY, hash::sha256(MESSAGE), concat({R, S}))) == "OK");
    CHECK(outcome(verify_p256(KEY, as_bytes("test"), concat({R, S}))) == "SIGNATURE_INVALID");
    CHECK(outcome(verify_p256(KEY, MESSAGE, concat({S, R}))) == "SIGNATURE_INVALID");
    const auto raw =
        ecdsa_der_to_raw(test::der_nested(0x30, {test::der_integer(R), test::der_integer(S)}), 32);
    REQUIRE(raw.has_value());
    CHECK(outcome(verify_p256(KEY, MESSAGE, *raw)) == "OK");
}

TEST_CASE("p256 judges the form of the key, then of the signature, then its numbers",
          "[p256][negative]") {
    const Bytes signature = concat({R, S});
    Bytes off_curve = KEY;
    off_curve[64] ^= 1;
    Bytes compressed(KEY.begin(), KEY.begin() + 33);
    compressed[0] = 0x03;
    Bytes hybrid = KEY;
    hybrid[0] = 0x07;
    for (const Bytes& key :
         {Bytes{}, Bytes{0}, off_curve, compressed, hybrid, concat({Bytes{4}, Bytes(64, 0xff)}),
          concat({Bytes{4}, Bytes(64)}), concat({KEY, Bytes{0}})}) {
        CHECK(outcome(verify_p256(key, MESSAGE, signature)) == "SIGNATURE_MALFORMED");
        CHECK(outcome(verify_p256(key, MESSAGE, concat({Bytes(32), S}))) == "SIGNATURE_MALFORMED");
    }
    for (const std::size_t size : {0U, 63U, 65U, 96U})
        CHECK(outcome(verify_p256(KEY, MESSAGE, Bytes(size, 1))) == "SIGNATURE_MALFORMED");
    for (const std::size_t size : {0U, 31U, 33U, 48U})
        CHECK(outcome(verify_p256_digest(KEY, Bytes(size, 1), signature)) == "SIGNATURE_MALFORMED");
    Bytes above = ORDER;
    above[31] += 1;
    for (const Bytes& bad : {Bytes(32), ORDER, above, Bytes(32, 0xff)}) {
        CHECK(outcome(verify_p256(KEY, MESSAGE, concat({bad, S}))) == "SIGNATURE_INVALID");
        CHECK(outcome(verify_p256(KEY, MESSAGE, concat({R, bad}))) == "SIGNATURE_INVALID");
    }
}

TEST_CASE("no flipped bit of a p256 signature verifies", "[p256][mutation]") {
    const Bytes signature = concat({R, S});
    for (std::size_t bit = 0; bit < signature.size() * 8; bit += 3) {
        Bytes changed = signature;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
        CHECK(outcome(verify_p256(KEY, MESSAGE, changed)) == "SIGNATURE_INVALID");
    }
}

} // namespace
} // namespace assay::signatures
