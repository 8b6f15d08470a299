// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// One call of an operator. The same function infers and computes: it checks its operands, asks
/// for its outputs by shape, and fills those that have a place. What it can be called for:
/// - inferring: outputs have no place; operands have elements only where they are constant;
/// - planned: outputs lie where the plan says, nothing is allocated for them;
/// - node by node: outputs are allocated when they are asked for.
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/graph.hpp"
#include "core/onnx/shape.hpp"
#include "core/runtime/kernel.hpp"
#include "core/runtime/value.hpp"

#include <pthreadpool.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace assay::runtime {

/// Runs the graphs inside nodes; see interpreter.hpp.
class GraphRunner {
public:
    GraphRunner() noexcept = default;
    GraphRunner(const GraphRunner&) = delete;
    GraphRunner& operator=(const GraphRunner&) = delete;

    /// @param outputs  of the graph, in order
    [[nodiscard]] virtual Result<void> run_inner(const onnx::Graph& graph,
                                                 std::span<const Value> inputs,
                                                 std::vector<Value>& outputs) noexcept = 0;
    /// @return memory for a new tensor, counted against the session's limit.
    [[nodiscard]] virtual Result<std::shared_ptr<onnx::Tensor>>
    allocate(onnx::ElementType type, std::span<const std::int64_t> dims) noexcept = 0;
    /// @return a sequence or a map, its list counted against the session's limit.
    [[nodiscard]] virtual Result<Value> list(std::vector<Value> items,
                                             Value::Kind kind) noexcept = 0;
    /// @return ONNX_LIMIT when so many bytes more do not fit into the session's limit.
    [[nodiscard]] virtual Result<void> reserve(std::uint64_t bytes) noexcept = 0;
    /// Takes @p nodes from the budget of nodes of the run. @return ONNX_LIMIT when it is used up.
    [[nodiscard]] virtual Result<void> spend(std::uint64_t nodes) noexcept = 0;

protected:
    ~GraphRunner() = default;
};

/// What an operator works out once for a node of a plan and keeps between its calls.
struct Prepared {
    Prepared() noexcept = default;
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;
    virtual ~Prepared() = default;
};

/// What a plan keeps for a node besides its operands.
struct NodeState {
    std::unique_ptr<Prepared> prepared;
    std::vector<char> constant_inputs; ///< whether the elements of each operand stay as they are
    /// Whether sums may be in float and NaN may be lost, as in XNNPACK's operators.
    bool may_approximate = false;
    pthreadpool_t pool = nullptr; ///< null: one thread
    /// Whether the first operand and the result are channels last (lowering.hpp).
    bool reads_channels_last = false;
    bool writes_channels_last = false;
};

/// Steps of a loop, of about a nanosecond each, that take about the time of one node.
inline constexpr double STEPS_PER_NODE = 1024;
/// Steps that one node may take where the model's numbers say how many: about ten seconds.
inline constexpr double MAX_STEPS = 1e10;

class OpCall {
public:
    /// Inferring: @p inputs have types and dimensions, constants their elements.
    OpCall(const onnx::Node& node, onnx::Phase phase, onnx::StringPool& strings,
           std::span<const TensorRef> inputs, std::span<onnx::ValueShape> shapes) noexcept
        : node_{node}, phase_{phase}, strings_{strings}, inputs_{inputs}, shapes_{shapes} {}
    /// Planned: @p places have the dimensions that were inferred.
    OpCall(const onnx::Node& node, onnx::StringPool& strings, std::span<const TensorRef> inputs,
           std::span<const TensorRef> places, NodeState* state = nullptr) noexcept
        : node_{node}, strings_{strings}, inputs_{inputs}, places_{places}, state_{state} {}
    /// Node by node.
    OpCall(const onnx::Node& node, onnx::StringPool& strings, std::span<const TensorRef> inputs,
           std::span<const Value> values, std::span<Value> results, GraphRunner& runner) noexcept
        : node_{node}, strings_{strings}, inputs_{inputs}, values_{values}, results_{results},
          runner_{&runner} {}

