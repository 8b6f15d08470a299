// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/lowering.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::Op;
using onnx::ValueId;
using onnx::ValueShape;

constexpr float INFINITE = std::numeric_limits<float>::infinity();

xnn_binary_operator binary_operator(Op op) noexcept {
    switch (op) {
    case Op::add:
        return xnn_binary_add;
    case Op::sub:
        return xnn_binary_subtract;
    case Op::mul:
        return xnn_binary_multiply;
    case Op::max:
        return xnn_binary_maximum;
    case Op::min:
        return xnn_binary_minimum;
    case Op::prelu:
        return xnn_binary_prelu;
    default:
        return xnn_binary_divide;
    }
}

/// @return the only element of a constant, or nothing.
std::optional<float> scalar(const ValueShape& shape) noexcept {
    if (shape.constant == nullptr || shape.type != onnx::ElementType::float32 ||
        shape.constant->count() != 1) {
        return std::nullopt;
    }
    return shape.constant->as<float>()[0];
}

/// An operand-wise operator in whichever layout its operand has.
void lower_unary(Lowering& lowering, const NodeView& view, xnn_unary_operator type,
                 const xnn_unary_params* params) noexcept {
    const ValueId x = view.node.inputs[0];
    const bool last = lowering.prefers_channels_last(x);
    const std::uint32_t from = last ? lowering.channels_last(x) : lowering.plain(x);
    const std::uint32_t to = last ? lowering.define_channels_last(view.node.outputs[0])
                                  : lowering.define_plain(view.node.outputs[0]);
    if (lowering.ok()) {
        lowering.check(xnn_define_unary(lowering.subgraph(), type, params, from, to, 0));
    }
}

/// The bounds of a Clip, nothing when they are not known.
std::optional<std::pair<float, float>> clip_bounds(const NodeView& view) noexcept {
    std::pair<float, float> bounds{view.node.attributes.real("min", -INFINITE),
                                   view.node.attributes.real("max", INFINITE)};
    for (std::size_t i = 1; i < 3; ++i) {
        if (view.has_input(i)) {
            const std::optional<float> bound = scalar(view.input(i));
            if (!bound) {
                return std::nullopt;
            }
            (i == 1 ? bounds.first : bounds.second) = *bound;
        }
    }
    return bounds;
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

bool has_any_form(const NodeView&) noexcept {
    return true;
}

bool has_arithmetic_form(const NodeView& view) noexcept {
    if (view.node.op == Op::pow) { // squares and square roots
        const std::optional<float> exponent = scalar(view.input(1));
        return exponent && (*exponent == 2 || *exponent == 0.5F) &&
               view.input(0).dims.size() == view.output(0).dims.size();
    }
    return view.node.inputs.size() == 2;
}

void lower_arithmetic(Lowering& lowering, const NodeView& view) noexcept {
    if (view.node.op == Op::pow) {
        const bool squares = *scalar(view.input(1)) == 2;
        return lower_unary(lowering, view, squares ? xnn_unary_square : xnn_unary_square_root,
                           nullptr);
    }
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

bool has_activation_form(const NodeView& view) noexcept {
    const onnx::Attributes& attributes = view.node.attributes;
    switch (view.node.op) {
    case Op::clip: {
        const auto bounds = clip_bounds(view);
        return bounds && bounds->first < bounds->second;
    }
    case Op::elu:
        return attributes.real("alpha", 1) > 0 && std::isfinite(attributes.real("alpha", 1));
    case Op::gelu:
        return attributes.string("approximate", "none") == "none";
    case Op::leaky_relu: // XNNPACK multiplies what is positive too
        return std::isfinite(attributes.real("alpha", 0.01F));
    default:
        return true;
    }
}

void lower_activation(Lowering& lowering, const NodeView& view) noexcept {
    const onnx::Attributes& attributes = view.node.attributes;
    xnn_unary_params params{};
    const auto lower = [&](xnn_unary_operator type) noexcept {
        lower_unary(lowering, view, type, &params);
    };
    switch (view.node.op) {
    case Op::abs:
        return lower(xnn_unary_abs);
    case Op::ceil:
        return lower(xnn_unary_ceiling);
    case Op::clip:
        std::tie(params.clamp.min, params.clamp.max) = *clip_bounds(view);
        return lower(xnn_unary_clamp);
    case Op::elu:
        params.elu.alpha = attributes.real("alpha", 1);
        return lower(xnn_unary_elu);
    case Op::floor:
        return lower(xnn_unary_floor);
    case Op::gelu:
        return lower(xnn_unary_gelu);
    case Op::hard_swish:
        return lower(xnn_unary_hardswish);
    case Op::leaky_relu:
        params.leaky_relu.negative_slope = attributes.real("alpha", 0.01F);
        return lower(xnn_unary_leaky_relu);
    case Op::log:
        return lower(xnn_unary_log);
    case Op::neg:
        return lower(xnn_unary_negate);
    case Op::relu:
        // XNNPACK moves the clamp into the operator in front when nothing else reads that.
        params.clamp.min = 0;
        params.clamp.max = INFINITE;
        return lower(xnn_unary_clamp);
    case Op::round:
        return lower(xnn_unary_bankers_rounding);
    case Op::sigmoid:
        return lower(xnn_unary_sigmoid);
    case Op::sqrt:
        return lower(xnn_unary_square_root);
    default:
        return lower(xnn_unary_tanh);
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

} // namespace assay::runtime
