// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/window_walk.hpp"

namespace assay::runtime {

std::optional<ConvShape> conv_shape(OpCall& call, std::span<const std::int64_t> x,
                                    std::span<const std::int64_t> w) noexcept {
    const std::int64_t group = call.integer("group", 1);
    if (x.size() < 3 || w.size() != x.size() || group < 1 || x[1] % group != 0 ||
        w[0] % group != 0 || x[1] / group != w[1]) {
        call.fail_shape();
        return std::nullopt;
    }
    const Result<onnx::Window> window =
        onnx::make_window(call.attributes(), x.subspan(2), w.subspan(2));
    if (!window) {
        if (window.error().code == ErrorCode::ONNX_SHAPE) {
            call.fail_shape();
        } else {
            call.fail(window.error().code, "window");
        }
        return std::nullopt;
    }
    ConvShape shape;
    shape.window = *window;
    shape.batch = static_cast<std::size_t>(x[0]);
    shape.group = static_cast<std::size_t>(group);
    shape.channels = static_cast<std::size_t>(w[1]);
    shape.filters = static_cast<std::size_t>(w[0] / group);
    shape.out = {x[0], w[0]};
    shape.out.insert(shape.out.end(), window->out.begin(),
                     window->out.begin() + static_cast<std::ptrdiff_t>(window->rank));
    return shape;
}

bool advance(onnx::Window::Sizes& at, const onnx::Window::Sizes& box, std::size_t rank) noexcept {
    for (std::size_t axis = rank; axis-- > 0;) {
        if (++at[axis] < box[axis]) {
            return true;
        }
        at[axis] = 0;
    }
    return false;
}

std::size_t volume(const onnx::Window::Sizes& box, std::size_t rank) noexcept {
    std::size_t product = 1;
    for (std::size_t axis = 0; axis < rank; ++axis) {
        product *= static_cast<std::size_t>(box[axis]);
    }
    return product;
}

std::int64_t tap_offset(const onnx::Window& window, const onnx::Window::Sizes& out,
                        const onnx::Window::Sizes& kernel) noexcept {
    std::int64_t offset = 0;
    for (std::size_t axis = 0; axis < window.rank; ++axis) {
        const std::int64_t at = out[axis] * window.stride[axis] +
                                kernel[axis] * window.dilation[axis] - window.pad_begin[axis];
        if (at < 0 || at >= window.in[axis]) {
            return -1;
        }
        offset = offset * window.in[axis] + at;
    }
    return offset;
}

} // namespace assay::runtime
