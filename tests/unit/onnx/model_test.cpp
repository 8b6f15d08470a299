// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/graph.hpp"
#include "core/onnx/proto.hpp"

#include "tests/unit/onnx/changed_bytes.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/onnx_writer.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::onnx {
namespace {

using test::ModelSpec;
using test::NodeSpec;
using test::ProtoWriter;

/// y = Relu(x · w + b)
ModelSpec dense() {
    return {{NodeSpec{"Gemm", {"x", "w", "b"}, {"h"}, {}, "dense"}, NodeSpec{"Relu", {"h"}, {"y"}}},
            {test::value_info("x", test::FLOAT, {1, 2})},
            {"y"},
            {test::tensor("w", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6}),
             test::tensor("b", {3}, std::vector<float>{1, 2, 3})}};
}

Result<Graph> load(const Bytes& bytes, const Limits& limits = {}) {
    const Result<ModelProto> proto = parse_model(bytes, limits);
    if (!proto) {
        return proto.error();
    }
    return build_graph(*proto, limits);
}

std::string code(const Bytes& bytes) {
    return test::outcome(load(bytes));
}
std::string code(const ModelSpec& spec) {
    return code(test::model(spec));
}

/// dense() with one initializer replaced.
std::string code_with_bias(const Bytes& tensor) {
    ModelSpec spec = dense();
    spec.initializers[1] = tensor;
    return code(spec);
}

TEST_CASE("a model becomes a graph", "[onnx]") {
    const Result<Graph> graph = load(test::model(dense()));
    REQUIRE(graph);
    CHECK(graph->nodes.size() == 2);
    CHECK(graph->nodes[0].op == Op::gemm);
    CHECK(graph->nodes[0].version == 17);
    CHECK(graph->inputs.size() == 1);
    CHECK(graph->outputs.size() == 1);
}

TEST_CASE("every prefix of a model is refused", "[onnx][negative]") {
    const Bytes bytes = test::model(dense());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CAPTURE(size);
        CHECK(code(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))) ==
              "ONNX_MALFORMED");
    }
}

TEST_CASE("what is cut short is named by the byte where it begins", "[onnx][negative]") {
    const Bytes head = ProtoWriter{}.varint(1, 8).view();
    Bytes bytes = ProtoWriter{}.varint(1, 8).bytes(7, test::graph(dense())).view();
    bytes.resize(bytes.size() / 2);
    const Result<Graph> graph = load(bytes);
    CHECK(test::outcome(graph) == "ONNX_MALFORMED");
    CHECK(graph.error().path == "byte " + std::to_string(head.size()));
}

TEST_CASE("no changed byte of a model breaks the reader", "[onnx][negative]") {
    const Bytes bytes = test::model(dense());
    const std::size_t refused =
        test::refused_changes(bytes, [](const Bytes& changed) { return load(changed); });
    CHECK(refused > bytes.size()); // weights and node names may change freely
}

TEST_CASE("a malformed part is named", "[onnx][negative]") {
    const auto path = [](const ModelSpec& spec) {
        const Result<Graph> graph = load(test::model(spec));
        CHECK(test::outcome(graph) == "ONNX_MALFORMED");
        return graph ? std::string{} : std::string{graph.error().path.view()};
    };
    ModelSpec spec = dense();
    spec.initializers[1] = test::tensor_head("bias", test::FLOAT, {-1}).view();
    CHECK(path(spec).starts_with("initializer \"bias\" byte "));
    spec.initializers[1] = ProtoWriter{}.varint(2, test::FLOAT).text(8, "\xff").view();
    CHECK(path(spec).starts_with("initializer \"\" byte "));

    const Bytes nameless = ProtoWriter{}.varint(3, 1).view();
    spec = dense();
    spec.nodes[0].attributes = {nameless};
    CHECK(path(spec).starts_with("node \"dense\" (Gemm) byte "));
    spec = dense();
    spec.nodes[1].attributes = {nameless};
    CHECK(path(spec).starts_with("node #1 (Relu) byte "));
    spec = dense();
    spec.nodes[1].name = "\xff";
    CHECK(path(spec).starts_with("node #1 ("));
    spec = dense();
    spec.nodes[0].attributes = {test::attribute_tensor("value", ProtoWriter{}.varint(2, 0).view())};
    CHECK(path(spec).starts_with("node \"dense\" (Gemm) byte "));
}

