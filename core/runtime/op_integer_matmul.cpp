// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The product of dynamically quantised activations with constant signed weights, scaled and with a
// bias (inference.md §4). XNNPACK quantises each row by itself; ONNX gives all rows one scale and
// zero point, so every row is given the same. Where our own product is faster it is used; the
// results are the same.
#include "core/runtime/integer_product.hpp"
#include "core/runtime/operators.hpp"

#include <xnnpack.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>

namespace assay::runtime {
namespace {

using onnx::ElementType;

struct OperatorDelete {
    void operator()(xnn_operator_t op) const noexcept { xnn_delete_operator(op); }
};

struct Product final : Prepared {
    std::unique_ptr<IntegerWeights> own;
    WideRows wide;
    std::unique_ptr<xnn_operator, OperatorDelete> op;
    std::vector<xnn_quantization_params> rows;
    std::vector<std::int8_t> x;
    std::size_t count = 0;
};

int byte_at(const TensorRef& tensor, std::size_t index) noexcept {
    return tensor.type == ElementType::int8 ? tensor.as<std::int8_t>()[index]
                                            : tensor.as<std::uint8_t>()[index];
}

int weight_zero(const OpCall& call, std::size_t column) noexcept {
    if (!call.has(5)) {
        return 0;
    }
    return byte_at(call.in(5), call.in(5).count() == 1 ? 0 : column);
}

float weight_scale(const OpCall& call, std::size_t column) noexcept {
    return call.in(4).as<float>()[call.in(4).count() == 1 ? 0 : column];
}

std::unique_ptr<Product> prepare_own(const OpCall& call) {
    auto product = std::make_unique<Product>();
    const TensorRef& w = call.in(3);
    const auto depth = static_cast<std::size_t>(w.dims[0]);
    const auto columns = static_cast<std::size_t>(w.dims[1]);
    product->own = std::make_unique<IntegerWeights>(depth, columns);
    for (std::size_t j = 0; j < columns; ++j) {
        const int zero = weight_zero(call, j);
        for (std::size_t k = 0; k < depth; ++k) {
            product->own->set(k, j, static_cast<std::int8_t>(byte_at(w, k * columns + j) - zero));
        }
        product->own->set_scale(j, weight_scale(call, j));
        product->own->set_bias(j, call.has(6) ? call.in(6).as<float>()[j] : 0);
    }
    product->count = call.in(0).count();
    return product;
}

std::unique_ptr<Product> prepare(const OpCall& call) {
    if (IntegerWeights::is_faster()) {
        return prepare_own(call);
    }
    auto product = std::make_unique<Product>();
    const TensorRef& w = call.in(3);
    const auto depth = static_cast<std::size_t>(w.dims[0]);
    const auto columns = static_cast<std::size_t>(w.dims[1]);
    std::vector<std::int8_t> filters(depth * columns);
    std::vector<float> scales(columns);
    for (std::size_t j = 0; j < columns; ++j) {
        const int zero = weight_zero(call, j);
        for (std::size_t k = 0; k < depth; ++k) {
            filters[j * depth + k] = static_cast<std::int8_t>(byte_at(w, k * columns + j) - zero);
        }
        scales[j] = weight_scale(call, j);
    }
    constexpr float INFINITE = std::numeric_limits<float>::infinity();
    xnn_operator_t op = nullptr;
    if (xnn_create_fully_connected_nc_qd8_f32_qc8w(
            depth, columns, depth, columns, scales.data(), filters.data(),
            call.has(6) ? call.in(6).as<float>() : nullptr, -INFINITE, INFINITE, 0, nullptr,
            nullptr, &op) != xnn_status_success) {
        return product;
    }
    product->op.reset(op);
    product->count = call.in(0).count();
    const std::size_t rows = product->count / depth;
    product->rows.resize(rows + XNN_EXTRA_QUANTIZATION_PARAMS);
    product->x.resize(product->count + XNN_EXTRA_BYTES);
    if (xnn_reshape_fully_connected_nc_qd8_f32_qc8w(op, rows, nullptr) != xnn_status_success) {
        product->op.reset();
    }
    return product;
}

} // namespace

/// Operands as fuse_integer_matmul writes them; only in plans.
void op_integer_matmul(OpCall& call) noexcept {
    const TensorRef y = call.place(0);
    Product& product = call.prepared<Product>([&call] { return prepare(call); });
    const int zero = call.has(2) ? static_cast<int>(*call.in(2).data) : 0;
    const float scale = *call.in(1).as<float>();
    if (product.own != nullptr) {
        const auto depth = static_cast<std::size_t>(call.dims(3)[0]);
        product.wide.assign({call.in(0).data, product.count}, depth, zero);
        return product.own->multiply(product.wide, product.count / depth, scale, y.as<float>(),
                                     call.pool());
    }
    if (product.op == nullptr) {
        return call.fail(ErrorCode::ONNX_LIMIT);
    }
    const xnn_quantization_params one{zero - 128, scale};
    std::fill(product.rows.begin(), product.rows.end(), one);
    for (std::size_t i = 0; i < product.count; ++i) {
        product.x[i] = static_cast<std::int8_t>(call.in(0).data[i] ^ 0x80U);
    }
    if (xnn_setup_fully_connected_nc_qd8_f32_qc8w(product.op.get(), product.x.data(), y.as<float>(),
                                                  product.rows.data()) != xnn_status_success ||
        xnn_run_operator(product.op.get(), nullptr) != xnn_status_success) {
        call.fail(ErrorCode::ONNX_LIMIT);
    }
}

/// Operators on bytes that XNNPACK alone runs: a plan without it does not have them.
void op_lowered_only(OpCall& call) noexcept {
    call.fail(ErrorCode::ONNX_UNSUPPORTED_OP);
}

} // namespace assay::runtime
