// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/lowering.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::runtime {
namespace {

using onnx::Op;
using onnx::ValueId;
using onnx::ValueShape;

xnn_binary_operator binary_operator(Op op) noexcept {
    switch (op) {
    case Op::add:
        return xnn_binary_add;
    case Op::sub:
        return xnn_binary_subtract;
    case Op::mul:
        return xnn_binary_multiply;
    default:
        return xnn_binary_divide;
    }
}

/// @return @p id as an operand beside a channels-last tensor of @p dims, if it can be one.
bool fits_channels_last(const Lowering& lowering, ValueId id,
                        std::span<const std::int64_t> dims) noexcept {
    const ValueShape& shape = lowering.value(id);
    const bool same = std::equal(shape.dims.begin(), shape.dims.end(), dims.begin(), dims.end());
    return same || *onnx::element_count(shape.dims) == 1 || shape.constant != nullptr;
}

/// A constant of lower rank in channels-last order: [C,1,1] becomes [1,1,1,C].
std::uint32_t operand(Lowering& lowering, ValueId id, std::size_t rank) noexcept {
    const ValueShape& shape = lowering.value(id);
    if (shape.dims.size() == rank) {
        return lowering.channels_last(id);
    }
    if (shape.constant == nullptr || *onnx::element_count(shape.dims) == 1) {
        return lowering.plain(id); // one element: any order
    }
    onnx::Dims full(rank, 1);
    std::copy_backward(shape.dims.begin(), shape.dims.end(), full.end());
    const XnnDims nhwc = channels_last_dims(full);
    const std::size_t pixels = nhwc[1] * nhwc[2];
    std::uint32_t defined = XNN_INVALID_VALUE_ID;
    float* to = lowering.new_constant(nhwc, Keep::while_running, defined);
    const float* from = shape.constant->as<float>().data();
    for (std::size_t pixel = 0; to != nullptr && pixel < pixels; ++pixel) {
        for (std::size_t c = 0; c < nhwc[3]; ++c) {
            *to++ = from[c * pixels + pixel]; // a lower rank has no batch
        }
    }
    return defined;
}

} // namespace

bool has_arithmetic_form(const NodeView&) noexcept {
    return true;
}

void lower_arithmetic(Lowering& lowering, const NodeView& view) noexcept {
    const ValueId a = view.node.inputs[0];
    const ValueId b = view.node.inputs[1];
    const ValueId y = view.node.outputs[0];
    const onnx::Dims& dims = view.output(0).dims;
    const bool any = lowering.prefers_channels_last(a) || lowering.prefers_channels_last(b);
    const bool spatial = dims.size() == 3 || dims.size() == 4;
    const bool last = any && spatial && fits_channels_last(lowering, a, dims) &&
                      fits_channels_last(lowering, b, dims);
    const std::uint32_t left = last ? operand(lowering, a, dims.size()) : lowering.plain(a);
    const std::uint32_t right = last ? operand(lowering, b, dims.size()) : lowering.plain(b);
    const std::uint32_t out = last ? lowering.define_channels_last(y) : lowering.define_plain(y);
    if (lowering.ok()) {
        lowering.check(xnn_define_binary(lowering.subgraph(), binary_operator(view.node.op),
                                         nullptr, left, right, out, 0));
    }
}

bool has_activation_form(const NodeView&) noexcept {
    return true;
}

void lower_activation(Lowering& lowering, const NodeView& view) noexcept {
    const ValueId x = view.node.inputs[0];
    const bool last = lowering.prefers_channels_last(x);
    const std::uint32_t from = last ? lowering.channels_last(x) : lowering.plain(x);
    const std::uint32_t to = last ? lowering.define_channels_last(view.node.outputs[0])
                                  : lowering.define_plain(view.node.outputs[0]);
    // XNNPACK moves the clamp into the operator that writes `from` when nothing else reads it.
    xnn_unary_params params{};
    params.clamp.min = 0;
    params.clamp.max = std::numeric_limits<float>::infinity();
    const xnn_unary_operator type = view.node.op == Op::relu      ? xnn_unary_clamp
                                    : view.node.op == Op::sigmoid ? xnn_unary_sigmoid
                                                                  : xnn_unary_tanh;
    if (lowering.ok()) {
        lowering.check(xnn_define_unary(lowering.subgraph(), type,
                                        view.node.op == Op::relu ? &params : nullptr, from, to, 0));
    }
}

