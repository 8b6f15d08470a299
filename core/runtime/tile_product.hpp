// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The innermost product of matrices in float, for kernels that keep their operands in a cache.
#pragma once

#include "core/runtime/simd.hpp"

#include <cstddef>

namespace assay::runtime::simd {

inline constexpr std::size_t TILE = 2 * WIDTH; ///< columns of a product at a time
/// Rows at a time where there are as many. Six make twelve sums, which hide the latency of a fused
/// multiply-add; without one, eight are enough and leave registers for the products.
#ifdef __wasm_relaxed_simd__
inline constexpr std::size_t TILE_ROWS = 6;
#else
inline constexpr std::size_t TILE_ROWS = 4;
#endif

/// y = a · b for ROWS rows and one tile of columns. Steps are elements from one row to the next.
template <std::size_t ROWS>
void multiply_tile(const float* a, std::size_t a_step, const float* b, std::size_t b_step,
                   std::size_t depth, float* y, std::size_t y_step) noexcept {
    Floats low[ROWS] = {};
    Floats high[ROWS] = {};
    for (std::size_t k = 0; k < depth; ++k, b += b_step) {
        const Floats left = load(b);
        const Floats right = load(b + WIDTH);
        for (std::size_t r = 0; r < ROWS; ++r) {
            const Floats value = splat(a[r * a_step + k]);
            low[r] = madd(value, left, low[r]);
            high[r] = madd(value, right, high[r]);
        }
    }
    for (std::size_t r = 0; r < ROWS; ++r) {
        store(y + r * y_step, low[r]);
        store(y + r * y_step + WIDTH, high[r]);
    }
}

} // namespace assay::runtime::simd
