// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/shortest_decimal.hpp"

#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace assay::receipt {
namespace {

/// A natural number below 2^1280. The largest value here is 2^1024 · 4 · 10, the longest chain of
/// factors 2^55 · 10^325 (1135 bits).
class Natural {
public:
    explicit Natural(std::uint64_t value)
        : limbs_{static_cast<std::uint32_t>(value), static_cast<std::uint32_t>(value >> 32)} {
        trim(2);
    }

    void multiply(std::uint32_t factor) {
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            carry += std::uint64_t{limbs_[i]} * factor;
            limbs_[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        if (carry != 0)
            push(static_cast<std::uint32_t>(carry));
    }

    void multiply_power_of_ten(std::int64_t power) {
        for (; power >= 9; power -= 9)
            multiply(1'000'000'000);
        for (; power > 0; --power)
            multiply(10);
    }

    void shift_left(unsigned bits) {
        for (; bits >= 31; bits -= 31)
            multiply(std::uint32_t{1} << 31);
        multiply(std::uint32_t{1} << bits);
    }

    void add(const Natural& other) {
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < size_ || i < other.size_; ++i) {
            carry += std::uint64_t{at(i)} + other.at(i);
            set(i, static_cast<std::uint32_t>(carry));
            carry >>= 32;
        }
        if (carry != 0)
            push(static_cast<std::uint32_t>(carry));
    }

    /// Precondition: @p other is not larger.
    void subtract(const Natural& other) {
        std::uint64_t borrow = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            const std::uint64_t difference = std::uint64_t{limbs_[i]} - other.at(i) - borrow;
            limbs_[i] = static_cast<std::uint32_t>(difference);
            borrow = difference >> 63;
        }
        assert(borrow == 0);
        trim(size_);
    }

    [[nodiscard]] bool less(const Natural& other) const {
        if (size_ != other.size_)
            return size_ < other.size_;
        for (std::size_t i = size_; i-- > 0;) {
            if (limbs_[i] != other.limbs_[i])
                return limbs_[i] < other.limbs_[i];
        }
        return false;
    }

private:
    static constexpr std::size_t LIMBS = 40;

    [[nodiscard]] std::uint32_t at(std::size_t i) const { return i < size_ ? limbs_[i] : 0; }

    void set(std::size_t i, std::uint32_t limb) {
        if (i < size_)
            limbs_[i] = limb;
        else
            push(limb);
    }

    void push(std::uint32_t limb) {
        assert(size_ < LIMBS);
        limbs_[size_++] = limb;
    }

    void trim(std::size_t size) {
        size_ = size;
        while (size_ > 0 && limbs_[size_ - 1] == 0)
            --size_;
    }

    std::array<std::uint32_t, LIMBS> limbs_;
    std::size_t size_ = 0;
};

/// value = r / s; the numbers that read back to it lie between (r - below) / s and (r + above) / s.
struct Interval {
    Natural r;
    Natural s;
    Natural above;
    Natural below;
    bool closed; ///< whether the two ends read back to the value as well
};

/// @param exponent of the mantissa as an integer
/// @param uneven a power of two, below which the next number is half as far away
Interval interval_of(std::uint64_t mantissa, int exponent, bool uneven) {
    const unsigned extra = uneven ? 2 : 1;

    Interval interval{Natural{mantissa}, Natural{1}, Natural{1}, Natural{1}, mantissa % 2 == 0};
    interval.r.shift_left(extra);
    interval.s.shift_left(extra);
    if (uneven)
        interval.above.shift_left(1);
    if (exponent >= 0) {
        interval.r.shift_left(static_cast<unsigned>(exponent));
        interval.above.shift_left(static_cast<unsigned>(exponent));
        interval.below.shift_left(static_cast<unsigned>(exponent));
    } else {
        interval.s.shift_left(static_cast<unsigned>(-exponent));
    }
    return interval;
}

/// Whether r + above reaches s: the value or its upper end is not below 1.
bool reaches_one(const Interval& x) {
    Natural top = x.r;
    top.add(x.above);
    return x.closed ? !top.less(x.s) : x.s.less(top);
}

/// Whether what is left may be dropped.
bool within_below(const Interval& x) {
    return x.closed ? !x.below.less(x.r) : x.r.less(x.below);
}

/// Takes the next digit off r / s.
char next_digit(Interval& x) {
    x.r.multiply(10);
    x.above.multiply(10);
    x.below.multiply(10);
    char digit = '0';
    while (!x.r.less(x.s)) {
        x.r.subtract(x.s);
        ++digit;
    }
    return digit;
}

/// A finite positive number in an IEEE 754 format with that many bits of mantissa.
Interval interval_of_ieee(std::uint64_t bits, int mantissa_bits, int bias) {
    const std::uint64_t hidden_bit = std::uint64_t{1} << mantissa_bits;
    const int field = static_cast<int>(bits >> mantissa_bits);
    const std::uint64_t fraction = bits & (hidden_bit - 1);
    return interval_of(field == 0 ? fraction : fraction | hidden_bit,
                       (field == 0 ? 1 : field) - bias - mantissa_bits, fraction == 0 && field > 1);
}

Interval interval_of(double value) {
    return interval_of_ieee(std::bit_cast<std::uint64_t>(value), 52, 1023);
}

Interval interval_of(float value) {
    return interval_of_ieee(std::bit_cast<std::uint32_t>(value), 23, 127);
}

/// At most the exponent of the first digit of @p value, and nearly that.
std::int64_t exponent_below(double value) {
    int binary = 0;
    std::frexp(value, &binary);
    constexpr double LOG10_OF_2 = 0.30102999566398120;
    return static_cast<std::int64_t>(std::floor((binary - 1) * LOG10_OF_2)) - 1;
}

/// @param exponent at most one above that of the first digit
Decimal shortest_of(Interval x, std::int64_t exponent) {
    // Scale so that the value is 0.ddd; rounding may have moved it across one power of ten, in
    // either direction, so start one place low and go up.
    if (exponent >= 0) {
        x.s.multiply_power_of_ten(exponent);
    } else {
        x.r.multiply_power_of_ten(-exponent);
        x.above.multiply_power_of_ten(-exponent);
        x.below.multiply_power_of_ten(-exponent);
    }
    --exponent;
    while (reaches_one(x)) {
        x.s.multiply(10);
        ++exponent;
    }

    std::string digits;
    while (true) {
        const char digit = next_digit(x);
        const bool may_stay = within_below(x);
        const bool may_rise = reaches_one(x);
        if (!may_stay && !may_rise) {
            digits.push_back(digit);
            continue;
        }
        // Of two ends that both read back the nearer one, of two equally near ones the even digit.
        Natural twice = x.r;
        twice.multiply(2);
        const bool tie = !twice.less(x.s) && !x.s.less(twice);
        const bool nearer_below = tie ? (digit - '0') % 2 == 0 : twice.less(x.s);
        const bool stay = may_stay && (!may_rise || nearer_below);
        digits.push_back(stay ? digit : static_cast<char>(digit + 1));
        return {false, std::move(digits), exponent};
    }
}

} // namespace

Decimal shortest_decimal(double value, std::int64_t exponent) noexcept {
    return shortest_of(interval_of(value), exponent);
}

Decimal shortest_decimal(double value) noexcept {
    return shortest_of(interval_of(value), exponent_below(value));
}

Decimal shortest_decimal(float value) noexcept {
    return shortest_of(interval_of(value), exponent_below(double{value}));
}

} // namespace assay::receipt