TEST_CASE("names must be defined once and without cycles", "[onnx][negative]") {
    ModelSpec spec = dense();
    spec.initializers.pop_back();
    CHECK(code(spec) == "ONNX_MALFORMED"); // "b" is missing

    spec = dense();
    spec.nodes[1].outputs = {"h"};
    CHECK(code(spec) == "ONNX_MALFORMED"); // written twice

    spec = dense();
    spec.nodes[1].outputs = {"x"};
    CHECK(code(spec) == "ONNX_MALFORMED"); // an input is written

    spec = dense();
    spec.initializers.push_back(spec.initializers[1]);
    CHECK(code(spec) == "ONNX_MALFORMED"); // two initializers

    spec = dense();
    spec.nodes[0].inputs[0] = "y";
    const Result<Graph> cyclic = load(test::model(spec));
    CHECK(test::outcome(cyclic) == "ONNX_MALFORMED");
    CHECK(cyclic.error().path.view().find("cycle at node \"dense\"") != std::string::npos);

    spec = dense();
    spec.outputs.clear();
    CHECK(code(spec) == "ONNX_MALFORMED");
    spec.outputs = {"nowhere"};
    CHECK(code(spec) == "ONNX_MALFORMED");
    spec.outputs = {"y", "y"}; // by name they are one
    const Result<Graph> twice = load(test::model(spec));
    REQUIRE(test::outcome(twice) == "OK");
    CHECK(twice->outputs.size() == 1);
}

TEST_CASE("names must be UTF-8", "[onnx][negative]") {
    ModelSpec spec = dense();
    spec.nodes[0].name = "\xc3\x28";
    CHECK(code(spec) == "ONNX_MALFORMED");
    spec.nodes[0].name = "\xc3\xa9";
    CHECK(code(spec) == "OK");
}

TEST_CASE("nodes need not be sorted", "[onnx]") {
    ModelSpec spec = dense();
    std::swap(spec.nodes[0], spec.nodes[1]);
    const Result<Graph> graph = load(test::model(spec));
    REQUIRE(graph);
    CHECK(graph->nodes[0].op == Op::gemm);
}

TEST_CASE("what no output needs is dropped", "[onnx]") {
    ModelSpec spec = dense();
    spec.nodes.push_back(NodeSpec{"Relu", {"h"}, {"unused"}});
    spec.initializers.push_back(test::tensor("spare", {1}, std::vector<float>{1}));
    const Result<Graph> graph = load(test::model(spec));
    REQUIRE(graph);
    CHECK(graph->nodes.size() == 2);
    CHECK(graph->values.back().name == "unused");
}

TEST_CASE("an input with an initializer is optional", "[onnx]") {
    ModelSpec spec = dense();
    spec.inputs.push_back(test::value_info("b", test::FLOAT, {3}));
    const Result<Graph> graph = load(test::model(spec));
    REQUIRE(graph);
    CHECK(graph->inputs.size() == 1);
    REQUIRE(graph->overridable.size() == 1);
    CHECK(graph->values[graph->overridable[0]].name == "b");
}

TEST_CASE("all unknown operators are named at once", "[onnx][negative]") {
    ModelSpec spec = dense();
    spec.nodes.push_back(NodeSpec{"Frobnicate", {"y"}, {"a"}, {}, "odd"});
    spec.nodes.push_back(NodeSpec{"Relu", {"y"}, {"c"}, {}, "other", "com.example"});
    const Result<Graph> graph = load(test::model(spec));
    CHECK(test::outcome(graph) == "ONNX_UNSUPPORTED_OP");
    CHECK(graph.error().path ==
          "ai.onnx 17 node \"odd\" (Frobnicate); com.example 0 node \"other\" (Relu)");
}

TEST_CASE("the operator set decides what a node means", "[onnx]") {
    const auto version = [](int opset, const std::string& op) {
        const ModelSpec spec{{NodeSpec{op, {"x"}, {"y"}}},
                             {test::value_info("x", test::FLOAT, {1, 2, 3})},
                             {"y"},
                             {},
                             opset};
        const Result<Graph> graph = load(test::model(spec));
        return graph ? std::to_string(graph->nodes[0].version) : test::outcome(graph);
    };
    CHECK(version(7, "Relu") == "7");
    CHECK(version(25, "Relu") == "25");
    CHECK(version(26, "Relu") == "ONNX_UNSUPPORTED_OPSET");
    CHECK(version(5, "Relu") == "ONNX_UNSUPPORTED_OPSET");
    CHECK(version(12, "Softmax") == "12");
    CHECK(version(13, "Softmax") == "13");
    CHECK(version(22, "GlobalAveragePool") == "22");
}

