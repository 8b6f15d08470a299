// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/graph.hpp"
#include "core/onnx/proto.hpp"

#include "tests/unit/onnx/changed_bytes.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/onnx_writer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

namespace assay::onnx {
namespace {

using test::FunctionSpec;
using test::ImportSpec;
using test::ModelSpec;
using test::NodeSpec;
using test::ProtoWriter;

NodeSpec call(std::string function, std::vector<std::string> inputs,
              std::vector<std::string> outputs) {
    return {std::move(function), std::move(inputs), std::move(outputs), {}, {}, "own"};
}

/// y = f(x)
ModelSpec calling(std::vector<FunctionSpec> functions) {
    ModelSpec spec;
    spec.nodes = {call(functions.empty() ? "F" : functions.back().name, {"x"}, {"y"})};
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

Bytes graph_attribute(std::string_view name, const ModelSpec& graph) {
    return ProtoWriter{}.text(1, name).bytes(6, test::graph(graph)).varint(20, 5).view();
}
/// An attribute that takes the value of the call's attribute @p of.
Bytes reference(std::string_view name, std::string_view of, unsigned kind) {
    return ProtoWriter{}.text(1, name).text(21, of).varint(20, kind).view();
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

TEST_CASE("only nodes of functions refer to attributes of a call", "[onnx][negative]") {
    ModelSpec spec = calling({});
    const ModelSpec branch{{NodeSpec{"Neg", {"x"}, {"r"}}}, {}, {"r"}};
    spec.nodes[0] = {"If",
                     {"x"},
                     {"y"},
                     {graph_attribute("then_branch", branch), reference("else_branch", "g", 5)},
                     "choice"};
    CHECK(refusal(load(spec)) == "ONNX_MALFORMED node \"choice\" (If) attribute \"else_branch\"");
    spec.nodes[0] = {"LeakyRelu", {"x"}, {"y"}, {reference("alpha", "slope", 1)}};
    CHECK(test::outcome(load(spec)) == "ONNX_MALFORMED");
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

/// Functions that call the one before @p times each; the first has @p nodes.
std::vector<FunctionSpec> tower(std::size_t levels, std::size_t times,
                                std::vector<NodeSpec> nodes) {
    std::vector<FunctionSpec> out = {{"F0", {"a"}, {"b"}, std::move(nodes)}};
    for (std::size_t level = 1; level < levels; ++level) {
        FunctionSpec& next =
            out.emplace_back(FunctionSpec{"F" + std::to_string(level), {"a"}, {"b"}, {}});
        const std::string below = "F" + std::to_string(level - 1);
        next.nodes.assign(times, call(below, {"a"}, {}));
        next.nodes.back().outputs = {"b"};
    }
    return out;
}

TEST_CASE("calls count as nodes", "[onnx][negative]") {
    CHECK(refusal(load(calling(tower(15, 10, {})))) == "ONNX_LIMIT function \"own.F1\" nodes");
    Limits limits;
    limits.nodes = 3; // two calls and a node
    CHECK(test::outcome(load(calling(tower(2, 1, {NodeSpec{"Neg", {"a"}, {"b"}}})), limits)) ==
          "OK");
    limits.nodes = 2;
    CHECK(test::outcome(load(calling(tower(2, 1, {NodeSpec{"Neg", {"a"}, {"b"}}})), limits)) ==
          "ONNX_LIMIT");
}

TEST_CASE("calls may be deeper than graphs", "[onnx]") {
    const std::vector<NodeSpec> negation = {NodeSpec{"Neg", {"a"}, {"b"}}};
    CHECK(test::outcome(load(calling(tower(64, 1, negation)))) == "OK");
    CHECK(refusal(load(calling(tower(65, 1, negation)))) == "ONNX_LIMIT function \"own.F0\" calls");
}

TEST_CASE("calls do not make graphs deeper than files may have them", "[onnx][negative]") {
    const auto nested = [](std::size_t levels) {
        std::vector<FunctionSpec> out = {{"F0", {"a"}, {"b"}, {NodeSpec{"Neg", {"a"}, {"b"}}}}};
        for (std::size_t level = 1; level < levels; ++level) {
            const ModelSpec branch{
                {call("F" + std::to_string(level - 1), {"a"}, {"r"})}, {}, {"r"}};
            const Bytes same = test::tensor("k", {}, std::vector<std::int64_t>{1});
            out.push_back(
                {"F" + std::to_string(level),
                 {"a"},
                 {"b"},
                 {NodeSpec{"Constant", {}, {"k"}, {test::attribute_tensor("value", same)}},
                  NodeSpec{"If",
                           {"k"},
                           {"b"},
                           {graph_attribute("then_branch", branch),
                            graph_attribute("else_branch", branch)}}}});
        }
        return calling(std::move(out));
    };
    CHECK(test::outcome(load(nested(8))) == "OK");
    // The main graph is the first level, and each function but the innermost adds one.
    CHECK(refusal(load(nested(17))) == "ONNX_LIMIT function \"own.F1\" nodes");
}

TEST_CASE("what calls copy is limited", "[onnx][negative]") {
    const auto calls = [](const FunctionSpec& function, std::size_t count) {
        ModelSpec spec = calling({function});
        spec.nodes.resize(count, spec.nodes[0]);
        for (std::size_t i = 1; i < count; ++i) {
            spec.nodes[i].outputs = {""};
        }
        return refusal(load(spec));
    };
    const std::string limit = "ONNX_LIMIT function \"own.F\" nodes";
    const NodeSpec negation{"Neg", {"a"}, {"b"}};
    // A list in an attribute.
    const Bytes list = test::attribute("value_ints", std::vector<std::int64_t>(20'000, 1));
    const FunctionSpec lists{
        "F", {"a"}, {"b"}, {negation, NodeSpec{"Constant", {}, {"c"}, {list}}}};
    CHECK(calls(lists, 10) == "OK");
    CHECK(calls(lists, 5'000) == limit);
    // Names.
    const FunctionSpec names{
        "F", {"a"}, {"b"}, {negation, NodeSpec{"Neg", {"a"}, {std::string(100'000, 'n')}}}};
    CHECK(calls(names, 10) == "OK");
    CHECK(calls(names, 5'000) == limit);
    // Initializers of a graph in an attribute.
    ModelSpec branch{{NodeSpec{"Neg", {"a"}, {"r"}}}, {}, {"r"}};
    for (int i = 0; i < 1'000; ++i) {
        branch.initializers.push_back(
            test::tensor("w" + std::to_string(i), {1}, std::vector<float>{1}));
    }
    const FunctionSpec graphs{
        "F",
        {"a"},
        {"b"},
        {negation, NodeSpec{"If", {"a"}, {"c"}, {graph_attribute("then_branch", branch)}}}};
    CHECK(calls(graphs, 5'000) == limit);
    // Tensors, of which each call decodes its own: numbers as they are, strings with what they
    // take.
    const auto constant = [&](const Bytes& tensor) {
        const Bytes value = ProtoWriter{}.text(1, "value").bytes(5, tensor).varint(20, 4).view();
        return FunctionSpec{
            "F", {"a"}, {"b"}, {negation, NodeSpec{"Constant", {}, {"c"}, {value}}}};
    };
    const auto numbers =
        constant(test::tensor("", {1 << 18}, std::vector<float>(std::size_t{1} << 18, 1)));
    CHECK(calls(numbers, 100) == "OK"); // of a megabyte
    CHECK(calls(numbers, 300) == limit);
    constexpr int STRING = 8;
    ProtoWriter texts = test::tensor_head("", STRING, {100'000});
    for (int i = 0; i < 100'000; ++i) {
        texts.text(6, "x");
    }
    CHECK(calls(constant(texts.view()), 50) == "OK");
    CHECK(calls(constant(texts.view()), 150) == limit);
    // Those of the main graph are there once, however large.
    ModelSpec main = calling({FunctionSpec{"F", {"a"}, {"b"}, {negation}}});
    main.nodes.resize(1 + 150, constant(texts.view()).nodes[1]);
    for (std::size_t i = 1; i < main.nodes.size(); ++i) {
        main.nodes[i].outputs = {"c" + std::to_string(i)};
    }
    CHECK(refusal(load(main)) == "OK");
    // A list that the call gives, for many nodes.
    FunctionSpec given{"F", {"a"}, {"b"}, {negation}};
    given.nodes.resize(5'000, NodeSpec{"Constant", {}, {""}, {reference("value_ints", "list", 7)}});
    given.defaults = {test::attribute("list", std::vector<std::int64_t>(20'000, 1))};
    CHECK(calls(given, 1) == limit);
}

TEST_CASE("an attribute of a call or a default is given once", "[onnx][negative]") {
    const Bytes one = test::attribute("axis", 1);
    ModelSpec twice = calling({{"F", {"a"}, {"b"}, {NodeSpec{"Neg", {"a"}, {"b"}}}}});
    twice.nodes[0].attributes = {one};
    CHECK(refusal(load(twice)) == "OK");
    twice.nodes[0].attributes = {one, one};
    CHECK(refusal(load(twice)) == "ONNX_MALFORMED function \"own.F\"");
    FunctionSpec defaults{"F", {"a"}, {"b"}, {NodeSpec{"Neg", {"a"}, {"b"}}}};
    defaults.defaults = {one, one};
    CHECK(refusal(load(calling({defaults}))) == "ONNX_MALFORMED function \"own.F\"");
}

TEST_CASE("graphs that calls pass on count each time", "[onnx][negative]") {
    // Each function passes on a graph that contains the one it was given twice.
    std::vector<FunctionSpec> functions = {
        {"F0", {"a"}, {"b"}, {NodeSpec{"If", {"a"}, {"b"}, {reference("then_branch", "g", 5)}}}}};
    for (std::size_t level = 1; level < 16; ++level) {
        const NodeSpec both{"If",
                            {"a"},
                            {"r"},
                            {reference("then_branch", "g", 5), reference("else_branch", "g", 5)}};
        NodeSpec inner = call("F" + std::to_string(level - 1), {"a"}, {"b"});
        inner.attributes = {graph_attribute("g", {{both, both}, {}, {"r"}})};
        functions.push_back({"F" + std::to_string(level), {"a"}, {"b"}, {inner}});
    }
    ModelSpec spec = calling(std::move(functions));
    spec.nodes[0].attributes = {graph_attribute("g", {{NodeSpec{"Neg", {"x"}, {"r"}}}, {}, {"r"}})};
    CHECK(test::outcome(load(spec)) == "ONNX_LIMIT");
}

TEST_CASE("a function has operator sets of its own", "[onnx]") {
    const auto version = [](std::vector<ImportSpec> imports) {
        const Result<Graph> graph = load(
            calling({{"F", {"a"}, {"b"}, {NodeSpec{"Neg", {"a"}, {"b"}}}, std::move(imports)}}));
        return graph ? std::to_string(graph->nodes[0].version) : refusal(graph);
    };
    CHECK(version({}) == "17"); // the model's
    CHECK(version({{"", 13}}) == "13");
    CHECK(version({{"", 18}}) == "18");
    CHECK(version({{"", 26}}) == "ONNX_UNSUPPORTED_OPSET ai.onnx 26 node #0 (Neg)");
    CHECK(version({{"", 0}}) == "ONNX_MALFORMED function \"own.F\" opset_import");
}

TEST_CASE("a domain may be imported by a function alone", "[onnx]") {
    const NodeSpec binarizer{"Binarizer", {"a"}, {"b"}, {}, {}, "ai.onnx.ml"};
    const auto outcome = [&binarizer](std::vector<ImportSpec> imports) {
        return test::outcome(load(calling({{"F", {"a"}, {"b"}, {binarizer}, std::move(imports)}})));
    };
    CHECK(outcome({{"", 17}, {"ai.onnx.ml", 3}}) == "OK");
    CHECK(outcome({{"", 17}}) == "ONNX_UNSUPPORTED_OPSET");
    // Also the default one.
    const auto without_import = [](std::vector<ImportSpec> imports) {
        const ModelSpec spec =
            calling({{"F", {"a"}, {"b"}, {NodeSpec{"Neg", {"a"}, {"b"}}}, std::move(imports)}});
        return test::outcome(load(ProtoWriter{}
                                      .varint(1, 8)
                                      .bytes(7, test::graph(spec))
                                      .bytes(25, test::function(spec.functions[0]))
                                      .view()));
    };
    CHECK(without_import({{"", 17}}) == "OK");
    CHECK(without_import({}) == "ONNX_MALFORMED");
}

TEST_CASE("graphs that a call passes keep the caller's operator set", "[onnx]") {
    const ModelSpec branch{{NodeSpec{"Neg", {"x"}, {"r"}}}, {}, {"r"}};
    ModelSpec spec =
        calling({{"F",
                  {"k"},
                  {"b"},
                  {NodeSpec{"Cast", {"k"}, {"c"}, {test::attribute("to", std::int64_t{9})}},
                   NodeSpec{"If",
                            {"c"},
                            {"b"},
                            {reference("then_branch", "g", 5), reference("else_branch", "d", 5)}}},
                  {{"", 13}}}});
    spec.functions[0].defaults = {graph_attribute(
        "d",
        {{NodeSpec{"Cast", {"k"}, {"r"}, {test::attribute("to", std::int64_t{1})}}}, {}, {"r"}})};
    spec.nodes[0].attributes = {graph_attribute("g", branch)};
    const Result<Graph> graph = load(spec);
    REQUIRE(refusal(graph) == "OK");
    const Node& choice = graph->nodes[1];
    CHECK(choice.version == 13);
    CHECK(choice.attributes.graph("then_branch")->nodes[0].version == 17);
    CHECK(choice.attributes.graph("else_branch")->nodes[0].version == 13);
}

TEST_CASE("no changed byte of a model with functions breaks the reader", "[onnx][negative]") {
    const ModelSpec branch{
        {call("F", {"a"}, {"r"})}, {}, {"r"}, {test::tensor("w", {1}, std::vector<float>{1})}};
    FunctionSpec outer{
        "G",
        {"a", "k"},
        {"b", "a"},
        {NodeSpec{"If",
                  {"k"},
                  {"b"},
                  {graph_attribute("then_branch", branch), reference("else_branch", "g", 5)}}},
        {{"", 13}, {"own", 1}},
        "wide"};
    ModelSpec spec = calling(
        {{"F", {"a"}, {"b"}, {NodeSpec{"LeakyRelu", {"a"}, {"b"}, {reference("alpha", "s", 1)}}}},
         outer});
    spec.functions[0].defaults = {test::attribute_real("s", 0.5F)};
    spec.inputs.push_back(test::value_info("k", 9, {}));
    spec.nodes[0] = call("G", {"x", "k"}, {"y", "z"});
    spec.nodes[0].overload = "wide";
    spec.nodes[0].attributes = {graph_attribute("g", {{NodeSpec{"Neg", {"x"}, {"r"}}}, {}, {"r"}})};
    spec.outputs = {"y", "z"};
    const Bytes bytes = test::model(spec);
    REQUIRE(refusal(load(bytes)) == "OK");
    const std::size_t refused =
        test::refused_changes(bytes, [](const Bytes& changed) { return load(changed); });
    CHECK(refused > bytes.size());
}

} // namespace
} // namespace assay::onnx
