// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Pad, CenterCropPad, DepthToSpace, SpaceToDepth, ReverseSequence.
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/strided_copy.hpp"

#include <algorithm>
#include <cstring>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;

/// Amounts of padding and cropping that leave room to add them to a dimension.
constexpr std::int64_t MAX_PAD = std::int64_t{1} << 40;

enum class PadMode : std::uint8_t { constant, reflect, edge, wrap };

/// Where in [0, size) a position outside it takes its element from; −1: nowhere.
std::int64_t source(std::int64_t at, std::int64_t size, PadMode mode) noexcept {
    if (at >= 0 && at < size) {
        return at;
    }
    if (size == 0 || mode == PadMode::constant) {
        return -1;
    }
    if (mode == PadMode::edge) {
        return at < 0 ? 0 : size - 1;
    }
    const std::int64_t period = mode == PadMode::wrap ? size : 2 * (size - 1);
    if (period == 0) {
        return 0;
    }
    const std::int64_t place = (at % period + period) % period;
    return place < size ? place : period - place;
}

/// Copies with @p before elements added in front of each axis; negative ones crop.
void pad_copy(const TensorRef& x, const TensorRef& y, const Dims& before, PadMode mode,
              const std::uint8_t* fill) noexcept {
    const std::size_t size = onnx::element_size(x.type);
    const std::size_t rank = x.dims.size();
    const Strides dense = dense_strides(x.dims);
    Walk<1> walk{y.dims, {Strides{}}};
    for (std::size_t i = 0; i < y.count(); ++i, walk.next()) {
        std::int64_t at = 0;
        for (std::size_t axis = 0; axis < rank && at >= 0; ++axis) {
            const std::int64_t part = source(walk.index(axis) - before[axis], x.dims[axis], mode);
            at = part < 0 ? -1 : at + part * dense[axis];
        }
        std::memcpy(y.data + i * size, at < 0 ? fill : x.data + static_cast<std::size_t>(at) * size,
                    size);
    }
}

} // namespace

void op_pad(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t rank = x.dims.size();
    const std::string_view name = call.string("mode", "constant");
    const PadMode mode = name == "reflect" ? PadMode::reflect
                         : name == "edge"  ? PadMode::edge
                         : name == "wrap"  ? PadMode::wrap
                                           : PadMode::constant;
    if (mode == PadMode::constant && name != "constant") {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "mode");
    }
    Dims pads(call.attributes().integers("pads").begin(), call.attributes().integers("pads").end());
    Dims axes(rank);
    for (std::size_t i = 0; i < rank; ++i) {
        axes[i] = static_cast<std::int64_t>(i);
    }
    const bool by_inputs = call.version() >= 11;
    if (!by_inputs && (call.has(1) || call.has(2) || call.has(3))) { // attributes then
        return call.fail(ErrorCode::ONNX_MALFORMED, "inputs");
    }
    if (by_inputs) {
        if (!call.has(1)) {
            return call.fail(ErrorCode::ONNX_MALFORMED, "pads");
        }
        if (!call.known_integers(1) || (call.has(3) && !call.known_integers(3))) {
            return;
        }
        pads = call.integers(1);
        axes = call.has(3) ? call.integers(3) : axes;
    }
    if (call.has(2) && call.in(2).type != x.type) {
        return call.fail_type(call.in(2).type);
    }
    if (pads.size() != 2 * axes.size() || (call.has(2) && call.in(2).count() != 1)) {
        return call.fail_shape("pads");
    }
    const std::optional<std::vector<std::size_t>> places = axis_list(call, axes, rank);
    if (!places) {
        return;
    }
    Dims dims(x.dims.begin(), x.dims.end());
    Dims before(rank);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::size_t axis = (*places)[i];
        for (const std::int64_t amount : {pads[i], pads[i + axes.size()]}) {
            if (amount < -MAX_PAD || amount > MAX_PAD) {
                return call.fail(ErrorCode::ONNX_LIMIT, "pads");
            }
        }
        before[axis] = pads[i];
        dims[axis] += pads[i] + pads[i + axes.size()];
        if (dims[axis] < 0 ||
            (mode == PadMode::reflect && x.dims[axis] < 2 && dims[axis] > x.dims[axis])) {
            return call.fail_shape("pads");
        }
    }
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr) {
        return;
    }
    std::array<std::uint8_t, 16> fill{};
    if (by_inputs && call.has(2)) {
        std::memcpy(fill.data(), call.in(2).data, onnx::element_size(x.type));
    } else if (!by_inputs && is_float(x.type)) {
        const float value = call.real("value", 0);
        write_elements(x.type, &value, 1, fill.data());
    }
    pad_copy(x, y, before, mode, fill.data());
}

