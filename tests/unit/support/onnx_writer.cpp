// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/onnx_writer.hpp"

#include <bit>
#include <cstring>

namespace assay::test {

void ProtoWriter::put(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) {
        out_.push_back(static_cast<std::uint8_t>(value | 0x80));
    }
    out_.push_back(static_cast<std::uint8_t>(value));
}

ProtoWriter& ProtoWriter::varint(std::uint32_t field, std::uint64_t value) {
    put(std::uint64_t{field} << 3);
    put(value);
    return *this;
}

ProtoWriter& ProtoWriter::fixed32(std::uint32_t field, std::uint32_t value) {
    put(std::uint64_t{field} << 3 | 5);
    for (int shift = 0; shift < 32; shift += 8) {
        out_.push_back(static_cast<std::uint8_t>(value >> shift));
    }
    return *this;
}

ProtoWriter& ProtoWriter::bytes(std::uint32_t field, BytesView content) {
    put(std::uint64_t{field} << 3 | 2);
    put(content.size());
    return raw(content);
}

ProtoWriter& ProtoWriter::text(std::uint32_t field, std::string_view content) {
    return bytes(field, as_bytes(content));
}

ProtoWriter& ProtoWriter::raw(BytesView content) {
    out_.insert(out_.end(), content.begin(), content.end());
    return *this;
}

ProtoWriter tensor_head(std::string_view name, int type, const std::vector<std::int64_t>& dims) {
    ProtoWriter out;
    for (const std::int64_t dim : dims) {
        out.varint(1, static_cast<std::uint64_t>(dim));
    }
    out.varint(2, static_cast<std::uint64_t>(type)).text(8, name);
    return out;
}

namespace {

template <typename T>
Bytes raw_tensor(std::string_view name, int type, const std::vector<std::int64_t>& dims,
                 const std::vector<T>& elements) {
    Bytes raw(elements.size() * sizeof(T));
    if (!raw.empty()) {
        std::memcpy(raw.data(), elements.data(), raw.size());
    }
    return tensor_head(name, type, dims).bytes(9, raw).view();
}

} // namespace

Bytes tensor(std::string_view name, const std::vector<std::int64_t>& dims,
             const std::vector<float>& elements) {
    return raw_tensor(name, FLOAT, dims, elements);
}

Bytes tensor(std::string_view name, const std::vector<std::int64_t>& dims,
             const std::vector<std::int64_t>& elements) {
    return raw_tensor(name, INT64, dims, elements);
}

Bytes attribute(std::string_view name, std::int64_t value) {
    return ProtoWriter{}
        .text(1, name)
        .varint(3, static_cast<std::uint64_t>(value))
        .varint(20, 2)
        .view();
}

Bytes attribute(std::string_view name, const std::vector<std::int64_t>& values) {
    ProtoWriter out;
    out.text(1, name).varint(20, 7);
    for (const std::int64_t value : values) {
        out.varint(8, static_cast<std::uint64_t>(value));
    }
    return out.view();
}

Bytes attribute_real(std::string_view name, float value) {
    return ProtoWriter{}
        .text(1, name)
        .fixed32(2, std::bit_cast<std::uint32_t>(value))
        .varint(20, 1)
        .view();
}

Bytes attribute_text(std::string_view name, std::string_view value) {
    return ProtoWriter{}.text(1, name).text(4, value).varint(20, 3).view();
}

Bytes attribute_tensor(std::string_view name, const Bytes& tensor) {
    return ProtoWriter{}.text(1, name).bytes(5, tensor).varint(20, 4).view();
}

Bytes value_info(std::string_view name, int type, const std::vector<std::int64_t>& dims) {
    ProtoWriter shape;
    for (const std::int64_t dim : dims) {
        ProtoWriter one;
        if (dim < 0) {
            one.text(2, "N");
        } else {
            one.varint(1, static_cast<std::uint64_t>(dim));
        }
        shape.bytes(1, one.view());
    }
    const ProtoWriter tensor_type =
        ProtoWriter{}.varint(1, static_cast<std::uint64_t>(type)).bytes(2, shape.view());
    const ProtoWriter type_proto = ProtoWriter{}.bytes(1, tensor_type.view());
    return ProtoWriter{}.text(1, name).bytes(2, type_proto.view()).view();
}

Bytes node(const NodeSpec& spec) {
    ProtoWriter out;
    for (const std::string& name : spec.inputs) {
        out.text(1, name);
    }
    for (const std::string& name : spec.outputs) {
        out.text(2, name);
    }
    out.text(3, spec.name).text(4, spec.op).text(7, spec.domain).text(8, spec.overload);
    for (const Bytes& attribute : spec.attributes) {
        out.bytes(5, attribute);
    }
    return out.view();
}

namespace {

Bytes import(std::string_view domain, int version) {
    return ProtoWriter{}.text(1, domain).varint(2, static_cast<std::uint64_t>(version)).view();
}

} // namespace

Bytes function(const FunctionSpec& spec) {
    ProtoWriter out;
    out.text(1, spec.name).text(10, "own").text(13, spec.overload);
    for (const std::string& name : spec.inputs) {
        out.text(4, name);
    }
    for (const std::string& name : spec.outputs) {
        out.text(5, name);
    }
    for (const NodeSpec& one : spec.nodes) {
        out.bytes(7, node(one));
    }
    for (const ImportSpec& one : spec.imports) {
        out.bytes(9, import(one.domain, one.version));
    }
    for (const Bytes& attribute : spec.defaults) {
        out.bytes(11, attribute);
    }
    return out.view();
}

Bytes graph(const ModelSpec& spec) {
    ProtoWriter out;
    for (const NodeSpec& one : spec.nodes) {
        out.bytes(1, node(one));
    }
    out.text(2, "test");
    for (const Bytes& initializer : spec.initializers) {
        out.bytes(5, initializer);
    }
    for (const Bytes& input : spec.inputs) {
        out.bytes(11, input);
    }
    for (const std::string& output : spec.outputs) {
        out.bytes(12, ProtoWriter{}.text(1, output).view());
    }
    for (const Bytes& output : spec.typed_outputs) {
        out.bytes(12, output);
    }
    return out.view();
}

Bytes model_of(const Bytes& graph, int opset) {
    return ProtoWriter{}.varint(1, 8).bytes(7, graph).bytes(8, import("", opset)).view();
}

Bytes model(const ModelSpec& spec) {
    ProtoWriter out;
    out.raw(model_of(graph(spec), spec.opset));
    for (const FunctionSpec& one : spec.functions) {
        out.bytes(25, function(one));
    }
    for (const NodeSpec& node : spec.nodes) {
        if (node.domain == "com.microsoft" || node.domain == "ai.onnx.ml") {
            return out.bytes(8, import(node.domain, node.domain == "ai.onnx.ml" ? 4 : 1)).view();
        }
    }
    return out.view();
}

} // namespace assay::test
