// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Resize and its forerunner Upsample: one axis after the other.
#include "core/runtime/axis_taps.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/interpolate.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/strided_copy.hpp"

#include <algorithm>
#include <cmath>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;

struct Mode {
    std::string_view interpolation; ///< nearest, linear, cubic
    std::string_view coordinates;
    std::string_view nearest; ///< empty: of operator set 10
    double cubic_a = -0.75;
    bool antialias = false;
    bool exclude_outside = false;
};

struct Axis {
    std::int64_t in = 1;
    std::int64_t out = 1;
    double scale = 1;
    double roi_start = 0;
    double roi_end = 1;
};

/// The elements that one output element of an axis is made of.
struct Taps {
    std::int64_t first = 0;
    std::vector<double> weights;
    bool outside = false; ///< tf_crop_and_resize: extrapolated
};

/// Where an output element lies among those of the input. In floats where that decides an
/// element: the third of a scale of 1/3 is the tenth, not the one before it. (onnxruntime counts in
/// floats too, but multiplies by the inverse of some scales: one of 180 random cases differs.)
template <typename Real>
double coordinate(const Mode& mode, const Axis& axis, std::int64_t out) noexcept {
    const auto x = static_cast<Real>(out);
    const auto in = static_cast<Real>(axis.in);
    const auto length = static_cast<Real>(axis.out);
    const auto scale = static_cast<Real>(axis.scale);
    const auto half = static_cast<Real>(0.5);
    if (mode.coordinates == "align_corners") {
        // The length before it is rounded down, as the reference has it.
        const auto wide = static_cast<Real>(axis.scale * static_cast<double>(axis.in));
        return axis.out == 1 ? 0 : static_cast<double>(x * (in - 1) / (wide - 1));
    }
    if (mode.coordinates == "asymmetric") {
        return static_cast<double>(x / scale);
    }
    if (mode.coordinates == "tf_half_pixel_for_nn") {
        return static_cast<double>((x + half) / scale);
    }
    if (mode.coordinates == "tf_crop_and_resize") {
        const auto start = static_cast<Real>(axis.roi_start);
        const auto end = static_cast<Real>(axis.roi_end);
        return static_cast<double>(axis.out == 1 ? half * (start + end) * (in - 1)
                                                 : start * (in - 1) +
                                                       x * (end - start) * (in - 1) / (length - 1));
    }
    if (mode.coordinates == "half_pixel_symmetric") {
        const Real adjustment = length / (scale * in);
        const Real centre = in / 2;
        return static_cast<double>(centre * (1 - adjustment) + (x + half) / scale - half);
    }
    if (mode.coordinates == "pytorch_half_pixel" && axis.out == 1) {
        return 0;
    }
    return static_cast<double>((x + half) / scale - half);
}

std::int64_t nearest(const Mode& mode, const Axis& axis, double x) noexcept {
    if (mode.nearest.empty()) { // operator set 10: up where an axis shrinks, else down
        return static_cast<std::int64_t>(axis.scale < 1 ? std::ceil(x) : std::floor(x));
    }
    if (mode.nearest == "floor") {
        return static_cast<std::int64_t>(std::floor(x));
    }
    if (mode.nearest == "ceil") {
        return static_cast<std::int64_t>(std::ceil(x));
    }
    if (mode.nearest == "round_prefer_ceil") {
        return static_cast<std::int64_t>(std::floor(x + 0.5));
    }
    return static_cast<std::int64_t>(std::ceil(x - 0.5));
}

