// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The operators of this runtime: versions, arity, attributes and shape rule of each, from the
// operator documentation of ONNX 1.20 (default domain, operator sets up to 25).
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/graph.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::onnx {

/// Newest operator set of the default domain whose operators are known here.
inline constexpr std::int64_t NEWEST_OPSET = 25;
/// The same of ai.onnx.ml.
inline constexpr std::int64_t NEWEST_ML_OPSET = 5;
/// The same of com.microsoft.
inline constexpr std::int64_t NEWEST_MICROSOFT_OPSET = 1;

enum class Domain : std::uint8_t {
    ONNX,      ///< ai.onnx, the default
    ML,        ///< ai.onnx.ml
    MICROSOFT, ///< com.microsoft: what the tools of exporters write
    FUSED,     ///< operators of this runtime's own, in no file
};

/// One row of the operator table.
struct OpSchema {
    Op op;
    Domain domain;
    std::string_view name;
    int oldest; ///< first operator set in which the operator is as it is run here
    int min_inputs;
    int max_inputs;
    int max_outputs;
    std::string_view attributes; ///< see ops.def
    bool is_built;               ///< whether this build has it (core/cmake/infer_families.cmake)
};

struct AttributeRule {
    AttributeKind kind = AttributeKind::undefined;
    int since = 1;
    /// The texts that are implemented, with | between them; nothing: any text.
    std::optional<std::string_view> choices{};

    [[nodiscard]] bool allows(std::string_view text) const noexcept;
};

/// @return the rule of an attribute, nothing when the operator has none of that name.
[[nodiscard]] std::optional<AttributeRule> attribute_rule(const OpSchema& schema,
                                                          std::string_view name) noexcept;

/// @param domain  "" for ai.onnx. @return the row of an operator that this build has, or nullptr.
[[nodiscard]] const OpSchema* find_schema(std::string_view domain, std::string_view name) noexcept;
[[nodiscard]] const OpSchema& schema(Op op) noexcept;

/// @return @p opset, or ONNX_UNSUPPORTED_OPSET when the operator is not known as it is there.
[[nodiscard]] Result<int> choose_version(const OpSchema& schema, std::int64_t opset) noexcept;

} // namespace assay::onnx
