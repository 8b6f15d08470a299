// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Elements chosen or written by index. An index out of range is ONNX_INDEX.
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;

bool is_index_type(ElementType type) noexcept {
    return type == ElementType::int32 || type == ElementType::int64;
}

/// Counts a negative index from the end. @return −1 after it failed the call.
std::int64_t place(OpCall& call, std::int64_t index, std::int64_t size) noexcept {
    if (index < -size || index >= size) {
        call.fail(ErrorCode::ONNX_INDEX, std::to_string(index) + " of " + std::to_string(size));
        return -1;
    }
    return index < 0 ? index + size : index;
}

/// How an update meets what is there.
enum class Update : std::uint8_t { replace, add, multiply, larger, smaller, unknown };

Update update_of(std::string_view reduction) noexcept {
    return reduction == "none"  ? Update::replace
           : reduction == "add" ? Update::add
           : reduction == "mul" ? Update::multiply
           : reduction == "max" ? Update::larger
           : reduction == "min" ? Update::smaller
                                : Update::unknown;
}

void apply_update(ElementType type, Update update, std::uint8_t* to, const std::uint8_t* from,
                  std::size_t count) noexcept {
    const std::size_t size = onnx::element_size(type);
    if (update == Update::replace) {
        std::memcpy(to, from, count * size);
        return;
    }
    (void) with_working_type(type, [&](auto working) noexcept {
        using T = decltype(working);
        for (std::size_t i = 0; i < count; ++i) {
            T a{};
            T b{};
            read_elements(type, to + i * size, 1, &a);
            read_elements(type, from + i * size, 1, &b);
            const T value = update == Update::add        ? a + b
                            : update == Update::multiply ? a * b
                            : update == Update::larger   ? std::max(a, b)
                                                         : std::min(a, b);
            write_elements(type, &value, 1, to + i * size);
        }
    });
}

bool check_scatter(OpCall& call, Update& update) noexcept {
    update = update_of(call.string("reduction", "none"));
    if (update == Update::unknown) {
        call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "reduction");
    } else if (!is_index_type(call.in(1).type)) {
        call.fail_type(call.in(1).type);
    } else if (call.in(2).type != call.in(0).type ||
               (update != Update::replace && !is_float(call.in(0).type) &&
                !is_integer(call.in(0).type))) {
        call.fail_type(call.in(2).type);
    }
    return !call.failed();
}

} // namespace

void op_gather(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const TensorRef& indices = call.in(1);
    const std::size_t axis = axis_of(call, call.integer("axis", 0), x.dims.size());
    if (!is_index_type(indices.type)) {
        call.fail_type(indices.type);
    }
    if (call.failed()) {
        return;
    }
    Dims dims(x.dims.begin(), x.dims.begin() + static_cast<std::ptrdiff_t>(axis));
    dims.insert(dims.end(), indices.dims.begin(), indices.dims.end());
    dims.insert(dims.end(), x.dims.begin() + static_cast<std::ptrdiff_t>(axis) + 1, x.dims.end());
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t block = volume(x.dims.subspan(axis + 1)) * onnx::element_size(x.type);
    const std::size_t outer = volume(x.dims.first(axis));
    const std::int64_t size = x.dims[axis];
    const Reading<std::int64_t> index{indices};
    std::uint8_t* to = y.data;
    for (std::size_t o = 0; o < outer; ++o) {
        for (std::size_t i = 0; i < indices.count(); ++i, to += block) {
            const std::int64_t at = place(call, index[i], size);
            if (at < 0) {
                return;
            }
            std::memcpy(to,
                        x.data +
                            (o * static_cast<std::size_t>(size) + static_cast<std::size_t>(at)) *
                                block,
                        block);
        }
    }
}

