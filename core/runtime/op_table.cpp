// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/op_table.hpp"

#include <array>

namespace assay::runtime {
namespace {

using onnx::Op;

/// In the order of Op.
constexpr std::array TABLE = {
    OpRow{Op::add, run_arithmetic, has_arithmetic_form, lower_arithmetic},
    OpRow{Op::average_pool, run_average_pool, has_pool_form, lower_pool},
    OpRow{Op::batch_normalization, run_batch_normalization, has_batch_normalization_form,
          lower_batch_normalization},
    OpRow{Op::constant, run_constant, nullptr, nullptr},
    OpRow{Op::conv, run_conv, has_conv_form, lower_conv},
    OpRow{Op::div, run_arithmetic, has_arithmetic_form, lower_arithmetic},
    OpRow{Op::flatten, run_copy, has_reshape_form, lower_reshape},
    OpRow{Op::gemm, run_gemm, has_gemm_form, lower_gemm},
    OpRow{Op::global_average_pool, run_global_average_pool, has_global_average_pool_form,
          lower_global_average_pool},
    OpRow{Op::identity, run_copy, has_reshape_form, lower_reshape},
    OpRow{Op::matmul, run_matmul, has_matmul_form, lower_matmul},
    OpRow{Op::max_pool, run_max_pool, has_pool_form, lower_pool},
    OpRow{Op::mul, run_arithmetic, has_arithmetic_form, lower_arithmetic},
    OpRow{Op::relu, run_activation, has_activation_form, lower_activation},
    OpRow{Op::reshape, run_copy, has_reshape_form, lower_reshape},
    OpRow{Op::sigmoid, run_activation, has_activation_form, lower_activation},
    OpRow{Op::softmax, run_softmax, has_softmax_form, lower_softmax},
    OpRow{Op::sub, run_arithmetic, has_arithmetic_form, lower_arithmetic},
    OpRow{Op::tanh, run_activation, has_activation_form, lower_activation},
};

constexpr bool follows_op() {
    for (std::size_t i = 0; i < TABLE.size(); ++i) {
        if (static_cast<std::size_t>(TABLE[i].op) != i) {
            return false;
        }
    }
    return true;
}
static_assert(follows_op(), "TABLE must be in the order of Op");

bool suits_xnnpack(const onnx::ValueShape& shape) noexcept {
    return shape.type == onnx::ElementType::float32 && shape.dims.size() <= XNN_MAX_TENSOR_DIMS &&
           onnx::element_count(shape.dims).value_or(0) != 0;
}

} // namespace

const OpRow& op_row(Op op) noexcept {
    return TABLE[static_cast<std::size_t>(op)];
}

bool has_xnn_form(const NodeView& view) noexcept {
    const OpRow& row = op_row(view.node.op);
    if (row.has_form == nullptr) {
        return false;
    }
    // The second input of Reshape is its shape, not data.
    const std::size_t operands = view.node.op == Op::reshape ? 1 : view.node.inputs.size();
    for (std::size_t i = 0; i < operands; ++i) {
        if (view.has_input(i) && !suits_xnnpack(view.input(i))) {
            return false;
        }
    }
    return suits_xnnpack(view.output(0)) && row.has_form(view);
}

} // namespace assay::runtime
