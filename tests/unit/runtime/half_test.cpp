// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Models of half floats against the same ones of float32.
#include "core/runtime/elements.hpp"

#include "tests/unit/runtime/both_ways.hpp"

#include <limits>

namespace assay::runtime {
namespace {

using onnx::ElementType;
using test::attribute;
using test::ModelSpec;
using test::NodeSpec;
using Halves = std::vector<std::uint16_t>;
using Ints = std::vector<std::int64_t>;

constexpr int FLOAT16 = 10;
constexpr int BFLOAT16 = 16;
constexpr int DOUBLE = 11;
constexpr int INT8 = 3;
constexpr int BOOL = 9;

Halves halves(const std::vector<float>& values, int type = FLOAT16) {
    Halves out;
    for (const float value : values) {
        out.push_back(static_cast<std::uint16_t>(
            encode_small(static_cast<ElementType>(type), static_cast<double>(value))));
    }
    return out;
}

std::vector<float> floats(const Halves& values, int type = FLOAT16) {
    std::vector<float> out;
    for (const std::uint16_t value : values) {
        out.push_back(static_cast<float>(decode_small(static_cast<ElementType>(type), value)));
    }
    return out;
}

Bytes half_tensor(std::string_view name, const Ints& dims, const std::vector<float>& values,
                  int type = FLOAT16) {
    Bytes raw;
    for (const std::uint16_t value : halves(values, type)) {
        raw.push_back(static_cast<std::uint8_t>(value));
        raw.push_back(static_cast<std::uint8_t>(value >> 8));
    }
    return test::tensor_head(name, type, dims).bytes(9, raw).view();
}

/// Values that a half float holds.
std::vector<float> held(std::uint32_t seed, std::size_t count, int type = FLOAT16) {
    return floats(halves(Values{seed}.vector(count), type), type);
}

/// Relu(x · v + b) · w of one type, whose output is declared.
ModelSpec perceptron(int type, std::int64_t width) {
    const auto n = static_cast<std::size_t>(width);
    const auto weights = [type](std::string_view name, const Ints& dims,
                                const std::vector<float>& values) {
        return type == test::FLOAT ? test::tensor(name, dims, values)
                                   : half_tensor(name, dims, values, type);
    };
    const int stored = type == BFLOAT16 ? BFLOAT16 : FLOAT16;
    std::vector<float> v = held(1, n * n, stored);
    std::vector<float> w = held(3, 16 * n, stored);
    for (std::vector<float>* all : {&v, &w}) {
        for (float& value : *all) {
            value /= 16; // exact
        }
    }
    ModelSpec spec;
    spec.nodes = {NodeSpec{"MatMul", {"x", "v"}, {"m"}}, NodeSpec{"Add", {"m", "b"}, {"h"}},
                  NodeSpec{"Relu", {"h"}, {"r"}},
                  NodeSpec{"Gemm", {"r", "w"}, {"y"}, {attribute("transB", std::int64_t{1})}}};
    spec.inputs = {test::value_info("x", type, {-1, width})};
    spec.typed_outputs = {test::value_info("y", type, {-1, 16})};
    spec.initializers = {weights("v", {width, width}, v), weights("b", {width}, held(2, n, stored)),
                         weights("w", {16, width}, w)};
    return spec;
}

TEST_CASE("a model of half floats runs as float32", "[runtime]") {
    for (const int type : {FLOAT16, BFLOAT16}) {
        CAPTURE(type);
        const auto wide = load(perceptron(test::FLOAT, 48));
        const auto half = load(perceptron(type, 48));
        CHECK(half->inputs()[0].type == static_cast<ElementType>(type));
        CHECK(half->inputs()[0].name == "x");
        CHECK(half->outputs()[0].type == static_cast<ElementType>(type));
        CHECK(half->outputs()[0].name == "y");
        for (const std::int64_t rows : {1, 5}) {
            const std::vector<float> x = held(4, static_cast<std::size_t>(rows) * 48, type);
            feed(*wide, 0, {rows, 48}, x);
            feed(*half, 0, {rows, 48}, halves(x, type));
            REQUIRE(test::outcome(wide->run()) == "OK");
            REQUIRE(test::outcome(half->run()) == "OK");
            CHECK(half->plan()->xnn_steps() == 1);
            CHECK(half->plan()->kernel_steps() == 2); // to float32 and back
            if (type == FLOAT16) {                    // other constants for bfloat16
                CHECK(output<std::uint16_t>(*half) == halves(output(*wide), type));
            }
        }
    }
}

TEST_CASE("weights of half floats are there packed alone", "[runtime]") {
    constexpr std::int64_t WIDTH = 600;
    const auto half = load(perceptron(FLOAT16, WIDTH));
    const std::vector<float> x = held(4, WIDTH);
    feed(*half, 0, {1, WIDTH}, halves(x));
    REQUIRE(test::outcome(half->run()) == "OK");
    std::size_t left = 0;
    for (const onnx::Value& value : half->graph().values) {
        left += value.constant == nullptr ? 0 : value.constant->elements.size();
    }
    CHECK(left < 16 * WIDTH * 4 + WIDTH * 4 + 1);
    CHECK(half->packed().count() == 2);
    const auto wide = load(perceptron(test::FLOAT, WIDTH));
    feed(*wide, 0, {1, WIDTH}, x);
    REQUIRE(test::outcome(wide->run()) == "OK");
    CHECK(output<std::uint16_t>(*half) == halves(output(*wide)));
}

TEST_CASE("a feed of half floats that is not finite stays so", "[runtime]") {
    const ModelSpec spec = perceptron(FLOAT16, 16);
    const auto session = load(spec);
    std::vector<float> x = held(4, 16);
    x[3] = std::numeric_limits<float>::quiet_NaN();
    feed(*session, 0, {1, 16}, halves(x));
    REQUIRE(test::outcome(session->run()) == "OK");
    for (const float value : floats(output<std::uint16_t>(*session))) {
        CHECK(std::isnan(value));
    }
    ModelSpec relu;
    relu.nodes = {NodeSpec{"Cast", {"x"}, {"f"}, {attribute("to", std::int64_t{1})}},
                  NodeSpec{"Relu", {"f"}, {"y"}}};
    relu.inputs = {test::value_info("x", DOUBLE, {4})};
    relu.outputs = {"y"};
    const auto of_double = load(relu);
    feed<double>(*of_double, 0, {4}, std::vector<double>(4, std::nan("")));
    REQUIRE(test::outcome(of_double->run()) == "OK");
    for (const float value : output(*of_double)) {
        CHECK(std::isnan(value));
    }
}

TEST_CASE("a Cast to half floats in the model still rounds", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Cast", {"x"}, {"h"}, {attribute("to", std::int64_t{FLOAT16})}},
                  NodeSpec{"Mul", {"h", "one"}, {"p"}},
                  NodeSpec{"Cast", {"p"}, {"y"}, {attribute("to", std::int64_t{1})}}};
    spec.inputs = {test::value_info("x", test::FLOAT, {3})};
    spec.typed_outputs = {test::value_info("y", test::FLOAT, {3})};
    spec.initializers = {half_tensor("one", {1}, {1})};
    const auto session = load(spec);
    const std::vector<float> x = {1.0001F, 0.33333F, 70000};
    feed(*session, 0, {3}, x);
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == floats(halves(x)));
}

