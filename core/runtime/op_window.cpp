// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Transposed and deformable convolution, and the pools that have no kernel elsewhere.
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/window_walk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using onnx::Window;

TensorRef operand(const OpCall& call, std::size_t index) noexcept {
    return call.has(index) ? call.in(index) : TensorRef{};
}

/// An attribute with one value for each spatial dimension. @return false for another length.
bool read_list(const OpCall& call, std::string_view name, std::size_t length,
               std::int64_t otherwise, Dims& out) {
    const std::span<const std::int64_t> list = call.attributes().integers(name);
    out.assign(list.begin(), list.end());
    if (out.empty()) {
        out.assign(length, otherwise);
    }
    return out.size() == length && std::all_of(out.begin(), out.end(), [](std::int64_t value) {
               return value >= -0x4000'0000 && value <= 0x4000'0000;
           });
}

/// A transposed convolution is the scatter of an ordinary one from its output to its input.
struct TransposedShape {
    Window window; ///< of the convolution that it transposes: `in` is our output
    Dims out;
};

std::optional<TransposedShape> transposed_shape(OpCall& call) {
    const std::span<const std::int64_t> x = call.dims(0);
    const std::span<const std::int64_t> w = call.dims(1);
    const std::int64_t group = call.integer("group", 1);
    if (x.size() < 3 || w.size() != x.size() || group < 1 || x[1] != w[0] || x[1] % group != 0 ||
        x.size() - 2 > Window::MAX_SPATIAL) {
        call.fail_shape();
        return std::nullopt;
    }
    const std::size_t rank = x.size() - 2;
    Dims strides, dilations, padding, pads, kernel, wanted;
    if (!read_list(call, "strides", rank, 1, strides) ||
        !read_list(call, "dilations", rank, 1, dilations) ||
        !read_list(call, "output_padding", rank, 0, padding) ||
        !read_list(call, "pads", 2 * rank, 0, pads) ||
        !read_list(call, "output_shape", rank, -1, wanted)) {
        call.fail(ErrorCode::ONNX_MALFORMED, "window");
        return std::nullopt;
    }
    const std::string_view auto_pad = call.string("auto_pad", "NOTSET");
    TransposedShape shape;
    shape.window.rank = rank;
    shape.out = {x[0], w[1] * group};
    for (std::size_t i = 0; i < rank; ++i) {
        Window& window = shape.window;
        window.kernel[i] = w[i + 2];
        window.stride[i] = strides[i];
        window.dilation[i] = dilations[i];
        window.out[i] = x[i + 2];
        if (strides[i] < 1 || dilations[i] < 1 || x[i + 2] < 1 || w[i + 2] < 1) {
            call.fail_shape("window");
            return std::nullopt;
        }
        const std::int64_t full = strides[i] * (x[i + 2] - 1) + padding[i] + window.extent(i);
        std::int64_t size = full - pads[i] - pads[i + rank];
        const bool same = auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER";
        if (wanted[i] >= 0 || same) {
            size = wanted[i] >= 0 ? wanted[i] : x[i + 2] * strides[i];
            const std::int64_t total = std::max<std::int64_t>(0, full - size);
            const std::int64_t half = total / 2;
            pads[i] = auto_pad == "SAME_UPPER" ? half : total - half;
            pads[i + rank] = total - pads[i];
        }
        if (size < 1) {
            call.fail_shape("window");
            return std::nullopt;
        }
        window.pad_begin[i] = pads[i];
        window.in[i] = size;
        shape.out.push_back(size);
    }
    return shape;
}

} // namespace

