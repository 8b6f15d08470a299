// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/interpreter.hpp"

#include "core/runtime/node_steps.hpp"
#include "core/runtime/op_table.hpp"
#include "core/runtime/working_memory.hpp"

#include <algorithm>
#include <utility>

namespace assay::runtime {

using onnx::NO_VALUE;
using onnx::ValueId;

namespace {

/// Values that take about the time of a node to hand to a graph inside one.
constexpr std::size_t VALUES_PER_NODE = 64;

} // namespace

Interpreter::Interpreter(std::uint64_t memory_bytes, std::uint64_t max_nodes,
                         Profile* profile) noexcept
    : memory_bytes_{memory_bytes}, max_nodes_{max_nodes}, profile_{profile},
      live_bytes_{std::make_shared<std::uint64_t>(0)} {}

Result<std::shared_ptr<onnx::Tensor>>
Interpreter::allocate(onnx::ElementType type, std::span<const std::int64_t> dims) noexcept {
    const std::optional<std::uint64_t> bytes = onnx::byte_count(type, dims);
    if (!bytes || dims.size() > onnx::MAX_RANK || !reserve(*bytes + TENSOR_OVERHEAD)) {
        return ErrorCode::ONNX_LIMIT;
    }
    Result<onnx::Tensor> tensor = onnx::Tensor::make(type, onnx::Dims(dims.begin(), dims.end()));
    if (!tensor) {
        return tensor.error();
    }
    const std::uint64_t size = *bytes + TENSOR_OVERHEAD;
    *live_bytes_ += size;
    return std::shared_ptr<onnx::Tensor>(new onnx::Tensor{*std::move(tensor)},
                                         [size, live = live_bytes_](onnx::Tensor* dead) {
                                             *live -= size;
                                             delete dead;
                                         });
}

const Interpreter::Deaths& Interpreter::deaths(const onnx::Graph& graph) noexcept {
    const auto [place, is_new] = deaths_.try_emplace(&graph);
    if (!is_new) {
        return place->second;
    }
    Deaths& deaths = place->second;
    deaths.resize(graph.nodes.size());
    std::vector<char> read(graph.values.size());
    for (const ValueId id : graph.outputs) {
        read[id] = 1;
    }
    for (std::size_t i = graph.nodes.size(); i-- > 0;) {
        const auto see = [&](ValueId id) {
            if (id != NO_VALUE && read[id] == 0) {
                read[id] = 1;
                deaths[i].push_back(id);
            }
        };
        for (const ValueId id : graph.nodes[i].inputs) {
            see(id);
        }
        for (const ValueId id : graph.nodes[i].captures) {
            see(id);
        }
        for (const ValueId id : graph.nodes[i].outputs) {
            see(id); // one that nothing reads
        }
    }
    return deaths;
}

Result<void> Interpreter::run(const onnx::Graph& graph, const std::map<ValueId, Value>& inputs,
                              std::vector<Value>& outputs) noexcept {
    node_runs_ = 0;
    loops_ = 0;
    strings_ = graph.strings.get();
    Frame frame(graph.values.size());
    for (std::size_t id = 0; id < frame.size(); ++id) {
        if (graph.values[id].constant != nullptr) {
            frame[id] = Value::of(graph.values[id].constant);
        }
    }
    for (const auto& [id, value] : inputs) {
        frame[id] = value;
    }
    return run_nodes(graph, frame, outputs);
}

Result<Value> Interpreter::list(std::vector<Value> items, Value::Kind kind) noexcept {
    const std::uint64_t size = items.capacity() * sizeof(Value) + sizeof items;
    if (items.size() > MAX_SEQUENCE || !reserve(size)) {
        return ErrorCode::ONNX_LIMIT;
    }
    *live_bytes_ += size;
    using Items = std::vector<Value>;
    std::shared_ptr<const Items> counted{new Items{std::move(items)},
                                         [size, live = live_bytes_](const Items* dead) {
                                             *live -= size;
                                             delete dead;
                                         }};
    return Value{kind, nullptr, std::move(counted)};
}

Result<void> Interpreter::reserve(std::uint64_t bytes) noexcept {
    const std::uint64_t taken = *live_bytes_ + (strings_ == nullptr ? 0 : strings_->bytes());
    return bytes > memory_bytes_ - std::min(taken, memory_bytes_)
               ? Result<void>{ErrorCode::ONNX_LIMIT}
               : Result<void>::ok();
}

Result<void> Interpreter::spend(std::uint64_t nodes) noexcept {
    if (nodes > max_nodes_ - std::min(node_runs_, max_nodes_)) {
        return ErrorCode::ONNX_LIMIT;
    }
    node_runs_ += nodes;
    return Result<void>::ok();
}

Result<void> Interpreter::run_inner(const onnx::Graph& graph, std::span<const Value> inputs,
                                    std::vector<Value>& outputs) noexcept {
    if (inputs.size() != graph.inputs.size()) {
        return ErrorCode::ONNX_MALFORMED;
    }
    // Entering a graph takes about as long as a node, with many values longer.
    const std::uint64_t cost = 1 + graph.values.size() / VALUES_PER_NODE;
    if (const Result<void> paid = spend(cost); !paid) {
        return paid;
    }
    Frame frame(graph.values.size());
    for (std::size_t id = 0; id < frame.size(); ++id) {
        if (graph.values[id].constant != nullptr) {
            frame[id] = Value::of(graph.values[id].constant);
        }
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        frame[graph.inputs[i]] = inputs[i];
    }
    for (const onnx::Capture& capture : graph.captures) {
        frame[capture.inner] = (*frame_)[capture.outer];
    }
    const std::size_t around = inputs.empty() ? 0 : 1; // a branch has no inputs, and runs once
    loops_ += around;
    const Result<void> done = run_nodes(graph, frame, outputs);
    loops_ -= around;
    return done;
}

Result<void> Interpreter::run_nodes(const onnx::Graph& graph, Frame& frame,
                                    std::vector<Value>& outputs) noexcept {
    const Deaths& dead = deaths(graph);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (++node_runs_ > max_nodes_) {
            return Error{ErrorCode::ONNX_LIMIT, graph.nodes[i].label};
        }
        Frame* const around = std::exchange(frame_, &frame);
        const Result<void> done = run_node(graph, graph.nodes[i], frame);
        frame_ = around;
        if (!done) {
            return done;
        }
        for (const ValueId id : dead[i]) {
            frame[id] = Value{};
        }
    }
    outputs.clear();
    for (const ValueId id : graph.outputs) {
        outputs.push_back(frame[id]);
    }
    return Result<void>::ok();
}

