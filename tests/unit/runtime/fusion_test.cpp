// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
// Fused graphs against the same graphs node by node.
#include "tests/unit/runtime/both_ways.hpp"

namespace assay::runtime {
namespace {

using test::attribute;
using test::attribute_real;
using test::attribute_text;
using test::ModelSpec;
using test::NodeSpec;
using Ints = std::vector<std::int64_t>;
using Reals = std::vector<float>;

constexpr float CLOSE = 1e-5F;

Bytes scalar(const char* name, float value) {
    return test::tensor(name, {}, Reals{value});
}

/// x · w + b in the way that exporters write a layer, then what `nodes` do with "h".
ModelSpec dense_then(std::vector<NodeSpec> nodes) {
    Values values{4};
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, {2, 3, 8})};
    spec.initializers = {test::tensor("w", {8, 6}, values.vector(48)),
                         test::tensor("b", {6}, values.vector(6)),
                         test::tensor("scale", {6}, values.vector(6)),
                         scalar("half", 0.5F),
                         scalar("one", 1),
                         scalar("two", 2),
                         scalar("three", 3),
                         scalar("root", 1.41421356F),
                         scalar("inverse_root", 0.70710678F),
                         scalar("cubic", 0.044715F),
                         scalar("tanh_scale", 0.79788456F),
                         scalar("epsilon", 1e-5F),
                         scalar("zero", 0),
                         scalar("six", 6)};
    spec.nodes = {{"MatMul", {"x", "w"}, {"p"}}, {"Add", {"b", "p"}, {"h"}}};
    spec.nodes.insert(spec.nodes.end(), nodes.begin(), nodes.end());
    spec.outputs = {"y"};
    return spec;
}

std::size_t steps(const Session& session) {
    return session.plan()->xnn_steps() + session.plan()->kernel_steps();
}

void check_fused(const ModelSpec& spec, std::size_t wanted_steps) {
    const BothWays both = run_both(spec, {2, 3, 8});
    CHECK(distance(both) <= CLOSE);
    CHECK(steps(*both.fast) == wanted_steps);
}

TEST_CASE("a bias joins its product", "[runtime][fusion]") {
    check_fused(dense_then({{"Relu", {"h"}, {"y"}}}), 1);
}

TEST_CASE("a product keeps its bias where XNNPACK does not take it", "[runtime][fusion]") {
    ModelSpec spec = dense_then({{"Relu", {"h"}, {"y"}}});
    // Too many dimensions; nothing to sum.
    const Ints deep = {1, 1, 1, 1, 1, 2, 8};
    spec.inputs = {test::value_info("x", test::FLOAT, deep)};
    CHECK(distance(run_both(spec, deep)) <= CLOSE);
    spec.inputs = {test::value_info("x", test::FLOAT, {2, 0})};
    spec.initializers[0] = test::tensor("w", {0, 6}, Reals{});
    CHECK(distance(run_both(spec, {2, 0})) <= CLOSE);
    // Bytes that leave XNNPACK.
    spec = dense_then({{"QuantizeLinear", {"h", "step"}, {"q"}},
                       {"Cast", {"q"}, {"y"}, {attribute("to", std::int64_t{test::FLOAT})}}});
    spec.initializers.push_back(scalar("step", 0.05F));
    const BothWays both = run_both(spec, {2, 3, 8});
    CHECK(distance(both) <= 1);
    CHECK(both.fast->plan()->xnn_steps() == 1); // the product alone
}

TEST_CASE("a value that is read elsewhere is not swallowed", "[runtime][fusion]") {
    ModelSpec spec = dense_then({{"Relu", {"h"}, {"y"}}});
    spec.outputs = {"y", "p"};
    const BothWays both = run_both(spec, {2, 3, 8});
    CHECK(distance(both, 0) <= CLOSE);
    CHECK(distance(both, 1) <= CLOSE);
}

TEST_CASE("Gelu by erf is recognised in every order", "[runtime][fusion]") {
    const NodeSpec by_div{"Div", {"h", "root"}, {"d"}};
    const NodeSpec by_mul{"Mul", {"inverse_root", "h"}, {"d"}};
    for (const NodeSpec& first : {by_div, by_mul}) {
        const std::vector<NodeSpec> sum = {
            first, {"Erf", {"d"}, {"e"}}, {"Add", {"one", "e"}, {"s"}}};
        for (const std::vector<NodeSpec>& product : std::vector<std::vector<NodeSpec>>{
                 {{"Mul", {"h", "s"}, {"m"}}, {"Mul", {"m", "half"}, {"y"}}},
                 {{"Mul", {"half", "s"}, {"m"}}, {"Mul", {"h", "m"}, {"y"}}},
                 {{"Mul", {"h", "half"}, {"m"}}, {"Mul", {"m", "s"}, {"y"}}}}) {
            std::vector<NodeSpec> nodes = sum;
            nodes.insert(nodes.end(), product.begin(), product.end());
            check_fused(dense_then(nodes), 1);
        }
    }
}

