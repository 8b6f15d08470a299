// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Operators on bytes (inference.md §4): what fuse_quantized.cpp makes, and the conversions at
// their borders. Operands: x, scale, zero, weights, scale, zero, y scale, zero, bias.
#include "core/runtime/lowering.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace assay::runtime {
namespace {

using onnx::ElementType;
using onnx::NO_VALUE;
using onnx::ValueId;

constexpr std::size_t X = 0;
constexpr std::size_t WEIGHTS = 3;
constexpr std::size_t Y = 6;
constexpr std::size_t BIAS = 8;

ValueId optional_input(const NodeView& view, std::size_t index) noexcept {
    return index < view.node.inputs.size() ? view.node.inputs[index] : NO_VALUE;
}

/// The operand at @p index, held as the scale and the zero point after it say.
ValueId quantized_input(Lowering& lowering, const NodeView& view, std::size_t index) noexcept {
    const ValueId id = view.node.inputs[index];
    lowering.quantize(id, view.node.inputs[index + 1], optional_input(view, index + 2));
    return id;
}

ValueId quantized_output(Lowering& lowering, const NodeView& view, std::size_t scale) noexcept {
    const ValueId id = view.node.outputs[0];
    lowering.quantize(id, view.node.inputs[scale], optional_input(view, scale + 1));
    return id;
}

/// Scale of each filter times the input's.
std::vector<float> filter_scales(const NodeView& view, std::size_t filters) noexcept {
    const auto scales = view.input(WEIGHTS + 1).constant->as<float>();
    std::vector<float> out(filters);
    for (std::size_t o = 0; o < filters; ++o) {
        out[o] = scales[scales.size() == 1 ? 0 : o];
    }
    return out;
}

/// What is packed of a node depends on all of its operands.
std::uint64_t form_of(const NodeView& view, bool is_bias) noexcept {
    return OF_NODE | std::uint64_t{view.node.outputs[0]} << 1 | (is_bias ? 1U : 0U);
}

/// @return the weights, or an operand that is not the same for all shapes: then nor is the node.
ValueId least_lasting(const Lowering& lowering, const NodeView& view) noexcept {
    for (std::size_t i = 1; i < view.node.inputs.size(); ++i) {
        if (view.has_input(i) && !lowering.lasts(view.node.inputs[i])) {
            return view.node.inputs[i];
        }
    }
    return view.node.inputs[WEIGHTS];
}

/// Weights in @p dims; their order is changed by @p reorder(from, to), at once for a depthwise
/// convolution: XNNPACK packs those without a look at what is there.
template <typename Reorder>
std::uint32_t define_weights(Lowering& lowering, const NodeView& view, const XnnDims& dims,
                             bool is_depthwise, std::span<const float> scales,
                             Reorder reorder) noexcept {
    const onnx::Tensor& weights = *view.input(WEIGHTS).constant;
    const std::uint64_t form = form_of(view, false);
    const ValueId source = least_lasting(lowering, view);
    void* bytes = nullptr;
    if (is_depthwise) {
        bytes = lowering.allocate(weights.elements.size(), Keep::while_packing);
    } else {
        bytes = lowering.packed_later(source, form, [reorder, &weights](void* to) noexcept {
            reorder(weights.elements.data(), static_cast<std::uint8_t*>(to));
        });
    }
    auto* kept = static_cast<float*>(lowering.allocate(scales.size_bytes(), Keep::while_running));
    std::uint32_t id = XNN_INVALID_VALUE_ID;
    if (bytes == nullptr || kept == nullptr) {
        return id;
    }
    std::copy(scales.begin(), scales.end(), kept);
    if (is_depthwise) {
        lowering.name(bytes, source, form);
        reorder(weights.elements.data(), static_cast<std::uint8_t*>(bytes));
    }
    if (!lowering.ok()) {
        return id;
    }
    if (weights.type == ElementType::uint8) {
        const ValueId zero = optional_input(view, WEIGHTS + 2);
        const int z = zero == NO_VALUE ? 0 : view.values[zero].constant->as<std::uint8_t>()[0];
        lowering.check(xnn_define_quantized_tensor_value(lowering.subgraph(), xnn_datatype_quint8,
                                                         z, kept[0], dims.size(), dims.data(),
                                                         bytes, XNN_INVALID_VALUE_ID, 0, &id));
    } else {
        lowering.check(xnn_define_channelwise_quantized_tensor_value(
            lowering.subgraph(), xnn_datatype_qcint8, kept, dims.size(), is_depthwise ? 3 : 0,
            dims.data(), bytes, XNN_INVALID_VALUE_ID, 0, &id));
    }
    return id;
}

/// The bias in quanta of input scale · weight scale; zeros when there is none.
std::uint32_t define_bias(Lowering& lowering, const NodeView& view,
                          std::span<const float> scales) noexcept {
    const std::size_t count = scales.size();
    const float x_scale = view.input(X + 1).constant->as<float>()[0];
    auto* quanta = static_cast<std::int32_t*>(
        lowering.allocate(count * sizeof(std::int32_t), Keep::while_packing));
    auto* products =
        static_cast<float*>(lowering.allocate(count * sizeof(float), Keep::while_running));
    std::uint32_t id = XNN_INVALID_VALUE_ID;
    if (quanta == nullptr || products == nullptr) {
        return id;
    }
    lowering.name(quanta, least_lasting(lowering, view), form_of(view, true));
    for (std::size_t o = 0; o < count; ++o) {
        products[o] = x_scale * scales[o];
        const double real = view.has_input(BIAS)
                                ? static_cast<double>(view.input(BIAS).constant->as<float>()[o])
                                : 0.0;
        quanta[o] = static_cast<std::int32_t>(
            std::clamp(std::nearbyint(real / static_cast<double>(products[o])),
                       static_cast<double>(INT32_MIN), static_cast<double>(INT32_MAX)));
    }
    const XnnDims dims = {count};
    if (!lowering.ok()) {
        return id;
    }
    const bool is_unsigned = view.input(WEIGHTS).type == ElementType::uint8;
    lowering.check(is_unsigned ? xnn_define_quantized_tensor_value(
                                     lowering.subgraph(), xnn_datatype_qint32, 0, products[0], 1,
                                     dims.data(), quanta, XNN_INVALID_VALUE_ID, 0, &id)
                               : xnn_define_channelwise_quantized_tensor_value(
                                     lowering.subgraph(), xnn_datatype_qcint32, products, 1, 0,
                                     dims.data(), quanta, XNN_INVALID_VALUE_ID, 0, &id));
    return id;
}

/// QuantizeLinear and DequantizeLinear of one scale.
bool has_conversion(const NodeView& view, const onnx::ValueShape& bytes,
                    const onnx::ValueShape& reals) noexcept {
    const ValueId zero = optional_input(view, 2);
    const onnx::Tensor* scale = view.input(1).constant;
    return (bytes.type == ElementType::int8 || bytes.type == ElementType::uint8) &&
           reals.type == ElementType::float32 && bytes.constant == nullptr &&
           reals.dims.size() <= XNN_MAX_TENSOR_DIMS &&
           onnx::element_count(reals.dims).value_or(0) != 0 && scale != nullptr &&
           scale->type == ElementType::float32 && scale->count() == 1 &&
           (zero == NO_VALUE ||
            (view.values[zero].constant != nullptr && view.values[zero].constant->count() == 1));
}

void convert(Lowering& lowering, ValueId from, ValueId to) noexcept {
    const bool last = lowering.prefers_channels_last(from);
    const std::uint32_t x = last ? lowering.channels_last(from) : lowering.plain(from);
    const std::uint32_t y = last ? lowering.define_channels_last(to) : lowering.define_plain(to);
    if (lowering.ok()) {
        lowering.check(xnn_define_unary(lowering.subgraph(), xnn_unary_convert, nullptr, x, y, 0));
    }
}

bool has_places(const NodeView& view) noexcept {
    return onnx::element_count(view.output(0).dims).value_or(0) != 0 &&
           view.output(0).dims.size() <= XNN_MAX_TENSOR_DIMS;
}

} // namespace

