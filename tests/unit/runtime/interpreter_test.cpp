// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/run_model.hpp"

namespace assay::runtime {
namespace {

using test::ModelSpec;
using test::NodeSpec;

/// y = x > 0 ? x + c : x − c, where c stands outside the branches.
ModelSpec branches() {
    ModelSpec plus{{NodeSpec{"Add", {"x", "c"}, {"p"}}}, {}, {"p"}};
    ModelSpec minus{{NodeSpec{"Sub", {"x", "c"}, {"m"}}}, {}, {"m"}};
    ModelSpec spec;
    spec.nodes = {
        NodeSpec{"Greater", {"x", "zero"}, {"is_positive"}},
        NodeSpec{"If",
                 {"is_positive"},
                 {"y"},
                 {graph_attribute("then_branch", plus), graph_attribute("else_branch", minus)}}};
    spec.inputs = {test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    spec.initializers = {test::tensor("c", {1}, std::vector<float>{10}),
                         test::tensor("zero", {1}, std::vector<float>{0})};
    return spec;
}

TEST_CASE("a branch reads the values around it", "[runtime]") {
    const auto session = load(branches());
    feed<float>(*session, 0, {1}, {2});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == std::vector<float>{12});
    feed<float>(*session, 0, {1}, {-2});
    REQUIRE(session->run());
    CHECK(output(*session) == std::vector<float>{-12});
    CHECK(session->plan() == nullptr);
}

/// Doubles `state` for `steps` iterations and scans it.
ModelSpec doubling() {
    ModelSpec body{{NodeSpec{"Add", {"s", "s"}, {"next"}},
                    NodeSpec{"Identity", {"go"}, {"goes_on"}},
                    NodeSpec{"Identity", {"next"}, {"seen"}}},
                   {test::value_info("i", test::INT64, {}), test::value_info("go", 9, {}),
                    test::value_info("s", test::FLOAT, {1})},
                   {"goes_on", "next", "seen"}};
    ModelSpec spec;
    spec.nodes = {NodeSpec{
        "Loop", {"steps", "", "x"}, {"last", "all"}, {graph_attribute("body", body)}, "loop"}};
    spec.inputs = {test::value_info("steps", test::INT64, {}),
                   test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"last", "all"};
    return spec;
}

TEST_CASE("a loop carries state and stacks what it scans", "[runtime]") {
    const auto session = load(doubling());
    feed<std::int64_t>(*session, 0, {}, {3});
    feed<float>(*session, 1, {1}, {1});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session, 0) == std::vector<float>{8});
    CHECK(output_dims(*session, 1) == std::vector<std::int64_t>{3, 1});
    CHECK(output(*session, 1) == std::vector<float>{2, 4, 8});
    feed<std::int64_t>(*session, 0, {}, {0});
    REQUIRE(session->run());
    CHECK(output(*session, 0) == std::vector<float>{1});
    CHECK(output_dims(*session, 1)[0] == 0);
}

TEST_CASE("a loop without end meets the memory limit", "[runtime][negative]") {
    SessionOptions options;
    options.limits.memory_bytes = 1'000'000;
    const auto session = load(doubling(), options);
    feed<std::int64_t>(*session, 0, {}, {std::int64_t{1} << 62});
    feed<float>(*session, 1, {1}, {1});
    CHECK(test::outcome(session->run()) == "ONNX_LIMIT");
    feed<std::int64_t>(*session, 0, {}, {1});
    REQUIRE(test::outcome(session->run()) == "OK"); // usable afterwards
    CHECK(output(*session, 0) == std::vector<float>{2});
}

TEST_CASE("shapes may depend on elements", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"NonZero", {"x"}, {"where"}}, NodeSpec{"Shape", {"where"}, {"y"}}};
    spec.inputs = {test::value_info("x", test::FLOAT, {4})};
    spec.outputs = {"where", "y"};
    const auto session = load(spec);
    feed<float>(*session, 0, {4}, {0, 1, 0, 1});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output<std::int64_t>(*session, 0) == std::vector<std::int64_t>{1, 3});
    CHECK(output<std::int64_t>(*session, 1) == std::vector<std::int64_t>{1, 2});
    feed<float>(*session, 0, {4}, {0, 0, 0, 0});
    REQUIRE(session->run());
    CHECK(output<std::int64_t>(*session, 1) == std::vector<std::int64_t>{1, 0});
}

