// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/der.hpp"

#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string_view>

namespace assay::bytes {
namespace {

using test::hex;

std::optional<std::int64_t> time(std::uint8_t tag, std::string_view text) {
    return der_time({tag, as_bytes(text), {}});
}

TEST_CASE("der reads one element after the other", "[der]") {
    const Bytes input = hex("0201 05 3003 020107 0500");
    DerCursor cursor{input};
    const auto integer = cursor.read(der_tag::INTEGER);
    REQUIRE(integer.has_value());
    CHECK(integer->content.size() == 1);
    CHECK(integer->encoding.size() == 3);
    CHECK_FALSE(cursor.read(der_tag::SET).has_value()); // another tag: stays where it is
    CHECK(cursor.next_is(der_tag::SEQUENCE));
    CHECK(cursor.read().has_value());
    CHECK_FALSE(cursor.at_end());
    CHECK(cursor.read().has_value());
    CHECK(cursor.at_end());
    CHECK_FALSE(cursor.read().has_value());
}

TEST_CASE("der takes lengths in the shortest form only", "[der][negative]") {
    const auto whole = [](const Bytes& input) { return der_whole(input, 0x04).has_value(); };
    CHECK(whole(test::der(0x04, Bytes(0x7f))));
    CHECK(whole(test::der(0x04, Bytes(0x80))));
    CHECK(whole(test::der(0x04, Bytes(0xff))));
    CHECK(whole(test::der(0x04, Bytes(0x100))));
    CHECK_FALSE(whole(test::concat({hex("04 817f"), Bytes(0x7f)})));
    CHECK_FALSE(whole(test::concat({hex("04 820080"), Bytes(0x80)})));
    CHECK_FALSE(whole(test::concat({hex("04 8200ff"), Bytes(0xff)})));
    for (const char* text : {"", "04", "04 80", "04 80 0000", "04 81", "04 02 00", "04 84 ffffffff",
                             "04 85 0000000001 00", "04 88 ffffffffffffffff", "04 ff",
                             "04 01 00 00", "1f 01 00", "1f 81 01 00"}) {
        INFO(text);
        CHECK_FALSE(whole(hex(text)));
    }
}

TEST_CASE("der values have one encoding", "[der][negative]") {
    CHECK(der_boolean(hex("ff")) == true);
    CHECK(der_boolean(hex("00")) == false);
    for (const char* text : {"", "01", "fe", "0000"}) {
        CHECK_FALSE(der_boolean(hex(text)).has_value());
    }
    for (const char* text : {"00", "7f", "80", "0080", "ff7f", "ff"}) {
        INFO(text);
        CHECK(is_der_integer(hex(text)));
    }
    for (const char* text : {"", "0000", "007f", "ff80", "ffff"}) {
        INFO(text);
        CHECK_FALSE(is_der_integer(hex(text)));
    }
    CHECK_FALSE(der_unsigned(hex("80")).has_value());
    const Bytes padded = hex("0080");
    CHECK(der_unsigned(padded)->size() == 1);
    CHECK(der_unsigned(hex("00"))->empty());
    for (const char* text : {"00", "00ff", "07 80", "01 fe"}) {
        INFO(text);
        CHECK(der_bit_string(hex(text)).has_value());
    }
    for (const char* text : {"", "01", "08 00", "07 c0", "01 ff"}) {
        INFO(text);
        CHECK_FALSE(der_bit_string(hex(text)).has_value());
    }
    for (const char* text : {"2a", "551d0f", "2a8648"}) {
        INFO(text);
        CHECK(is_der_oid(hex(text)));
    }
    for (const char* text : {"", "80", "2a80", "2a8001", "8001"}) {
        INFO(text);
        CHECK_FALSE(is_der_oid(hex(text)));
    }
}

TEST_CASE("der times are Unix seconds", "[der]") {
    constexpr auto UTC = der_tag::UTC_TIME;
    constexpr auto GENERAL = der_tag::GENERALIZED_TIME;
    CHECK(time(UTC, "700101000000Z") == 0);
    CHECK(time(UTC, "691231235959Z") == -1);
    CHECK(time(UTC, "000229120000Z") == 951825600);
    CHECK(time(UTC, "491028142805Z") == 2519044085);
    CHECK(time(UTC, "500101000000Z") == -631152000); // 1950, not 2050
    CHECK(time(GENERAL, "20491231235959Z") == 2524607999);
    CHECK(time(GENERAL, "99991231235959Z") == 253402300799);
    CHECK(time(GENERAL, "00000101000000Z") == -62167219200);
    CHECK(time(GENERAL, "19000228000000Z") == -2203977600);
}

TEST_CASE("der refuses times that are none", "[der][negative]") {
    for (const char* text :
         {"", "700101000000", "7001010000Z", "700101000000+0000", "700001000000Z", "701301000000Z",
          "700100000000Z", "700132000000Z", "700431000000Z", "010229000000Z", "700101240000Z",
          "700101006000Z", "700101000060Z", "7001010000 0Z", "70010100000aZ", "-00101000000Z",
          "19700101000000Z"}) {
        INFO(text);
        CHECK_FALSE(time(der_tag::UTC_TIME, text).has_value());
    }
    for (const char* text : {"700101000000Z", "19000229000000Z", "20260101000000.5Z"}) {
        INFO(text);
        CHECK_FALSE(time(der_tag::GENERALIZED_TIME, text).has_value());
    }
    CHECK_FALSE(time(der_tag::INTEGER, "700101000000Z").has_value());
}

} // namespace
} // namespace assay::bytes
