// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A graph compiled for fixed shapes: XNNPACK runtimes and own kernels in order, over one arena.
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/buffer.hpp"
#include "core/onnx/graph.hpp"
#include "core/runtime/op_call.hpp"
#include "core/runtime/packed_weights.hpp"
#include "core/runtime/profile.hpp"
#include "core/runtime/specialize.hpp"

#include <pthreadpool.h>
#include <xnnpack.h>

#include <cstdint>
#include <memory>
#include <span>
#include <variant>
#include <vector>

namespace assay::runtime {

/// What computes.
enum class Backend : std::uint8_t {
    xnnpack,   ///< XNNPACK where it has a form, own kernels elsewhere
    reference, ///< own kernels only: slower, exact about NaN, sums in double
};

struct PlanOptions {
    Backend backend = Backend::xnnpack;
    PackedWeights* packed = nullptr; ///< of the model; must outlive the plan
    /// Whether the plan is only made to have weights packed: then it cannot run.
    bool packs_only = false;
    /// Bytes that the plan may take, constants of the graph not counted.
    std::uint64_t memory_bytes = 0;
    /// Whether the specialisation has been fused: then operators on bytes may go to XNNPACK, whose
    /// rounding of them differs from ONNX's by one quantum.
    bool is_fused = false;
    onnx::StringPool* strings = nullptr; ///< of the graph
    pthreadpool_t pool = nullptr;        ///< null: one thread
    Profile* profile = nullptr;          ///< null: runs are not recorded
};

struct RuntimeDelete {
    void operator()(xnn_runtime_t runtime) const noexcept { xnn_delete_runtime(runtime); }
};

struct WorkspaceDelete {
    void operator()(xnn_workspace_t workspace) const noexcept { xnn_release_workspace(workspace); }
};

/// Consecutive nodes that run as one XNNPACK runtime.
struct XnnStep {
    std::vector<const onnx::Node*> nodes;
    std::vector<onnx::Buffer> constants;
    std::vector<onnx::Buffer> packed; ///< weights that only this runtime has
    std::unique_ptr<xnn_runtime, RuntimeDelete> runtime;
    std::vector<onnx::ValueId> external_values; ///< by external id
    std::vector<xnn_external_value> bindings;
    /// A value of it that may be NaN, which a later step might hide; or NO_VALUE.
    onnx::ValueId watched = onnx::NO_VALUE;
};

/// One node on its own operator.
struct KernelStep {
    const onnx::Node* node;
    Operator run;
    std::vector<TensorRef> inputs;
    std::vector<TensorRef> outputs;
    NodeState state{};
    /// Whether a later step might hide NaN that this one makes.
    bool is_watched = false;
};

using Step = std::variant<XnnStep, KernelStep>;

class Plan {
public:
    /// @param specialized  made of bound inputs; the graph it came from must outlive the plan
    /// @param outputs      values that are readable after run()
    /// @return ONNX_LIMIT when the plan needs more memory than allowed, checked before any of it
    ///   is allocated; a null plan when XNNPACK refuses an operator that only fusion makes.
    ///   Precondition: !specialized.is_dynamic.
    [[nodiscard]] static Result<std::unique_ptr<Plan>> build(Specialization specialized,
                                                             std::span<const onnx::ValueId> outputs,
                                                             const PlanOptions& options) noexcept;

    /// Tells where the elements of an input are; they must stay there for later runs.
    void bind(onnx::ValueId id, std::uint8_t* data) noexcept;

    /// Computes the outputs. Allocates nothing unless an input was bound elsewhere since the last
    /// run, or an operator takes working memory for types other than its own.
    /// @return ONNX_LIMIT when XNNPACK finds no memory for its set-up; an operator's own failures.
    [[nodiscard]] Result<void> run() noexcept;

    /// Whether the last run ended early, without an error and without outputs, because NaN or
    /// infinity arose that XNNPACK might hide: it has to be made again by the reference kernels.
    [[nodiscard]] bool has_met_nan() const noexcept { return has_met_nan_; }

    /// The elements are valid until the next run and as long as the inputs.
    [[nodiscard]] TensorRef value(onnx::ValueId id) const noexcept;

    /// Steps that run in XNNPACK, and on own kernels.
    [[nodiscard]] std::size_t xnn_steps() const noexcept;
    [[nodiscard]] std::size_t kernel_steps() const noexcept;
    [[nodiscard]] std::span<const Step> steps() const noexcept { return steps_; }
    /// Bound shapes and constants of the whole graph.
    [[nodiscard]] const Specialization& specialization() const noexcept { return specialized_; }
    /// Bytes that the plan was estimated to take.
    [[nodiscard]] std::uint64_t planned_bytes() const noexcept { return planned_bytes_; }

private:
    friend class Planner;

    [[nodiscard]] Result<void> set_up() noexcept;

    Specialization specialized_;
    onnx::Buffer arena_;
    /// Values inside XNNPACK, of one step after the other.
    std::unique_ptr<xnn_workspace, WorkspaceDelete> workspace_;
    std::vector<std::uint8_t*> data_; ///< elements of each value, null where it has none
    std::vector<Step> steps_;
    std::uint64_t planned_bytes_ = 0;
    std::uint64_t room_ = 0; ///< bytes of the limit that the plan leaves
    onnx::StringPool* strings_ = nullptr;
    Profile* profile_ = nullptr;
    bool is_set_up_ = false;
    bool has_met_nan_ = false;
};

} // namespace assay::runtime
