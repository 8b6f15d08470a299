// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/graph.hpp"
#include "core/onnx/proto.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/onnx_writer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

namespace assay::onnx {
namespace {

using test::FunctionSpec;
using test::ModelSpec;
using test::NodeSpec;

NodeSpec call(std::string function, std::vector<std::string> inputs,
              std::vector<std::string> outputs) {
    return {std::move(function), std::move(inputs), std::move(outputs), {}, {}, "own"};
}

/// y = f(x)
ModelSpec calling(std::vector<FunctionSpec> functions) {
    ModelSpec spec;
    spec.nodes = {call(functions.back().name, {"x"}, {"y"})};
    spec.inputs = {test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    spec.functions = std::move(functions);
    return spec;
}

Result<Graph> load(const Bytes& bytes, const Limits& limits = {}) {
    const Result<ModelProto> proto = parse_model(bytes, limits);
    if (!proto) {
        return proto.error();
    }
    return build_graph(*proto, limits);
}
Result<Graph> load(const ModelSpec& spec, const Limits& limits = {}) {
    return load(test::model(spec), limits);
}

/// The code and where it points.
std::string refusal(const Result<Graph>& graph) {
    return test::outcome(graph) + (graph ? "" : " " + std::string{graph.error().path.view()});
}

TEST_CASE("functions need identities of their own", "[onnx][negative]") {
    const FunctionSpec one{"F", {"a"}, {"b"}, {NodeSpec{"Neg", {"a"}, {"b"}}}};
    CHECK(refusal(load(calling({one, one}))) == "ONNX_MALFORMED function \"own.F\"");
    FunctionSpec other = one;
    other.overload = "other";
    CHECK(test::outcome(load(calling({one, other}))) == "OK");
    CHECK(refusal(load(calling({one, other, other}))) == "ONNX_MALFORMED function \"own.F:other\"");
}

TEST_CASE("an overload that no function has is unknown", "[onnx][negative]") {
    const FunctionSpec one{"F", {"a"}, {"b"}, {NodeSpec{"Neg", {"a"}, {"b"}}}};
    ModelSpec spec = calling({one});
    spec.nodes[0].overload = "other";
    CHECK(refusal(load(spec)) == "ONNX_UNSUPPORTED_OP own 0 node #0 (F)");
    // Operators have none.
    spec.nodes[0] = {"Neg", {"x"}, {"y"}, {}, {}, "", "other"};
    CHECK(test::outcome(load(spec)) == "ONNX_UNSUPPORTED_OP");
    spec.functions.clear();
    CHECK(test::outcome(load(spec)) == "ONNX_UNSUPPORTED_OP");
}

TEST_CASE("a function's inputs have different names", "[onnx][negative]") {
    const FunctionSpec twice{"F", {"a", "a"}, {"b"}, {NodeSpec{"Neg", {"a"}, {"b"}}}};
    CHECK(refusal(load(calling({twice}))) == "ONNX_MALFORMED function \"own.F\"");
}

TEST_CASE("nothing outside a function reads its values", "[onnx][negative]") {
    const FunctionSpec one{
        "F", {"a"}, {"b"}, {NodeSpec{"Neg", {"a"}, {"t"}}, NodeSpec{"Neg", {"t"}, {"b"}}}};
    ModelSpec spec = calling({one});
    for (const std::string name : {"t", "(1)t", "(2)t"}) {
        CAPTURE(name);
        spec.nodes.resize(1, NodeSpec{});
        spec.nodes.push_back(NodeSpec{"Neg", {name}, {"z"}});
        CHECK(test::outcome(load(spec)) == "ONNX_MALFORMED");
        spec.nodes.resize(1, NodeSpec{});
        spec.outputs = {"y", name};
        CHECK(test::outcome(load(spec)) == "ONNX_MALFORMED");
        spec.outputs = {"y"};
    }
    // Nor does a function read what is outside it.
    FunctionSpec reader = one;
    reader.nodes[1].inputs = {"x"};
    CHECK(test::outcome(load(calling({reader}))) == "ONNX_MALFORMED");
}

} // namespace
} // namespace assay::onnx
