// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Tensors without elements, whose other dimensions may be huge.
#include "tests/unit/runtime/operand_model.hpp"

#include <cmath>

namespace assay::runtime {
namespace {

/// The dimensions of what nodes make of "z", which has @p dims, @p outputs of 0 elements or few;
/// @p node_by_node when they are met at run.
std::string code_of_empty(std::vector<NodeSpec> nodes, const Ints& dims,
                          std::vector<Bytes> initializers, bool node_by_node) {
    initializers.push_back(ints("shape", dims));
    nodes.insert(nodes.begin(), {"ConstantOfShape", {"shape"}, {"z"}});
    if (node_by_node) { // what NonZero gives has no shape before it runs
        initializers.push_back(ints("flat", {-1}));
        nodes.insert(
            nodes.begin(),
            {{"NonZero", {"x"}, {"n"}}, {"Size", {"n"}, {"m"}}, {"Mul", {"shape", "m"}, {"s"}}});
        nodes[3].inputs = {"s"};
    }
    nodes.push_back({"Shape", {nodes.back().outputs.front()}, {"y"}});
    ModelSpec spec = of_x({1}, std::move(nodes), std::move(initializers));
    return code_of(spec);
}

TEST_CASE("a normalization of no channels is empty", "[runtime]") {
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, {2, 0, 1})};
    spec.initializers = {reals("none", {})};
    spec.nodes = {{"InstanceNormalization", {"x", "none", "none"}, {"y"}}};
    spec.outputs = {"y"};
    const auto session = load(spec);
    feed<float>(*session, 0, {2, 0, 1}, {});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output_dims(*session) == Ints{2, 0, 1});
}

TEST_CASE("tensors without elements cost nothing, whatever their other dimensions", "[runtime]") {
    const std::vector<Bytes> lists = {ints("k0", {0}),       ints("k1", {1}),
                                      ints("i0", {0}),       reals("one", {1}),
                                      reals("pair", {0, 1}), test::tensor("three", {}, Ints{3})};
    const Bytes axis = attribute("axis", std::int64_t{1});
    for (const Ints& dims : {Ints{HUGE, 0}, Ints{0, HUGE}, Ints{(HUGE << 1) - 1, 0}}) {
        for (const bool node_by_node : {false, true}) {
            INFO(onnx::text(dims) << node_by_node);
            const auto code = [&](NodeSpec node) {
                return code_of_empty({std::move(node)}, dims, lists, node_by_node);
            };
            CHECK(code({"Concat", {"z", "z"}, {"h"}, {axis}}) == "run OK");
            CHECK(code({"Split", {"z"}, {"h", "g"}, {axis}}) == "run OK");
            CHECK(code({"TopK", {"z", "k0"}, {"h", "g"}}) == "run OK");
            CHECK(code({"Transpose", {"z"}, {"h"}}) == "run OK");
            CHECK(code({"EyeLike", {"z"}, {"h"}}) == "run OK");
            CHECK(code({"CumSum", {"z", "i0"}, {"h"}}) == "run OK");
            CHECK(code({"NonZero", {"z"}, {"h"}}) == "run OK");
            CHECK(code({"Softmax", {"z"}, {"h"}}) == "run OK");
            CHECK(code({"LayerNormalization", {"z", "one"}, {"h"}}) == "run OK");
            CHECK(code({"OneHot", {"z", "three", "pair"}, {"h"}}) == "run OK");
            CHECK(code({"ReduceSum", {"z"}, {"h"}}) == "run OK");
            CHECK(code({"Add", {"z", "one"}, {"h"}}) == "run OK");
            CHECK(code({"Trilu", {"z"}, {"h"}}) == "run OK");
            if (dims[0] == 0) {
                CHECK(code({"Gather", {"z", "i0"}, {"h"}, {axis}}) == "run OK");
                CHECK(code({"TopK", {"z", "k1"}, {"h", "g"}}) == "run OK");
            }
        }
    }
}

