// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/number_text.hpp"
#include "core/receipt/shortest_decimal.hpp"

#include <catch2/catch_test_macros.hpp>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <random>
#include <utility>

namespace assay::receipt {
namespace {

std::string number(std::string_view token) {
    std::string out;
    append_number(out, token);
    return out;
}

std::string temperature(std::string_view token) {
    return float_text(token).value_or("refused");
}

/// The standard library's shortest digits in scientific notation.
std::string by_the_library(double value) {
    char text[64];
    const auto [end, error] =
        std::to_chars(text, text + sizeof text, value, std::chars_format::scientific);
    return {text, end};
}

/// A token with so many digits that only the exact path can print it.
std::string long_token(double value) {
    char text[1200];
    const auto [end, error] =
        std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 800);
    return {text, end};
}

std::string digits_of(std::string_view scientific) {
    std::string out;
    for (const char c : scientific.substr(0, scientific.find('e'))) {
        if (c != '.')
            out.push_back(c);
    }
    return out;
}

bool agrees_with_the_library(double value) {
    const std::string expected = by_the_library(value);
    const Decimal token = read_decimal(long_token(value));
    if (nearest_magnitude(token) != value)
        return false;
    const Decimal shortest = shortest_decimal(value, token.exponent);
    return shortest.digits == digits_of(expected) &&
           shortest.exponent == std::stoi(expected.substr(expected.find('e') + 1));
}

// Expected texts: CPython's json.dumps.
TEST_CASE("integers are printed as written", "[number]") {
    CHECK(number("0") == "0");
    CHECK(number("-0") == "0");
    CHECK(number("-17") == "-17");
    const std::string huge(4300, '7');
    CHECK(number(huge) == huge);
}

TEST_CASE("floats are printed as Python prints them", "[number]") {
    const std::pair<const char*, const char*> cases[] = {
        {"1.0", "1.0"},
        {"1e3", "1000.0"},
        {"0.10", "0.1"},
        {"-0.0", "-0.0"},
        {"0e5", "0.0"},
        {"-0e-5", "-0.0"},
        {"1e15", "1000000000000000.0"},
        {"1e16", "1e+16"},
        {"123e14", "1.23e+16"},
        {"0.0001", "0.0001"},
        {"0.00001", "1e-05"},
        {"0.000012", "1.2e-05"},
        {"1e100", "1e+100"},
        {"1.5E-7", "1.5e-07"},
        {"1e-400", "0.0"},
        {"-1e-400", "-0.0"},
        {"1e400", "Infinity"},
        {"-1e400", "-Infinity"},
        {"9007199254740993.0", "9007199254740992.0"},
        {"0.1000000000000000055511151231257827", "0.1"},
        {"123456789012345678.0", "1.2345678901234568e+17"},
        {"9999999999999999.5", "1e+16"},
        {"99999999999999990.0", "9.999999999999998e+16"},
        {"1.7976931348623157e308", "1.7976931348623157e+308"},
        {"1.7976931348623158e308", "1.7976931348623157e+308"},
        {"1.7976931348623159e308", "Infinity"},
        {"2.2250738585072014e-308", "2.2250738585072014e-308"},
        {"2.2250738585072011e-308", "2.225073858507201e-308"},
        {"5e-324", "5e-324"},
        {"4.9406564584124654e-324", "5e-324"},
        {"2.4703282292062328e-324", "5e-324"},
        {"2.4703282292062327e-324", "0.0"},
        {"5.684341886080802e-14", "5.684341886080802e-14"},
        {"5.684341886080801e-14", "5.684341886080801e-14"},
        {"9.9e-324", "1e-323"},
        {"1e23", "1e+23"},
        {"1.0000000000000001e23", "1.0000000000000001e+23"},
        {"99999999999999991611392.0", "1e+23"},
        {"2.98023223876953125e-8", "2.9802322387695312e-08"},
        {"0.3", "0.3"},
        {"0.30000000000000004", "0.30000000000000004"}};
    for (const auto& [token, text] : cases) {
        INFO(token);
        CHECK(number(token) == text);
    }
}

TEST_CASE("the nearest double is found for tokens of any length", "[number]") {
    const std::string zeros(100'000, '0');
    CHECK(number("0." + zeros + "1e100001") == "1.0");
    CHECK(number("1" + zeros + "e-100000") == "1.0");
    CHECK(number("1" + zeros + ".0e-100001") == "0.1");
    CHECK(number("1e99999999999999999999999") == "Infinity");
    CHECK(number("1e-99999999999999999999999") == "0.0");
    CHECK(number("0e99999999999999999999999") == "0.0");
    CHECK(number("0.0" + zeros + "e99999999999999999999999") == "0.0");
    // 2^53 + 1 is a midpoint: ties to even, one digit far behind it decides otherwise.
    CHECK(number("9007199254740993." + zeros) == "9007199254740992.0");
    CHECK(number("9007199254740993." + zeros + "1") == "9007199254740994.0");
    CHECK(number("9007199254740992.99999" + std::string(2000, '9')) == "9007199254740992.0");
}

TEST_CASE("the largest midpoints are exact", "[number]") {
    // Half of the smallest double has 751 digits; just above it is no zero.
    const std::string half = long_token(0x1p-1074);
    CHECK(number(half) == "5e-324");
    CHECK(number("2.4703282292062327208299e-324") == "0.0");
    CHECK(number("2.4703282292062327209e-324") == "5e-324");
}

TEST_CASE("the shortest digits agree with the library at powers of two", "[number][differential]") {
    for (int exponent = -1074; exponent <= 1023; ++exponent) {
        const double power = std::ldexp(1.0, exponent);
        INFO(exponent);
        CHECK(agrees_with_the_library(power));
        CHECK(agrees_with_the_library(std::nextafter(power, 0.0) + 0x1p-1074));
        if (exponent < 1023)
            CHECK(agrees_with_the_library(std::nextafter(power, 2 * power)));
    }
}

TEST_CASE("the shortest digits agree with the library at random", "[number][differential]") {
    std::mt19937_64 random{1};
    for (int i = 0; i < 20'000; ++i) {
        const double value = std::fabs(std::bit_cast<double>(random() & 0x7fff'ffff'ffff'ffff));
        if (!std::isfinite(value) || value == 0.0)
            continue;
        if (!agrees_with_the_library(value))
            FAIL_CHECK(by_the_library(value));
    }
}

TEST_CASE("a number of few digits is its own shortest text", "[number][differential]") {
    std::mt19937_64 random{2};
    for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t mantissa = random() % 1'000'000'000'000'000;
        const int exponent = static_cast<int>(random() % 560) - 290;
        const std::string token = std::to_string(mantissa) + "e" + std::to_string(exponent);
        const Decimal decimal = read_decimal(token);
        if (decimal.digits.empty())
            continue;
        const Decimal exact = shortest_decimal(nearest_magnitude(decimal), decimal.exponent);
        if (exact.digits != decimal.digits || exact.exponent != decimal.exponent)
            FAIL_CHECK(token);
    }
}

TEST_CASE("a temperature is a float that is finite", "[number]") {
    CHECK(temperature("1") == "1.0");
    CHECK(temperature("-0") == "0.0");
    CHECK(temperature("-0.0") == "-0.0");
    CHECK(temperature("-3") == "-3.0");
    CHECK(temperature("9007199254740993") == "9007199254740992.0");
    CHECK(temperature("18446744073709551616") == "1.8446744073709552e+19");
    CHECK(temperature("1e400") == "refused");
    CHECK(temperature("-1e309") == "refused");
    CHECK(temperature("1e-400") == "0.0");
    CHECK(temperature("1" + std::string(308, '0')) == "1e+308");
    CHECK(temperature("1" + std::string(309, '0')) == "refused");
}

TEST_CASE("a number is zero as Python reads it", "[number]") {
    // The last but one is half the smallest double, which rounds to even; the last lies below it.
    for (const char* token : {"0", "-0", "0.0", "0e5", "-0.000E-9", "1e-400", "-1e-400",
                              "2.4703282292062327e-324", "1e-999999999999999999999"})
        CHECK(is_zero_token(token));
    for (const char* token : {"1", "0.01", "10e0", "-0.5", "5e-324", "2.4703282292062328e-324",
                              "1e999", "10000000000000000000000000000"})
        CHECK_FALSE(is_zero_token(token));
}

} // namespace
} // namespace assay::receipt
