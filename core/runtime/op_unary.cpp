// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/elements.hpp"
#include "core/runtime/fast_elements.hpp"
#include "core/runtime/operators.hpp"

#include <cmath>
#include <numbers>

namespace assay::runtime {
namespace {

using onnx::ElementType;
using onnx::Op;

/// The attributes of the activation at hand, with the defaults of its specification.
struct Parameters {
    double a = 0;
    double b = 0;
};

Parameters parameters(const OpCall& call) noexcept {
    const auto real = [&call](const char* name, float otherwise) noexcept {
        return static_cast<double>(call.real(name, otherwise));
    };
    switch (call.op()) {
    case Op::celu:
    case Op::elu:
    case Op::thresholded_relu:
    case Op::swish:
        return {real("alpha", 1), 0};
    case Op::leaky_relu:
        return {real("alpha", 0.01F), 0};
    case Op::hard_sigmoid:
        return {real("alpha", 0.2F), real("beta", 0.5F)};
    case Op::hard_swish:
        return {1.0 / 6, 0.5};
    case Op::selu:
        return {real("alpha", 1.67326319217681884765625F),
                real("gamma", 1.05070102214813232421875F)};
    case Op::shrink:
        return {real("bias", 0), real("lambd", 0.5F)};
    case Op::gelu:
        return {call.string("approximate", "none") == "tanh" ? 1.0 : 0.0, 0};
    default:
        return {};
    }
}

double sigmoid(double x) noexcept {
    // exp of a negative number only: no overflow on either side.
    const double e = std::exp(-std::abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

double softplus(double x) noexcept {
    return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}

double gelu(double x, bool by_tanh) noexcept {
    if (by_tanh) {
        return 0.5 * x *
               (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
    }
    return 0.5 * x * (1 + std::erf(x / std::numbers::sqrt2));
}

double clamp01(double x) noexcept {
    return x < 0 ? 0 : (x > 1 ? 1 : x);
}

double apply(Op op, double x, const Parameters& p) noexcept {
    switch (op) {
    case Op::abs:
        return std::abs(x);
    case Op::acos:
        return std::acos(x);
    case Op::acosh:
        return std::acosh(x);
    case Op::asin:
        return std::asin(x);
    case Op::asinh:
        return std::asinh(x);
    case Op::atan:
        return std::atan(x);
    case Op::atanh:
        return std::atanh(x);
    case Op::ceil:
        return std::ceil(x);
    case Op::celu:
        return x < 0 ? p.a * std::expm1(x / p.a) : x;
    case Op::cos:
        return std::cos(x);
    case Op::cosh:
        return std::cosh(x);
    case Op::elu:
        return x < 0 ? p.a * std::expm1(x) : x;
    case Op::erf:
        return std::erf(x);
    case Op::exp:
        return std::exp(x);
    case Op::floor:
        return std::floor(x);
    case Op::gelu:
        return gelu(x, p.a != 0);
    case Op::hard_sigmoid:
        return clamp01(p.a * x + p.b);
    case Op::hard_swish:
        return x * clamp01(p.a * x + p.b);
    case Op::leaky_relu:
        return x < 0 ? p.a * x : x;
    case Op::log:
        return std::log(x);
    case Op::mish:
        return x * std::tanh(softplus(x));
    case Op::neg:
        return -x;
    case Op::reciprocal:
        return 1 / x;
    case Op::relu:
        return x < 0 ? 0 : x; // NaN stays NaN
    case Op::round:
        return std::nearbyint(x);
    case Op::selu:
        return p.b * (x > 0 ? x : p.a * std::expm1(x));
    case Op::shrink:
        return x < -p.b ? x + p.a : (x > p.b ? x - p.a : 0);
    case Op::sigmoid:
        return sigmoid(x);
    case Op::sign:
        return x > 0 ? 1 : (x < 0 ? -1 : x);
    case Op::sin:
        return std::sin(x);
    case Op::sinh:
        return std::sinh(x);
    case Op::softplus:
        return softplus(x);
    case Op::softsign:
        return x / (1 + std::abs(x));
    case Op::sqrt:
        return std::sqrt(x);
    case Op::swish:
        return x * sigmoid(p.a * x);
    case Op::tan:
        return std::tan(x);
    case Op::tanh:
        return std::tanh(x);
    default: // thresholded_relu
        return x > p.a ? x : 0;
    }
}

/// Integers wrap around.
std::int64_t apply(Op op, std::int64_t x) noexcept {
    const auto negated = static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(x));
    switch (op) {
    case Op::abs:
        return x < 0 ? negated : x;
    case Op::bitwise_not:
        return ~x;
    case Op::logical_not:
        return x == 0 ? 1 : 0;
    case Op::neg:
        return negated;
    case Op::relu:
        return x < 0 ? 0 : x;
    default: // sign
        return x > 0 ? 1 : (x < 0 ? -1 : 0);
    }
}

bool takes_integers(Op op) noexcept {
    return op == Op::abs || op == Op::bitwise_not || op == Op::neg || op == Op::relu ||
           op == Op::sign;
}

void classify(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    const TensorRef y = call.out(0, ElementType::boolean, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const bool negative = call.integer("detect_negative", 1) != 0;
    const bool positive = call.integer("detect_positive", 1) != 0;
    const Reading<double> from{x};
    for (std::size_t i = 0; i < y.count(); ++i) {
        const double value = from[i];
        const bool found = call.op() == Op::is_nan
                               ? std::isnan(value)
                               : std::isinf(value) && (value < 0 ? negative : positive);
        y.data[i] = found ? 1 : 0;
    }
}

} // namespace

void op_unary(OpCall& call) noexcept {
    const Op op = call.op();
    if (op == Op::is_inf || op == Op::is_nan) {
        return classify(call);
    }
    const TensorRef& x = call.in(0);
    const bool integer = op == Op::logical_not ? x.type == ElementType::boolean
                                               : takes_integers(op) && is_integer(x.type);
    const bool any_integer = op == Op::shrink && is_integer(x.type); // computed as double
    if (!integer && !any_integer &&
        (!is_float(x.type) || op == Op::logical_not || op == Op::bitwise_not)) {
        return call.fail_type(x.type);
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t count = y.count();
    if (integer) {
        const Reading<std::int64_t> from{x};
        Writing<std::int64_t> to{y};
        for (std::size_t i = 0; i < count; ++i) {
            to[i] = apply(op, from[i]);
        }
        return;
    }
    if (call.may_approximate() && x.type == ElementType::float32 &&
        run_fast_unary(call, x.as<float>(), count, y.as<float>())) {
        return;
    }
    const Parameters p = parameters(call);
    if (x.type == ElementType::float32) {
        for (std::size_t i = 0; i < count; ++i) {
            y.as<float>()[i] =
                static_cast<float>(apply(op, static_cast<double>(x.as<float>()[i]), p));
        }
        return;
    }
    const Reading<double> from{x};
    Writing<double> to{y};
    for (std::size_t i = 0; i < count; ++i) {
        to[i] = apply(op, from[i], p);
    }
}

} // namespace assay::runtime
