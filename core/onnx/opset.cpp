// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/opset.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace assay::onnx {
namespace {

using enum AttributeKind;

constexpr std::array ARITHMETIC_VERSIONS = {1, 6, 7, 13, 14};
constexpr std::array RELU_VERSIONS = {1, 6, 13, 14};
constexpr std::array UNARY_VERSIONS = {1, 6, 13};
constexpr std::array AVERAGE_POOL_VERSIONS = {1, 7, 10, 11, 19, 22};
constexpr std::array BATCH_NORM_VERSIONS = {1, 6, 7, 9, 14, 15};
constexpr std::array CONSTANT_VERSIONS = {1, 9, 11, 12, 13, 19, 21, 23, 24, 25};
constexpr std::array CONV_VERSIONS = {1, 11, 22};
constexpr std::array FLATTEN_VERSIONS = {1, 9, 11, 13, 21, 23, 24, 25};
constexpr std::array GEMM_VERSIONS = {1, 6, 7, 9, 11, 13};
constexpr std::array GLOBAL_POOL_VERSIONS = {1, 22};
constexpr std::array IDENTITY_VERSIONS = {1, 13, 14, 16, 19, 21, 23, 24, 25};
constexpr std::array MATMUL_VERSIONS = {1, 9, 13};
constexpr std::array MAX_POOL_VERSIONS = {1, 8, 10, 11, 12, 22};
constexpr std::array RESHAPE_VERSIONS = {1, 5, 13, 14, 19, 21, 23, 24, 25};
constexpr std::array SOFTMAX_VERSIONS = {1, 11, 13};

constexpr std::array AVERAGE_POOL_ATTRIBUTES = {
    AttributeRule{"auto_pad", string},
    AttributeRule{"ceil_mode", integer, 10},
    AttributeRule{"count_include_pad", integer, 7},
    AttributeRule{"dilations", integers, 19},
    AttributeRule{"kernel_shape", integers},
    AttributeRule{"pads", integers},
    AttributeRule{"strides", integers},
};
constexpr std::array BATCH_NORM_ATTRIBUTES = {
    AttributeRule{"epsilon", real},
    AttributeRule{"momentum", real},
    AttributeRule{"spatial", integer},
    AttributeRule{"training_mode", integer, 14},
};
constexpr std::array CONSTANT_ATTRIBUTES = {
    AttributeRule{"value", tensor},
    AttributeRule{"sparse_value", sparse_tensor, 11},
    AttributeRule{"value_float", real, 12},
    AttributeRule{"value_floats", reals, 12},
    AttributeRule{"value_int", integer, 12},
    AttributeRule{"value_ints", integers, 12},
    AttributeRule{"value_string", string, 12},
    AttributeRule{"value_strings", strings, 12},
};
constexpr std::array CONV_ATTRIBUTES = {
    AttributeRule{"auto_pad", string}, AttributeRule{"dilations", integers},
    AttributeRule{"group", integer},   AttributeRule{"kernel_shape", integers},
    AttributeRule{"pads", integers},   AttributeRule{"strides", integers},
};
constexpr std::array AXIS_ATTRIBUTES = {AttributeRule{"axis", integer}};
constexpr std::array GEMM_ATTRIBUTES = {
    AttributeRule{"alpha", real},
    AttributeRule{"beta", real},
    AttributeRule{"transA", integer},
    AttributeRule{"transB", integer},
};
constexpr std::array MAX_POOL_ATTRIBUTES = {
    AttributeRule{"auto_pad", string},        AttributeRule{"ceil_mode", integer, 10},
    AttributeRule{"dilations", integers, 10}, AttributeRule{"kernel_shape", integers},
    AttributeRule{"pads", integers},          AttributeRule{"storage_order", integer, 8},
    AttributeRule{"strides", integers},
};
constexpr std::array RESHAPE_ATTRIBUTES = {AttributeRule{"allowzero", integer, 14}};

/// In the order of Op.
constexpr std::array SCHEMAS = {
    OpSchema{Op::add, "Add", ARITHMETIC_VERSIONS, 7, 2, 2, 1, {}, infer_arithmetic},
    OpSchema{Op::average_pool, "AveragePool", AVERAGE_POOL_VERSIONS, 7, 1, 1, 1,
             AVERAGE_POOL_ATTRIBUTES, infer_pool},
    OpSchema{Op::batch_normalization, "BatchNormalization", BATCH_NORM_VERSIONS, 7, 5, 5, 5,
             BATCH_NORM_ATTRIBUTES, infer_batch_normalization},
    OpSchema{Op::constant, "Constant", CONSTANT_VERSIONS, 1, 0, 0, 1, CONSTANT_ATTRIBUTES,
             infer_constant},
    OpSchema{Op::conv, "Conv", CONV_VERSIONS, 1, 2, 3, 1, CONV_ATTRIBUTES, infer_conv},
    OpSchema{Op::div, "Div", ARITHMETIC_VERSIONS, 7, 2, 2, 1, {}, infer_arithmetic},
    OpSchema{Op::flatten, "Flatten", FLATTEN_VERSIONS, 1, 1, 1, 1, AXIS_ATTRIBUTES, infer_flatten},
    OpSchema{Op::gemm, "Gemm", GEMM_VERSIONS, 7, 2, 3, 1, GEMM_ATTRIBUTES, infer_gemm},
    OpSchema{Op::global_average_pool,
             "GlobalAveragePool",
             GLOBAL_POOL_VERSIONS,
             1,
             1,
             1,
             1,
             {},
             infer_global_pool},
    OpSchema{Op::identity, "Identity", IDENTITY_VERSIONS, 1, 1, 1, 1, {}, infer_identity},
    OpSchema{Op::matmul, "MatMul", MATMUL_VERSIONS, 1, 2, 2, 1, {}, infer_matmul},
    OpSchema{Op::max_pool, "MaxPool", MAX_POOL_VERSIONS, 1, 1, 1, 2, MAX_POOL_ATTRIBUTES,
             infer_pool},
    OpSchema{Op::mul, "Mul", ARITHMETIC_VERSIONS, 7, 2, 2, 1, {}, infer_arithmetic},
    OpSchema{Op::relu, "Relu", RELU_VERSIONS, 6, 1, 1, 1, {}, infer_activation},
    OpSchema{Op::reshape, "Reshape", RESHAPE_VERSIONS, 5, 2, 2, 1, RESHAPE_ATTRIBUTES,
             infer_reshape},
    OpSchema{Op::sigmoid, "Sigmoid", UNARY_VERSIONS, 6, 1, 1, 1, {}, infer_activation},
    OpSchema{Op::softmax, "Softmax", SOFTMAX_VERSIONS, 1, 1, 1, 1, AXIS_ATTRIBUTES, infer_softmax},
    OpSchema{Op::sub, "Sub", ARITHMETIC_VERSIONS, 7, 2, 2, 1, {}, infer_arithmetic},
    OpSchema{Op::tanh, "Tanh", UNARY_VERSIONS, 6, 1, 1, 1, {}, infer_activation},
};

constexpr bool follows_op() {
    for (std::size_t i = 0; i < SCHEMAS.size(); ++i) {
        if (static_cast<std::size_t>(SCHEMAS[i].op) != i) {
            return false;
        }
    }
    return true;
}
static_assert(follows_op(), "SCHEMAS must be in the order of Op");

} // namespace

const OpSchema* find_schema(std::string_view name) noexcept {
    const auto found = std::find_if(SCHEMAS.begin(), SCHEMAS.end(),
                                    [name](const OpSchema& row) { return row.name == name; });
    return found == SCHEMAS.end() ? nullptr : &*found;
}

const OpSchema& schema(Op op) noexcept {
    return SCHEMAS[static_cast<std::size_t>(op)];
}

Result<int> choose_version(const OpSchema& schema, std::int64_t opset) noexcept {
    if (opset > NEWEST_OPSET) {
        return ErrorCode::ONNX_UNSUPPORTED_OPSET;
    }
    int version = 0;
    for (const int candidate : schema.versions) {
        if (candidate <= opset) {
            version = candidate;
        }
    }
    if (version < schema.oldest) {
        return ErrorCode::ONNX_UNSUPPORTED_OPSET;
    }
    return version;
}

} // namespace assay::onnx
