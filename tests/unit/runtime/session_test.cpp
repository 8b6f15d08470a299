// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/allocations.hpp"
#include "tests/unit/runtime/run_model.hpp"

#include <limits>

namespace assay::runtime {
namespace {

using test::attribute;
using test::ModelSpec;
using test::NodeSpec;

/// y = Relu(x · w + b), any batch size.
ModelSpec dense() {
    return {{NodeSpec{"Gemm", {"x", "w", "b"}, {"h"}, {}, "dense"}, NodeSpec{"Relu", {"h"}, {"y"}}},
            {test::value_info("x", test::FLOAT, {-1, 2})},
            {"y"},
            {test::tensor("w", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6}),
             test::tensor("b", {3}, std::vector<float>{0.5F, -100, 0})}};
}

TEST_CASE("a session computes what the graph says", "[runtime]") {
    const auto session = load(dense());
    feed<float>(*session, 0, {1, 2}, {1, 1});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output_dims(*session) == std::vector<std::int64_t>{1, 3});
    CHECK(output(*session) == std::vector<float>{5.5F, 0, 9});
}

TEST_CASE("shapes may change between runs", "[runtime]") {
    const auto session = load(dense());
    for (const std::int64_t batch : {1, 3, 1, 0, 2, 7, 5, 4, 1}) {
        std::vector<float> x(static_cast<std::size_t>(batch) * 2, 1);
        feed(*session, 0, {batch, 2}, x);
        REQUIRE(test::outcome(session->run()) == "OK");
        CHECK(output_dims(*session) == std::vector<std::int64_t>{batch, 3});
        for (std::size_t i = 0; i < static_cast<std::size_t>(batch); ++i) {
            CHECK(output(*session)[3 * i] == 5.5F);
        }
    }
}

TEST_CASE("running again allocates nothing", "[runtime]") {
    ModelSpec spec = dense();
    spec.nodes.push_back({"Softmax", {"y"}, {"z"}, {attribute("axis", std::int64_t{0})}}); // own
    spec.outputs = {"z"};
    const auto session = load(spec);
    feed<float>(*session, 0, {2, 2}, {1, 2, 3, 4});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(session->plan()->kernel_steps() == 1);
    const std::vector<std::int64_t> dims = {2, 2};
    const std::size_t before = test::allocations();
    const bool again = session->set_input(0, dims).has_value() && session->run().has_value();
    CHECK(test::allocations() == before);
    CHECK(again);
}

TEST_CASE("feeds are checked", "[runtime][negative]") {
    const auto session = load(dense());
    const auto code = [&](std::size_t index, std::vector<std::int64_t> dims) {
        return test::outcome(session->set_input(index, dims));
    };
    CHECK(test::outcome(session->run()) == "ONNX_INPUT_NAME");
    CHECK(code(1, {1, 2}) == "ONNX_INPUT_NAME");
    CHECK(code(0, {2}) == "ONNX_INPUT_SHAPE");
    CHECK(code(0, {1, 3}) == "ONNX_INPUT_SHAPE");
    CHECK(code(0, {-1, 2}) == "ONNX_INPUT_SHAPE");
    CHECK(code(0, {std::int64_t{1} << 40, 2}) == "ONNX_LIMIT");
    CHECK(code(0, {std::int64_t{1} << 62, 2}) == "ONNX_LIMIT");
    CHECK(session->input_data(0).empty());
    CHECK(session->output(0).data == nullptr);
    CHECK(session->set_input(0, std::vector<std::int64_t>{1, 3}).error().path ==
          "input \"x\": expected [?,2], got [1,3]");
}

TEST_CASE("shapes that cannot fit are found at load where they are fixed", "[runtime][negative]") {
    ModelSpec spec = dense();
    spec.initializers[0] = test::tensor("w", {3, 2}, std::vector<float>(6));
    const Result<std::unique_ptr<Session>> session = Session::load(test::model(spec), {});
    CHECK(test::outcome(session) == "ONNX_SHAPE");
    CHECK(session.error().path == "node \"dense\" (Gemm): [?,2], [3,2], [3]");
}

TEST_CASE("shapes that do not fit these feeds are found at run", "[runtime][negative]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Add", {"a", "b"}, {"y"}, {}, "sum"}};
    spec.inputs = {test::value_info("a", test::FLOAT, {-1}),
                   test::value_info("b", test::FLOAT, {-1})};
    spec.outputs = {"y"};
    const auto session = load(spec);
    feed<float>(*session, 0, {2}, {1, 2});
    feed<float>(*session, 1, {3}, {1, 2, 3});
    const Result<void> run = session->run();
    CHECK(test::outcome(run) == "ONNX_RUN_SHAPE");
    CHECK(run.error().path == "node \"sum\" (Add): [2], [3]");
    feed<float>(*session, 1, {1}, {5});
    REQUIRE(test::outcome(session->run()) == "OK"); // usable afterwards
    CHECK(output(*session) == std::vector<float>{6, 7});
}

