// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Packed weights: shared by plans and sessions, and all that is left of the weights of a large
// model.
#include "tests/unit/runtime/both_ways.hpp"

#include <limits>

namespace assay::runtime {
namespace {

using test::attribute;
using test::ModelSpec;
using test::NodeSpec;
using Ints = std::vector<std::int64_t>;

constexpr std::int64_t WIDTH = 600;
constexpr float NAN_VALUE = std::numeric_limits<float>::quiet_NaN();
constexpr float INFINITE = std::numeric_limits<float>::infinity();

Bytes values(std::string_view name, const Ints& dims, std::uint32_t seed) {
    std::vector<float> elements = Values{seed}.vector(count_of(dims));
    for (float& element : elements) {
        element /= 16;
    }
    return test::tensor(name, dims, elements);
}

/// Relu(x · v + b) · w, any batch size, with weights above the size that a model keeps as they are.
ModelSpec large() {
    return {{NodeSpec{"MatMul", {"x", "v"}, {"m"}}, NodeSpec{"Add", {"m", "b"}, {"h"}},
             NodeSpec{"Relu", {"h"}, {"r"}},
             NodeSpec{"Gemm", {"r", "w"}, {"y"}, {attribute("transB", std::int64_t{1})}}},
            {test::value_info("x", test::FLOAT, {-1, WIDTH})},
            {"y"},
            {values("v", {WIDTH, WIDTH}, 1), values("b", {WIDTH}, 2), values("w", {16, WIDTH}, 3)}};
}

std::vector<float> run(Session& session, const Ints& dims, const std::vector<float>& x) {
    feed(session, 0, dims, x);
    REQUIRE(test::outcome(session.run()) == "OK");
    return output(session);
}

TEST_CASE("another batch size packs nothing again", "[runtime]") {
    const auto session = load(large());
    std::vector<float> x = Values{4}.vector(WIDTH);
    const std::vector<float> one = run(*session, {1, WIDTH}, x);
    const std::uint64_t packed = session->packed().bytes();
    CHECK(session->packed().count() == 2);
    CHECK(packed >= (WIDTH + 16) * WIDTH * 4);
    x.insert(x.end(), x.begin(), x.end());
    const std::vector<float> two = run(*session, {2, WIDTH}, x);
    CHECK(std::vector<float>(two.begin(), two.begin() + 16) == one);
    CHECK(session->packed().count() == 2);
    CHECK(session->packed().bytes() == packed);
}

TEST_CASE("a fork of a session starts from what is packed", "[runtime]") {
    const auto session = load(large());
    const std::vector<float> x = Values{4}.vector(WIDTH);
    const std::vector<float> want = run(*session, {1, WIDTH}, x);
    const std::uint64_t packed = session->packed().bytes();
    Result<std::unique_ptr<Session>> fork = session->fork();
    REQUIRE(fork);
    CHECK(run(**fork, {1, WIDTH}, x) == want);
    CHECK((*fork)->packed().bytes() == packed);
    CHECK(&(*fork)->packed() == &session->packed());
}

TEST_CASE("a fork runs on the threads of the first", "[runtime]") {
    SessionOptions options;
    options.threads = 2;
    const auto session = load(large(), options);
    const std::vector<float> x = Values{4}.vector(WIDTH);
    const std::vector<float> want = run(*session, {1, WIDTH}, x);
    Result<std::unique_ptr<Session>> fork = session->fork();
    REQUIRE(fork);
    CHECK(run(**fork, {1, WIDTH}, x) == want);
}

TEST_CASE("the weights of a large model are there packed alone", "[runtime]") {
    const auto session = load(large());
    std::vector<float> x = Values{4}.vector(WIDTH);
    const std::vector<float> want = run(*session, {1, WIDTH}, x);
    const onnx::Graph& graph = session->graph();
    std::size_t released = 0;
    for (const onnx::Value& value : graph.values) {
        released += value.constant != nullptr && value.constant->is_released() ? 1 : 0;
    }
    CHECK(released == 1); // v; the others are small
    for (const float odd : {NAN_VALUE, INFINITE, -INFINITE}) {
        x[5] = odd;
        SessionOptions options;
        options.backend = Backend::reference;
        const auto reference = load(large(), options);
        const std::vector<float> expected = run(*reference, {1, WIDTH}, x);
        const std::vector<float> got = run(*session, {1, WIDTH}, x);
        for (std::size_t i = 0; i < 16; ++i) {
            CAPTURE(odd, i);
            CHECK(std::isnan(got[i]) == std::isnan(expected[i]));
            CHECK((std::isnan(got[i]) || got[i] == expected[i] ||
                   std::abs(got[i] - expected[i]) < 1e-4F));
        }
    }
    x = Values{4}.vector(WIDTH);
    CHECK(run(*session, {1, WIDTH}, x) == want);
}

TEST_CASE("a feed that is not finite may come first", "[runtime]") {
    const auto session = load(large());
    std::vector<float> x = Values{4}.vector(WIDTH);
    x[0] = NAN_VALUE;
    CHECK(std::isnan(run(*session, {1, WIDTH}, x)[0]));
    x[0] = 0;
    const std::vector<float> want = run(*session, {1, WIDTH}, x);
    x[0] = NAN_VALUE;
    CHECK(std::isnan(run(*session, {1, WIDTH}, x)[0]));
    x[0] = 0;
    CHECK(run(*session, {1, WIDTH}, x) == want);
}

TEST_CASE("convolutions of a large model run from packed weights", "[runtime]") {
    ModelSpec spec{
        {NodeSpec{"Conv", {"x", "v", "b"}, {"c"}, {attribute("pads", Ints{1, 1, 1, 1})}},
         NodeSpec{"Relu", {"c"}, {"r"}}, NodeSpec{"Conv", {"r", "w"}, {"y"}}},
        {test::value_info("x", test::FLOAT, {-1, 96, 5, 4})},
        {"y"},
        {values("v", {320, 96, 3, 3}, 1), values("b", {320}, 2), values("w", {64, 320, 1, 1}, 3)}};
    const BothWays both = run_both(spec, {2, 96, 5, 4});
    CHECK(distance(both) < 1e-3F);
    std::vector<float> x = Values{9}.vector(2 * 96 * 5 * 4);
    x[7] = NAN_VALUE;
    for (Session* session : {both.fast.get(), both.reference.get()}) {
        feed(*session, 0, {2, 96, 5, 4}, x);
        REQUIRE(test::outcome(session->run()) == "OK");
    }
    const std::vector<float> got = output(*both.fast);
    const std::vector<float> want = output(*both.reference);
    std::size_t odd = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
        odd += std::isnan(want[i]) ? 1 : 0;
        CHECK(std::isnan(got[i]) == std::isnan(want[i]));
    }
    CHECK(odd != 0);
    CHECK(odd < got.size());
    CHECK(both.fast->packed().count() == 2);
}

TEST_CASE("constants of fusion are made once for all shapes", "[runtime]") {
    ModelSpec spec{{NodeSpec{"Conv", {"x", "w"}, {"c"}},
                    NodeSpec{"BatchNormalization", {"c", "s", "b", "m", "v"}, {"y"}}},
                   {test::value_info("x", test::FLOAT, {-1, 8, 6, 6})},
                   {"y"},
                   {values("w", {16, 8, 3, 3}, 1), values("s", {16}, 2), values("b", {16}, 3),
                    values("m", {16}, 4), test::tensor("v", {16}, std::vector<float>(16, 0.5F))}};
    const BothWays both = run_both(spec, {1, 8, 6, 6});
    CHECK(distance(both) < 1e-4F);
    CHECK(both.fast->packed().count() == 1);
    feed(*both.fast, 0, {3, 8, 6, 6}, Values{5}.vector(3 * 8 * 36));
    REQUIRE(test::outcome(both.fast->run()) == "OK");
    CHECK(both.fast->packed().count() == 1);
}

TEST_CASE("products of one constant with two biases are told apart", "[runtime]") {
    ModelSpec spec{{NodeSpec{"Gemm", {"x", "w", "b"}, {"f"}},
                    NodeSpec{"Gemm", {"x", "w", "c"}, {"g"}},
                    NodeSpec{"Gemm", {"x", "w", "c"}, {"h"}, {test::attribute_real("alpha", 2)}},
                    NodeSpec{"Sub", {"f", "g"}, {"d"}}, NodeSpec{"Sub", {"h", "d"}, {"y"}}},
                   {test::value_info("x", test::FLOAT, {-1, 12})},
                   {"y"},
                   {values("w", {12, 9}, 1), values("b", {9}, 2), values("c", {9}, 3)}};
    const BothWays both = run_both(spec, {3, 12});
    CHECK(distance(both) < 1e-5F);
    CHECK(both.fast->packed().count() == 3);
}

} // namespace
} // namespace assay::runtime