TEST_CASE("a model without an operator set is malformed", "[onnx][negative]") {
    CHECK(code(ProtoWriter{}.varint(1, 8).bytes(7, test::graph(dense())).view()) ==
          "ONNX_MALFORMED");
    CHECK(code(test::model_of(test::graph(dense()), 0)) == "ONNX_MALFORMED");
}

TEST_CASE("attributes must be known and of their kind", "[onnx][negative]") {
    ModelSpec spec = dense();
    spec.nodes[0].attributes = {test::attribute("transB", std::int64_t{1})};
    CHECK(code(spec) == "OK");
    spec.nodes[0].attributes = {test::attribute("transC", std::int64_t{1})};
    CHECK(code(spec) == "ONNX_UNSUPPORTED_ATTRIBUTE");
    spec.nodes[0].attributes = {test::attribute_real("transB", 1)};
    CHECK(code(spec) == "ONNX_MALFORMED");
    spec.nodes[0].attributes = {test::attribute("transB", std::int64_t{1}),
                                test::attribute("transB", std::int64_t{0})};
    CHECK(code(spec) == "ONNX_MALFORMED");
}

TEST_CASE("a node needs its inputs and outputs", "[onnx][negative]") {
    ModelSpec spec = dense();
    spec.nodes[0].inputs = {"x"};
    CHECK(code(spec) == "ONNX_MALFORMED");
    spec.nodes[0].inputs = {"x", ""};
    CHECK(code(spec) == "ONNX_MALFORMED");
    spec.nodes[0].inputs = {"x", "w", ""};
    CHECK(code(spec) == "OK"); // C is optional
    spec.nodes[0].inputs = {"x", "w", "b", "b"};
    CHECK(code(spec) == "ONNX_MALFORMED");
}

TEST_CASE("tensors are checked before they are allocated", "[onnx][negative]") {
    using std::int64_t;
    CHECK(code_with_bias(test::tensor_head("b", test::FLOAT, {int64_t{1} << 40}).view()) ==
          "ONNX_LIMIT");
    CHECK(code_with_bias(
              test::tensor_head("b", test::FLOAT, {int64_t{1} << 40, int64_t{1} << 40}).view()) ==
          "ONNX_LIMIT");
    CHECK(code_with_bias(test::tensor_head("b", test::FLOAT, {-3}).view()) == "ONNX_MALFORMED");
    CHECK(code_with_bias(test::tensor_head("b", test::FLOAT, {3}).view()) == "ONNX_MALFORMED");
    CHECK(code_with_bias(test::tensor("b", {3}, std::vector<float>{1, 2})) == "ONNX_MALFORMED");
    CHECK(code_with_bias(test::tensor_head("b", 0, {}).view()) == "ONNX_MALFORMED");
    CHECK(code_with_bias(test::tensor_head("b", test::FLOAT, std::vector<int64_t>(9, 1)).view()) ==
          "ONNX_LIMIT");
    // raw_data and float_data at once
    CHECK(code_with_bias(ProtoWriter{}
                             .raw(test::tensor("b", {1}, std::vector<float>{1}))
                             .fixed32(4, 0)
                             .view()) == "ONNX_MALFORMED");
    // strings, and elements that a byte holds two of
    CHECK(code_with_bias(test::tensor_head("b", 8, {1}).text(6, "a").view()) == "OK");
    CHECK(code_with_bias(test::tensor_head("b", 8, {2}).text(6, "a").view()) == "ONNX_MALFORMED");
    CHECK(code_with_bias(test::tensor_head("b", 22, {3}).text(9, "ab").view()) == "OK");
    CHECK(code_with_bias(test::tensor_head("b", 22, {3}).text(9, "abc").view()) ==
          "ONNX_MALFORMED");
}