TEST_CASE("half floats beside float32 are refused", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Relu", {"x"}, {"r"}},
                  NodeSpec{"MatMul", {"r", "w"}, {"y"}, {}, "mixed"}};
    spec.inputs = {test::value_info("x", test::FLOAT, {1, 2})};
    spec.typed_outputs = {test::value_info("y", test::FLOAT, {1, 2})};
    spec.initializers = {half_tensor("w", {2, 2}, {1, 2, 3, 4})};
    const Result<std::unique_ptr<Session>> session = Session::load(test::model(spec), {});
    CHECK(test::outcome(session) == "ONNX_UNSUPPORTED_TYPE");
    CHECK(session.error().path.view().find("mixed") != std::string_view::npos);
}

TEST_CASE("expanded weights count as memory", "[runtime]") {
    SessionOptions options;
    options.limits.memory_bytes = 600 * 600 * 3;
    const Result<std::unique_ptr<Session>> session =
        Session::load(test::model(perceptron(FLOAT16, 600)), options);
    CHECK(test::outcome(session) == "ONNX_LIMIT");
    CHECK(session.error().path.view() == "initializer \"v\"");
}

TEST_CASE("expanded weights count beside those that stay", "[runtime]") {
    ModelSpec spec = perceptron(FLOAT16, 64);
    spec.nodes.push_back(NodeSpec{"Identity", {"bytes"}, {"same"}});
    spec.typed_outputs.push_back(test::value_info("same", INT8, {20'000}));
    spec.initializers.push_back(
        test::tensor_head("bytes", INT8, {20'000}).bytes(9, Bytes(20'000)).view());
    SessionOptions options;
    // The halves are 10 kB, expanded 20 kB: each fits with the bytes or without, not both.
    options.limits.memory_bytes = 35'000;
    const Result<std::unique_ptr<Session>> session = Session::load(test::model(spec), options);
    CHECK(test::outcome(session) == "ONNX_LIMIT");
    CHECK(session.error().path.view().starts_with("initializer"));
}

TEST_CASE("an input of half floats that is an output too keeps its type", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Mul", {"x", "two"}, {"y"}}};
    spec.inputs = {test::value_info("x", FLOAT16, {3})};
    spec.typed_outputs = {test::value_info("x", FLOAT16, {3}), test::value_info("y", FLOAT16, {3})};
    spec.initializers = {half_tensor("two", {1}, {2})};
    const auto session = load(spec);
    CHECK(session->outputs()[0].type == ElementType::float16);
    const Halves x = halves({1, -0.5F, 3});
    feed(*session, 0, {3}, x);
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output<std::uint16_t>(*session, 0) == x);
    CHECK(output<std::uint16_t>(*session, 1) == halves({2, -1, 6}));
}

TEST_CASE("half floats chosen beside float32 are refused", "[runtime]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Where", {"c", "h", "x"}, {"y"}, {}, "mixed"}};
    spec.inputs = {test::value_info("c", BOOL, {2}), test::value_info("x", test::FLOAT, {2})};
    spec.typed_outputs = {test::value_info("y", test::FLOAT, {2})};
    spec.initializers = {half_tensor("h", {2}, {1, 2})};
    const Result<std::unique_ptr<Session>> session = Session::load(test::model(spec), {});
    CHECK(test::outcome(session) == "ONNX_UNSUPPORTED_TYPE");
}

} // namespace
} // namespace assay::runtime
