// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/ohttp/x25519.hpp"

#include "tests/unit/ohttp/sample.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::ohttp {
namespace {

using test::hex;
using test::outcome;

TEST_CASE("x25519 makes the public key of a secret one", "[x25519]") {
    CHECK(bytes::to_hex(x25519_public_key(hex(test::RECIPIENT_SECRET))) == test::RECIPIENT_KEY);
}

TEST_CASE("x25519 is the same from both sides", "[x25519]") {
    const Bytes a(32, 0x01);
    const Bytes b(32, 0x02);
    const auto shared = x25519(a, x25519_public_key(b));
    REQUIRE(shared.has_value());
    CHECK(*shared == x25519(b, x25519_public_key(a)).value());
}

TEST_CASE("x25519 refuses points that give an all-zero secret", "[x25519]") {
    // 0, 1, two points of order 8, and p - 1, p, p + 1; the top bit of a point means nothing.
    for (const char* point : {"0000000000000000000000000000000000000000000000000000000000000000",
                              "0100000000000000000000000000000000000000000000000000000000000000",
                              "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                              "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
        CHECK(outcome(x25519(Bytes(32, 0x55), hex(point))) == "OHTTP_KEY_INVALID");
        Bytes high = hex(point);
        high[31] |= 0x80;
        CHECK(outcome(x25519(Bytes(32, 0x55), high)) == "OHTTP_KEY_INVALID");
    }
}

TEST_CASE("x25519 needs 32 bytes", "[x25519]") {
    for (const std::size_t size : {0, 31, 33})
        CHECK(outcome(x25519(Bytes(32, 0x55), Bytes(size, 9))) == "OHTTP_KEY_INVALID");
}

} // namespace
} // namespace assay::ohttp
