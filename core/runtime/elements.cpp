// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/elements.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace assay::runtime {
namespace {

using onnx::ElementType;

/// A float of few bits: sign, exponent, mantissa.
struct SmallFloat {
    ElementType type;
    int size; ///< bits
    int mantissa;
    int bias;
    std::uint32_t largest;  ///< bits of the largest finite number
    std::uint32_t infinity; ///< 0: there is none
    std::uint32_t nan;      ///< 0: there is none
};

constexpr std::array FORMATS = {
    SmallFloat{ElementType::float16, 16, 10, 15, 0x7bff, 0x7c00, 0x7e00},
    SmallFloat{ElementType::bfloat16, 16, 7, 127, 0x7f7f, 0x7f80, 0x7fc0},
    SmallFloat{ElementType::float8e4m3fn, 8, 3, 7, 0x7e, 0, 0x7f},
    SmallFloat{ElementType::float8e4m3fnuz, 8, 3, 8, 0x7f, 0, 0x80},
    SmallFloat{ElementType::float8e5m2, 8, 2, 15, 0x7b, 0x7c, 0x7e},
    SmallFloat{ElementType::float8e5m2fnuz, 8, 2, 16, 0x7f, 0, 0x80},
    SmallFloat{ElementType::float4e2m1, 4, 1, 1, 0x7, 0, 0},
};

const SmallFloat* format(ElementType type) noexcept {
    for (const SmallFloat& row : FORMATS) {
        if (row.type == type) {
            return &row;
        }
    }
    return nullptr;
}

double decode_exponent(std::uint32_t bits) noexcept {
    return bits == 0xff ? std::numeric_limits<double>::quiet_NaN()
                        : std::ldexp(1.0, static_cast<int>(bits) - 127);
}

std::uint32_t encode_exponent(double value, Overflow overflow, Rounding rounding) noexcept {
    if (std::isnan(value)) {
        return 0xff;
    }
    const double size = std::abs(value);
    if (size == 0) {
        return 0;
    }
    if (std::isinf(size)) {
        return overflow == Overflow::saturate ? 0xfe : 0xff;
    }
    int exponent = 0;
    const double fraction = std::frexp(size, &exponent); // in [0.5, 1)
    const bool up = (rounding == Rounding::up && fraction > 0.5) ||
                    (rounding == Rounding::nearest && fraction >= 0.75);
    const int code = exponent - 1 + 127 + (up ? 1 : 0);
    if (code > 0xfe) {
        return overflow == Overflow::saturate ? 0xfe : 0xff;
    }
    return code < 0 ? 0 : static_cast<std::uint32_t>(code);
}

/// Calls @p work with a pointer of the stored type.
template <typename Work>
void with_stored(ElementType type, Work work) noexcept {
    switch (type) {
    case ElementType::float32:
        return work(float{});
    case ElementType::float64:
        return work(double{});
    case ElementType::int8:
    case ElementType::int4:
    case ElementType::int2:
        return work(std::int8_t{});
    case ElementType::int16:
        return work(std::int16_t{});
    case ElementType::int32:
        return work(std::int32_t{});
    case ElementType::int64:
        return work(std::int64_t{});
    case ElementType::uint16:
        return work(std::uint16_t{});
    case ElementType::uint32:
        return work(std::uint32_t{});
    case ElementType::uint64:
        return work(std::uint64_t{});
    default:
        return work(std::uint8_t{});
    }
}

template <typename To, typename From>
To convert(From value) noexcept {
    if constexpr (std::is_floating_point_v<From> && !std::is_floating_point_v<To>) {
        if (std::isnan(value)) {
            return 0;
        }
        // The comparisons are exact: both bounds are powers of two as floats.
        const auto high = std::ldexp(From{1}, std::numeric_limits<To>::digits);
        const auto low = std::is_signed_v<To> ? -high : From{0};
        if (value >= high) {
            return std::numeric_limits<To>::max();
        }
        return value <= low ? std::numeric_limits<To>::min() : static_cast<To>(value);
    } else {
        return static_cast<To>(value);
    }
}

/// Integers of 4 and 2 bits keep the low bits.
template <typename From>
void write_packed(ElementType type, const From* from, std::size_t count, std::int8_t* to) noexcept {
    const auto bits = static_cast<int>(onnx::packed_bits(type));
    const bool is_signed = type == ElementType::int4 || type == ElementType::int2;
    for (std::size_t i = 0; i < count; ++i) {
        const auto low = static_cast<std::uint64_t>(convert<std::int64_t>(from[i])) &
                         ((std::uint64_t{1} << bits) - 1);
        const bool negative = is_signed && (low >> (bits - 1)) != 0;
        to[i] = static_cast<std::int8_t>(static_cast<int>(low) - (negative ? 1 << bits : 0));
    }
}

template <typename To>
void read(ElementType type, const void* from, std::size_t count, To* to) noexcept {
    if (is_small_float(type)) {
        const bool two_bytes = onnx::element_size(type) == 2;
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint32_t bits = two_bytes ? static_cast<const std::uint16_t*>(from)[i]
                                                 : static_cast<const std::uint8_t*>(from)[i];
            to[i] = convert<To>(decode_small(type, bits));
        }
        return;
    }
    with_stored(type, [&](auto stored) noexcept {
        const auto* values = static_cast<const decltype(stored)*>(from);
        for (std::size_t i = 0; i < count; ++i) {
            to[i] = convert<To>(values[i]);
        }
    });
}

