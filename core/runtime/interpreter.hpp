// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs a graph node by node, each output allocated when its operator knows the shape: for models
// whose shapes depend on elements, for control flow, and for values that are no tensors.
#pragma once

#include "core/runtime/op_call.hpp"
#include "core/runtime/profile.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace assay::runtime {

class Interpreter final : public GraphRunner {
public:
    /// @param memory_bytes  bound of all values that live at the same time
    /// @param max_nodes     bound of the nodes of a run, those of loop bodies counted each time
    /// @param profile       records the nodes; may be null
    Interpreter(std::uint64_t memory_bytes, std::uint64_t max_nodes,
                Profile* profile = nullptr) noexcept;

    /// @param inputs  by ValueId of @p graph; the initializers need not be among them
    /// @return the operators' own failures, ONNX_LIMIT for more memory or nodes than allowed.
    [[nodiscard]] Result<void> run(const onnx::Graph& graph,
                                   const std::map<onnx::ValueId, Value>& inputs,
                                   std::vector<Value>& outputs) noexcept;

    [[nodiscard]] Result<void> run_inner(const onnx::Graph& graph, std::span<const Value> inputs,
                                         std::vector<Value>& outputs) noexcept override;
    [[nodiscard]] Result<std::shared_ptr<onnx::Tensor>>
    allocate(onnx::ElementType type, std::span<const std::int64_t> dims) noexcept override;
    [[nodiscard]] Result<Value> list(std::vector<Value> items, Value::Kind kind) noexcept override;
    [[nodiscard]] Result<void> reserve(std::uint64_t bytes) noexcept override;
    [[nodiscard]] Result<void> spend(std::uint64_t nodes) noexcept override;

private:
    using Frame = std::vector<Value>;
    /// Values that no later node of the graph reads, by position of the node.
    using Deaths = std::vector<std::vector<onnx::ValueId>>;

    [[nodiscard]] Result<void> run_nodes(const onnx::Graph& graph, Frame& frame,
                                         std::vector<Value>& outputs) noexcept;
    [[nodiscard]] Result<void> run_node(const onnx::Graph& graph, const onnx::Node& node,
                                        Frame& frame) noexcept;
    [[nodiscard]] const Deaths& deaths(const onnx::Graph& graph) noexcept;

    std::uint64_t memory_bytes_;
    std::uint64_t max_nodes_;
    Profile* profile_;
    std::shared_ptr<std::uint64_t> live_bytes_; ///< outlived by tensors that a caller keeps
    const onnx::StringPool* strings_ = nullptr; ///< of the graph that runs
    std::uint64_t node_runs_ = 0;
    std::size_t loops_ = 0;  ///< around the node that runs now
    Frame* frame_ = nullptr; ///< of the graph whose node runs now
    std::map<const onnx::Graph*, Deaths> deaths_;
};

} // namespace assay::runtime
