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
    XnnRow{Op::abs, has_activation_form, lower_activation},
    XnnRow{Op::add, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::average_pool, has_pool_form, lower_pool},
    XnnRow{Op::batch_normalization, has_batch_normalization_form, lower_batch_normalization},
    XnnRow{Op::cast, has_any_form, lower_reshape}, // of float32 to float32
    XnnRow{Op::ceil, has_activation_form, lower_activation},
    XnnRow{Op::clip, has_activation_form, lower_activation},
    XnnRow{Op::concat, has_concat_form, lower_concat},
    XnnRow{Op::conv, has_conv_form, lower_conv},
    XnnRow{Op::conv_transpose, has_conv_transpose_form, lower_conv_transpose},
    XnnRow{Op::div, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::elu, has_activation_form, lower_activation},
    XnnRow{Op::flatten, has_any_form, lower_reshape},
    XnnRow{Op::floor, has_activation_form, lower_activation},
    XnnRow{Op::gelu, has_activation_form, lower_activation},
    XnnRow{Op::gemm, has_any_form, lower_gemm},
    XnnRow{Op::global_average_pool, has_global_average_pool_form, lower_global_average_pool},
    XnnRow{Op::hard_swish, has_activation_form, lower_activation},
    XnnRow{Op::identity, has_any_form, lower_reshape},
    XnnRow{Op::leaky_relu, has_activation_form, lower_activation},
    XnnRow{Op::log, has_activation_form, lower_activation},
    XnnRow{Op::matmul, has_matmul_form, lower_matmul},
    XnnRow{Op::max, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::max_pool, has_pool_form, lower_pool},
    XnnRow{Op::min, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::mul, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::neg, has_activation_form, lower_activation},
    XnnRow{Op::pad, has_pad_form, lower_pad},
    XnnRow{Op::pow, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::prelu, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::reduce_mean, has_reduce_form, lower_reduce},
    XnnRow{Op::reduce_sum, has_reduce_form, lower_reduce},
    XnnRow{Op::relu, has_activation_form, lower_activation},
    XnnRow{Op::reshape, has_any_form, lower_reshape},
    XnnRow{Op::round, has_activation_form, lower_activation},
    XnnRow{Op::sigmoid, has_activation_form, lower_activation},
    XnnRow{Op::slice, has_slice_form, lower_slice},
    XnnRow{Op::softmax, has_softmax_form, lower_softmax},
    XnnRow{Op::split, has_split_form, lower_split},
    XnnRow{Op::sqrt, has_activation_form, lower_activation},
    XnnRow{Op::squeeze, has_any_form, lower_reshape},
    XnnRow{Op::sub, has_arithmetic_form, lower_arithmetic},
    XnnRow{Op::tanh, has_activation_form, lower_activation},
    XnnRow{Op::transpose, has_any_form, lower_transpose},
    XnnRow{Op::unsqueeze, has_any_form, lower_reshape},
    XnnRow{Op::dequantize_linear, has_dequantize_form, lower_dequantize},
    XnnRow{Op::quantize_linear, has_quantize_form, lower_quantize},
    XnnRow{Op::quantized_add, has_quantized_add_form, lower_quantized_add},
    XnnRow{Op::quantized_conv, has_quantized_conv_form, lower_quantized_conv},
    XnnRow{Op::quantized_gemm, has_quantized_gemm_form, lower_quantized_gemm},
    XnnRow{Op::quantized_mean, has_quantized_mean_form, lower_quantized_mean},
    XnnRow{Op::quantized_reshape, has_quantized_reshape_form, lower_quantized_reshape},
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

bool is_on_bytes(Op op) noexcept {
    switch (op) {
    case Op::dequantize_linear:
    case Op::quantize_linear:
    case Op::quantized_add:
    case Op::quantized_conv:
    case Op::quantized_gemm:
    case Op::quantized_mean:
    case Op::quantized_reshape:
        return true;
    default:
        return false;
    }
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
    if (is_on_bytes(view.node.op)) {
        return row->has_form(view);
    }
    const std::size_t operands = data_operands(view.node);
    for (std::size_t i = 0; i < view.node.inputs.size(); ++i) {
        if (view.has_input(i) &&
            !(i < operands ? suits_xnnpack(view.input(i)) : view.input(i).constant != nullptr)) {
            return false;
        }
    }
    for (const onnx::ValueId id : view.node.outputs) {
        if (id != onnx::NO_VALUE && !suits_xnnpack(view.values[id])) {
            return false;
        }
    }
    return row->has_form(view);
}

} // namespace assay::runtime
