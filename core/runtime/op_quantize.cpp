// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// QuantizeLinear and what computes on quantised numbers. Integer sums are exact; requantisation
// divides in float and rounds to nearest even, as ONNX defines it.
#include "core/onnx/window.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/fast_elements.hpp"
#include "core/runtime/matmul.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/window_walk.hpp"

#include <algorithm>
#include <cmath>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;

struct Range {
    double low;
    double high;
};

Range range_of(ElementType type) noexcept {
    switch (type) {
    case ElementType::int8:
        return {-128, 127};
    case ElementType::uint16:
        return {0, 65535};
    case ElementType::int16:
        return {-32768, 32767};
    case ElementType::uint4:
        return {0, 15};
    case ElementType::int4:
        return {-8, 7};
    case ElementType::uint2:
        return {0, 3};
    case ElementType::int2:
        return {-2, 1};
    default:
        return {0, 255};
    }
}

bool is_quantized(ElementType type) noexcept {
    switch (type) {
    case ElementType::int8:
    case ElementType::uint8:
    case ElementType::int16:
    case ElementType::uint16:
    case ElementType::int4:
    case ElementType::uint4:
    case ElementType::int2:
    case ElementType::uint2:
        return true;
    default:
        return is_small_float(type) && onnx::element_size(type) == 1;
    }
}

double quantize(double value, double zero, const Range& range) noexcept {
    return std::clamp(std::nearbyint(value) + zero, range.low, range.high);
}

/// Which element of scale and zero point belongs to an element: one for all, one for each index of
/// an axis, or one for each block along it.
struct Grid {
    std::size_t size = 1; ///< of the axis
    std::size_t inner = 1;
    std::size_t block = 0; ///< 0: all of the axis share nothing
    bool single = true;

    [[nodiscard]] std::size_t at(std::size_t element) const noexcept {
        if (single) {
            return 0;
        }
        const std::size_t index = element / inner % size;
        if (block == 0) {
            return index;
        }
        const std::size_t blocks = (size + block - 1) / block;
        return (element / inner / size * blocks + index / block) * inner + element % inner;
    }
};

/// Fails the call when scale and zero point do not fit.
Grid grid_of(OpCall& call) noexcept {
    Grid grid;
    const std::span<const std::int64_t> dims = call.dims(0);
    const TensorRef& scale = call.in(1);
    if (call.has(2) && call.in(2).count() != scale.count()) {
        call.fail_shape();
        return grid;
    }
    const auto block = static_cast<std::size_t>(call.integer("block_size", 0));
    if (scale.count() == 1 && block == 0) {
        return grid;
    }
    const std::size_t axis = axis_of(call, call.integer("axis", 1), dims.size());
    if (call.failed()) {
        return grid;
    }
    grid = {static_cast<std::size_t>(dims[axis]), volume(dims.subspan(axis + 1)), block, false};
    Dims expected = {dims[axis]};
    if (block != 0) {
        expected.assign(dims.begin(), dims.end());
        expected[axis] = static_cast<std::int64_t>((grid.size + block - 1) / block);
    }
    if (!std::equal(expected.begin(), expected.end(), scale.dims.begin(), scale.dims.end())) {
        call.fail_shape("scale");
    }
    return grid;
}

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

TensorRef operand(const OpCall& call, std::size_t index) noexcept {
    return call.has(index) ? call.in(index) : TensorRef{};
}

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

void op_quantize_linear(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    ElementType type = call.has(2) ? call.in(2).type : ElementType::uint8;
    if (const std::int64_t wanted = call.integer("output_dtype", 0); wanted != 0) {
        type = static_cast<ElementType>(wanted);
    }
    if ((!is_float(x.type) && x.type != ElementType::int32) || !is_quantized(type) ||
        !is_float(call.in(1).type)) {
        return call.fail_type(is_quantized(type) ? x.type : type);
    }
    const Grid grid = grid_of(call);
    const TensorRef y = call.out(0, type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const Reading<float> from{x};
    const Reading<float> scale{call.in(1)};
    const Reading<double> zero{operand(call, 2)};
    const Range range = range_of(type);
    const bool small = is_small_float(type);
    const Overflow overflow =
        call.integer("saturate", 1) != 0 ? Overflow::saturate : Overflow::to_infinity;
    std::vector<double> row(1);
    for (std::size_t i = 0; i < y.count(); ++i) {
        const std::size_t g = grid.at(i);
        const auto value = static_cast<double>(from[i] / scale[g]);
        const double z = zero.data() == nullptr ? 0 : zero[g];
        if (small) {
            y.data[i] = static_cast<std::uint8_t>(encode_small(type, value + z, overflow));
        } else {
            row[0] = quantize(value, z, range);
            write_elements(type, row.data(), 1, y.data + i * onnx::element_size(type));
        }
    }
}

void op_dequantize_linear(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if ((!is_quantized(x.type) && x.type != ElementType::int32) || !is_float(call.in(1).type)) {
        return call.fail_type(x.type);
    }
    const Grid grid = grid_of(call);
    ElementType type = call.in(1).type;
    if (const std::int64_t wanted = call.integer("output_dtype", 0); wanted != 0) {
        type = static_cast<ElementType>(wanted);
    }
    if (!is_float(type)) {
        return call.fail_type(type);
    }
    const TensorRef y = call.out(0, type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const Reading<double> from{x};
    const Reading<double> scale{call.in(1)};
    const Reading<double> zero{operand(call, 2)};
    Writing<float> to{y};
    for (std::size_t i = 0; i < y.count(); ++i) {
        const std::size_t g = grid.at(i);
        const double z = zero.data() == nullptr ? 0 : zero[g];
        to[i] = static_cast<float>(from[i] - z) * static_cast<float>(scale[g]);
    }
}

void op_dynamic_quantize_linear(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (x.type != ElementType::float32) {
        return call.fail_type(x.type);
    }
    const TensorRef y = call.out(0, ElementType::uint8, x.dims);
    const TensorRef scale_out = call.out(1, ElementType::float32, std::span<const std::int64_t>{});
    const TensorRef zero_out = call.out(2, ElementType::uint8, std::span<const std::int64_t>{});
    if (call.failed() || call.inferring()) {
        return;
    }
    const auto [low, high] = range_with_zero(x.as<float>(), x.count());
    const float scale = high == low ? 1.0F : (high - low) / 255;
    const float zero = std::nearbyint(std::clamp(0 - low / scale, 0.0F, 255.0F));
    if (scale_out.data != nullptr) {
        *scale_out.as<float>() = scale;
    }
    if (zero_out.data != nullptr) {
        *zero_out.data = static_cast<std::uint8_t>(zero);
    }
    if (y.data != nullptr) {
        quantize_bytes(x.as<float>(), x.count(), scale, zero, y.data);
    }
}

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