void op_gather_elements(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const TensorRef& indices = call.in(1);
    const std::size_t rank = x.dims.size();
    const std::size_t axis = axis_of(call, call.integer("axis", 0), rank);
    if (call.failed() || indices.dims.size() != rank) {
        return call.fail_shape();
    }
    if (!is_index_type(indices.type)) {
        return call.fail_type(indices.type);
    }
    for (std::size_t i = 0; i < rank; ++i) {
        if (i != axis && indices.dims[i] > x.dims[i]) {
            return call.fail_shape();
        }
    }
    const TensorRef y = call.out(0, x.type, indices.dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t size = onnx::element_size(x.type);
    Strides strides = dense_strides(x.dims);
    const std::int64_t step = strides[axis];
    strides[axis] = 0;
    const Reading<std::int64_t> index{indices};
    Walk<1> walk{y.dims, {strides}};
    for (std::size_t i = 0; i < y.count(); ++i, walk.next()) {
        const std::int64_t at = place(call, index[i], x.dims[axis]);
        if (at < 0) {
            return;
        }
        std::memcpy(y.data + i * size,
                    x.data + static_cast<std::size_t>(walk.offset(0) + at * step) * size, size);
    }
}

void op_gather_nd(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const TensorRef& indices = call.in(1);
    const auto batch = static_cast<std::size_t>(call.integer("batch_dims", 0));
    if (indices.dims.empty() || batch >= indices.dims.size() || batch > x.dims.size()) {
        return call.fail_shape("batch_dims");
    }
    if (!is_index_type(indices.type)) {
        return call.fail_type(indices.type);
    }
    const std::int64_t last = indices.dims.back();
    const std::size_t depth = batch + static_cast<std::size_t>(last);
    if (last < 0 || depth > x.dims.size() ||
        !std::equal(x.dims.begin(), x.dims.begin() + static_cast<std::ptrdiff_t>(batch),
                    indices.dims.begin())) {
        return call.fail_shape();
    }
    Dims dims(indices.dims.begin(), indices.dims.end() - 1);
    dims.insert(dims.end(), x.dims.begin() + static_cast<std::ptrdiff_t>(depth), x.dims.end());
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr) {
        return;
    }
    const Strides strides = dense_strides(x.dims);
    const std::size_t size = onnx::element_size(x.type);
    const std::size_t block = volume(x.dims.subspan(depth)) * size;
    const std::size_t tuples = volume(indices.dims.first(indices.dims.size() - 1));
    const std::size_t per_batch =
        volume(indices.dims.subspan(batch, indices.dims.size() - 1 - batch));
    const std::size_t batch_step = volume(x.dims.subspan(batch));
    const Reading<std::int64_t> index{indices};
    for (std::size_t i = 0; i < tuples; ++i) {
        std::size_t at = per_batch == 0 ? 0 : i / per_batch * batch_step;
        for (std::size_t k = batch; k < depth; ++k) {
            const std::int64_t part =
                place(call, index[i * static_cast<std::size_t>(last) + k - batch], x.dims[k]);
            if (part < 0) {
                return;
            }
            at += static_cast<std::size_t>(part * strides[k]);
        }
        std::memcpy(y.data + i * block, x.data + at * size, block);
    }
}

