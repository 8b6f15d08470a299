// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/kernel.hpp"

namespace assay::runtime {
namespace {

/// A matrix as element strides: also a transposed one.
struct Matrix {
    const float* data;
    std::size_t row_step;
    std::size_t column_step;
};

double dot(const Matrix& a, std::size_t row, const Matrix& b, std::size_t column,
           std::size_t depth) noexcept {
    double sum = 0;
    for (std::size_t k = 0; k < depth; ++k) {
        sum += static_cast<double>(a.data[row * a.row_step + k * a.column_step]) *
               static_cast<double>(b.data[k * b.row_step + column * b.column_step]);
    }
    return sum;
}

Matrix matrix(const TensorRef& tensor, bool transposed) noexcept {
    const auto columns = static_cast<std::size_t>(tensor.dims[1]);
    const float* data = tensor.as<float>();
    return transposed ? Matrix{data, 1, columns} : Matrix{data, columns, 1};
}

/// C of Gemm: steps of 0 where it is broadcast.
Matrix broadcast_matrix(const TensorRef& tensor) noexcept {
    const std::size_t rank = tensor.dims.size();
    const std::int64_t columns = rank < 1 ? 1 : tensor.dims[rank - 1];
    const std::int64_t rows = rank < 2 ? 1 : tensor.dims[0];
    return {tensor.as<float>(), rows == 1 ? 0 : static_cast<std::size_t>(columns),
            columns == 1 ? std::size_t{0} : std::size_t{1}};
}

} // namespace

void run_gemm(const KernelCall& call) noexcept {
    const onnx::Attributes& attributes = call.node.attributes;
    const bool trans_a = attributes.integer("transA", 0) != 0;
    const Matrix a = matrix(call.inputs[0], trans_a);
    const Matrix b = matrix(call.inputs[1], attributes.integer("transB", 0) != 0);
    const auto alpha = static_cast<double>(attributes.real("alpha", 1));
    const auto beta = static_cast<double>(attributes.real("beta", 1));
    const bool adds = call.has_input(2) && beta != 0;
    const Matrix c = adds ? broadcast_matrix(call.inputs[2]) : Matrix{};
    const TensorRef& out = call.outputs[0];
    const auto rows = static_cast<std::size_t>(out.dims[0]);
    const auto columns = static_cast<std::size_t>(out.dims[1]);
    const auto depth = static_cast<std::size_t>(call.inputs[0].dims[trans_a ? 0 : 1]);
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
            double sum = alpha * dot(a, i, b, j, depth);
            if (adds) {
                sum += beta * static_cast<double>(c.data[i * c.row_step + j * c.column_step]);
            }
            out.as<float>()[i * columns + j] = static_cast<float>(sum);
        }
    }
}

} // namespace assay::runtime
