// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Shapes and constants of a whole graph for given inputs (inference.md §3.2): shapes and small
// integers propagate together, and nodes whose inputs are all constant are evaluated at once.
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/graph.hpp"
#include "core/onnx/shape.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace assay::runtime {

/// What a caller has bound for one graph input.
struct BoundInput {
    onnx::ValueId id = onnx::NO_VALUE;
    onnx::ValueShape shape; ///< `constant` is set for an input that carries a shape
};

/// Constants that follow from the model's alone: the same for all shapes, kept for all plans.
class FoldedConstants {
public:
    /// @return what was made of a node, or null. @param index  an output, or a further constant
    [[nodiscard]] std::shared_ptr<const onnx::Tensor> find(const onnx::Node& node,
                                                           std::size_t index) const noexcept;
    void keep(const onnx::Node& node, std::size_t index,
              std::shared_ptr<const onnx::Tensor> tensor) noexcept;
    /// Forgets what no plan uses.
    void prune() noexcept;

private:
    std::map<std::pair<const onnx::Node*, std::size_t>, std::shared_ptr<const onnx::Tensor>> made_;
};

struct Specialization {
    std::vector<onnx::ValueShape> values; ///< by ValueId
    std::vector<char> lasting;            ///< by ValueId: a constant for all shapes
    std::vector<std::shared_ptr<const onnx::Tensor>> folded;
    std::vector<const onnx::Node*> live;                  ///< nodes left to run, in order
    std::vector<std::unique_ptr<const onnx::Node>> fused; ///< nodes of `live` that no graph has
    std::uint64_t folded_bytes = 0;
    /// Some shape depends on computed elements, or a value is no tensor: no plan can be made.
    bool is_dynamic = false;
    /// Whether NaN or infinity has come out of folding; such a graph runs on the reference kernels.
    bool has_odd_constants = false;
};

/// @param graph   must outlive the result
/// @param known   constants of earlier calls for this graph; takes those of this one
/// @param bound  the graph's inputs; an overridable input that is missing keeps its initializer
/// @return the codes of the shape rules, with ONNX_SHAPE or ONNX_RUN_SHAPE by @p phase; ONNX_LIMIT
///   for a rank, an element count or folded constants above @p memory_bytes.
[[nodiscard]] Result<Specialization> specialize(const onnx::Graph& graph,
                                                std::span<const BoundInput> bound,
                                                onnx::Phase phase, std::uint64_t memory_bytes,
                                                FoldedConstants& known) noexcept;

} // namespace assay::runtime