void op_conv_transpose(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type) || call.in(1).type != x.type) {
        return call.fail_type(x.type);
    }
    const std::optional<TransposedShape> shape = transposed_shape(call);
    if (!shape) {
        return;
    }
    if (call.has(2) && call.in(2).count() != static_cast<std::size_t>(shape->out[1])) {
        return call.fail_shape("bias");
    }
    const TensorRef y = call.out(0, x.type, shape->out);
    if (y.data == nullptr) {
        return;
    }
    const Window& window = shape->window;
    const auto group = static_cast<std::size_t>(call.integer("group", 1));
    const auto channels = static_cast<std::size_t>(x.dims[1]) / group;
    const auto filters = static_cast<std::size_t>(call.dims(1)[1]);
    const std::size_t in_plane = volume(window.out, window.rank);
    const std::size_t out_plane = volume(window.in, window.rank);
    const std::size_t taps = volume(window.kernel, window.rank);
    const Reading<double> from{x};
    const Reading<double> weights{call.in(1)};
    const Reading<double> bias{operand(call, 2)};
    Writing<double> to{y};
    for (std::size_t i = 0; i < y.count(); ++i) {
        to[i] = bias.data() == nullptr ? 0 : bias[i / out_plane % (filters * group)];
    }
    for (std::size_t plane = 0; plane < static_cast<std::size_t>(x.dims[0]) * group * channels;
         ++plane) {
        const std::size_t n = plane / (group * channels);
        const std::size_t channel = plane % (group * channels);
        const std::size_t first = n * group * filters + channel / channels * filters;
        Window::Sizes out{};
        std::size_t at = plane * in_plane;
        do {
            Window::Sizes kernel{};
            std::size_t k = 0;
            do {
                const std::int64_t offset = tap_offset(window, out, kernel);
                for (std::size_t f = 0; offset >= 0 && f < filters; ++f) {
                    to[(first + f) * out_plane + static_cast<std::size_t>(offset)] +=
                        from[at] * weights[(channel * filters + f) * taps + k];
                }
                ++k;
            } while (advance(kernel, window.kernel, window.rank));
            ++at;
        } while (advance(out, window.out, window.rank));
    }
}

namespace {

/// Bilinear value at (y, x) of a plane; 0 outside.
double bilinear(const double* plane, std::int64_t height, std::int64_t width, double y,
                double x) noexcept {
    if (!(y > -1 && y < static_cast<double>(height) && x > -1 && x < static_cast<double>(width))) {
        return 0;
    }
    const auto top = static_cast<std::int64_t>(std::floor(y));
    const auto left = static_cast<std::int64_t>(std::floor(x));
    double sum = 0;
    for (std::int64_t i = top; i <= top + 1; ++i) {
        for (std::int64_t k = left; k <= left + 1; ++k) {
            if (i >= 0 && i < height && k >= 0 && k < width) {
                sum += plane[i * width + k] * (1 - std::abs(y - static_cast<double>(i))) *
                       (1 - std::abs(x - static_cast<double>(k)));
            }
        }
    }
    return sum;
}

} // namespace

void op_deform_conv(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    const std::optional<ConvShape> shape = conv_shape(call, x.dims, call.dims(1));
    if (!shape) {
        return;
    }
    const Window& window = shape->window;
    const std::size_t taps = volume(window.kernel, window.rank);
    const auto groups = static_cast<std::size_t>(call.integer("offset_group", 1));
    const std::size_t channels = shape->group * shape->channels;
    if (window.rank != 2 || groups < 1 || channels % groups != 0) {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "not two-dimensional");
    }
    const std::size_t plane = volume(window.out, 2);
    const auto wide = [](std::size_t count) noexcept { return static_cast<std::int64_t>(count); };
    const std::optional<std::uint64_t> maps =
        onnx::element_count(std::array{wide(shape->batch), wide(groups), wide(taps), wide(plane)});
    if (!maps || call.in(2).count() != 2 * *maps || (call.has(4) && call.in(4).count() != *maps) ||
        (call.has(3) && call.in(3).count() != shape->group * shape->filters)) {
        return call.fail_shape();
    }
    const TensorRef y = call.out(0, x.type, shape->out);
    if (y.data == nullptr) {
        return;
    }
    const Reading<double> from{x};
    const Reading<double> weights{call.in(1)};
    const Reading<double> offsets{call.in(2)};
    const Reading<double> bias{operand(call, 3)};
    const Reading<double> mask{operand(call, 4)};
    Writing<double> to{y};
    const std::size_t filters = shape->group * shape->filters;
    const std::size_t area = volume(window.in, 2);
    for (std::size_t i = 0; i < y.count(); ++i) {
        const std::size_t place = i % plane;
        const std::size_t filter = i / plane % filters;
        const std::size_t n = i / plane / filters;
        const auto row = static_cast<std::int64_t>(place) / window.out[1];
        const auto column = static_cast<std::int64_t>(place) % window.out[1];
        double sum = bias.data() == nullptr ? 0 : bias[filter];
        for (std::size_t c = 0; c < shape->channels; ++c) {
            const std::size_t channel = filter / shape->filters * shape->channels + c;
            const std::size_t group = channel / (channels / groups);
            for (std::size_t k = 0; k < taps; ++k) {
                const std::size_t map = (n * groups + group) * taps + k;
                const auto ky = static_cast<std::int64_t>(k) / window.kernel[1];
                const auto kx = static_cast<std::int64_t>(k) % window.kernel[1];
                const double at_y =
                    static_cast<double>(row * window.stride[0] + ky * window.dilation[0] -
                                        window.pad_begin[0]) +
                    offsets[2 * map * plane + place];
                const double at_x =
                    static_cast<double>(column * window.stride[1] + kx * window.dilation[1] -
                                        window.pad_begin[1]) +
                    offsets[(2 * map + 1) * plane + place];
                const double value = bilinear(from.data() + (n * channels + channel) * area,
                                              window.in[0], window.in[1], at_y, at_x);
                sum += value * weights[(filter * shape->channels + c) * taps + k] *
                       (mask.data() == nullptr ? 1 : mask[map * plane + place]);
            }
        }
        to[i] = sum;
    }
}

