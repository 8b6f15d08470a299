// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/bytes/rlp.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace assay;
using namespace assay::bytes;

TEST_CASE("rlp reads back what it writes, at every length of length", "[bytes][rlp]") {
    for (const std::size_t size : {0, 1, 2, 55, 56, 255, 256, 65'536}) {
        const Bytes content(size, 0x81);
        Bytes encoded;
        append_rlp_string(encoded, content);
        const auto item = read_rlp(encoded);
        INFO(size);
        REQUIRE(item);
        CHECK(item->is_string());
        CHECK(Bytes(item->content.begin(), item->content.end()) == content);
    }
}

TEST_CASE("rlp has one form", "[bytes][rlp][negative]") {
    for (const char* text : {"", "8100", "817f", "b800", "b837", "b90038", "c1", "c180c0", "8280",
                             "c28100", "f800", "bfffffffffffffffff", "ffffffffffffffffff"}) {
        INFO(text);
        CHECK_FALSE(read_rlp(*from_hex(text)));
    }
    Bytes nested;
    for (std::size_t depth = 0; depth <= RLP_DEPTH; ++depth) {
        nested.insert(nested.begin(), static_cast<std::uint8_t>(0xc0 + nested.size()));
        INFO(depth);
        CHECK(read_rlp(nested).has_value() == (depth < RLP_DEPTH));
    }
}
