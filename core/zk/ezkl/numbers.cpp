// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/numbers.hpp"

#include "core/bytes/word.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::zk::ezkl {
namespace {

/// 2^127 - 1
constexpr Number HIGHEST = {~std::uint64_t{0}, ~std::uint64_t{0} >> 1, 0, 0};

std::string decimal(const Number& number) noexcept {
    Hash32 word;
    math::write_big_endian(number, word);
    return bytes::word_to_decimal(word);
}

/// Doubles a decimal; the point stays.
void double_digits(std::string& digits) noexcept {
    int over = 0;
    for (std::size_t i = digits.size(); i-- > 0;) {
        if (digits[i] == '.')
            continue;
        const int value = 2 * (digits[i] - '0') + over;
        digits[i] = static_cast<char>('0' + value % 10);
        over = value / 10;
    }
    if (over != 0)
        digits.insert(digits.begin(), '1');
}

/// Halves a decimal that has a point.
void halve_digits(std::string& digits) noexcept {
    int over = 0;
    for (char& digit : digits) {
        if (digit == '.')
            continue;
        const int value = 10 * over + (digit - '0');
        digit = static_cast<char>('0' + value / 2);
        over = value % 2;
    }
    if (over != 0)
        digits += '5';
}

/// What stands before the point, up to @p cap.
std::uint32_t whole_part(std::string_view digits, std::uint32_t cap) noexcept {
    std::uint32_t sum = 0;
    for (const char digit : digits.substr(0, digits.find('.')))
        sum = std::min(cap, sum * 10 + static_cast<std::uint32_t>(digit - '0'));
    return sum;
}

/// Significant digits d1 d2 … of 0.d1d2… 10^point.
struct Scientific {
    std::string digits;
    std::int64_t point = 0;
};

Scientific split(std::string_view number) noexcept {
    constexpr std::int64_t FAR = 1 << 28; // an exponent that no digits outweigh
    // Where two floats meet has no more digits than this; of the others it matters whether any is
    // there.
    constexpr std::size_t DIGITS = 120;
    Scientific out;
    bool after_point = false;
    bool cut = false;
    std::size_t i = 0;
    for (; i < number.size() && number[i] != 'e' && number[i] != 'E'; ++i) {
        const char c = number[i];
        if (c == '.') {
            after_point = true;
        } else if (out.digits.empty() && c == '0') {
            out.point -= after_point ? 1 : 0;
        } else {
            out.point += after_point ? 0 : 1;
            if (out.digits.size() < DIGITS)
                out.digits += c;
            else
                cut = cut || c != '0';
        }
    }
    if (cut)
        out.digits += '1';
    std::int64_t exponent = 0;
    bool negative = false;
    for (++i; i < number.size(); ++i) {
        if (number[i] == '-')
            negative = true;
        else if (number[i] != '+')
            exponent = std::min(FAR, exponent * 10 + (number[i] - '0'));
    }
    out.point += negative ? -exponent : exponent;
    return out;
}

/// @param digits with a point
bool rounds_up(std::string_view digits, bool odd) noexcept {
    const std::string_view fraction = digits.substr(digits.find('.') + 1);
    if (fraction.empty() || fraction[0] != '5')
        return !fraction.empty() && fraction[0] > '5';
    return odd || fraction.find_first_not_of('0', 1) != std::string_view::npos;
}

} // namespace

std::optional<std::string> integer_text(const Number& element) noexcept {
    if (!math::less(HIGHEST, element))
        return decimal(element);
    Number size = FrPrime::WORDS;
    math::subtract_from(size, element);
    const Number lowest = {0, std::uint64_t{1} << 63, 0, 0}; // 2^127
    if (math::less(lowest, size))
        return std::nullopt;
    return "-" + decimal(size);
}

std::optional<std::string> scaled_text(std::string_view integer, std::int64_t scale) noexcept {
    if (scale > MAX_SCALE || scale < -MAX_SCALE)
        return std::nullopt;
    const bool negative = integer[0] == '-';
    std::string digits{integer.substr(negative ? 1 : 0)};
    for (; scale < 0; ++scale)
        double_digits(digits);
    if (scale > 0)
        digits += '.';
    for (; scale > 0; --scale)
        halve_digits(digits);
    if (digits.find('.') != std::string::npos) {
        digits.erase(digits.find_last_not_of('0') + 1);
        if (digits.back() == '.')
            digits.pop_back();
        const std::size_t first = digits.find_first_not_of('0');
        if (first != std::string::npos && first > 0)
            digits.erase(0, digits[first] == '.' ? first - 1 : first);
    }
    return negative ? "-" + digits : digits;
}

float nearest_float(std::string_view number) noexcept {
    using Limits = std::numeric_limits<float>;
    constexpr std::uint32_t END = std::uint32_t{1} << Limits::digits;
    constexpr int LOWEST = Limits::min_exponent - Limits::digits; // of the last bit
    constexpr std::int64_t FAR_UP = Limits::max_exponent10 + 1;
    constexpr std::int64_t FAR_DOWN = -45;
    const bool negative = number[0] == '-';
    auto [digits, point] = split(number.substr(negative ? 1 : 0));
    float size = 0;
    if (point > FAR_UP && !digits.empty()) {
        size = Limits::infinity();
    } else if (point >= FAR_DOWN && !digits.empty()) {
        if (point <= 0)
            digits.insert(0, static_cast<std::size_t>(1 - point), '0');
        const auto whole = static_cast<std::size_t>(std::max<std::int64_t>(point, 1));
        digits.resize(std::max(digits.size(), whole), '0');
        digits.insert(whole, 1, '.');
        int exponent = 0;
        for (; whole_part(digits, END) == END; ++exponent)
            halve_digits(digits);
        for (; whole_part(digits, END) < END / 2 && exponent > LOWEST; --exponent)
            double_digits(digits);
        const std::uint32_t bits = whole_part(digits, END);
        const std::uint32_t up = rounds_up(digits, bits % 2 != 0) ? 1 : 0;
        size = std::ldexp(static_cast<float>(bits + up), exponent);
    }
    return negative ? -size : size;
}

} // namespace assay::zk::ezkl
