// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/widen.hpp"

#include "core/runtime/elements.hpp"
#include "core/runtime/fusion.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace assay::runtime {
namespace {

using onnx::Attribute;
using onnx::AttributeKind;
using onnx::ElementType;
using onnx::Graph;
using onnx::Node;
using onnx::Op;
using onnx::Tensor;
using onnx::ValueId;

bool is_half(ElementType type) noexcept {
    return type == ElementType::float16 || type == ElementType::bfloat16;
}

bool is_half(std::int64_t type) noexcept {
    return type == static_cast<std::int64_t>(ElementType::float16) ||
           type == static_cast<std::int64_t>(ElementType::bfloat16);
}

/// Whether the node gives what its constant is.
bool gives_constant(const Node& node) noexcept {
    return node.op == Op::constant || node.op == Op::constant_of_shape;
}

/// Whether the node does the same with float32 in the place of half floats.
bool keeps_meaning(const Node& node) noexcept {
    const auto items = node.attributes.items();
    return node.op != Op::cast_like && node.captures.empty() &&
           std::none_of(items.begin(), items.end(), [&node](const Attribute& attribute) {
               return attribute.kind == AttributeKind::graph ||
                      attribute.kind == AttributeKind::type ||
                      (attribute.tensor != nullptr && is_half(attribute.tensor->type) &&
                       !gives_constant(node)) ||
                      (attribute.name.ends_with("type") && attribute.name != "stash_type" &&
                       is_half(attribute.integer));
           });
}

/// Whether the operands of a node must be of one type.
bool takes_one_type(Op op) noexcept {
    switch (op) {
    case Op::add:
    case Op::clip:
    case Op::concat:
    case Op::conv:
    case Op::div:
    case Op::gemm:
    case Op::matmul:
    case Op::max:
    case Op::min:
    case Op::mul:
    case Op::prelu:
    case Op::sub:
    case Op::where:
        return true;
    default:
        return false;
    }
}

/// Whether no product or the like has half floats beside float32: such a model is refused as it is.
/// Types are followed as far as they are those of the first operand.
bool types_agree(const Graph& graph) noexcept {
    std::vector<ElementType> types;
    for (const onnx::Value& value : graph.values) {
        types.push_back(value.constant != nullptr ? value.constant->type : value.type);
    }
    for (const Node& node : graph.nodes) {
        ElementType type = ElementType::undefined;
        for (const ValueId id : node.inputs) {
            const ElementType next = id == onnx::NO_VALUE ? ElementType::undefined : types[id];
            if (!is_half(next) && next != ElementType::float32) {
                continue;
            }
            if (takes_one_type(node.op) && type != ElementType::undefined && next != type) {
                return false;
            }
            type = type == ElementType::undefined ? next : type;
        }
        if (const Tensor* value = node.attributes.tensor("value"); value != nullptr) {
            type = value->type;
        } else if (node.attributes.find("value_float") != nullptr ||
                   node.attributes.find("value_floats") != nullptr ||
                   node.op == Op::constant_of_shape) {
            type = ElementType::float32;
        } else if (node.op == Op::cast) {
            type = static_cast<ElementType>(node.attributes.integer("to", 0));
        }
        if (node.outputs[0] != onnx::NO_VALUE) {
            types[node.outputs[0]] = type;
        }
    }
    return true;
}

bool can_widen(const Graph& graph) noexcept {
    const auto is_tensor = [&graph](ValueId id) noexcept {
        return graph.values[id].kind == onnx::ValueKind::tensor &&
               graph.values[id].type != ElementType::undefined;
    };
    return std::all_of(graph.inputs.begin(), graph.inputs.end(), is_tensor) &&
           std::all_of(graph.outputs.begin(), graph.outputs.end(), is_tensor) &&
           std::none_of(graph.overridable.begin(), graph.overridable.end(),
                        [&graph](ValueId id) { return is_half(graph.values[id].type); }) &&
           std::all_of(graph.nodes.begin(), graph.nodes.end(), keeps_meaning) && types_agree(graph);
}

bool has_half_constants(const Graph& graph) noexcept {
    return std::any_of(graph.values.begin(), graph.values.end(),
                       [](const onnx::Value& value) {
                           return value.constant != nullptr && is_half(value.constant->type);
                       }) ||
           std::any_of(graph.nodes.begin(), graph.nodes.end(), [](const Node& node) {
               const Tensor* tensor = node.attributes.tensor("value");
               return tensor != nullptr && is_half(tensor->type);
           });
}

class Widening {
public:
    Widening(Graph& graph, std::uint64_t memory_bytes) noexcept : graph_{graph} {
        const std::uint64_t others = other_constants();
        left_ = memory_bytes - std::min(memory_bytes, others);
        for (const onnx::Value& value : graph.values) {
            declared_.push_back(value.type);
        }
    }

