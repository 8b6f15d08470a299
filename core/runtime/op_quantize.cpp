// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// QuantizeLinear, DequantizeLinear and DynamicQuantizeLinear: divided in float and rounded to
// nearest even, as ONNX defines it.
#include "core/runtime/elements.hpp"
#include "core/runtime/fast_elements.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/quantize.hpp"

#include <algorithm>
#include <cmath>

namespace assay::runtime {

using onnx::Dims;
using onnx::ElementType;

namespace {

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
    if (call.integer("block_size", 0) < 0) {
        call.fail(ErrorCode::ONNX_MALFORMED, "block_size");
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

} // namespace

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
    const float place = 0 - low / scale; // NaN of a low that is NaN or infinite
    const float zero = std::isnan(place) ? 0 : std::nearbyint(std::clamp(place, 0.0F, 255.0F));
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

} // namespace assay::runtime
