// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/protobuf.hpp"

#include <catch2/catch_test_macros.hpp>

#include <vector>

namespace assay::bytes {
namespace {

/// Reads all fields. @return false when one is malformed.
bool reads(const Bytes& message) {
    WireReader reader{message};
    while (!reader.at_end()) {
        if (!reader.next()) {
            return false;
        }
    }
    return true;
}

TEST_CASE("the wire reader reads each wire type", "[bytes][protobuf]") {
    const Bytes message = {0x08, 0x96, 0x01,                        // 1: 150
                           0x11, 1,    0,    0,   0, 0, 0, 0, 0x80, // 2: fixed64
                           0x1a, 0x02, 'h',  'i',                   // 3: "hi"
                           0x25, 4,    3,    2,   1};               // 4: fixed32
    WireReader reader{message};
    CHECK(reader.next()->scalar == 150);
    CHECK(reader.next()->scalar == 0x8000'0000'0000'0001);
    const auto text = reader.next();
    CHECK(text->number == 3);
    CHECK(as_text(text->content) == "hi");
    CHECK(reader.next()->scalar == 0x0102'0304);
    CHECK(reader.at_end());
}

TEST_CASE("the wire reader takes the largest varint and field number", "[bytes][protobuf]") {
    const Bytes largest = {0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
    CHECK(WireReader{largest}.next()->scalar == ~std::uint64_t{0});
    const Bytes number = {0xf8, 0xff, 0xff, 0xff, 0x0f, 0x00};
    CHECK(WireReader{number}.next()->number == (1U << 29) - 1);
}

TEST_CASE("the wire reader refuses malformed fields", "[bytes][protobuf][negative]") {
    const std::vector<Bytes> bad = {
        {0x08},                                                                // no value
        {0x80},                                                                // open key
        {0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02},    // 65 bits
        {0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0}, // 11 bytes
        {0x00, 0x00},                                                          // field 0
        {0x80, 0x80, 0x80, 0x80, 0x10, 0x00},                                  // field 2^29
        {0x0b, 0x0c},                                                          // group
        {0x0e, 0x00},                                                          // wire type 6
        {0x0a, 0x02, 'x'},                                                     // length beyond end
        {0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01},    // 2^64 − 1 bytes
        {0x0d, 1, 2, 3},
        {0x09, 1, 2, 3, 4, 5, 6, 7},
    };
    for (const Bytes& message : bad) {
        CAPTURE(message);
        CHECK_FALSE(reads(message));
    }
}

TEST_CASE("repeated numbers may be packed or not", "[bytes][protobuf]") {
    std::vector<std::uint64_t> got;
    const auto collect = [&got](std::uint64_t value) { got.push_back(value); };
    CHECK(for_each_varint({1, WireType::varint, 7, {}}, collect));
    const Bytes packed = {0x01, 0xac, 0x02};
    CHECK(for_each_varint({1, WireType::length_delimited, 0, packed}, collect));
    CHECK(got == std::vector<std::uint64_t>{7, 1, 300});
    CHECK_FALSE(for_each_varint({1, WireType::fixed32, 7, {}}, collect));
    const Bytes open = {0x80};
    CHECK_FALSE(for_each_varint({1, WireType::length_delimited, 0, open}, collect));
    CHECK_FALSE(for_each_fixed32({1, WireType::length_delimited, 0, packed}, collect));
    CHECK_FALSE(for_each_fixed64({1, WireType::length_delimited, 0, packed}, collect));
}

} // namespace
} // namespace assay::bytes
