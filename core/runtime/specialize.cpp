// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/specialize.hpp"

#include "core/onnx/limits.hpp"
#include "core/runtime/model.hpp"
#include "core/runtime/not_a_number.hpp"
#include "core/runtime/op_table.hpp"
#include "core/runtime/working_memory.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::Graph;
using onnx::NO_VALUE;
using onnx::Node;
using onnx::Tensor;
using onnx::ValueId;
using onnx::ValueShape;

class Specializer {
public:
    Specializer(const Graph& graph, onnx::Phase phase, std::uint64_t memory_bytes,
                FoldedConstants& known) noexcept
        : graph_{graph}, phase_{phase}, memory_bytes_{memory_bytes}, known_{known} {}

    Result<Specialization> run(std::span<const BoundInput> bound) {
        out_.values.resize(graph_.values.size());
        out_.lasting.resize(graph_.values.size());
        for (std::size_t id = 0; id < graph_.values.size(); ++id) {
            if (const Tensor* constant = graph_.values[id].constant.get(); constant != nullptr) {
                out_.values[id] = ValueShape{constant->type, true, constant->dims, constant};
                out_.lasting[id] = 1;
            }
        }
        for (const BoundInput& input : bound) {
            out_.values[input.id] = input.shape;
            out_.lasting[input.id] = 0;
        }
        for (const Node& node : graph_.nodes) {
            if (const Result<void> done = visit(node); !done) {
                return done.error();
            }
        }
        return std::move(out_);
    }

private:
    /// What is known of a node's inputs. @return whether all of them are bound.
    bool look_up(const Node& node, std::vector<TensorRef>& inputs, bool& ranked,
                 bool& all_constant) const {
        bool bound = true;
        for (const ValueId id : node.inputs) {
            if (id == NO_VALUE) {
                inputs.emplace_back();
                continue;
            }
            const ValueShape& shape = out_.values[id];
            ranked = ranked && shape.has_rank && shape.type != onnx::ElementType::undefined;
            bound = bound && shape.is_bound();
            all_constant = all_constant && shape.constant != nullptr;
            inputs.push_back(shape.constant != nullptr
                                 ? ref(*shape.constant)
                                 : TensorRef{shape.type, shape.dims, nullptr});
        }
        return bound;
    }

