// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Elements that move as blocks or by strides.
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/strided_copy.hpp"

#include <algorithm>
#include <cstring>

namespace assay::runtime {
namespace {

using onnx::Dims;

Dims dims_of(const OpCall& call, std::size_t index) noexcept {
    return {call.dims(index).begin(), call.dims(index).end()};
}

void copy_all(const TensorRef& x, const TensorRef& y) noexcept {
    if (y.data != nullptr) {
        std::memcpy(y.data, x.data, x.count() * onnx::element_size(x.type));
    }
}

/// Axes given as attribute before operator set 13 and as an input since. @return nothing while
/// they are not known or when they are out of range.
std::optional<std::vector<char>> squeeze_axes(OpCall& call, std::size_t rank, bool& given) {
    Dims axes(call.attributes().integers("axes").begin(), call.attributes().integers("axes").end());
    given = call.attributes().find("axes") != nullptr;
    if (call.has(1)) {
        if (!call.known_integers(1)) {
            return std::nullopt;
        }
        axes = call.integers(1);
        given = true;
    }
    return axis_set(call, axes, rank);
}

} // namespace

std::optional<std::vector<char>> axis_set(OpCall& call, std::span<const std::int64_t> axes,
                                          std::size_t rank) noexcept {
    std::vector<char> set(rank);
    for (const std::int64_t axis : axes) {
        const std::size_t at = axis_of(call, axis, rank);
        if (call.failed()) {
            return std::nullopt;
        }
        set[at] = 1;
    }
    return set;
}

std::optional<std::vector<std::size_t>> axis_list(OpCall& call, std::span<const std::int64_t> axes,
                                                  std::size_t rank) noexcept {
    std::vector<std::size_t> list;
    std::vector<char> seen(rank);
    for (const std::int64_t axis : axes) {
        const std::size_t at = axis_of(call, axis, rank);
        if (call.failed()) {
            return std::nullopt;
        }
        if (seen[at] != 0) { // also −1 beside the last axis
            call.fail_shape("axes");
            return std::nullopt;
        }
        seen[at] = 1;
        list.push_back(at);
    }
    return list;
}

void strided_copy(const TensorRef& y, const std::uint8_t* from, const Strides& strides) noexcept {
    const std::size_t size = onnx::element_size(y.type);
    const std::size_t count = y.count();
    if (count == 0) {
        return;
    }
    // The last dimension runs in one go where it is contiguous.
    const std::size_t rank = y.dims.size();
    if (rank != 0 && strides[rank - 1] == 1) {
        const auto row = static_cast<std::size_t>(y.dims[rank - 1]);
        Walk<1> walk{y.dims.first(rank - 1), {strides}};
        for (std::size_t i = 0; i < count; i += row, walk.next()) {
            std::memcpy(y.data + i * size, from + walk.offset(0) * static_cast<std::int64_t>(size),
                        row * size);
        }
        return;
    }
    Walk<1> walk{y.dims, {strides}};
    const auto copy = [&](auto unit) noexcept {
        using T = decltype(unit);
        for (std::size_t i = 0; i < count; ++i, walk.next()) {
            y.as<T>()[i] = reinterpret_cast<const T*>(from)[walk.offset(0)];
        }
    };
    switch (size) {
    case 1:
        return copy(std::uint8_t{});
    case 2:
        return copy(std::uint16_t{});
    case 4:
        return copy(std::uint32_t{});
    case 8:
        return copy(std::uint64_t{});
    default:
        for (std::size_t i = 0; i < count; ++i, walk.next()) {
            std::memcpy(y.data + i * size, from + walk.offset(0) * static_cast<std::int64_t>(size),
                        size);
        }
    }
}

void op_concat(OpCall& call) noexcept {
    Dims dims = dims_of(call, 0);
    const std::size_t axis = axis_of(call, call.integer("axis", 1), dims.size());
    if (call.failed()) {
        return;
    }
    for (std::size_t i = 1; i < call.input_count(); ++i) {
        if (!call.has(i) || call.rank(i) != dims.size()) {
            return call.fail_shape();
        }
        if (call.in(i).type != call.in(0).type) {
            return call.fail_type(call.in(i).type);
        }
        for (std::size_t k = 0; k < dims.size(); ++k) {
            if (k != axis && call.dims(i)[k] != dims[k]) {
                return call.fail_shape();
            }
        }
        dims[axis] += call.dims(i)[axis];
    }
    const TensorRef y = call.out(0, call.in(0).type, dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t outer = volume(std::span{dims}.first(axis));
    const std::size_t inner =
        volume(std::span{dims}.subspan(axis + 1)) * onnx::element_size(y.type);
    std::uint8_t* to = y.data;
    for (std::size_t o = 0; o < outer; ++o) {
        for (std::size_t i = 0; i < call.input_count(); ++i) {
            const std::size_t bytes = static_cast<std::size_t>(call.dims(i)[axis]) * inner;
            std::memcpy(to, call.in(i).data + o * bytes, bytes);
            to += bytes;
        }
    }
}

void op_split(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t axis = axis_of(call, call.integer("axis", 0), x.dims.size());
    if (call.failed()) {
        return;
    }
    const std::size_t outputs = call.node().outputs.size();
    Dims parts(call.attributes().integers("split").begin(),
               call.attributes().integers("split").end());
    if (call.has(1)) {
        if (!call.known_integers(1)) {
            return;
        }
        parts = call.integers(1);
    }
    if (parts.empty()) {
        const auto count = static_cast<std::int64_t>(outputs);
        const std::int64_t each = (x.dims[axis] + count - 1) / count;
        for (std::int64_t i = 0; i < count; ++i) {
            parts.push_back(std::clamp(x.dims[axis] - i * each, std::int64_t{0}, each));
        }
    }
    std::int64_t total = 0;
    for (const std::int64_t part : parts) {
        if (part < 0 || part > x.dims[axis] - total) {
            return call.fail_shape("split");
        }
        total += part;
    }
    if (parts.size() != outputs || total != x.dims[axis]) {
        return call.fail_shape("split");
    }
    const std::size_t size = onnx::element_size(x.type);
    const std::size_t inner = volume(x.dims.subspan(axis + 1)) * size;
    const std::size_t outer = volume(x.dims.first(axis));
    std::size_t before = 0;
    for (std::size_t i = 0; i < outputs; ++i) {
        Dims dims = dims_of(call, 0);
        dims[axis] = parts[i];
        const TensorRef y = call.out(i, x.type, dims);
        const std::size_t bytes = static_cast<std::size_t>(parts[i]) * inner;
        for (std::size_t o = 0; y.data != nullptr && o < outer; ++o) {
            std::memcpy(y.data + o * bytes,
                        x.data + (o * static_cast<std::size_t>(x.dims[axis])) * inner + before,
                        bytes);
        }
        before += bytes;
    }
}

void op_transpose(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t rank = x.dims.size();
    Dims order(call.attributes().integers("perm").begin(),
               call.attributes().integers("perm").end());
    if (order.empty()) {
        for (std::size_t i = rank; i-- > 0;) {
            order.push_back(static_cast<std::int64_t>(i));
        }
    }
    const std::optional<std::vector<char>> seen = axis_set(call, order, rank);
    if (!seen) {
        return;
    }
    if (order.size() != rank || std::find(seen->begin(), seen->end(), 0) != seen->end()) {
        return call.fail_shape("perm");
    }
    const Strides dense = dense_strides(x.dims);
    Dims dims(rank);
    Strides strides{};
    for (std::size_t i = 0; i < rank; ++i) {
        const std::size_t axis = axis_of(call, order[i], rank);
        dims[i] = x.dims[axis];
        strides[i] = dense[axis];
    }
    if (const TensorRef y = call.out(0, x.type, dims); y.data != nullptr) {
        strided_copy(y, x.data, strides);
    }
}

void op_expand(OpCall& call) noexcept {
    if (!call.known_integers(1)) {
        return;
    }
    const std::optional<Dims> dims = onnx::broadcast(call.dims(0), call.integers(1));
    if (!dims || dims->size() > onnx::MAX_RANK || !onnx::is_known(*dims)) {
        return call.fail_shape("to " + onnx::text(call.integers(1)));
    }
    if (const TensorRef y = call.out(0, call.in(0).type, *dims); y.data != nullptr) {
        strided_copy(y, call.in(0).data, broadcast_strides(call.dims(0), dims->size()));
    }
}

void op_tile(OpCall& call) noexcept {
    if (!call.known_integers(1)) {
        return;
    }
    const TensorRef& x = call.in(0);
    const Dims repeats = call.integers(1);
    Dims dims = dims_of(call, 0);
    if (repeats.size() != dims.size()) {
        return call.fail_shape("repeats");
    }
    for (std::size_t i = 0; i < dims.size(); ++i) {
        if (repeats[i] < 0 || (repeats[i] != 0 && dims[i] > INT64_MAX / repeats[i])) {
            return call.fail_shape("repeats");
        }
        dims[i] *= repeats[i];
    }
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    const std::size_t size = onnx::element_size(x.type);
    const Strides dense = dense_strides(x.dims);
    Walk<1> walk{y.dims, {Strides{}}};
    for (std::size_t i = 0; i < y.count(); ++i, walk.next()) {
        std::int64_t at = 0;
        for (std::size_t axis = 0; axis < dims.size(); ++axis) {
            at += walk.index(axis) % x.dims[axis] * dense[axis];
        }
        std::memcpy(y.data + i * size, x.data + static_cast<std::size_t>(at) * size, size);
    }
}

void op_squeeze(OpCall& call) noexcept {
    bool given = false;
    const std::optional<std::vector<char>> axes = squeeze_axes(call, call.rank(0), given);
    if (!axes) {
        return;
    }
    Dims dims;
    for (std::size_t i = 0; i < call.rank(0); ++i) {
        const bool drop = given ? (*axes)[i] != 0 : call.dims(0)[i] == 1;
        if (drop && call.dims(0)[i] != 1) {
            return call.fail_shape("axes");
        }
        if (!drop) {
            dims.push_back(call.dims(0)[i]);
        }
    }
    copy_all(call.in(0), call.out(0, call.in(0).type, dims));
}

void op_unsqueeze(OpCall& call) noexcept {
    std::size_t added = call.attributes().integers("axes").size();
    if (call.has(1)) {
        added = call.in(1).count();
    }
    const std::size_t rank = call.rank(0) + added;
    bool given = false;
    if (rank > onnx::MAX_RANK) {
        return call.fail(ErrorCode::ONNX_LIMIT, "rank");
    }
    const std::optional<std::vector<char>> axes = squeeze_axes(call, rank, given);
    if (!axes) {
        return;
    }
    Dims dims;
    std::size_t next = 0;
    for (std::size_t i = 0; i < rank; ++i) {
        if ((*axes)[i] == 0 && next == call.rank(0)) {
            return call.fail_shape("axes");
        }
        dims.push_back((*axes)[i] != 0 ? 1 : call.dims(0)[next++]);
    }
    copy_all(call.in(0), call.out(0, call.in(0).type, dims));
}

void op_slice(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t rank = x.dims.size();
    Dims starts(call.attributes().integers("starts").begin(),
                call.attributes().integers("starts").end());
    Dims ends(call.attributes().integers("ends").begin(), call.attributes().integers("ends").end());
    Dims axes(call.attributes().integers("axes").begin(), call.attributes().integers("axes").end());
    Dims steps;
    std::array<Dims*, 4> lists = {&starts, &ends, &axes, &steps};
    for (std::size_t i = 0; i < lists.size(); ++i) {
        if (call.has(i + 1)) {
            if (call.version() < 10) { // an attribute then
                return call.fail(ErrorCode::ONNX_MALFORMED, "inputs");
            }
            if (!call.known_integers(i + 1)) {
                return;
            }
            *lists[i] = call.integers(i + 1);
        }
    }
    for (std::size_t i = 0, all = axes.empty() ? starts.size() : 0; i < all; ++i) {
        axes.push_back(static_cast<std::int64_t>(i));
    }
    steps.resize(steps.empty() ? starts.size() : steps.size(), 1);
    if (ends.size() != starts.size() || axes.size() != starts.size() ||
        steps.size() != starts.size()) {
        return call.fail_shape("starts, ends, axes, steps");
    }
    // An axis named twice would move the start and the step once more, out of the tensor.
    const std::optional<std::vector<std::size_t>> places = axis_list(call, axes, rank);
    if (!places) {
        return;
    }
    Dims dims = dims_of(call, 0);
    Strides strides = dense_strides(x.dims);
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const std::size_t axis = (*places)[i];
        if (steps[i] == 0) {
            return call.fail_shape("steps");
        }
        steps[i] = std::max(steps[i], -INT64_MAX); // longer than any axis, as its negative is
        const std::int64_t size = x.dims[axis];
        const bool forward = steps[i] > 0;
        const auto place = [size](std::int64_t at, std::int64_t low, std::int64_t high) noexcept {
            return std::clamp(at < 0 ? std::max(at, -size - 1) + size : at, low, high);
        };
        const std::int64_t first =
            forward ? place(starts[i], 0, size) : place(starts[i], 0, size - 1);
        const std::int64_t last = forward ? place(ends[i], 0, size) : place(ends[i], -1, size - 1);
        const std::int64_t length = forward ? last - first : first - last;
        const std::int64_t step = forward ? steps[i] : -steps[i];
        dims[axis] = size == 0 || length <= 0 ? 0 : (length - 1) / step + 1;
        offset += dims[axis] == 0 ? 0 : first * strides[axis];
        strides[axis] *= dims[axis] < 2 ? 1 : steps[i];
    }
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data != nullptr && y.count() != 0) {
        strided_copy(y, x.data + offset * static_cast<std::int64_t>(onnx::element_size(x.type)),
                     strides);
    }
}

} // namespace assay::runtime
