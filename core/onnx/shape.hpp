// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Shape and type inference, one rule per operator. The same rules run at load, where dimensions may
// be UNKNOWN, and once more when the shapes of all inputs are bound.
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/buffer.hpp"
#include "core/onnx/graph.hpp"
#include "core/onnx/types.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace assay::onnx {

/// What is known of a value.
struct ValueShape {
    ElementType type = ElementType::undefined;
    bool has_rank = false;
    Dims dims;
    const Tensor* constant = nullptr; ///< its elements, where they are known

    [[nodiscard]] bool is_bound() const noexcept { return has_rank && is_known(dims); }
};

/// When shapes are found not to fit decides whose fault it is.
enum class Phase : bool {
    load, ///< ONNX_SHAPE
    run,  ///< ONNX_RUN_SHAPE
};

/// One node with what is known of its inputs; the rule sets the outputs.
class ShapeContext {
public:
    ShapeContext(const Node& node, Phase phase, std::span<const ValueShape* const> inputs,
                 std::span<ValueShape> outputs) noexcept
        : node_{node}, phase_{phase}, inputs_{inputs}, outputs_{outputs} {}

    [[nodiscard]] const Node& node() const noexcept { return node_; }
    [[nodiscard]] const Attributes& attributes() const noexcept { return node_.attributes; }

    [[nodiscard]] bool has_input(std::size_t index) const noexcept {
        return index < inputs_.size() && inputs_[index] != nullptr;
    }
    /// Precondition: has_input(index).
    [[nodiscard]] const ValueShape& input(std::size_t index) const noexcept {
        return *inputs_[index];
    }
    [[nodiscard]] const Dims& dims(std::size_t index) const noexcept { return input(index).dims; }
    [[nodiscard]] bool has_output(std::size_t index) const noexcept {
        return index < node_.outputs.size() && node_.outputs[index] != NO_VALUE;
    }

    void set_output(std::size_t index, ElementType type, Dims dims) noexcept;
    void set_unknown_output(std::size_t index, ElementType type) noexcept;

    /// Shapes that do not fit: names the node and the shapes of all inputs.
    [[nodiscard]] Error shape_error(std::string_view detail = {}) const noexcept;
    /// The same with another code, naming only the node.
    [[nodiscard]] Error error(ErrorCode code, std::string_view detail = {}) const noexcept;

private:
    const Node& node_;
    Phase phase_;
    std::span<const ValueShape* const> inputs_;
    std::span<ValueShape> outputs_;
};

using ShapeRule = Result<void> (*)(ShapeContext&) noexcept;

/// Numpy broadcasting; an UNKNOWN dimension takes the other one's value unless that is 1.
/// @return nothing when the shapes do not fit.
[[nodiscard]] std::optional<Dims> broadcast(std::span<const std::int64_t> a,
                                            std::span<const std::int64_t> b) noexcept;

/// @return axis in [0, rank), counted from the end when negative; nothing when out of range.
[[nodiscard]] std::optional<std::size_t> normalize_axis(std::int64_t axis,
                                                        std::size_t rank) noexcept;

/// @return product of dimensions [first, last), UNKNOWN when one of them is, nothing on overflow.
[[nodiscard]] std::optional<std::int64_t> dims_product(std::span<const std::int64_t> dims) noexcept;

/// Shape rules by operator, see opset.cpp.
[[nodiscard]] Result<void> infer_arithmetic(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_activation(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_softmax(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_batch_normalization(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_gemm(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_matmul(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_conv(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_pool(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_global_pool(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_constant(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_identity(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_reshape(ShapeContext& context) noexcept;
[[nodiscard]] Result<void> infer_flatten(ShapeContext& context) noexcept;

} // namespace assay::onnx