    Result<void> visit(const Node& node) {
        std::vector<TensorRef> inputs;
        bool ranked = true;
        bool all_constant = node.captures.empty();
        const bool bound = look_up(node, inputs, ranked, all_constant) && ranked;
        std::vector<ValueShape> outputs(node.outputs.size());
        OpCall call{node, phase_, *graph_.strings, inputs, outputs};
        call.set_room(memory_bytes_ - std::min(memory_bytes_, out_.folded_bytes));
        if (bound || (ranked && takes_open_dims(node.op))) {
            op_function(node.op)(call);
            if (call.failed()) {
                return call.result();
            }
        }
        bool complete = true;
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            if (node.outputs[i] == NO_VALUE) {
                continue;
            }
            complete = complete && outputs[i].is_bound();
            if (!is_storable(outputs[i])) {
                call.fail(ErrorCode::ONNX_LIMIT, onnx::text(outputs[i].dims));
                return call.result();
            }
            out_.values[node.outputs[i]] = std::move(outputs[i]);
        }
        out_.is_dynamic = out_.is_dynamic || !complete;
        const bool is_shape = node.op == onnx::Op::shape || node.op == onnx::Op::size;
        if (!complete || !(all_constant || is_shape)) {
            out_.live.push_back(&node);
            return Result<void>::ok();
        }
        const bool lasts =
            !is_shape && std::all_of(node.inputs.begin(), node.inputs.end(), [this](ValueId id) {
                return id == NO_VALUE || out_.lasting[id] != 0;
            });
        return lasts && look_up_known(node) ? Result<void>::ok() : fold(node, inputs, call, lasts);
    }

    bool is_storable(const ValueShape& shape) const {
        if (!shape.is_bound()) {
            return shape.dims.size() <= onnx::MAX_RANK;
        }
        const std::optional<std::uint64_t> bytes = onnx::byte_count(shape.type, shape.dims);
        // Whatever the limit: inside XNNPACK, sizes are computed in the machine's own width.
        constexpr std::uint64_t ADDRESSABLE = std::numeric_limits<std::size_t>::max() / 2;
        return shape.dims.size() <= onnx::MAX_RANK && bytes &&
               *bytes <= std::min(memory_bytes_, ADDRESSABLE);
    }

    /// Takes the results of an earlier specialisation.
    bool look_up_known(const Node& node) {
        std::vector<std::shared_ptr<const Tensor>> results(node.outputs.size());
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            results[i] = known_.find(node, i);
            if (node.outputs[i] != NO_VALUE && results[i] == nullptr) {
                return false;
            }
        }
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            if (node.outputs[i] != NO_VALUE) {
                out_.folded_bytes += results[i]->elements.size();
                note_oddity(node, *results[i]);
                keep(node.outputs[i], std::move(results[i]), true);
            }
        }
        return true;
    }

    /// Evaluates a node of constant inputs.
    Result<void> fold(const Node& node, std::span<const TensorRef> inputs, OpCall& inferred,
                      bool lasts) {
        if (node.op == onnx::Op::constant &&
            node.attributes.items().front().kind == onnx::AttributeKind::tensor) {
            keep(node.outputs[0], node.attributes.items().front().tensor, true);
            return Result<void>::ok();
        }
        std::vector<TensorRef> outputs(node.outputs.size());
        std::vector<std::shared_ptr<Tensor>> results(node.outputs.size());
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            if (node.outputs[i] == NO_VALUE) {
                continue;
            }
            const ValueShape& shape = out_.values[node.outputs[i]];
            out_.folded_bytes += *onnx::byte_count(shape.type, shape.dims);
            Result<Tensor> made = out_.folded_bytes > memory_bytes_
                                      ? Result<Tensor>{ErrorCode::ONNX_LIMIT}
                                      : Tensor::make(shape.type, shape.dims);
            if (!made) {
                inferred.fail(made.error().code);
                return inferred.result();
            }
            results[i] = std::make_shared<Tensor>(*std::move(made));
            outputs[i] = ref(*results[i]);
        }
        OpCall call{node, *graph_.strings, inputs, outputs};
        call.set_room(memory_bytes_ - out_.folded_bytes);
        if (!call.reserve(working_bytes(node, inputs, outputs))) {
            return call.result();
        }
        op_function(node.op)(call);
        for (std::size_t i = 0; i < node.outputs.size() && !call.failed(); ++i) {
            if (results[i] != nullptr && lasts) {
                known_.keep(node, i, results[i]);
            }
            if (results[i] != nullptr) {
                note_oddity(node, *results[i]);
                keep(node.outputs[i], std::move(results[i]), lasts);
            }
        }
        return call.result();
    }

    void note_oddity(const Node& node, const Tensor& made) {
        if (may_leave_numbers(NodeView{node, out_.values}) &&
            !all_finite(made.type, {made.elements.data(), made.elements.size()})) {
            out_.has_odd_constants = true;
        }
    }

    void keep(ValueId id, std::shared_ptr<const Tensor> tensor, bool lasts) {
        out_.values[id].constant = tensor.get();
        out_.lasting[id] = lasts ? 1 : 0;
        out_.folded.push_back(std::move(tensor));
    }

    const Graph& graph_;
    onnx::Phase phase_;
    std::uint64_t memory_bytes_;
    FoldedConstants& known_;
    Specialization out_;
};

} // namespace

Result<Specialization> specialize(const Graph& graph, std::span<const BoundInput> bound,
                                  onnx::Phase phase, std::uint64_t memory_bytes,
                                  FoldedConstants& known) noexcept {
    return Specializer{graph, phase, memory_bytes, known}.run(bound);
}

std::shared_ptr<const Tensor> FoldedConstants::find(const Node& node,
                                                    std::size_t index) const noexcept {
    const auto found = made_.find({&node, index});
    return found == made_.end() ? nullptr : found->second;
}

void FoldedConstants::keep(const Node& node, std::size_t index,
                           std::shared_ptr<const Tensor> tensor) noexcept {
    made_.insert_or_assign({&node, index}, std::move(tensor));
}

void FoldedConstants::prune() noexcept {
    std::erase_if(made_, [](const auto& row) { return row.second.use_count() == 1; });
}

} // namespace assay::runtime
