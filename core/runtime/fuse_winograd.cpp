// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Convolutions of 3x3 in Winograd's form, where that takes less time and not much memory.
#include "core/onnx/window.hpp"
#include "core/runtime/fast_winograd.hpp"
#include "core/runtime/fusion.hpp"

#include <array>
#include <limits>
#include <optional>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using onnx::NO_VALUE;
using onnx::Node;
using onnx::Op;
using onnx::Tensor;
using onnx::ValueId;

/// Constants of a node in FoldedConstants: BatchNormalization has made weights and bias.
constexpr std::size_t TRANSFORMED = 2;

/// With fewer channels or filters the transforms take what the products save.
constexpr std::int64_t LEAST_CHANNELS = 16;
/// Of larger weights reading them takes the time, and both forms are kept.
constexpr std::int64_t MOST_WEIGHTS = std::int64_t{256} * 256;
/// Multiply-accumulates of the convolution.
constexpr double LEAST_WORK = 1 << 20;

/// @return the window of a convolution of this form, if it is one.
std::optional<onnx::Window> window_of(const Fuser& fuser, const Node& conv) noexcept {
    const Tensor* weights = fuser.constant(conv.inputs[1]);
    const ValueId bias = optional_input(conv, 2);
    const Dims& x = fuser.value(conv.inputs[0]).dims;
    const Dims& y = fuser.value(conv.outputs[0]).dims;
    if (weights == nullptr || weights->type != ElementType::float32 || weights->is_released() ||
        (bias != NO_VALUE && fuser.constant(bias) == nullptr) || x.size() != 4 ||
        conv.attributes.integer("group", 1) != 1) {
        return std::nullopt;
    }
    const std::int64_t filters = weights->dims[0];
    const std::int64_t channels = weights->dims[1];
    if (channels < LEAST_CHANNELS || filters < LEAST_CHANNELS ||
        channels % static_cast<std::int64_t>(WINOGRAD_CHANNELS) != 0 ||
        filters % static_cast<std::int64_t>(WINOGRAD_FILTERS) != 0 ||
        channels * filters > MOST_WEIGHTS) {
        return std::nullopt;
    }
    const Result<onnx::Window> window = onnx::make_window(conv.attributes, std::span{x}.subspan(2),
                                                          std::span{weights->dims}.subspan(2));
    if (!window) {
        return std::nullopt;
    }
    for (std::size_t axis = 0; axis < 2; ++axis) {
        if (window->kernel[axis] != 3 || window->stride[axis] != 1 || window->dilation[axis] != 1 ||
            window->pad_begin[axis] < 0 || window->pad_begin[axis] > 2) {
            return std::nullopt;
        }
    }
    const double taps = 9.0 * static_cast<double>(channels);
    const bool pays = taps * static_cast<double>(onnx::element_count(y).value_or(0)) >= LEAST_WORK;
    return pays ? *window : std::optional<onnx::Window>{};
}

/// @return the transformed weights, or NO_VALUE.
ValueId transformed(Fuser& fuser, const Node& conv) noexcept {
    const Node& origin = fuser.origin(conv);
    ValueId made = fuser.known(origin, TRANSFORMED, std::array{conv.inputs[1]});
    if (made != NO_VALUE) {
        return made;
    }
    const Tensor& weights = *fuser.constant(conv.inputs[1]);
    const std::int64_t filters = weights.dims[0];
    const std::int64_t channels = weights.dims[1];
    constexpr auto EACH = static_cast<std::int64_t>(WINOGRAD_FILTERS);
    float* to = fuser.new_constant(
        {static_cast<std::int64_t>(WINOGRAD_PRODUCTS), filters / EACH, channels, EACH}, made);
    if (to == nullptr) {
        return NO_VALUE;
    }
    transform_filters(weights.as<float>().data(), static_cast<std::size_t>(filters),
                      static_cast<std::size_t>(channels), to);
    fuser.keep(origin, TRANSFORMED, std::array{made}, std::array{conv.inputs[1]});
    return made;
}

bool transform(Fuser& fuser, const Node& conv) noexcept {
    const std::optional<onnx::Window> window = window_of(fuser, conv);
    const ValueId weights = window ? transformed(fuser, conv) : NO_VALUE;
    if (weights == NO_VALUE) {
        return false;
    }
    onnx::Attribute pads;
    pads.name = "pads";
    pads.kind = onnx::AttributeKind::integers;
    pads.integers.assign(window->pad_begin.begin(), window->pad_begin.begin() + 2);
    fuser.replace(conv, Op::winograd_conv, conv.version,
                  {conv.inputs[0], weights, optional_input(conv, 2)}, {std::move(pads)});
    return true;
}

/// The clamp behind one.
bool join_bounds(Fuser& fuser, const Node& last) noexcept {
    const Node* conv = fuser.inner(last.inputs[0], Op::winograd_conv);
    float low = -std::numeric_limits<float>::infinity();
    float high = std::numeric_limits<float>::infinity();
    if (conv == nullptr || conv->attributes.items().size() != 1 ||
        !read_bounds(fuser, last, low, high)) {
        return false;
    }
    fuser.replace(
        last, Op::winograd_conv, conv->version, conv->inputs,
        {conv->attributes.items()[0], real_attribute("low", low), real_attribute("high", high)});
    return true;
}

} // namespace

bool fuse_winograd(Fuser& fuser, const Node& last) noexcept {
    if (last.op == Op::conv) {
        return transform(fuser, last);
    }
    return (last.op == Op::relu || last.op == Op::clip) && join_bounds(fuser, last);
}

} // namespace assay::runtime
