// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Convolutions of 3x3 in Winograd's form against sums in double.
#include "tests/unit/runtime/winograd.hpp"

#include <algorithm>
#include <limits>

namespace assay::runtime {
namespace {

using test::attribute;
using test::ModelSpec;
using test::NodeSpec;
using Ints = std::vector<std::int64_t>;

constexpr float INFINITE = std::numeric_limits<float>::infinity();

BothWays run_winograd(const ModelSpec& spec, const Ints& dims) {
    return run_both(spec, dims, 1, with_winograd());
}

void add_weights(ModelSpec& spec, const std::string& name, const Ints& dims, std::uint32_t seed) {
    spec.initializers.push_back(test::tensor(name, dims, level_weights(dims, seed)));
}

struct Case {
    Ints x;
    std::int64_t filters;
    Ints pads{1, 1, 1, 1};
    std::int64_t group = 1;
    Ints strides{1, 1};
    Ints dilations{1, 1};
    Ints kernel{3, 3};
};

ModelSpec spec_of(const Case& row) {
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, row.x)};
    spec.outputs = {"y"};
    add_weights(spec, "w", {row.filters, row.x[1] / row.group, row.kernel[0], row.kernel[1]}, 4);
    spec.nodes = {{"Conv",
                   {"x", "w"},
                   {"y"},
                   {attribute("pads", row.pads), attribute("group", row.group),
                    attribute("strides", row.strides), attribute("dilations", row.dilations)}}};
    return spec;
}

/// Ten units in the last place of values up to 4.
constexpr float CLOSE = 5e-6F;

TEST_CASE("a convolution of 3x3 is the same in Winograd's form", "[runtime][winograd]") {
    const std::vector<Case> rows = {
        {{1, 16, 16, 16}, 32},
        {{1, 20, 13, 27}, 24}, // odd sizes, channels of no power of two
        {{3, 32, 12, 12}, 16, {1, 0, 1, 2}},
        {{1, 32, 24, 23}, 16, {0, 0, 0, 0}},
        {{2, 16, 15, 16}, 16, {2, 2, 0, 0}},
        {{1, 256, 5, 5}, 256}, // more tiles than a block has
    };
    for (const Case& row : rows) {
        CAPTURE(row.x, row.filters);
        const BothWays both = run_winograd(spec_of(row), row.x);
        CHECK(winograd_nodes(*both.fast) == 1);
        CHECK(both.fast->plan()->xnn_steps() == 0);
        CHECK(distance(both) <= CLOSE);
    }
}

TEST_CASE("other convolutions keep their form", "[runtime][winograd]") {
    const Case good{{1, 16, 24, 24}, 16};
    std::vector<Case> rows(8, good);
    rows[0].strides = {1, 2};
    rows[1].dilations = {2, 1};
    rows[2].kernel = {3, 1};
    rows[3].group = 2;
    rows[4].x[1] = 12;
    rows[5].filters = 20;
    rows[6].x = {1, 264, 8, 8};
    rows[6].filters = 256;
    rows[7].x = {1, 16, 4, 4};
    for (const Case& row : rows) {
        CAPTURE(row.x, row.filters, row.kernel, row.strides);
        const BothWays both = run_winograd(spec_of(row), row.x);
        CHECK(winograd_nodes(*both.fast) == 0);
        CHECK(distance(both) <= CLOSE);
    }
}

TEST_CASE("biases, normalisation and bounds join it", "[runtime][winograd]") {
    const Ints dims = {1, 16, 24, 24};
    for (const std::string bound : {"Relu", "Clip", "none"}) {
        for (const bool is_normalized : {false, true}) {
            ModelSpec spec = spec_of({dims, 16});
            Values values{8};
            spec.initializers.push_back(test::tensor("b", {16}, values.vector(16)));
            spec.nodes[0].inputs.push_back("b");
            if (is_normalized) {
                spec.initializers.push_back(test::tensor("v", {16}, std::vector<float>(16, 0.75F)));
                spec.nodes[0].outputs = {"c"};
                spec.nodes.push_back({"BatchNormalization", {"c", "b", "b", "b", "v"}, {"y"}});
            }
            if (bound != "none") {
                spec.nodes.back().outputs = {"d"};
                spec.initializers.push_back(test::tensor("low", {}, std::vector<float>{-0.25F}));
                spec.nodes.push_back({bound, {"d"}, {"y"}});
                if (bound == "Clip") {
                    spec.nodes.back().inputs.push_back("low");
                }
            }
            CAPTURE(bound, is_normalized);
            const BothWays both = run_winograd(spec, dims);
            CHECK(both.fast->plan()->specialization().live.size() == 1);
            CHECK(winograd_nodes(*both.fast) == 1);
            CHECK(distance(both) <= CLOSE);
        }
    }
}

