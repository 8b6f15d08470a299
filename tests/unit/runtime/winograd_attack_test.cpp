// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Faults of Winograd's form that a review found: each case fails before its mending.
#include "tests/unit/runtime/allocations.hpp"
#include "tests/unit/runtime/winograd.hpp"

#include <algorithm>

namespace assay::runtime {
namespace {

using test::attribute;
using test::ModelSpec;
using Ints = std::vector<std::int64_t>;

const std::vector<Bytes> PADS = {attribute("pads", Ints{1, 1, 1, 1})};

TEST_CASE("a bound does not hide that a term has overflowed", "[runtime][winograd][attack]") {
    const Ints dims = {1, 16, 24, 24};
    std::vector<float> weights(16 * 16 * 9);
    for (std::size_t filter = 0; filter < 16; ++filter) {
        for (std::size_t tap = 0; tap < 9; ++tap) {
            weights[filter * 16 * 9 + tap] = tap == 0 ? -16e-3F : 1e-3F;
        }
    }
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, dims)};
    spec.initializers = {test::tensor("w", {16, 16, 3, 3}, weights)};
    spec.nodes = {{"Conv", {"x", "w"}, {"a"}, PADS}, {"Relu", {"a"}, {"y"}}};
    spec.outputs = {"y"};
    std::vector<float> x(count_of(dims));
    for (const std::size_t at : {0U, 1U, 24U, 25U}) {
        x[at] = 1.36e38F; // four of them are more than a float holds; their sum with weights is not
    }
    std::vector<std::vector<float>> results;
    for (const bool winograd : {true, false}) {
        SessionOptions options;
        options.winograd = winograd;
        const auto session = load(spec, options);
        feed(*session, 0, dims, x);
        REQUIRE(test::outcome(session->run()) == "OK");
        results.push_back(output(*session));
    }
    CAPTURE(results[0][0], results[1][0]);
    CHECK(std::abs(results[0][0] / results[1][0] - 1) < 1e-5F);
}

/// Weights with a default that a feed may replace, and whose first element decides a shape.
ModelSpec with_overridable(bool is_normalized, std::int64_t filters) {
    ModelSpec spec;
    const Ints w_dims = {filters, 16, 3, 3};
    std::vector<float> weights = level_weights(w_dims, 4);
    weights[0] = -1;
    spec.inputs = {test::value_info("x", test::FLOAT, {1, 16, 24, 24}),
                   test::value_info("w", test::FLOAT, w_dims)};
    const std::vector<float> ones(static_cast<std::size_t>(filters), 1.0F);
    spec.initializers = {test::tensor("w", w_dims, weights), test::tensor("flat", {1}, Ints{-1}),
                         test::tensor("first", {1}, Ints{0}), test::tensor("one", {filters}, ones)};
    spec.nodes = {{"Conv", {"x", "w"}, {is_normalized ? "c" : "y"}, PADS}};
    if (is_normalized) {
        spec.nodes.push_back({"BatchNormalization", {"c", "one", "one", "one", "one"}, {"y"}});
    }
    spec.nodes.push_back({"Reshape", {"w", "flat"}, {"f"}});
    spec.nodes.push_back({"Gather", {"f", "first"}, {"g"}});
    spec.nodes.push_back({"Cast", {"g"}, {"s"}, {attribute("to", std::int64_t{7})}});
    spec.nodes.push_back({"Reshape", {"x", "s"}, {"z"}});
    spec.outputs = {"y", "z"};
    return spec;
}