Result<void> Interpreter::run_node(const onnx::Graph& graph, const onnx::Node& node,
                                   Frame& frame) noexcept {
    const StepTimer timer{profile_, node};
    std::vector<Value> values;
    std::vector<TensorRef> inputs;
    for (const ValueId id : node.inputs) {
        values.push_back(id == NO_VALUE ? Value{} : frame[id]);
        const Value& value = values.back();
        inputs.push_back(value.kind == Value::Kind::tensor ? ref(*value.tensor) : TensorRef{});
    }
    std::vector<Value> results(node.outputs.size());
    OpCall call{node, *graph.strings, inputs, values, results, *this};
    if (!call.reserve(working_bytes(node, inputs, {}))) {
        return call.result();
    }
    op_function(node.op)(call);
    if (loops_ > 0 && !call.failed()) {
        const double nodes = elementary_steps(node, inputs, results) / STEPS_PER_NODE;
        if (!spend(static_cast<std::uint64_t>(std::min(nodes, 1e18)))) {
            call.fail(ErrorCode::ONNX_LIMIT, "steps");
        }
    }
    for (std::size_t i = 0; i < results.size() && !call.failed(); ++i) {
        if (node.outputs[i] != NO_VALUE) {
            frame[node.outputs[i]] = std::move(results[i]);
        }
    }
    return call.result();
}

} // namespace assay::runtime
