// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What the sessions of one model share: its graph, constants worked out of it, packed weights.
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/buffer.hpp"
#include "core/onnx/graph.hpp"
#include "core/onnx/limits.hpp"
#include "core/runtime/packed_weights.hpp"
#include "core/runtime/plan.hpp"
#include "core/runtime/specialize.hpp"

#include <cstdint>
#include <memory>

namespace assay::runtime {

class Model {
public:
    /// Parses and checks a model.
    /// @param bytes  are kept as long as constants are in them, and written to
    /// @return the codes of onnx::parse_model and onnx::build_graph.
    [[nodiscard]] static Result<std::shared_ptr<Model>> load(onnx::Buffer bytes,
                                                             const onnx::Limits& limits) noexcept;

    [[nodiscard]] const onnx::Graph& graph() const noexcept { return graph_; }
    /// Bytes of the model's constants.
    [[nodiscard]] std::uint64_t constant_bytes() const noexcept { return constant_bytes_; }
    /// Whether there is no NaN and no infinity among them.
    [[nodiscard]] bool constants_are_finite() const noexcept { return constants_are_finite_; }
    [[nodiscard]] FoldedConstants& folded() noexcept { return folded_; }
    [[nodiscard]] PackedWeights& packed() noexcept { return packed_; }

    /// Whether so many constants may be float weights that release() is worth a plan of its own.
    [[nodiscard]] bool has_large_weights() const noexcept;
    /// Gives back the elements of weights that @p plan has packed and that nothing else reads. No
    /// other plan may exist, and this one may only be dropped afterwards: constants have moved.
    void release(const Plan& plan) noexcept;
    [[nodiscard]] bool is_released() const noexcept { return is_released_; }
    /// Whether release() has been called: once, also where a plan packed nothing. Weights that
    /// Winograd's form has used must not be gone for it after a size that it does not take.
    [[nodiscard]] bool is_settled() const noexcept { return is_settled_; }

private:
    Model() noexcept = default;
    void note_constants() noexcept;
    void compact() noexcept;

    onnx::Buffer bytes_;
    onnx::Graph graph_;
    FoldedConstants folded_;
    PackedWeights packed_;
    std::uint64_t constant_bytes_ = 0;
    bool constants_are_finite_ = true;
    bool is_released_ = false;
    bool is_settled_ = false;
};

/// Whether there is no NaN and no infinity: all bits of an exponent are set nowhere.
[[nodiscard]] bool all_finite(onnx::ElementType type,
                              std::span<const std::uint8_t> elements) noexcept;

} // namespace assay::runtime