TEST_CASE("an initializer that is an input can be replaced", "[runtime]") {
    ModelSpec spec = dense();
    spec.inputs.push_back(test::value_info("b", test::FLOAT, {3}));
    const auto session = load(spec);
    REQUIRE(session->inputs().size() == 2);
    CHECK(session->inputs()[1].optional);
    feed<float>(*session, 0, {1, 2}, {1, 1});
    REQUIRE(session->run());
    CHECK(output(*session) == std::vector<float>{5.5F, 0, 9});
    feed<float>(*session, 1, {3}, {1, 1, 1});
    REQUIRE(session->run());
    CHECK(output(*session) == std::vector<float>{6, 8, 10});
    REQUIRE(session->reset_input(1));
    REQUIRE(session->run());
    CHECK(output(*session) == std::vector<float>{5.5F, 0, 9});
    CHECK(test::outcome(session->reset_input(0)) == "ONNX_INPUT_NAME");
}

TEST_CASE("an input may carry the shape of a Reshape", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Mul", {"shape", "ones"}, {"s"}},
                  NodeSpec{"Reshape", {"x", "s"}, {"y"}}};
    spec.inputs = {test::value_info("x", test::FLOAT, {2, 6}),
                   test::value_info("shape", test::INT64, {2})};
    spec.outputs = {"y"};
    spec.initializers = {test::tensor("ones", {1}, std::vector<std::int64_t>{1})};
    const auto session = load(spec);
    feed(*session, 0, {2, 6}, std::vector<float>(12, 1));
    for (const auto& [shape, want] :
         std::vector<std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>>{
             {{3, 4}, {3, 4}}, {{-1, 3}, {4, 3}}, {{0, -1}, {2, 6}}, {{3, 4}, {3, 4}}}) {
        feed(*session, 1, {2}, shape);
        REQUIRE(test::outcome(session->run()) == "OK");
        CHECK(output_dims(*session) == want);
    }
    for (const std::vector<std::int64_t>& shape :
         std::vector<std::vector<std::int64_t>>{{5, 2}, {-1, -1}, {-2, -6}, {5, -1}}) {
        feed(*session, 1, {2}, shape);
        CHECK(test::outcome(session->run()) == "ONNX_RUN_SHAPE");
    }
}

TEST_CASE("Reshape with allowzero keeps a zero", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {
        NodeSpec{"Reshape", {"x", "s"}, {"y"}, {attribute("allowzero", std::int64_t{1})}}};
    spec.inputs = {test::value_info("x", test::FLOAT, {0, 3})};
    spec.outputs = {"y"};
    spec.initializers = {test::tensor("s", {3}, std::vector<std::int64_t>{4, 0, 1})};
    const auto session = load(spec);
    REQUIRE(session->run());
    CHECK(output_dims(*session) == std::vector<std::int64_t>{4, 0, 1});
}

TEST_CASE("constants, inputs and folded nodes can be outputs", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Constant",
                           {},
                           {"c"},
                           {test::attribute_tensor(
                               "value", test::tensor("", {2}, std::vector<float>{3, 4}))}},
                  NodeSpec{"Add", {"c", "i"}, {"sum"}}, NodeSpec{"Identity", {"x"}, {"copy"}}};
    spec.inputs = {test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"x", "i", "sum", "copy", "c"};
    spec.initializers = {test::tensor("i", {2}, std::vector<float>{1, 2})};
    const auto session = load(spec);
    feed<float>(*session, 0, {1}, {7});
    REQUIRE(session->run());
    CHECK(output(*session, 0) == std::vector<float>{7});
    CHECK(output(*session, 1) == std::vector<float>{1, 2});
    CHECK(output(*session, 2) == std::vector<float>{4, 6});
    CHECK(output(*session, 3) == std::vector<float>{7});
    CHECK(output(*session, 4) == std::vector<float>{3, 4});
}

TEST_CASE("NaN and infinity come out as IEEE 754 says", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Add", {"x", "x"}, {"a"}}, NodeSpec{"Relu", {"a"}, {"y"}}};
    spec.inputs = {test::value_info("x", test::FLOAT, {3})};
    spec.outputs = {"y"};
    const auto session = load(spec);
    constexpr float NAN_VALUE = std::numeric_limits<float>::quiet_NaN();
    constexpr float INFINITE = std::numeric_limits<float>::infinity();
    feed<float>(*session, 0, {3}, {NAN_VALUE, INFINITE, -INFINITE});
    REQUIRE(session->run());
    const std::vector<float> y = output(*session);
    CHECK(std::isnan(y[0]));
    CHECK(y[1] == INFINITE);
    CHECK(y[2] == 0);
    feed<float>(*session, 0, {3}, {1, 2, 3});
    REQUIRE(session->run());
    CHECK(session->plan()->xnn_steps() == 1);
}

