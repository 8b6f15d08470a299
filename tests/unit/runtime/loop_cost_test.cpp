// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A loop pays for what its operators do, so that one without end is over soon whatever they are.
#include "core/runtime/node_steps.hpp"
#include "core/runtime/op_call.hpp"

#include "tests/unit/runtime/run_model.hpp"

namespace assay::runtime {
namespace {

using test::ModelSpec;
using test::NodeSpec;

/// A loop whose rounds each run one node, of which nothing is kept.
ModelSpec repeated(NodeSpec node, std::vector<Bytes> constants) {
    ModelSpec body;
    body.nodes = {NodeSpec{"Identity", {"c"}, {"d"}}, std::move(node)};
    body.inputs = {test::value_info("i", test::INT64, {}), test::value_info("c", 9, {}),
                   test::value_info("v", test::FLOAT, {1})};
    body.outputs = {"d", "v"};
    body.outputs.push_back(body.nodes[1].outputs[0]);
    ModelSpec spec;
    spec.opset = 20;
    spec.nodes = {
        NodeSpec{"Loop", {"n", "", "x"}, {"y", "all"}, {graph_attribute("body", body)}, "loop"}};
    spec.inputs = {test::value_info("n", test::INT64, {}), test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    spec.initializers = std::move(constants);
    return spec;
}

/// Whether ten rounds stay within so many nodes.
bool fits(const ModelSpec& spec, std::uint64_t nodes) {
    SessionOptions options;
    options.limits.node_runs = nodes;
    const auto session = load(spec, options);
    feed<std::int64_t>(*session, 0, {}, {10});
    feed<float>(*session, 1, {1}, {1});
    const std::string code = test::outcome(session->run());
    CHECK((code == "OK" || code == "ONNX_LIMIT"));
    return code == "OK";
}

/// Ten rounds cost between half of @p steps each and twice as many, besides their nodes.
void check_cost(const ModelSpec& spec, double steps) {
    const auto nodes = static_cast<std::uint64_t>(10 * steps / STEPS_PER_NODE);
    CHECK_FALSE(fits(spec, 32 + nodes / 2));
    CHECK(fits(spec, 32 + nodes * 2));
}

Bytes reals(std::string_view name, const std::vector<std::int64_t>& dims) {
    return test::tensor(name, dims, std::vector<float>(*onnx::element_count(dims), 0.5F));
}

TEST_CASE("a loop pays for what its operators do", "[runtime][negative]") {
    const auto is = [](std::string_view name, std::int64_t value) {
        return test::attribute(name, value);
    };
    // Moved: 2 steps for each of 20 000 elements; as slow as they are: 20 and 40.
    check_cost(repeated({"Identity", {"a"}, {"r"}}, {reals("a", {10'000})}), 40'000);
    check_cost(repeated({"Erf", {"a"}, {"r"}}, {reals("a", {10'000})}), 400'000);
    check_cost(repeated({"Sin", {"a"}, {"r"}}, {reals("a", {10'000})}), 800'000);
    // 16 000 for a float as a text.
    check_cost(repeated({"Cast", {"a"}, {"r"}, {is("to", 8)}}, {reals("a", {1000})}), 16'400'000);
    // 4 for each of three times 10 000 and each bit of 20 000.
    check_cost(
        repeated({"TopK", {"a", "k"}, {"r", "at"}},
                 {reals("a", {10'000}), test::tensor("k", {1}, std::vector<std::int64_t>{10'000})}),
        1'830'000);
    // 190 for each of 10 000 samples.
    check_cost(repeated({"GridSample", {"a", "g"}, {"r"}, {test::attribute_text("mode", "cubic")}},
                        {reals("a", {1, 4, 50, 50}), reals("g", {1, 50, 50, 2})}),
               2'000'000);
    // 6 for each of 4·4·9 products of 10 000 places.
    check_cost(repeated({"Conv", {"a", "w"}, {"r"}, {test::attribute("pads", {1, 1, 1, 1})}},
                        {reals("a", {1, 4, 50, 50}), reals("w", {4, 4, 3, 3})}),
               2'240'000);
    // A cubed.
    check_cost(repeated({"Det", {"a"}, {"r"}}, {reals("a", {100, 100})}), 1'040'000);
}

TEST_CASE("a loop pays for the bytes of attributes", "[runtime][negative]") {
    const std::string word(100'000, 'a');
    check_cost(repeated({"Constant", {}, {"r"}, {test::attribute_text("value_string", word)}}, {}),
               800'000);
}

TEST_CASE("a branch outside of loops runs once, and pays for its nodes alone", "[runtime]") {
    ModelSpec branch;
    branch.nodes = {NodeSpec{"Erf", {"a"}, {"r"}}};
    branch.outputs = {"r"};
    ModelSpec spec;
    spec.nodes = {
        NodeSpec{"Greater", {"n", "zero"}, {"c"}},
        NodeSpec{"If",
                 {"c"},
                 {"y"},
                 {graph_attribute("then_branch", branch), graph_attribute("else_branch", branch)}}};
    spec.inputs = {test::value_info("n", test::INT64, {}), test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    spec.initializers = {reals("a", {100'000}),
                         test::tensor("zero", {}, std::vector<std::int64_t>{0})};
    CHECK(fits(spec, 32));
}

TEST_CASE("a loop pays for the items of a sequence", "[runtime][negative]") {
    ModelSpec spec = repeated({"ConcatFromSequence", {"q"}, {"r"}, {test::attribute("axis", 0)}},
                              {reals("a", {1000})});
    spec.nodes.insert(spec.nodes.begin(), {"SplitToSequence", {"a"}, {"q"}});
    check_cost(spec, 150'000);
}

} // namespace
} // namespace assay::runtime
