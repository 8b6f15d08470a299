// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// A loaded model that runs: inputs with open dimensions are bound by the caller, a plan is made
/// for each combination of shapes and kept (inference.md §3.7, §8).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/onnx/graph.hpp"
#include "core/onnx/limits.hpp"
#include "core/runtime/fast_winograd.hpp"
#include "core/runtime/interpreter.hpp"
#include "core/runtime/model.hpp"
#include "core/runtime/plan.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace assay::runtime {

inline constexpr std::uint32_t MAX_THREADS = 4;

struct SessionOptions {
    onnx::Limits limits;
    /// 1 to MAX_THREADS; more than 1 needs a build with threads.
    std::uint32_t threads = 1;
    Backend backend = Backend::xnnpack;
    /// Whether convolutions of 3x3 may take Winograd's form.
    bool winograd = WINOGRAD_PAYS;
    Clock clock = nullptr; ///< when there is one, runs are recorded
};

/// An input or output as the model declares it.
struct PortInfo {
    std::string name;
    onnx::ValueKind kind = onnx::ValueKind::tensor;
    onnx::ElementType type = onnx::ElementType::undefined;
    /// Nothing when the rank is open.
    std::optional<std::vector<onnx::Dim>> dims;
    /// Of a sequence or an optional.
    onnx::ItemType items{};
    /// An input with an initializer, which is used when no feed replaces it.
    bool optional = false;
};

/// Not for use by several threads at once.
class Session {
public:
    /// Parses and checks the model; when all its shapes are fixed it is ready to run. A view of the
    /// bytes is not needed afterwards; a buffer is kept for the constants in it, not copied.
    /// @return the codes of onnx::parse_model, onnx::build_graph and the shape rules, ONNX_LIMIT
    ///   for a plan above limits.memory_bytes.
    [[nodiscard]] static Result<std::unique_ptr<Session>>
    load(BytesView model, const SessionOptions& options) noexcept;
    [[nodiscard]] static Result<std::unique_ptr<Session>>
    load(onnx::Buffer model, const SessionOptions& options) noexcept;

    /// Another session of the same model: it shares the constants and what is packed of them. Not
    /// for use at the same time.
    [[nodiscard]] Result<std::unique_ptr<Session>> fork() const noexcept;

    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() = default;

    /// Those that must be fed come first, then the optional ones.
    [[nodiscard]] std::span<const PortInfo> inputs() const noexcept { return inputs_; }
    [[nodiscard]] std::span<const PortInfo> outputs() const noexcept { return outputs_; }

    /// Sets the shape of an input; inputs whose shape is fixed need no call. The elements keep
    /// their place while the shape stays the same.
    /// @return ONNX_INPUT_NAME for an index that no input has, ONNX_INPUT_SHAPE for another rank
    ///   or fixed dimension than declared, ONNX_LIMIT for more bytes than allowed.
    [[nodiscard]] Result<void> set_input(std::size_t index,
                                         std::span<const std::int64_t> dims) noexcept;

    /// Takes an optional input's feed back: its initializer holds again.
    [[nodiscard]] Result<void> reset_input(std::size_t index) noexcept;

    /// @return where the caller writes the elements of an input; empty when its shape is not set.
    [[nodiscard]] std::span<std::uint8_t> input_data(std::size_t index) noexcept;

    /// Feeds any value; a tensor is copied as by set_input and input_data.
    /// @return the codes of set_input, ONNX_INPUT_TYPE for a value that is not what is declared.
    [[nodiscard]] Result<void> set_value(std::size_t index, Value value) noexcept;

    [[nodiscard]] const onnx::Limits& limits() const noexcept { return options_.limits; }

    /// Where the elements of string tensors are kept.
    [[nodiscard]] onnx::StringPool& strings() noexcept { return *graph_.strings; }

    /// Computes the outputs. With the shapes of an earlier run nothing is allocated.
    /// A feed that is not finite runs on the reference kernels, because XNNPACK's clamp may turn
    /// NaN into a number; so does a run in which a node makes NaN, from the start.
    /// @return ONNX_INPUT_NAME for an input without a shape, ONNX_RUN_SHAPE, ONNX_LIMIT.
    [[nodiscard]] Result<void> run() noexcept;

