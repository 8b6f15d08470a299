// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The sliding window that convolution and pooling share: kernel, strides, dilations and padding of
// every spatial dimension, with auto_pad and ceil_mode resolved (operators Conv, MaxPool and
// AveragePool of the ONNX operator documentation).
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/graph.hpp"
#include "core/onnx/limits.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::onnx {

/// Per spatial dimension, in the order of the tensor; only the first `rank` entries count.
struct Window {
    static constexpr std::size_t MAX_SPATIAL = MAX_RANK - 2;
    using Sizes = std::array<std::int64_t, MAX_SPATIAL>;

    std::size_t rank = 0;
    Sizes in{};
    Sizes out{};
    Sizes kernel{};
    Sizes stride{};
    Sizes dilation{};
    Sizes pad_begin{}; ///< may be negative: the input is cropped
    Sizes pad_end{};

    /// Elements from the first to the last that one window touches.
    [[nodiscard]] std::int64_t extent(std::size_t axis) const noexcept {
        return (kernel[axis] - 1) * dilation[axis] + 1;
    }
};

/// @param in      spatial dimensions of the input; an UNKNOWN one makes its `out` UNKNOWN
/// @param kernel  spatial dimensions of the weights; empty for pooling (kernel_shape is required)
/// @return ONNX_MALFORMED for attributes of the wrong length or value, ONNX_SHAPE where the window
///   does not fit the input or the weights, ONNX_UNSUPPORTED_ATTRIBUTE for another auto_pad,
///   ONNX_LIMIT for dimensions from 2^31 on. The errors have no path.
[[nodiscard]] Result<Window> make_window(const Attributes& attributes,
                                         std::span<const std::int64_t> in,
                                         std::span<const std::int64_t> kernel) noexcept;

} // namespace assay::onnx