template <typename From>
void write(ElementType type, const From* from, std::size_t count, void* to) noexcept {
    if (is_small_float(type)) {
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint32_t bits = encode_small(type, static_cast<double>(from[i]));
            if (onnx::element_size(type) == 2) {
                static_cast<std::uint16_t*>(to)[i] = static_cast<std::uint16_t>(bits);
            } else {
                static_cast<std::uint8_t*>(to)[i] = static_cast<std::uint8_t>(bits);
            }
        }
        return;
    }
    if (onnx::packed_bits(type) != 0) {
        return write_packed(type, from, count, static_cast<std::int8_t*>(to));
    }
    if (type == ElementType::boolean) {
        for (std::size_t i = 0; i < count; ++i) {
            static_cast<std::uint8_t*>(to)[i] = from[i] != From{0} ? 1 : 0;
        }
        return;
    }
    with_stored(type, [&](auto stored) noexcept {
        auto* values = static_cast<decltype(stored)*>(to);
        for (std::size_t i = 0; i < count; ++i) {
            values[i] = convert<decltype(stored)>(from[i]);
        }
    });
}

} // namespace

bool is_small_float(ElementType type) noexcept {
    return format(type) != nullptr || type == ElementType::float8e8m0;
}

bool is_float(ElementType type) noexcept {
    return type == ElementType::float32 || type == ElementType::float64 || is_small_float(type);
}

bool is_integer(ElementType type) noexcept {
    switch (type) {
    case ElementType::int8:
    case ElementType::int16:
    case ElementType::int32:
    case ElementType::int64:
    case ElementType::uint8:
    case ElementType::uint16:
    case ElementType::uint32:
    case ElementType::uint64:
    case ElementType::uint4:
    case ElementType::int4:
    case ElementType::uint2:
    case ElementType::int2:
        return true;
    default:
        return false;
    }
}

double decode_small(ElementType type, std::uint32_t bits) noexcept {
    if (type == ElementType::float8e8m0) {
        return decode_exponent(bits);
    }
    const SmallFloat& row = *format(type);
    const std::uint32_t sign = std::uint32_t{1} << (row.size - 1);
    if (row.nan == sign && bits == sign) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const std::uint32_t code = bits & (sign - 1);
    double value = 0;
    if (code > row.largest) {
        value = code == row.infinity ? std::numeric_limits<double>::infinity()
                                     : std::numeric_limits<double>::quiet_NaN();
    } else {
        const auto exponent = static_cast<int>(code >> row.mantissa);
        const std::uint32_t one = std::uint32_t{1} << row.mantissa;
        const std::uint32_t fraction = code & (one - 1);
        value = exponent == 0
                    ? std::ldexp(static_cast<double>(fraction), 1 - row.bias - row.mantissa)
                    : std::ldexp(static_cast<double>(fraction + one),
                                 exponent - row.bias - row.mantissa);
    }
    return (bits & sign) != 0 ? -value : value;
}

std::uint32_t encode_small(ElementType type, double value, Overflow overflow,
                           Rounding rounding) noexcept {
    if (type == ElementType::float8e8m0) {
        return encode_exponent(value, overflow, rounding);
    }
    const SmallFloat& row = *format(type);
    const std::uint32_t sign_bit = std::uint32_t{1} << (row.size - 1);
    const bool unsigned_zero = row.nan == sign_bit;
    const std::uint32_t sign = std::signbit(value) ? sign_bit : 0;
    if (std::isnan(value)) {
        return row.nan == 0 ? sign_bit : (unsigned_zero ? row.nan : row.nan | sign);
    }
    const double size = std::abs(value);
    std::uint32_t code = row.largest + 1;
    if (!std::isinf(size)) {
        int exponent = 0;
        (void) std::frexp(size, &exponent);
        const int lowest = 1 - row.bias;
        const int scale = size == 0 || exponent - 1 < lowest ? lowest : exponent - 1;
        // At most 2^(mantissa + 1), which carries into the exponent by itself.
        const auto rounded =
            static_cast<std::int64_t>(std::nearbyint(std::ldexp(size, row.mantissa - scale)));
        const std::int64_t one = std::int64_t{1} << row.mantissa;
        const std::int64_t bits =
            rounded < one
                ? rounded
                : ((static_cast<std::int64_t>(scale + row.bias) - 1) << row.mantissa) + rounded;
        code = bits > static_cast<std::int64_t>(row.largest) ? row.largest + 1
                                                             : static_cast<std::uint32_t>(bits);
    }
    if (code > row.largest) {
        if (overflow == Overflow::saturate || row.nan == 0) {
            code = row.largest;
        } else if (row.infinity != 0) {
            code = row.infinity;
        } else {
            return unsigned_zero ? row.nan : row.nan | sign;
        }
    }
    return code == 0 && unsigned_zero ? 0 : code | sign;
}

void read_elements(ElementType type, const void* from, std::size_t count, double* to) noexcept {
    read(type, from, count, to);
}
void read_elements(ElementType type, const void* from, std::size_t count, float* to) noexcept {
    read(type, from, count, to);
}
void read_elements(ElementType type, const void* from, std::size_t count,
                   std::int64_t* to) noexcept {
    read(type, from, count, to);
}
void write_elements(ElementType type, const double* from, std::size_t count, void* to) noexcept {
    write(type, from, count, to);
}
void write_elements(ElementType type, const float* from, std::size_t count, void* to) noexcept {
    write(type, from, count, to);
}
void write_elements(ElementType type, const std::int64_t* from, std::size_t count,
                    void* to) noexcept {
    write(type, from, count, to);
}

} // namespace assay::runtime
