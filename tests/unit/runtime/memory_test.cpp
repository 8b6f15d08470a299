// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The memory limit holds for what a run takes besides the elements of its values.
#include "tests/unit/runtime/run_model.hpp"

namespace assay::runtime {
namespace {

using test::attribute;
using test::attribute_text;
using test::ModelSpec;
using test::NodeSpec;
using test::ProtoWriter;
using Ints = std::vector<std::int64_t>;

constexpr int BOOL = 9;
constexpr int UINT8 = 2;
constexpr int STRING = 8;

SessionOptions limited(std::uint64_t bytes) {
    SessionOptions options;
    options.limits.memory_bytes = bytes;
    return options;
}

/// A loop of "n" rounds over the state "v", its body made of @p nodes that write "w".
ModelSpec loop(std::vector<NodeSpec> nodes, const Bytes& state, std::vector<std::string> outputs,
               const Bytes& initial) {
    ModelSpec body;
    body.nodes = std::move(nodes);
    body.inputs = {test::value_info("i", test::INT64, {}), test::value_info("c", BOOL, {}), state};
    body.outputs = std::move(outputs);
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Loop", {"n", "", "x"}, {"y"}, {graph_attribute("body", body)}, "grow"}};
    for (std::size_t i = 2; i < body.outputs.size(); ++i) {
        spec.nodes[0].outputs.push_back("z" + std::to_string(i));
    }
    spec.inputs = {test::value_info("n", test::INT64, {}), initial};
    spec.outputs = spec.nodes[0].outputs;
    spec.opset = 20;
    return spec;
}

TEST_CASE("a scanned scalar counts with its object", "[runtime][memory][negative]") {
    const ModelSpec spec = loop({}, test::value_info("v", test::FLOAT, {1}), {"c", "v", "i"},
                                test::value_info("x", test::FLOAT, {1}));
    const auto session = load(spec, limited(1'000'000));
    feed<float>(*session, 1, {1}, {1});
    feed<std::int64_t>(*session, 0, {}, {1000});
    CHECK(test::outcome(session->run()) == "OK");
    feed<std::int64_t>(*session, 0, {}, {3000}); // 24 kB of elements, above 1 MB in all
    CHECK(test::outcome(session->run()) == "ONNX_LIMIT");
}

TEST_CASE("a list of one tensor many times counts", "[runtime][memory][negative]") {
    const ModelSpec spec = loop({}, test::value_info("v", test::FLOAT, {1}), {"c", "v", "v"},
                                test::value_info("x", test::FLOAT, {1}));
    const auto session = load(spec, limited(1'000'000));
    feed<float>(*session, 1, {1}, {1});
    feed<std::int64_t>(*session, 0, {}, {100'000}); // 400 kB of elements, 4 MB of list
    const Result<void> run = session->run();
    CHECK(test::outcome(run) == "ONNX_LIMIT");
    CHECK(run.error().path == "node \"grow\" (Loop) working memory");
}

TEST_CASE("a sequence counts with its list", "[runtime][memory][negative]") {
    ModelSpec spec =
        loop({NodeSpec{"SequenceInsert", {"v", "t"}, {"w"}}}, ProtoWriter{}.text(1, "v").view(),
             {"c", "w", "w"}, test::value_info("t", test::FLOAT, {1}));
    spec.nodes.insert(spec.nodes.begin(), NodeSpec{"SequenceEmpty", {}, {"x"}});
    spec.nodes.push_back(NodeSpec{"SequenceLength", {"y"}, {"length"}});
    spec.outputs = {"length"};
    spec.nodes[1].outputs.resize(1);
    const auto session = load(spec, limited(1'000'000));
    feed<float>(*session, 1, {1}, {1});
    feed<std::int64_t>(*session, 0, {}, {50});
    CHECK(test::outcome(session->run()) == "OK");
    feed<std::int64_t>(*session, 0, {}, {1000}); // a million values in all
    CHECK(test::outcome(session->run()) == "ONNX_LIMIT");
}

TEST_CASE("a string that doubles meets the limit before it is made",
          "[runtime][memory][negative]") {
    const ModelSpec spec = loop({NodeSpec{"StringConcat", {"v", "v"}, {"w"}, {}, "double"}},
                                test::value_info("v", STRING, {1}), {"c", "w"},
                                test::value_info("t", test::FLOAT, {1}));
    ModelSpec with_text = spec;
    with_text.nodes.insert(with_text.nodes.begin(),
                           NodeSpec{"Constant", {}, {"s"}, {attribute_text("value_string", "ab")}});
    with_text.nodes.insert(with_text.nodes.begin() + 1, NodeSpec{"Reshape", {"s", "one"}, {"x"}});
    with_text.initializers = {test::tensor("one", {1}, Ints{1})};
    const auto session = load(with_text, limited(1'000'000));
    feed<float>(*session, 1, {1}, {1});
    feed<std::int64_t>(*session, 0, {}, {60});
    const Result<void> run = session->run();
    CHECK(test::outcome(run) == "ONNX_LIMIT");
    CHECK(run.error().path == "node \"double\" (StringConcat) working memory");
    feed<std::int64_t>(*session, 0, {}, {5});
    CHECK(test::outcome(session->run()) == "OK");
}

/// y = Mod(x, x) of @p count bytes, after a Shape that makes the model run node by node when asked.
ModelSpec bytes_model(std::int64_t count, bool is_dynamic) {
    ModelSpec spec;
    const Bytes three = test::tensor_head("v", UINT8, {1}).bytes(9, Bytes{3}).view();
    spec.nodes = {NodeSpec{"ConstantOfShape",
                           {is_dynamic ? "shape" : "sizes"},
                           {"x"},
                           {test::attribute_tensor("value", three)}},
                  NodeSpec{"Mod", {"x", "x"}, {"m"}, {}, "rest"}, NodeSpec{"Shape", {"m"}, {"s"}},
                  NodeSpec{"Gather", {"m", "zero"}, {"y"}}};
    spec.inputs = {test::value_info("shape", test::INT64, {1})};
    spec.initializers = {test::tensor("sizes", {1}, Ints{count}),
                         test::tensor("zero", {}, Ints{0})};
    spec.outputs = {"y"};
    return spec;
}

TEST_CASE("moving elements takes no copies of them", "[runtime][memory]") {
    constexpr std::int64_t COUNT = 1'000'000;
    for (const char* op : {"Gather", "GatherElements", "Dropout", "Cast"}) {
        const std::string_view name{op};
        ModelSpec spec;
        spec.inputs = {test::value_info("x", UINT8, {-1})};
        spec.outputs = {"y"};
        spec.initializers = {test::tensor("first", {1}, Ints{0})};
        const NodeSpec moves{op, {"x", "first"}, {"y"}};
        const NodeSpec passes{op, {"x"}, {"y"}};
        const NodeSpec casts{op, {"x"}, {"y"}, {attribute("to", std::int64_t{UINT8})}};
        spec.nodes = {name == "Dropout" ? passes : name == "Cast" ? casts : moves};
        CAPTURE(op);
        const auto session = load(spec, limited(5'000'000));
        feed(*session, 0, {COUNT}, std::vector<std::uint8_t>(COUNT, 3));
        CHECK(test::outcome(session->run()) == "OK");
    }
}

TEST_CASE("working copies count before they are made", "[runtime][memory][negative]") {
    constexpr std::int64_t COUNT = 1'000'000;
    // Two tensors of 1 MB, three copies of 8 MB.
    const auto folded = [](std::uint64_t limit) {
        return test::outcome(Session::load(test::model(bytes_model(COUNT, false)), limited(limit)));
    };
    CHECK(folded(20'000'000) == "ONNX_LIMIT");
    CHECK(folded(40'000'000) == "OK");
    const auto by_node = [](std::uint64_t limit) {
        const auto session = load(bytes_model(COUNT, true), limited(limit));
        feed<std::int64_t>(*session, 0, {1}, {COUNT});
        const Result<void> run = session->run();
        CHECK((run || run.error().path == "node \"rest\" (Mod) working memory"));
        return test::outcome(run);
    };
    CHECK(by_node(20'000'000) == "ONNX_LIMIT");
    CHECK(by_node(40'000'000) == "OK");
    const auto planned = [](std::uint64_t limit) {
        ModelSpec spec = bytes_model(COUNT, false);
        spec.nodes.erase(spec.nodes.begin());
        spec.inputs = {test::value_info("x", UINT8, {-1})};
        const auto session = load(spec, limited(limit));
        feed(*session, 0, {COUNT}, std::vector<std::uint8_t>(COUNT, 3));
        return test::outcome(session->run());
    };
    CHECK(planned(20'000'000) == "ONNX_LIMIT");
    CHECK(planned(40'000'000) == "OK");
}

} // namespace
} // namespace assay::runtime
