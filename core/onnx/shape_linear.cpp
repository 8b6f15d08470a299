// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/shape.hpp"

#include <utility>

namespace assay::onnx {
namespace {

bool differ(std::int64_t a, std::int64_t b) noexcept {
    return a != b && a != UNKNOWN && b != UNKNOWN;
}

/// Whether @p from broadcasts to @p to without changing it.
bool broadcasts_to(std::span<const std::int64_t> from, std::span<const std::int64_t> to) noexcept {
    if (from.size() > to.size()) {
        return false;
    }
    for (std::size_t i = 0; i < from.size(); ++i) {
        const std::int64_t target = to[to.size() - from.size() + i];
        if (from[i] != 1 && differ(from[i], target)) {
            return false;
        }
    }
    return true;
}

Result<void> require_float(const ShapeContext& context) noexcept {
    for (std::size_t i = 0; i < 3; ++i) {
        if (context.has_input(i) && context.input(i).type != ElementType::float32) {
            return context.error(ErrorCode::ONNX_UNSUPPORTED_TYPE, name(context.input(i).type));
        }
    }
    return Result<void>::ok();
}

} // namespace

Result<void> infer_gemm(ShapeContext& context) noexcept {
    if (const Result<void> typed = require_float(context); !typed) {
        return typed;
    }
    const ValueShape& a = context.input(0);
    const ValueShape& b = context.input(1);
    if (!a.has_rank || !b.has_rank) {
        context.set_unknown_output(0, a.type);
        return Result<void>::ok();
    }
    if (a.dims.size() != 2 || b.dims.size() != 2) {
        return context.shape_error();
    }
    const bool trans_a = context.attributes().integer("transA", 0) != 0;
    const bool trans_b = context.attributes().integer("transB", 0) != 0;
    if (differ(a.dims[trans_a ? 0 : 1], b.dims[trans_b ? 1 : 0])) {
        return context.shape_error();
    }
    Dims out = {a.dims[trans_a ? 1 : 0], b.dims[trans_b ? 0 : 1]};
    if (context.has_input(2) && context.input(2).has_rank && !broadcasts_to(context.dims(2), out)) {
        return context.shape_error();
    }
    context.set_output(0, a.type, std::move(out));
    return Result<void>::ok();
}

Result<void> infer_matmul(ShapeContext& context) noexcept {
    if (const Result<void> typed = require_float(context); !typed) {
        return typed;
    }
    const ValueShape& x = context.input(0);
    const ValueShape& y = context.input(1);
    if (!x.has_rank || !y.has_rank) {
        context.set_unknown_output(0, x.type);
        return Result<void>::ok();
    }
    if (x.dims.empty() || y.dims.empty()) {
        return context.shape_error();
    }
    // A vector is a row on the left and a column on the right; the added dimension is dropped.
    Dims a = x.dims;
    Dims b = y.dims;
    if (x.dims.size() == 1) {
        a.insert(a.begin(), 1);
    }
    if (y.dims.size() == 1) {
        b.push_back(1);
    }
    if (differ(a.back(), b[b.size() - 2])) {
        return context.shape_error();
    }
    const std::int64_t rows = a[a.size() - 2];
    const std::int64_t columns = b.back();
    std::optional<Dims> out =
        broadcast(std::span{a}.first(a.size() - 2), std::span{b}.first(b.size() - 2));
    if (!out) {
        return context.shape_error();
    }
    if (x.dims.size() > 1) {
        out->push_back(rows);
    }
    if (y.dims.size() > 1) {
        out->push_back(columns);
    }
    context.set_output(0, x.type, *std::move(out));
    return Result<void>::ok();
}

} // namespace assay::onnx
