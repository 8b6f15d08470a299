// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Numbers of a model that say how long a loop is: each run ends, within its limits.
#include "tests/unit/runtime/run_model.hpp"

#include <limits>

namespace assay::runtime {
namespace {

using test::attribute;
using test::attribute_text;
using test::ModelSpec;
using test::NodeSpec;
using test::ProtoWriter;
using Ints = std::vector<std::int64_t>;
using Reals = std::vector<float>;

constexpr int BOOL = 9;

/// One node on constants.
ModelSpec on_constants(NodeSpec node, std::vector<Bytes> initializers, int opset = 20) {
    ModelSpec spec;
    node.outputs = {"y"};
    node.name = "node";
    spec.nodes = {std::move(node)};
    spec.initializers = std::move(initializers);
    spec.outputs = {"y"};
    spec.opset = opset;
    return spec;
}

TEST_CASE("every round of a loop costs", "[runtime][negative]") {
    ModelSpec body;
    body.inputs = {test::value_info("i", test::INT64, {}), test::value_info("c", BOOL, {}),
                   test::value_info("v", test::FLOAT, {1})};
    body.outputs = {"c", "v"};
    ModelSpec spec;
    spec.nodes = {
        NodeSpec{"Loop", {"n", "", "x"}, {"y"}, {graph_attribute("body", body)}, "empty"}};
    spec.inputs = {test::value_info("n", test::INT64, {}), test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    SessionOptions options;
    options.limits.node_runs = 1001;
    const auto session = load(spec, options);
    feed<float>(*session, 1, {1}, {1});
    feed<std::int64_t>(*session, 0, {}, {INT64_MAX});
    const Result<void> run = session->run();
    CHECK(test::outcome(run) == "ONNX_LIMIT");
    CHECK(run.error().path == "node \"empty\" (Loop)");
    feed<std::int64_t>(*session, 0, {}, {1000});
    CHECK(test::outcome(session->run()) == "OK");
}

TEST_CASE("a mel matrix of any frequencies ends", "[runtime][negative]") {
    const auto mel = [](std::int64_t rate, float low, float high) {
        return on_constants({"MelWeightMatrix", {"n", "d", "s", "l", "u"}, {}},
                            {test::tensor("n", {}, Ints{8}), test::tensor("d", {}, Ints{16}),
                             test::tensor("s", {}, Ints{rate}), test::tensor("l", {}, Reals{low}),
                             test::tensor("u", {}, Reals{high})});
    };
    constexpr float NAN_FLOAT = std::numeric_limits<float>::quiet_NaN();
    CHECK(load_code(mel(0, 0, 8000)) == "ONNX_SHAPE");
    CHECK(load_code(mel(1, 0, 1e30F)) == "ONNX_SHAPE");
    CHECK(load_code(mel(16000, NAN_FLOAT, 8000)) == "ONNX_SHAPE");
    CHECK(load_code(mel(16000, 0, NAN_FLOAT)) == "ONNX_SHAPE");
    CHECK(load_code(mel(1, 0, 1e9F)) == "OK"); // edges far outside of the matrix
    CHECK(load_code(mel(16000, 0, 8000)) == "OK");
}

TEST_CASE("samples of a region have a bound", "[runtime][negative]") {
    const auto regions = [](std::int64_t ratio, float corner) {
        return on_constants({"RoiAlign", {"x", "r", "i"}, {}, {attribute("sampling_ratio", ratio)}},
                            {test::tensor("x", {1, 1, 2, 2}, Reals{1, 2, 3, 4}),
                             test::tensor("r", {1, 4}, Reals{0, 0, corner, corner}),
                             test::tensor("i", {1}, Ints{0})});
    };
    CHECK(load_code(regions(INT64_MAX, 1)) == "ONNX_LIMIT");
    CHECK(load_code(regions(std::int64_t{1} << 31, 1)) == "ONNX_LIMIT");
    CHECK(load_code(regions(0, 1e9F)) == "ONNX_LIMIT");
    CHECK(load_code(regions(0, std::numeric_limits<float>::infinity())) == "ONNX_LIMIT");
    CHECK(load_code(regions(0, std::numeric_limits<float>::quiet_NaN())) == "OK");
    CHECK(load_code(regions(0, 2)) == "OK");
}

TEST_CASE("regions and grids over nothing are nothing", "[runtime][negative]") {
    CHECK(load_code(on_constants({"RoiAlign", {"x", "r", "i"}, {}},
                                 {test::tensor("x", {1, 1, 0, 0}, Reals{}),
                                  test::tensor("r", {1, 4}, Reals{0, 0, 0, 0}),
                                  test::tensor("i", {1}, Ints{0})})) == "OK");
    for (const char* padding : {"zeros", "border", "reflection"}) {
        CHECK(load_code(on_constants(
                  {"GridSample", {"x", "g"}, {}, {test::attribute_text("padding_mode", padding)}},
                  {test::tensor("x", {1, 1, 0, 2}, Reals{}),
                   test::tensor("g", {1, 1, 1, 2}, Reals{0, 0})})) == "OK");
    }
}

TEST_CASE("transforms, sums and grams of any length end", "[runtime][negative]") {
    CHECK(load_code(on_constants({"DFT", {"x", "n"}, {}},
                                 {test::tensor("x", {1, 4, 1}, Reals{1, 2, 3, 4}),
                                  test::tensor("n", {}, Ints{1 << 21})})) == "ONNX_LIMIT");
    CHECK(load_code(on_constants({"DFT", {"x", "n"}, {}},
                                 {test::tensor("x", {0, 4, 1}, Reals{}),
                                  test::tensor("n", {}, Ints{std::int64_t{1} << 30})})) == "OK");
    const std::vector<Bytes> vectors = {test::tensor("a", {20000}, Reals(20000)),
                                        test::tensor("b", {20000}, Reals(20000)),
                                        test::tensor("c", {20000}, Reals(20000))};
    CHECK(load_code(on_constants(
              {"Einsum", {"a", "b", "c"}, {}, {attribute_text("equation", "i,j,k->")}}, vectors)) ==
          "ONNX_LIMIT");
    const auto grams = [](std::int64_t longest, std::int64_t skips, Ints counts) {
        return on_constants(
            {"TfIdfVectorizer",
             {"x"},
             {},
             {attribute_text("mode", "TF"), attribute("max_gram_length", longest),
              attribute("min_gram_length", 1), attribute("max_skip_count", skips),
              attribute("ngram_counts", counts), attribute("ngram_indexes", Ints{0, 1}),
              attribute("pool_int64s", Ints{2, 3})}},
            {test::tensor("x", {3}, Ints{2, 3, 2})});
    };
    CHECK(load_code(grams(INT64_MAX, INT64_MAX, {0})) == "OK");
    CHECK(load_code(grams(1, 0, {-1})) == "ONNX_MALFORMED");
    CHECK(load_code(grams(1, 0, {3})) == "ONNX_MALFORMED");
}

TEST_CASE("windows of any size end", "[runtime][negative]") {
    constexpr std::int64_t LONGEST = (std::int64_t{1} << 31) - 1;
    for (const char* op : {"MaxPool", "AveragePool", "LpPool"}) {
        const auto pool = [&](std::int64_t kernel, std::int64_t end) {
            ModelSpec spec;
            spec.inputs = {test::value_info("x", test::FLOAT, {1, 1, 1, 1})};
            spec.nodes = {{op,
                           {"x"},
                           {"y"},
                           {attribute("kernel_shape", Ints{kernel, kernel}),
                            attribute("strides", Ints{kernel, kernel}),
                            attribute("pads", Ints{0, 0, end, end}),
                            attribute("ceil_mode", std::int64_t{end == 0 ? 1 : 0})}}};
            spec.outputs = {"y"};
            spec.opset = 18;
            auto session = Session::load(test::model(spec), {});
            if (!session) {
                return test::outcome(session);
            }
            feed<float>(**session, 0, {1, 1, 1, 1}, {3});
            return test::outcome((*session)->run());
        };
        INFO(op);
        CHECK(pool(LONGEST, LONGEST - 1) == "ONNX_LIMIT");
        CHECK(pool(LONGEST, 0) == "ONNX_LIMIT");
        CHECK(pool(1000, 0) == "OK");
    }
}

TEST_CASE("what a node in a loop reads, writes and multiplies counts too", "[runtime][negative]") {
    ModelSpec body;
    body.inputs = {test::value_info("i", test::INT64, {}), test::value_info("c", BOOL, {}),
                   test::value_info("v", test::FLOAT, {64, 64})};
    body.outputs = {"d", "w"};
    const auto rounds = [&](const char* op, std::vector<std::string> inputs, std::uint64_t limit,
                            std::int64_t count) {
        body.nodes = {{"Identity", {"c"}, {"d"}}, {op, std::move(inputs), {"w"}}};
        ModelSpec spec;
        spec.nodes = {NodeSpec{"Loop", {"n", "", "x"}, {"y"}, {graph_attribute("body", body)}}};
        spec.inputs = {test::value_info("n", test::INT64, {}),
                       test::value_info("x", test::FLOAT, {64, 64})};
        spec.outputs = {"y"};
        SessionOptions options;
        options.limits.node_runs = limit;
        const auto session = load(spec, options);
        feed<float>(*session, 1, {64, 64}, Reals(64 * 64));
        feed<std::int64_t>(*session, 0, {}, {count});
        return test::outcome(session->run());
    };
    // A round is one and has two nodes; 2 · 4096 elements are 16 more, 64³ products 256 beside 24.
    CHECK(rounds("Neg", {"v"}, 1901, 100) == "OK");
    CHECK(rounds("Neg", {"v"}, 1900, 100) == "ONNX_LIMIT");
    CHECK(rounds("MatMul", {"v", "v"}, 2831, 10) == "OK");
    CHECK(rounds("MatMul", {"v", "v"}, 2830, 10) == "ONNX_LIMIT");
}

TEST_CASE("sizes from numbers are bounded before they are whole", "[runtime][negative]") {
    const float huge = std::numeric_limits<float>::infinity();
    for (const float scale : {huge, std::numeric_limits<float>::quiet_NaN(), -1.0F, 1e30F}) {
        CHECK(load_code(on_constants({"Resize", {"x", "", "s"}, {}},
                                     {test::tensor("x", {2}, Reals{1, 2}),
                                      test::tensor("s", {1}, Reals{scale})})) == "ONNX_SHAPE");
        CHECK(load_code(on_constants({"OneHot", {"x", "d", "v"}, {}},
                                     {test::tensor("x", {1}, Ints{1}),
                                      test::tensor("d", {}, Reals{scale}),
                                      test::tensor("v", {2}, Reals{0, 1})})) != "OK");
    }
    CHECK(
        load_code(on_constants({"Range", {"a", "b", "c"}, {}},
                               {test::tensor("a", {}, Reals{0}), test::tensor("b", {}, Reals{huge}),
                                test::tensor("c", {}, Reals{1})})) == "ONNX_LIMIT");
    const auto range = [](float start, float limit, float delta) {
        return load_code(
            on_constants({"Range", {"a", "b", "c"}, {}},
                         {test::tensor("a", {}, Reals{start}), test::tensor("b", {}, Reals{limit}),
                          test::tensor("c", {}, Reals{delta})}));
    };
    const float none = std::numeric_limits<float>::quiet_NaN();
    CHECK(range(0, 1, 0) == "ONNX_SHAPE");
    CHECK(range(0, huge, 0) == "ONNX_SHAPE");
    CHECK(range(0, 0, 0) == "ONNX_SHAPE");
    CHECK(range(0, 1, none) == "ONNX_SHAPE");
    CHECK(range(none, 1, 1) == "ONNX_SHAPE");
    CHECK(range(0, 1, -1) == "OK");
    ModelSpec split = on_constants({"SplitToSequence", {"x"}, {}},
                                   {test::tensor("x", {std::int64_t{1} << 40, 0}, Reals{})});
    Result<std::unique_ptr<Session>> session = Session::load(test::model(split), {});
    CHECK((session ? test::outcome((*session)->run()) : test::outcome(session)) == "ONNX_LIMIT");
}

} // namespace
} // namespace assay::runtime