    Result<void> run() noexcept {
        for (onnx::Value& value : graph_.values) {
            if (value.constant != nullptr && is_half(value.constant->type)) {
                Result<Tensor> wide = expand(*value.constant);
                if (!wide) {
                    return Error{wide.error().code, "initializer \"" + value.name + "\""};
                }
                *value.constant = *std::move(wide);
            }
        }
        std::vector<Node> before = std::exchange(graph_.nodes, {});
        for (ValueId& id : graph_.inputs) {
            if (is_half(declared_[id])) {
                const ValueId port = add_port(id);
                graph_.nodes.push_back(cast(port, id, ElementType::float32));
                id = port;
            }
        }
        for (Node& node : before) {
            if (const Result<void> taken = take(std::move(node)); !taken) {
                return taken;
            }
        }
        for (ValueId& id : graph_.outputs) {
            if (is_half(declared_[id])) {
                const ValueId port = add_port(id);
                graph_.nodes.push_back(cast(id, port, graph_.values[port].type));
                id = port;
            }
        }
        return Result<void>::ok();
    }

private:
    /// @return the bytes of all constants that stay as they are.
    [[nodiscard]] std::uint64_t other_constants() const noexcept {
        std::uint64_t bytes = 0;
        onnx::each_constant(graph_, [&bytes](const Tensor& tensor) noexcept {
            bytes += is_half(tensor.type) ? 0 : tensor.elements.size();
        });
        return bytes;
    }

    Result<Tensor> expand(const Tensor& half) noexcept {
        const std::uint64_t bytes = half.count() * sizeof(float);
        if (bytes > left_) {
            return ErrorCode::ONNX_LIMIT;
        }
        left_ -= bytes;
        Result<Tensor> wide = Tensor::make(ElementType::float32, half.dims);
        if (wide) {
            const std::span<float> to = wide->as<float>();
            read_elements(half.type, half.elements.data(), to.size(), to.data());
        }
        return wide;
    }

    /// @return a value that is to the caller what @p id was; that one is float32 from now on.
    ValueId add_port(ValueId id) noexcept {
        onnx::Value port = graph_.values[id];
        port.constant = nullptr;
        port.type = declared_[id];
        graph_.values[id].type = ElementType::float32;
        graph_.values.push_back(std::move(port));
        return static_cast<ValueId>(graph_.values.size() - 1);
    }

    [[nodiscard]] Node cast(ValueId from, ValueId to, ElementType type) const noexcept {
        constexpr int OPSET = 13;
        return Node{Op::cast,
                    OPSET,
                    "\"" + graph_.values[to].name + "\" (Cast)",
                    {from},
                    {to},
                    onnx::Attributes{{integer_attribute("to", static_cast<std::int64_t>(type))}}};
    }

    Result<void> take(Node node) noexcept {
        if (node.op == Op::cast && is_half(node.attributes.integer("to", 0))) {
            const ValueId wide = node.outputs[0];
            const auto half = static_cast<ValueId>(graph_.values.size());
            graph_.values.emplace_back().name = graph_.values[wide].name;
            node.outputs[0] = half;
            graph_.nodes.push_back(std::move(node));
            graph_.nodes.push_back(cast(half, wide, ElementType::float32));
            return Result<void>::ok();
        }
        if (const Tensor* value = node.attributes.tensor("value");
            value != nullptr && is_half(value->type)) {
            Result<Tensor> wide = expand(*value);
            if (!wide) {
                return Error{wide.error().code, node.label};
            }
            Attribute attribute = *node.attributes.find("value");
            attribute.tensor = std::make_shared<const Tensor>(*std::move(wide));
            node.attributes = onnx::Attributes{{std::move(attribute)}};
        }
        graph_.nodes.push_back(std::move(node));
        return Result<void>::ok();
    }

    Graph& graph_;
    std::uint64_t left_ = 0;            ///< bytes
    std::vector<ElementType> declared_; ///< of the values that were there before
};

} // namespace

Result<void> widen(Graph& graph, std::uint64_t memory_bytes) noexcept {
    if (!has_half_constants(graph) || !can_widen(graph)) {
        return Result<void>::ok();
    }
    return Widening{graph, memory_bytes}.run();
}

} // namespace assay::runtime
