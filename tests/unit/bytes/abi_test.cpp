// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/abi.hpp"

#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::bytes {
namespace {

using test::hex;

std::string word(std::string_view low) {
    return std::string(64 - low.size(), '0') + std::string{low};
}

/// (bytes, uint256) with the offset, length and content given as words.
Bytes pair_of(const std::string& offset, const std::string& value, const std::string& length,
              const std::string& content) {
    return hex(offset + value + length + content);
}

const std::string ABC = "616263" + std::string(58, '0');

TEST_CASE("abi frames read a dynamic member behind its head", "[abi]") {
    const Bytes data = pair_of(word("40"), word("7"), word("3"), ABC);
    auto frame = AbiFrame::open(data, 2);
    REQUIRE(frame.has_value());
    CHECK(frame->string() == "abc");
    CHECK(frame->unsigned_integer(8) == 7);
    CHECK(frame->at_end());
    CHECK_FALSE(frame->word().has_value()); // the head has been read
}

TEST_CASE("abi frames refuse every other encoding of the same value", "[abi]") {
    const Bytes wrong[] = {
        pair_of(word("20"), word("7"), word("3"), ABC),                  // overlaps the head
        pair_of(word("60"), word("7"), word("3"), ABC),                  // leaves a gap
        pair_of("01" + word("40").substr(2), word("7"), word("3"), ABC), // 2^248 + 0x40
        pair_of(word("40"), word("7"), word("4"),
                "616263" + std::string(58, '0').replace(57, 1, "1")),
        pair_of(word("40"), word("7"), word("21"), ABC),           // more than is left
        pair_of(word("40"), word("7"), std::string(64, 'f'), ABC), // the largest length
        pair_of(word("40"), word("7"), word("3"), "61626301" + std::string(56, '0')), // padding
    };
    for (const Bytes& data : wrong) {
        auto frame = AbiFrame::open(data, 2);
        REQUIRE(frame.has_value());
        CHECK_FALSE(frame->string().has_value());
    }
    const Bytes longer = test::concat({pair_of(word("40"), word("7"), word("3"), ABC), Bytes(32)});
    auto frame = AbiFrame::open(longer, 2);
    CHECK(frame->string() == "abc");
    CHECK(frame->unsigned_integer(8) == 7);
    CHECK_FALSE(frame->at_end());
}

TEST_CASE("abi frames need their whole head", "[abi]") {
    CHECK_FALSE(AbiFrame::open(Bytes(63), 2).has_value());
    CHECK(AbiFrame::open(Bytes(64), 2).has_value());
    CHECK_FALSE(AbiFrame::open(Bytes(64), SIZE_MAX).has_value());
}

TEST_CASE("abi integers stay in their type", "[abi]") {
    const Bytes data = hex(word("100"));
    CHECK_FALSE(AbiFrame::open(data, 1)->unsigned_integer(8).has_value());
    CHECK(AbiFrame::open(data, 1)->unsigned_integer(9) == 256);
    CHECK_FALSE(AbiFrame::open(data, 1)->boolean().has_value());
    CHECK(AbiFrame::open(hex(word("1")), 1)->boolean() == true);
    const Bytes large = hex("01" + std::string(62, '0'));
    CHECK_FALSE(AbiFrame::open(large, 1)->unsigned_integer(64).has_value());
    CHECK_FALSE(AbiFrame::open(large, 1)->int128().has_value());
}

TEST_CASE("abi strings are UTF-8, bytes are not", "[abi]") {
    const Bytes data = hex(word("20") + word("1") + "ff" + std::string(62, '0'));
    CHECK_FALSE(AbiFrame::open(data, 1)->string().has_value());
    CHECK(AbiFrame::open(data, 1)->dynamic_bytes().has_value());
}

TEST_CASE("abi arrays are measured before they are read", "[abi]") {
    // 2 elements of 2 words each, then the end.
    const Bytes data = hex(word("20") + word("2") + word("1") + word("2") + word("3") + word("4"));
    auto frame = AbiFrame::open(data, 1);
    auto array = frame->array(2);
    REQUIRE(array.has_value());
    CHECK(array->size() == 2);
    for (const std::uint64_t want : {1, 2, 3, 4})
        CHECK(array->unsigned_integer(64) == want);
    frame->close(*array);
    CHECK(frame->at_end());
    for (const char* count : {"3", "ffffffffffffffff", "0800000000000000"}) {
        const Bytes hostile =
            hex(word("20") + word(count) + word("1") + word("2") + word("3") + word("4"));
        CHECK_FALSE(AbiFrame::open(hostile, 1)->array(2).has_value());
    }
}

TEST_CASE("abi tuples lie where their offset says", "[abi]") {
    const Bytes data = hex(word("40") + word("9") + word("20") + word("0"));
    auto frame = AbiFrame::open(data, 2);
    auto tuple = frame->tuple(1);
    REQUIRE(tuple.has_value());
    CHECK(tuple->dynamic_bytes()->empty());
    frame->close(*tuple);
    CHECK(frame->unsigned_integer(64) == 9);
    CHECK(frame->at_end());
    CHECK_FALSE(AbiFrame::open(data, 2)->tuple(3).has_value());
}

} // namespace
} // namespace assay::bytes
