// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/byte_product.hpp"

#include "core/runtime/parallel.hpp"
#include "core/runtime/simd.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace assay::runtime {
namespace {

using simd::Floats;
using Bytes = std::int8_t __attribute__((vector_size(4)));

/// Four bytes as floats.
Floats widen(const std::int8_t* from) noexcept {
    Bytes bytes;
    std::memcpy(&bytes, from, sizeof bytes);
    return __builtin_convertvector(bytes, Floats);
}

} // namespace

bool ByteWeights::fits(std::uint64_t depth, std::uint64_t columns, std::uint64_t block) noexcept {
    constexpr std::uint64_t MOST = std::uint64_t{1} << 31;
    return (columns + TILE - 1) / TILE * TILE <= MOST / (depth + sizeof(float) * (depth / block));
}

ByteWeights::ByteWeights(std::size_t depth, std::size_t columns, std::size_t block)
    : depth_{depth}, columns_{columns}, block_{block},
      bytes_((columns + TILE - 1) / TILE * TILE * depth),
      scales_((columns + TILE - 1) / TILE * TILE * (depth / block)),
      bias_((columns + TILE - 1) / TILE * TILE) {}

void ByteWeights::set(std::size_t row, std::size_t column, std::int8_t weight) noexcept {
    bytes_[(column / TILE * depth_ + row) * TILE + column % TILE] = weight;
}

void ByteWeights::set_scale(std::size_t index, std::size_t column, float scale) noexcept {
    scales_[(column / TILE * (depth_ / block_) + index) * TILE + column % TILE] = scale;
}

template <std::size_t ROWS>
void ByteWeights::multiply_tile(const float* x, float* y, std::size_t tile) const noexcept {
    const std::int8_t* weights = bytes_.data() + tile * depth_ * TILE;
    const float* scales = scales_.data() + tile * (depth_ / block_) * TILE;
    Floats low[ROWS];
    Floats high[ROWS];
    for (std::size_t r = 0; r < ROWS; ++r) {
        low[r] = simd::load(bias_.data() + tile * TILE);
        high[r] = simd::load(bias_.data() + tile * TILE + simd::WIDTH);
    }
    for (std::size_t start = 0; start < depth_; start += block_) {
        Floats left[ROWS] = {};
        Floats right[ROWS] = {};
        for (std::size_t k = start; k < start + block_; ++k) {
            const Floats a = widen(weights);
            const Floats b = widen(weights + simd::WIDTH);
            weights += TILE;
            for (std::size_t r = 0; r < ROWS; ++r) {
                const Floats value = simd::splat(x[r * depth_ + k]);
                left[r] = simd::madd(value, a, left[r]);
                right[r] = simd::madd(value, b, right[r]);
            }
        }
        for (std::size_t r = 0; r < ROWS; ++r) {
            low[r] = simd::madd(left[r], simd::load(scales), low[r]);
            high[r] = simd::madd(right[r], simd::load(scales + simd::WIDTH), high[r]);
        }
        scales += TILE;
    }
    const std::size_t count = std::min(TILE, columns_ - tile * TILE);
    for (std::size_t r = 0; r < ROWS; ++r) {
        float out[TILE];
        simd::store(out, low[r]);
        simd::store(out + simd::WIDTH, high[r]);
        // Sums by bytes pass the largest float long before the scaled ones do.
        if (simd::sum((low[r] - low[r]) + (high[r] - high[r])) != 0) {
            float scaled[TILE];
            multiply_scaled(x + r * depth_, scaled, tile);
            std::transform(out, out + TILE, scaled, out, [](float by_bytes, float by_scaled) {
                return std::isfinite(by_bytes) ? by_bytes : by_scaled;
            });
        }
        std::memcpy(y + r * columns_ + tile * TILE, out, count * sizeof(float));
    }
}

void ByteWeights::multiply_scaled(const float* x, float* y, std::size_t tile) const noexcept {
    const std::int8_t* weights = bytes_.data() + tile * depth_ * TILE;
    const float* scales = scales_.data() + tile * (depth_ / block_) * TILE;
    std::copy_n(bias_.begin() + static_cast<std::ptrdiff_t>(tile * TILE), TILE, y);
    for (std::size_t k = 0; k < depth_; ++k) {
        for (std::size_t column = 0; column < TILE; ++column) {
            y[column] += x[k] * (static_cast<float>(weights[k * TILE + column]) *
                                 scales[k / block_ * TILE + column]);
        }
    }
}

void ByteWeights::multiply(const float* x, float* y, std::size_t rows,
                           pthreadpool_t pool) const noexcept {
    constexpr std::size_t AT_ONCE = 4;
    const std::uint64_t cost = std::uint64_t{rows} * depth_ * columns_;
    in_parts(pool, bias_.size() / TILE, cost, [&](std::size_t first, std::size_t last) noexcept {
        for (std::size_t tile = first; tile < last; ++tile) { // its weights stay in the cache
            std::size_t r = 0;
            for (; r + AT_ONCE <= rows; r += AT_ONCE) {
                multiply_tile<AT_ONCE>(x + r * depth_, y + r * columns_, tile);
            }
            for (; r < rows; ++r) {
                multiply_tile<1>(x + r * depth_, y + r * columns_, tile);
            }
        }
    });
}

} // namespace assay::runtime
