// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/decimal.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

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

namespace {

constexpr std::int64_t WORD_BITS = 32;
/// At least as many bits as a double's fraction, one to round by and some to spare.
constexpr std::int64_t QUOTIENT_BITS = 64;
constexpr std::int64_t FRACTION_BITS = 53;
constexpr std::int64_t LEAST_NORMAL = -1022; ///< exponent of 2

/// A natural number of a few thousand bits; words from the least significant on.
class BigInteger {
public:
    void multiply_add(std::uint32_t factor, std::uint32_t summand) {
        std::uint64_t carry = summand;
        for (std::uint32_t& word : words_) {
            carry += std::uint64_t{word} * factor;
            word = static_cast<std::uint32_t>(carry);
            carry >>= WORD_BITS;
        }
        if (carry != 0)
            words_.push_back(static_cast<std::uint32_t>(carry));
    }

    /// @return the remainder.
    std::uint32_t divide(std::uint32_t divisor) {
        std::uint64_t rest = 0;
        for (auto word = words_.rbegin(); word != words_.rend(); ++word) {
            rest = rest << WORD_BITS | *word;
            *word = static_cast<std::uint32_t>(rest / divisor);
            rest %= divisor;
        }
        while (!words_.empty() && words_.back() == 0)
            words_.pop_back();
        return static_cast<std::uint32_t>(rest);
    }

    /// Hands 10^power to @p apply in factors of at most 10^9.
    template <typename Apply>
    void scale(std::int64_t power, Apply apply) {
        constexpr std::uint32_t TEN_TO_9 = 1'000'000'000;
        for (; power >= 9; power -= 9)
            apply(TEN_TO_9);
        for (; power > 0; --power)
            apply(10);
    }

    /// Multiplies by 2^n so that there are at least @p bits bits. @return n
    std::int64_t lengthen(std::int64_t bits) {
        const std::int64_t missing = std::max<std::int64_t>(0, bits - bit_length());
        const auto words = static_cast<std::size_t>((missing + WORD_BITS - 1) / WORD_BITS);
        words_.insert(words_.begin(), words, 0U);
        return static_cast<std::int64_t>(words) * WORD_BITS;
    }

    [[nodiscard]] std::int64_t bit_length() const {
        const auto words = static_cast<std::int64_t>(words_.size());
        return words == 0 ? 0 : words * WORD_BITS - std::countl_zero(words_.back());
    }

    /// @return the first 64 bits of at least so many; @p more is set when a lower one is.
    [[nodiscard]] std::uint64_t top(bool& more) const {
        const std::int64_t start = bit_length() - QUOTIENT_BITS;
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const std::int64_t place = static_cast<std::int64_t>(i) * WORD_BITS - start;
            if (place >= 0) {
                bits |= std::uint64_t{words_[i]} << place;
            } else if (place > -WORD_BITS) {
                bits |= words_[i] >> -place;
                more |= (words_[i] & ((1U << -place) - 1)) != 0;
            } else {
                more |= words_[i] != 0;
            }
        }
        return bits;
    }

private:
    std::vector<std::uint32_t> words_;
};

/// @return at least log2(10^power) rounded up.
std::int64_t bits_of_power_of_ten(std::int64_t power) {
    return power * 3322 / 1000 + 1;
}

/// @return the double nearest to (@p whole, and a bit when @p more) × 2^-shift, ties to even.
double round(const BigInteger& whole, bool more, std::int64_t shift) {
    const std::uint64_t bits = whole.top(more);
    const std::int64_t exponent = whole.bit_length() - 1 - shift;
    const std::int64_t kept = std::min(FRACTION_BITS, FRACTION_BITS + exponent - LEAST_NORMAL);
    if (kept < 0)
        return 0.0;
    const std::int64_t cut = QUOTIENT_BITS - kept;
    std::uint64_t fraction = kept == 0 ? 0 : bits >> cut;
    const std::uint64_t half = std::uint64_t{1} << (cut - 1);
    const std::uint64_t rest = bits & (half - 1 + half);
    if (rest > half || (rest == half && (more || (fraction & 1) != 0)))
        ++fraction;
    return std::ldexp(static_cast<double>(fraction), static_cast<int>(exponent - kept + 1));
}

} // namespace

double nearest_magnitude(const Decimal& decimal) noexcept {
    if (decimal.digits.empty() || decimal.exponent < MIN_EXPONENT)
        return 0.0;
    if (decimal.exponent > MAX_EXPONENT)
        return std::numeric_limits<double>::infinity();

    // digits × 10^power = whole × 2^-shift, exactly or with `more` below.
    const std::int64_t power =
        decimal.exponent + 1 - static_cast<std::int64_t>(decimal.digits.size());
    BigInteger whole;
    for (const char digit : decimal.digits)
        whole.multiply_add(10, static_cast<std::uint32_t>(digit - '0'));
    bool more = false;
    std::int64_t shift = 0;
    if (power >= 0) {
        whole.scale(power, [&](std::uint32_t ten) { whole.multiply_add(ten, 0); });
        shift = whole.lengthen(QUOTIENT_BITS);
    } else {
        shift = whole.lengthen(QUOTIENT_BITS + bits_of_power_of_ten(-power));
        whole.scale(-power, [&](std::uint32_t ten) { more |= whole.divide(ten) != 0; });
    }
    return round(whole, more, shift);
}

} // namespace assay::receipt
