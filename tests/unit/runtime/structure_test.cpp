// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
// Operators that move, bound and reduce elements: between convolutions, where XNNPACK holds them
// channels last, and by themselves.
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

/// The nodes read "a" and write "y"; with convolutions, "a" is the result of one and "y" read by
/// another.
ModelSpec around(const std::vector<NodeSpec>& nodes, const Ints& dims, bool in_convolutions,
                 std::int64_t channels_after) {
    Values values{13};
    const Ints ones(dims.size() - 2, 1);
    const auto filter = [&](const char* name, std::int64_t out, std::int64_t in) {
        Ints shape = {out, in};
        shape.insert(shape.end(), ones.begin(), ones.end());
        return test::tensor(name, shape, values.vector(count_of(shape)));
    };
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, dims)};
    spec.initializers = {filter("w1", dims[1], dims[1]),
                         filter("w2", 2, channels_after),
                         test::tensor("starts", {2}, Ints{1, -3}),
                         test::tensor("ends", {2}, Ints{3, 100}),
                         test::tensor("slice_axes", {2}, Ints{1, -1}),
                         test::tensor("parts", {2}, Ints{1, dims[1] - 1}),
                         test::tensor("pads", {static_cast<std::int64_t>(2 * dims.size())},
                                      Ints(2 * dims.size(), 1)),
                         test::tensor("fill", {}, Reals{0.25F}),
                         test::tensor("low", {}, Reals{-0.5F}),
                         test::tensor("high", {}, Reals{0.5F}),
                         test::tensor("slope", {}, Reals{0.1F}),
                         test::tensor("two", {}, Reals{2})};
    spec.nodes = nodes;
    if (in_convolutions) {
        spec.nodes.insert(spec.nodes.begin(), NodeSpec{"Conv", {"x", "w1"}, {"a"}});
        spec.nodes.push_back({"Conv", {"y", "w2"}, {"z"}});
    } else {
        spec.nodes.insert(spec.nodes.begin(), NodeSpec{"Neg", {"x"}, {"a"}});
        spec.nodes.push_back({"Neg", {"y"}, {"z"}});
    }
    spec.outputs = {"z", "y"};
    return spec;
}

void check(const std::vector<NodeSpec>& nodes, std::int64_t channels_after = 4) {
    for (const Ints& dims : {Ints{2, 4, 5, 6}, Ints{2, 4, 6}}) {
        for (const bool in_convolutions : {true, false}) {
            INFO(nodes.front().op << " " << onnx::text(dims) << in_convolutions);
            const BothWays both =
                run_both(around(nodes, dims, in_convolutions, channels_after), dims);
            CHECK(distance(both, 0) <= 2e-5F);
            CHECK(distance(both, 1) <= 2e-5F);
            CHECK(both.fast->plan()->xnn_steps() == 1);
            CHECK(both.fast->plan()->kernel_steps() == 0);
        }
    }
}

TEST_CASE("Slice, Concat, Split and Pad in both layouts", "[runtime][xnnpack]") {
    check({{"Slice", {"a", "starts", "ends", "slice_axes"}, {"y"}}}, 2);
    check({{"Concat", {"a", "a"}, {"y"}, {attribute("axis", std::int64_t{1})}}}, 8);
    check({{"Concat", {"a", "a", "a"}, {"y"}, {attribute("axis", std::int64_t{-1})}}});
    check({{"Concat",
            {"a", "a", "a", "a", "a", "a", "a"},
            {"y"},
            {attribute("axis", std::int64_t{1})}}},
          28);
    check({{"Split", {"a", "parts"}, {"s", "t"}, {attribute("axis", std::int64_t{1})}},
           {"Concat", {"t", "s"}, {"y"}, {attribute("axis", std::int64_t{1})}}});
    check({{"Pad", {"a", "pads"}, {"y"}}}, 6);
    check({{"Pad", {"a", "pads", "fill"}, {"y"}, {attribute_text("mode", "constant")}}}, 6);
}

TEST_CASE("a slope of more rows than one fits a batch that is not known yet", "[runtime]") {
    const auto spec = [](std::vector<std::int64_t> slope) {
        ModelSpec model;
        model.inputs = {test::value_info("x", test::FLOAT, {-1, 2})};
        model.initializers = {test::tensor("slope", slope, std::vector<float>(6, 0.5F))};
        model.nodes = {{"PRelu", {"x", "slope"}, {"y"}}};
        model.outputs = {"y"};
        return model;
    };
    const auto session = load(spec({3, 2}));
    feed<float>(*session, 0, {3, 2}, {-2, 2, -4, 4, -6, 6});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == std::vector<float>{-1, 2, -2, 4, -3, 6});
    for (const std::int64_t rows : {1, 2}) { // a slope may not widen what it is applied to
        const auto set = session->set_input(0, std::vector<std::int64_t>{rows, 2});
        CHECK((set ? test::outcome(session->run()) : test::outcome(set)) == "ONNX_RUN_SHAPE");
    }
    CHECK(load_code(spec({3, 1, 2})) == "ONNX_SHAPE");
}

