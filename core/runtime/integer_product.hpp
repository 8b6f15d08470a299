// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The product of quantised activations with signed bytes, for WebAssembly whose one exact product
// of integers is of 16 bits: XNNPACK widens both sides in the inner loop, here activations come
// widened and a row of weights is widened for four rows of them.
#pragma once

#include <pthreadpool.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::runtime {

/// Activations less their zero point; each row is padded to whole pairs.
class WideRows {
public:
    void assign(std::span<const std::uint8_t> bytes, std::size_t depth, int zero) noexcept;
    [[nodiscard]] const std::int16_t* data() const noexcept { return values_.data(); }

private:
    std::vector<std::int16_t> values_;
};

class IntegerWeights {
public:
    /// Whether this is faster than XNNPACK: not where the engine has an exact product of bytes, and
    /// not natively.
    [[nodiscard]] static bool is_faster() noexcept;

    /// Whether the weights, padded to whole tiles and pairs, take at most 2^31 bytes.
    [[nodiscard]] static bool fits(std::uint64_t depth, std::uint64_t columns) noexcept;

    /// Asks nothing of these.
    IntegerWeights(std::size_t depth, std::size_t columns);

    void set(std::size_t row, std::size_t column, std::int8_t weight) noexcept;
    void set_scale(std::size_t column, float scale) noexcept { scales_[column] = scale; }
    void set_bias(std::size_t column, float bias) noexcept { bias_[column] = bias; }

    /// y = x · weights · x_scale · scale + bias. The product of the integers is exact, as long as
    /// it fits 32 bits.
    /// @param pool  null: one thread
    void multiply(const WideRows& x, std::size_t rows, float x_scale, float* y,
                  pthreadpool_t pool = nullptr) const noexcept;

private:
    static constexpr std::size_t TILE = 8; ///< columns

    template <std::size_t ROWS>
    void multiply_tile(const std::int16_t* x, float x_scale, float* y,
                       std::size_t tile) const noexcept;

    std::size_t pairs_; ///< of rows of weights
    std::size_t columns_;
    std::vector<std::int8_t> bytes_; ///< [tile][pair][column][row of the pair]
    std::vector<float> scales_;      ///< padded to whole tiles
    std::vector<float> bias_;
};

} // namespace assay::runtime