TEST_CASE("transformed weights are those of this run", "[runtime][winograd][attack]") {
    for (const bool is_normalized : {false, true}) {
        for (const std::int64_t filters : {16, 12}) { // 12: not Winograd's, fused all the same
            const Ints dims = {1, 16, 24, 24};
            const Ints w_dims = {filters, 16, 3, 3};
            const std::vector<float> x = Values{3}.vector(count_of(dims));
            std::vector<float> w = level_weights(w_dims, 77);
            w[0] = -1;
            std::vector<std::vector<float>> results;
            for (const Backend backend : {Backend::xnnpack, Backend::reference}) {
                SessionOptions options = with_winograd();
                options.backend = backend;
                const auto session = load(with_overridable(is_normalized, filters), options);
                feed(*session, 0, dims, x);
                REQUIRE(test::outcome(session->run()) == "OK"); // with the default
                feed(*session, 1, w_dims, w);
                REQUIRE(test::outcome(session->run()) == "OK");
                results.push_back(output(*session));
            }
            float largest = 0;
            for (std::size_t i = 0; i < results[0].size(); ++i) {
                largest = std::max(largest, std::abs(results[0][i] - results[1][i]));
            }
            CAPTURE(is_normalized, filters);
            CHECK(largest < 1e-5F);
        }
    }
}

TEST_CASE("what ran within a limit still does", "[runtime][winograd][attack]") {
    for (const std::uint64_t mebibytes : {32U, 60U, 100U}) {
        ModelSpec spec;
        spec.inputs = {test::value_info("x", test::FLOAT, {1, 256, 5, 5})};
        const Ints dims = {256, 256, 3, 3};
        spec.initializers = {test::tensor("w", dims, level_weights(dims, 2))};
        std::string last = "x";
        for (std::size_t i = 0; i < 64; ++i) {
            const std::string next = "v" + std::to_string(i);
            spec.nodes.push_back({"Conv", {last, "w"}, {next}, PADS});
            last = next;
        }
        spec.outputs = {last};
        SessionOptions options;
        options.limits.memory_bytes = mebibytes << 20;
        CAPTURE(mebibytes);
        options.winograd = false;
        REQUIRE(load_code(spec, options) == "OK");
        options.winograd = true;
        const auto session = load(spec, options);
        CHECK(session->plan()->planned_bytes() <= options.limits.memory_bytes);
    }
}

TEST_CASE("convolutions that a normalisation has replaced are not transformed",
          "[runtime][winograd][attack]") {
    const Ints dims = {256, 256, 3, 3};
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, {1, 256, 8, 8})};
    spec.initializers = {test::tensor("w", dims, level_weights(dims, 2)),
                         test::tensor("one", {256}, std::vector<float>(256, 1.0F))};
    spec.nodes = {{"Conv", {"x", "w"}, {"c"}, PADS},
                  {"BatchNormalization", {"c", "one", "one", "one", "one"}, {"y"}}};
    spec.outputs = {"y"};
    SessionOptions options = with_winograd();
    // The file's weights, those with the normalisation (2.25 MiB each), the transformed (4 MiB).
    options.limits.memory_bytes = std::uint64_t{11} << 20;
    const auto session = load(spec, options);
    CHECK(winograd_nodes(*session) == 1);
    options.limits.memory_bytes = std::uint64_t{64} << 20;
    CHECK(winograd_nodes(*load(spec, options)) == 1);
}

double no_time() noexcept {
    return 0;
}

TEST_CASE("a sum of two convolutions stays channels last", "[runtime][winograd][attack]") {
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, {1, 16, 24, 24})};
    for (const char* name : {"w0", "w1", "w2", "w3"}) {
        spec.initializers.push_back(
            test::tensor(name, {16, 16, 3, 3}, level_weights({16, 16, 3, 3}, 5)));
    }
    spec.nodes = {{"Conv", {"x", "w0"}, {"a"}, PADS}, {"Conv", {"a", "w1"}, {"b"}, PADS},
                  {"Add", {"a", "b"}, {"c"}},         {"Relu", {"c"}, {"d"}},
                  {"Conv", {"d", "w2"}, {"e"}, PADS}, {"Conv", {"e", "w3"}, {"y"}, PADS}};
    spec.outputs = {"y"};
    SessionOptions options = with_winograd();
    options.clock = no_time;
    const auto session = load(spec, options);
    feed(*session, 0, {1, 16, 24, 24}, Values{3}.vector(16 * 24 * 24));
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(winograd_nodes(*session) == 4);
    std::size_t transposes = 0;
    std::string all;
    for (const ProfileEvent& event : session->profile()->events()) {
        all += event.name + " (" + event.kernel + "), ";
        transposes += event.name.find("ranspose") != std::string::npos ? 1 : 0;
    }
    CAPTURE(all);
    CHECK(transposes == 0);
}