TEST_CASE("bounds and activations in both layouts", "[runtime][xnnpack]") {
    check({{"Clip", {"a", "low", "high"}, {"y"}}});
    check({{"Clip", {"a", "", "high"}, {"y"}}});
    check({{"Max", {"a", "low"}, {"y"}}});
    check({{"Min", {"a", "high"}, {"y"}}});
    check({{"PRelu", {"a", "slope"}, {"y"}}});
    check({{"Pow", {"a", "two"}, {"y"}}});
    for (const char* op : {"Abs", "Ceil", "Elu", "Floor", "HardSwish", "LeakyRelu", "Round"}) {
        check({{op, {"a"}, {"y"}}});
    }
    check({{"Abs", {"a"}, {"p"}}, {"Sqrt", {"p"}, {"y"}}});
    check({{"Exp", {"two"}, {"e"}},
           {"Abs", {"a"}, {"p"}},
           {"Add", {"p", "e"}, {"s"}},
           {"Log", {"s"}, {"y"}}});
}

TEST_CASE("sums along axes in both layouts", "[runtime][xnnpack]") {
    for (const char* op : {"ReduceMean", "ReduceSum"}) {
        // An attribute in operator set 11, in which both have it.
        for (const Ints& axes : {Ints{-1}, Ints{1}, Ints{0}, Ints{1, -1}}) {
            for (const std::int64_t keeps : {1, 0}) {
                ModelSpec spec = around(
                    {{op, {"a"}, {"r"}, {attribute("axes", axes), attribute("keepdims", keeps)}},
                     {"Abs", {"r"}, {"y"}}},
                    {2, 4, 5, 6}, true, 4);
                spec.nodes.pop_back();
                spec.outputs = {"y"};
                spec.opset = 11;
                INFO(op << onnx::text(axes) << keeps);
                const BothWays both = run_both(spec, {2, 4, 5, 6});
                CHECK(distance(both) <= 2e-5F);
                CHECK(both.fast->plan()->kernel_steps() == 0);
            }
        }
    }
}

TEST_CASE("Transpose and the operators that only change dimensions", "[runtime][xnnpack]") {
    ModelSpec spec = around({{"Transpose", {"a"}, {"t"}, {attribute("perm", Ints{0, 2, 3, 1})}},
                             {"Unsqueeze", {"t"}, {"u"}, {attribute("axes", Ints{0})}},
                             {"Squeeze", {"u"}, {"q"}, {attribute("axes", Ints{0})}},
                             {"Transpose", {"q"}, {"y"}, {attribute("perm", Ints{0, 3, 1, 2})}}},
                            {2, 4, 5, 6}, true, 4);
    spec.opset = 11;
    const BothWays both = run_both(spec, {2, 4, 5, 6});
    CHECK(distance(both, 0) <= 2e-5F);
    CHECK(distance(both, 1) <= 2e-5F);
    CHECK(both.fast->plan()->xnn_steps() == 1);
}

TEST_CASE("the content of an input whose dimensions alone matter makes no new plan", "[runtime]") {
    ModelSpec spec;
    spec.inputs = {test::value_info("ids", test::INT64, {2, 3})};
    spec.initializers = {test::tensor("table", {5, 4}, Values{2}.vector(20)),
                         test::tensor("tail", {1}, Ints{4})};
    spec.nodes = {{"Shape", {"ids"}, {"s"}},
                  {"Gather", {"table", "ids"}, {"g"}},
                  {"Concat", {"s", "tail"}, {"d"}, {attribute("axis", std::int64_t{0})}},
                  {"Reshape", {"g", "d"}, {"y"}}};
    spec.outputs = {"y"};
    const auto session = load(spec);
    feed<std::int64_t>(*session, 0, {2, 3}, {0, 1, 2, 3, 4, 0});
    REQUIRE(test::outcome(session->run()) == "OK");
    const Plan* plan = session->plan();
    const std::vector<float> first = output(*session);
    feed<std::int64_t>(*session, 0, {2, 3}, {4, 4, 4, 4, 4, 4});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(session->plan() == plan);
    CHECK(output(*session) != first);
}

} // namespace
} // namespace assay::runtime
