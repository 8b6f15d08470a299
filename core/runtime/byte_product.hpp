// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The product of floats with weights that stay bytes (inference.md §2): a decoder reads all its
// weights for each token, so a quarter of the bytes is what counts.
#pragma once

#include "core/onnx/types.hpp"

#include <pthreadpool.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::runtime {

/// @param tensor  of stored weights or zero points: onnx::Tensor or TensorRef of int8, uint8, int4
/// or
///   uint4; these last take a byte each
template <typename T>
[[nodiscard]] int stored_byte(const T& tensor, std::size_t index) noexcept {
    const bool is_signed =
        tensor.type == onnx::ElementType::int8 || tensor.type == onnx::ElementType::int4;
    return is_signed ? tensor.template as<std::int8_t>()[index]
                     : tensor.template as<std::uint8_t>()[index];
}

/// Weights of `depth` rows and `columns` columns, eight columns side by side for each row.
class ByteWeights {
public:
    /// Whether weights, padded to whole tiles, and scales take at most 2^31 bytes: far more than
    /// their file may have. Parameters as of the constructor, which asks nothing.
    [[nodiscard]] static bool fits(std::uint64_t depth, std::uint64_t columns,
                                   std::uint64_t block) noexcept;

    /// @param block  rows that share a scale; `depth` for one scale a column. Divides `depth`.
    ByteWeights(std::size_t depth, std::size_t columns, std::size_t block);

    void set(std::size_t row, std::size_t column, std::int8_t weight) noexcept;
    /// The scale of a column from row `index · block` on.
    void set_scale(std::size_t index, std::size_t column, float scale) noexcept;
    void set_bias(std::size_t column, float bias) noexcept { bias_[column] = bias; }

    /// y = x · weights · scale + bias for @p rows rows of floats. Each output is summed in the
    /// order of the rows of the weights.
    /// @param pool  null: one thread
    void multiply(const float* x, float* y, std::size_t rows,
                  pthreadpool_t pool = nullptr) const noexcept;

private:
    static constexpr std::size_t TILE = 8; ///< columns

    template <std::size_t ROWS>
    void multiply_tile(const float* x, float* y, std::size_t tile) const noexcept;
    /// One row by weights that are scaled one by one.
    void multiply_scaled(const float* x, float* y, std::size_t tile) const noexcept;

    std::size_t depth_;
    std::size_t columns_;
    std::size_t block_;
    std::vector<std::int8_t> bytes_; ///< [tile][row][column]
    std::vector<float> scales_;      ///< [tile][block][column]
    std::vector<float> bias_;        ///< padded to whole tiles
};

} // namespace assay::runtime