TEST_CASE("an index out of range has its code and the node's name", "[runtime][negative]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Gather", {"x", "i"}, {"y"}, {}, "pick"}};
    spec.inputs = {test::value_info("x", test::FLOAT, {3}),
                   test::value_info("i", test::INT64, {1})};
    spec.outputs = {"y"};
    const auto session = load(spec);
    feed<float>(*session, 0, {3}, {1, 2, 3});
    feed<std::int64_t>(*session, 1, {1}, {3});
    const Result<void> run = session->run();
    CHECK(test::outcome(run) == "ONNX_INDEX");
    CHECK(run.error().path == "node \"pick\" (Gather) 3 of 3");
    feed<std::int64_t>(*session, 1, {1}, {-1});
    REQUIRE(session->run());
    CHECK(output(*session) == std::vector<float>{3});
}

TEST_CASE("sequences go in and out", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"SequenceConstruct", {"x", "x"}, {"both"}},
                  NodeSpec{"SequenceInsert", {"both", "x"}, {"three"}},
                  NodeSpec{"SequenceLength", {"three"}, {"n"}},
                  NodeSpec{"ConcatFromSequence", {"three"}, {"y"}, {test::attribute("axis", 0)}}};
    spec.inputs = {test::value_info("x", test::FLOAT, {2})};
    spec.outputs = {"n", "y"};
    const auto session = load(spec);
    feed<float>(*session, 0, {2}, {1, 2});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output<std::int64_t>(*session, 0) == std::vector<std::int64_t>{3});
    CHECK(output(*session, 1) == std::vector<float>{1, 2, 1, 2, 1, 2});
}

TEST_CASE("a giant loop ends at the budget of nodes", "[runtime][negative]") {
    ModelSpec body;
    body.nodes = {NodeSpec{"Identity", {"c"}, {"d"}},
                  NodeSpec{"Add", {"v", "v"}, {"w"}, {}, "add"}};
    body.inputs = {test::value_info("i", test::INT64, {}), test::value_info("c", 9, {}),
                   test::value_info("v", test::FLOAT, {1})};
    body.outputs = {"d", "w"};
    ModelSpec spec;
    spec.nodes = {
        NodeSpec{"Loop", {"n", "", "x"}, {"y"}, {graph_attribute("body", body)}, "giant"}};
    spec.inputs = {test::value_info("n", test::INT64, {}), test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    SessionOptions options;
    options.limits.node_runs = 1502;
    const auto session = load(spec, options);
    feed<float>(*session, 1, {1}, {1});
    feed<std::int64_t>(*session, 0, {}, {INT64_MAX});
    const Result<void> run = session->run();
    CHECK(test::outcome(run) == "ONNX_LIMIT");
    CHECK(run.error().path == "node #0 (Identity)");
    feed<std::int64_t>(*session, 0, {}, {10}); // usable afterwards
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == std::vector<float>{1024});
    feed<std::int64_t>(*session, 0, {}, {500}); // 1 + 500 rounds of 1 + 2 nodes
    CHECK(test::outcome(session->run()) == "OK");
    feed<std::int64_t>(*session, 0, {}, {501});
    CHECK(test::outcome(session->run()) == "ONNX_LIMIT");
}

TEST_CASE("what a loop copies of a growing sequence counts too", "[runtime][negative]") {
    ModelSpec body;
    body.nodes = {NodeSpec{"Identity", {"c"}, {"d"}},
                  NodeSpec{"SequenceInsert", {"q", "x"}, {"r"}, {}, "grow"}};
    body.inputs = {test::value_info("i", test::INT64, {}), test::value_info("c", 9, {}),
                   test::ProtoWriter{}.text(1, "q").view()};
    body.outputs = {"d", "r"};
    ModelSpec spec;
    spec.nodes = {NodeSpec{"SequenceConstruct", {"x"}, {"one"}},
                  NodeSpec{"Loop", {"n", "", "one"}, {"all"}, {graph_attribute("body", body)}},
                  NodeSpec{"SequenceLength", {"all"}, {"y"}}};
    spec.inputs = {test::value_info("n", test::INT64, {}), test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    SessionOptions options;
    // 4000 rounds count as 12 003 nodes and copy 8 million items, each for 32 steps of 1024 of a
    // node.
    options.limits.node_runs = 200'000;
    const auto session = load(spec, options);
    feed<float>(*session, 1, {1}, {1});
    feed<std::int64_t>(*session, 0, {}, {4000});
    const Result<void> run = session->run();
    CHECK(test::outcome(run) == "ONNX_LIMIT");
    feed<std::int64_t>(*session, 0, {}, {1000});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output<std::int64_t>(*session) == std::vector<std::int64_t>{1001});
}

TEST_CASE("a branch that nothing defines is refused", "[runtime][negative]") {
    ModelSpec spec = branches();
    spec.initializers.pop_back();
    CHECK(load_code(spec) == "ONNX_MALFORMED");
    spec = branches();
    spec.initializers.erase(spec.initializers.begin());
    CHECK(load_code(spec) == "ONNX_MALFORMED");
}

} // namespace
} // namespace assay::runtime
