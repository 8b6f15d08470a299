// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The graph that the runtime compiles: names resolved to indices, nodes in an order in which every
// value is written before it is read. Independent of protobuf; owns everything it holds.
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/buffer.hpp"
#include "core/onnx/limits.hpp"
#include "core/onnx/proto.hpp"
#include "core/onnx/string_pool.hpp"
#include "core/onnx/types.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::onnx {

/// Operators of this runtime, see ops.def.
enum class Op : std::uint8_t {
#define X(id, ...) id,
#include "core/onnx/ops.def"
#undef X
};

struct Graph;

/// One attribute of a node; the member that `kind` names is set.
struct Attribute {
    std::string name;
    AttributeKind kind = AttributeKind::undefined;
    float real = 0;
    std::int64_t integer = 0;
    std::string string;
    std::vector<float> reals;
    std::vector<std::int64_t> integers;
    std::vector<std::string> strings;
    std::shared_ptr<const Tensor> tensor;
    std::shared_ptr<const Graph> graph;
};

/// Attributes by name, with the default that the operator's specification gives.
class Attributes {
public:
    Attributes() noexcept = default;
    explicit Attributes(std::vector<Attribute> items) noexcept : items_{std::move(items)} {}

    [[nodiscard]] const Attribute* find(std::string_view name) const noexcept;
    [[nodiscard]] std::int64_t integer(std::string_view name,
                                       std::int64_t otherwise) const noexcept;
    [[nodiscard]] float real(std::string_view name, float otherwise) const noexcept;
    [[nodiscard]] std::string_view string(std::string_view name,
                                          std::string_view otherwise) const noexcept;
    /// @return the list, empty when there is no such attribute.
    [[nodiscard]] std::span<const std::int64_t> integers(std::string_view name) const noexcept;
    [[nodiscard]] std::span<const float> reals(std::string_view name) const noexcept;
    [[nodiscard]] std::span<const std::string> strings(std::string_view name) const noexcept;
    /// @return the tensor, the graph, or null when there is no such attribute.
    [[nodiscard]] const Tensor* tensor(std::string_view name) const noexcept;
    [[nodiscard]] const Graph* graph(std::string_view name) const noexcept;
    [[nodiscard]] std::span<const Attribute> items() const noexcept { return items_; }

private:
    std::vector<Attribute> items_;
};

using ValueId = std::uint32_t;
/// An optional input or output that is left out.
inline constexpr ValueId NO_VALUE = 0xffff'ffff;

struct Node {
    Op op;
    /// The operator set that the node is written in.
    int version;
    /// Where errors point: `node "name" (Conv)`, or its position when it has no name.
    std::string label;
    std::vector<ValueId> inputs;
    std::vector<ValueId> outputs;
    Attributes attributes;
    /// Values that the node's graphs read besides its inputs.
    std::vector<ValueId> captures{};
};

/// A declared dimension: a value, or UNKNOWN with a symbol that may be empty.
struct Dim {
    std::int64_t value = UNKNOWN;
    std::string symbol;
};

struct Value {
    std::string name;
    ValueKind kind = ValueKind::tensor;
    ElementType type = ElementType::undefined; ///< as declared; undefined when it is not
    ItemType items;                            ///< as declared, of a sequence or an optional
    std::optional<std::vector<Dim>> dims;      ///< as declared; nothing when the rank is open
    std::shared_ptr<Tensor> constant;          ///< the initializer's value
};

/// A value of the graph around that a node's graph reads under an id of its own.
struct Capture {
    ValueId outer = NO_VALUE;
    ValueId inner = NO_VALUE;
};

struct Graph {
    std::vector<Value> values;
    std::vector<Node> nodes;
    std::vector<ValueId> inputs;      ///< those that a caller must feed, in the model's order
    std::vector<ValueId> overridable; ///< inputs with an initializer, which a feed replaces
    std::vector<ValueId> outputs;
    std::vector<Capture> captures; ///< of a node's graph
    /// Keeps the elements of string tensors; one for a model and all its inner graphs.
    std::shared_ptr<StringPool> strings;
};

/// Calls @p visit with each constant: of values, then those in nodes' attributes.
template <class F>
void each_constant(const Graph& graph, F visit) {
    for (const Value& value : graph.values) {
        if (value.constant != nullptr) {
            visit(*value.constant);
        }
    }
    for (const Node& node : graph.nodes) {
        for (const Attribute& attribute : node.attributes.items()) {
            if (attribute.tensor != nullptr) {
                visit(*attribute.tensor);
            }
        }
    }
}

/// Resolves names, chooses operator versions and orders the nodes; drops nodes and constants that
/// no output needs.
/// @param bytes  those that @p model was read from, when they outlive the graph: large constants
///   stay in them and may be moved there, so that they hold no readable model afterwards. Empty:
///   all constants are copied.
/// @return ONNX_MALFORMED for missing, duplicate or cyclic definitions and for wrong counts of
///   inputs and outputs; ONNX_UNSUPPORTED_OP naming every such operator; ONNX_UNSUPPORTED_OPSET;
///   ONNX_UNSUPPORTED_ATTRIBUTE; ONNX_UNSUPPORTED_TYPE; ONNX_EXTERNAL_DATA; ONNX_LIMIT for more
///   constants than limits.memory_bytes and for functions whose calls are too many or too deep.
[[nodiscard]] Result<Graph> build_graph(const ModelProto& model, const Limits& limits,
                                        std::span<std::uint8_t> bytes = {}) noexcept;

} // namespace assay::onnx
