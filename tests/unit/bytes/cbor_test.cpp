// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/cbor.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::bytes {
namespace {

using test::hex;
using test::outcome;

constexpr CborRules RULES{3, 4, ErrorCode::NITRO_MALFORMED, ErrorCode::NITRO_LIMIT};

std::string parse(std::string_view text) {
    const Bytes input = hex(text);
    return outcome(CborTree::parse(input, RULES));
}

TEST_CASE("cbor takes every form of the subset", "[cbor]") {
    for (const char* text : {"00",
                             "17",
                             "1818",
                             "1800",
                             "1900ff",
                             "1a00000000",
                             "1b0000000000000001",
                             "1bffffffffffffffff",
                             "20",
                             "3bffffffffffffffff",
                             "40",
                             "4101",
                             "5800",
                             "5900014a",
                             "5b000000000000000100",
                             "60",
                             "6161",
                             "62c3a9",
                             "64f09f9880",
                             "7801 61",
                             "80",
                             "8101",
                             "9f ff",
                             "9f 01 02 ff",
                             "98 01 00",
                             "9b0000000000000000",
                             "a0",
                             "a1 01 02",
                             "bf ff",
                             "bf 01 02 6161 03 ff",
                             "a2 01 02 20 03",
                             "f4",
                             "f5",
                             "f6",
                             "81 9f 80 ff"}) {
        INFO(text);
        CHECK(parse(text) == "OK");
    }
}

TEST_CASE("cbor refuses what lies outside of the subset", "[cbor][negative]") {
    for (const char* text : {"",
                             "ff", // nothing, a break
                             "1c",
                             "1d",
                             "1e",
                             "1f",
                             "3c",
                             "3f", // reserved and indefinite integers
                             "5c",
                             "7d",
                             "9e",
                             "bc",
                             "fc",
                             "fd",
                             "fe", // reserved lengths
                             "5f ff",
                             "5f 4101 ff",
                             "7f ff",
                             "7f 6161 ff", // indefinite strings
                             "f7",
                             "e0",
                             "f0",
                             "f800",
                             "f814",
                             "f815",
                             "f816",
                             "f820",
                             "f8ff", // other simple values
                             "f93c00",
                             "fa3f800000",
                             "fb3ff0000000000000", // floats
                             "c0 00",
                             "c2 4101",
                             "d2 80",
                             "d818 4101", // tags
                             "18",
                             "19 00",
                             "1b 00000000000000",
                             "58",
                             "5a 000000", // heads cut short
                             "41",
                             "62 61",
                             "5b ffffffffffffffff 00",
                             "5b 7fffffffffffffff 00",
                             "7b ffffffffffffffff 61", // lengths past the end
                             "61 80",
                             "61 ff",
                             "62 c080",
                             "63 eda080",
                             "63 edbfbf",
                             "64 f4908080",
                             "62 c3 28",
                             "81",
                             "82 00",
                             "9f",
                             "9f 00",
                             "bf",
                             "bf 01",
                             "bf 01 02", // elements or break missing
                             "a1",
                             "a1 01",
                             "bf 01 ff",
                             "81 ff",
                             "a1 ff",
                             "a1 01 ff", // break misplaced
                             "a1 4101 00",
                             "a1 f6 00",
                             "a1 f5 00",
                             "a1 80 00",
                             "a1 a0 00",
                             "a1 f93c00 00", // keys
                             "a2 01 00 01 00",
                             "a2 05 00 1805 00",
                             "a2 05 00 1b0000000000000005 00",
                             "a2 6161 00 780161 00",
                             "bf 20 00 20 00 ff",
                             "a3 01 00 02 00 01 00", // equal keys
                             "00 00",
                             "80 80",
                             "a0 00",
                             "f6 ff"}) { // left over
        INFO(text);
        CHECK(parse(text) == "NITRO_MALFORMED");
    }
}

TEST_CASE("cbor keys of different kinds or values are different", "[cbor]") {
    CHECK(parse("a3 00 00 20 00 6100 00") == "OK");
    CHECK(parse("a2 61 61 00 61 62 00") == "OK");
    CHECK(parse("a2 01 a1 01 00 02 a1 01 00") == "OK"); // equal only across two maps
}

TEST_CASE("cbor counts elements: declared ones at once, others when met", "[cbor][negative]") {
    CHECK(parse("84 00 00 00 00") == "OK");
    CHECK(parse("9f 00 00 00 00 ff") == "OK");
    CHECK(parse("85") == "NITRO_LIMIT"); // before the missing elements
    CHECK(parse("a5 ff") == "NITRO_LIMIT");
    CHECK(parse("9a 00000005") == "NITRO_LIMIT");
    CHECK(parse("9b 0000000100000000") == "NITRO_LIMIT");
    CHECK(parse("9b ffffffffffffffff") == "NITRO_LIMIT");
    CHECK(parse("bb ffffffffffffffff") == "NITRO_LIMIT");
    CHECK(parse("9b ffffffffffffff") == "NITRO_MALFORMED"); // the head itself is cut short
    CHECK(parse("9f 00 00 00 00 00 ff") == "NITRO_LIMIT");
    CHECK(parse("bf 00 00 01 00 02 00 03 00 04 00 ff") == "NITRO_LIMIT");
    CHECK(parse("9f 00 00 00 00") == "NITRO_MALFORMED");
}

TEST_CASE("cbor allows an item inside so many containers and no more", "[cbor][negative]") {
    CHECK(parse("81 81 81 00") == "OK");
    CHECK(parse("81 81 81 80") == "OK"); // the fourth container lies in three, nothing in it
    CHECK(parse("81 81 81 9f ff") == "OK");
    CHECK(parse("81 81 81 81 00") == "NITRO_LIMIT");
    CHECK(parse("9f 9f 9f 9f 00 ff ff ff ff") == "NITRO_LIMIT");
    CHECK(parse("a1 00 a1 00 a1 00 a1 00 00") == "NITRO_LIMIT");
    CHECK(parse(std::string(20000, '9') + std::string(20000, 'f')) != "OK");
    std::string bomb;
    for (int i = 0; i < 20000; ++i) {
        bomb += "81";
    }
    CHECK(parse(bomb) == "NITRO_LIMIT");
}

TEST_CASE("cbor gives the code that comes first in the bytes", "[cbor][negative]") {
    CHECK(parse("82 1c 85") == "NITRO_MALFORMED");
    CHECK(parse("82 85 1c") == "NITRO_LIMIT");
    CHECK(parse("a1 85 00") == "NITRO_MALFORMED"); // an array is no key, however long
    const Bytes input = hex("82 00 1c");
    const auto tree = CborTree::parse(input, RULES);
    REQUIRE_FALSE(tree.has_value());
    CHECK(tree.error().path == "byte 2");
}

TEST_CASE("cbor items can be walked and found", "[cbor]") {
    const Bytes input = hex("bf 6161 82 01 5802 beef 20 f5 02 7803 616263 626162 a0 ff");
    const auto tree = CborTree::parse(input, RULES);
    REQUIRE(tree.has_value());
    const CborItem root = tree->root();
    REQUIRE(root.is(CborKind::map));
    REQUIRE(root.size() == 4);
    const auto list = root.find("a");
    REQUIRE(list.has_value());
    REQUIRE(list->is(CborKind::array));
    CHECK(list->size() == 2);
    CHECK(list->first().number() == 1);
    CHECK(list->first().next().bytes().size() == 2);
    CHECK(list->first().next().bytes()[0] == 0xbe);
    CHECK(list->next().is(CborKind::negative_integer));
    CHECK(list->next().number() == 0);
    CHECK(list->next().next().is(CborKind::boolean));
    CHECK(list->next().next().number() == 1);
    CHECK(root.find(std::uint64_t{2})->text() == "abc");
    CHECK(root.find("ab")->size() == 0);
    CHECK_FALSE(root.find("b").has_value());
    CHECK_FALSE(root.find(std::uint64_t{0}).has_value()); // the key -1 also has the argument 0
    CHECK_FALSE(root.find("ab")->find("a").has_value());
}

} // namespace
} // namespace assay::bytes
