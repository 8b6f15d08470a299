// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// NaN that arises inside a graph reaches the outputs, as ONNX has it (inference.md §2).
#include "tests/unit/runtime/both_ways.hpp"

#include <limits>

namespace assay::runtime {
namespace {

using test::ModelSpec;
using test::NodeSpec;

constexpr float INFINITE = std::numeric_limits<float>::infinity();

ModelSpec with(std::vector<NodeSpec> nodes) {
    return {std::move(nodes),
            {test::value_info("x", test::FLOAT, {-1})},
            {"y"},
            {test::tensor("zero", {}, std::vector<float>{0}),
             test::tensor("one", {}, std::vector<float>{1}),
             test::tensor("less", {}, std::vector<float>{-1}),
             test::tensor("half", {}, std::vector<float>{0.5F}),
             test::tensor("two", {}, std::vector<float>{2})}};
}

std::vector<float> run(Session& session, const std::vector<float>& x) {
    feed(session, 0, {static_cast<std::int64_t>(x.size())}, x);
    REQUIRE(test::outcome(session.run()) == "OK");
    return output(session);
}

TEST_CASE("NaN of a node passes bounds, and numbers stay with XNNPACK", "[runtime]") {
    struct Row {
        std::vector<NodeSpec> nodes;
        float odd;                 ///< makes NaN
        std::size_t xnn_steps = 1; ///< at least
    };
    const std::vector<Row> rows = {
        {{NodeSpec{"Log", {"x"}, {"a"}}, NodeSpec{"Relu", {"a"}, {"y"}}}, -1},
        {{NodeSpec{"Sqrt", {"x"}, {"a"}}, NodeSpec{"Clip", {"a", "zero", "two"}, {"y"}}}, -1},
        {{NodeSpec{"Div", {"x", "x"}, {"a"}}, NodeSpec{"Relu", {"a"}, {"y"}}}, 0},
        {{NodeSpec{"Pow", {"x", "half"}, {"a"}}, NodeSpec{"Relu", {"a"}, {"y"}}}, -1},
        {{NodeSpec{"Log", {"x"}, {"a"}}, NodeSpec{"Add", {"a", "one"}, {"b"}},
          NodeSpec{"Min", {"b", "two"}, {"y"}}},
         -1},
        {{NodeSpec{"Log", {"x"}, {"a"}}, NodeSpec{"Max", {"two", "a"}, {"y"}}}, -1},
        {{NodeSpec{"Acos", {"x"}, {"a"}}, NodeSpec{"HardSwish", {"a"}, {"y"}}}, 2},
        {{NodeSpec{"Sqrt", {"x"}, {"a"}}, NodeSpec{"Exp", {"a"}, {"y"}}}, -1},
        {{NodeSpec{"Log", {"x"}, {"a"}}, NodeSpec{"Exp", {"a"}, {"y"}}}, -1, 0},
    };
    for (const Row& row : rows) {
        const auto session = load(with(row.nodes));
        SessionOptions options;
        options.backend = Backend::reference;
        const auto reference = load(with(row.nodes), options);
        CAPTURE(row.nodes[0].op, row.nodes.back().op);
        const std::vector<float> good = run(*session, {0.5F, 0.25F, 1, 0.75F, 0.5F});
        CHECK(session->plan()->xnn_steps() >= row.xnn_steps);
        const std::vector<float> bad = run(*session, {0.5F, 0.25F, row.odd, 0.75F, 0.5F});
        const std::vector<float> want = run(*reference, {0.5F, 0.25F, row.odd, 0.75F, 0.5F});
        CHECK(std::isnan(bad[2]));
        for (const std::size_t i : {0U, 1U, 3U, 4U}) {
            CHECK(std::abs(bad[i] - want[i]) < 1e-6F);
            CHECK(std::abs(bad[i] - good[i]) < 1e-6F);
        }
        CHECK(run(*session, {0.5F, 0.25F, 1, 0.75F, 0.5F}) == good);
    }
}

TEST_CASE("NaN of a folded constant passes bounds", "[runtime]") {
    const auto session =
        load(with({NodeSpec{"Log", {"less"}, {"a"}}, NodeSpec{"Add", {"x", "a"}, {"b"}},
                   NodeSpec{"Relu", {"b"}, {"y"}}}));
    for (const float value : run(*session, {1, 2, -INFINITE})) {
        CHECK(std::isnan(value));
    }
    for (const float value : run(*session, {1, 2, 3})) {
        CHECK(std::isnan(value));
    }
}

/// As the node suite of ONNX 1.20 has it.
TEST_CASE("a vector of norm 0 has no direction", "[runtime]") {
    for (const std::int64_t p : {1, 2}) {
        const auto session =
            load(with({NodeSpec{"LpNormalization", {"x"}, {"a"}, {test::attribute("p", p)}},
                       NodeSpec{"Relu", {"a"}, {"y"}}}));
        CHECK(std::isnan(run(*session, {0, 0, 0})[1]));
        CHECK(run(*session, {0, -2, 0}) == std::vector<float>{0, 0, 0});
    }
}

TEST_CASE("nodes that cannot make NaN are left to XNNPACK", "[runtime]") {
    const auto session =
        load(with({NodeSpec{"Div", {"x", "two"}, {"a"}}, NodeSpec{"Pow", {"a", "two"}, {"b"}},
                   NodeSpec{"Relu", {"b"}, {"y"}}}));
    CHECK(run(*session, {2, 4, -2}) == std::vector<float>{1, 4, 1});
    CHECK(session->plan()->kernel_steps() == 0);
}

TEST_CASE("a slope that is no number is one for negative elements alone", "[runtime]") {
    for (const float slope : {INFINITE, -INFINITE, std::numeric_limits<float>::quiet_NaN()}) {
        for (const char* op : {"LeakyRelu", "Elu"}) {
            const auto session =
                load(with({{op, {"x"}, {"y"}, {test::attribute_real("alpha", slope)}}}));
            const std::vector<float> y = run(*session, {0.5F, 1, -1});
            CAPTURE(op, slope);
            CHECK(y[0] == 0.5F);
            CHECK(y[1] == 1);
            CHECK(!std::isfinite(y[2]));
        }
    }
}

} // namespace
} // namespace assay::runtime
