// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Softmax and the normalisations. Sums are made in double.
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/fast_elements.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/strided_copy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using onnx::Op;

/// One row of @p size elements that are @p step apart.
template <typename T>
void softmax_row(Op op, const T* from, T* to, std::size_t size, std::size_t step) noexcept {
    T largest = -std::numeric_limits<T>::infinity();
    std::size_t where = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (from[i * step] > largest) {
            largest = from[i * step];
            where = i;
        }
    }
    if (op == Op::hardmax) {
        for (std::size_t i = 0; i < size; ++i) {
            to[i * step] = i == where ? T{1} : T{0};
        }
        return;
    }
    double sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
        sum += std::exp(static_cast<double>(from[i * step]) - static_cast<double>(largest));
    }
    const double log_sum = std::log(sum);
    for (std::size_t i = 0; i < size; ++i) {
        const double shifted = static_cast<double>(from[i * step]) - static_cast<double>(largest);
        to[i * step] =
            static_cast<T>(op == Op::softmax ? std::exp(shifted) / sum : shifted - log_sum);
    }
}

/// mean and 1/sqrt(variance + epsilon) of @p size elements; RMS keeps the mean at 0.
struct Moments {
    double mean = 0;
    double inverse = 0;
};

template <typename T>
Moments moments(const T* x, std::size_t size, double epsilon, bool centred) noexcept {
    double mean = 0;
    for (std::size_t i = 0; centred && i < size; ++i) {
        mean += static_cast<double>(x[i]);
    }
    mean /= static_cast<double>(size);
    double variance = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const double distance = static_cast<double>(x[i]) - mean;
        variance += distance * distance;
    }
    return {mean, 1 / std::sqrt(variance / static_cast<double>(size) + epsilon)};
}

} // namespace

