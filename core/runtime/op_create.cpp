// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Tensors made of shapes and numbers.
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace assay::runtime {
namespace {

using onnx::AttributeKind;
using onnx::Dims;
using onnx::ElementType;

void fill(const TensorRef& y, const std::uint8_t* element) noexcept {
    const std::size_t size = onnx::element_size(y.type);
    for (std::size_t i = 0; i < y.count(); ++i) {
        std::memcpy(y.data + i * size, element, size);
    }
}

} // namespace

void op_constant(OpCall& call) noexcept {
    const std::span<const onnx::Attribute> items = call.attributes().items();
    if (items.size() != 1) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "value");
    }
    const onnx::Attribute& value = items.front();
    const auto copy = [&call](ElementType type, std::span<const std::int64_t> dims,
                              const void* from) noexcept {
        const TensorRef y = call.out(0, type, dims);
        if (y.data != nullptr && y.count() != 0) {
            std::memcpy(y.data, from, y.count() * onnx::element_size(type));
        }
    };
    const auto length = [](const auto& list) noexcept {
        return std::array{static_cast<std::int64_t>(list.size())};
    };
    switch (value.kind) {
    case AttributeKind::tensor:
        return copy(value.tensor->type, value.tensor->dims, value.tensor->elements.data());
    case AttributeKind::real:
        return copy(ElementType::float32, {}, &value.real);
    case AttributeKind::reals:
        return copy(ElementType::float32, length(value.reals), value.reals.data());
    case AttributeKind::integer:
        return copy(ElementType::int64, {}, &value.integer);
    case AttributeKind::integers:
        return copy(ElementType::int64, length(value.integers), value.integers.data());
    case AttributeKind::string: {
        const std::uint64_t element = call.strings().intern(value.string);
        return copy(ElementType::string, {}, &element);
    }
    case AttributeKind::strings: {
        std::vector<std::uint64_t> elements;
        for (const std::string& text : value.strings) {
            elements.push_back(call.strings().intern(text));
        }
        return copy(ElementType::string, length(elements), elements.data());
    }
    default:
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_TYPE, value.name);
    }
}

void op_constant_of_shape(OpCall& call) noexcept {
    if (!call.known_integers(0)) {
        return;
    }
    const Dims dims = call.integers(0);
    if (!onnx::is_known(dims)) {
        return call.fail_shape("of " + onnx::text(dims));
    }
    const onnx::Tensor* value = call.attributes().tensor("value");
    if (value != nullptr && value->count() != 1) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "value");
    }
    const ElementType type = value == nullptr ? ElementType::float32 : value->type;
    const TensorRef y = call.out(0, type, dims);
    if (y.data != nullptr) {
        constexpr float ZERO = 0;
        fill(y, value == nullptr ? reinterpret_cast<const std::uint8_t*>(&ZERO)
                                 : value->elements.data());
    }
}

void op_eye_like(OpCall& call) noexcept {
    if (call.rank(0) != 2) {
        return call.fail_shape();
    }
    const auto type =
        static_cast<ElementType>(call.integer("dtype", static_cast<std::int64_t>(call.in(0).type)));
    if (!is_float(type) && !is_integer(type) && type != ElementType::boolean) {
        return call.fail_type(type);
    }
    const TensorRef y = call.out(0, type, call.dims(0));
    if (y.data == nullptr) {
        return;
    }
    const std::int64_t shift = call.integer("k", 0);
    Writing<std::int64_t> to{y};
    for (std::int64_t i = 0; i < y.dims[0]; ++i) {
        for (std::int64_t k = 0; k < y.dims[1]; ++k) {
            to[static_cast<std::size_t>(i * y.dims[1] + k)] = k - i == shift ? 1 : 0;
        }
    }
}

