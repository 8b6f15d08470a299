// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What QuantizeLinear and the products of quantised numbers share.
#pragma once

#include "core/runtime/op_call.hpp"

#include <algorithm>
#include <cmath>

namespace assay::runtime {

struct Range {
    double low;
    double high;
};

[[nodiscard]] Range range_of(onnx::ElementType type) noexcept;

/// Rounds to nearest even and saturates; NaN, of a scale that is 0 or none, is the least.
[[nodiscard]] inline double quantize(double value, double zero, const Range& range) noexcept {
    const double whole = std::nearbyint(value) + zero;
    return std::isnan(whole) ? range.low : std::clamp(whole, range.low, range.high);
}

/// @return an operand that may be left out.
[[nodiscard]] inline TensorRef operand(const OpCall& call, std::size_t index) noexcept {
    return call.has(index) ? call.in(index) : TensorRef{};
}

} // namespace assay::runtime