void op_softmax(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t rank = x.dims.size();
    const bool flattens = call.version() < 13; // to two dimensions, at the axis
    std::int64_t wanted = call.integer("axis", flattens ? 1 : -1);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    if (flattens && wanted == 1 && rank == 1) {
        wanted = 0; // a vector is one row, whatever the default axis says
    }
    const std::size_t axis = axis_of(call, wanted, rank);
    if (call.failed()) {
        return;
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    const std::size_t size =
        flattens ? volume(x.dims.subspan(axis)) : static_cast<std::size_t>(x.dims[axis]);
    const std::size_t inner = flattens ? 1 : volume(x.dims.subspan(axis + 1));
    (void) with_working_type(x.type, [&](auto working) noexcept {
        using T = decltype(working);
        if constexpr (std::is_floating_point_v<T>) {
            const Reading<T> from{x};
            Writing<T> to{y};
            for (std::size_t row = 0; row < y.count() / size; ++row) {
                const std::size_t base = row / inner * inner * size + row % inner;
                softmax_row(call.op(), from.data() + base, to.data() + base, size, inner);
            }
        }
    });
}

void op_layer_normalization(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t axis = axis_of(call, call.integer("axis", -1), x.dims.size());
    if (call.failed()) {
        return;
    }
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    const bool centred = call.op() == Op::layer_normalization;
    const std::span<const std::int64_t> dims = x.dims.subspan(axis);
    for (std::size_t i = 1; i < 3; ++i) {
        if (!call.has(i)) {
            continue;
        }
        const std::optional<Dims> fits = onnx::broadcast(call.dims(i), x.dims);
        if (!fits || !std::equal(fits->begin(), fits->end(), x.dims.begin(), x.dims.end())) {
            return call.fail_shape();
        }
    }
    Dims statistics(x.dims.begin(), x.dims.end());
    std::fill(statistics.begin() + static_cast<std::ptrdiff_t>(axis), statistics.end(), 1);
    const TensorRef y = call.out(0, x.type, x.dims);
    const TensorRef mean = call.out(1, ElementType::float32, statistics);
    const TensorRef inverse = call.out(2, ElementType::float32, statistics);
    if (y.data == nullptr && mean.data == nullptr && inverse.data == nullptr) {
        return;
    }
    const std::size_t size = volume(dims);
    const std::size_t rows = volume(x.dims.first(axis));
    if (call.may_approximate() && centred && x.type == ElementType::float32 &&
        mean.data == nullptr && inverse.data == nullptr && call.in(1).count() == size &&
        (!call.has(2) || call.in(2).count() == size)) {
        return normalize_rows(x.as<float>(), rows, size, call.real("epsilon", 1e-5F),
                              call.in(1).as<float>(),
                              call.has(2) ? call.in(2).as<float>() : nullptr, y.as<float>());
    }
    const auto epsilon = static_cast<double>(call.real("epsilon", 1e-5F));
    (void) with_working_type(x.type, [&](auto working) noexcept {
        using T = decltype(working);
        const Reading<T> from{x};
        const Reading<T> scale{call.in(1)};
        const Reading<T> shift{call.has(2) ? call.in(2) : TensorRef{}};
        std::optional<Writing<T>> to;
        if (y.data != nullptr) {
            to.emplace(y);
        }
        const std::size_t rank = x.dims.size();
        Walk<2> walk{x.dims,
                     {broadcast_strides(call.dims(1), rank),
                      call.has(2) ? broadcast_strides(call.dims(2), rank) : Strides{}}};
        for (std::size_t row = 0; row < rows; ++row) {
            const Moments m = moments(from.data() + row * size, size, epsilon, centred);
            if (mean.data != nullptr) {
                mean.as<float>()[row] = static_cast<float>(m.mean);
            }
            if (inverse.data != nullptr) {
                inverse.as<float>()[row] = static_cast<float>(m.inverse);
            }
            for (std::size_t i = row * size; to && i < (row + 1) * size; ++i, walk.next()) {
                const double normal = (static_cast<double>(from[i]) - m.mean) * m.inverse;
                (*to)[i] = static_cast<T>(
                    normal * static_cast<double>(scale.data()[walk.offset(0)]) +
                    (shift.data() == nullptr ? 0.0
                                             : static_cast<double>(shift.data()[walk.offset(1)])));
            }
        }
    });
}

/// GroupNormalization; InstanceNormalization is the same with a group for each channel.
void op_group_normalization(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    if (x.dims.size() < 3 || call.rank(1) != 1 || call.rank(2) != 1) {
        return call.fail_shape();
    }
    const std::int64_t channels = x.dims[1];
    const bool instance = call.op() == Op::instance_normalization;
    const std::int64_t groups = instance ? channels : call.integer("num_groups", 0);
    // Until operator set 20 scale and bias were per group.
    const bool per_group = !instance && call.version() < 21;
    const std::int64_t wanted = per_group ? groups : channels;
    const bool divides = groups < 1 ? instance && groups == 0 : channels % groups == 0;
    if (!divides || call.dims(1)[0] != wanted || call.dims(2)[0] != wanted) {
        return call.fail_shape("num_groups");
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    const std::size_t area = volume(x.dims.subspan(2));
    const auto in_group = static_cast<std::size_t>(channels / groups);
    const std::size_t size = in_group * area;
    const auto epsilon = static_cast<double>(call.real("epsilon", 1e-5F));
    (void) with_working_type(x.type, [&](auto working) noexcept {
        using T = decltype(working);
        const Reading<T> from{x};
        const Reading<T> scale{call.in(1)};
        const Reading<T> shift{call.in(2)};
        Writing<T> to{y};
        for (std::size_t g = 0; g < y.count() / size; ++g) {
            const Moments m = moments(from.data() + g * size, size, epsilon, true);
            for (std::size_t i = 0; i < size; ++i) {
                const std::size_t group = g % static_cast<std::size_t>(groups);
                const std::size_t row = per_group ? group : group * in_group + i / area;
                to[g * size + i] =
                    static_cast<T>((static_cast<double>(from[g * size + i]) - m.mean) * m.inverse *
                                       static_cast<double>(scale[row]) +
                                   static_cast<double>(shift[row]));
            }
        }
    });
}

void op_lp_normalization(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t axis = axis_of(call, call.integer("axis", -1), x.dims.size());
    const std::int64_t p = call.integer("p", 2);
    if (call.failed()) {
        return;
    }
    if (!is_float(x.type) || (p != 1 && p != 2)) {
        return is_float(x.type) ? call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "p")
                                : call.fail_type(x.type);
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    const auto size = static_cast<std::size_t>(x.dims[axis]);
    const std::size_t inner = volume(x.dims.subspan(axis + 1));
    const Reading<double> from{x};
    Writing<double> to{y};
    for (std::size_t row = 0; row < y.count() / size; ++row) {
        const std::size_t base = row / inner * inner * size + row % inner;
        double norm = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const double value = from[base + i * inner];
            norm += p == 1 ? std::abs(value) : value * value;
        }
        norm = p == 1 ? norm : std::sqrt(norm);
        for (std::size_t i = 0; i < size; ++i) {
            to[base + i * inner] = from[base + i * inner] / norm;
        }
    }
}

void op_lrn(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::int64_t size = call.integer("size", 0);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    if (x.dims.size() < 2 || size < 1) {
        return call.fail_shape("size");
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    const double scale = static_cast<double>(call.real("alpha", 1e-4F)) / static_cast<double>(size);
    const auto beta = static_cast<double>(call.real("beta", 0.75F));
    const auto bias = static_cast<double>(call.real("bias", 1));
    const std::int64_t channels = x.dims[1];
    const auto area = static_cast<std::int64_t>(volume(x.dims.subspan(2)));
    const Reading<double> from{x};
    Writing<double> to{y};
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(y.count()); ++i) {
        const std::int64_t channel = i / area % channels;
        double sum = 0;
        for (std::int64_t c = std::max<std::int64_t>(0, channel - (size - 1) / 2);
             c <= std::min(channels - 1, channel + size / 2); ++c) {
            const double value = from[static_cast<std::size_t>(i + (c - channel) * area)];
            sum += value * value;
        }
        const auto at = static_cast<std::size_t>(i);
        to[at] = from[at] / std::pow(bias + scale * sum, beta);
    }
}

void op_mean_variance_normalization(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    Dims list(call.attributes().integers("axes").begin(), call.attributes().integers("axes").end());
    if (call.attributes().find("axes") == nullptr) {
        list = {0, 2, 3};
    }
    const std::optional<std::vector<char>> axes = axis_set(call, list, x.dims.size());
    if (!axes) {
        return;
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    Dims kept(x.dims.begin(), x.dims.end());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        kept[i] = (*axes)[i] != 0 ? 1 : kept[i];
    }
    const std::size_t rows = volume(kept);
    const Strides strides = broadcast_strides(kept, kept.size());
    const Reading<double> from{x};
    Writing<double> to{y};
    std::vector<double> mean(rows);
    std::vector<double> square(rows);
    const double each = static_cast<double>(y.count() / rows);
    for (int pass = 0; pass < 3; ++pass) {
        Walk<1> walk{x.dims, {strides}};
        for (std::size_t i = 0; i < y.count(); ++i, walk.next()) {
            const auto row = static_cast<std::size_t>(walk.offset(0));
            const double distance = from[i] - mean[row];
            if (pass == 0) {
                to[i] = 0;
                square[row] += from[i] / each;
            } else if (pass == 1) {
                square[row] += distance * distance / each;
            } else {
                to[i] = distance / (std::sqrt(square[row]) + 1e-9);
            }
        }
        if (pass == 0) {
            mean = square;
            std::fill(square.begin(), square.end(), 0.0);
        }
    }
}

} // namespace assay::runtime