void op_global_pool(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    if (x.dims.size() < 2) {
        return call.fail_shape();
    }
    Dims dims(x.dims.begin(), x.dims.end());
    std::fill(dims.begin() + 2, dims.end(), 1);
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr) {
        return;
    }
    const bool is_max = call.op() == onnx::Op::global_max_pool;
    const auto p = static_cast<double>(call.integer("p", 2));
    const std::size_t area = volume(x.dims.subspan(2));
    const Reading<double> from{x};
    Writing<double> to{y};
    for (std::size_t i = 0; i < y.count(); ++i) {
        double result = is_max ? -std::numeric_limits<double>::infinity() : 0;
        for (std::size_t k = i * area; k < (i + 1) * area; ++k) {
            result = is_max ? std::max(result, from[k]) : result + std::pow(std::abs(from[k]), p);
        }
        to[i] = is_max ? result : std::pow(result, 1 / p);
    }
}

void op_lp_pool(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    if (x.dims.size() < 3) {
        return call.fail_shape();
    }
    const Result<Window> window = onnx::make_window(call.attributes(), x.dims.subspan(2), {});
    if (!window) {
        return call.fail(window.error().code, "window");
    }
    Dims dims = {x.dims[0], x.dims[1]};
    dims.insert(dims.end(), window->out.begin(),
                window->out.begin() + static_cast<std::ptrdiff_t>(window->rank));
    const TensorRef y = call.out(0, x.type, dims);
    double steps = 32 * static_cast<double>(y.count()); // a power for each element of a window
    for (const std::int64_t size : std::span{window->kernel}.first(window->rank)) {
        steps *= static_cast<double>(size);
    }
    if (y.data == nullptr || y.count() == 0 || !call.spend(steps)) {
        return;
    }
    const auto p = static_cast<double>(call.integer("p", 2));
    const std::size_t area = volume(window->in, window->rank);
    const Reading<double> from{x};
    Writing<double> to{y};
    std::size_t at = 0;
    for (std::size_t plane = 0; plane < static_cast<std::size_t>(x.dims[0] * x.dims[1]); ++plane) {
        Window::Sizes out{};
        do {
            double sum = 0;
            Window::Sizes kernel{};
            do {
                const std::int64_t offset = tap_offset(*window, out, kernel);
                if (offset >= 0) {
                    sum += std::pow(std::abs(from[plane * area + static_cast<std::size_t>(offset)]),
                                    p);
                }
            } while (advance(kernel, window->kernel, window->rank));
            to[at++] = std::pow(sum, 1 / p);
        } while (advance(out, window->out, window->rank));
    }
}

