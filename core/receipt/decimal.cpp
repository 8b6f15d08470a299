// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>

namespace assay::receipt {
namespace {

/// Far beyond every double and every length of a token, far below overflow.
constexpr std::int64_t EXPONENT_BOUND = std::int64_t{1} << 60;

/// Exponent of the first digit of the largest and of half the smallest double.
constexpr std::int64_t MAX_EXPONENT = 308;
constexpr std::int64_t MIN_EXPONENT = -324;

/// The number after "e", of any length.
std::int64_t read_exponent(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    std::int64_t value = 0;
    for (const char digit : text)
        value = std::min(value * 10 + (digit - '0'), EXPONENT_BOUND / 16);
    return negative ? -value : value;
}

/// Collects significant digits; zeros at the end only when another digit follows them.
class Digits {
public:
    void add(char digit) {
        if (digit == '0') {
            zeros_ += text_.empty() ? 0 : 1;
            return;
        }
        if (text_.size() + zeros_ >= DECIMAL_DIGITS) {
            rest_ = true;
            return;
        }
        text_.append(zeros_, '0');
        zeros_ = 0;
        text_.push_back(digit);
    }

    std::string take() {
        if (rest_) {
            text_.append(DECIMAL_DIGITS - text_.size(), '0');
            text_.push_back('1');
        }
        return std::move(text_);
    }

    [[nodiscard]] bool empty() const { return text_.empty() && !rest_; }

private:
    std::string text_;
    std::size_t zeros_ = 0;
    bool rest_ = false;
};

} // namespace

Decimal read_decimal(std::string_view token) noexcept {
    const bool negative = token.starts_with('-');
    if (negative)
        token.remove_prefix(1);
    const std::size_t e = token.find_first_of("eE");
    const std::string_view mantissa = token.substr(0, e);
    const std::int64_t scale = e == std::string_view::npos ? 0 : read_exponent(token.substr(e + 1));

    Digits digits;
    std::int64_t exponent = -1; // of the digit read last, before the scale
    bool in_fraction = false;
    std::int64_t leading = 0; // places before the first significant digit, within the mantissa
    for (const char c : mantissa) {
        if (c == '.') {
            in_fraction = true;
            continue;
        }
        const bool none_before = digits.empty();
        digits.add(c);
        if (!in_fraction)
            ++exponent;
        if (none_before && digits.empty())
            ++leading;
    }
    std::string text = digits.take();
    if (text.empty())
        return {negative, {}, 0};
    return {negative, std::move(text), exponent - leading + scale};
}

double nearest_magnitude(const Decimal& decimal) noexcept {
    if (decimal.digits.empty() || decimal.exponent < MIN_EXPONENT)
        return 0.0;
    if (decimal.exponent > MAX_EXPONENT)
        return std::numeric_limits<double>::infinity();

    // Digits as an integer and a small exponent: nothing is left to the limits of the library.
    std::string text = decimal.digits + "e";
    text += std::to_string(decimal.exponent + 1 - static_cast<std::int64_t>(decimal.digits.size()));
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    // Out of range leaves the value open; the exponent tells which end was passed.
    if (error == std::errc::result_out_of_range)
        return decimal.exponent > 0 ? std::numeric_limits<double>::infinity() : 0.0;
    return value;
}

} // namespace assay::receipt