double kernel(const Mode& mode, double distance) noexcept {
    const double d = std::abs(distance);
    if (mode.interpolation == "linear") {
        return std::max(0.0, 1 - d);
    }
    const double a = mode.cubic_a;
    if (d <= 1) {
        return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

Taps taps_of(const Mode& mode, const Axis& axis, std::int64_t out) {
    Taps taps;
    const bool takes_one = mode.interpolation == "nearest";
    double x = takes_one ? coordinate<float>(mode, axis, out) : coordinate<double>(mode, axis, out);
    taps.outside =
        mode.coordinates == "tf_crop_and_resize" && (x < 0 || x > static_cast<double>(axis.in - 1));
    if (!(std::abs(x) < 1e12)) {
        x = 0;
    }
    if (takes_one) {
        taps.first = std::clamp<std::int64_t>(nearest(mode, axis, x), 0, axis.in - 1);
        taps.weights = {1};
        return taps;
    }
    // With antialias the kernel is stretched over the elements that shrink to one.
    const double stretch = mode.antialias && axis.scale < 1 ? axis.scale : 1;
    const double support = (mode.interpolation == "linear" ? 1 : 2) / stretch;
    const auto base = static_cast<std::int64_t>(std::floor(x));
    std::int64_t from = stretch < 1 ? static_cast<std::int64_t>(std::floor(x - support)) + 1
                                    : base + 1 - static_cast<std::int64_t>(support);
    std::int64_t to = stretch < 1 ? static_cast<std::int64_t>(std::ceil(x + support)) - 1
                                  : base + static_cast<std::int64_t>(support);
    std::vector<double> weights;
    double total = 0;
    for (std::int64_t i = from; i <= to; ++i) {
        const bool inside = i >= 0 && i < axis.in;
        const double weight = mode.exclude_outside && !inside
                                  ? 0
                                  : kernel(mode, (static_cast<double>(i) - x) * stretch);
        weights.push_back(weight);
        total += weight;
    }
    if (mode.exclude_outside || stretch < 1) {
        for (double& weight : weights) {
            weight /= total;
        }
    }
    // Elements outside repeat the border.
    taps.first = std::clamp<std::int64_t>(from, 0, axis.in - 1);
    const std::int64_t last = std::clamp<std::int64_t>(to, 0, axis.in - 1);
    taps.weights.assign(static_cast<std::size_t>(last - taps.first + 1), 0);
    for (std::int64_t i = from; i <= to; ++i) {
        const std::int64_t at = std::clamp<std::int64_t>(i, 0, axis.in - 1) - taps.first;
        taps.weights[static_cast<std::size_t>(at)] += weights[static_cast<std::size_t>(i - from)];
    }
    return taps;
}

/// Resizes one axis of a row-major list.
template <typename T>
std::vector<T> resize_axis(const std::vector<T>& from, const Mode& mode, const Axis& axis,
                           std::size_t inner, std::vector<char>& outside) {
    AxisTaps<T> all;
    for (std::int64_t k = 0; k < axis.out; ++k) {
        const Taps taps = taps_of(mode, axis, k);
        outside.push_back(taps.outside ? 1 : 0);
        all.add(static_cast<std::size_t>(taps.first), taps.weights);
    }
    return all.apply(from, static_cast<std::size_t>(axis.in), inner);
}

/// Replaces the elements that some axis takes from outside.
template <typename T>
void extrapolate(std::span<const std::int64_t> dims, const std::vector<std::vector<char>>& outside,
                 T value, std::vector<T>& elements) noexcept {
    for (std::size_t i = 0; i < elements.size(); ++i) {
        std::size_t rest = i;
        for (std::size_t axis = dims.size(); axis-- > 0;) {
            const auto size = static_cast<std::size_t>(dims[axis]);
            if (!outside[axis].empty() && outside[axis][rest % size] != 0) {
                elements[i] = value;
            }
            rest /= size;
        }
    }
}

/// One axis after the other, in floats or in doubles.
template <typename T>
void resize(const OpCall& call, const Mode& mode, const std::vector<Axis>& axes,
            const TensorRef& y) {
    const TensorRef& x = call.in(0);
    const bool crops = mode.coordinates == "tf_crop_and_resize";
    std::vector<T> values(x.count());
    read_elements(x.type, x.data, values.size(), values.data());
    std::vector<std::vector<char>> outside(axes.size());
    Dims now{x.dims.begin(), x.dims.end()};
    // What shrinks comes first: nothing in between is larger than the larger of both tensors.
    for (const bool grows : {false, true}) {
        for (std::size_t i = 0; i < axes.size(); ++i) {
            if ((axes[i].out > axes[i].in) != grows ||
                (axes[i].in == axes[i].out && axes[i].scale == 1 && !crops)) {
                continue;
            }
            std::size_t inner = 1;
            for (std::size_t k = i + 1; k < axes.size(); ++k) {
                inner *= static_cast<std::size_t>(now[k]);
            }
            values = resize_axis(values, mode, axes[i], inner, outside[i]);
            now[i] = axes[i].out;
        }
    }
    if (crops) {
        extrapolate(y.dims, outside, static_cast<T>(call.real("extrapolation_value", 0)), values);
    }
    if (is_integer(x.type)) {
        for (T& value : values) {
            value = std::nearbyint(value);
        }
    }
    write_elements(x.type, values.data(), values.size(), y.data);
}

/// The length of a scaled axis, in floats as ONNX's own shape inference has it: five times 2.8 is
/// 14. Lengths that a float may not hold, and Upsample's, are multiplied in doubles.
std::int64_t scaled(std::int64_t in, double scale, bool upsample) noexcept {
    const bool is_exact = upsample || in >= (1 << 24);
    const double length = static_cast<double>(in) * scale;
    return static_cast<std::int64_t>(std::floor(is_exact ? length : static_cast<float>(length)));
}

/// Reads scales or sizes and sets the axes. @return false after a failure or when not known.
bool read_axes(OpCall& call, std::vector<Axis>& axes) {
    const std::size_t rank = axes.size();
    const bool upsample = call.op() == onnx::Op::upsample;
    const bool old = !upsample && call.version() < 11;
    Dims list(call.attributes().integers("axes").begin(), call.attributes().integers("axes").end());
    if (call.attributes().find("axes") == nullptr) {
        for (std::size_t i = 0; i < rank; ++i) {
            list.push_back(static_cast<std::int64_t>(i));
        }
    }
    const std::size_t scales_at = upsample || old ? 1 : 2;
    std::vector<double> scales;
    if (call.attributes().find("scales") != nullptr) {
        const auto values = call.attributes().reals("scales");
        scales.assign(values.begin(), values.end());
    }
    Dims sizes;
    for (const std::size_t index : {scales_at, std::size_t{3}}) {
        if (!call.has(index) || call.in(index).count() == 0) {
            continue;
        }
        if (!is_float(call.in(index).type) && !call.holds_integers(index)) {
            return false;
        }
        if (index == 3 ? !call.known_integers(3) : !call.known(index)) {
            return false;
        }
        if (index == 3) {
            sizes = call.integers(3);
        } else {
            const Reading<double> values{call.in(index)};
            scales.assign(values.data(), values.data() + call.in(index).count());
        }
    }
    std::vector<double> roi;
    if (!old && !upsample && call.has(1) && call.in(1).count() != 0) {
        if (!call.known(1)) {
            return false;
        }
        const Reading<double> values{call.in(1)};
        roi.assign(values.data(), values.data() + call.in(1).count());
    }
    const std::size_t given = sizes.empty() ? scales.size() : sizes.size();
    if (given != list.size() || (!roi.empty() && roi.size() != 2 * list.size())) {
        call.fail_shape("scales or sizes");
        return false;
    }
    const std::optional<std::vector<std::size_t>> places = axis_list(call, list, rank);
    if (!places) {
        return false;
    }
    const std::string_view policy = call.string("keep_aspect_ratio_policy", "stretch");
    double common = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        Axis& axis = axes[(*places)[i]];
        const auto in = static_cast<double>(axis.in);
        axis.scale = sizes.empty() ? scales[i] : static_cast<double>(sizes[i]) / in;
        const bool fits = axis.scale > 0 && axis.scale <= 1e9 && in * axis.scale < 9e15;
        axis.out = !sizes.empty() ? sizes[i] : fits ? scaled(axis.in, axis.scale, upsample) : 0;
        if (!fits || axis.out < 0) {
            call.fail_shape("scales or sizes");
            return false;
        }
        if (!roi.empty()) {
            axis.roi_start = roi[i];
            axis.roi_end = roi[i + list.size()];
        }
        common = i == 0                   ? axis.scale
                 : policy == "not_larger" ? std::min(common, axis.scale)
                                          : std::max(common, axis.scale);
    }
    for (std::size_t i = 0; !sizes.empty() && policy != "stretch" && i < list.size(); ++i) {
        Axis& axis = axes[(*places)[i]];
        if (!(common * static_cast<double>(axis.in) < 9e15)) {
            call.fail(ErrorCode::ONNX_LIMIT, "sizes");
            return false;
        }
        axis.scale = common;
        axis.out =
            static_cast<std::int64_t>(std::floor(common * static_cast<double>(axis.in) + 0.5));
    }
    return true;
}

} // namespace

