// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::bytes {
namespace {

TEST_CASE("hex writes lower case and reads both", "[hex]") {
    const Bytes bytes = {0x00, 0x1f, 0xa0, 0xff};
    CHECK(to_hex(bytes) == "001fa0ff");
    CHECK(to_hex_0x(bytes) == "0x001fa0ff");
    CHECK(to_hex_0x({}) == "0x");
    CHECK(from_hex("001fa0ff") == bytes);
    CHECK(from_hex("001FA0Ff") == bytes);
    CHECK(from_hex("") == Bytes{});
}

TEST_CASE("hex refuses prefixes, odd lengths and other characters", "[hex][negative]") {
    for (const char* text : {"0", "0x", "0x00", "0g", "g0", " 00", "00 ", "0:", "0@", "0/", "0`"})
        CHECK_FALSE(from_hex(text).has_value());
}

TEST_CASE("a hash is exactly 64 digits", "[hex][negative]") {
    const std::string digits(64, 'A');
    REQUIRE(hash_from_hex(digits).has_value());
    CHECK((*hash_from_hex(digits))[31] == 0xaa);
    CHECK_FALSE(hash_from_hex(digits.substr(2)).has_value());
    CHECK_FALSE(hash_from_hex(digits + "AA").has_value());
    CHECK_FALSE(hash_from_hex("0x" + digits.substr(2)).has_value());
}

} // namespace
} // namespace assay::bytes
