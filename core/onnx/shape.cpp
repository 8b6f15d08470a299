// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/shape.hpp"

#include <algorithm>
#include <utility>

namespace assay::onnx {

void ShapeContext::set_output(std::size_t index, ElementType type, Dims dims) noexcept {
    if (has_output(index)) {
        outputs_[index] = ValueShape{type, true, std::move(dims), nullptr};
    }
}

void ShapeContext::set_unknown_output(std::size_t index, ElementType type) noexcept {
    if (has_output(index)) {
        outputs_[index] = ValueShape{type, false, {}, nullptr};
    }
}

Error ShapeContext::shape_error(std::string_view detail) const noexcept {
    std::string where = node_.label;
    if (!detail.empty()) {
        where.append(" ").append(detail);
    }
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        if (inputs_[i] != nullptr && inputs_[i]->has_rank) {
            where += (i == 0 ? ": " : ", ") + text(inputs_[i]->dims);
        }
    }
    return {phase_ == Phase::load ? ErrorCode::ONNX_SHAPE : ErrorCode::ONNX_RUN_SHAPE, where};
}

Error ShapeContext::error(ErrorCode code, std::string_view detail) const noexcept {
    std::string path = node_.label;
    if (!detail.empty()) {
        path.append(" ").append(detail);
    }
    return Error{code, std::move(path)};
}

std::optional<Dims> broadcast(std::span<const std::int64_t> a,
                              std::span<const std::int64_t> b) noexcept {
    const std::size_t rank = std::max(a.size(), b.size());
    Dims out(rank);
    for (std::size_t i = 0; i < rank; ++i) {
        const std::int64_t x = i + a.size() < rank ? 1 : a[i + a.size() - rank];
        const std::int64_t y = i + b.size() < rank ? 1 : b[i + b.size() - rank];
        if (x == y || y == 1) {
            out[i] = x;
        } else if (x == 1 || x == UNKNOWN) {
            out[i] = y;
        } else if (y == UNKNOWN) {
            out[i] = x;
        } else {
            return std::nullopt;
        }
    }
    return out;
}

std::optional<std::size_t> normalize_axis(std::int64_t axis, std::size_t rank) noexcept {
    const auto size = static_cast<std::int64_t>(rank);
    if (axis < -size || axis >= size) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(axis < 0 ? axis + size : axis);
}

std::optional<std::int64_t> dims_product(std::span<const std::int64_t> dims) noexcept {
    if (!is_known(dims)) {
        return UNKNOWN;
    }
    const std::optional<std::uint64_t> count = element_count(dims);
    if (!count) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*count);
}

} // namespace assay::onnx
