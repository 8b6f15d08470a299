// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes ONNX models for tests: the fields of onnx.proto3 that tests need, and nothing checked.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::test {

/// Protobuf wire format, field by field.
class ProtoWriter {
public:
    ProtoWriter& varint(std::uint32_t field, std::uint64_t value);
    ProtoWriter& fixed32(std::uint32_t field, std::uint32_t value);
    ProtoWriter& bytes(std::uint32_t field, BytesView content);
    ProtoWriter& text(std::uint32_t field, std::string_view content);
    ProtoWriter& raw(BytesView content);
    [[nodiscard]] const Bytes& view() const { return out_; }

private:
    void put(std::uint64_t value);
    Bytes out_;
};

inline constexpr int FLOAT = 1;
inline constexpr int INT64 = 7;

/// TensorProto with raw_data.
[[nodiscard]] Bytes tensor(std::string_view name, const std::vector<std::int64_t>& dims,
                           const std::vector<float>& elements);
[[nodiscard]] Bytes tensor(std::string_view name, const std::vector<std::int64_t>& dims,
                           const std::vector<std::int64_t>& elements);
/// TensorProto without elements.
[[nodiscard]] ProtoWriter tensor_head(std::string_view name, int type,
                                      const std::vector<std::int64_t>& dims);

/// AttributeProto.
[[nodiscard]] Bytes attribute(std::string_view name, std::int64_t value);
[[nodiscard]] Bytes attribute(std::string_view name, const std::vector<std::int64_t>& values);
[[nodiscard]] Bytes attribute_real(std::string_view name, float value);
[[nodiscard]] Bytes attribute_text(std::string_view name, std::string_view value);
[[nodiscard]] Bytes attribute_tensor(std::string_view name, const Bytes& tensor);

/// A negative dimension is written as the symbol "N".
[[nodiscard]] Bytes value_info(std::string_view name, int type,
                               const std::vector<std::int64_t>& dims);

struct NodeSpec {
    std::string op;
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
    std::vector<Bytes> attributes{};
    std::string name{};
    std::string domain{};
    std::string overload{};
};

struct ImportSpec {
    std::string domain;
    int version;
};

/// A function of the model, in the domain "own".
struct FunctionSpec {
    std::string name;
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
    std::vector<NodeSpec> nodes;
    std::vector<ImportSpec> imports{};
    std::string overload{};
    std::vector<Bytes> defaults{}; ///< attribute()
};

struct ModelSpec {
    std::vector<NodeSpec> nodes;
    std::vector<Bytes> inputs;         ///< value_info()
    std::vector<std::string> outputs;  ///< those without a type
    std::vector<Bytes> initializers{}; ///< tensor()
    int opset = 17;
    std::vector<Bytes> typed_outputs{}; ///< value_info()
    std::vector<FunctionSpec> functions{};
};

[[nodiscard]] Bytes node(const NodeSpec& spec);
[[nodiscard]] Bytes function(const FunctionSpec& spec);
[[nodiscard]] Bytes graph(const ModelSpec& spec);
[[nodiscard]] Bytes model(const ModelSpec& spec);
/// ModelProto around any graph bytes.
[[nodiscard]] Bytes model_of(const Bytes& graph, int opset);

} // namespace assay::test
