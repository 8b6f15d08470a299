// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/window.hpp"

#include <algorithm>

namespace assay::onnx {
namespace {

enum class AutoPad : std::uint8_t { explicit_pads, valid, same_upper, same_lower };

/// Larger attribute values fit no tensor and would overflow the arithmetic below.
constexpr std::int64_t MAX_SIZE = (std::int64_t{1} << 31) - 1;

std::optional<AutoPad> auto_pad(std::string_view text) noexcept {
    if (text == "NOTSET" || text.empty()) {
        return AutoPad::explicit_pads;
    }
    if (text == "VALID") {
        return AutoPad::valid;
    }
    if (text == "SAME_UPPER") {
        return AutoPad::same_upper;
    }
    if (text == "SAME_LOWER") {
        return AutoPad::same_lower;
    }
    return std::nullopt;
}

/// Copies a list attribute over @p out; an absent list leaves it as it is.
bool copy_sizes(std::span<const std::int64_t> list, std::span<std::int64_t> out,
                std::int64_t smallest) noexcept {
    if (list.empty()) {
        return true;
    }
    if (list.size() != out.size() ||
        std::any_of(list.begin(), list.end(),
                    [smallest](std::int64_t size) { return size < smallest || size > MAX_SIZE; })) {
        return false;
    }
    std::copy(list.begin(), list.end(), out.begin());
    return true;
}

/// SAME: as many outputs as the strides leave, the padding split evenly.
void pad_same(Window& window, std::size_t axis, AutoPad mode) noexcept {
    const std::int64_t in = window.in[axis];
    const std::int64_t stride = window.stride[axis];
    const std::int64_t out = (in + stride - 1) / stride;
    const std::int64_t total =
        std::max<std::int64_t>((out - 1) * stride + window.extent(axis) - in, 0);
    const std::int64_t small = total / 2;
    window.out[axis] = out;
    window.pad_begin[axis] = mode == AutoPad::same_upper ? small : total - small;
    window.pad_end[axis] = total - window.pad_begin[axis];
}

/// @return false when the window does not fit.
bool count_positions(Window& window, std::size_t axis, bool ceil_mode) noexcept {
    const std::int64_t padded = window.in[axis] + window.pad_begin[axis] + window.pad_end[axis];
    const std::int64_t room = padded - window.extent(axis);
    const std::int64_t stride = window.stride[axis];
    // Rounded up, a window may also be longer than what it has room in.
    std::int64_t out = 0;
    if (room >= 0) {
        out = (ceil_mode ? room + stride - 1 : room) / stride + 1;
    } else if (ceil_mode && window.in[axis] > 0) {
        out = std::max<std::int64_t>(1 - -room / stride, 0);
    }
    // One that would start in the padding at the end is left out.
    if (ceil_mode && out > 0 && (out - 1) * stride >= window.in[axis] + window.pad_begin[axis]) {
        out -= room % stride == 0 ? 0 : 1;
    }
    window.out[axis] = out;
    return out > 0 || window.in[axis] == 0; // no element, no window
}

} // namespace

Result<Window> make_window(const Attributes& attributes, std::span<const std::int64_t> in,
                           std::span<const std::int64_t> kernel) noexcept {
    Window window;
    window.rank = in.size();
    if (in.empty() || in.size() > Window::MAX_SPATIAL) {
        return ErrorCode::ONNX_SHAPE;
    }
    const auto too_large = [](std::int64_t size) { return size > MAX_SIZE; };
    if (std::any_of(in.begin(), in.end(), too_large) ||
        std::any_of(kernel.begin(), kernel.end(), too_large)) {
        return ErrorCode::ONNX_LIMIT; // possible beside a dimension of 0
    }
    const std::size_t rank = in.size();
    std::copy(in.begin(), in.end(), window.in.begin());
    window.stride.fill(1);
    window.dilation.fill(1);

    const std::span<const std::int64_t> kernel_shape = attributes.integers("kernel_shape");
    if (kernel.empty() && kernel_shape.empty()) {
        return ErrorCode::ONNX_MALFORMED;
    }
    std::copy(kernel.begin(), kernel.end(), window.kernel.begin());
    std::array<std::int64_t, 2 * Window::MAX_SPATIAL> pads{};
    const std::span<std::int64_t> all_pads = std::span{pads}.first(2 * rank);
    if (!copy_sizes(kernel_shape, std::span{window.kernel}.first(rank), 1) ||
        !copy_sizes(attributes.integers("strides"), std::span{window.stride}.first(rank), 1) ||
        !copy_sizes(attributes.integers("dilations"), std::span{window.dilation}.first(rank), 1) ||
        !copy_sizes(attributes.integers("pads"), all_pads, -MAX_SIZE)) {
        return ErrorCode::ONNX_MALFORMED;
    }
    if (!kernel.empty() && !std::equal(kernel.begin(), kernel.end(), window.kernel.begin())) {
        return ErrorCode::ONNX_SHAPE; // kernel_shape contradicts the weights
    }
    const std::optional<AutoPad> mode = auto_pad(attributes.string("auto_pad", "NOTSET"));
    if (!mode) {
        return ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE;
    }
    const bool ceil_mode = attributes.integer("ceil_mode", 0) != 0;
    for (std::size_t axis = 0; axis < rank; ++axis) {
        if (window.kernel[axis] < 1) {
            return ErrorCode::ONNX_SHAPE;
        }
        if (*mode == AutoPad::explicit_pads) {
            window.pad_begin[axis] = pads[axis];
            window.pad_end[axis] = pads[rank + axis];
        }
        if (window.in[axis] == UNKNOWN) {
            window.out[axis] = UNKNOWN;
        } else if (*mode == AutoPad::same_upper || *mode == AutoPad::same_lower) {
            pad_same(window, axis, *mode);
        } else if (!count_positions(window, axis, ceil_mode)) {
            return ErrorCode::ONNX_SHAPE;
        }
    }
    return window;
}

} // namespace assay::onnx