void op_max_unpool(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t rank = x.dims.size();
    if (!is_float(x.type) || call.in(1).type != ElementType::int64) {
        return call.fail_type(call.in(1).type);
    }
    if (rank < 3 || call.in(1).count() != x.count()) {
        return call.fail_shape();
    }
    Dims kernel, strides, pads;
    if (!read_list(call, "kernel_shape", rank - 2, -1, kernel) ||
        !read_list(call, "strides", rank - 2, 1, strides) ||
        !read_list(call, "pads", 2 * (rank - 2), 0, pads)) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "window");
    }
    Dims dims = {x.dims[0], x.dims[1]}; // inferred: in these the indices count
    for (std::size_t i = 0; i < rank - 2; ++i) {
        dims.push_back((x.dims[i + 2] - 1) * strides[i] + kernel[i] - pads[i] - pads[i + rank - 2]);
    }
    const Dims inferred = dims;
    if (call.has(2)) {
        if (!call.known_integers(2)) {
            return;
        }
        dims = call.integers(2);
    }
    if (!onnx::is_known(dims) || dims.size() != rank) {
        return call.fail_shape("output_shape");
    }
    const Strides strides_out = dense_strides(dims);
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t size = onnx::element_size(x.type);
    std::fill_n(y.data, y.count() * size, std::uint8_t{0});
    for (std::size_t i = 0; i < x.count(); ++i) {
        std::int64_t rest = call.in(1).as<std::int64_t>()[i];
        std::int64_t at = 0;
        bool inside = rest >= 0;
        for (std::size_t axis = rank; axis-- > 0;) {
            const std::int64_t index = inferred[axis] < 1 ? 0 : rest % inferred[axis];
            rest /= inferred[axis] < 1 ? 1 : inferred[axis];
            inside = inside && index < dims[axis];
            at += index * strides_out[axis];
        }
        if (!inside || rest != 0) {
            return call.fail(ErrorCode::ONNX_INDEX,
                             std::to_string(call.in(1).as<std::int64_t>()[i]));
        }
        std::copy_n(x.data + i * size, size, y.data + static_cast<std::size_t>(at) * size);
    }
}

namespace {

/// Whether a product of sizes can be counted in the machine's own width.
bool is_addressable(std::span<const std::int64_t> sizes) noexcept {
    return onnx::is_known(sizes) &&
           onnx::element_count(sizes).value_or(onnx::MAX_COUNT) < std::numeric_limits<int>::max();
}

} // namespace

void op_col2im(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    if (!call.known_integers(1) || !call.known_integers(2)) {
        return;
    }
    const Dims image = call.integers(1);
    const Dims block = call.integers(2);
    const std::size_t rank = image.size();
    Dims strides, dilations, pads;
    if (rank == 0 || rank > Window::MAX_SPATIAL || block.size() != rank || x.dims.size() != 3 ||
        !onnx::is_known(image) || !is_addressable(block) || volume(block) == 0 ||
        x.dims[1] % static_cast<std::int64_t>(volume(block)) != 0) {
        return call.fail_shape();
    }
    if (!read_list(call, "strides", rank, 1, strides) ||
        !read_list(call, "dilations", rank, 1, dilations) ||
        !read_list(call, "pads", 2 * rank, 0, pads)) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "window");
    }
    Window window;
    window.rank = rank;
    Dims dims = {x.dims[0], x.dims[1] / static_cast<std::int64_t>(volume(block))};
    for (std::size_t i = 0; i < rank; ++i) {
        window.in[i] = image[i];
        window.kernel[i] = block[i];
        window.stride[i] = std::max<std::int64_t>(1, strides[i]);
        window.dilation[i] = dilations[i];
        window.pad_begin[i] = pads[i];
        window.out[i] =
            (image[i] + pads[i] + pads[i + rank] - window.extent(i)) / window.stride[i] + 1;
        dims.push_back(image[i]);
    }
    // A window that is larger than its image would count as one from above.
    const std::span<const std::int64_t> positions{window.out.data(), rank};
    const std::size_t places = volume(window.out, rank);
    if (!is_addressable(positions) || places != static_cast<std::size_t>(x.dims[2])) {
        return call.fail_shape();
    }
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    const std::size_t taps = volume(block);
    const std::size_t area = volume(image);
    const Reading<double> from{x};
    Writing<double> to{y};
    std::fill_n(to.data(), y.count(), 0.0);
    for (std::size_t plane = 0; places != 0 && plane < y.count() / area; ++plane) {
        Window::Sizes kernel{};
        std::size_t at = plane * taps * places;
        do {
            Window::Sizes out{};
            do {
                const std::int64_t offset = tap_offset(window, out, kernel);
                if (offset >= 0) {
                    to[plane * area + static_cast<std::size_t>(offset)] += from[at];
                }
                ++at;
            } while (advance(out, window.out, rank));
        } while (advance(kernel, window.kernel, rank));
    }
}

} // namespace assay::runtime