/// x · 1x1 · 3x3 · 3x3 + the first, as in a residual net.
ModelSpec residual(const std::vector<NodeSpec>& behind, const std::vector<std::string>& outputs) {
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, {-1, 8, -1, -1})};
    add_weights(spec, "w0", {16, 8, 1, 1}, 1);
    add_weights(spec, "w1", {32, 16, 3, 3}, 2);
    add_weights(spec, "w2", {16, 32, 3, 3}, 3);
    const std::vector<Bytes> pads = {attribute("pads", Ints{1, 1, 1, 1})};
    spec.nodes = {{"Conv", {"x", "w0"}, {"a"}}, {"Conv", {"a", "w1"}, {"b"}, pads},
                  {"Relu", {"b"}, {"c"}},       {"Conv", {"c", "w2"}, {"d"}, pads},
                  {"Add", {"d", "a"}, {"e"}},   {"Relu", {"e"}, {"f"}}};
    spec.nodes.insert(spec.nodes.end(), behind.begin(), behind.end());
    spec.outputs = outputs;
    return spec;
}

TEST_CASE("values between convolutions stay channels last", "[runtime][winograd]") {
    struct Row {
        std::vector<NodeSpec> behind;
        std::vector<std::string> outputs;
    };
    const std::vector<Row> rows = {
        {{}, {"f"}},
        {{}, {"f", "c"}},                          // one that is also an output
        {{}, {"a", "d", "f"}},                     // all of them
        {{{"Erf", {"c"}, {"g"}}}, {"f", "g"}},     // read by an own kernel as well
        {{{"Flatten", {"d"}, {"g"}}}, {"f", "g"}}, // and by XNNPACK in the other order
        {{{"MaxPool", {"f"}, {"g"}, {attribute("kernel_shape", Ints{2, 2})}}}, {"g"}},
    };
    for (const Row& row : rows) {
        const Ints dims = {2, 8, 12, 11};
        const BothWays both = run_winograd(residual(row.behind, row.outputs), dims);
        CHECK(winograd_nodes(*both.fast) == 2);
        for (std::size_t i = 0; i < row.outputs.size(); ++i) {
            CAPTURE(row.outputs[i], row.behind.size());
            CHECK(distance(both, i) <= CLOSE);
        }
    }
}

TEST_CASE("another size takes the same weights or another form", "[runtime][winograd]") {
    const auto fast = load(residual({}, {"f"}), with_winograd());
    SessionOptions options;
    options.backend = Backend::reference;
    const auto reference = load(residual({}, {"f"}), options);
    const std::vector<std::pair<Ints, std::size_t>> sizes = {
        {{1, 8, 16, 16}, 2}, {{1, 8, 5, 7}, 0}, {{2, 8, 9, 30}, 2}, {{1, 8, 16, 16}, 2}};
    for (const auto& [dims, winograd] : sizes) {
        const std::vector<float> x = Values{3}.vector(count_of(dims));
        for (Session* session : {fast.get(), reference.get()}) {
            feed(*session, 0, dims, x);
            REQUIRE(test::outcome(session->run()) == "OK");
        }
        CHECK(winograd_nodes(*fast) == winograd);
        const std::vector<float> got = output(*fast);
        const std::vector<float> want = output(*reference);
        REQUIRE(got.size() == want.size());
        for (std::size_t i = 0; i < got.size(); ++i) {
            REQUIRE(std::abs(got[i] - want[i]) <= CLOSE);
        }
    }
}