TEST_CASE("typed fields hold elements too", "[onnx]") {
    ProtoWriter unpacked = test::tensor_head("b", test::FLOAT, {3});
    unpacked.fixed32(4, 0x3f80'0000).fixed32(4, 0x4000'0000).fixed32(4, 0x4040'0000);
    const Bytes packed_floats = {0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40};
    ProtoWriter packed = test::tensor_head("b", test::FLOAT, {3});
    packed.bytes(4, packed_floats).bytes(9, {}); // an empty raw_data beside it counts as absent
    for (const Bytes& tensor : {unpacked.view(), packed.view()}) {
        ModelSpec spec = dense();
        spec.initializers[1] = tensor;
        const Result<Graph> graph = load(test::model(spec));
        REQUIRE(graph);
        for (const Value& value : graph->values) {
            if (value.name == "b") {
                const auto elements = value.constant->as<float>();
                CHECK(std::vector<float>(elements.begin(), elements.end()) ==
                      std::vector<float>{1, 2, 3});
            }
        }
    }
}

TEST_CASE("weights in other files are refused", "[onnx][negative]") {
    const auto external = [](std::string_view location) {
        const Bytes entry = ProtoWriter{}.text(1, "location").text(2, location).view();
        return test::tensor_head("b", test::FLOAT, {3}).bytes(13, entry).varint(14, 1).view();
    };
    CHECK(code_with_bias(external("weights.bin")) == "ONNX_EXTERNAL_DATA");
    CHECK(code_with_bias(external("a/b..c/weights.bin")) == "ONNX_EXTERNAL_DATA");
    for (const std::string_view location :
         {"", "/etc/passwd", "../w.bin", "a/../w.bin", "a\\..\\w.bin", "C:w.bin", "\\w.bin"}) {
        CAPTURE(location);
        CHECK(code_with_bias(external(location)) == "ONNX_MALFORMED");
    }
}

TEST_CASE("the caller's limits hold", "[onnx][negative]") {
    const Bytes bytes = test::model(dense());
    Limits limits;
    limits.model_bytes = bytes.size() - 1;
    CHECK(test::outcome(load(bytes, limits)) == "ONNX_LIMIT");
    limits = {};
    limits.nodes = 1;
    CHECK(test::outcome(load(bytes, limits)) == "ONNX_LIMIT");
    limits = {};
    limits.memory_bytes = 35;
    CHECK(test::outcome(load(bytes, limits)) == "ONNX_LIMIT"); // 24 + 12 bytes of constants
    limits.memory_bytes = 36;
    CHECK(test::outcome(load(bytes, limits)) == "OK");
}

TEST_CASE("nested graphs and types have a depth limit", "[onnx][negative]") {
    const auto nested_graphs = [](int depth) {
        Bytes inner;
        for (int i = 0; i < depth; ++i) {
            const Bytes attribute =
                ProtoWriter{}.text(1, "body").bytes(6, inner).varint(20, 5).view();
            inner = test::graph({{NodeSpec{"Loop", {}, {"o"}, {attribute}}}, {}, {}, {}});
        }
        return test::model_of(inner, 17);
    };
    CHECK(code(nested_graphs(14)) == "ONNX_MALFORMED"); // well-formed, but the graph has no outputs
    CHECK(code(nested_graphs(17)) == "ONNX_LIMIT");

    const auto nested_types = [](int depth) {
        Bytes type;
        for (int i = 0; i < depth; ++i) {
            type = ProtoWriter{}.bytes(4, ProtoWriter{}.bytes(1, type).view()).view();
        }
        ModelSpec spec = dense();
        spec.inputs[0] = ProtoWriter{}.text(1, "x").bytes(2, type).view();
        return spec;
    };
    CHECK(code(nested_types(3)) == "OK");
    CHECK(code(nested_types(40)) == "ONNX_LIMIT");
}

TEST_CASE("inputs need a tensor type with a kernel", "[onnx][negative]") {
    ModelSpec spec = dense();
    spec.inputs[0] = ProtoWriter{}.text(1, "x").view();
    CHECK(code(spec) == "ONNX_MALFORMED");
    spec.inputs[0] = test::value_info("x", 0, {1, 2});
    CHECK(code(spec) == "ONNX_MALFORMED");
    spec.inputs[0] = test::value_info("x", 99, {1, 2});
    CHECK(code(spec) == "ONNX_UNSUPPORTED_TYPE");
    spec.inputs[0] = test::value_info("x", test::FLOAT, std::vector<std::int64_t>(9, 1));
    CHECK(code(spec) == "ONNX_LIMIT");
}

} // namespace
} // namespace assay::onnx