    [[nodiscard]] const onnx::Node& node() const noexcept { return node_; }
    [[nodiscard]] onnx::Op op() const noexcept { return node_.op; }
    [[nodiscard]] int version() const noexcept { return node_.version; }
    [[nodiscard]] const onnx::Attributes& attributes() const noexcept { return node_.attributes; }
    [[nodiscard]] std::int64_t integer(std::string_view name,
                                       std::int64_t otherwise) const noexcept {
        return node_.attributes.integer(name, otherwise);
    }
    [[nodiscard]] float real(std::string_view name, float otherwise) const noexcept {
        return node_.attributes.real(name, otherwise);
    }
    [[nodiscard]] std::string_view string(std::string_view name,
                                          std::string_view otherwise) const noexcept {
        return node_.attributes.string(name, otherwise);
    }
    [[nodiscard]] onnx::StringPool& strings() noexcept { return strings_; }
    [[nodiscard]] onnx::Phase phase() const noexcept { return phase_; }

    [[nodiscard]] std::size_t input_count() const noexcept { return inputs_.size(); }
    [[nodiscard]] bool has(std::size_t index) const noexcept {
        return index < inputs_.size() && inputs_[index].type != onnx::ElementType::undefined;
    }
    [[nodiscard]] const TensorRef& in(std::size_t index) const noexcept { return inputs_[index]; }
    [[nodiscard]] std::span<const TensorRef> inputs() const noexcept { return inputs_; }
    [[nodiscard]] std::span<const std::int64_t> dims(std::size_t index) const noexcept {
        return inputs_[index].dims;
    }
    [[nodiscard]] std::size_t rank(std::size_t index) const noexcept {
        return inputs_[index].dims.size();
    }
    /// Whether the elements of an operand that decide shapes are there. When they are not, the
    /// outputs are marked as unknown and the operator returns.
    [[nodiscard]] bool known(std::size_t index) noexcept;
    /// Whether an operand holds int32 or int64, whose elements need not be known yet; fails the
    /// call for another type.
    [[nodiscard]] bool holds_integers(std::size_t index) noexcept;
    /// The same of exactly one element.
    [[nodiscard]] bool holds_integer(std::size_t index) noexcept;
    /// Both for integers(): holds_integers() and known().
    [[nodiscard]] bool known_integers(std::size_t index) noexcept;
    [[nodiscard]] bool known_integer(std::size_t index) noexcept;
    /// The operand as a list of integers. Precondition: holds_integers(index), and its elements are
    /// known.
    [[nodiscard]] onnx::Dims integers(std::size_t index) const noexcept;
    /// The only one of them. Precondition: holds_integer(index), and it is known.
    [[nodiscard]] std::int64_t integer_at(std::size_t index) const noexcept {
        return integers(index).front();
    }

    [[nodiscard]] bool wants(std::size_t index) const noexcept {
        return index < node_.outputs.size() && node_.outputs[index] != onnx::NO_VALUE;
    }
    [[nodiscard]] bool planned() const noexcept { return !places_.empty(); }
    [[nodiscard]] bool inferring() const noexcept { return runner_ == nullptr && places_.empty(); }
    /// Marks all outputs as unknown.
    void unknown() noexcept;

    /// @return where an output's elements go; data is null when the operator has nothing to
    ///   compute: while inferring, after a failure, for an output that is left out, or for one
    ///   without elements, whose other dimensions may be of any size.
    [[nodiscard]] TensorRef out(std::size_t index, onnx::ElementType type,
                                std::span<const std::int64_t> dims) noexcept;
    [[nodiscard]] TensorRef out(std::size_t index, onnx::ElementType type,
                                std::initializer_list<std::int64_t> dims) noexcept {
        return out(index, type, std::span{dims.begin(), dims.size()});
    }

