// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/limits.hpp"
#include "core/onnx/shape.hpp"
#include "core/runtime/kernel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <type_traits>

namespace assay::runtime {
namespace {

using onnx::ElementType;
using onnx::Op;
using Strides = std::array<std::size_t, onnx::MAX_RANK>;

/// Element strides of @p dims seen as @p rank dimensions; 0 where it is broadcast.
Strides broadcast_strides(std::span<const std::int64_t> dims, std::size_t rank) noexcept {
    Strides strides{};
    std::size_t step = 1;
    for (std::size_t i = dims.size(); i-- > 0;) {
        strides[i + rank - dims.size()] = dims[i] == 1 ? 0 : step;
        step *= static_cast<std::size_t>(dims[i]);
    }
    return strides;
}

/// Integers wrap around; division by zero, which ONNX leaves open, gives 0.
template <typename T>
T apply(Op op, T a, T b) noexcept {
    if constexpr (std::is_floating_point_v<T>) {
        switch (op) {
        case Op::add:
            return a + b;
        case Op::sub:
            return a - b;
        case Op::mul:
            return a * b;
        default:
            return a / b;
        }
    } else {
        const auto x = static_cast<std::uint64_t>(a);
        const auto y = static_cast<std::uint64_t>(b);
        switch (op) {
        case Op::add:
            return static_cast<T>(x + y);
        case Op::sub:
            return static_cast<T>(x - y);
        case Op::mul:
            return static_cast<T>(x * y);
        default:
            if (b == 0) {
                return 0;
            }
            if constexpr (std::is_signed_v<T>) {
                if (b == -1) {
                    return static_cast<T>(0 - x); // the quotient of the smallest value overflows
                }
            }
            return static_cast<T>(a / b);
        }
    }
}

template <typename T>
void arithmetic(const KernelCall& call) noexcept {
    const TensorRef& out = call.outputs[0];
    const std::size_t rank = out.dims.size();
    const Strides a_strides = broadcast_strides(call.inputs[0].dims, rank);
    const Strides b_strides = broadcast_strides(call.inputs[1].dims, rank);
    const T* a = call.inputs[0].as<T>();
    const T* b = call.inputs[1].as<T>();
    T* to = out.as<T>();
    std::array<std::int64_t, onnx::MAX_RANK> at{};
    const std::size_t count = out.count();
    for (std::size_t i = 0; i < count; ++i) {
        to[i] = apply(call.node.op, *a, *b);
        for (std::size_t axis = rank; axis-- > 0;) {
            a += a_strides[axis];
            b += b_strides[axis];
            if (++at[axis] < out.dims[axis]) {
                break;
            }
            const auto size = static_cast<std::size_t>(out.dims[axis]);
            a -= a_strides[axis] * size;
            b -= b_strides[axis] * size;
            at[axis] = 0;
        }
    }
}

float activate(Op op, float x) noexcept {
    switch (op) {
    case Op::relu:
        return x < 0 ? 0.0F : x; // NaN stays NaN
    case Op::sigmoid: {
        // exp of a negative number only: no overflow on either side.
        const double e = std::exp(-std::abs(static_cast<double>(x)));
        return static_cast<float>(x < 0 ? e / (1 + e) : 1 / (1 + e));
    }
    default:
        return static_cast<float>(std::tanh(static_cast<double>(x)));
    }
}

/// Softmax of @p size elements that are @p step apart.
void softmax_row(const float* from, float* to, std::size_t size, std::size_t step) noexcept {
    float largest = -std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < size; ++i) {
        largest = std::max(largest, from[i * step]);
    }
    double sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
        sum += std::exp(static_cast<double>(from[i * step]) - static_cast<double>(largest));
    }
    for (std::size_t i = 0; i < size; ++i) {
        const double e =
            std::exp(static_cast<double>(from[i * step]) - static_cast<double>(largest));
        to[i * step] = static_cast<float>(e / sum);
    }
}

} // namespace

void run_arithmetic(const KernelCall& call) noexcept {
    switch (call.outputs[0].type) {
    case ElementType::float32:
        return arithmetic<float>(call);
    case ElementType::float64:
        return arithmetic<double>(call);
    case ElementType::int8:
        return arithmetic<std::int8_t>(call);
    case ElementType::int16:
        return arithmetic<std::int16_t>(call);
    case ElementType::int32:
        return arithmetic<std::int32_t>(call);
    case ElementType::int64:
        return arithmetic<std::int64_t>(call);
    case ElementType::uint8:
        return arithmetic<std::uint8_t>(call);
    case ElementType::uint16:
        return arithmetic<std::uint16_t>(call);
    case ElementType::uint32:
        return arithmetic<std::uint32_t>(call);
    case ElementType::uint64:
        return arithmetic<std::uint64_t>(call);
    default:
        return; // refused by infer_arithmetic
    }
}

void run_activation(const KernelCall& call) noexcept {
    const float* from = call.inputs[0].as<float>();
    float* to = call.outputs[0].as<float>();
    const std::size_t count = call.outputs[0].count();
    for (std::size_t i = 0; i < count; ++i) {
        to[i] = activate(call.node.op, from[i]);
    }
}

void run_softmax(const KernelCall& call) noexcept {
    const std::span<const std::int64_t> dims = call.inputs[0].dims;
    const bool flattens = call.node.version < 13; // rows are everything from the axis on
    const std::int64_t axis = call.node.attributes.integer("axis", flattens ? 1 : -1);
    const std::size_t first = onnx::normalize_axis(axis, dims.size()).value_or(0);
    std::size_t outer = 1;
    std::size_t size = 1;
    std::size_t inner = 1;
    for (std::size_t i = 0; i < dims.size(); ++i) {
        const auto dim = static_cast<std::size_t>(dims[i]);
        (i < first ? outer : i == first || flattens ? size : inner) *= dim;
    }
    for (std::size_t o = 0; o < outer; ++o) {
        for (std::size_t i = 0; i < inner; ++i) {
            const std::size_t start = o * size * inner + i;
            softmax_row(call.inputs[0].as<float>() + start, call.outputs[0].as<float>() + start,
                        size, inner);
        }
    }
}

void run_batch_normalization(const KernelCall& call) noexcept {
    const TensorRef& x = call.inputs[0];
    const double epsilon = static_cast<double>(call.node.attributes.real("epsilon", 1e-5F));
    const auto batch = static_cast<std::size_t>(x.dims[0]);
    const std::size_t channels = x.dims.size() < 2 ? 1 : static_cast<std::size_t>(x.dims[1]);
    const std::size_t rows = batch * channels;
    const std::size_t size = rows == 0 ? 0 : x.count() / rows;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t c = row % channels;
        const double factor =
            static_cast<double>(call.inputs[1].as<float>()[c]) /
            std::sqrt(static_cast<double>(call.inputs[4].as<float>()[c]) + epsilon);
        const auto bias = static_cast<double>(call.inputs[2].as<float>()[c]);
        const auto mean = static_cast<double>(call.inputs[3].as<float>()[c]);
        const float* from = x.as<float>() + row * size;
        float* to = call.outputs[0].as<float>() + row * size;
        for (std::size_t i = 0; i < size; ++i) {
            to[i] = static_cast<float>((static_cast<double>(from[i]) - mean) * factor + bias);
        }
    }
}

} // namespace assay::runtime
