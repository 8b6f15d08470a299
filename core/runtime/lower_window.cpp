// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/window.hpp"
#include "core/runtime/lowering.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace assay::runtime {
namespace {

using onnx::Op;
using onnx::Window;

/// Elements of a pooling window.
constexpr std::int64_t MAX_TAPS = 1 << 18;

constexpr float INFINITE = std::numeric_limits<float>::infinity();

/// Padding at the end so that rounding down gives as many outputs as the window has.
std::int64_t end_padding(const Window& window, std::size_t axis) noexcept {
    const std::int64_t needed = (window.out[axis] - 1) * window.stride[axis] + window.extent(axis) -
                                window.in[axis] - window.pad_begin[axis];
    return std::max<std::int64_t>(needed, 0);
}

/// @return nothing for other ranks, for cropping, which XNNPACK does not have, and for sizes with
///   their padding that its 32 bits may not hold.
std::optional<Window2d> window_2d(const Window& window) noexcept {
    if (window.rank > 2) {
        return std::nullopt;
    }
    for (std::size_t axis = 0; axis < window.rank; ++axis) {
        const std::int64_t after = std::max(window.pad_end[axis], end_padding(window, axis));
        if (window.pad_begin[axis] < 0 || window.pad_end[axis] < 0 ||
            window.in[axis] + window.pad_begin[axis] + after >
                std::numeric_limits<std::int32_t>::max()) {
            return std::nullopt;
        }
    }
    const auto size = [](std::int64_t value) noexcept { return static_cast<std::uint32_t>(value); };
    Window2d out;
    const std::size_t width = window.rank - 1;
    out.kernel_width = size(window.kernel[width]);
    out.stride_width = size(window.stride[width]);
    out.dilation_width = size(window.dilation[width]);
    out.left = size(window.pad_begin[width]);
    out.right = size(end_padding(window, width));
    if (window.rank == 2) {
        out.kernel_height = size(window.kernel[0]);
        out.stride_height = size(window.stride[0]);
        out.dilation_height = size(window.dilation[0]);
        out.top = size(window.pad_begin[0]);
        out.bottom = size(end_padding(window, 0));
    }
    return out;
}

Window window_of(const NodeView& view, std::span<const std::int64_t> kernel) noexcept {
    return *onnx::make_window(view.node.attributes, std::span{view.input(0).dims}.subspan(2),
                              kernel);
}

/// XNNPACK replaces padding by the nearest element of the input, which is in the same window only
/// when nothing is skipped and each window touches the input.
bool padding_is_neutral(const Window& window, std::size_t axis) noexcept {
    const std::int64_t end = end_padding(window, axis);
    if (window.pad_begin[axis] == 0 && end == 0) {
        return true;
    }
    return window.dilation[axis] == 1 && window.pad_begin[axis] < window.kernel[axis] &&
           (window.out[axis] - 1) * window.stride[axis] < window.in[axis] + window.pad_begin[axis];
}

} // namespace

ConvForm::ConvForm(const NodeView& view, std::size_t weights) noexcept
    : groups{static_cast<std::uint32_t>(view.node.attributes.integer("group", 1))},
      channels{static_cast<std::uint32_t>(view.input(0).dims[1])},
      filters{static_cast<std::uint32_t>(view.output(0).dims[1])},
      // Also one channel and one filter: XNNPACK runs them so, whatever they are defined as.
      is_depthwise{groups == channels && (groups > 1 || filters == 1)},
      low{view.node.attributes.real("low", -INFINITE)}, high{view.node.attributes.real("high",
                                                                                       INFINITE)} {
    if (view.input(0).dims.size() > 4) {
        return;
    }
    window = window_2d(window_of(view, std::span{view.input(weights).dims}.subspan(2)));
    if (window) {
        const XnnDims taps = {window->kernel_height, window->kernel_width};
        weight_dims = is_depthwise
                          ? XnnDims{1, taps[0], taps[1], filters}
                          : XnnDims{filters, taps[0], taps[1], std::size_t{channels} / groups};
    }
}

void ConvForm::define(Lowering& lowering, std::uint32_t from, std::uint32_t weights,
                      std::uint32_t bias, std::uint32_t to) const noexcept {
    if (!lowering.ok()) {
        return;
    }
    if (is_depthwise) {
        lowering.check(xnn_define_depthwise_convolution_2d(
            lowering.subgraph(), window->top, window->right, window->bottom, window->left,
            window->kernel_height, window->kernel_width, window->stride_height,
            window->stride_width, window->dilation_height, window->dilation_width,
            filters / channels, channels, low, high, from, weights, bias, to, 0));
    } else {
        lowering.check(xnn_define_convolution_2d(
            lowering.subgraph(), window->top, window->right, window->bottom, window->left,
            window->kernel_height, window->kernel_width, window->stride_height,
            window->stride_width, window->dilation_height, window->dilation_width, groups,
            channels / groups, filters / groups, low, high, from, weights, bias, to, 0));
    }
}

bool has_conv_form(const NodeView& view) noexcept {
    const bool fixed = view.input(1).constant != nullptr &&
                       (!view.has_input(2) || view.input(2).constant != nullptr);
    return fixed && ConvForm{view, 1}.window.has_value();
}