    /// Where an output lies, without a check of its shape. Planned only.
    [[nodiscard]] TensorRef place(std::size_t index) const noexcept {
        return index < places_.size() ? places_[index] : TensorRef{};
    }
    [[nodiscard]] bool may_approximate() const noexcept {
        return state_ != nullptr && state_->may_approximate;
    }
    [[nodiscard]] pthreadpool_t pool() const noexcept {
        return state_ == nullptr ? nullptr : state_->pool;
    }
    [[nodiscard]] bool reads_channels_last() const noexcept {
        return state_ != nullptr && state_->reads_channels_last;
    }
    [[nodiscard]] bool writes_channels_last() const noexcept {
        return state_ != nullptr && state_->writes_channels_last;
    }
    [[nodiscard]] bool is_constant(std::size_t index) const noexcept {
        return state_ != nullptr && index < state_->constant_inputs.size() &&
               state_->constant_inputs[index] != 0;
    }
    /// @return what @p make, which returns std::unique_ptr<T>, has made in the node's first call;
    ///   outside a plan in this call.
    template <typename T, typename Make>
    [[nodiscard]] T& prepared(Make make) noexcept {
        std::unique_ptr<Prepared>& kept = state_ == nullptr ? own_ : state_->prepared;
        if (kept == nullptr) {
            kept = make();
        }
        return static_cast<T&>(*kept);
    }

    /// Node by node only.
    [[nodiscard]] bool by_node() const noexcept { return runner_ != nullptr; }
    [[nodiscard]] const Value& value(std::size_t index) const noexcept { return values_[index]; }
    [[nodiscard]] std::span<const Value> values() const noexcept { return values_; }
    [[nodiscard]] GraphRunner& runner() noexcept { return *runner_; }
    void give(std::size_t index, Value value) noexcept;
    void give_list(std::size_t index, std::vector<Value> items) noexcept;

    /// Asks for working memory before it is allocated. @return false after it failed the call with
    /// ONNX_LIMIT.
    [[nodiscard]] bool reserve(std::uint64_t bytes) noexcept;
    /// Bytes that reserve() grants where no runner counts them.
    void set_room(std::uint64_t bytes) noexcept { room_ = bytes; }

    /// Counts the steps of a loop that neither the operands' nor the outputs' sizes bound: a node
    /// by node run pays for them as for nodes, a plan has MAX_STEPS for each node.
    /// @return false after it failed the call with ONNX_LIMIT.
    [[nodiscard]] bool spend(double steps) noexcept;

    void fail(ErrorCode code, std::string_view detail = {}) noexcept;
    void fail(const Error& error) noexcept { result_ = error; }
    /// Shapes that do not fit: ONNX_SHAPE or ONNX_RUN_SHAPE with the shapes of all operands.
    void fail_shape(std::string_view detail = {}) noexcept;
    /// Elements that the operator has no result for: ONNX_SHAPE or ONNX_RUN_SHAPE.
    void fail_value(std::string_view detail) noexcept;
    void fail_type(onnx::ElementType type) noexcept;
    [[nodiscard]] bool failed() const noexcept { return !result_; }
    [[nodiscard]] const Result<void>& result() const noexcept { return result_; }

private:
    void fail_at(std::string_view where) noexcept;

    const onnx::Node& node_;
    onnx::Phase phase_ = onnx::Phase::run;
    onnx::StringPool& strings_;
    std::span<const TensorRef> inputs_;
    std::span<onnx::ValueShape> shapes_{};
    std::span<const TensorRef> places_{};
    std::span<const Value> values_{};
    std::span<Value> results_{};
    GraphRunner* runner_ = nullptr;
    NodeState* state_ = nullptr;
    std::unique_ptr<Prepared> own_{};
    double spent_ = 0; ///< steps
    std::uint64_t room_ = UINT64_MAX;
    std::uint64_t working_ = 0; ///< bytes of copies of the outputs so far
    Result<void> result_ = Result<void>::ok();
};

/// An operator: checks, infers, computes. Failures are in OpCall::result().
using Operator = void (*)(OpCall&) noexcept;

/// @return axis in [0, rank); fails the call and returns rank when it is out of range.
[[nodiscard]] std::size_t axis_of(OpCall& call, std::int64_t axis, std::size_t rank) noexcept;

/// @return elements of dimensions [first, last).
[[nodiscard]] std::size_t volume(std::span<const std::int64_t> dims) noexcept;

/// A tensor's view of constant elements. Operators do not write to their operands.
[[nodiscard]] TensorRef ref(const onnx::Tensor& tensor) noexcept;

} // namespace assay::runtime