TEST_CASE("threads do not change a bit of it", "[runtime][winograd]") {
    const Ints dims = {1, 8, 64, 60};
    std::vector<std::vector<float>> results;
    for (const std::uint32_t threads : {1U, 2U, 3U}) {
        SessionOptions options = with_winograd();
        options.threads = threads;
        const auto session = load(residual({}, {"f"}), options);
        feed(*session, 0, dims, Values{3}.vector(count_of(dims)));
        REQUIRE(test::outcome(session->run()) == "OK");
        CHECK(winograd_nodes(*session) == 2);
        results.push_back(output(*session));
    }
    CHECK(results[0] == results[1]);
    CHECK(results[0] == results[2]);
}

TEST_CASE("what overflows or is no number comes out as without it", "[runtime][winograd]") {
    const Ints dims = {1, 16, 24, 24};
    const float most = std::numeric_limits<float>::max();
    // Differences of neighbours overflow where sums of small weights do not.
    for (const std::vector<float>& odd :
         {std::vector<float>{most, -most, most, -most}, std::vector<float>{INFINITE},
          std::vector<float>{NAN}, std::vector<float>{-INFINITE, INFINITE}}) {
        ModelSpec spec = spec_of({dims, 16});
        spec.initializers.clear();
        std::vector<float> weights = Values{2}.vector(16 * 16 * 9);
        for (float& weight : weights) {
            weight *= 1e-3F;
        }
        spec.initializers.push_back(test::tensor("w", {16, 16, 3, 3}, weights));
        spec.nodes[0].outputs = {"a"};
        spec.nodes.push_back({"Relu", {"a"}, {"y"}});
        std::vector<float> x = Values{7}.vector(count_of(dims));
        for (std::size_t i = 0; i < odd.size(); ++i) {
            x[24 * 5 + 4 + i] = odd[i];
        }
        SessionOptions options = with_winograd();
        std::vector<std::vector<float>> results;
        for (const Backend backend : {Backend::xnnpack, Backend::reference}) {
            options.backend = backend;
            const auto session = load(spec, options);
            CHECK(winograd_nodes(*session) == (backend == Backend::xnnpack ? 1 : 0));
            feed(*session, 0, dims, x);
            REQUIRE(test::outcome(session->run()) == "OK");
            results.push_back(output(*session));
        }
        CAPTURE(odd);
        for (std::size_t i = 0; i < results[0].size(); ++i) {
            const float got = results[0][i];
            const float want = results[1][i];
            CAPTURE(i, got, want);
            REQUIRE((std::isnan(got) == std::isnan(want)));
            REQUIRE((std::isinf(got) == std::isinf(want)));
        }
        // An element is read by nine outputs of each filter.
        const auto is_odd = [](float value) { return !std::isfinite(value); };
        CHECK(std::count_if(results[0].begin(), results[0].end(), is_odd) <=
              static_cast<std::ptrdiff_t>(16 * (9 + 3 * (odd.size() - 1))));
    }
}

TEST_CASE("a large input disturbs no output that does not read it", "[runtime][winograd]") {
    const Ints dims = {1, 16, 24, 24};
    const ModelSpec spec = spec_of({dims, 16});
    const auto session = load(spec, with_winograd());
    std::vector<float> x = Values{7}.vector(count_of(dims));
    feed(*session, 0, dims, x);
    REQUIRE(test::outcome(session->run()) == "OK");
    const std::vector<float> before = output(*session);
    x[24 * 5 + 6] = 1e20F; // row 5, column 6 of the first channel
    feed(*session, 0, dims, x);
    REQUIRE(test::outcome(session->run()) == "OK");
    const std::vector<float> after = output(*session);
    CHECK(winograd_nodes(*session) == 1);
    for (std::size_t i = 0; i < before.size(); ++i) {
        const std::size_t row = i / 24 % 24;
        const std::size_t column = i % 24;
        if (row < 4 || row > 6 || column < 5 || column > 7) {
            CAPTURE(i);
            REQUIRE(before[i] == after[i]);
        }
    }
}

} // namespace
} // namespace assay::runtime
