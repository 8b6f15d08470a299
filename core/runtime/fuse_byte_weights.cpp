// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Weights that are only stored as bytes or halves of bytes: DequantizeLinear of a constant, read by
// a product of floats.
#include "core/runtime/byte_product.hpp"
#include "core/runtime/fusion.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::ElementType;
using onnx::NO_VALUE;
using onnx::Node;
using onnx::Op;
using onnx::Tensor;
using onnx::ValueId;

/// Smaller products are as fast with floats.
constexpr std::uint64_t MIN_WEIGHTS = 4096;

bool is_stored_small(ElementType type) noexcept {
    return type == ElementType::int8 || type == ElementType::uint8 || type == ElementType::int4 ||
           type == ElementType::uint4;
}

/// Whether weight − zero point is a signed byte for every weight and every zero point.
bool fits_signed(const Tensor& weights, const Tensor* zero) noexcept {
    if (zero == nullptr) {
        return weights.type != ElementType::uint8;
    }
    int least = 0;
    int most = 0;
    for (std::size_t i = 0; i < zero->count(); ++i) {
        least = i == 0 ? stored_byte(*zero, i) : std::min(least, stored_byte(*zero, i));
        most = i == 0 ? stored_byte(*zero, i) : std::max(most, stored_byte(*zero, i));
    }
    for (std::size_t i = 0; i < weights.count(); ++i) {
        const int value = stored_byte(weights, i);
        if (value - most < INT8_MIN || value - least > INT8_MAX) {
            return false;
        }
    }
    return true;
}

/// Whether there is one scale for all, one a column, or one a block of rows of a column.
bool has_scale_form(const Fuser& fuser, const Node& dequantize, bool transposed) noexcept {
    const Tensor& weights = *fuser.constant(dequantize.inputs[0]);
    const Tensor* scale = fuser.constant(dequantize.inputs[1]);
    if (scale == nullptr || scale->type != ElementType::float32) {
        return false;
    }
    const std::size_t depth = transposed ? 1 : 0;
    const std::int64_t axis = dequantize.attributes.integer("axis", 1);
    const std::size_t at = onnx::normalize_axis(axis, 2).value_or(2);
    if (const std::int64_t block = dequantize.attributes.integer("block_size", 0); block != 0) {
        return at == depth && scale->dims.size() == 2 &&
               scale->dims[1 - depth] == weights.dims[1 - depth] &&
               scale->dims[depth] * block == weights.dims[depth];
    }
    return scale->count() == 1 ||
           (at == 1 - depth && scale->dims.size() == 1 && scale->dims[0] == weights.dims[at]);
}

/// @return the DequantizeLinear that writes a product's weights, or null.
const Node* stored_weights(const Fuser& fuser, const Node& product, bool transposed) noexcept {
    const Node* dequantize = fuser.producer(product.inputs[1]);
    if (dequantize == nullptr || dequantize->op != Op::dequantize_linear) {
        return nullptr;
    }
    const Tensor* weights = fuser.constant(dequantize->inputs[0]);
    const ValueId zero = dequantize->inputs.size() > 2 ? dequantize->inputs[2] : NO_VALUE;
    const bool fits =
        weights != nullptr && is_stored_small(weights->type) && weights->dims.size() == 2 &&
        weights->count() >= MIN_WEIGHTS && has_scale_form(fuser, *dequantize, transposed) &&
        (zero == NO_VALUE ||
         (fuser.constant(zero) != nullptr &&
          fuser.constant(zero)->count() == fuser.constant(dequantize->inputs[1])->count())) &&
        fits_signed(*weights, fuser.constant(zero));
    return fits ? dequantize : nullptr;
}

/// @return whether @p id holds one float a column; then it is a bias.
bool is_bias(const Fuser& fuser, ValueId id, std::int64_t columns) noexcept {
    const Tensor* bias = fuser.constant(id);
    return bias != nullptr && bias->type == ElementType::float32 && !bias->dims.empty() &&
           bias->dims.back() == columns && static_cast<std::int64_t>(bias->count()) == columns;
}

bool replace(Fuser& fuser, const Node& last, const Node& product, ValueId bias,
             bool transposed) noexcept {
    const Node* stored = stored_weights(fuser, product, transposed);
    const Node* before = fuser.producer(product.inputs[0]);
    if (before != nullptr && before->op == Op::dequantize_linear) {
        return false; // bytes on both sides are a matter of fuse_quantized
    }
    if (stored == nullptr || fuser.value(product.inputs[0]).type != ElementType::float32 ||
        fuser.constant(product.inputs[0]) != nullptr) {
        return false;
    }
    const ValueId zero = stored->inputs.size() > 2 ? stored->inputs[2] : NO_VALUE;
    fuser.replace(last, Op::byte_weight_matmul, product.version,
                  {product.inputs[0], stored->inputs[0], stored->inputs[1], zero, bias},
                  {integer_attribute("transB", transposed ? 1 : 0)});
    return true;
}

} // namespace

/// MatMul, or Gemm of no factors; an Add of one value a column joins what was made of a MatMul.
bool fuse_byte_weights(Fuser& fuser, const Node& last) noexcept {
    if ((last.op != Op::matmul && last.op != Op::gemm && last.op != Op::add) ||
        fuser.value(last.outputs[0]).type != ElementType::float32) {
        return false;
    }
    if (last.op == Op::matmul && last.inputs.size() == 2) {
        return replace(fuser, last, last, NO_VALUE, false);
    }
    if (last.op == Op::gemm) {
        const bool transposed = last.attributes.integer("transB", 0) != 0;
        const ValueId c = last.inputs.size() > 2 ? last.inputs[2] : NO_VALUE;
        return last.attributes.integer("transA", 0) == 0 && last.attributes.real("alpha", 1) == 1 &&
               last.attributes.real("beta", 1) == 1 &&
               (c == NO_VALUE || is_bias(fuser, c, fuser.value(last.outputs[0]).dims.back())) &&
               replace(fuser, last, last, c, transposed);
    }
    for (std::size_t i = 0; last.op == Op::add && i < 2; ++i) {
        const Node* product = fuser.inner(last.inputs[i], Op::byte_weight_matmul);
        if (product != nullptr && product->inputs[4] == NO_VALUE &&
            fuser.value(last.inputs[i]).dims == fuser.value(last.outputs[0]).dims &&
            is_bias(fuser, last.inputs[1 - i], fuser.value(last.outputs[0]).dims.back())) {
            std::vector<ValueId> inputs = product->inputs;
            inputs[4] = last.inputs[1 - i];
            const auto items = product->attributes.items();
            fuser.replace(last, Op::byte_weight_matmul, product->version, std::move(inputs),
                          {items.begin(), items.end()});
            return true;
        }
    }
    return false;
}

} // namespace assay::runtime
