// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/strided_copy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using onnx::Op;

/// What a reduction of one output element has seen. Floats are summed in double.
template <typename T>
struct Tally {
    using Sum = std::conditional_t<std::is_floating_point_v<T>, double, std::int64_t>;
    Sum sum{};
    T largest{};
    std::size_t count = 0;
};

template <typename T>
void add(Op op, bool is_unsigned, Tally<T>& tally, T x) noexcept {
    using Sum = typename Tally<T>::Sum;
    const auto value = static_cast<Sum>(x);
    switch (op) {
    case Op::reduce_l1:
        tally.sum += value < 0 ? -value : value;
        break;
    case Op::reduce_l2:
    case Op::reduce_sum_square:
        tally.sum += value * value;
        break;
    case Op::reduce_prod:
        tally.sum = tally.count == 0 ? value : tally.sum * value;
        break;
    case Op::reduce_max:
    case Op::reduce_min: {
        bool takes = tally.count == 0;
        if constexpr (std::is_floating_point_v<T>) {
            takes = takes || std::isnan(x) ||
                    (op == Op::reduce_max ? x > tally.largest : x < tally.largest);
        } else {
            const T flip = is_unsigned ? std::numeric_limits<T>::min() : 0;
            takes = takes || (op == Op::reduce_max ? (x ^ flip) > (tally.largest ^ flip)
                                                   : (x ^ flip) < (tally.largest ^ flip));
        }
        if (takes) {
            tally.largest = x;
        }
        break;
    }
    default:
        tally.sum += value;
    }
    ++tally.count;
}

template <typename T>
T finish(Op op, const Tally<T>& tally) noexcept {
    switch (op) {
    case Op::reduce_max:
    case Op::reduce_min:
        return tally.largest;
    case Op::reduce_prod:
        return tally.count == 0 ? T{1} : static_cast<T>(tally.sum);
    case Op::reduce_l2:
        return static_cast<T>(std::sqrt(static_cast<double>(tally.sum)));
    case Op::reduce_log_sum:
        return static_cast<T>(std::log(static_cast<double>(tally.sum)));
    case Op::reduce_mean:
        if constexpr (std::is_integral_v<T>) {
            if (tally.count == 0) {
                return 0;
            }
        }
        return static_cast<T>(tally.sum / static_cast<typename Tally<T>::Sum>(tally.count));
    default:
        return static_cast<T>(tally.sum);
    }
}

/// Where the elements of one output lie: the reduced dimensions, walked for each of the others.
struct Layout {
    Dims kept;
    Dims reduced;
    Strides kept_strides{};
    Strides reduced_strides{};
};

Layout layout_of(std::span<const std::int64_t> dims, const std::vector<char>& axes) {
    Layout layout;
    const Strides dense = dense_strides(dims);
    for (std::size_t i = 0; i < dims.size(); ++i) {
        Dims& to = axes[i] != 0 ? layout.reduced : layout.kept;
        (axes[i] != 0 ? layout.reduced_strides : layout.kept_strides)[to.size()] = dense[i];
        to.push_back(dims[i]);
    }
    return layout;
}

template <typename T>
void log_sum_exp(const Layout& layout, const T* from, T* to) noexcept {
    const std::size_t each = volume(layout.reduced);
    Walk<1> outer{layout.kept, {layout.kept_strides}};
    for (std::size_t o = 0; o < volume(layout.kept); ++o, outer.next()) {
        double largest = -std::numeric_limits<double>::infinity();
        for (int pass = 0; pass < 2; ++pass) {
            double sum = 0;
            Walk<1> inner{layout.reduced, {layout.reduced_strides}};
            for (std::size_t i = 0; i < each; ++i, inner.next()) {
                const auto x = static_cast<double>(from[outer.offset(0) + inner.offset(0)]);
                if (pass == 0) {
                    largest = std::max(largest, x);
                } else {
                    sum += std::exp(x - largest);
                }
            }
            if (std::isinf(largest)) {
                to[o] = static_cast<T>(largest);
                break;
            }
            to[o] = static_cast<T>(largest + std::log(sum));
        }
    }
}

/// What the maximum or minimum of nothing is.
template <typename T>
T empty_extreme(Op op, ElementType type) noexcept {
    const bool max = op == Op::reduce_max;
    if constexpr (std::is_floating_point_v<T>) {
        return max ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::infinity();
    } else {
        const auto bits = static_cast<int>(onnx::element_size(type) * 8);
        switch (type) {
        case ElementType::boolean:
            return max ? 0 : 1;
        case ElementType::uint8:
        case ElementType::uint16:
        case ElementType::uint32:
        case ElementType::uint64:
            return max ? 0 : -1;
        default: {
            const T highest = static_cast<T>((std::uint64_t{1} << (bits - 1)) - 1);
            return max ? -highest - 1 : highest;
        }
        }
    }
}

} // namespace