TEST_CASE("integers have arithmetic but no layers", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Div", {"a", "b"}, {"y"}}};
    spec.inputs = {test::value_info("a", test::INT64, {4}),
                   test::value_info("b", test::INT64, {4})};
    spec.outputs = {"y"};
    const auto session = load(spec);
    constexpr std::int64_t LOWEST = std::numeric_limits<std::int64_t>::lowest();
    feed<std::int64_t>(*session, 0, {4}, {7, -7, 5, LOWEST});
    feed<std::int64_t>(*session, 1, {4}, {2, 2, 7, -1});
    REQUIRE(session->run());
    CHECK(output<std::int64_t>(*session) == std::vector<std::int64_t>{3, -3, 0, LOWEST});

    spec.nodes[0].op = "Gemm";
    CHECK(load_code(spec) == "ONNX_UNSUPPORTED_TYPE");
    spec.nodes[0].op = "Add";
    spec.inputs[1] = test::value_info("b", test::FLOAT, {4});
    CHECK(load_code(spec) == "ONNX_UNSUPPORTED_TYPE");
}

TEST_CASE("a plan above the memory limit is refused before it is made", "[runtime][negative]") {
    // Two vectors of a million elements give a matrix of 4 TB.
    ModelSpec spec;
    spec.nodes = {NodeSpec{"MatMul", {"a", "b"}, {"y"}}};
    spec.inputs = {test::value_info("a", test::FLOAT, {-1, 1}),
                   test::value_info("b", test::FLOAT, {1, -1})};
    spec.outputs = {"y"};
    const auto session = load(spec);
    feed(*session, 0, {1'000'000, 1}, std::vector<float>(1'000'000));
    feed(*session, 1, {1, 1'000'000}, std::vector<float>(1'000'000));
    CHECK(test::outcome(session->run()) == "ONNX_LIMIT");
    feed(*session, 0, {1, 1}, std::vector<float>{2});
    feed(*session, 1, {1, 1}, std::vector<float>{3});
    REQUIRE(session->run());
    CHECK(output(*session) == std::vector<float>{6});

    SessionOptions small;
    small.limits.memory_bytes = 1'000;
    spec.inputs = {test::value_info("a", test::FLOAT, {10, 1}),
                   test::value_info("b", test::FLOAT, {1, 10})};
    CHECK(load_code(spec, small) == "ONNX_LIMIT");
}

TEST_CASE("two threads compute the same", "[runtime]") {
    Values values{1};
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Gemm", {"x", "w"}, {"y"}}};
    spec.inputs = {test::value_info("x", test::FLOAT, {64, 128})};
    spec.outputs = {"y"};
    spec.initializers = {test::tensor("w", {128, 96}, values.vector(128 * 96))};
    const std::vector<float> x = values.vector(64 * 128);
    std::vector<std::vector<float>> results;
    for (const std::uint32_t threads : {1U, 2U}) {
        SessionOptions options;
        options.threads = threads;
        const auto session = load(spec, options);
        feed(*session, 0, {64, 128}, x);
        REQUIRE(session->run());
        results.push_back(output(*session));
    }
    CHECK(results[0] == results[1]);
    SessionOptions many;
    many.threads = 5;
    CHECK(load_code(spec, many) == "ARGUMENT_INVALID");
}

TEST_CASE("MaxPool tells where its maxima are", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"MaxPool",
                           {"x"},
                           {"y", "i"},
                           {attribute("kernel_shape", std::vector<std::int64_t>{2, 2})}}};
    spec.inputs = {test::value_info("x", test::FLOAT, {1, 1, 2, 3})};
    spec.outputs = {"y", "i"};
    for (const std::int64_t column_major : {0, 1}) {
        spec.nodes[0].attributes.resize(1);
        spec.nodes[0].attributes.push_back(attribute("storage_order", column_major));
        const auto session = load(spec);
        feed<float>(*session, 0, {1, 1, 2, 3}, {1, 2, 3, 6, 5, 4});
        REQUIRE(session->run());
        CHECK(output(*session, 0) == std::vector<float>{6, 5});
        CHECK(output<std::int64_t>(*session, 1) == (column_major == 0
                                                        ? std::vector<std::int64_t>{3, 4}
                                                        : std::vector<std::int64_t>{1, 3}));
    }
}

} // namespace
} // namespace assay::runtime