void op_resize(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type) && !is_integer(x.type)) {
        return call.fail_type(x.type);
    }
    std::vector<Axis> axes(x.dims.size());
    for (std::size_t i = 0; i < axes.size(); ++i) {
        axes[i].in = axes[i].out = x.dims[i];
    }
    if (!read_axes(call, axes)) {
        return;
    }
    Dims dims;
    for (const Axis& axis : axes) {
        dims.push_back(axis.out);
    }
    const bool upsample = call.op() == onnx::Op::upsample;
    const bool old = upsample || call.version() < 11;
    Mode mode{call.string("mode", "nearest"),
              old ? "asymmetric" : call.string("coordinate_transformation_mode", "half_pixel"),
              upsample ? "floor"
              : old    ? ""
                       : call.string("nearest_mode", "round_prefer_floor"),
              static_cast<double>(call.real("cubic_coeff_a", -0.75F)),
              call.integer("antialias", 0) != 0,
              call.integer("exclude_outside", 0) != 0};
    if (mode.interpolation == "bilinear") {
        mode.interpolation = "linear";
    }
    if (mode.interpolation != "nearest" && mode.interpolation != "linear" &&
        mode.interpolation != "cubic") {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "mode");
    }
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    if (x.type == ElementType::float32) {
        resize<float>(call, mode, axes, y);
    } else {
        resize<double>(call, mode, axes, y);
    }
}

} // namespace assay::runtime