void op_reduce(OpCall& call) noexcept {
    const Op op = call.op();
    const TensorRef& x = call.in(0);
    Dims list(call.attributes().integers("axes").begin(), call.attributes().integers("axes").end());
    if (call.has(1)) {
        if (!call.known_integers(1)) {
            return;
        }
        list = call.integers(1);
    }
    const bool booleans =
        x.type == ElementType::boolean && (op == Op::reduce_max || op == Op::reduce_min);
    if (!is_float(x.type) && !is_integer(x.type) && !booleans) {
        return call.fail_type(x.type);
    }
    std::optional<std::vector<char>> axes = axis_set(call, list, x.dims.size());
    if (!axes) {
        return;
    }
    if (list.empty() && call.integer("noop_with_empty_axes", 0) == 0) {
        std::fill(axes->begin(), axes->end(), 1);
    }
    Dims dims;
    for (std::size_t i = 0; i < x.dims.size(); ++i) {
        if ((*axes)[i] == 0) {
            dims.push_back(x.dims[i]);
        } else if (call.integer("keepdims", 1) != 0) {
            dims.push_back(1);
        }
    }
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr) {
        return;
    }
    const Layout layout = layout_of(x.dims, *axes);
    (void) with_working_type(x.type, [&](auto working) noexcept {
        using T = decltype(working);
        const Reading<T> from{x};
        Writing<T> to{y};
        if (op == Op::reduce_log_sum_exp) {
            return log_sum_exp(layout, from.data(), to.data());
        }
        const std::size_t each = volume(layout.reduced);
        Walk<1> outer{layout.kept, {layout.kept_strides}};
        for (std::size_t o = 0; o < y.count(); ++o, outer.next()) {
            Tally<T> tally;
            Walk<1> inner{layout.reduced, {layout.reduced_strides}};
            for (std::size_t i = 0; i < each; ++i, inner.next()) {
                add(op, x.type == ElementType::uint64, tally,
                    from.data()[outer.offset(0) + inner.offset(0)]);
            }
            if (each == 0 && (op == Op::reduce_max || op == Op::reduce_min)) {
                tally.largest = empty_extreme<T>(op, x.type);
            }
            to[o] = finish(op, tally);
        }
    });
}

void op_arg(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t axis = axis_of(call, call.integer("axis", 0), x.dims.size());
    if (call.failed()) {
        return;
    }
    if (!is_float(x.type) && !is_integer(x.type)) {
        return call.fail_type(x.type);
    }
    Dims dims(x.dims.begin(), x.dims.end());
    dims[axis] = 1;
    if (call.integer("keepdims", 1) == 0) {
        dims.erase(dims.begin() + static_cast<std::ptrdiff_t>(axis));
    }
    if (x.dims[axis] == 0) {
        return call.fail_shape();
    }
    const TensorRef y = call.out(0, ElementType::int64, dims);
    if (y.data == nullptr) {
        return;
    }
    const bool is_max = call.op() == Op::arg_max;
    const bool last = call.integer("select_last_index", 0) != 0;
    const auto size = static_cast<std::size_t>(x.dims[axis]);
    const std::size_t inner = volume(x.dims.subspan(axis + 1));
    (void) with_working_type(x.type, [&](auto working) noexcept {
        using T = decltype(working);
        const Reading<T> from{x};
        for (std::size_t o = 0; o < y.count(); ++o) {
            const std::size_t base = o / inner * inner * size + o % inner;
            std::size_t best = 0;
            for (std::size_t i = 1; i < size; ++i) {
                const T a = from[base + i * inner];
                const T b = from[base + best * inner];
                if ((is_max ? a > b : a < b) || (last && a == b)) {
                    best = i;
                }
            }
            y.as<std::int64_t>()[o] = static_cast<std::int64_t>(best);
        }
    });
}

void op_cum_sum(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type) && !is_integer(x.type)) {
        return call.fail_type(x.type);
    }
    if (!call.holds_integer(1)) {
        return;
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    const std::size_t axis = axis_of(call, call.integer_at(1), x.dims.size());
    if (call.failed()) {
        return;
    }
    const bool exclusive = call.integer("exclusive", 0) != 0;
    const bool reverse = call.integer("reverse", 0) != 0;
    const auto size = static_cast<std::size_t>(x.dims[axis]);
    const std::size_t inner = volume(x.dims.subspan(axis + 1));
    (void) with_working_type(x.type, [&](auto working) noexcept {
        using T = decltype(working);
        const Reading<T> from{x};
        Writing<T> to{y};
        for (std::size_t row = 0; row < x.count() / size; ++row) {
            const std::size_t base = row / inner * inner * size + row % inner;
            typename Tally<T>::Sum sum{};
            for (std::size_t i = 0; i < size; ++i) {
                const std::size_t at = base + (reverse ? size - 1 - i : i) * inner;
                const auto value = static_cast<typename Tally<T>::Sum>(from[at]);
                to[at] = static_cast<T>(exclusive ? sum : sum + value);
                sum += value;
            }
        }
    });
}

} // namespace assay::runtime
