// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/op_table.hpp"

#include "core/runtime/operators.hpp"

#include <algorithm>
#include <array>

namespace assay::runtime {
namespace {

using onnx::Op;

/// In the order of Op.
constexpr std::array<Operator, 256> FUNCTIONS = {
#define X(id, domain, name, oldest, min_inputs, max_inputs, max_outputs, attributes, run) run,
#include "core/onnx/ops.def"
#undef X
};

struct XnnRow {
    Op op;
    XnnForm has_form;
    XnnLower lower;
};

constexpr std::array XNN_TABLE = {
    XnnRow{Op::add, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::average_pool, has_pool_form, lower_pool},
    XnnRow{Op::batch_normalization, has_batch_normalization_form, lower_batch_normalization},
    XnnRow{Op::conv, has_conv_form, lower_conv},
    XnnRow{Op::div, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::flatten, has_reshape_form, lower_reshape},
    XnnRow{Op::gemm, has_gemm_form, lower_gemm},
    XnnRow{Op::global_average_pool, has_global_average_pool_form, lower_global_average_pool},
    XnnRow{Op::identity, has_reshape_form, lower_reshape},
    XnnRow{Op::matmul, has_matmul_form, lower_matmul},
    XnnRow{Op::max_pool, has_pool_form, lower_pool},
    XnnRow{Op::mul, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::relu, has_activation_form, lower_activation},
    XnnRow{Op::reshape, has_reshape_form, lower_reshape},
    XnnRow{Op::sigmoid, has_activation_form, lower_activation},
    XnnRow{Op::softmax, has_softmax_form, lower_softmax},
    XnnRow{Op::sub, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::tanh, has_activation_form, lower_activation},
};

const XnnRow* xnn_row(Op op) noexcept {
    const auto found = std::find_if(XNN_TABLE.begin(), XNN_TABLE.end(),
                                    [op](const XnnRow& row) { return row.op == op; });
    return found == XNN_TABLE.end() ? nullptr : &*found;
}

bool suits_xnnpack(const onnx::ValueShape& shape) noexcept {
    return shape.type == onnx::ElementType::float32 && shape.dims.size() <= XNN_MAX_TENSOR_DIMS &&
           onnx::element_count(shape.dims).value_or(0) != 0;
}

} // namespace

Operator op_function(Op op) noexcept {
    return FUNCTIONS[static_cast<std::size_t>(op)];
}

bool takes_open_dims(Op op) noexcept {
    const Operator run = op_function(op);
    constexpr std::array OPEN = {
        op_unary,   op_binary,   op_average_pool, op_batch_normalization,
        op_conv,    op_constant, op_flatten,      op_gemm,
        op_matmul,  op_identity, op_max_pool,     op_global_average_pool,
        op_reshape, op_softmax,
    };
    return std::find(OPEN.begin(), OPEN.end(), run) != OPEN.end();
}

XnnLower xnn_lowering(Op op) noexcept {
    const XnnRow* row = xnn_row(op);
    return row == nullptr ? nullptr : row->lower;
}

bool has_xnn_form(const NodeView& view) noexcept {
    const XnnRow* row = xnn_row(view.node.op);
    if (row == nullptr) {
        return false;
    }
    // The second input of Reshape is its shape, not data.
    const std::size_t operands = view.node.op == Op::reshape ? 1 : view.node.inputs.size();
    for (std::size_t i = 0; i < operands; ++i) {
        if (view.has_input(i) && !suits_xnnpack(view.input(i))) {
            return false;
        }
    }
    return suits_xnnpack(view.output(0)) && row->has_form(view);
}

} // namespace assay::runtime
