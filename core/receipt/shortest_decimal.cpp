// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/shortest_decimal.hpp"

#include <array>
#include <bit>
#include <cassert>
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

constexpr int MANTISSA_BITS = 52;
constexpr std::uint64_t HIDDEN_BIT = std::uint64_t{1} << MANTISSA_BITS;
constexpr int EXPONENT_BIAS = 1075; // of the mantissa as an integer

Interval interval_of(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const int field = static_cast<int>(bits >> MANTISSA_BITS);
    const std::uint64_t fraction = bits & (HIDDEN_BIT - 1);
    const std::uint64_t mantissa = field == 0 ? fraction : fraction | HIDDEN_BIT;
    const int exponent = (field == 0 ? 1 : field) - EXPONENT_BIAS;
    // Below a power of two the next double is half as far away.
    const bool uneven = fraction == 0 && field > 1;
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

} // namespace

Decimal shortest_decimal(double value, std::int64_t exponent) noexcept {
    Interval x = interval_of(value);
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

} // namespace assay::receipt