bool has_quantize_form(const NodeView& view) noexcept {
    return has_conversion(view, view.output(0), view.input(0));
}

void lower_quantize(Lowering& lowering, const NodeView& view) noexcept {
    const ValueId to = quantized_output(lowering, view, 1);
    convert(lowering, view.node.inputs[0], to);
}

bool has_dequantize_form(const NodeView& view) noexcept {
    return has_conversion(view, view.input(0), view.output(0));
}

void lower_dequantize(Lowering& lowering, const NodeView& view) noexcept {
    convert(lowering, quantized_input(lowering, view, X), view.node.outputs[0]);
}

bool has_quantized_conv_form(const NodeView& view) noexcept {
    return has_places(view) && ConvForm{view, WEIGHTS}.window.has_value();
}

void lower_quantized_conv(Lowering& lowering, const NodeView& view) noexcept {
    const ConvForm form{view, WEIGHTS};
    const std::uint32_t x = lowering.channels_last(quantized_input(lowering, view, X));
    const std::vector<float> scales = filter_scales(view, form.filters);
    const std::uint32_t weights = define_weights(
        lowering, view, form.weight_dims, form.is_depthwise, scales,
        [form](const std::uint8_t* from, std::uint8_t* to) noexcept { form.reorder(from, to); });
    const std::uint32_t bias = define_bias(lowering, view, scales);
    form.define(lowering, x, weights, bias,
                lowering.define_channels_last(quantized_output(lowering, view, Y)));
}