TEST_CASE("what only looks like Gelu stays as it is", "[runtime][fusion]") {
    for (const char* factor : {"one", "two"}) {
        const BothWays both = run_both(dense_then({{"Div", {"h", "root"}, {"d"}},
                                                   {"Erf", {"d"}, {"e"}},
                                                   {"Add", {"one", "e"}, {"s"}},
                                                   {"Mul", {"h", "s"}, {"m"}},
                                                   {"Mul", {"m", factor}, {"y"}}}),
                                       {2, 3, 8});
        CHECK(distance(both) <= CLOSE);
        CHECK(steps(*both.fast) == 3);
    }
}

TEST_CASE("Gelu by tanh", "[runtime][fusion]") {
    check_fused(dense_then({{"Pow", {"h", "three"}, {"c"}},
                            {"Mul", {"cubic", "c"}, {"k"}},
                            {"Add", {"h", "k"}, {"i"}},
                            {"Mul", {"tanh_scale", "i"}, {"t"}},
                            {"Tanh", {"t"}, {"e"}},
                            {"Add", {"one", "e"}, {"s"}},
                            {"Mul", {"half", "h"}, {"m"}},
                            {"Mul", {"m", "s"}, {"y"}}}),
                2);
}

TEST_CASE("LayerNormalization from its parts", "[runtime][fusion]") {
    const NodeSpec by_pow{"Pow", {"d", "two"}, {"q"}};
    const NodeSpec by_mul{"Mul", {"d", "d"}, {"q"}};
    for (const NodeSpec& square : {by_pow, by_mul}) {
        check_fused(dense_then({{"ReduceMean", {"h"}, {"m"}, {attribute("axes", Ints{-1})}},
                                {"Sub", {"h", "m"}, {"d"}},
                                square,
                                {"ReduceMean", {"q"}, {"v"}, {attribute("axes", Ints{2})}},
                                {"Add", {"v", "epsilon"}, {"e"}},
                                {"Sqrt", {"e"}, {"r"}},
                                {"Div", {"d", "r"}, {"n"}},
                                {"Mul", {"n", "scale"}, {"g"}},
                                {"Add", {"g", "b"}, {"y"}}}),
                    2);
    }
    // Over another axis it is another function.
    const BothWays other =
        run_both(dense_then({{"ReduceMean", {"h"}, {"m"}, {attribute("axes", Ints{1})}},
                             {"Sub", {"h", "m"}, {"d"}},
                             by_pow,
                             {"ReduceMean", {"q"}, {"v"}, {attribute("axes", Ints{1})}},
                             {"Add", {"v", "epsilon"}, {"e"}},
                             {"Sqrt", {"e"}, {"r"}},
                             {"Div", {"d", "r"}, {"n"}},
                             {"Mul", {"n", "scale"}, {"g"}},
                             {"Add", {"g", "b"}, {"y"}}}),
                 {2, 3, 8});
    CHECK(distance(other) <= CLOSE);
}

TEST_CASE("LayerNormalization whose rows are wider than x stays in its parts",
          "[runtime][fusion]") {
    for (const auto& [x, scale, shift] :
         std::vector<std::tuple<Ints, Ints, Ints>>{{{3, 1}, {1}, {4}},
                                                   {{3, 1}, {4}, {4}},
                                                   {{3, 4}, {1, 1, 4}, {4}},
                                                   {{4}, {1, 4}, {1, 1, 4}}}) {
        Values values{8};
        const BothWays both =
            run_both({{{"ReduceMean", {"x"}, {"m"}, {attribute("axes", Ints{-1})}},
                       {"Sub", {"x", "m"}, {"d"}},
                       {"Mul", {"d", "d"}, {"q"}},
                       {"ReduceMean", {"q"}, {"v"}, {attribute("axes", Ints{-1})}},
                       {"Add", {"v", "epsilon"}, {"e"}},
                       {"Sqrt", {"e"}, {"r"}},
                       {"Div", {"d", "r"}, {"n"}},
                       {"Mul", {"n", "scale"}, {"g"}},
                       {"Add", {"g", "shift"}, {"y"}}},
                      {test::value_info("x", test::FLOAT, x)},
                      {"y"},
                      {test::tensor("scale", scale, values.vector(count_of(scale))),
                       test::tensor("shift", shift, values.vector(count_of(shift))),
                       test::tensor("epsilon", {}, std::vector<float>{1e-5F})}},
                     x);
        CHECK(distance(both) <= CLOSE);
    }
}