void op_scatter_elements(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const TensorRef& indices = call.in(1);
    const std::size_t rank = x.dims.size();
    const std::size_t axis = axis_of(call, call.integer("axis", 0), rank);
    Update update{};
    if (call.failed() || !check_scatter(call, update)) {
        return;
    }
    if (indices.dims.size() != rank || !std::equal(indices.dims.begin(), indices.dims.end(),
                                                   call.dims(2).begin(), call.dims(2).end())) {
        return call.fail_shape();
    }
    for (std::size_t i = 0; i < rank; ++i) {
        if (i != axis && indices.dims[i] > x.dims[i]) {
            return call.fail_shape();
        }
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t size = onnx::element_size(x.type);
    std::memcpy(y.data, x.data, x.count() * size);
    Strides strides = dense_strides(x.dims);
    const std::int64_t step = strides[axis];
    strides[axis] = 0;
    const Reading<std::int64_t> index{indices};
    Walk<1> walk{indices.dims, {strides}};
    for (std::size_t i = 0; i < indices.count(); ++i, walk.next()) {
        const std::int64_t at = place(call, index[i], x.dims[axis]);
        if (at < 0) {
            return;
        }
        apply_update(x.type, update,
                     y.data + static_cast<std::size_t>(walk.offset(0) + at * step) * size,
                     call.in(2).data + i * size, 1);
    }
}

void op_scatter_nd(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const TensorRef& indices = call.in(1);
    Update update{};
    if (!check_scatter(call, update)) {
        return;
    }
    const std::int64_t last = indices.dims.empty() ? -1 : indices.dims.back();
    if (last < 0 || static_cast<std::size_t>(last) > x.dims.size()) {
        return call.fail_shape();
    }
    const auto depth = static_cast<std::size_t>(last);
    Dims expected(indices.dims.begin(), indices.dims.end() - 1);
    expected.insert(expected.end(), x.dims.begin() + static_cast<std::ptrdiff_t>(last),
                    x.dims.end());
    if (!std::equal(expected.begin(), expected.end(), call.dims(2).begin(), call.dims(2).end())) {
        return call.fail_shape();
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t size = onnx::element_size(x.type);
    std::memcpy(y.data, x.data, x.count() * size);
    const Strides strides = dense_strides(x.dims);
    const std::size_t block = volume(x.dims.subspan(depth));
    const std::size_t tuples = volume(indices.dims.first(indices.dims.size() - 1));
    const Reading<std::int64_t> index{indices};
    for (std::size_t i = 0; i < tuples; ++i) {
        std::size_t at = 0;
        for (std::size_t k = 0; k < depth; ++k) {
            const std::int64_t part = place(call, index[i * depth + k], x.dims[k]);
            if (part < 0) {
                return;
            }
            at += static_cast<std::size_t>(part * strides[k]);
        }
        apply_update(x.type, update, y.data + at * size, call.in(2).data + i * block * size, block);
    }
}

/// Writes a chunk of new positions into a cache along one axis; the batch gives where.
void op_tensor_scatter(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const TensorRef& update = call.in(1);
    const std::size_t rank = x.dims.size();
    const std::size_t axis = axis_of(call, call.integer("axis", -2), rank);
    const std::string_view mode = call.string("mode", "linear");
    if (call.failed() || axis == 0 || update.dims.size() != rank) {
        return call.fail_shape();
    }
    if (mode != "linear" && mode != "circular") {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "mode");
    }
    for (std::size_t i = 0; i < rank; ++i) {
        if (i == axis ? update.dims[i] > x.dims[i] : update.dims[i] != x.dims[i]) {
            return call.fail_shape();
        }
    }
    if (call.has(2) && (call.in(2).count() != static_cast<std::size_t>(x.dims[0]) ||
                        call.in(2).type != ElementType::int64)) {
        return call.fail_shape("write_indices");
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t block = volume(x.dims.subspan(axis + 1)) * onnx::element_size(x.type);
    const std::size_t middle = volume(x.dims.subspan(1, axis - 1));
    const std::int64_t length = x.dims[axis];
    std::memcpy(y.data, x.data, x.count() * onnx::element_size(x.type));
    const std::uint8_t* from = update.data;
    for (std::int64_t b = 0; b < x.dims[0]; ++b) {
        const std::int64_t first = call.has(2) ? call.in(2).as<std::int64_t>()[b] : 0;
        for (std::size_t m = 0; m < middle; ++m) {
            const std::size_t row = static_cast<std::size_t>(b) * middle + m;
            for (std::int64_t i = 0; i < update.dims[axis]; ++i, from += block) {
                const std::int64_t wanted = mode == "circular" ? (first + i) % length : first + i;
                const std::int64_t at = wanted < 0 ? -1 : place(call, wanted, length);
                if (at < 0) {
                    return call.fail(ErrorCode::ONNX_INDEX, "write_indices");
                }
                std::memcpy(y.data + (row * static_cast<std::size_t>(length) +
                                      static_cast<std::size_t>(at)) *
                                         block,
                            from, block);
            }
        }
    }
}

void op_compress(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const bool flat = call.attributes().find("axis") == nullptr;
    const std::size_t axis = flat ? 0 : axis_of(call, call.integer("axis", 0), x.dims.size());
    if (call.failed() || !call.known(1)) {
        return;
    }
    const TensorRef& mask = call.in(1);
    if (mask.type != ElementType::boolean) {
        return call.fail_type(mask.type);
    }
    const std::size_t length = flat ? volume(x.dims) : static_cast<std::size_t>(x.dims[axis]);
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < mask.count(); ++i) {
        if (mask.data[i] != 0) {
            if (i >= length) {
                return call.fail(ErrorCode::ONNX_INDEX, "condition");
            }
            chosen.push_back(i);
        }
    }
    Dims dims(x.dims.begin(), x.dims.end());
    if (flat) {
        dims = {0};
    }
    dims[axis] = static_cast<std::int64_t>(chosen.size());
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t block =
        (flat ? 1 : volume(x.dims.subspan(axis + 1))) * onnx::element_size(x.type);
    const std::size_t outer = flat ? 1 : volume(x.dims.first(axis));
    std::uint8_t* to = y.data;
    for (std::size_t o = 0; o < outer; ++o) {
        for (const std::size_t i : chosen) {
            std::memcpy(to, x.data + (o * length + i) * block, block);
            to += block;
        }
    }
}

} // namespace assay::runtime
