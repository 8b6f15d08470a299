// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Convolutions as loops: shapes, and which elements meet for one output.
#pragma once

#include "core/onnx/window.hpp"
#include "core/runtime/op_call.hpp"

#include <optional>

namespace assay::runtime {

struct ConvShape {
    onnx::Window window;
    onnx::Dims out;
    std::size_t batch = 0;
    std::size_t group = 1;
    std::size_t channels = 0; ///< of the input, in one group
    std::size_t filters = 0;  ///< in one group
};

/// Shape of a convolution with the attributes of the call, which fails when they do not fit.
[[nodiscard]] std::optional<ConvShape> conv_shape(OpCall& call, std::span<const std::int64_t> x,
                                                  std::span<const std::int64_t> w) noexcept;

/// Steps a position through a box in row-major order. @return false after the last one.
[[nodiscard]] bool advance(onnx::Window::Sizes& at, const onnx::Window::Sizes& box,
                           std::size_t rank) noexcept;

[[nodiscard]] std::size_t volume(const onnx::Window::Sizes& box, std::size_t rank) noexcept;

/// @return the offset in the input plane of one element of a window; −1 in the padding.
[[nodiscard]] std::int64_t tap_offset(const onnx::Window& window, const onnx::Window::Sizes& out,
                                      const onnx::Window::Sizes& kernel) noexcept;

/// Calls visit(output offset, filter, taps) for each output; taps(f) calls f(offset in x, offset in
/// w) for each pair that is multiplied.
template <typename Visit>
void for_each_window(const ConvShape& shape, Visit visit) noexcept {
    const onnx::Window& window = shape.window;
    const std::size_t in_plane = volume(window.in, window.rank);
    const std::size_t taps_count = volume(window.kernel, window.rank);
    const std::size_t filters = shape.group * shape.filters;
    std::size_t at = 0;
    if (volume(window.out, window.rank) == 0) {
        return;
    }
    for (std::size_t n = 0; n < shape.batch; ++n) {
        for (std::size_t f = 0; f < filters; ++f) {
            const std::size_t first_channel = f / shape.filters * shape.channels;
            onnx::Window::Sizes out{};
            do {
                visit(at++, f, [&](auto each) noexcept {
                    if (shape.channels == 0) { // then the kernel may be of any size
                        return;
                    }
                    onnx::Window::Sizes kernel{};
                    std::size_t k = 0;
                    do {
                        const std::int64_t offset = tap_offset(window, out, kernel);
                        for (std::size_t c = 0; offset >= 0 && c < shape.channels; ++c) {
                            each((n * shape.group * shape.channels + first_channel + c) * in_plane +
                                     static_cast<std::size_t>(offset),
                                 (f * shape.channels + c) * taps_count + k);
                        }
                        ++k;
                    } while (advance(kernel, window.kernel, window.rank));
                });
            } while (advance(out, window.out, window.rank));
        }
    }
}

} // namespace assay::runtime
