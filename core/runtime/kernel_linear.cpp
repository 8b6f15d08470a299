// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/limits.hpp"
#include "core/runtime/kernel.hpp"

#include <array>

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

void run_matmul(const KernelCall& call) noexcept {
    const TensorRef& x = call.inputs[0];
    const TensorRef& y = call.inputs[1];
    // A vector is a row on the left and a column on the right.
    const std::size_t x_batch = x.dims.size() < 2 ? 0 : x.dims.size() - 2;
    const std::size_t y_batch = y.dims.size() < 2 ? 0 : y.dims.size() - 2;
    const auto depth = static_cast<std::size_t>(x.dims.back());
    const std::size_t rows = x.dims.size() < 2 ? 1 : static_cast<std::size_t>(x.dims[x_batch]);
    const std::size_t columns = y.dims.size() < 2 ? 1 : static_cast<std::size_t>(y.dims.back());

    const std::size_t batch_rank = x_batch > y_batch ? x_batch : y_batch;
    const std::span<const std::int64_t> batch = call.outputs[0].dims.first(batch_rank);
    std::array<std::size_t, onnx::MAX_RANK> x_steps{};
    std::array<std::size_t, onnx::MAX_RANK> y_steps{};
    const auto set_steps = [batch_rank](std::span<const std::int64_t> dims, std::size_t own,
                                        std::size_t step, auto& steps) noexcept {
        for (std::size_t i = own; i-- > 0;) {
            steps[i + batch_rank - own] = dims[i] == 1 ? 0 : step;
            step *= static_cast<std::size_t>(dims[i]);
        }
    };
    set_steps(x.dims, x_batch, rows * depth, x_steps);
    set_steps(y.dims, y_batch, depth * columns, y_steps);

    std::size_t matrices = 1;
    for (const std::int64_t dim : batch) {
        matrices *= static_cast<std::size_t>(dim);
    }
    float* to = call.outputs[0].as<float>();
    for (std::size_t index = 0; index < matrices; ++index) {
        std::size_t rest = index;
        Matrix a{x.as<float>(), depth, 1};
        Matrix b{y.as<float>(), columns, 1};
        for (std::size_t axis = batch_rank; axis-- > 0;) {
            const auto size = static_cast<std::size_t>(batch[axis]);
            a.data += rest % size * x_steps[axis];
            b.data += rest % size * y_steps[axis];
            rest /= size;
        }
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j) {
                *to++ = static_cast<float>(dot(a, i, b, j, depth));
            }
        }
    }
}

} // namespace assay::runtime
