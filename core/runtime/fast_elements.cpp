// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/fast_elements.hpp"

#include "core/runtime/simd.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace assay::runtime {
namespace {

using simd::Floats;
using simd::load;
using simd::madd;
using simd::splat;
using simd::store;

/// Adding and subtracting 1.5 · 2^23 rounds a float below 2^22 to the nearest integer.
constexpr float ROUNDING = 12582912.0F;

using Bytes = std::uint8_t __attribute__((vector_size(16)));

/// The lowest byte of each of eight integers, twice.
Bytes low_bytes(Bytes a, Bytes b) noexcept {
    return __builtin_shufflevector(a, b, 0, 4, 8, 12, 16, 20, 24, 28, 0, 4, 8, 12, 16, 20, 24, 28);
}

} // namespace

void normalize_rows(const float* x, std::size_t rows, std::size_t size, float epsilon,
                    const float* scale, const float* shift, float* y) noexcept {
    const std::size_t whole = size / simd::WIDTH * simd::WIDTH;
    const auto count = static_cast<float>(size);
    for (std::size_t row = 0; row < rows; ++row, x += size, y += size) {
        Floats sums = splat(0);
        for (std::size_t i = 0; i < whole; i += simd::WIDTH) {
            sums += load(x + i);
        }
        float total = simd::sum(sums);
        for (std::size_t i = whole; i < size; ++i) {
            total += x[i];
        }
        const float mean = total / count;
        Floats squares = splat(0);
        for (std::size_t i = 0; i < whole; i += simd::WIDTH) {
            const Floats distance = load(x + i) - splat(mean);
            squares = madd(distance, distance, squares);
        }
        float square = simd::sum(squares);
        for (std::size_t i = whole; i < size; ++i) {
            square += (x[i] - mean) * (x[i] - mean);
        }
        const float inverse = 1 / std::sqrt(square / count + epsilon);
        for (std::size_t i = 0; i < whole; i += simd::WIDTH) {
            const Floats normal = (load(x + i) - splat(mean)) * splat(inverse);
            store(y + i,
                  madd(normal, load(scale + i), shift == nullptr ? splat(0) : load(shift + i)));
        }
        for (std::size_t i = whole; i < size; ++i) {
            y[i] = (x[i] - mean) * inverse * scale[i] + (shift == nullptr ? 0 : shift[i]);
        }
    }
}

bool run_fast_unary(const OpCall& call, const float* x, std::size_t count, float* y) noexcept {
    switch (call.op()) {
    case onnx::Op::exp:
        simd::transform(x, y, count, [](Floats v) noexcept {
            Floats out = simd::exp(v);
            for (std::size_t lane = 0; lane < simd::WIDTH; ++lane) {
                if (!(std::abs(v[lane]) <= simd::EXP_RANGE)) { // also NaN
                    out[lane] = std::exp(v[lane]);
                }
            }
            return out;
        });
        return true;
    case onnx::Op::gelu:
        if (call.string("approximate", "none") != "tanh") {
            return false;
        }
        simd::transform(x, y, count, [](Floats v) noexcept {
            const Floats inner = splat(0.797884561F) * madd(splat(0.044715F) * v, v * v, v);
            return splat(0.5F) * v * (splat(1) + simd::tanh(inner));
        });
        return true;
    default:
        return false;
    }
}

FloatRange range_with_zero(const float* x, std::size_t count) noexcept {
    Floats low = splat(0);
    Floats high = splat(0);
    simd::Ints unordered{};
    const auto add = [&](Floats v) noexcept {
        low = simd::minimum(v, low);
        high = simd::maximum(v, high);
        unordered |= v != v;
    };
    std::size_t i = 0;
    for (; i + simd::WIDTH <= count; i += simd::WIDTH) {
        add(load(x + i));
    }
    for (; i < count; ++i) {
        add(splat(x[i]));
    }
    FloatRange range;
    for (std::size_t lane = 0; lane < simd::WIDTH; ++lane) {
        range.low = std::min(range.low, low[lane]);
        range.high = std::max(range.high, high[lane]);
        if (unordered[lane] != 0) {
            constexpr float NONE = std::numeric_limits<float>::quiet_NaN();
            return {NONE, NONE};
        }
    }
    return range;
}

void quantize_bytes(const float* x, std::size_t count, float scale, float zero,
                    std::uint8_t* y) noexcept {
    const auto quantize = [&](Floats v) noexcept {
        const Floats rounded = (v / splat(scale) + splat(ROUNDING)) - splat(ROUNDING);
        return simd::minimum(simd::maximum(rounded + splat(zero), splat(0)), splat(255));
    };
    const auto four = [&](const float* from) noexcept {
        return std::bit_cast<Bytes>(__builtin_convertvector(quantize(load(from)), simd::Ints));
    };
    std::size_t i = 0;
    for (; i + sizeof(Bytes) <= count; i += sizeof(Bytes)) {
        const Bytes low = low_bytes(four(x + i), four(x + i + simd::WIDTH));
        const Bytes high = low_bytes(four(x + i + 2 * simd::WIDTH), four(x + i + 3 * simd::WIDTH));
        const Bytes all = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19,
                                                  20, 21, 22, 23);
        std::memcpy(y + i, &all, sizeof all);
    }
    for (; i < count; ++i) {
        y[i] = static_cast<std::uint8_t>(quantize(splat(x[i]))[0]);
    }
}

} // namespace assay::runtime
