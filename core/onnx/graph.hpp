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
#include "core/onnx/types.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::onnx {

/// Operators of this runtime; each has one row in opset.cpp and one in core/runtime/op_table.cpp.
enum class Op : std::uint8_t {
    add,
    average_pool,
    batch_normalization,
    constant,
    conv,
    div,
    flatten,
    gemm,
    global_average_pool,
    identity,
    matmul,
    max_pool,
    mul,
    relu,
    reshape,
    sigmoid,
    softmax,
    sub,
    tanh,
};

/// One attribute of a node; the member that `kind` names is set.
struct Attribute {
    std::string name;
    AttributeKind kind = AttributeKind::undefined;
    float real = 0;
    std::int64_t integer = 0;
    std::string string;
    std::vector<float> reals;
    std::vector<std::int64_t> integers;
    std::shared_ptr<const Tensor> tensor;
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
    [[nodiscard]] std::span<const Attribute> items() const noexcept { return items_; }

private:
    std::vector<Attribute> items_;
};

using ValueId = std::uint32_t;
/// An optional input or output that is left out.
inline constexpr ValueId NO_VALUE = 0xffff'ffff;

struct Node {
    Op op;
    /// The operator set version since which the operator is as this node means it.
    int version;
    /// Where errors point: `node "name" (Conv)`, or its position when it has no name.
    std::string label;
    std::vector<ValueId> inputs;
    std::vector<ValueId> outputs;
    Attributes attributes;
};

/// A declared dimension: a value, or UNKNOWN with a symbol that may be empty.
struct Dim {
    std::int64_t value = UNKNOWN;
    std::string symbol;
};

struct Value {
    std::string name;
    ElementType type = ElementType::undefined; ///< as declared; undefined when it is not
    std::optional<std::vector<Dim>> dims;      ///< as declared; nothing when the rank is open
    std::shared_ptr<const Tensor> constant;    ///< the initializer's value
};

struct Graph {
    std::vector<Value> values;
    std::vector<Node> nodes;
    std::vector<ValueId> inputs;      ///< those that a caller must feed, in the model's order
    std::vector<ValueId> overridable; ///< inputs with an initializer, which a feed replaces
    std::vector<ValueId> outputs;
};

/// Resolves names, chooses operator versions and orders the nodes; drops nodes and constants that
/// no output needs.
/// @return ONNX_MALFORMED for missing, duplicate or cyclic definitions and for wrong counts of
///   inputs and outputs; ONNX_UNSUPPORTED_OP naming every such operator; ONNX_UNSUPPORTED_OPSET;
///   ONNX_UNSUPPORTED_ATTRIBUTE; ONNX_UNSUPPORTED_TYPE; ONNX_EXTERNAL_DATA; ONNX_LIMIT for more
///   constants than limits.memory_bytes.
[[nodiscard]] Result<Graph> build_graph(const ModelProto& model, const Limits& limits) noexcept;

} // namespace assay::onnx
