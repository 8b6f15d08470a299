// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
// XNNPACK against our own kernels, operator by operator.
#include "tests/unit/runtime/both_ways.hpp"

#include <algorithm>

namespace assay::runtime {
namespace {

using test::attribute;
using test::attribute_real;
using test::attribute_text;
using test::ModelSpec;
using test::NodeSpec;
using DimsList = std::vector<std::vector<std::int64_t>>;
using Ints = std::vector<std::int64_t>;

/// Which of two ways runs a node.
enum class Way : std::uint8_t { xnnpack, own };

struct Case {
    std::string op;
    DimsList inputs;      ///< fed
    DimsList constants{}; ///< initializers, after the inputs
    std::vector<Bytes> attributes{};
    Way way = Way::xnnpack;
    int opset = 17;
    std::vector<std::string> order{}; ///< operand names where they are not i0 i1 … c0 c1 …
};

ModelSpec spec_of(const Case& test) {
    ModelSpec spec;
    NodeSpec node{test.op, {}, {"y"}, test.attributes};
    for (std::size_t i = 0; i < test.inputs.size(); ++i) {
        node.inputs.push_back("i" + std::to_string(i));
        spec.inputs.push_back(test::value_info(node.inputs.back(), test::FLOAT, test.inputs[i]));
    }
    Values values{77};
    for (std::size_t i = 0; i < test.constants.size(); ++i) {
        node.inputs.push_back("c" + std::to_string(i));
        std::vector<float> elements = values.vector(count_of(test.constants[i]));
        if (test.op == "BatchNormalization" && i == 3) {
            std::transform(elements.begin(), elements.end(), elements.begin(),
                           [](float x) { return x * x + 0.5F; }); // a variance
        }
        spec.initializers.push_back(test::tensor(node.inputs.back(), test.constants[i], elements));
    }
    if (!test.order.empty()) {
        node.inputs = test.order;
    }
    spec.nodes = {node};
    spec.outputs = {"y"};
    spec.opset = test.opset;
    return spec;
}

/// Runs the case on one backend with the same inputs.
std::unique_ptr<Session> run(const Case& test, Backend backend) {
    SessionOptions options;
    options.backend = backend;
    std::unique_ptr<Session> session = load(spec_of(test), options);
    Values values{5};
    for (std::size_t i = 0; i < test.inputs.size(); ++i) {
        std::vector<float> elements = values.vector(count_of(test.inputs[i]));
        if (test.op == "Div") {
            for (float& element : elements) {
                element += element < 0 ? -0.5F : 0.5F;
            }
        }
        feed(*session, i, test.inputs[i], elements);
    }
    REQUIRE(test::outcome(session->run()) == "OK");
    return session;
}

void compare(const Case& test) {
    std::string shapes;
    for (const auto& dims : test.inputs) {
        shapes += onnx::text(dims);
    }
    for (const auto& dims : test.constants) {
        shapes += " const" + onnx::text(dims);
    }
    INFO(test.op << " " << shapes << " opset " << test.opset);
    const std::unique_ptr<Session> fast = run(test, Backend::xnnpack);
    const std::unique_ptr<Session> reference = run(test, Backend::reference);
    CHECK(fast->plan()->xnn_steps() == (test.way == Way::xnnpack ? 1 : 0));
    CHECK(reference->plan()->xnn_steps() == 0);
    CHECK(output_dims(*fast) == output_dims(*reference));
    const std::vector<float> got = output(*fast);
    const std::vector<float> want = output(*reference);
    REQUIRE(got.size() == want.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        const float tolerance = 1e-5F + 1e-5F * std::abs(want[i]);
        if (got[i] != want[i] && !(std::abs(got[i] - want[i]) <= tolerance)) {
            FAIL_CHECK("element " << i << ": " << got[i] << " instead of " << want[i]);
            break;
        }
    }
}

void compare(const std::vector<Case>& cases) {
    for (const Case& test : cases) {
        compare(test);
    }
}

TEST_CASE("element-wise operators broadcast as the reference does", "[runtime][xnnpack]") {
    for (const std::string op : {"Add", "Sub", "Mul", "Div"}) {
        compare({
            {op, {{2, 3}, {2, 3}}},
            {op, {{2, 3}, {}}},
            {op, {{}, {2, 3}}},
            {op, {{}, {}}},
            {op, {{4, 1, 3}, {5, 1}}},
            {op, {{2, 1, 3, 1, 2, 1}, {1, 4, 1, 2, 1, 3}}},
            {op, {{3, 4, 5}}, {{4, 1}}},
            {op, {{4, 1}}, {{3, 4, 5}}, {}, Way::xnnpack, 17, {"c0", "i0"}},
            {op, {{2, 1, 1, 1, 1, 1, 3}, {1, 2, 1, 1, 1, 1, 1}}, {}, {}, Way::own},
            {op, {{2, 0, 3}, {1, 3}}, {}, {}, Way::own},
            {op, {{0}, {1}}, {}, {}, Way::own},
        });
    }
}

TEST_CASE("activations", "[runtime][xnnpack]") {
    for (const std::string op : {"Relu", "Sigmoid", "Tanh"}) {
        compare({
            {op, {{}}},
            {op, {{7}}},
            {op, {{2, 3, 4, 5, 2, 2}}},
            {op, {{1, 1, 1, 1, 1, 1, 5}}, {}, {}, Way::own},
            {op, {{3, 0}}, {}, {}, Way::own},
        });
    }
}

TEST_CASE("softmax", "[runtime][xnnpack]") {
    compare({
        {"Softmax", {{2, 5}}},
        {"Softmax", {{2, 3, 5}}},
        {"Softmax", {{2, 3, 5}}, {}, {attribute("axis", std::int64_t{1})}, Way::own},
        {"Softmax", {{2, 3, 5}}, {}, {attribute("axis", std::int64_t{-3})}, Way::own},
        {"Softmax", {{2, 5}}, {}, {}, Way::xnnpack, 11},
        {"Softmax", {{2, 3, 5}}, {}, {}, Way::own, 11},
        {"Softmax", {{2, 3, 5}}, {}, {attribute("axis", std::int64_t{2})}, Way::xnnpack, 9},
        {"Softmax", {{2, 3, 5}}, {}, {attribute("axis", std::int64_t{0})}, Way::own, 9},
    });
}

TEST_CASE("Gemm in all its forms", "[runtime][xnnpack]") {
    const Bytes trans_a = attribute("transA", std::int64_t{1});
    const Bytes trans_b = attribute("transB", std::int64_t{1});
    const Bytes alpha = attribute_real("alpha", 0.5F);
    const Bytes beta = attribute_real("beta", -2);
    const Bytes no_beta = attribute_real("beta", 0);
    for (const Ints& c : std::vector<Ints>{{4}, {1, 4}, {3, 4}, {3, 1}, {1, 1}, {1}, {}}) {
        compare({
            {"Gemm", {{3, 5}}, {{5, 4}, c}, {alpha, beta}},
            {"Gemm", {{3, 5}}, {{4, 5}, c}, {trans_b}},
            {"Gemm", {{5, 3}}, {{5, 4}, c}, {trans_a, beta}},
            {"Gemm", {{5, 3}, {4, 5}}, {c}, {trans_a, trans_b, alpha, beta}},
            {"Gemm", {{3, 5}, {5, 4}, c}, {}, {alpha, beta}},
            {"Gemm", {{3, 5}, c}, {{5, 4}}, {alpha, beta}, Way::xnnpack, 17, {"i0", "c0", "i1"}},
            {"Gemm", {{5, 4}}, {{3, 5}, c}, {alpha}, Way::xnnpack, 17, {"c0", "i0", "c1"}},
        });
    }
    compare({
        {"Gemm", {{3, 5}}, {{5, 4}}, {alpha}},
        {"Gemm", {{3, 5}, {5, 4}}},
        {"Gemm", {{3, 5}}, {{5, 4}, {4}}, {no_beta}},
        {"Gemm", {{1, 1}}, {{1, 1}}},
        {"Gemm", {{3, 0}}, {{0, 4}, {4}}, {}, Way::own},
        {"Gemm", {{0, 5}}, {{5, 4}, {4}}, {}, Way::own},
        {"Gemm", {{3, 5}}, {{5, 4}, {4}}, {}, Way::xnnpack, 7},
        {"Gemm", {{3, 5}}, {{5, 4}, {4}}, {}, Way::xnnpack, 9},
    });
}

TEST_CASE("MatMul of vectors, matrices and batches", "[runtime][xnnpack]") {
    compare({
        {"MatMul", {{3, 5}}, {{5, 4}}},
        {"MatMul", {{2, 3, 5}}, {{5, 4}}},
        {"MatMul", {{3, 5}, {5, 4}}},
        {"MatMul", {{2, 3, 5}, {2, 5, 4}}},
        {"MatMul", {{2, 1, 3, 5}, {4, 5, 2}}},
        {"MatMul", {{4, 3, 5}, {2, 1, 5, 2}}},
        {"MatMul", {{2, 3, 5}}, {{2, 5, 4}}},
        {"MatMul", {{2, 3, 5}}, {{1, 5, 4}}},
        {"MatMul", {{3, 5}}, {{2, 5, 4}}},
        {"MatMul", {{5, 4}}, {{2, 3, 5}}, {}, Way::xnnpack, 17, {"c0", "i0"}},
        {"MatMul", {{5}, {5}}, {}, {}, Way::own},
        {"MatMul", {{5}}, {{5, 4}}, {}, Way::own},
        {"MatMul", {{2, 3, 5}}, {{5}}, {}, Way::own},
        {"MatMul", {{5}, {2, 5, 4}}, {}, {}, Way::own},
        {"MatMul", {{2, 0}, {0, 3}}, {}, {}, Way::own},
        {"MatMul", {{1, 1, 1, 1, 2, 2, 3}, {3, 2}}, {}, {}, Way::own},
    });
}

TEST_CASE("Conv in one and two dimensions", "[runtime][xnnpack]") {
    const auto ints = [](const char* name, Ints values) { return attribute(name, values); };
    const Bytes same_upper = attribute_text("auto_pad", "SAME_UPPER");
    const Bytes same_lower = attribute_text("auto_pad", "SAME_LOWER");
    const Bytes valid = attribute_text("auto_pad", "VALID");
    const Bytes two_groups = attribute("group", std::int64_t{2});
    const Bytes four_groups = attribute("group", std::int64_t{4});
    compare({
        {"Conv", {{1, 3, 8, 7}}, {{5, 3, 3, 3}, {5}}},
        {"Conv",
         {{2, 3, 8, 7}},
         {{5, 3, 3, 2}},
         {ints("strides", {2, 3}), ints("pads", {1, 0, 2, 1})}},
        {"Conv",
         {{1, 3, 9, 9}},
         {{2, 3, 3, 3}, {2}},
         {ints("dilations", {2, 3}), ints("pads", {2, 3, 2, 3})}},
        {"Conv", {{1, 4, 6, 6}}, {{6, 2, 3, 3}, {6}}, {two_groups}},
        {"Conv", {{1, 4, 6, 6}}, {{4, 1, 3, 3}, {4}}, {four_groups, ints("pads", {1, 1, 1, 1})}},
        {"Conv", {{1, 4, 6, 6}}, {{8, 1, 3, 3}, {8}}, {four_groups}},
        {"Conv", {{1, 4, 12, 12}}, {{4, 1, 7, 7}}, {four_groups}},
        {"Conv", {{1, 1, 6, 6}}, {{3, 1, 2, 2}}},
        {"Conv", {{1, 1, 6, 6}}, {{1, 1, 2, 3}, {1}}, {ints("pads", {1, 0, 0, 1})}},
        {"Conv", {{2, 1, 9}}, {{1, 1, 3}}, {ints("strides", {2})}},
        {"Conv", {{1, 1, 5, 5}}, {{1, 1, 1, 1}, {1}}},
        {"Conv", {{1, 3, 6, 6}}, {{4, 3, 1, 1}, {4}}},
        {"Conv", {{1, 3, 7, 6}}, {{4, 3, 4, 3}, {4}}, {same_upper, ints("strides", {2, 2})}},
        {"Conv", {{1, 3, 7, 6}}, {{4, 3, 4, 3}, {4}}, {same_lower, ints("strides", {2, 1})}},
        {"Conv", {{1, 3, 7, 6}}, {{4, 3, 4, 3}, {4}}, {valid}},
        {"Conv", {{1, 3, 5, 5}}, {{4, 3, 1, 1}}, {same_upper, ints("strides", {3, 3})}},
        {"Conv", {{2, 3, 11}}, {{4, 3, 3}, {4}}, {ints("pads", {4, 0}), ints("dilations", {2})}},
        {"Conv",
         {{2, 4, 11}},
         {{4, 1, 5}, {4}},
         {four_groups, ints("strides", {2}), ints("pads", {2, 2})}},
        {"Conv", {{1, 3, 6, 6}}, {{2, 3, 3, 3}}, {ints("pads", {-1, 0, 0, -1})}, Way::own},
        {"Conv",
         {{1, 2, 4, 4, 4}},
         {{3, 2, 2, 2, 2}, {3}},
         {ints("pads", {1, 0, 0, 0, 1, 0})},
         Way::own},
        {"Conv", {{1, 3, 6, 6}, {2, 3, 3, 3}}, {}, {}, Way::own},
        {"Conv", {{0, 3, 6, 6}}, {{2, 3, 3, 3}}, {}, Way::own},
        {"Conv", {{1, 3, 8, 7}}, {{5, 3, 3, 3}, {5}}, {}, Way::xnnpack, 7},
        {"Conv", {{1, 3, 8, 7}}, {{5, 3, 3, 3}, {5}}, {}, Way::xnnpack, 22},
    });
}

TEST_CASE("ConvTranspose in one and two dimensions", "[runtime][xnnpack]") {
    const auto list = [](const char* name, Ints values) { return attribute(name, values); };
    compare({
        {"ConvTranspose", {{2, 3, 5, 4}}, {{3, 6, 3, 2}, {6}}},
        {"ConvTranspose", {{1, 3, 5, 4}}, {{3, 6, 3, 3}}, {list("strides", {2, 3})}},
        {"ConvTranspose",
         {{1, 4, 5, 5}},
         {{4, 3, 3, 3}, {3}},
         {list("strides", {2, 2}), list("pads", {1, 1, 1, 1}), list("output_padding", {1, 1})}},
        {"ConvTranspose",
         {{1, 4, 5, 5}},
         {{4, 3, 2, 2}, {6}},
         {attribute("group", std::int64_t{2}), list("pads", {0, 1, 1, 0})}},
        {"ConvTranspose", {{1, 4, 5, 5}}, {{4, 3, 2, 2}}, {list("dilations", {2, 1})}},
        {"ConvTranspose", {{2, 3, 7}}, {{3, 5, 4}, {5}}, {list("strides", {2})}},
        {"ConvTranspose",
         {{1, 3, 5, 5}},
         {{3, 4, 3, 3}},
         {list("strides", {2, 2}), list("output_shape", {10, 10})},
         Way::own},
        {"ConvTranspose", {{1, 3, 3, 3, 3}}, {{3, 2, 2, 2, 2}}, {}, Way::own},
    });
}

TEST_CASE("pooling", "[runtime][xnnpack]") {
    const auto ints = [](const char* name, Ints values) { return attribute(name, values); };
    const Bytes k3 = ints("kernel_shape", {3, 3});
    const Bytes k2 = ints("kernel_shape", {2, 2});
    const Bytes s2 = ints("strides", {2, 2});
    const Bytes ceil = attribute("ceil_mode", std::int64_t{1});
    for (const std::string op : {"MaxPool", "AveragePool"}) {
        compare({
            {op, {{1, 3, 8, 7}}, {}, {k3}},
            {op, {{2, 3, 8, 7}}, {}, {k3, s2, ints("pads", {1, 0, 1, 2})}},
            {op, {{1, 2, 6, 6}}, {}, {k3, s2, ceil}},
            {op, {{1, 2, 3, 1}}, {}, {k2, s2, ceil}},
            {op, {{2, 3, 1, 1}}, {}, {k2, s2, ceil}},
            {op, {{1, 3, 1}}, {}, {ints("kernel_shape", {3}), ints("strides", {3}), ceil}},
            {op, {{1, 2, 7, 5}}, {}, {k2, s2, attribute_text("auto_pad", "SAME_LOWER")}},
            {op, {{1, 2, 7, 5}}, {}, {k2, s2, attribute_text("auto_pad", "SAME_UPPER")}},
            {op, {{1, 2, 9}}, {}, {ints("kernel_shape", {3}), ints("strides", {2})}},
            {op, {{1, 2, 6, 6}}, {}, {ints("kernel_shape", {1, 1}), s2}, Way::own},
            {op, {{1, 2, 9, 9}}, {}, {k2, ints("strides", {3, 3})}, Way::own},
            {op, {{1, 2, 4, 5, 6}}, {}, {ints("kernel_shape", {2, 2, 2})}, Way::own},
            {op, {{0, 2, 6, 6}}, {}, {k3}, Way::own},
        });
    }
    compare({
        {"MaxPool", {{1, 2, 9, 9}}, {}, {k3, ints("dilations", {2, 2})}},
        {"MaxPool",
         {{1, 2, 9, 9}},
         {},
         {k3, ints("dilations", {2, 2}), ints("pads", {1, 1, 1, 1})},
         Way::own},
        {"MaxPool", {{1, 2, 4, 4}}, {}, {k2, ints("pads", {2, 2, 0, 0})}, Way::own},
        {"AveragePool",
         {{1, 2, 6, 6}},
         {},
         {k3, ints("pads", {1, 1, 1, 1}), attribute("count_include_pad", std::int64_t{1})},
         Way::own},
        {"AveragePool", {{1, 2, 6, 6}}, {}, {k3, attribute("count_include_pad", std::int64_t{1})}},
        {"AveragePool",
         {{1, 2, 6, 6}},
         {},
         {k3, s2, ceil, attribute("count_include_pad", std::int64_t{1})},
         Way::own},
        {"AveragePool", {{1, 2, 9, 9}}, {}, {k3, ints("dilations", {2, 2})}, Way::own, 19},
        // A window that is longer than the input, and is not the only one.
        {"AveragePool",
         {{1, 1, 5, 9}},
         {},
         {ints("kernel_shape", {8, 4}), ints("strides", {1, 2}), ints("pads", {0, 2, 7, 0})},
         Way::own},
        {"AveragePool",
         {{1, 2, 2, 2}},
         {},
         {ints("kernel_shape", {4, 2}), ints("strides", {2, 1}), ints("pads", {1, 1, 3, 0})},
         Way::own},
        {"AveragePool", {{1, 2, 3, 3}}, {}, {k3, ints("pads", {1, 1, 1, 1})}},
    });
}

TEST_CASE("GlobalAveragePool", "[runtime][xnnpack]") {
    compare({
        {"GlobalAveragePool", {{2, 3, 5}}},
        {"GlobalAveragePool", {{2, 3, 5, 4}}},
        {"GlobalAveragePool", {{2, 3, 2, 3, 4}}},
        {"GlobalAveragePool", {{2, 3}}, {}, {}, Way::own},
    });
}

TEST_CASE("BatchNormalization", "[runtime][xnnpack]") {
    const DimsList parameters = {{3}, {3}, {3}, {3}};
    compare({
        {"BatchNormalization", {{2, 3, 4, 5}}, parameters},
        {"BatchNormalization", {{2, 3}}, parameters, {attribute_real("epsilon", 0.1F)}},
        {"BatchNormalization", {{2, 3, 4}}, parameters, {}, Way::xnnpack, 7},
        {"BatchNormalization", {{2, 3, 4}}, parameters, {}, Way::xnnpack, 9},
    });
}

TEST_CASE("Flatten and Identity", "[runtime][xnnpack]") {
    compare({
        {"Flatten", {{2, 3, 4}}},
        {"Flatten", {{2, 3, 4}}, {}, {attribute("axis", std::int64_t{0})}},
        {"Flatten", {{2, 3, 4}}, {}, {attribute("axis", std::int64_t{3})}},
        {"Flatten", {{2, 3, 4}}, {}, {attribute("axis", std::int64_t{-1})}},
        {"Flatten", {{}}, {}, {attribute("axis", std::int64_t{0})}},
        {"Identity", {{2, 3, 4}}},
    });
}

/// Runs a whole graph on both backends.
void compare_graph(const ModelSpec& spec, const std::vector<std::int64_t>& dims,
                   std::size_t xnn_steps) {
    const BothWays both = run_both(spec, dims);
    CHECK(both.fast->plan()->xnn_steps() == xnn_steps);
    for (std::size_t i = 0; i < spec.outputs.size(); ++i) {
        CHECK(distance(both, i) <= 2e-5F);
    }
}

/// Two convolutions around everything that works in either layout; `h` and `r` are read outside.
ModelSpec residual_net(const std::vector<std::int64_t>& spatial) {
    Values values{3};
    const std::vector<std::int64_t> kernel(spatial.size(), 3);
    const std::vector<std::int64_t> pads(2 * spatial.size(), 1);
    const auto filters = [&](std::int64_t out, std::int64_t in) {
        std::vector<std::int64_t> dims = {out, in};
        dims.insert(dims.end(), kernel.begin(), kernel.end());
        return dims;
    };
    std::vector<std::int64_t> channel(spatial.size() + 1, 1);
    channel[0] = 4;
    std::vector<std::int64_t> input = {2, 3};
    input.insert(input.end(), spatial.begin(), spatial.end());
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, input)};
    spec.initializers = {
        test::tensor("w1", filters(4, 3), values.vector(count_of(filters(4, 3)))),
        test::tensor("w2", filters(4, 4), values.vector(count_of(filters(4, 4)))),
        test::tensor("b", {4}, values.vector(4)),
        test::tensor("per_channel", channel, values.vector(4)),
        test::tensor("scalar", {}, values.vector(1)),
        test::tensor("variance", {4}, std::vector<float>{1, 2, 0.5F, 1}),
        test::tensor("shape", {2}, std::vector<std::int64_t>{0, -1}),
    };
    spec.nodes = {
        {"Conv", {"x", "w1", "b"}, {"c1"}, {attribute("pads", pads)}},
        {"BatchNormalization", {"c1", "b", "b", "b", "variance"}, {"n"}},
        {"Relu", {"n"}, {"h"}},
        {"Mul", {"h", "per_channel"}, {"m"}},
        {"Conv", {"m", "w2"}, {"c2"}, {attribute("pads", pads)}},
        {"Add", {"c2", "h"}, {"a"}},
        {"Sub", {"scalar", "a"}, {"s"}},
        {"Sigmoid", {"s"}, {"r"}},
        {"MaxPool",
         {"r"},
         {"p"},
         {attribute("kernel_shape", std::vector<std::int64_t>(spatial.size(), 2))}},
        {"GlobalAveragePool", {"p"}, {"g"}},
        {"Reshape", {"p", "shape"}, {"f"}},
        {"Flatten", {"g"}, {"q"}},
    };
    spec.outputs = {"q", "f", "h", "r"};
    return spec;
}

