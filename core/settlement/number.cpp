// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/settlement/number.hpp"

#include "core/bytes/integer_text.hpp"
#include "core/bytes/word.hpp"
#include "core/receipt/decimal.hpp"
#include "core/receipt/number_text.hpp"
#include "core/receipt/shortest_decimal.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace assay::settlement {
namespace {

using receipt::Decimal;

constexpr std::size_t PRECISION = 28; // of Python's decimal
constexpr std::int64_t MAX_DECIMALS = 999'999;
constexpr std::int64_t INT128_DIGITS = 39;
/// Halfway from the largest float32 to 2^128: from here on the nearest float32 is infinity.
constexpr double FLOAT32_END = 0x1.ffffffp127;

/// Half to even.
void round_digits(Decimal& number) {
    std::string& digits = number.digits;
    if (digits.size() <= PRECISION)
        return;
    const std::string dropped = digits.substr(PRECISION);
    digits.resize(PRECISION);
    const bool tie = dropped[0] == '5' && dropped.find_last_not_of('0') == 0;
    const bool up = tie ? (digits.back() - '0') % 2 != 0 : dropped[0] >= '5';
    if (!up)
        return;
    while (!digits.empty() && digits.back() == '9')
        digits.pop_back();
    if (digits.empty()) {
        digits = "1";
        ++number.exponent;
    } else {
        ++digits.back();
    }
}

void trim_zeros(std::string& digits) {
    digits.resize(digits.find_last_not_of('0') + 1);
}

std::optional<std::int64_t> read_decimals(const Hash32& word) {
    const auto value = bytes::read_signed(bytes::int128_to_decimal(word));
    if (!value || *value > MAX_DECIMALS || *value < -MAX_DECIMALS)
        return std::nullopt;
    return value;
}

Result<Number> encode(Decimal number) {
    if (number.digits.empty())
        return Number{};
    if (number.exponent >= INT128_DIGITS)
        return ErrorCode::NUMBER_OVERFLOW;
    const std::int64_t scale =
        static_cast<std::int64_t>(number.digits.size()) - 1 - number.exponent;
    if (scale < 0)
        number.digits.append(static_cast<std::size_t>(-scale), '0');
    const auto value = bytes::int128_from_decimal((number.negative ? "-" : "") + number.digits);
    if (!value)
        return ErrorCode::NUMBER_OVERFLOW;
    return Number{
        *value, bytes::word_from_u64(static_cast<std::uint64_t>(std::max<std::int64_t>(scale, 0)))};
}

/// The shortest decimal of a finite float or double.
template <typename Float>
Decimal decimal_of(Float value) {
    Decimal decimal{std::signbit(value), {}, 0};
    if (value != 0) {
        decimal = receipt::shortest_decimal(std::fabs(value));
        decimal.negative = std::signbit(value);
    }
    return decimal;
}

} // namespace

Result<float> decode_float32(const Number& number) noexcept {
    const auto decimals = read_decimals(number.decimals);
    if (!decimals)
        return Error{ErrorCode::NUMBER_OVERFLOW, "decimals"};
    std::string digits = bytes::int128_to_decimal(number.value);
    const bool negative = digits.starts_with('-');
    digits.erase(0, negative ? 1 : 0);
    Decimal quotient{negative, std::move(digits), 0};
    quotient.exponent = static_cast<std::int64_t>(quotient.digits.size()) - 1 - *decimals;
    round_digits(quotient);
    trim_zeros(quotient.digits); // leaves nothing of a zero
    const double nearest = receipt::nearest_magnitude(quotient);
    if (nearest >= FLOAT32_END)
        return Error{ErrorCode::NUMBER_OVERFLOW, "value"};
    const float magnitude = static_cast<float>(nearest);
    return negative ? -magnitude : magnitude;
}

Result<Number> encode_float32(float value) noexcept {
    if (!std::isfinite(value))
        return ErrorCode::NUMBER_NOT_FINITE;
    return encode(decimal_of(value));
}

Result<Number> encode_float64(double value) noexcept {
    if (!std::isfinite(value))
        return ErrorCode::NUMBER_NOT_FINITE;
    return encode(decimal_of(value));
}

Result<Number> encode_integer(std::string_view text) noexcept {
    if (const auto value = bytes::int128_from_decimal(text))
        return Number{*value, {}};
    const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
    const bool integer = !digits.empty() && digits[0] != '0' &&
                         digits.find_first_not_of("0123456789") == std::string_view::npos;
    return Error{integer ? ErrorCode::NUMBER_OVERFLOW : ErrorCode::ARGUMENT_INVALID, "value"};
}

std::string float32_text(float value) noexcept {
    return receipt::decimal_text(decimal_of(value));
}

} // namespace assay::settlement
