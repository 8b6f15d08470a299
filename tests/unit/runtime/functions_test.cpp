// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What models with functions of their own compute.
#include "tests/unit/runtime/run_model.hpp"

namespace assay::runtime {
namespace {

using test::FunctionSpec;
using test::ModelSpec;
using test::NodeSpec;

constexpr int BOOL = 9;

NodeSpec call(std::string function, std::vector<std::string> inputs,
              std::vector<std::string> outputs) {
    return {std::move(function), std::move(inputs), std::move(outputs), {}, {}, "own"};
}

/// y = f(f(x)), where f consists of one node.
ModelSpec squares(const NodeSpec& inner) {
    ModelSpec spec;
    spec.nodes = {call("Square", {"x"}, {"h"}), call("Square", {"h"}, {"y"})};
    spec.inputs = {test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    spec.functions = {{"Square", {"a"}, {"b"}, {inner}}};
    return spec;
}

TEST_CASE("functions of the model become its nodes", "[runtime]") {
    const auto session = load(squares(NodeSpec{"Mul", {"a", "a"}, {"b"}}));
    feed<float>(*session, 0, {1}, {3});
    REQUIRE(session->run());
    CHECK(output(*session) == std::vector<float>{81});
    CHECK(session->plan() != nullptr);
}

TEST_CASE("a function that calls itself is refused", "[runtime][negative]") {
    CHECK(load_code(squares(call("Square", {"a"}, {"b"}))) == "ONNX_LIMIT");
}

TEST_CASE("a loop's input in a function is not the caller's value of that name", "[runtime]") {
    const ModelSpec body{
        {NodeSpec{"Identity", {"go"}, {"goes_on"}}, NodeSpec{"Add", {"x", "a"}, {"next"}}},
        {test::value_info("i", test::INT64, {}), test::value_info("go", BOOL, {}),
         test::value_info("x", test::FLOAT, {1})},
        {"goes_on", "next"}};
    ModelSpec spec;
    spec.nodes = {call("Times", {"x", "zero", "steps"}, {"y"})};
    spec.inputs = {test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    spec.initializers = {test::tensor("zero", {1}, std::vector<float>{0}),
                         test::tensor("steps", {}, std::vector<std::int64_t>{3})};
    spec.functions = {
        {"Times",
         {"a", "start", "n"},
         {"y"},
         {NodeSpec{"Loop", {"n", "", "start"}, {"y"}, {graph_attribute("body", body)}}}}};
    const auto session = load(spec);
    feed<float>(*session, 0, {1}, {5});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == std::vector<float>{15});
}

TEST_CASE("a scan's input in a function is not the caller's value of that name", "[runtime]") {
    const ModelSpec body{
        {NodeSpec{"Add", {"s", "e"}, {"sum"}}, NodeSpec{"Add", {"sum", "k"}, {"next"}}},
        {test::value_info("s", test::FLOAT, {}), test::value_info("e", test::FLOAT, {})},
        {"next"}};
    ModelSpec spec;
    spec.nodes = {call("Sum", {"x", "zero", "s"}, {"y"})};
    spec.inputs = {test::value_info("x", test::FLOAT, {3}), test::value_info("s", test::FLOAT, {})};
    spec.outputs = {"y"};
    spec.initializers = {test::tensor("zero", {}, std::vector<float>{0})};
    spec.functions = {{"Sum",
                       {"a", "start", "k"},
                       {"y"},
                       {NodeSpec{"Scan",
                                 {"start", "a"},
                                 {"y"},
                                 {graph_attribute("body", body),
                                  test::attribute("num_scan_inputs", std::int64_t{1})}}}}};
    const auto session = load(spec);
    feed<float>(*session, 0, {3}, {1, 2, 4});
    feed<float>(*session, 1, {}, {10});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == std::vector<float>{37});
}

/// y = take ? then(x) : −x in a function whose formal input is `a`.
ModelSpec choice(const ModelSpec& then) {
    const ModelSpec otherwise{{NodeSpec{"Neg", {"a"}, {"y"}}}, {}, {"y"}};
    ModelSpec spec;
    spec.nodes = {call("Choose", {"x", "take"}, {"y"})};
    spec.inputs = {test::value_info("x", test::FLOAT, {1}), test::value_info("take", BOOL, {})};
    spec.outputs = {"y"};
    spec.functions = {{"Choose",
                       {"a", "k"},
                       {"y"},
                       {NodeSpec{"If",
                                 {"k"},
                                 {"y"},
                                 {graph_attribute("then_branch", then),
                                  graph_attribute("else_branch", otherwise)}}}}};
    return spec;
}

std::vector<float> choose(const ModelSpec& spec, bool take) {
    const auto session = load(spec);
    feed<float>(*session, 0, {1}, {5});
    feed<std::uint8_t>(*session, 1, {}, {static_cast<std::uint8_t>(take)});
    REQUIRE(test::outcome(session->run()) == "OK");
    return output(*session);
}

TEST_CASE("what a branch in a function defines is not the caller's", "[runtime]") {
    ModelSpec then{{NodeSpec{"Add", {"x", "a"}, {"r"}}}, {}, {"r"}};
    then.initializers = {test::tensor("x", {1}, std::vector<float>{100})};
    CHECK(choose(choice(then), true) == std::vector<float>{105});
    CHECK(choose(choice(then), false) == std::vector<float>{-5});
    // Values of nodes likewise, and a formal name that the branch defines anew.
    then = {{NodeSpec{"Neg", {"a"}, {"x"}}, NodeSpec{"Sub", {"x", "a"}, {"r"}}}, {}, {"r"}};
    CHECK(choose(choice(then), true) == std::vector<float>{-10});
    then = {{NodeSpec{"Not", {"k"}, {"a"}},
             NodeSpec{"Cast", {"a"}, {"y"}, {test::attribute("to", std::int64_t{test::FLOAT})}}},
            {},
            {"y"}};
    CHECK(load_code(choice(then)) == "OK");
    const auto session = load(choice(then));
    feed<float>(*session, 0, {1}, {5});
    feed<std::uint8_t>(*session, 1, {}, {1});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == std::vector<float>{0});
}

TEST_CASE("a value may be named as those of calls are", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {call("Double", {"x"}, {"h"}), NodeSpec{"Add", {"h", "h"}, {"(1)t"}},
                  NodeSpec{"Neg", {"h"}, {"(2)u"}}, call("Double", {"(1)t"}, {"y"})};
    spec.inputs = {test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y", "(2)u"};
    spec.functions = {{"Double",
                       {"a"},
                       {"b"},
                       {NodeSpec{"Neg", {"a"}, {"t"}}, NodeSpec{"Neg", {"t"}, {"u"}},
                        NodeSpec{"Add", {"u", "u"}, {"b"}}}}};
    const auto session = load(spec);
    feed<float>(*session, 0, {1}, {1});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == std::vector<float>{8});
}

TEST_CASE("a function may return what it is given", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Neg", {"x"}, {"n"}}, call("Swap", {"x", "n"}, {"y", "z", "same"})};
    spec.inputs = {test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y", "z", "same"};
    spec.functions = {{"Swap", {"a", "b"}, {"b", "a", "b"}, {}}};
    const auto session = load(spec);
    feed<float>(*session, 0, {1}, {5});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session, 0) == std::vector<float>{-5});
    CHECK(output(*session, 1) == std::vector<float>{5});
    CHECK(output(*session, 2) == std::vector<float>{-5});
    // Not what it was not given.
    spec.nodes[1].inputs = {"x"};
    CHECK(load_code(spec) == "ONNX_MALFORMED");
}

