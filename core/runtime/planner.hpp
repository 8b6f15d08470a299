// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// How a plan is made: nodes are grouped to segments, values that pass between them get a place.
#pragma once

#include "core/runtime/arena.hpp"
#include "core/runtime/plan.hpp"

#include <map>
#include <memory>
#include <vector>

namespace assay::runtime {

class Planner {
public:
    Planner(Specialization specialized, std::span<const onnx::ValueId> outputs,
            const PlanOptions& options) noexcept;

    [[nodiscard]] Result<std::unique_ptr<Plan>> build() noexcept;

private:
    /// Nodes [first, last) of the live ones.
    struct Segment {
        std::size_t first;
        std::size_t last;
        bool in_xnnpack;
    };

    void choose_forms() noexcept;
    void choose_watched() noexcept;
    [[nodiscard]] bool is_watched(std::size_t node) const noexcept;
    void cut_segments() noexcept;
    void choose_layouts() noexcept;
    void find_lifetimes() noexcept;
    [[nodiscard]] std::uint64_t working_memory(const onnx::Node& node) const noexcept;
    [[nodiscard]] Result<void> reserve_memory() noexcept;
    /// @return false when XNNPACK refused a segment; its nodes have lost their form then.
    [[nodiscard]] bool make_steps() noexcept;
    [[nodiscard]] bool has_lowered_only() const noexcept;
    /// Whether only XNNPACK can run a node, because its weights are there packed alone.
    [[nodiscard]] bool is_pinned(const onnx::Node& node) const noexcept;
    [[nodiscard]] bool give_up(const Segment& segment) noexcept;
    [[nodiscard]] bool make_xnn_step(const Segment& segment) noexcept;
    [[nodiscard]] bool pays_threads(const Segment& segment) const noexcept;
    void make_kernel_step(const onnx::Node& node) noexcept;
    [[nodiscard]] TensorRef ref(onnx::ValueId id) const noexcept;
    [[nodiscard]] const onnx::ValueShape& shape(onnx::ValueId id) const noexcept;
    [[nodiscard]] const std::vector<const onnx::Node*>& live() const noexcept;

    std::unique_ptr<Plan> plan_;
    std::vector<onnx::ValueId> outputs_;
    PlanOptions options_;
    std::vector<char> in_xnnpack_; ///< of each live node
    std::vector<char> is_watched_; ///< of each live node; empty when nothing hides NaN
    std::vector<Segment> segments_;
    std::vector<char> held_last_;      ///< by ValueId: lies channels last between the steps
    bool is_stuck_ = false;            ///< XNNPACK refuses a node that nothing else can run
    std::vector<std::size_t> writers_; ///< segment that writes each value, or NO_SEGMENT
    std::map<onnx::ValueId, ArenaSlot> slots_;
};

} // namespace assay::runtime
