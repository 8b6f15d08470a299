// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/number_text.hpp"

#include "core/receipt/decimal.hpp"
#include "core/receipt/shortest_decimal.hpp"

#include <cmath>
#include <cstddef>

namespace assay::receipt {
namespace {

/// Two decimals of at most this many digits never share a nearest normal double (DBL_DIG), so such
/// a decimal is the shortest text of its own double.
constexpr std::size_t EXACT_DIGITS = 15;
constexpr std::int64_t NORMAL_EXPONENT = 307; // ±: every decimal in between is a normal double

/// Positional notation for exponents of the first digit from here …
constexpr std::int64_t MIN_POSITIONAL = -4;
/// … to below here.
constexpr std::int64_t MAX_POSITIONAL = 16;

std::string positional(const std::string& digits, std::int64_t exponent) {
    if (exponent < 0)
        return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const std::size_t whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole)
        return digits + std::string(whole - digits.size(), '0') + ".0";
    return digits.substr(0, whole) + "." + digits.substr(whole);
}

std::string scientific(const std::string& digits, std::int64_t exponent) {
    std::string out = digits.substr(0, 1);
    if (digits.size() > 1)
        out += "." + digits.substr(1);
    out += exponent < 0 ? "e-" : "e+";
    const std::string magnitude = std::to_string(exponent < 0 ? -exponent : exponent);
    if (magnitude.size() < 2)
        out += '0';
    return out + magnitude;
}

/// Python's repr of the double nearest to @p decimal; "inf" is left to the caller as nothing.
std::optional<std::string> repr(const Decimal& decimal) {
    Decimal shortest = decimal;
    if (decimal.digits.size() > EXACT_DIGITS || decimal.exponent > NORMAL_EXPONENT ||
        decimal.exponent < -NORMAL_EXPONENT) {
        const double value = nearest_magnitude(decimal);
        if (std::isinf(value))
            return std::nullopt;
        shortest = value == 0.0 ? Decimal{} : shortest_decimal(value, decimal.exponent);
        shortest.negative = decimal.negative;
    }
    return decimal_text(shortest);
}

} // namespace

std::string decimal_text(const Decimal& shortest) noexcept {
    const std::string sign = shortest.negative ? "-" : "";
    if (shortest.digits.empty())
        return sign + "0.0";
    const bool in_place = shortest.exponent >= MIN_POSITIONAL && shortest.exponent < MAX_POSITIONAL;
    return sign + (in_place ? positional(shortest.digits, shortest.exponent)
                            : scientific(shortest.digits, shortest.exponent));
}

bool is_integer_token(std::string_view token) noexcept {
    return token.find_first_of(".eE") == std::string_view::npos;
}

bool is_zero_token(std::string_view token) noexcept {
    const std::size_t e = token.find_first_of("eE");
    const bool only_zeros = token.substr(0, e).find_first_of("123456789") == std::string_view::npos;
    return only_zeros ||
           (!is_integer_token(token) && nearest_magnitude(read_decimal(token)) == 0.0);
}

void append_number(std::string& out, std::string_view token) noexcept {
    if (is_integer_token(token)) {
        out += token == "-0" ? "0" : token;
        return;
    }
    const Decimal decimal = read_decimal(token);
    if (const auto text = repr(decimal))
        out += *text;
    else
        out += decimal.negative ? "-Infinity" : "Infinity";
}

std::optional<std::string> float_text(std::string_view token) noexcept {
    if (token == "-0")
        return "0.0"; // an integer has no sign of zero
    return repr(read_decimal(token));
}

} // namespace assay::receipt
