// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Patterns of quantised models (inference.md §4).
#include "core/runtime/fusion.hpp"
#include "core/runtime/integer_product.hpp"

#include <algorithm>
#include <limits>

namespace assay::runtime {
namespace {

using onnx::ElementType;
using onnx::NO_VALUE;
using onnx::Node;
using onnx::Op;
using onnx::Tensor;
using onnx::ValueId;

bool is_byte(ElementType type) noexcept {
    return type == ElementType::int8 || type == ElementType::uint8;
}

/// The byte at @p index of a zero point, which is 0 when it is left out and may be one for all.
int zero_at(const Fuser& fuser, ValueId id, std::size_t index) noexcept {
    const Tensor* zero = fuser.constant(id);
    if (zero == nullptr) {
        return 0;
    }
    const std::size_t at = zero->count() == 1 ? 0 : index;
    return zero->type == ElementType::int8 ? zero->as<std::int8_t>()[at]
                                           : zero->as<std::uint8_t>()[at];
}

/// Whether a QuantizeLinear or DequantizeLinear has one scale and zero point, both constant.
bool is_per_tensor(const Fuser& fuser, const Node& node) noexcept {
    const ValueId zero = optional_input(node, 2);
    return fuser.scalar(node.inputs[1]) &&
           (zero == NO_VALUE ||
            (fuser.constant(zero) != nullptr && fuser.constant(zero)->count() == 1)) &&
           is_byte(
               fuser.value(node.op == Op::quantize_linear ? node.outputs[0] : node.inputs[0]).type);
}

/// @return the DequantizeLinear of one scale that writes an activation, or null.
const Node* dequantized(const Fuser& fuser, ValueId id) noexcept {
    const Node* node = fuser.producer(id);
    return node != nullptr && node->op == Op::dequantize_linear && fuser.constant(id) == nullptr &&
                   is_per_tensor(fuser, *node)
               ? node
               : nullptr;
}

void append(std::vector<ValueId>& inputs, const Node& node, std::size_t first) noexcept {
    for (std::size_t i = first; i < 3; ++i) {
        inputs.push_back(optional_input(node, i));
    }
}

/// Whether signed weights are symmetric, or unsigned ones have one scale and zero point.
bool has_weight_form(const Fuser& fuser, const Node& weights, std::int64_t channels) noexcept {
    const Tensor* bytes = fuser.constant(weights.inputs[0]);
    const Tensor* scale = fuser.constant(weights.inputs[1]);
    if (bytes == nullptr || scale == nullptr || scale->type != ElementType::float32 ||
        !is_byte(bytes->type) || weights.attributes.integer("block_size", 0) != 0) {
        return false;
    }
    if (bytes->type == ElementType::uint8) {
        return scale->count() == 1;
    }
    if (scale->count() != 1 && static_cast<std::int64_t>(scale->count()) != channels) {
        return false;
    }
    for (std::size_t i = 0; i < scale->count(); ++i) {
        if (zero_at(fuser, optional_input(weights, 2), i) != 0) {
            return false;
        }
    }
    return true;
}

/// x, scale, zero, w, scale, zero, y scale, zero, bias: Conv or Gemm, and a bound, on bytes.
bool fuse_product(Fuser& fuser, const Node& last) noexcept {
    float low = -std::numeric_limits<float>::infinity();
    float high = std::numeric_limits<float>::infinity();
    const Node* product = fuser.producer(last.inputs[0]);
    if (product != nullptr && (product->op == Op::relu || product->op == Op::clip) &&
        fuser.is_inner(last.inputs[0])) {
        if (!read_bounds(fuser, *product, low, high)) {
            return false;
        }
        const ValueId inside = product->inputs[0];
        product = fuser.is_inner(inside) ? fuser.producer(inside) : nullptr;
    } else if (!fuser.is_inner(last.inputs[0])) {
        return false;
    }
    if (product == nullptr || (product->op != Op::conv && product->op != Op::gemm)) {
        return false;
    }
    const bool is_conv = product->op == Op::conv;
    const Node* x = dequantized(fuser, product->inputs[0]);
    const Node* w = fuser.producer(product->inputs[1]);
    const ValueId bias = optional_input(*product, 2);
    if (x == nullptr || w == nullptr || w->op != Op::dequantize_linear ||
        (bias != NO_VALUE && fuser.constant(bias) == nullptr)) {
        return false;
    }
    const onnx::Dims& dims = fuser.value(product->inputs[1]).dims;
    const bool transposed = product->attributes.integer("transB", 0) != 0;
    const std::size_t axis = is_conv || transposed ? 0 : 1;
    const auto declared = onnx::normalize_axis(w->attributes.integer("axis", 1), dims.size());
    const Tensor* scale = fuser.constant(w->inputs[1]);
    if (!has_weight_form(fuser, *w, dims[axis]) || (scale->count() != 1 && declared != axis) ||
        product->attributes.integer("transA", 0) != 0 ||
        product->attributes.real("alpha", 1) != 1 || product->attributes.real("beta", 1) != 1 ||
        (!is_conv && bias != NO_VALUE &&
         static_cast<std::int64_t>(fuser.constant(bias)->count()) != dims[axis])) {
        return false;
    }
    std::vector<ValueId> inputs;
    append(inputs, *x, 0);
    append(inputs, *w, 0);
    append(inputs, last, 1);
    inputs.push_back(bias);
    const auto items = product->attributes.items();
    std::vector<onnx::Attribute> attributes(items.begin(), items.end());
    attributes.push_back(real_attribute("low", low));
    attributes.push_back(real_attribute("high", high));
    fuser.replace(last, is_conv ? Op::quantized_conv : Op::quantized_gemm, product->version,
                  std::move(inputs), std::move(attributes));
    return true;
}

/// a, scale, zero, b, scale, zero, y scale, zero; and a mean: x, scale, zero, y scale, zero.
bool fuse_elements(Fuser& fuser, const Node& last) noexcept {
    const Node* node = fuser.is_inner(last.inputs[0]) ? fuser.producer(last.inputs[0]) : nullptr;
    if (node == nullptr || (node->op != Op::add && node->op != Op::global_average_pool)) {
        return false;
    }
    std::vector<ValueId> inputs;
    for (const ValueId id : node->inputs) {
        const Node* x = dequantized(fuser, id);
        if (x == nullptr ||
            (node->op == Op::add && fuser.value(id).dims != fuser.value(last.outputs[0]).dims)) {
            return false;
        }
        append(inputs, *x, 0);
    }
    append(inputs, last, 1);
    fuser.replace(last, node->op == Op::add ? Op::quantized_add : Op::quantized_mean, node->version,
                  std::move(inputs), {});
    return true;
}

/// Elements that move between equal scales move as bytes.
bool fuse_reshape(Fuser& fuser, const Node& last) noexcept {
    const Node* node = fuser.is_inner(last.inputs[0]) ? fuser.producer(last.inputs[0]) : nullptr;
    if (node == nullptr || (node->op != Op::flatten && node->op != Op::reshape &&
                            node->op != Op::squeeze && node->op != Op::unsqueeze)) {
        return false;
    }
    const Node* x = dequantized(fuser, node->inputs[0]);
    if (x == nullptr || *fuser.scalar(x->inputs[1]) != *fuser.scalar(last.inputs[1]) ||
        zero_at(fuser, optional_input(*x, 2), 0) != zero_at(fuser, optional_input(last, 2), 0) ||
        fuser.value(x->inputs[0]).type != fuser.value(last.outputs[0]).type) {
        return false;
    }
    std::vector<ValueId> inputs;
    append(inputs, *x, 0);
    fuser.replace(last, Op::quantized_reshape, node->version, std::move(inputs), {});
    return true;
}

/// Whether weight − zero point is a signed byte for all weights of a column.
bool fits_signed(const Fuser& fuser, ValueId weights, ValueId zero) noexcept {
    const Tensor& bytes = *fuser.constant(weights);
    const auto columns = static_cast<std::size_t>(bytes.dims[1]);
    for (std::size_t i = 0; i < bytes.count(); ++i) {
        const int value = bytes.type == ElementType::int8
                              ? bytes.as<std::int8_t>()[i]
                              : static_cast<int>(bytes.as<std::uint8_t>()[i]);
        const int distance = value - zero_at(fuser, zero, i % columns);
        if (distance < -128 || distance > 127) {
            return false;
        }
    }
    return true;
}

} // namespace

/// float(MatMulInteger(x, W)) · (x scale · W scale), and then a bias: x, scale, zero, W, scale,
/// zero, bias.
bool fuse_integer_matmul(Fuser& fuser, const Node& last) noexcept {
    if (last.op == Op::add) {
        for (std::size_t i = 0; i < 2; ++i) {
            const Node* product = fuser.inner(last.inputs[i], Op::integer_matmul);
            const Tensor* bias = fuser.constant(last.inputs[1 - i]);
            if (product == nullptr || product->inputs.size() != 6 || bias == nullptr ||
                bias->type != ElementType::float32 || bias->dims.size() != 1 ||
                bias->dims[0] != fuser.value(product->inputs[3]).dims[1]) {
                continue;
            }
            std::vector<ValueId> inputs = product->inputs;
            inputs.push_back(last.inputs[1 - i]);
            fuser.replace(last, Op::integer_matmul, product->version, std::move(inputs), {});
            return true;
        }
        return false;
    }
    for (std::size_t i = 0; last.op == Op::mul && i < 2; ++i) {
        const Node* cast = fuser.inner(last.inputs[i], Op::cast);
        const Node* scales = fuser.inner(last.inputs[1 - i], Op::mul);
        const Node* product =
            cast == nullptr ? nullptr : fuser.inner(cast->inputs[0], Op::matmul_integer);
        if (product == nullptr || scales == nullptr ||
            fuser.value(last.outputs[0]).type != ElementType::float32 ||
            fuser.value(product->inputs[0]).type != ElementType::uint8) {
            continue;
        }
        const Tensor* w = fuser.constant(product->inputs[1]);
        const std::size_t x_scale = fuser.other_operand(
            *scales, [&fuser](ValueId id) { return fuser.constant(id) != nullptr; });
        if (w == nullptr || w->dims.size() != 2 || w->count() == 0 || x_scale > 1 ||
            !IntegerWeights::fits(static_cast<std::uint64_t>(w->dims[0]),
                                  static_cast<std::uint64_t>(w->dims[1]))) {
            continue;
        }
        const Tensor& w_scale = *fuser.constant(scales->inputs[1 - x_scale]);
        const ValueId w_zero = optional_input(*product, 3);
        const auto columns = static_cast<std::size_t>(w->dims[1]);
        if (fuser.value(scales->inputs[x_scale]).type != ElementType::float32 ||
            onnx::element_count(fuser.value(scales->inputs[x_scale]).dims) != 1 ||
            w_scale.type != ElementType::float32 ||
            (w_scale.count() != 1 &&
             (w_scale.count() != columns || w_scale.dims.back() != w->dims[1])) ||
            (w_zero != NO_VALUE && fuser.constant(w_zero) == nullptr) ||
            !fits_signed(fuser, product->inputs[1], w_zero) ||
            (optional_input(*product, 2) != NO_VALUE &&
             onnx::element_count(fuser.value(product->inputs[2]).dims) != 1)) {
            continue;
        }
        fuser.replace(last, Op::integer_matmul, product->version,
                      {product->inputs[0], scales->inputs[x_scale], optional_input(*product, 2),
                       product->inputs[1], scales->inputs[1 - x_scale], w_zero},
                      {});
        return true;
    }
    return false;
}

bool fuse_quantized(Fuser& fuser, const Node& last) noexcept {
    return last.op == Op::quantize_linear && is_per_tensor(fuser, last) &&
           fuser.value(last.inputs[0]).type == ElementType::float32 &&
           (fuse_product(fuser, last) || fuse_elements(fuser, last) || fuse_reshape(fuser, last));
}

} // namespace assay::runtime
