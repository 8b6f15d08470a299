// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Products and convolutions of quantised numbers. Integer sums are exact.
#include "core/onnx/window.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/matmul.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/quantize.hpp"
#include "core/runtime/window_walk.hpp"

#include <algorithm>
#include <cmath>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;

/// Zero points or scales of a row or a column: one, or one each.
class PerRow {
public:
    explicit PerRow(const TensorRef& tensor) noexcept
        : values_{tensor}, is_single_{tensor.data == nullptr || tensor.count() == 1} {}
    [[nodiscard]] double at(std::size_t row) const noexcept {
        return values_.data() == nullptr ? 0.0 : values_[is_single_ ? 0 : row];
    }

private:
    Reading<double> values_;
    bool is_single_;
};

bool are_bytes(const OpCall& call, std::size_t a, std::size_t b) noexcept {
    const auto is_byte = [](ElementType type) noexcept {
        return type == ElementType::int8 || type == ElementType::uint8;
    };
    return is_byte(call.in(a).type) && is_byte(call.in(b).type);
}

/// Sums of (a − a_zero)(b − b_zero), handed to @p put with the row and the column.
template <typename Put>
void multiply(const OpCall& call, const MatMulShape& shape, std::size_t b_index,
              const TensorRef& a_zero, const TensorRef& b_zero, Put put) noexcept {
    const Reading<std::int64_t> a{call.in(0)};
    const Reading<std::int64_t> b{call.in(b_index)};
    const PerRow a_zeros{a_zero};
    const PerRow b_zeros{b_zero};
    for_each_product(shape, [&](std::size_t at, std::size_t row, std::size_t column, std::size_t i,
                                std::size_t j) noexcept {
        const auto za = static_cast<std::int64_t>(a_zeros.at(i));
        const auto zb = static_cast<std::int64_t>(b_zeros.at(j));
        std::int64_t sum = 0;
        for (std::size_t k = 0; k < shape.depth; ++k) {
            sum += (a[row + k] - za) * (b[column + k * shape.columns] - zb);
        }
        put(at, i, j, sum);
    });
}

} // namespace

void op_matmul_integer(OpCall& call) noexcept {
    if (!are_bytes(call, 0, 1)) {
        return call.fail_type(call.in(0).type);
    }
    const std::optional<MatMulShape> shape = matmul_shape(call.dims(0), call.dims(1));
    if (!shape) {
        return call.fail_shape();
    }
    for (std::size_t i = 2; i < 4; ++i) {
        const std::size_t rows = i == 2 ? shape->rows : shape->columns;
        if (call.has(i) && call.in(i).count() != 1 && call.in(i).count() != rows) {
            return call.fail_shape("zero point");
        }
    }
    const TensorRef y = call.out(0, ElementType::int32, shape->out);
    if (y.data != nullptr) {
        multiply(call, *shape, 1, operand(call, 2), operand(call, 3),
                 [&](std::size_t at, std::size_t, std::size_t, std::int64_t sum) noexcept {
                     y.as<std::int32_t>()[at] = static_cast<std::int32_t>(sum);
                 });
    }
}

void op_qlinear_matmul(OpCall& call) noexcept {
    const ElementType type = call.in(7).type;
    if (!are_bytes(call, 0, 3) || !are_bytes(call, 7, 7)) {
        return call.fail_type(call.in(0).type);
    }
    const std::optional<MatMulShape> shape = matmul_shape(call.dims(0), call.dims(3));
    if (!shape) {
        return call.fail_shape();
    }
    for (const auto& [index, rows] : {std::pair{1, shape->rows}, std::pair{2, shape->rows},
                                      std::pair{4, shape->columns}, std::pair{5, shape->columns},
                                      std::pair{6, std::size_t{1}}, std::pair{7, std::size_t{1}}}) {
        const std::size_t count = call.in(static_cast<std::size_t>(index)).count();
        if (count != 1 && count != rows) {
            return call.fail_shape("scale or zero point");
        }
    }
    const TensorRef y = call.out(0, type, shape->out);
    if (y.data == nullptr) {
        return;
    }
    const PerRow a_scale{call.in(1)};
    const PerRow b_scale{call.in(4)};
    const PerRow y_scale{call.in(6)};
    const PerRow y_zero{call.in(7)};
    const Range range = range_of(type);
    Writing<std::int64_t> to{y};
    multiply(call, *shape, 3, call.in(2), call.in(5),
             [&](std::size_t at, std::size_t i, std::size_t j, std::int64_t sum) noexcept {
                 const double value =
                     static_cast<double>(sum) * (a_scale.at(i) * b_scale.at(j) / y_scale.at(0));
                 to[at] = static_cast<std::int64_t>(quantize(value, y_zero.at(0), range));
             });
}

