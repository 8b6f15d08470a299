// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/not_a_number.hpp"

#include <algorithm>
#include <cmath>

namespace assay::runtime {
namespace {

using onnx::Op;

/// Of larger constants not every element is looked at; they count as anything.
constexpr std::size_t MAX_LOOKED_AT = 1024;

template <typename Is>
bool is_known_and_all(const onnx::ValueShape& shape, Is is) noexcept {
    const onnx::Tensor* constant = shape.constant;
    if (constant == nullptr || constant->type != onnx::ElementType::float32 ||
        constant->is_released() || constant->count() > MAX_LOOKED_AT) {
        return false;
    }
    const float* elements = constant->as<float>().data();
    return std::all_of(elements, elements + constant->count(), is);
}

} // namespace

bool may_leave_numbers(const NodeView& view) noexcept {
    switch (view.node.op) {
    case Op::acos:
    case Op::acosh:
    case Op::asin:
    case Op::atanh:
    case Op::attention:
    case Op::celu:
    case Op::group_normalization:
    case Op::instance_normalization:
    case Op::log:
    case Op::lp_normalization:
    case Op::lrn:
    case Op::mod:
    case Op::negative_log_likelihood_loss:
    case Op::reciprocal:
    case Op::reduce_log_sum:
    case Op::reduce_log_sum_exp:
    case Op::rms_normalization:
    case Op::softmax_cross_entropy_loss:
    case Op::sqrt:
    case Op::svm_regressor:
        return true;
    case Op::cast:
    case Op::cast_like:
        return view.input(0).type == onnx::ElementType::string;
    case Op::div:
        return !is_known_and_all(view.input(1), [](float divisor) { return divisor != 0; });
    case Op::pow:
        return !is_known_and_all(view.input(1), [](float exponent) {
            return exponent >= 0 && exponent == std::trunc(exponent);
        });
    default:
        return false;
    }
}

bool may_hide_nan(const onnx::Node& node) noexcept {
    switch (node.op) {
    case Op::abs:
    case Op::add:
    case Op::ceil:
    case Op::concat:
    case Op::conv:
    case Op::div:
    case Op::exp:
    case Op::flatten:
    case Op::floor:
    case Op::gemm:
    case Op::identity:
    case Op::log:
    case Op::matmul:
    case Op::mul:
    case Op::neg:
    case Op::reshape:
    case Op::round:
    case Op::slice:
    case Op::split:
    case Op::sqrt:
    case Op::squeeze:
    case Op::sub:
    case Op::transpose:
    case Op::unsqueeze: {
        // Bounds that fusion has put in.
        const std::span<const onnx::Attribute> attributes = node.attributes.items();
        return std::any_of(attributes.begin(), attributes.end(),
                           [](const onnx::Attribute& attribute) {
                               return attribute.name == "low" || attribute.name == "high" ||
                                      attribute.name == "min" || attribute.name == "max";
                           });
    }
    default:
        return true;
    }
}

} // namespace assay::runtime
