// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The messages of onnx.proto3 (IR version 13) that a model needs, read from protobuf bytes with
/// the limits of inference.md §8. All views point into the model's bytes.
/// Not kept: doc strings, metadata, quantisation annotations, training information, device
/// configurations; unknown fields are skipped.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/onnx/limits.hpp"
#include "core/onnx/types.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace assay::onnx {

/// TensorProto. Its elements are checked to be as many as the dimensions say, but not decoded.
struct TensorProto {
    std::string_view name;
    ElementType type = ElementType::undefined;
    Dims dims;
    bool external = false;
    /// raw_data when it is given; otherwise the typed field is in `typed`.
    std::optional<BytesView> raw;
    /// The whole message, for the typed fields.
    BytesView message;
};

enum class AttributeKind : std::uint8_t {
    undefined = 0,
    real = 1,
    integer = 2,
    string = 3,
    tensor = 4,
    graph = 5,
    reals = 6,
    integers = 7,
    strings = 8,
    tensors = 9,
    graphs = 10,
    sparse_tensor = 11,
    sparse_tensors = 12,
    type = 13,
    types = 14,
};

struct GraphProto;

/// AttributeProto. Types are checked for well-formedness and nesting, not kept.
struct AttributeProto {
    std::string_view name;
    AttributeKind kind = AttributeKind::undefined;
    float real = 0;
    std::int64_t integer = 0;
    std::string_view string;
    std::vector<float> reals;
    std::vector<std::int64_t> integers;
    std::vector<std::string_view> strings;
    std::shared_ptr<const TensorProto> tensor;
    std::shared_ptr<const GraphProto> graph;
    /// In a function: the attribute of the call that gives the value.
    std::string_view reference;
};

struct NodeProto {
    std::string_view name;
    std::string_view op_type;
    std::string_view domain; ///< "" for ai.onnx
    std::string_view overload;
    std::vector<std::string_view> inputs;
    std::vector<std::string_view> outputs;
    std::vector<AttributeProto> attributes;
    /// In no file: the operator set that the node's function imports; 0: what the model imports.
    std::int64_t version = 0;
};

/// One dimension of a declared shape: a value, a symbol, or neither.
struct DimProto {
    std::int64_t value = UNKNOWN;
    std::string_view symbol;
};

/// What a value is.
enum class ValueKind : std::uint8_t { tensor, sequence, optional, map };

/// What a sequence, an optional or a map's values hold.
struct ItemType {
    ValueKind kind = ValueKind::tensor;
    bool is_known_kind = false;
    /// Of the innermost tensors; undefined where it is not declared.
    ElementType type = ElementType::undefined;
    /// Of the items of the items, where these are no tensors.
    ValueKind inner_kind = ValueKind::tensor;
    bool is_known_inner_kind = false;
};

struct ValueInfoProto {
    std::string_view name;
    bool has_type = false;
    ValueKind kind = ValueKind::tensor;
    bool is_known_kind = false;
    ElementType type = ElementType::undefined;
    ItemType items; ///< of a sequence or an optional
    /// Nothing when the rank is not declared.
    std::optional<std::vector<DimProto>> dims;
};

struct GraphProto {
    std::vector<NodeProto> nodes;
    std::vector<TensorProto> initializers;
    std::vector<ValueInfoProto> inputs;
    std::vector<ValueInfoProto> outputs;
    bool has_sparse_initializers = false;
};

struct OperatorSetId {
    std::string_view domain; ///< "" for ai.onnx
    std::int64_t version = 0;
};

/// FunctionProto: a node of this domain, name and overload stands for these nodes.
struct FunctionProto {
    std::string_view domain; ///< "" for ai.onnx
    std::string_view name;
    std::string_view overload;
    std::vector<std::string_view> inputs;
    std::vector<std::string_view> outputs;
    std::vector<NodeProto> nodes;
    std::vector<AttributeProto> defaults;
    std::vector<OperatorSetId> opset_imports;
};

struct ModelProto {
    std::int64_t ir_version = 0;
    std::vector<OperatorSetId> opset_imports;
    std::vector<FunctionProto> functions;
    GraphProto graph;
};

/// Parses a model. @p model must outlive the result.
/// @return ONNX_LIMIT for more bytes, nodes, rank or nesting than allowed and for an element count
///   that no memory holds; ONNX_EXTERNAL_DATA for weights in another file; ONNX_MALFORMED for
///   anything that is no such message. The caller must still check that names fit together.
[[nodiscard]] Result<ModelProto> parse_model(BytesView model, const Limits& limits) noexcept;

} // namespace assay::onnx
