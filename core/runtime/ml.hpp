// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the operators of ai.onnx.ml share.
#pragma once

#include "core/runtime/elements.hpp"
#include "core/runtime/op_call.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace assay::runtime {

[[nodiscard]] inline bool is_number(onnx::ElementType type) noexcept {
    return is_float(type) || is_integer(type);
}

/// A matrix of numbers as the first operand; a vector is one row. Fails the call otherwise.
[[nodiscard]] bool rows_and_columns(OpCall& call, std::int64_t& rows,
                                    std::int64_t& columns) noexcept;

enum class PostTransform : std::uint8_t { none, softmax, logistic, softmax_zero, probit };

[[nodiscard]] PostTransform post_transform(std::string_view name) noexcept;

void transform_scores(PostTransform transform, std::span<double> scores) noexcept;

/// Names of the classes: numbers or texts.
struct ClassLabels {
    std::vector<std::int64_t> numbers;
    std::vector<std::uint64_t> texts; ///< elements of the string pool

    [[nodiscard]] bool are_texts() const noexcept { return !texts.empty(); }
    [[nodiscard]] std::size_t size() const noexcept {
        return texts.empty() ? numbers.size() : texts.size();
    }
};

/// @param integers  the name of the attribute of numbers
[[nodiscard]] ClassLabels class_labels(OpCall& call, std::string_view integers) noexcept;

void put_label(const ClassLabels& labels, const TensorRef& y, std::size_t row,
               std::size_t index) noexcept;

} // namespace assay::runtime
