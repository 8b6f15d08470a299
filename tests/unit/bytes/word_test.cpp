// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/bytes/word.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::bytes {
namespace {

const std::string MAX_UINT256 =
    "115792089237316195423570985008687907853269984665640564039457584007913129639935";
const std::string MAX_INT128 = "170141183460469231731687303715884105727";
const std::string MIN_INT128 = "-170141183460469231731687303715884105728";

TEST_CASE("words read unsigned decimals below 2^256 and nothing else", "[word]") {
    CHECK(word_from_decimal("0") == Hash32{});
    CHECK(to_hex(*word_from_decimal(MAX_UINT256)) == std::string(64, 'f'));
    CHECK(word_to_decimal(*word_from_decimal(MAX_UINT256)) == MAX_UINT256);
    CHECK(word_to_decimal({}) == "0");
    for (const char* text : {"", "00", "01", "-1", "+1", " 1", "1.0", "1e3", "0x1", "1 "})
        CHECK_FALSE(word_from_decimal(text).has_value());
    std::string above = MAX_UINT256;
    above.back() = '6';
    CHECK_FALSE(word_from_decimal(above).has_value());
    CHECK_FALSE(word_from_decimal(std::string(78, '9')).has_value());
    CHECK_FALSE(word_from_decimal("1" + std::string(78, '0')).has_value());
}

TEST_CASE("words hold 64-bit numbers", "[word]") {
    CHECK(word_to_u64(word_from_u64(0)) == 0);
    CHECK(word_to_u64(word_from_u64(UINT64_MAX)) == UINT64_MAX);
    CHECK(word_to_decimal(word_from_u64(UINT64_MAX)) == "18446744073709551615");
    CHECK_FALSE(word_to_u64(*word_from_decimal("18446744073709551616")).has_value());
}

TEST_CASE("int128 words are sign-extended", "[word]") {
    for (const std::string& text : {std::string{"0"}, std::string{"-1"}, std::string{"-256"},
                                    std::string{"255"}, MAX_INT128, MIN_INT128}) {
        const auto word = int128_from_decimal(text);
        REQUIRE(word.has_value());
        CHECK(is_int128(*word));
        CHECK(int128_to_decimal(*word) == text);
    }
    CHECK(to_hex(*int128_from_decimal("-1")) == std::string(64, 'f'));
    for (const char* text :
         {"-0", "--1", "-", "", "-01", "170141183460469231731687303715884105728",
          "-170141183460469231731687303715884105729", "340282366920938463463374607431768211456"})
        CHECK_FALSE(int128_from_decimal(text).has_value());
    Hash32 word{};
    word[16] = 0x80; // a sign that the upper half does not repeat
    CHECK_FALSE(is_int128(word));
    word = *int128_from_decimal("-1");
    word[0] = 0x7f;
    CHECK_FALSE(is_int128(word));
}

} // namespace
} // namespace assay::bytes
