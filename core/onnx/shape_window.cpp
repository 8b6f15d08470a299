// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/shape.hpp"
#include "core/onnx/window.hpp"

#include <algorithm>
#include <utility>

namespace assay::onnx {
namespace {

/// Adds node and shapes to an error of make_window.
Error locate(const ShapeContext& context, const Error& error) noexcept {
    return error.code == ErrorCode::ONNX_SHAPE ? context.shape_error()
                                               : context.error(error.code, "window");
}

bool divides(std::int64_t group, std::int64_t channels) noexcept {
    return channels == UNKNOWN || channels % group == 0;
}

} // namespace

Result<void> infer_conv(ShapeContext& context) noexcept {
    const ValueShape& x = context.input(0);
    const ValueShape& w = context.input(1);
    for (std::size_t i = 0; i < 3; ++i) {
        if (context.has_input(i) && context.input(i).type != ElementType::float32) {
            return context.error(ErrorCode::ONNX_UNSUPPORTED_TYPE, name(context.input(i).type));
        }
    }
    const std::int64_t group = context.attributes().integer("group", 1);
    if (group < 1) {
        return context.error(ErrorCode::ONNX_MALFORMED, "group");
    }
    if (!x.has_rank || !w.has_rank) {
        context.set_unknown_output(0, x.type);
        return Result<void>::ok();
    }
    if (x.dims.size() < 3 || w.dims.size() != x.dims.size()) {
        return context.shape_error();
    }
    const std::int64_t channels = x.dims[1];
    const std::int64_t filters = w.dims[0];
    const bool depth_fits = channels == UNKNOWN || w.dims[1] == UNKNOWN ||
                            (channels % group == 0 && channels / group == w.dims[1]);
    if (!divides(group, channels) || !divides(group, filters) || !depth_fits) {
        return context.shape_error();
    }
    if (context.has_input(2) && context.input(2).has_rank) {
        const Dims& bias = context.dims(2);
        if (bias.size() != 1 || (bias[0] != filters && bias[0] != UNKNOWN && filters != UNKNOWN)) {
            return context.shape_error();
        }
    }
    Dims out = {x.dims[0], filters};
    const std::span<const std::int64_t> kernel = std::span{w.dims}.subspan(2);
    if (!is_known(kernel)) {
        out.resize(x.dims.size(), UNKNOWN);
        context.set_output(0, x.type, std::move(out));
        return Result<void>::ok();
    }
    const Result<Window> window =
        make_window(context.attributes(), std::span{x.dims}.subspan(2), kernel);
    if (!window) {
        return locate(context, window.error());
    }
    out.insert(out.end(), window->out.begin(),
               window->out.begin() + static_cast<std::ptrdiff_t>(window->rank));
    context.set_output(0, x.type, std::move(out));
    return Result<void>::ok();
}

Result<void> infer_pool(ShapeContext& context) noexcept {
    const ValueShape& x = context.input(0);
    const bool is_max = context.node().op == Op::max_pool;
    const bool is_byte = x.type == ElementType::int8 || x.type == ElementType::uint8;
    if (x.type != ElementType::float32 && !(is_max && is_byte)) {
        return context.error(ErrorCode::ONNX_UNSUPPORTED_TYPE, name(x.type));
    }
    if (!x.has_rank) {
        context.set_unknown_output(0, x.type);
        context.set_unknown_output(1, ElementType::int64);
        return Result<void>::ok();
    }
    if (x.dims.size() < 3) {
        return context.shape_error();
    }
    const Result<Window> window =
        make_window(context.attributes(), std::span{x.dims}.subspan(2), {});
    if (!window) {
        return locate(context, window.error());
    }
    Dims out = {x.dims[0], x.dims[1]};
    out.insert(out.end(), window->out.begin(),
               window->out.begin() + static_cast<std::ptrdiff_t>(window->rank));
    context.set_output(1, ElementType::int64, out);
    context.set_output(0, x.type, std::move(out));
    return Result<void>::ok();
}

Result<void> infer_global_pool(ShapeContext& context) noexcept {
    const ValueShape& x = context.input(0);
    if (x.type != ElementType::float32) {
        return context.error(ErrorCode::ONNX_UNSUPPORTED_TYPE, name(x.type));
    }
    if (!x.has_rank) {
        context.set_unknown_output(0, x.type);
        return Result<void>::ok();
    }
    if (x.dims.size() < 2) {
        return context.shape_error();
    }
    Dims out = x.dims;
    std::fill(out.begin() + 2, out.end(), 1);
    context.set_output(0, x.type, std::move(out));
    return Result<void>::ok();
}

} // namespace assay::onnx