bool has_quantized_gemm_form(const NodeView& view) noexcept {
    return has_places(view);
}

void lower_quantized_gemm(Lowering& lowering, const NodeView& view) noexcept {
    const bool transposed = view.node.attributes.integer("transB", 0) != 0;
    const std::uint32_t x = lowering.plain(quantized_input(lowering, view, X));
    const XnnDims from = xnn_dims(view.input(WEIGHTS).dims);
    const XnnDims dims = transposed ? from : XnnDims{from[1], from[0]};
    const std::vector<float> scales = filter_scales(view, dims[0]);
    const std::uint32_t weights =
        define_weights(lowering, view, dims, false, scales,
                       [transposed, dims](const std::uint8_t* old, std::uint8_t* to) noexcept {
                           for (std::size_t o = 0; o < dims[0]; ++o) {
                               for (std::size_t k = 0; k < dims[1]; ++k) {
                                   *to++ = transposed ? old[o * dims[1] + k] : old[k * dims[0] + o];
                               }
                           }
                       });
    const std::uint32_t bias = define_bias(lowering, view, scales);
    const std::uint32_t y = lowering.define_plain(quantized_output(lowering, view, Y));
    constexpr float INFINITE = std::numeric_limits<float>::infinity();
    if (lowering.ok()) {
        lowering.check(xnn_define_fully_connected(
            lowering.subgraph(), view.node.attributes.real("low", -INFINITE),
            view.node.attributes.real("high", INFINITE), x, weights, bias, y, 0));
    }
}

bool has_quantized_add_form(const NodeView& view) noexcept {
    return has_places(view);
}

void lower_quantized_add(Lowering& lowering, const NodeView& view) noexcept {
    const ValueId a = quantized_input(lowering, view, 0);
    const ValueId b = quantized_input(lowering, view, 3);
    const ValueId y = quantized_output(lowering, view, Y);
    const std::size_t rank = view.output(0).dims.size();
    const bool last = (rank == 3 || rank == 4) &&
                      (lowering.prefers_channels_last(a) || lowering.prefers_channels_last(b));
    const std::uint32_t left = last ? lowering.channels_last(a) : lowering.plain(a);
    const std::uint32_t right = last ? lowering.channels_last(b) : lowering.plain(b);
    const std::uint32_t out = last ? lowering.define_channels_last(y) : lowering.define_plain(y);
    if (lowering.ok()) {
        lowering.check(
            xnn_define_binary(lowering.subgraph(), xnn_binary_add, nullptr, left, right, out, 0));
    }
}

bool has_quantized_mean_form(const NodeView& view) noexcept {
    return has_places(view) && view.input(0).dims.size() == 4;
}

void lower_quantized_mean(Lowering& lowering, const NodeView& view) noexcept {
    const std::uint32_t x = lowering.channels_last(quantized_input(lowering, view, X));
    const std::uint32_t y = lowering.define_channels_last(quantized_output(lowering, view, 3));
    constexpr std::array<std::size_t, 2> AXES = {1, 2};
    if (lowering.ok()) {
        lowering.check(xnn_define_static_reduce(lowering.subgraph(), xnn_reduce_mean, AXES.size(),
                                                AXES.data(), x, y, XNN_FLAG_KEEP_DIMS));
    }
}

bool has_quantized_reshape_form(const NodeView& view) noexcept {
    return has_places(view);
}

void lower_quantized_reshape(Lowering& lowering, const NodeView& view) noexcept {
    const std::uint32_t x = lowering.plain(quantized_input(lowering, view, X));
    const std::uint32_t y = lowering.define_plain(quantized_output(lowering, view, 1));
    const XnnDims dims = xnn_dims(view.output(0).dims);
    if (lowering.ok()) {
        lowering.check(
            xnn_define_static_reshape(lowering.subgraph(), dims.size(), dims.data(), x, y, 0));
    }
}

} // namespace assay::runtime