TEST_CASE("overloads of a function are different functions", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {call("F", {"x"}, {"y"})};
    spec.inputs = {test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    spec.functions = {{"F", {"a"}, {"b"}, {NodeSpec{"Neg", {"a"}, {"b"}}}, {}, "first"},
                      {"F", {"a"}, {"b"}, {NodeSpec{"Abs", {"a"}, {"b"}}}, {}, "second"}};
    const auto result = [&spec](const std::string& overload) {
        spec.nodes[0].overload = overload;
        const auto session = load(spec);
        feed<float>(*session, 0, {1}, {3});
        REQUIRE(test::outcome(session->run()) == "OK");
        return output(*session)[0];
    };
    CHECK(result("first") == -3);
    CHECK(result("second") == 3);
}

TEST_CASE("a function's operator set decides what its nodes mean", "[runtime]") {
    // Softmax is over all dimensions from `axis` until 12, over one dimension from 13.
    const auto softmax = [](std::vector<test::ImportSpec> imports) {
        ModelSpec spec;
        spec.nodes = {call("F", {"x"}, {"y"})};
        spec.inputs = {test::value_info("x", test::FLOAT, {1, 2, 2})};
        spec.outputs = {"y"};
        spec.functions = {
            {"F",
             {"a"},
             {"b"},
             {NodeSpec{"Softmax", {"a"}, {"b"}, {test::attribute("axis", std::int64_t{1})}}},
             std::move(imports)}};
        const auto session = load(spec);
        feed<float>(*session, 0, {1, 2, 2}, {0, 0, 0, 0});
        REQUIRE(test::outcome(session->run()) == "OK");
        return output(*session)[0];
    };
    CHECK(softmax({{"", 11}}) == 0.25F);
    CHECK(softmax({{"", 13}}) == 0.5F);
    CHECK(softmax({}) == 0.5F); // as the model imports it
}

} // namespace
} // namespace assay::runtime