void op_range(OpCall& call) noexcept {
    const ElementType type = call.in(0).type;
    for (std::size_t i = 0; i < 3; ++i) {
        if (call.in(i).type != type || !(is_float(type) || is_integer(type))) {
            return call.fail_type(call.in(i).type);
        }
        if (call.in(i).count() != 1) {
            return call.fail_shape();
        }
        if (!call.known(i)) {
            return;
        }
    }
    const auto compute = [&](auto working) noexcept {
        using T = decltype(working);
        const T start = Reading<T>{call.in(0)}[0];
        const T limit = Reading<T>{call.in(1)}[0];
        const T delta = Reading<T>{call.in(2)}[0];
        const double steps = std::ceil((static_cast<double>(limit) - static_cast<double>(start)) /
                                       static_cast<double>(delta));
        if (delta == 0 || steps != steps) {
            return call.fail_value("delta");
        }
        if (steps >= 9e15) {
            return call.fail(ErrorCode::ONNX_LIMIT);
        }
        const TensorRef y = call.out(0, type, {steps > 0 ? static_cast<std::int64_t>(steps) : 0});
        if (y.data == nullptr) {
            return;
        }
        Writing<T> to{y};
        for (std::size_t i = 0; i < y.count(); ++i) {
            to[i] = start + static_cast<T>(i) * delta;
        }
    };
    (void) with_working_type(type, compute);
}

/// Shape and Size: the elements of the operand are not read.
void op_shape(OpCall& call) noexcept {
    const Dims dims(call.dims(0).begin(), call.dims(0).end());
    if (call.op() == onnx::Op::size) {
        const TensorRef y = call.out(0, ElementType::int64, std::span<const std::int64_t>{});
        if (y.data != nullptr) {
            *y.as<std::int64_t>() = static_cast<std::int64_t>(volume(dims));
        }
        return;
    }
    const auto rank = static_cast<std::int64_t>(dims.size());
    const auto place = [rank](std::int64_t at) noexcept {
        return std::clamp(at < 0 ? at + rank : at, std::int64_t{0}, rank);
    };
    const std::int64_t start = place(call.integer("start", 0));
    const std::int64_t end = std::max(start, place(call.integer("end", rank)));
    const TensorRef y = call.out(0, ElementType::int64, {end - start});
    if (y.data != nullptr) {
        std::copy_n(dims.data() + start, end - start, y.as<std::int64_t>());
    }
}

void op_one_hot(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const TensorRef& values = call.in(2);
    if (!(is_float(x.type) || is_integer(x.type))) {
        return call.fail_type(x.type);
    }
    if (!is_float(call.in(1).type) && !is_integer(call.in(1).type)) {
        return call.fail_type(call.in(1).type);
    }
    if (call.in(1).count() != 1 || values.count() != 2) {
        return call.fail_shape();
    }
    if (!call.known(1)) {
        return;
    }
    const double wanted = Reading<double>{call.in(1)}[0];
    const std::size_t axis = axis_of(call, call.integer("axis", -1), x.dims.size() + 1);
    if (call.failed() || !(wanted >= 1 && wanted < 9e15)) {
        return call.fail_shape("depth or axis");
    }
    const auto depth = static_cast<std::int64_t>(wanted);
    Dims dims(x.dims.begin(), x.dims.end());
    dims.insert(dims.begin() + static_cast<std::ptrdiff_t>(axis), depth);
    const TensorRef y = call.out(0, values.type, dims);
    if (y.data == nullptr) {
        return;
    }
    fill(y, values.data);
    const std::size_t size = onnx::element_size(y.type);
    const std::size_t inner = volume(x.dims.subspan(axis));
    const Reading<double> indices{x};
    for (std::size_t i = 0; i < x.count(); ++i) {
        const double index = indices[i] < 0 ? indices[i] + static_cast<double>(depth) : indices[i];
        if (index >= 0 && index < static_cast<double>(depth)) {
            const std::size_t at =
                (i / inner * static_cast<std::size_t>(depth) + static_cast<std::size_t>(index)) *
                    inner +
                i % inner;
            std::memcpy(y.data + at * size, values.data + size, size);
        }
    }
}

void op_trilu(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (x.dims.size() < 2) {
        return call.fail_shape();
    }
    if (call.has(1) && !call.holds_integer(1)) {
        return;
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const std::int64_t shift = call.has(1) ? call.integer_at(1) : 0;
    const bool upper = call.integer("upper", 1) != 0;
    const std::size_t size = onnx::element_size(x.type);
    const std::int64_t columns = x.dims.back();
    const std::int64_t rows = x.dims[x.dims.size() - 2];
    std::memcpy(y.data, x.data, x.count() * size);
    for (std::size_t i = 0; i < x.count(); ++i) {
        const auto at = static_cast<std::int64_t>(i);
        const std::int64_t diagonal = at % columns - at / columns % rows - shift;
        if (upper ? diagonal < 0 : diagonal > 0) {
            std::memset(y.data + i * size, 0, size);
        }
    }
}

} // namespace assay::runtime