    /// @return an output of the last successful run(), valid until the next call of this session;
    ///   a null tensor when there is none.
    [[nodiscard]] TensorRef output(std::size_t index) const noexcept;

    /// @return the same when it may be other than a tensor; null when there is none. What a plan
    ///   computed is copied.
    [[nodiscard]] Value output_value(std::size_t index) const noexcept;

    [[nodiscard]] const onnx::Graph& graph() const noexcept { return graph_; }
    /// Bytes of the model's constants.
    [[nodiscard]] std::uint64_t constant_bytes() const noexcept { return model_->constant_bytes(); }
    /// Weights as XNNPACK holds them, of all sessions of the model.
    [[nodiscard]] const PackedWeights& packed() const noexcept { return model_->packed(); }
    /// @return the record of the last run, null without a clock.
    [[nodiscard]] const Profile* profile() const noexcept { return profile_.get(); }

    /// @return the plan of the last run, or null when it ran node by node.
    [[nodiscard]] const Plan* plan() const noexcept { return current_; }

private:
    struct Feed {
        onnx::ValueId id = onnx::NO_VALUE;
        bool bound = false;
        bool carries_shape = false; ///< its elements decide shapes: part of the plan's key
        onnx::Dims dims;
        Value value; ///< of a feed that is no tensor
        onnx::Buffer elements;
        std::size_t size = 0; ///< bytes in use
    };
    struct PlanKey {
        Backend backend = Backend::xnnpack;
        std::vector<std::optional<onnx::Dims>> dims; ///< of each feed, nothing when not bound
        std::vector<std::uint8_t> shape_elements;
        bool operator==(const PlanKey&) const = default;
    };
    struct CachedPlan {
        PlanKey key;
        std::unique_ptr<Plan> plan; ///< null: to run node by node
    };
    Session(std::shared_ptr<Model> model, const SessionOptions& options) noexcept
        : options_{options}, model_{std::move(model)}, graph_{model_->graph()} {}

    [[nodiscard]] static Result<std::unique_ptr<Session>>
    make(std::shared_ptr<Model> model, const SessionOptions& options,
         std::shared_ptr<pthreadpool> pool) noexcept;
    /// Bytes that plans may take.
    [[nodiscard]] std::uint64_t plan_memory() const noexcept {
        const std::uint64_t all = options_.limits.memory_bytes;
        return all - std::min<std::uint64_t>(all, model_->constant_bytes());
    }

    [[nodiscard]] Result<void> prepare() noexcept;
    void make_feeds() noexcept;
    void find_shape_feeds() noexcept;
    void describe_outputs(const Specialization& checked) noexcept;
    [[nodiscard]] onnx::ValueShape declared_shape(onnx::ValueId id) const noexcept;
    [[nodiscard]] bool is_current(Backend backend) const noexcept;
    [[nodiscard]] PlanKey key(Backend backend) const noexcept;
    [[nodiscard]] Result<void> choose_plan(Backend backend, onnx::Phase phase) noexcept;
    [[nodiscard]] Result<std::unique_ptr<Plan>>
    build_plan(std::span<const BoundInput> bound,
               std::span<const std::shared_ptr<const onnx::Tensor>> shape_values, Backend backend,
               onnx::Phase phase, bool packs_only) noexcept;
    void drop_old_plans(std::uint64_t memory) noexcept;
    [[nodiscard]] Result<void> run_by_node() noexcept;
    [[nodiscard]] bool feeds_are_finite() const noexcept;
    [[nodiscard]] Result<void> run_on(Backend backend) noexcept;

    SessionOptions options_;
    std::shared_ptr<Model> model_;
    const onnx::Graph& graph_;
    std::vector<PortInfo> inputs_;
    std::vector<PortInfo> outputs_;
    std::vector<Feed> feeds_; ///< as inputs_
    std::unique_ptr<Profile> profile_;
    std::shared_ptr<pthreadpool> pool_; ///< forks have the same
    std::vector<CachedPlan> plans_;     ///< the one used last at the end; uses pool_
    Plan* current_ = nullptr;
    bool shapes_changed_ = true; ///< since current_ was chosen
    bool has_run_ = false;
    std::unique_ptr<Interpreter> interpreter_; ///< made when it is first needed
    std::vector<Value> results_;               ///< of the last run node by node
};

} // namespace assay::runtime
