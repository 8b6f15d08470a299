// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/window.hpp"
#include "core/runtime/kernel.hpp"
#include "core/runtime/window_walk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::runtime {
namespace {

using onnx::Window;
using Position = Window::Sizes;

/// Where one element of the kernel lies for one output position.
struct Tap {
    bool inside = true; ///< an element of the input
    bool padded = true; ///< an element of the input or of its explicit padding
    std::size_t offset = 0;
    std::int64_t column_major = 0; ///< offset with the first dimension running fastest
};

Tap tap(const Window& window, const Position& out, const Position& kernel) noexcept {
    Tap result;
    std::int64_t offset = 0;
    std::int64_t column_step = 1;
    for (std::size_t axis = 0; axis < window.rank; ++axis) {
        const std::int64_t at = out[axis] * window.stride[axis] +
                                kernel[axis] * window.dilation[axis] - window.pad_begin[axis];
        result.inside = result.inside && at >= 0 && at < window.in[axis];
        result.padded = result.padded && at >= -window.pad_begin[axis] &&
                        at < window.in[axis] + window.pad_end[axis];
        offset = offset * window.in[axis] + at;
        result.column_major += at * column_step;
        column_step *= window.in[axis];
    }
    result.offset = static_cast<std::size_t>(offset);
    return result;
}

/// The shape rule has accepted the same attributes and dimensions.
Window window_of(const KernelCall& call, std::span<const std::int64_t> kernel) noexcept {
    return *onnx::make_window(call.node.attributes, call.inputs[0].dims.subspan(2), kernel);
}

/// Calls @p pool(plane, position, to) for every output element of every channel.
template <typename Pool>
void for_each_output(const KernelCall& call, const Window& window, Pool pool) noexcept {
    const std::span<const std::int64_t> dims = call.outputs[0].dims;
    const std::size_t planes =
        static_cast<std::size_t>(dims[0]) * static_cast<std::size_t>(dims[1]);
    const std::size_t positions = volume(window.out, window.rank);
    if (positions == 0) {
        return;
    }
    std::size_t to = 0;
    for (std::size_t plane = 0; plane < planes; ++plane) {
        Position at{};
        do {
            pool(plane, at, to++);
        } while (advance(at, window.out, window.rank));
    }
}

template <typename T>
void max_pool(const KernelCall& call) noexcept {
    const Window window = window_of(call, {});
    const std::size_t plane_size = volume(window.in, window.rank);
    const bool column_major = call.node.attributes.integer("storage_order", 0) != 0;
    for_each_output(call, window, [&](std::size_t plane, const Position& at, std::size_t to) {
        const T* from = call.inputs[0].as<T>() + plane * plane_size;
        T largest = std::numeric_limits<T>::has_infinity ? -std::numeric_limits<T>::infinity()
                                                         : std::numeric_limits<T>::lowest();
        std::int64_t index = 0;
        bool found = false;
        Position kernel{};
        do {
            const Tap here = tap(window, at, kernel);
            // The negated comparison lets a NaN through, and keeps it.
            if (here.inside && (!found || !(from[here.offset] <= largest)) && largest == largest) {
                largest = from[here.offset];
                index = column_major ? here.column_major : static_cast<std::int64_t>(here.offset);
                found = true;
            }
        } while (advance(kernel, window.kernel, window.rank));
        call.outputs[0].as<T>()[to] = largest;
        if (call.has_output(1)) {
            call.outputs[1].as<std::int64_t>()[to] =
                static_cast<std::int64_t>(plane * plane_size) + index;
        }
    });
}

} // namespace

void run_conv(const KernelCall& call) noexcept {
    const TensorRef& x = call.inputs[0];
    const TensorRef& w = call.inputs[1];
    const Window window = window_of(call, w.dims.subspan(2));
    const auto groups = static_cast<std::size_t>(call.node.attributes.integer("group", 1));
    const auto filters = static_cast<std::size_t>(w.dims[0]);
    const auto depth = static_cast<std::size_t>(w.dims[1]); // input channels of one group
    const std::size_t in_size = volume(window.in, window.rank);
    const std::size_t kernel_size = volume(window.kernel, window.rank);
    for_each_output(call, window, [&](std::size_t plane, const Position& at, std::size_t to) {
        const std::size_t filter = plane % filters;
        const std::size_t first_channel =
            plane / filters * groups * depth + filter / (filters / groups) * depth;
        double sum =
            call.has_input(2) ? static_cast<double>(call.inputs[2].as<float>()[filter]) : 0;
        if (depth == 0) { // then the kernel may be of any size
            call.outputs[0].as<float>()[to] = static_cast<float>(sum);
            return;
        }
        Position kernel{};
        std::size_t weight = filter * depth * kernel_size;
        do {
            const Tap here = tap(window, at, kernel);
            for (std::size_t c = 0; here.inside && c < depth; ++c) {
                sum += static_cast<double>(
                           x.as<float>()[(first_channel + c) * in_size + here.offset]) *
                       static_cast<double>(w.as<float>()[weight + c * kernel_size]);
            }
            ++weight;
        } while (advance(kernel, window.kernel, window.rank));
        call.outputs[0].as<float>()[to] = static_cast<float>(sum);
    });
}

void run_max_pool(const KernelCall& call) noexcept {
    switch (call.inputs[0].type) {
    case onnx::ElementType::int8:
        return max_pool<std::int8_t>(call);
    case onnx::ElementType::uint8:
        return max_pool<std::uint8_t>(call);
    default:
        return max_pool<float>(call);
    }
}

void run_average_pool(const KernelCall& call) noexcept {
    const Window window = window_of(call, {});
    const std::size_t plane_size = volume(window.in, window.rank);
    const bool include_pad = call.node.attributes.integer("count_include_pad", 0) != 0;
    for_each_output(call, window, [&](std::size_t plane, const Position& at, std::size_t to) {
        const float* from = call.inputs[0].as<float>() + plane * plane_size;
        double sum = 0;
        std::size_t count = 0;
        Position kernel{};
        do {
            const Tap here = tap(window, at, kernel);
            sum += here.inside ? static_cast<double>(from[here.offset]) : 0;
            count += here.inside || (include_pad && here.padded) ? 1 : 0;
        } while (advance(kernel, window.kernel, window.rank));
        call.outputs[0].as<float>()[to] = static_cast<float>(sum / static_cast<double>(count));
    });
}

void run_global_average_pool(const KernelCall& call) noexcept {
    const TensorRef& x = call.inputs[0];
    const std::size_t planes = call.outputs[0].count();
    const std::size_t size = planes == 0 ? 0 : x.count() / planes;
    const float* from = x.as<float>();
    for (std::size_t plane = 0; plane < planes; ++plane) {
        double sum = 0;
        for (std::size_t i = 0; i < size; ++i) {
            sum += static_cast<double>(*from++);
        }
        call.outputs[0].as<float>()[plane] = static_cast<float>(sum / static_cast<double>(size));
    }
}

} // namespace assay::runtime
