// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The integer functions of EZKL's lookup tables (ezkl.md §3.2): IEEE doubles, halves away from
/// zero, a saturating conversion at the end.
#include "core/zk/ezkl/constraint_system.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace assay::zk::ezkl {
namespace {

constexpr double TINY = std::numeric_limits<double>::epsilon(); // 2^-52
constexpr double TWO_127 = 170141183460469231731687303715884105728.0;

constexpr Int128 HIGHEST = static_cast<Int128>(~static_cast<std::uint64_t>(0) >> 1) << 64 |
                           static_cast<Int128>(~static_cast<std::uint64_t>(0));

Int128 saturated(double value) noexcept {
    if (std::isnan(value))
        return 0;
    if (value >= TWO_127)
        return HIGHEST;
    if (value <= -TWO_127)
        return -HIGHEST - 1;
    return static_cast<Int128>(value);
}

/// Chebyshev's series for erfc, order 28 (Numerical Recipes, third edition, section 6.2.2).
double complementary_error(double z) noexcept {
    constexpr std::array<double, 28> C = {-1.3026537197817094,
                                          6.4196979235649026e-1,
                                          1.9476473204185836e-2,
                                          -9.561514786808631e-3,
                                          -9.46595344482036e-4,
                                          3.66839497852761e-4,
                                          4.2523324806907e-5,
                                          -2.0278578112534e-5,
                                          -1.624290004647e-6,
                                          1.303655835580e-6,
                                          1.5626441722e-8,
                                          -8.5238095915e-8,
                                          6.529054439e-9,
                                          5.059343495e-9,
                                          -9.91364156e-10,
                                          -2.27365122e-10,
                                          9.6467911e-11,
                                          2.394038e-12,
                                          -6.886027e-12,
                                          8.94487e-13,
                                          3.13092e-13,
                                          -1.12708e-13,
                                          3.81e-16,
                                          7.106e-15,
                                          -1.523e-15,
                                          -9.4e-17,
                                          1.21e-16,
                                          -2.8e-17};
    const double t = 2.0 / (2.0 + z);
    const double ty = 4.0 * t - 2.0;
    double d = 0.0;
    double dd = 0.0;
    for (std::size_t j = C.size() - 1; j > 0; --j) {
        const double before = d;
        d = ty * d - dd + C[j];
        dd = before;
    }
    return t * std::exp(-z * z + 0.5 * (C[0] + ty * d) - dd);
}

double error_function(double x) noexcept {
    return x >= 0.0 ? 1.0 - complementary_error(x) : complementary_error(-x) - 1.0;
}

double hard_swish(double x) noexcept {
    if (x <= -3.0)
        return 0.0;
    return x >= 3.0 ? x : x * (x + 3.0) / 6.0;
}

double round_half_even(double x) noexcept {
    const double rounded = std::round(x);
    if (std::fabs(x - std::trunc(x)) != 0.5)
        return rounded;
    return 2.0 * std::round(x / 2.0);
}

/// Functions of x / scale whose result is scaled back.
struct Scaled {
    std::string_view name;
    double (*function)(double);
};
constexpr std::array SCALED = {
    Scaled{"Sqrt", [](double x) { return std::sqrt(x); }},
    Scaled{"Rsqrt", [](double x) { return 1.0 / (std::sqrt(x) + TINY); }},
    Scaled{"Sigmoid", [](double x) { return 1.0 / (1.0 + std::exp(-x)); }},
    Scaled{"Ln", [](double x) { return std::log(x); }},
    Scaled{"Cos", [](double x) { return std::cos(x); }},
    Scaled{"ACos", [](double x) { return std::acos(x); }},
    Scaled{"Cosh", [](double x) { return std::cosh(x); }},
    Scaled{"ACosh", [](double x) { return std::acosh(x); }},
    Scaled{"Sin", [](double x) { return std::sin(x); }},
    Scaled{"ASin", [](double x) { return std::asin(x); }},
    Scaled{"Sinh", [](double x) { return std::sinh(x); }},
    Scaled{"ASinh", [](double x) { return std::asinh(x); }},
    Scaled{"Tan", [](double x) { return std::tan(x); }},
    Scaled{"ATan", [](double x) { return std::atan(x); }},
    Scaled{"Tanh", [](double x) { return std::tanh(x); }},
    Scaled{"ATanh", [](double x) { return std::atanh(x); }},
    Scaled{"Erf", error_function},
    Scaled{"HardSwish", hard_swish},
    Scaled{"PowersOfTwo", [](double x) { return std::exp2(x); }},
};

/// Functions of x / scale, times scale, that end in a whole number without rounding.
constexpr std::array TRUNCATED = {
    Scaled{"Ceil", [](double x) { return std::ceil(x); }},
    Scaled{"Floor", [](double x) { return std::floor(x); }},
    Scaled{"Round", [](double x) { return std::round(x); }},
    Scaled{"RoundHalfToEven", round_half_even},
};

constexpr std::array<std::string_view, 7> PARAMETERS = {
    "scale", "a", "slope", "denom", "input_scale", "output_scale", "base"};

} // namespace

