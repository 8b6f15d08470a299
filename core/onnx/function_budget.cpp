// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/function_budget.hpp"

#include <algorithm>

namespace assay::onnx {

bool FunctionBudget::take_bytes(std::uint64_t bytes) noexcept {
    if (bytes > bytes_) {
        return false;
    }
    bytes_ -= bytes;
    return true;
}

bool FunctionBudget::take_name(std::string_view name) noexcept {
    constexpr std::uint64_t OVERHEAD = 96; // the view, the new name and its place in a map, about
    return take_bytes(OVERHEAD + name.size());
}

bool FunctionBudget::take(const std::vector<std::string_view>& names) noexcept {
    return std::all_of(names.begin(), names.end(),
                       [this](std::string_view name) { return take_name(name); });
}

bool FunctionBudget::take(const std::vector<NodeProto>& nodes, std::size_t depth) noexcept {
    if (nodes.size() > nodes_) {
        return false;
    }
    nodes_ -= nodes.size();
    return std::all_of(nodes.begin(), nodes.end(), [&](const NodeProto& node) {
        return take_bytes(sizeof(NodeProto)) && take(node.inputs) && take(node.outputs) &&
               std::all_of(node.attributes.begin(), node.attributes.end(),
                           [&](const AttributeProto& attribute) { return take(attribute, depth); });
    });
}

bool FunctionBudget::take(const AttributeProto& attribute, std::size_t depth) noexcept {
    return take_bytes(sizeof(AttributeProto) + attribute.reals.size() * sizeof(float) +
                      attribute.integers.size() * sizeof(std::int64_t) +
                      attribute.strings.size() * sizeof(std::string_view)) &&
           (attribute.tensor == nullptr || take(*attribute.tensor)) &&
           (attribute.graph == nullptr || take(*attribute.graph, depth + 1));
}

bool FunctionBudget::take(const TensorProto& tensor) noexcept {
    const bool is_wide =
        !tensor.raw && tensor.type != ElementType::float32 && tensor.type != ElementType::float64;
    const std::uint64_t bytes_each = is_wide ? 8 : 1; // of a varint, or of a short string
    return take_bytes(sizeof(TensorProto) + tensor.dims.size() * sizeof(std::int64_t) +
                      (in_calls_ ? tensor.message.size() * bytes_each : 0)) &&
           take_name(tensor.name);
}

bool FunctionBudget::take(const GraphProto& graph, std::size_t depth) noexcept {
    const auto take_value = [this](const ValueInfoProto& value) {
        const std::size_t rank = value.dims ? value.dims->size() : 0;
        return take_bytes(sizeof(ValueInfoProto) + rank * sizeof(DimProto)) &&
               take_name(value.name);
    };
    const auto take_tensor = [this](const TensorProto& tensor) { return take(tensor); };
    return depth <= MAX_NESTING && take_bytes(sizeof(GraphProto)) &&
           std::all_of(graph.inputs.begin(), graph.inputs.end(), take_value) &&
           std::all_of(graph.outputs.begin(), graph.outputs.end(), take_value) &&
           std::all_of(graph.initializers.begin(), graph.initializers.end(), take_tensor) &&
           take(graph.nodes, depth);
}

} // namespace assay::onnx
