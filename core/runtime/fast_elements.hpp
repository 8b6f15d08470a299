// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Float forms of operators that XNNPACK does not have. Each is for a call whose result may differ
// in the last bits from the operator's own function (OpCall::may_approximate).
#pragma once

#include "core/runtime/op_call.hpp"

namespace assay::runtime {

/// Rows of @p size floats, normalised, scaled and shifted. @param shift null for none
void normalize_rows(const float* x, std::size_t rows, std::size_t size, float epsilon,
                    const float* scale, const float* shift, float* y) noexcept;

/// Exp, and Gelu by tanh. @return false for other operators.
[[nodiscard]] bool run_fast_unary(const OpCall& call, const float* x, std::size_t count,
                                  float* y) noexcept;

struct FloatRange {
    float low = 0;
    float high = 0;
};

/// @return the least and the largest of @p count floats and 0.
[[nodiscard]] FloatRange range_with_zero(const float* x, std::size_t count) noexcept;

/// round(x / scale) + zero as bytes, halves to even.
void quantize_bytes(const float* x, std::size_t count, float scale, float zero,
                    std::uint8_t* y) noexcept;

} // namespace assay::runtime
