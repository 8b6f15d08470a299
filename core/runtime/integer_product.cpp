// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/integer_product.hpp"

#include "core/runtime/parallel.hpp"
#include "core/runtime/simd.hpp"

#include <algorithm>
#include <cstring>

namespace assay::runtime {
namespace {

using simd::Floats;
using simd::Ints;
using Shorts = std::int16_t __attribute__((vector_size(16)));
using Bytes = std::int8_t __attribute__((vector_size(8)));

/// Eight bytes as 16-bit integers.
Shorts widen(const std::int8_t* from) noexcept {
    Bytes bytes;
    std::memcpy(&bytes, from, sizeof bytes);
    return __builtin_convertvector(bytes, Shorts);
}

/// A pair of integers four times.
Shorts splat_pair(const std::int16_t* from) noexcept {
    std::int32_t pair = 0;
    std::memcpy(&pair, from, sizeof pair);
    return std::bit_cast<Shorts>(Ints{pair, pair, pair, pair});
}

/// The sum of the products of each pair.
Ints dot(Shorts a, Shorts b) noexcept {
#ifdef __wasm_simd128__
    return __builtin_wasm_dot_s_i32x4_i16x8(a, b);
#else
    Ints out{};
    for (std::size_t lane = 0; lane < simd::WIDTH; ++lane) {
        out[lane] = a[2 * lane] * b[2 * lane] + a[2 * lane + 1] * b[2 * lane + 1];
    }
    return out;
#endif
}

std::size_t pairs_of(std::size_t depth) noexcept {
    return (depth + 1) / 2;
}

} // namespace

bool IntegerWeights::is_faster() noexcept {
#ifdef __wasm_relaxed_simd__
    // XNNPACK multiplies bytes where the sum of four products is exact for all of them, the second
    // ones taken as signed or not; elsewhere the engine saturates sums of two.
    using AllBytes = std::int8_t __attribute__((vector_size(16)));
    const AllBytes least = AllBytes{} + INT8_MIN;
    const volatile AllBytes ones = AllBytes{} - 1; // not to be worked out by the compiler
    const Ints sums = __builtin_wasm_relaxed_dot_i8x16_i7x16_add_s_i32x4(least, ones, Ints{});
    return sums[0] != 4 * 128 && sums[0] != 4 * -128 * 255;
#elif defined __wasm_simd128__
    return true;
#else
    return false;
#endif
}

void WideRows::assign(std::span<const std::uint8_t> bytes, std::size_t depth, int zero) noexcept {
    const std::size_t rows = depth == 0 ? 0 : bytes.size() / depth;
    const std::size_t stride = 2 * pairs_of(depth);
    values_.resize(rows * stride);
    for (std::size_t row = 0; row < rows; ++row) {
        const std::uint8_t* from = bytes.data() + row * depth;
        std::int16_t* to = values_.data() + row * stride;
        for (std::size_t k = 0; k < depth; ++k) {
            to[k] = static_cast<std::int16_t>(from[k] - zero);
        }
    }
}

bool IntegerWeights::fits(std::uint64_t depth, std::uint64_t columns) noexcept {
    return (columns + TILE - 1) / TILE * TILE <= (std::uint64_t{1} << 31) / (depth + 1);
}

IntegerWeights::IntegerWeights(std::size_t depth, std::size_t columns)
    : pairs_{pairs_of(depth)}, columns_{columns},
      bytes_((columns + TILE - 1) / TILE * TILE * pairs_ * 2),
      scales_((columns + TILE - 1) / TILE * TILE), bias_(scales_.size()) {}

void IntegerWeights::set(std::size_t row, std::size_t column, std::int8_t weight) noexcept {
    bytes_[((column / TILE * pairs_ + row / 2) * TILE + column % TILE) * 2 + row % 2] = weight;
}

template <std::size_t ROWS>
void IntegerWeights::multiply_tile(const std::int16_t* x, float x_scale, float* y,
                                   std::size_t tile) const noexcept {
    const std::int8_t* weights = bytes_.data() + tile * pairs_ * TILE * 2;
    Ints left[ROWS] = {};
    Ints right[ROWS] = {};
    for (std::size_t pair = 0; pair < pairs_; ++pair) {
        const Shorts a = widen(weights);
        const Shorts b = widen(weights + TILE);
        weights += 2 * TILE;
        for (std::size_t r = 0; r < ROWS; ++r) {
            const Shorts values = splat_pair(x + (r * pairs_ + pair) * 2);
            left[r] += dot(values, a);
            right[r] += dot(values, b);
        }
    }
    const std::size_t first = tile * TILE;
    const std::size_t count = std::min(TILE, columns_ - first);
    for (std::size_t r = 0; r < ROWS; ++r) {
        float out[TILE];
        for (std::size_t half = 0; half < TILE; half += simd::WIDTH) {
            const Floats sums = __builtin_convertvector(half == 0 ? left[r] : right[r], Floats);
            simd::store(out + half,
                        sums * simd::splat(x_scale) * simd::load(scales_.data() + first + half) +
                            simd::load(bias_.data() + first + half));
        }
        std::memcpy(y + r * columns_ + first, out, count * sizeof(float));
    }
}

void IntegerWeights::multiply(const WideRows& x, std::size_t rows, float x_scale, float* y,
                              pthreadpool_t pool) const noexcept {
    constexpr std::size_t AT_ONCE = 4;
    const std::size_t stride = 2 * pairs_;
    const std::uint64_t cost = std::uint64_t{rows} * stride * columns_;
    in_parts(pool, scales_.size() / TILE, cost, [&](std::size_t first, std::size_t last) noexcept {
        for (std::size_t tile = first; tile < last; ++tile) {
            std::size_t r = 0;
            for (; r + AT_ONCE <= rows; r += AT_ONCE) {
                multiply_tile<AT_ONCE>(x.data() + r * stride, x_scale, y + r * columns_, tile);
            }
            for (; r < rows; ++r) {
                multiply_tile<1>(x.data() + r * stride, x_scale, y + r * columns_, tile);
            }
        }
    });
}

} // namespace assay::runtime
