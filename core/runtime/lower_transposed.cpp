// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// ConvTranspose of two or one spatial dimensions (inference.md §2).
#include "core/runtime/lowering.hpp"

#include <array>
#include <limits>
#include <optional>

namespace assay::runtime {
namespace {

/// One spatial dimension.
struct Side {
    std::uint32_t kernel = 1;
    std::uint32_t stride = 1;
    std::uint32_t dilation = 1;
    std::uint32_t adjustment = 0; ///< outputs at the end that no input may reach
    std::uint32_t before = 0;     ///< outputs left out at the beginning
    std::uint32_t after = 0;
};

std::int64_t listed(const NodeView& view, const char* name, std::size_t index,
                    std::int64_t otherwise) noexcept {
    const auto list = view.node.attributes.integers(name);
    return index < list.size() ? list[index] : otherwise;
}

/// @return nothing for padding that is negative or follows from an output shape.
std::optional<Side> side_of(const NodeView& view, std::size_t index) noexcept {
    const std::size_t rank = view.input(0).dims.size() - 2;
    const std::int64_t kernel = view.input(1).dims[index + 2];
    const std::int64_t stride = listed(view, "strides", index, 1);
    const std::int64_t dilation = listed(view, "dilations", index, 1);
    const std::int64_t adjustment = listed(view, "output_padding", index, 0);
    const std::int64_t before = listed(view, "pads", index, 0);
    const std::int64_t after = listed(view, "pads", index + rank, 0);
    const std::int64_t size = stride * (view.input(0).dims[index + 2] - 1) + adjustment +
                              dilation * (kernel - 1) + 1 - before - after;
    if (before < 0 || after < 0 || adjustment < 0 || adjustment >= stride || kernel < 1 ||
        size != view.output(0).dims[index + 2]) {
        return std::nullopt;
    }
    const auto narrow = [](std::int64_t value) noexcept {
        return static_cast<std::uint32_t>(value);
    };
    return Side{narrow(kernel),     narrow(stride), narrow(dilation),
                narrow(adjustment), narrow(before), narrow(after)};
}

/// Height and width; one spatial dimension is the width.
std::optional<std::array<Side, 2>> sides_of(const NodeView& view) noexcept {
    const std::size_t rank = view.input(0).dims.size() - 2;
    if (rank > 2 || view.node.attributes.string("auto_pad", "NOTSET") != "NOTSET" ||
        !view.node.attributes.integers("output_shape").empty()) {
        return std::nullopt;
    }
    std::array<Side, 2> sides;
    for (std::size_t i = 0; i < rank; ++i) {
        const std::optional<Side> side = side_of(view, i);
        if (!side) {
            return std::nullopt;
        }
        sides[2 - rank + i] = *side;
    }
    return sides;
}

} // namespace

bool has_conv_transpose_form(const NodeView& view) noexcept {
    return view.input(1).constant != nullptr &&
           (!view.has_input(2) || view.input(2).constant != nullptr) && sides_of(view).has_value();
}

void lower_conv_transpose(Lowering& lowering, const NodeView& view) noexcept {
    const auto [height, width] = *sides_of(view);
    const auto groups = static_cast<std::size_t>(view.node.attributes.integer("group", 1));
    const onnx::Tensor& tensor = *view.input(1).constant;
    const std::size_t depth = static_cast<std::size_t>(tensor.dims[0]) / groups;
    const auto filters = static_cast<std::size_t>(tensor.dims[1]); // of a group
    const std::size_t taps = std::size_t{height.kernel} * width.kernel;
    const std::uint32_t from = lowering.channels_last(view.node.inputs[0]);
    std::uint32_t weights = XNN_INVALID_VALUE_ID;
    float* to = lowering.new_constant({groups * filters, height.kernel, width.kernel, depth},
                                      Keep::while_packing, weights);
    if (to != nullptr) {
        // Packed without a look at what is there, so it is written at once.
        lowering.name(to, view.node.inputs[1], CHANNELS_LAST);
        const float* old = tensor.as<float>().data(); // G·I, F, taps
        for (std::size_t g = 0; g < groups; ++g) {
            for (std::size_t i = 0; i < depth; ++i) {
                for (std::size_t f = 0; f < filters; ++f) {
                    for (std::size_t t = 0; t < taps; ++t) {
                        to[((g * filters + f) * taps + t) * depth + i] = *old++;
                    }
                }
            }
        }
    }
    const std::uint32_t bias =
        view.has_input(2) ? lowering.plain(view.node.inputs[2]) : XNN_INVALID_VALUE_ID;
    const std::uint32_t out = lowering.define_channels_last(view.node.outputs[0]);
    constexpr float INFINITE = std::numeric_limits<float>::infinity();
    if (lowering.ok()) {
        lowering.check(xnn_define_deconvolution_2d(
            lowering.subgraph(), height.before, width.after, height.after, width.before,
            height.adjustment, width.adjustment, height.kernel, width.kernel, height.stride,
            width.stride, height.dilation, width.dilation, static_cast<std::uint32_t>(groups),
            depth, filters, -INFINITE, INFINITE, from, weights, bias, out, 0));
    }
}

} // namespace assay::runtime
