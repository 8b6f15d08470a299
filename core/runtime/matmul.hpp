// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Products of stacks of matrices, as MatMul broadcasts them.
#pragma once

#include "core/onnx/shape.hpp"
#include "core/runtime/broadcast.hpp"

#include <optional>
#include <span>

namespace assay::runtime {

struct MatMulShape {
    onnx::Dims out;
    onnx::Dims batch;
    std::size_t rows = 1;
    std::size_t columns = 1;
    std::size_t depth = 1;
    Strides a_steps{}; ///< elements from one matrix to the next, by batch dimension
    Strides b_steps{};
};

/// @return nothing when the operands do not fit; from open dimensions only `out` is right.
[[nodiscard]] std::optional<MatMulShape> matmul_shape(std::span<const std::int64_t> a,
                                                      std::span<const std::int64_t> b) noexcept;

/// Calls @p visit(batch, row, column) with the offsets of a row of a and a column of b; the column
/// is shape.columns apart from element to element.
template <typename Visit>
void for_each_product(const MatMulShape& shape, Visit visit) noexcept {
    std::size_t matrices = 1;
    for (const std::int64_t dim : shape.batch) {
        matrices *= static_cast<std::size_t>(dim);
    }
    Walk<2> walk{shape.batch, {shape.a_steps, shape.b_steps}};
    std::size_t at = 0;
    for (std::size_t m = 0; m < matrices; ++m, walk.next()) {
        for (std::size_t i = 0; i < shape.rows; ++i) {
            for (std::size_t j = 0; j < shape.columns; ++j) {
                visit(at++, static_cast<std::size_t>(walk.offset(0)) + i * shape.depth,
                      static_cast<std::size_t>(walk.offset(1)) + j, i, j);
            }
        }
    }
}

} // namespace assay::runtime
