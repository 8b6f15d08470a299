// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/numbers.hpp"

#include "core/bytes/word.hpp"

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

} // namespace assay::zk::ezkl
