// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/shape.hpp"

#include <utility>

namespace assay::onnx {
namespace {

Result<void> require_fixed_size(const ShapeContext& context, ElementType type) noexcept {
    if (element_size(type) == 0) {
        return context.error(ErrorCode::ONNX_UNSUPPORTED_TYPE, name(type));
    }
    return Result<void>::ok();
}

/// The output of Reshape for a known shape operand. @return nothing when they do not fit.
std::optional<Dims> reshaped(std::span<const std::int64_t> from,
                             std::span<const std::int64_t> shape, bool allow_zero) noexcept {
    Dims out(shape.begin(), shape.end());
    std::size_t open = out.size(); // position of the one −1
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i] == 0 && !allow_zero) {
            if (i >= from.size()) {
                return std::nullopt;
            }
            out[i] = from[i];
        } else if (out[i] == -1 && open == out.size()) {
            open = i;
            out[i] = 1;
        } else if (out[i] < 0) {
            return std::nullopt;
        }
    }
    const std::optional<std::int64_t> total = dims_product(from);
    const std::optional<std::int64_t> rest = dims_product(out);
    if (!total || !rest) {
        return std::nullopt;
    }
    if (open == out.size()) {
        return *total == *rest || *total == UNKNOWN || *rest == UNKNOWN ? std::optional{out}
                                                                        : std::nullopt;
    }
    if (*total == UNKNOWN || *rest == UNKNOWN) {
        out[open] = UNKNOWN;
        return out;
    }
    if (*rest == 0 || *total % *rest != 0) {
        return std::nullopt;
    }
    out[open] = *total / *rest;
    return out;
}

} // namespace

Result<void> infer_constant(ShapeContext& context) noexcept {
    const std::span<const Attribute> items = context.attributes().items();
    if (items.size() != 1) {
        return context.error(ErrorCode::ONNX_MALFORMED, "value");
    }
    const Attribute& value = items.front();
    switch (value.kind) {
    case AttributeKind::tensor:
        context.set_output(0, value.tensor->type, value.tensor->dims);
        break;
    case AttributeKind::real:
        context.set_output(0, ElementType::float32, {});
        break;
    case AttributeKind::reals:
        context.set_output(0, ElementType::float32,
                           {static_cast<std::int64_t>(value.reals.size())});
        break;
    case AttributeKind::integer:
        context.set_output(0, ElementType::int64, {});
        break;
    case AttributeKind::integers:
        context.set_output(0, ElementType::int64,
                           {static_cast<std::int64_t>(value.integers.size())});
        break;
    default:
        return context.error(ErrorCode::ONNX_UNSUPPORTED_TYPE, value.name);
    }
    return Result<void>::ok();
}

Result<void> infer_identity(ShapeContext& context) noexcept {
    const ValueShape& x = context.input(0);
    if (const Result<void> sized = require_fixed_size(context, x.type); !sized) {
        return sized;
    }
    if (x.has_rank) {
        context.set_output(0, x.type, x.dims);
    } else {
        context.set_unknown_output(0, x.type);
    }
    return Result<void>::ok();
}

Result<void> infer_reshape(ShapeContext& context) noexcept {
    const ValueShape& x = context.input(0);
    const ValueShape& shape = context.input(1);
    if (const Result<void> sized = require_fixed_size(context, x.type); !sized) {
        return sized;
    }
    if (shape.type != ElementType::int64) {
        return context.error(ErrorCode::ONNX_UNSUPPORTED_TYPE, name(shape.type));
    }
    if (shape.has_rank && shape.dims.size() != 1) {
        return context.shape_error();
    }
    if (shape.constant == nullptr) {
        if (shape.has_rank && shape.dims[0] != UNKNOWN && shape.dims[0] <= 8) {
            context.set_output(0, x.type, Dims(static_cast<std::size_t>(shape.dims[0]), UNKNOWN));
        } else {
            context.set_unknown_output(0, x.type);
        }
        return Result<void>::ok();
    }
    const std::span<const std::int64_t> wanted = shape.constant->as<std::int64_t>();
    if (wanted.size() > MAX_RANK) {
        return context.error(ErrorCode::ONNX_LIMIT, "rank");
    }
    if (!x.has_rank) {
        context.set_output(0, x.type, Dims(wanted.size(), UNKNOWN));
        return Result<void>::ok();
    }
    std::optional<Dims> out =
        reshaped(x.dims, wanted, context.attributes().integer("allowzero", 0) != 0);
    if (!out) {
        return context.shape_error("to " + text(wanted));
    }
    context.set_output(0, x.type, *std::move(out));
    return Result<void>::ok();
}

Result<void> infer_flatten(ShapeContext& context) noexcept {
    const ValueShape& x = context.input(0);
    if (const Result<void> sized = require_fixed_size(context, x.type); !sized) {
        return sized;
    }
    if (!x.has_rank) {
        context.set_output(0, x.type, {UNKNOWN, UNKNOWN});
        return Result<void>::ok();
    }
    const std::int64_t axis = context.attributes().integer("axis", 1);
    const auto rank = static_cast<std::int64_t>(x.dims.size());
    if (axis < -rank || axis > rank) {
        return context.shape_error("axis");
    }
    const auto split = static_cast<std::size_t>(axis < 0 ? axis + rank : axis);
    const std::optional<std::int64_t> rows = dims_product(std::span{x.dims}.first(split));
    const std::optional<std::int64_t> columns = dims_product(std::span{x.dims}.subspan(split));
    if (!rows || !columns) {
        return context.error(ErrorCode::ONNX_LIMIT);
    }
    context.set_output(0, x.type, {*rows, *columns});
    return Result<void>::ok();
}

} // namespace assay::onnx