TEST_CASE("rows without elements are counted up to a limit", "[runtime][negative]") {
    for (const bool node_by_node : {false, true}) {
        const std::string limit = node_by_node ? "run ONNX_LIMIT" : "load ONNX_LIMIT";
        for (const std::int64_t axis : {0, 1}) {
            const Bytes attribute_axis = attribute("axis", axis);
            const Ints dims = axis == 0 ? Ints{HUGE, 0} : Ints{0, HUGE};
            CHECK(code_of_empty({{"Unique", {"z"}, {"h"}, {attribute_axis}}}, dims, {},
                                node_by_node) == limit);
            CHECK(code_of_empty({{"SplitToSequence", {"z"}, {"q"}, {attribute_axis}},
                                 {"SequenceLength", {"q"}, {"h"}}},
                                dims, {}, node_by_node) == "run ONNX_LIMIT");
            CHECK(code_of_empty({{"SplitToSequence", {"z", "two"}, {"q"}, {attribute_axis}},
                                 {"SequenceLength", {"q"}, {"h"}}},
                                dims, {test::tensor("two", {}, Ints{2})},
                                node_by_node) == "run ONNX_LIMIT");
        }
        for (const Ints& dims :
             {Ints{std::int64_t{1} << 41, 0}, Ints{MOST, 0}, Ints{HUGE, HUGE, 0}}) {
            CHECK(code_of_empty({{"Neg", {"z"}, {"h"}}}, dims, {}, node_by_node) == limit);
        }
    }
}

TEST_CASE("a convolution of no channels does not walk its kernel", "[runtime]") {
    ModelSpec spec = of_x({1, 0, HUGE - 1, HUGE - 1}, {{"Conv", {"x", "w", "b"}, {"y"}}},
                          {test::tensor("w", {2, 0, HUGE - 1, 1}, Reals{}), reals("b", {3, 4})});
    spec.inputs = {test::value_info("x", test::FLOAT, {1, 0, HUGE - 1, 2})};
    const auto session = load(spec);
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == Reals{3, 3, 4, 4});
}

TEST_CASE("outputs beside one without elements are computed", "[runtime]") {
    ModelSpec spec =
        of_x({2, 0}, {{"LayerNormalization", {"x", "one"}, {"y", "mean"}}}, {reals("one", {1})});
    spec.outputs = {"y", "mean"};
    const auto session = load(spec);
    REQUIRE(test::outcome(session->run()) == "OK");
    const Reals mean = output(*session, 1);
    REQUIRE(mean.size() == 2);
    CHECK(std::isnan(mean[0]));
    CHECK(std::isnan(mean[1]));
    ModelSpec state =
        of_x({0, 1, 1},
             {{"LSTM",
               {"x", "w", "r", "", "", "h"},
               {"y", "last"},
               {attribute("hidden_size", std::int64_t{1})}}},
             {test::tensor("w", {1, 4, 1}, Reals(4)), test::tensor("r", {1, 4, 1}, Reals(4)),
              test::tensor("h", {1, 1, 1}, Reals{7})});
    state.outputs = {"y", "last"};
    const auto recurrent = load(state);
    REQUIRE(test::outcome(recurrent->run()) == "OK");
    CHECK(output(*recurrent, 1) == Reals{7});
    ModelSpec attention = of_x({1, 1, 0, 2}, {{"Attention", {"x", "k", "v"}, {"y", "present"}}},
                               {test::tensor("k", {1, 1, 1, 2}, Reals{5, 6}),
                                test::tensor("v", {1, 1, 1, 2}, Reals{7, 8})});
    attention.opset = 23;
    attention.outputs = {"y", "present"};
    const auto attends = load(attention);
    REQUIRE(test::outcome(attends->run()) == "OK");
    CHECK(output(*attends, 1) == Reals{5, 6});
}

} // namespace
} // namespace assay::runtime
