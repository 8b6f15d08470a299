// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/chain/cometbft/commit.hpp"
#include "core/chain/cometbft/merkle.hpp"
#include "core/chain/cometbft/timestamp.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string>

using namespace assay;
using namespace assay::chain;

TEST_CASE("timestamps have one form and keep their nanoseconds", "[chain][timestamp]") {
    CHECK(parse_timestamp("1970-01-01T00:00:00Z") == Timestamp{0, 0});
    CHECK(parse_timestamp("2026-03-01T00:00:00.5Z") == Timestamp{1'772'323'200, 500'000'000});
    CHECK(parse_timestamp("1969-12-31T23:59:59.000000001Z") == Timestamp{-1, 1});
    for (const char* text :
         {"", "2026-03-01T00:00:00", "2026-03-01T00:00:00+00:00", "2026-02-30T00:00:00Z",
          "2026-03-01T00:00:60Z", "2026-03-01T24:00:00Z", "2026-03-01T00:00:00.Z",
          "2026-03-01T00:00:00.1234567890Z", "2026-03-01T00:00:00,5Z", "0000-01-01T00:00:00Z",
          "2026-03-01t00:00:00Z", "2026-03-01T00:00:00z", "+026-03-01T00:00:00Z",
          "2026-03-01T00:00:00.5 Z"}) {
        INFO(text);
        CHECK_FALSE(parse_timestamp(text));
    }
}

TEST_CASE("the zero time of Go is not empty on the wire", "[chain][timestamp]") {
    const auto zero = parse_timestamp("0001-01-01T00:00:00Z");
    REQUIRE(zero);
    CHECK(zero->seconds == -62'135'596'800);
    CHECK(bytes::to_hex(encode_timestamp(*zero)) == "0880"
                                                    "92b8c398feffffff01");
}

TEST_CASE("every proof of inclusion leads to the root, and only with its own place",
          "[chain][merkle]") {
    for (std::size_t total = 1; total <= 17; ++total) {
        std::vector<Bytes> leaves;
        for (std::size_t i = 0; i < total; ++i)
            leaves.push_back(Bytes{static_cast<std::uint8_t>(i)});
        const Hash32 root = merkle_root(leaves);
        // The aunts of a leaf, by the recursive definition.
        const auto aunts_of = [&](auto& self, std::size_t from, std::size_t count,
                                  std::size_t index) -> std::vector<Hash32> {
            if (count == 1)
                return {};
            std::size_t split = 1;
            while (split * 2 < count)
                split *= 2;
            const auto part = [&](std::size_t begin, std::size_t size) {
                return merkle_root(std::span{leaves}.subspan(begin, size));
            };
            const bool left = index < split;
            auto aunts = left ? self(self, from, split, index)
                              : self(self, from + split, count - split, index - split);
            aunts.push_back(left ? part(from + split, count - split) : part(from, split));
            return aunts;
        };
        for (std::size_t index = 0; index < total; ++index) {
            auto aunts = aunts_of(aunts_of, 0, total, index);
            INFO(index << " of " << total);
            CHECK(merkle_root_of(index, total, merkle_leaf(leaves[index]), aunts) == root);
            if (total > 1)
                CHECK(merkle_root_of((index + 1) % total, total, merkle_leaf(leaves[index]),
                                     aunts) != root);
            aunts.push_back(root);
            CHECK_FALSE(merkle_root_of(index, total, merkle_leaf(leaves[index]), aunts));
        }
    }
    CHECK_FALSE(merkle_root_of(1, 1, Hash32{}, {}));
    CHECK_FALSE(merkle_root_of(0, 0, Hash32{}, {}));
}

TEST_CASE("a fraction of the power is exact and never overflows", "[chain][commit]") {
    constexpr std::uint64_t MOST = std::numeric_limits<std::int64_t>::max() / 8;
    CHECK(fraction_of(9, 2, 3) == 6);
    CHECK(fraction_of(10, 2, 3) == 6);
    CHECK(fraction_of(11, 2, 3) == 7);
    CHECK(fraction_of(MOST, 2, 3) == MOST / 3 * 2 + MOST % 3 * 2 / 3);
    CHECK(fraction_of(MOST, 0xffff'ffff, 0xffff'ffff) == MOST);
}