/// The weights in XNNPACK's order: written down when they are packed, and then forgotten.
static std::uint32_t conv_weights(Lowering& lowering, const NodeView& view,
                                  const ConvForm& form) noexcept {
    const onnx::ValueId id = view.node.inputs[1];
    const onnx::Tensor& tensor = *view.input(1).constant;
    if (form.window->kernel_height * form.window->kernel_width == 1 && !form.is_depthwise) {
        return lowering.constant(form.weight_dims, lowering.address(id)); // no order to change
    }
    if (form.is_depthwise) { // packed without a look at what is there
        std::uint32_t defined = XNN_INVALID_VALUE_ID;
        float* to = lowering.new_constant(form.weight_dims, Keep::while_packing, defined);
        if (to != nullptr) {
            lowering.name(to, id, DEPTHWISE);
            form.reorder(tensor.as<float>().data(), to);
        }
        return defined;
    }
    const void* const place =
        lowering.packed_later(id, CHANNELS_LAST, [form, &tensor](void* to) noexcept {
            form.reorder(tensor.as<float>().data(), static_cast<float*>(to));
        });
    return place == nullptr ? XNN_INVALID_VALUE_ID : lowering.constant(form.weight_dims, place);
}

void lower_conv(Lowering& lowering, const NodeView& view) noexcept {
    const ConvForm form{view, 1};
    const std::uint32_t from = lowering.channels_last(view.node.inputs[0]);
    const std::uint32_t weights = conv_weights(lowering, view, form);
    const std::uint32_t bias =
        view.has_input(2) ? lowering.plain(view.node.inputs[2]) : XNN_INVALID_VALUE_ID;
    form.define(lowering, from, weights, bias, lowering.define_channels_last(view.node.outputs[0]));
}

bool has_pool_form(const NodeView& view) noexcept {
    if (view.node.outputs.size() > 1 && view.node.outputs[1] != onnx::NO_VALUE) {
        return false; // Indices
    }
    const Window window = window_of(view, {});
    if (!window_2d(window)) {
        return false;
    }
    const bool average = view.node.op == Op::average_pool;
    const bool include_pad = view.node.attributes.integer("count_include_pad", 0) != 0;
    std::int64_t taps = 1;
    for (std::size_t axis = 0; axis < window.rank; ++axis) {
        taps *= std::min(window.kernel[axis], MAX_TAPS + 1);
        const bool pads = window.pad_begin[axis] != 0 || end_padding(window, axis) != 0;
        // XNNPACK keeps addresses for the rows of windows at the top and for those at the bottom,
        // and takes them for as many different ones.
        const auto touching = [stride = window.stride[axis]](std::int64_t padding) noexcept {
            return padding / stride + (padding % stride == 0 ? 0 : 1);
        };
        const bool overlaps =
            touching(window.pad_begin[axis]) + touching(end_padding(window, axis)) >
            window.out[axis];
        if (!padding_is_neutral(window, axis) || window.stride[axis] > window.kernel[axis] ||
            (average && (window.dilation[axis] != 1 || overlaps || (include_pad && pads)))) {
            return false;
        }
    }
    // XNNPACK calls a window of one element meaningless, and keeps an address for each element.
    return taps > 1 && taps <= MAX_TAPS;
}

void lower_pool(Lowering& lowering, const NodeView& view) noexcept {
    const Window2d window = *window_2d(window_of(view, {}));
    const std::uint32_t from = lowering.channels_last(view.node.inputs[0]);
    const std::uint32_t to = lowering.define_channels_last(view.node.outputs[0]);
    if (!lowering.ok()) {
        return;
    }
    if (view.node.op == Op::max_pool) {
        lowering.check(xnn_define_max_pooling_2d(
            lowering.subgraph(), window.top, window.right, window.bottom, window.left,
            window.kernel_height, window.kernel_width, window.stride_height, window.stride_width,
            window.dilation_height, window.dilation_width, -INFINITE, INFINITE, from, to, 0));
    } else {
        lowering.check(xnn_define_average_pooling_2d(
            lowering.subgraph(), window.top, window.right, window.bottom, window.left,
            window.kernel_height, window.kernel_width, window.stride_height, window.stride_width,
            -INFINITE, INFINITE, from, to, 0));
    }
}

bool has_global_average_pool_form(const NodeView& view) noexcept {
    return view.input(0).dims.size() > 2;
}

void lower_global_average_pool(Lowering& lowering, const NodeView& view) noexcept {
    const onnx::ValueId x = view.node.inputs[0];
    const bool last = lowering.prefers_channels_last(x);
    const std::uint32_t from = last ? lowering.channels_last(x) : lowering.plain(x);
    const std::uint32_t to = last ? lowering.define_channels_last(view.node.outputs[0])
                                  : lowering.define_plain(view.node.outputs[0]);
    constexpr std::array<std::size_t, 4> PLAIN_AXES = {2, 3, 4, 5};
    constexpr std::array<std::size_t, 2> CHANNELS_LAST_AXES = {1, 2};
    if (lowering.ok()) {
        lowering.check(xnn_define_static_reduce(
            lowering.subgraph(), xnn_reduce_mean, last ? 2 : view.input(0).dims.size() - 2,
            last ? CHANNELS_LAST_AXES.data() : PLAIN_AXES.data(), from, to, XNN_FLAG_KEEP_DIMS));
    }
}

} // namespace assay::runtime