void op_center_crop_pad(OpCall& call) noexcept {
    if (!call.known_integers(1)) {
        return;
    }
    const TensorRef& x = call.in(0);
    const std::size_t rank = x.dims.size();
    const Dims shape = call.integers(1);
    Dims axes(call.attributes().integers("axes").begin(), call.attributes().integers("axes").end());
    for (std::size_t i = 0; call.attributes().find("axes") == nullptr && i < rank; ++i) {
        axes.push_back(static_cast<std::int64_t>(i));
    }
    if (axes.size() != shape.size()) {
        return call.fail_shape("axes");
    }
    const std::optional<std::vector<std::size_t>> places = axis_list(call, axes, rank);
    if (!places) {
        return;
    }
    Dims dims(x.dims.begin(), x.dims.end());
    Dims before(rank);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::size_t axis = (*places)[i];
        if (shape[i] < 0) {
            return call.fail_shape("shape");
        }
        dims[axis] = shape[i];
        const std::int64_t extra = shape[i] - x.dims[axis];
        before[axis] = extra >= 0 ? extra / 2 : -(-extra / 2);
    }
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data != nullptr) {
        constexpr std::array<std::uint8_t, 16> ZERO{};
        pad_copy(x, y, before, PadMode::constant, ZERO.data());
    }
}

namespace {

/// Copies x, seen with @p wide dimensions, in the order of @p order to y.
void copy_in_order(const TensorRef& x, const TensorRef& y, const Dims& wide,
                   std::span<const std::size_t> order) noexcept {
    const Strides dense = dense_strides(wide);
    Strides strides{};
    Dims dims(wide.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        strides[i] = dense[order[i]];
        dims[i] = wide[order[i]];
    }
    strided_copy(TensorRef{x.type, dims, y.data}, x.data, strides);
}

} // namespace

void op_depth_to_space(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::int64_t b = call.integer("blocksize", 0);
    if (x.dims.size() != 4 || b < 1 || b > 0xffff || x.dims[1] % (b * b) != 0) {
        return call.fail_shape();
    }
    const std::string_view mode = call.string("mode", "DCR");
    const TensorRef y =
        call.out(0, x.type, {x.dims[0], x.dims[1] / (b * b), x.dims[2] * b, x.dims[3] * b});
    if (y.data == nullptr) {
        return;
    }
    if (mode == "DCR") {
        copy_in_order(x, y, {x.dims[0], b, b, x.dims[1] / (b * b), x.dims[2], x.dims[3]},
                      std::array<std::size_t, 6>{0, 3, 4, 1, 5, 2});
    } else {
        copy_in_order(x, y, {x.dims[0], x.dims[1] / (b * b), b, b, x.dims[2], x.dims[3]},
                      std::array<std::size_t, 6>{0, 1, 4, 2, 5, 3});
    }
}

void op_space_to_depth(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::int64_t b = call.integer("blocksize", 0);
    if (x.dims.size() != 4 || b < 1 || b > 0xffff || x.dims[2] % b != 0 || x.dims[3] % b != 0) {
        return call.fail_shape();
    }
    const TensorRef y =
        call.out(0, x.type, {x.dims[0], x.dims[1] * b * b, x.dims[2] / b, x.dims[3] / b});
    if (y.data != nullptr) {
        copy_in_order(x, y, {x.dims[0], x.dims[1], x.dims[2] / b, b, x.dims[3] / b, b},
                      std::array<std::size_t, 6>{0, 3, 5, 1, 2, 4});
    }
}

void op_reverse_sequence(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::int64_t batch_axis = call.integer("batch_axis", 1);
    const std::int64_t time_axis = call.integer("time_axis", 0);
    if (x.dims.size() < 2 || batch_axis + time_axis != 1 || batch_axis * time_axis != 0 ||
        call.in(1).count() !=
            static_cast<std::size_t>(x.dims[static_cast<std::size_t>(batch_axis)])) {
        return call.fail_shape();
    }
    if (call.in(1).type != ElementType::int64) {
        return call.fail_type(call.in(1).type);
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t block = volume(x.dims.subspan(2)) * onnx::element_size(x.type);
    const std::int64_t time = x.dims[static_cast<std::size_t>(time_axis)];
    for (std::int64_t i = 0; i < x.dims[0]; ++i) {
        for (std::int64_t k = 0; k < x.dims[1]; ++k) {
            const std::int64_t length = call.in(1).as<std::int64_t>()[batch_axis == 0 ? i : k];
            if (length < 0 || length > time) {
                return call.fail(ErrorCode::ONNX_INDEX, "sequence_lens");
            }
            const std::int64_t t = time_axis == 0 ? i : k;
            const std::int64_t from = t < length ? length - 1 - t : t;
            const std::int64_t at = time_axis == 0 ? from * x.dims[1] + k : i * x.dims[1] + from;
            std::memcpy(y.data + static_cast<std::size_t>(i * x.dims[1] + k) * block,
                        x.data + static_cast<std::size_t>(at) * block, block);
        }
    }
}

} // namespace assay::runtime