namespace {

/// Fails the call when an operand is given and has neither one element nor, where it is one for
/// each filter, as many as there are.
bool fits_filters(OpCall& call, std::size_t index, std::size_t filters) noexcept {
    if (call.has(index) && call.in(index).count() != 1 && call.in(index).count() != filters) {
        call.fail_shape("scale or zero point");
    }
    return !call.failed();
}

/// Sums of an integer convolution; @p w is the index of the weights.
template <typename Put>
void convolve(OpCall& call, std::size_t w, const TensorRef& x_zero, const TensorRef& w_zero,
              ElementType type, Put put) noexcept {
    if (!are_bytes(call, 0, w)) {
        return call.fail_type(call.in(0).type);
    }
    const std::optional<ConvShape> shape = conv_shape(call, call.dims(0), call.dims(w));
    if (!shape) {
        return;
    }
    const TensorRef y = call.out(0, type, shape->out);
    if (y.data == nullptr) {
        return;
    }
    const Reading<std::int64_t> x{call.in(0)};
    const Reading<std::int64_t> weights{call.in(w)};
    const PerRow x_zeros{x_zero};
    const PerRow w_zeros{w_zero};
    const auto zx = static_cast<std::int64_t>(x_zeros.at(0));
    for_each_window(*shape, [&](std::size_t at, std::size_t filter, const auto& taps) noexcept {
        const auto zw = static_cast<std::int64_t>(w_zeros.at(filter));
        std::int64_t sum = 0;
        taps([&](std::size_t x_at, std::size_t w_at) noexcept {
            sum += (x[x_at] - zx) * (weights[w_at] - zw);
        });
        put(y, at, filter, sum);
    });
}

} // namespace

void op_conv_integer(OpCall& call) noexcept {
    const std::size_t filters = call.rank(1) == 0 ? 1 : static_cast<std::size_t>(call.dims(1)[0]);
    if (!fits_filters(call, 2, 1) || !fits_filters(call, 3, filters)) {
        return;
    }
    convolve(call, 1, operand(call, 2), operand(call, 3), ElementType::int32,
             [](const TensorRef& y, std::size_t at, std::size_t, std::int64_t sum) noexcept {
                 y.as<std::int32_t>()[at] = static_cast<std::int32_t>(sum);
             });
}

void op_qlinear_conv(OpCall& call) noexcept {
    const ElementType type = call.in(7).type;
    if (!are_bytes(call, 7, 7)) {
        return call.fail_type(type);
    }
    const std::size_t filters = call.rank(3) == 0 ? 1 : static_cast<std::size_t>(call.dims(3)[0]);
    for (const std::size_t index : {1U, 2U, 4U, 5U, 6U, 7U}) {
        if (!fits_filters(call, index, index == 4 || index == 5 ? filters : 1)) {
            return;
        }
    }
    if (call.has(8) && call.in(8).count() != filters) {
        return call.fail_shape("bias");
    }
    if (call.inferring()) {
        return convolve(call, 3, {}, {}, type, [](auto&&...) noexcept {});
    }
    const PerRow x_scale{call.in(1)};
    const PerRow w_scale{call.in(4)};
    const PerRow y_scale{call.in(6)};
    const PerRow y_zero{call.in(7)};
    const Reading<std::int64_t> bias{operand(call, 8)};
    const Range range = range_of(type);
    convolve(
        call, 3, call.in(2), call.in(5), type,
        [&](const TensorRef& y, std::size_t at, std::size_t filter, std::int64_t sum) noexcept {
            sum += bias.data() == nullptr ? 0 : bias[filter];
            const double value =
                static_cast<double>(sum) * (x_scale.at(0) * w_scale.at(filter) / y_scale.at(0));
            const double result = quantize(value, y_zero.at(0), range);
            write_elements(type, &result, 1, y.data + at);
        });
}

} // namespace assay::runtime