bool has_softmax_form(const NodeView& view) noexcept {
    const onnx::Dims& dims = view.input(0).dims;
    const std::int64_t axis = view.node.attributes.integer("axis", view.node.version < 13 ? 1 : -1);
    return !dims.empty() && onnx::normalize_axis(axis, dims.size()) == dims.size() - 1;
}

void lower_softmax(Lowering& lowering, const NodeView& view) noexcept {
    const std::uint32_t from = lowering.plain(view.node.inputs[0]);
    const std::uint32_t to = lowering.define_plain(view.node.outputs[0]);
    if (lowering.ok()) {
        lowering.check(xnn_define_softmax(lowering.subgraph(), from, to, 0));
    }
}

bool has_batch_normalization_form(const NodeView& view) noexcept {
    for (std::size_t i = 1; i < 5; ++i) {
        if (view.input(i).constant == nullptr) {
            return false;
        }
    }
    return view.input(0).dims.size() >= 2;
}

void lower_batch_normalization(Lowering& lowering, const NodeView& view) noexcept {
    const ValueId x = view.node.inputs[0];
    const onnx::Dims& dims = view.input(0).dims;
    const bool last = lowering.prefers_channels_last(x);
    const auto channels = static_cast<std::size_t>(dims[1]);
    // y = x · factor + offset, per channel.
    XnnDims shape(last ? 1 : dims.size() - 1, 1);
    shape.front() = channels;
    std::uint32_t factors = XNN_INVALID_VALUE_ID;
    std::uint32_t offsets = XNN_INVALID_VALUE_ID;
    float* factor = lowering.new_constant(shape, Keep::while_running, factors);
    float* offset = lowering.new_constant(shape, Keep::while_running, offsets);
    const auto epsilon = static_cast<double>(view.node.attributes.real("epsilon", 1e-5F));
    const auto parameter = [&view](std::size_t input, std::size_t channel) noexcept {
        return static_cast<double>(view.input(input).constant->as<float>()[channel]);
    };
    for (std::size_t c = 0; factor != nullptr && offset != nullptr && c < channels; ++c) {
        const double scale = parameter(1, c) / std::sqrt(parameter(4, c) + epsilon);
        factor[c] = static_cast<float>(scale);
        offset[c] = static_cast<float>(parameter(2, c) - parameter(3, c) * scale);
    }
    const std::uint32_t from = last ? lowering.channels_last(x) : lowering.plain(x);
    const std::uint32_t scaled =
        lowering.temporary(last ? channels_last_dims(dims) : xnn_dims(dims));
    const std::uint32_t to = last ? lowering.define_channels_last(view.node.outputs[0])
                                  : lowering.define_plain(view.node.outputs[0]);
    if (lowering.ok()) {
        lowering.check(xnn_define_binary(lowering.subgraph(), xnn_binary_multiply, nullptr, from,
                                         factors, scaled, 0));
        lowering.check(xnn_define_binary(lowering.subgraph(), xnn_binary_add, nullptr, scaled,
                                         offsets, to, 0));
    }
}

bool has_reshape_form(const NodeView&) noexcept {
    return true;
}

void lower_reshape(Lowering& lowering, const NodeView& view) noexcept {
    const std::uint32_t from = lowering.plain(view.node.inputs[0]);
    const std::uint32_t to = lowering.define_plain(view.node.outputs[0]);
    const XnnDims dims = xnn_dims(view.output(0).dims);
    if (lowering.ok()) {
        lowering.check(
            xnn_define_static_reshape(lowering.subgraph(), dims.size(), dims.data(), from, to, 0));
    }
}

} // namespace assay::runtime
