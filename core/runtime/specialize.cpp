// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/specialize.hpp"

#include "core/onnx/limits.hpp"
#include "core/onnx/opset.hpp"
#include "core/runtime/op_table.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::Graph;
using onnx::NO_VALUE;
using onnx::Node;
using onnx::Tensor;
using onnx::ValueId;
using onnx::ValueShape;

/// More inputs or outputs than any operator of ours has.
constexpr std::size_t MAX_OPERANDS = 8;

class Specializer {
public:
    Specializer(const Graph& graph, onnx::Phase phase, std::uint64_t memory_bytes) noexcept
        : graph_{graph}, phase_{phase}, memory_bytes_{memory_bytes} {}

    Result<Specialization> run(std::span<const BoundInput> bound) {
        out_.values.resize(graph_.values.size());
        for (std::size_t id = 0; id < graph_.values.size(); ++id) {
            if (const Tensor* constant = graph_.values[id].constant.get(); constant != nullptr) {
                out_.values[id] = ValueShape{constant->type, true, constant->dims, constant};
            }
        }
        for (const BoundInput& input : bound) {
            out_.values[input.id] = input.shape;
        }
        for (const Node& node : graph_.nodes) {
            if (const Result<void> done = visit(node); !done) {
                return done.error();
            }
        }
        return std::move(out_);
    }

private:
    Result<void> visit(const Node& node) {
        std::vector<const ValueShape*> inputs;
        bool all_constant = true;
        for (const ValueId id : node.inputs) {
            inputs.push_back(id == NO_VALUE ? nullptr : &out_.values[id]);
            all_constant = all_constant && (id == NO_VALUE || inputs.back()->constant != nullptr);
        }
        std::array<ValueShape, MAX_OPERANDS> outputs;
        onnx::ShapeContext context{node, phase_, inputs, outputs};
        if (const Result<void> inferred = onnx::schema(node.op).infer(context); !inferred) {
            return inferred;
        }
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            if (node.outputs[i] == NO_VALUE) {
                continue;
            }
            if (!is_storable(outputs[i])) {
                return context.error(ErrorCode::ONNX_LIMIT, onnx::text(outputs[i].dims));
            }
            out_.values[node.outputs[i]] = std::move(outputs[i]);
        }
        if (!all_constant) {
            out_.live.push_back(&node);
            return Result<void>::ok();
        }
        return fold(node, context);
    }

    bool is_storable(const ValueShape& shape) const {
        if (!shape.is_bound()) {
            return shape.dims.size() <= onnx::MAX_RANK;
        }
        const std::optional<std::uint64_t> bytes = onnx::byte_count(shape.type, shape.dims);
        return shape.dims.size() <= onnx::MAX_RANK && bytes && *bytes <= memory_bytes_;
    }

    /// Evaluates a node of constant inputs.
    Result<void> fold(const Node& node, const onnx::ShapeContext& context) {
        if (node.op == onnx::Op::constant &&
            node.attributes.items().front().kind == onnx::AttributeKind::tensor) {
            return keep(node.outputs[0], node.attributes.items().front().tensor);
        }
        std::vector<TensorRef> inputs;
        for (const ValueId id : node.inputs) {
            inputs.push_back(id == NO_VALUE ? TensorRef{} : ref(*out_.values[id].constant));
        }
        std::vector<TensorRef> outputs(node.outputs.size());
        std::vector<std::shared_ptr<Tensor>> results(node.outputs.size());
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            if (node.outputs[i] == NO_VALUE) {
                continue;
            }
            const ValueShape& shape = out_.values[node.outputs[i]];
            out_.folded_bytes += *onnx::byte_count(shape.type, shape.dims);
            if (out_.folded_bytes > memory_bytes_) {
                return context.error(ErrorCode::ONNX_LIMIT);
            }
            Result<Tensor> made = Tensor::make(shape.type, shape.dims);
            if (!made) {
                return context.error(made.error().code);
            }
            results[i] = std::make_shared<Tensor>(*std::move(made));
            outputs[i] = ref(*results[i]);
        }
        op_row(node.op).kernel(KernelCall{node, inputs, outputs});
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            if (results[i] != nullptr) {
                (void) keep(node.outputs[i], std::move(results[i]));
            }
        }
        return Result<void>::ok();
    }

    static TensorRef ref(const Tensor& tensor) {
        // Kernels do not write to their inputs.
        return {tensor.type, tensor.dims, const_cast<std::uint8_t*>(tensor.elements.data())};
    }

    Result<void> keep(ValueId id, std::shared_ptr<const Tensor> tensor) {
        out_.values[id].constant = tensor.get();
        out_.folded.push_back(std::move(tensor));
        return Result<void>::ok();
    }

    const Graph& graph_;
    onnx::Phase phase_;
    std::uint64_t memory_bytes_;
    Specialization out_;
};

} // namespace

Result<Specialization> specialize(const Graph& graph, std::span<const BoundInput> bound,
                                  onnx::Phase phase, std::uint64_t memory_bytes) noexcept {
    return Specializer{graph, phase, memory_bytes}.run(bound);
}

} // namespace assay::runtime
