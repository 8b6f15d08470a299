// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/shape.hpp"

#include <utility>

namespace assay::onnx {
namespace {

bool is_arithmetic(ElementType type) noexcept {
    switch (type) {
    case ElementType::float32:
    case ElementType::float64:
    case ElementType::int8:
    case ElementType::int16:
    case ElementType::int32:
    case ElementType::int64:
    case ElementType::uint8:
    case ElementType::uint16:
    case ElementType::uint32:
    case ElementType::uint64:
        return true;
    default:
        return false;
    }
}

} // namespace

Result<void> infer_arithmetic(ShapeContext& context) noexcept {
    const ValueShape& a = context.input(0);
    const ValueShape& b = context.input(1);
    if (!is_arithmetic(a.type) || a.type != b.type) {
        return context.error(ErrorCode::ONNX_UNSUPPORTED_TYPE,
                             name(is_arithmetic(a.type) ? b.type : a.type));
    }
    if (!a.has_rank || !b.has_rank) {
        context.set_unknown_output(0, a.type);
        return Result<void>::ok();
    }
    std::optional<Dims> dims = broadcast(a.dims, b.dims);
    if (!dims) {
        return context.shape_error();
    }
    context.set_output(0, a.type, *std::move(dims));
    return Result<void>::ok();
}

Result<void> infer_activation(ShapeContext& context) noexcept {
    const ValueShape& x = context.input(0);
    if (x.type != ElementType::float32) {
        return context.error(ErrorCode::ONNX_UNSUPPORTED_TYPE, name(x.type));
    }
    if (x.has_rank) {
        context.set_output(0, x.type, x.dims);
    } else {
        context.set_unknown_output(0, x.type);
    }
    return Result<void>::ok();
}

Result<void> infer_softmax(ShapeContext& context) noexcept {
    const ValueShape& x = context.input(0);
    const std::int64_t axis =
        context.attributes().integer("axis", context.node().version < 13 ? 1 : -1);
    if (x.has_rank && !normalize_axis(axis, x.dims.size())) {
        // Before version 13 a vector is one row, whatever the default axis says.
        const bool vector_row = context.node().version < 13 && axis == 1 && x.dims.size() == 1;
        if (!vector_row) {
            return context.shape_error("axis");
        }
    }
    return infer_activation(context);
}

Result<void> infer_batch_normalization(ShapeContext& context) noexcept {
    const Attributes& attributes = context.attributes();
    if (attributes.integer("training_mode", 0) != 0 || attributes.integer("spatial", 1) != 1) {
        return context.error(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "training_mode or spatial");
    }
    for (std::size_t i = 1; i < 5; ++i) {
        if (context.has_output(i)) {
            return context.error(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "training outputs");
        }
        const ValueShape& parameter = context.input(i);
        if (parameter.type != ElementType::float32) {
            return context.error(ErrorCode::ONNX_UNSUPPORTED_TYPE, name(parameter.type));
        }
        const ValueShape& x = context.input(0);
        if (!parameter.has_rank || !x.has_rank) {
            continue;
        }
        const std::int64_t channels = x.dims.size() < 2 ? 1 : x.dims[1];
        const bool fits =
            parameter.dims.size() == 1 && !x.dims.empty() &&
            (parameter.dims[0] == channels || channels == UNKNOWN || parameter.dims[0] == UNKNOWN);
        if (!fits) {
            return context.shape_error();
        }
    }
    return infer_activation(context);
}

} // namespace assay::onnx
