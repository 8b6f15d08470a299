// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/word.hpp"
#include "core/settlement/number.hpp"

#include "tests/unit/support/codes.hpp"

#include <catch2/catch_test_macros.hpp>

#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace assay::settlement {
namespace {

using test::outcome;

Number number(std::string_view value, std::string_view decimals) {
    return {*bytes::int128_from_decimal(value), *bytes::int128_from_decimal(decimals)};
}

std::string decoded(std::string_view value, std::string_view decimals) {
    const auto result = decode_float32(number(value, decimals));
    return result ? float32_text(*result) : outcome(result);
}

std::string encoded(const Result<Number>& result) {
    return result ? bytes::int128_to_decimal(result->value) + "/10^" +
                        bytes::int128_to_decimal(result->decimals)
                  : outcome(result);
}

TEST_CASE("numbers are read in three steps of rounding", "[number]") {
    CHECK(decoded("0", "0") == "0.0");
    CHECK(decoded("15", "1") == "1.5");
    CHECK(decoded("-25", "2") == "-0.25");
    CHECK(decoded("7", "-1") == "70.0");
    CHECK(decoded("16777217", "0") == "16777216.0"); // a tie: to even
    CHECK(decoded("16777219", "0") == "16777220.0");
    // 2^-24 above 1 is a tie between two float32. Just above it, the first step, 28 digits, keeps
    // the difference, but the second, to a double, drops it: the tie goes to even.
    CHECK(decoded("1000000059604644775390625", "24") == "1.0");
    CHECK(decoded("1000000059604644775390626", "24") == "1.0");
    CHECK(decoded("1000000059604645", "15") == "1.0000001");
}

TEST_CASE("numbers are rounded to 28 digits, half to even", "[number]") {
    // 16777217 + 2^-29 is halfway between two doubles, the lower of them halfway between two
    // float32. What lies above it in digit 37 is lost in the first step; without that step the
    // answer would be 16777218.
    CHECK(decoded("1677721700000000186264514923095703126", "29") == "16777216.0");
    CHECK(decoded("1677721700000000186264514924", "20") == "16777218.0");
    CHECK(decoded("99999999999999999999999999999", "28") == "10.0"); // carried through
    CHECK(decoded("170141183460469231731687303715884105727", "0") == "1.7014118e+38");
    CHECK(decoded("-170141183460469231731687303715884105728", "0") == "-1.7014118e+38");
}

TEST_CASE("numbers end where float32 ends", "[number]") {
    CHECK(decoded("34028234663852886", "-22") == "3.4028235e+38");
    CHECK(decoded("34028235677973362", "-22") == "3.4028235e+38"); // below the halfway double
    CHECK(decoded("34028235677973366", "-22") == "NUMBER_OVERFLOW");
    CHECK(decoded("-34028235677973366", "-22") == "NUMBER_OVERFLOW");
    CHECK(decoded("1", "-39") == "NUMBER_OVERFLOW");
    CHECK(decoded("1", "45") == "1e-45");
    CHECK(decoded("7", "46") == "0.0");
    CHECK(decoded("-1", "400") == "-0.0");
    CHECK(decoded("1", "999999") == "0.0");
    CHECK(decoded("0", "-999999") == "0.0");
    CHECK(decoded("1", "1000000") == "NUMBER_OVERFLOW");
    CHECK(decoded("0", "1000000") == "NUMBER_OVERFLOW");
    CHECK(decoded("1", "-1000000") == "NUMBER_OVERFLOW");
    CHECK(decoded("1", "-170141183460469231731687303715884105728") == "NUMBER_OVERFLOW");
}

TEST_CASE("floats become their shortest decimal", "[number]") {
    CHECK(encoded(encode_float32(0.1f)) == "1/10^1");
    CHECK(encoded(encode_float64(0.1)) == "1/10^1");
    CHECK(encoded(encode_float64(double{0.1f})) == "10000000149011612/10^17");
    CHECK(encoded(encode_float32(-0.0f)) == "0/10^0");
    CHECK(encoded(encode_float32(100.0f)) == "100/10^0");
    CHECK(encoded(encode_float32(16777216.0f)) == "16777216/10^0");
    CHECK(encoded(encode_float32(-1.5f)) == "-15/10^1");
    CHECK(encoded(encode_float32(1e38f)) == "1" + std::string(38, '0') + "/10^0");
    CHECK(encoded(encode_float32(std::numeric_limits<float>::denorm_min())) == "1/10^45");
    CHECK(encoded(encode_float64(std::numeric_limits<double>::denorm_min())) == "5/10^324");
    CHECK(encoded(encode_float64(1.7e38)) == "17" + std::string(37, '0') + "/10^0");
}

TEST_CASE("floats without an on-chain form are refused", "[number]") {
    CHECK(encoded(encode_float32(std::numeric_limits<float>::infinity())) == "NUMBER_NOT_FINITE");
    CHECK(encoded(encode_float32(std::numeric_limits<float>::quiet_NaN())) == "NUMBER_NOT_FINITE");
    CHECK(encoded(encode_float64(-std::numeric_limits<double>::infinity())) == "NUMBER_NOT_FINITE");
    CHECK(encoded(encode_float32(3e38f)) == "NUMBER_OVERFLOW");
    CHECK(encoded(encode_float64(1e300)) == "NUMBER_OVERFLOW");
    CHECK(encoded(encode_float64(1e39)) == "NUMBER_OVERFLOW");
}

TEST_CASE("integers keep their digits", "[number]") {
    CHECK(encoded(encode_integer("-120")) == "-120/10^0");
    CHECK(encoded(encode_integer("18446744073709551615")) == "18446744073709551615/10^0");
    CHECK(encoded(encode_integer("170141183460469231731687303715884105728")) == "NUMBER_OVERFLOW");
    CHECK(encoded(encode_integer("-" + std::string(60, '9'))) == "NUMBER_OVERFLOW");
    for (const char* text : {"", "-", "01", "1.0", "0x1", "-0", "1e3"})
        CHECK(encoded(encode_integer(text)) == "ARGUMENT_INVALID");
}

TEST_CASE("every float32 of a random sample comes back", "[number]") {
    std::mt19937 random{20261121};
    std::size_t compared = 0;
    for (int i = 0; i < 4000; ++i) {
        const float value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
        if (!std::isfinite(value) || std::fabs(value) > 1e38f || value == 0)
            continue;
        const auto result = encode_float32(value);
        REQUIRE(result.has_value());
        CHECK(decode_float32(*result).value() == value);
        CHECK(std::strtof(float32_text(value).c_str(), nullptr) == value);
        ++compared;
    }
    CHECK(compared > 3000);
}

} // namespace
} // namespace assay::settlement