std::optional<Int128> table_value(const LookupOp& op, Int128 v) noexcept {
    for (const auto& [name, value] : op.parameters) {
        if (std::find(PARAMETERS.begin(), PARAMETERS.end(), name) == PARAMETERS.end())
            return std::nullopt;
    }
    const auto x = static_cast<double>(v);
    const auto scale = op.parameter("scale");
    const auto a = op.parameter("a");
    const auto rounded = [](double value) { return saturated(std::round(value)); };

    if (op.name == "Abs")
        return v < 0 ? -v : v;
    if (op.name == "Sign")
        return v > 0 ? 1 : v < 0 ? -1 : 0;
    if (op.name == "IsOdd")
        return v % 2 != 0 ? 1 : 0;
    if (op.name == "KroneckerDelta")
        return v == 0 ? 1 : 0;
    if (op.name == "ReLU")
        return v < 0 ? 0 : v;
    if (op.name == "LeakyReLU") {
        const auto slope = op.parameter("slope");
        if (!slope)
            return std::nullopt;
        return v < 0 ? rounded(x * *slope) : v;
    }
    if (op.name == "Div") {
        const auto denominator = op.parameter("denom");
        if (!denominator)
            return std::nullopt;
        return rounded(x / *denominator);
    }
    if (op.name == "Recip") {
        const double in = op.parameter("input_scale").value_or(scale.value_or(0));
        const double out = op.parameter("output_scale").value_or(scale.value_or(0));
        if (in == 0 || out == 0)
            return std::nullopt;
        return rounded(out / (x / in + TINY));
    }
    if (a && !scale) {
        if (op.name == "GreaterThan")
            return x > *a ? 1 : 0;
        if (op.name == "GreaterThanEqual")
            return x >= *a ? 1 : 0;
        if (op.name == "LessThan")
            return x < *a ? 1 : 0;
        if (op.name == "LessThanEqual")
            return x <= *a ? 1 : 0;
    }
    if (!scale)
        return std::nullopt;
    if (op.name == "Cast")
        return rounded(x / *scale);
    if (op.name == "Exp") {
        const auto base = op.parameter("base");
        const double power = base ? std::pow(*base, x / *scale) : std::exp(x / *scale);
        return rounded(*scale * power);
    }
    if (a) {
        if (op.name == "Max")
            return rounded(std::fmax(x / *scale, *a) * *scale);
        if (op.name == "Min")
            return rounded(std::fmin(x / *scale, *a) * *scale);
        if (op.name == "Pow")
            return rounded(std::pow(x / *scale, *a) * *scale);
    }
    for (const Scaled& each : SCALED) {
        if (each.name == op.name)
            return rounded(*scale * each.function(x / *scale));
    }
    for (const Scaled& each : TRUNCATED) {
        if (each.name == op.name)
            return saturated(each.function(x / *scale) * *scale);
    }
    return std::nullopt;
}

} // namespace assay::zk::ezkl