TEST_CASE("bounds on one side of zero join what is in front of them", "[runtime][xnnpack]") {
    struct Front {
        const char* op;
        Ints weights;
        std::vector<Bytes> attributes;
    };
    const Bytes kernel = attribute("kernel_shape", Ints{3, 3});
    const Bytes pads = attribute("pads", Ints{1, 1, 1, 1});
    const std::vector<Front> fronts = {
        {"Conv", {4, 4, 3, 3}, {pads}},
        {"Conv", {4, 4, 1, 1}, {}},
        {"Conv", {4, 1, 3, 3}, {pads, attribute("group", std::int64_t{4})}},
        {"ConvTranspose", {4, 4, 2, 2}, {attribute("strides", Ints{2, 2})}},
        {"MaxPool", {}, {kernel, pads}},
        {"AveragePool", {}, {kernel}},
    };
    using Bounds = std::vector<std::pair<float, float>>;
    for (const Front& front : fronts) {
        for (const Bounds& clips :
             {Bounds{{0.25F, 6.0F}}, Bounds{{1e-7F, 1.0F}}, Bounds{{-6.0F, -0.25F}},
              Bounds{{-1.0F, 0.0F}}, Bounds{{0.0F, 0.25F}, {0.5F, 1.0F}},
              Bounds{{0.5F, 1.0F}, {0.0F, 0.25F}}, Bounds{{-1.0F, 0.5F}, {0.25F, 2.0F}}}) {
            INFO(front.op << clips.front().first << clips.front().second << clips.size());
            ModelSpec spec;
            spec.inputs = {test::value_info("x", test::FLOAT, {1, 4, 7, 5})};
            spec.nodes = {{front.op, {"x"}, {"y0"}, front.attributes}};
            if (!front.weights.empty()) {
                spec.nodes[0].inputs.push_back("w");
                spec.initializers = {
                    test::tensor("w", front.weights, Values{5}.vector(count_of(front.weights)))};
            }
            for (std::size_t i = 0; i < clips.size(); ++i) {
                const std::string at = std::to_string(i);
                spec.initializers.push_back(
                    test::tensor("low" + at, {}, std::vector<float>{clips[i].first}));
                spec.initializers.push_back(
                    test::tensor("high" + at, {}, std::vector<float>{clips[i].second}));
                spec.nodes.push_back(
                    {"Clip", {"y" + at, "low" + at, "high" + at}, {"y" + std::to_string(i + 1)}});
            }
            spec.outputs = {"y" + std::to_string(clips.size())};
            CHECK(distance(run_both(spec, {1, 4, 7, 5})) < 1e-5F);
        }
    }
}

TEST_CASE("layouts change without changing a result", "[runtime][xnnpack]") {
    compare_graph(residual_net({6, 5}), {2, 3, 6, 5}, 1);
    compare_graph(residual_net({9}), {2, 3, 9}, 1);
}

TEST_CASE("own kernels run between XNNPACK segments", "[runtime][xnnpack]") {
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, {2, 3, 4})};
    spec.nodes = {
        {"Relu", {"x"}, {"a"}},
        {"Softmax", {"a"}, {"b"}, {attribute("axis", std::int64_t{0})}}, // own
        {"Tanh", {"b"}, {"c"}},
        {"Add", {"c", "a"}, {"d"}},
        {"Softmax", {"d"}, {"e"}, {attribute("axis", std::int64_t{1})}}, // own
        {"Mul", {"e", "b"}, {"y"}},
    };
    spec.outputs = {"y", "c", "x"};
    compare_graph(spec, {2, 3, 4}, 3);
}

} // namespace
} // namespace assay::runtime
