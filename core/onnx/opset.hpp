// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The operators of this runtime: versions, arity, attributes and shape rule of each, from the
// operator documentation of ONNX 1.20 (default domain, operator sets up to 25).
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/graph.hpp"
#include "core/onnx/shape.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace assay::onnx {

/// Newest operator set of the default domain whose operators are known here.
inline constexpr std::int64_t NEWEST_OPSET = 25;

struct AttributeRule {
    std::string_view name;
    AttributeKind kind;
    int since = 1; ///< first operator version that has it
};

/// One row of the operator table.
struct OpSchema {
    Op op;
    std::string_view name;
    /// Operator sets in which the operator changed, rising.
    std::span<const int> versions;
    /// The oldest of them that is implemented.
    int oldest;
    int min_inputs;
    int max_inputs;
    int max_outputs;
    std::span<const AttributeRule> attributes;
    ShapeRule infer;
};

/// @return the row of a default-domain operator, or nullptr.
[[nodiscard]] const OpSchema* find_schema(std::string_view name) noexcept;
[[nodiscard]] const OpSchema& schema(Op op) noexcept;

/// @return the operator version that operator set @p opset means, or ONNX_UNSUPPORTED_OPSET.
[[nodiscard]] Result<int> choose_version(const OpSchema& schema, std::int64_t opset) noexcept;

} // namespace assay::onnx