TEST_CASE("an earlier size changes no bit of a result", "[runtime][winograd][attack]") {
    const Ints w_dims = {256, 256, 3, 3};
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, {1, 256, -1, -1})};
    spec.initializers = {test::tensor("w", w_dims, level_weights(w_dims, 2))};
    spec.nodes = {{"Conv", {"x", "w"}, {"y"}, PADS}};
    spec.outputs = {"y"};
    const auto session = load(spec, with_winograd());
    std::vector<std::vector<float>> results;
    std::vector<std::size_t> nodes;
    for (const std::int64_t side : {8, 1, 8}) {
        feed(*session, 0, {1, 256, side, side},
             Values{3}.vector(static_cast<std::size_t>(256 * side * side)));
        REQUIRE(test::outcome(session->run()) == "OK");
        results.push_back(output(*session));
        nodes.push_back(winograd_nodes(*session));
    }
    const bool is_same = results[0] == results[2];
    CAPTURE(nodes);
    CHECK(is_same);
}

TEST_CASE("plans of two sizes are both kept", "[runtime][winograd][attack]") {
    for (const bool winograd : {false, true}) {
        const Ints w_dims = {256, 256, 3, 3};
        ModelSpec spec;
        spec.inputs = {test::value_info("x", test::FLOAT, {1, 256, -1, -1})};
        spec.initializers = {test::tensor("w", w_dims, level_weights(w_dims, 2))};
        spec.nodes = {{"Conv", {"x", "w"}, {"y"}, PADS}};
        spec.outputs = {"y"};
        SessionOptions options;
        options.winograd = winograd;
        const auto session = load(spec, options);
        std::vector<std::size_t> made;
        for (const std::int64_t side : {8, 9, 8, 9, 8, 9}) {
            feed(*session, 0, {1, 256, side, side},
                 Values{3}.vector(static_cast<std::size_t>(256 * side * side)));
            const std::size_t before = test::allocations();
            REQUIRE(test::outcome(session->run()) == "OK");
            made.push_back(test::allocations() - before);
        }
        CAPTURE(winograd, made);
        CHECK(made.back() < made.front() / 3);
    }
}

TEST_CASE("errors are in proportion to the largest value of a window",
          "[runtime][winograd][attack]") {
    const Ints dims = {1, 16, 24, 24};
    std::vector<float> weights(16 * 16 * 9);
    for (std::size_t filter = 0; filter < 16; ++filter) {
        weights[filter * 16 * 9 + 4] = 1; // the middle of the first channel
    }
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, dims)};
    spec.initializers = {test::tensor("w", {16, 16, 3, 3}, weights)};
    spec.nodes = {{"Conv", {"x", "w"}, {"y"}, PADS}};
    spec.outputs = {"y"};
    std::vector<float> x(count_of(dims), 1.0F);
    x[24 * 5 + 6] = 1e8F;
    for (const bool winograd : {false, true}) {
        SessionOptions options;
        options.winograd = winograd;
        const auto session = load(spec, options);
        feed(*session, 0, dims, x);
        REQUIRE(test::outcome(session->run()) == "OK");
        const std::vector<float> y = output(*session);
        float largest = 0;
        for (std::size_t i = 0; i < 24 * 24; ++i) {
            largest = std::max(largest, std::abs(y[i] - x[i]));
        }
        CAPTURE(winograd, largest);
        // Of 1e8 the last place is 8; plain sums of one product have no error.
        CHECK(largest < (winograd ? 32 : 1e-5F));
    }
}

} // namespace
} // namespace assay::runtime