TEST_CASE("BatchNormalization becomes weights", "[runtime][fusion]") {
    for (const bool has_bias : {false, true}) {
        Values values{6};
        ModelSpec spec;
        spec.inputs = {test::value_info("x", test::FLOAT, {1, 3, 6, 6})};
        spec.initializers = {
            test::tensor("w", {4, 3, 3, 3}, values.vector(108)),
            test::tensor("b", {4}, values.vector(4)), test::tensor("s", {4}, values.vector(4)),
            test::tensor("m", {4}, values.vector(4)), test::tensor("v", {4}, Reals{1, 0.5F, 2, 3})};
        NodeSpec conv{"Conv", {"x", "w"}, {"c"}};
        if (has_bias) {
            conv.inputs.push_back("b");
        }
        spec.nodes = {conv, {"BatchNormalization", {"c", "s", "b", "m", "v"}, {"y"}}};
        spec.outputs = {"y"};
        CHECK(distance(run_both(spec, {1, 3, 6, 6})) <= CLOSE);
    }
}

TEST_CASE("a Pad with zeros joins its Conv", "[runtime][fusion]") {
    const auto padded = [](Ints pads, float fill, const Ints& own) {
        Values values{6};
        ModelSpec spec;
        spec.inputs = {test::value_info("x", test::FLOAT, {1, 3, 6, 5})};
        spec.initializers = {test::tensor("w", {4, 3, 3, 3}, values.vector(108)),
                             test::tensor("p", {8}, std::move(pads)), scalar("f", fill)};
        spec.nodes = {{"Pad", {"x", "p", "f"}, {"h"}},
                      {"Conv", {"h", "w"}, {"y"}, {attribute("pads", own)}}};
        spec.outputs = {"y"};
        return run_both(spec, {1, 3, 6, 5});
    };
    const auto live = [](const BothWays& both) {
        return both.fast->plan()->specialization().live.size();
    };
    const BothWays joined = padded({0, 0, 1, 2, 0, 0, 0, 1}, 0, {1, 0, 1, 0});
    CHECK(distance(joined) <= CLOSE);
    CHECK(live(joined) == 1);
    for (const BothWays& apart : {padded({0, 0, 1, 1, 0, 0, 1, 1}, 2, {0, 0, 0, 0}),
                                  padded({0, 1, 0, 0, 0, -1, 0, 0}, 0, {0, 0, 0, 0}),
                                  padded({0, 0, -1, 1, 0, 0, 1, 1}, 0, {0, 0, 0, 0})}) {
        CHECK(distance(apart) <= CLOSE);
        CHECK(live(apart) == 2);
    }
}

TEST_CASE("dynamic quantisation gives what ONNX defines", "[runtime][fusion]") {
    // The weights are made by Cast of constants, which is folded.
    Values values{8};
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, {2, 3, 16})};
    spec.initializers = {scalar("ws", 1.0F / 127), test::tensor("b", {7}, values.vector(7))};
    spec.nodes = {{"Cast", {"w127"}, {"wq"}, {attribute("to", std::int64_t{3})}},
                  {"DynamicQuantizeLinear", {"x"}, {"xq", "xs", "xz"}},
                  {"MatMulInteger", {"xq", "wq", "xz"}, {"i"}},
                  {"Cast", {"i"}, {"f"}, {attribute("to", std::int64_t{1})}},
                  {"Mul", {"xs", "ws"}, {"s"}},
                  {"Mul", {"f", "s"}, {"m"}},
                  {"Add", {"m", "b"}, {"y"}}};
    Reals wide = values.vector(112);
    for (float& one : wide) {
        one = std::nearbyint(one * 127);
    }
    spec.initializers.push_back(test::tensor("w127", {16, 7}, wide));
    spec.outputs = {"y"};
    const BothWays both = run_both(spec, {2, 3, 16}, 3);
    CHECK(distance(both) <= CLOSE);
    CHECK(steps(*both.fast) == 2);
}

TEST_CASE("scales of rows are not taken for scales of columns", "[runtime][fusion]") {
    Values values{8};
    Reals wide = values.vector(32);
    for (float& one : wide) {
        one = std::nearbyint(one * 127);
    }
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, {2, 16})};
    spec.initializers = {test::tensor("ws", {2, 1}, Reals{1, 10}),
                         test::tensor("w127", {16, 2}, wide)};
    spec.nodes = {{"Cast", {"w127"}, {"wq"}, {attribute("to", std::int64_t{3})}},
                  {"DynamicQuantizeLinear", {"x"}, {"xq", "xs", "xz"}},
                  {"MatMulInteger", {"xq", "wq", "xz"}, {"i"}},
                  {"Cast", {"i"}, {"f"}, {attribute("to", std::int64_t{1})}},
                  {"Mul", {"xs", "ws"}, {"s"}},
                  {"Mul", {"f", "s"}, {"y"}}};
    spec.outputs = {"y"};
    CHECK(distance(run_both(spec, {2, 16})) <= CLOSE);
}

} // namespace
} // namespace assay::runtime
