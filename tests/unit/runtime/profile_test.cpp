// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/node_cost.hpp"
#include "core/runtime/profile.hpp"

#include "tests/unit/runtime/run_model.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::runtime {
namespace {

using test::ModelSpec;
using test::NodeSpec;

/// A clock that moves by one microsecond a look.
double ticks() noexcept {
    static double now = 0;
    return now += 1;
}

std::unique_ptr<Session> load(const ModelSpec& spec, Clock clock) {
    SessionOptions options;
    options.clock = clock;
    auto session = Session::load(test::model(spec), options);
    REQUIRE(session);
    return *std::move(session);
}

/// Relu runs in XNNPACK, Erf does not.
ModelSpec two_nodes() {
    return {
        {NodeSpec{"Relu", {"x"}, {"h"}, {}, "first"}, NodeSpec{"Erf", {"h"}, {"y"}, {}, "second"}},
        {test::value_info("x", test::FLOAT, {4})},
        {"y"}};
}

std::uint64_t macs(const ModelSpec& spec) {
    const auto session = load(spec, nullptr);
    REQUIRE(session->plan() != nullptr);
    const Specialization& bound = session->plan()->specialization();
    std::uint64_t sum = 0;
    for (const onnx::Node* node : bound.live) {
        sum += multiply_accumulates(*node, bound.values);
    }
    return sum;
}

Bytes zeros(std::string_view name, const std::vector<std::int64_t>& dims) {
    return test::tensor(name, dims, std::vector<float>(*onnx::element_count(dims)));
}

} // namespace

TEST_CASE("a run is recorded step by step and the next one starts anew", "[runtime][profile]") {
    const auto session = load(two_nodes(), &ticks);
    for (int i = 0; i < 2; ++i) {
        REQUIRE(session->run());
        const auto events = session->profile()->events();
        REQUIRE(events.size() == 3);
        CHECK(events[0].name == "node \"first\" (Relu)");
        CHECK(events[0].kernel == "XNNPACK");
        CHECK(events[0].length == 1);
        CHECK(events[1].start == events[0].start); // XNNPACK's operator inside it
        CHECK(events[2].name == "node \"second\" (Erf)");
        CHECK(events[2].kernel == "Erf");
        CHECK(events[2].start > events[0].start);
    }
}

TEST_CASE("without a clock nothing is recorded", "[runtime][profile]") {
    const auto session = load(two_nodes(), nullptr);
    REQUIRE(session->run());
    CHECK(session->profile() == nullptr);
    const auto& step = std::get<XnnStep>(session->plan()->steps()[0]);
    CHECK(xnn_operators(step.runtime.get()).empty());
    CHECK(step.nodes.size() == 1);
}

TEST_CASE("nodes of a run without a plan are recorded too", "[runtime][profile]") {
    const auto session =
        load({{NodeSpec{"NonZero", {"x"}, {"h"}},
               NodeSpec{"Cast", {"h"}, {"y"}, {test::attribute("to", std::int64_t{1})}}},
              {test::value_info("x", test::FLOAT, {4})},
              {"y"}},
             &ticks);
    REQUIRE(session->run());
    REQUIRE(session->plan() == nullptr);
    REQUIRE(session->profile()->events().size() == 2);
    CHECK(session->profile()->events()[0].kernel == "NonZero");
}

TEST_CASE("a profile keeps so many events and counts the others", "[runtime][profile]") {
    Profile profile{&ticks};
    const onnx::Node node{onnx::Op::abs, 13, "node", {}, {}, {}};
    for (std::size_t i = 0; i < Profile::MAX_EVENTS + 5; ++i) {
        const StepTimer timer{&profile, node};
    }
    CHECK(profile.events().size() == Profile::MAX_EVENTS);
    CHECK(profile.dropped() == 5);
    profile.clear();
    CHECK(profile.events().empty());
    CHECK(profile.dropped() == 0);
}

TEST_CASE("multiply-accumulates are counted by the shapes", "[runtime][profile]") {
    const auto input = [](const std::vector<std::int64_t>& dims) {
        return std::vector<Bytes>{test::value_info("x", test::FLOAT, dims)};
    };
    // 4×4 outputs in 8 channels, each of 3 channels by 3×3.
    CHECK(macs({{NodeSpec{"Conv", {"x", "w"}, {"y"}}},
                input({1, 3, 6, 6}),
                {"y"},
                {zeros("w", {8, 3, 3, 3})}}) == 4 * 4 * 8 * 3 * 9);
    CHECK(macs({{NodeSpec{"Conv", {"x", "w"}, {"y"}, {test::attribute("group", std::int64_t{4})}}},
                input({1, 4, 6, 6}),
                {"y"},
                {zeros("w", {4, 1, 3, 3})}}) == 4 * 4 * 4 * 9);
    // Every input element meets 5 channels by 2×2.
    CHECK(macs({{NodeSpec{"ConvTranspose", {"x", "w"}, {"y"}}},
                input({1, 3, 6, 6}),
                {"y"},
                {zeros("w", {3, 5, 2, 2})}}) == 3 * 6 * 6 * 5 * 4);
    CHECK(macs({{NodeSpec{"Gemm", {"x", "w"}, {"y"}, {test::attribute("transA", std::int64_t{1})}}},
                input({7, 2}),
                {"y"},
                {zeros("w", {7, 3})}}) == 2 * 3 * 7);
    CHECK(macs({{NodeSpec{"MatMul", {"x", "w"}, {"y"}}},
                input({5, 2, 7}),
                {"y"},
                {zeros("w", {7, 3})}}) == 5 * 2 * 3 * 7);
    CHECK(macs({{NodeSpec{"MatMul", {"x", "w"}, {"y"}}}, input({7}), {"y"}, {zeros("w", {7})}}) ==
          7);
    // Six steps of two rows: four gates of three units, from five features and three states.
    CHECK(macs({{NodeSpec{"LSTM",
                          {"x", "w", "r"},
                          {"y"},
                          {test::attribute("hidden_size", std::int64_t{3})}}},
                input({6, 2, 5}),
                {"y"},
                {zeros("w", {1, 12, 5}), zeros("r", {1, 12, 3})}}) == 6 * 2 * 12 * (5 + 3));
    CHECK(macs(two_nodes()) == 0);
}

} // namespace assay::runtime
