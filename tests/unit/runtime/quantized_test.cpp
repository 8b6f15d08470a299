// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
// Models with quantised weights and activations: on bytes in XNNPACK, against floats between
// QuantizeLinear and DequantizeLinear.
#include "core/runtime/quantize.hpp"

#include "tests/unit/runtime/both_ways.hpp"

#include <limits>

namespace assay::runtime {
namespace {

using test::attribute;
using test::ModelSpec;
using test::NodeSpec;
using Ints = std::vector<std::int64_t>;
using Reals = std::vector<float>;

constexpr std::int64_t UINT8 = 2;
constexpr std::int64_t INT8 = 3;
constexpr std::int64_t INT32 = 6;

/// Writes a quantised net node by node.
class Net {
public:
    Net(std::int64_t activations, std::int64_t weights, Ints dims)
        : activations_{activations}, weights_{weights} {
        spec.inputs = {test::value_info("x", test::FLOAT, dims)};
        spec.outputs = {"y"};
    }

    /// Activations of [−4, 4) as bytes and back. @return the name of the float again
    std::string bytes(const std::string& from) {
        const bool is_signed = activations_ == INT8;
        const std::string q = name();
        constant(q + "s", {}, {8.0F / 255});
        typed(q + "z", {}, {is_signed ? 3.0F : 131.0F}, activations_);
        spec.nodes.push_back({"QuantizeLinear", {from, q + "s", q + "z"}, {q + "q"}});
        spec.nodes.push_back({"DequantizeLinear", {q + "q", q + "s", q + "z"}, {q}});
        return q;
    }
    /// Weights with a scale for each of @p channels, or one for all when they are unsigned.
    std::string weights(const Ints& dims, std::int64_t channels, std::int64_t axis) {
        const std::string w = name();
        const bool is_signed = weights_ == INT8;
        Reals quanta = values_.vector(count_of(dims));
        for (float& one : quanta) {
            one = std::nearbyint(one * 100) + (is_signed ? 0.0F : 120.0F);
        }
        typed(w + "q", dims, quanta, weights_);
        if (is_signed) {
            Reals scales(static_cast<std::size_t>(channels));
            for (std::size_t i = 0; i < scales.size(); ++i) {
                scales[i] = 0.004F + 0.001F * static_cast<float>(i);
            }
            constant(w + "s", {channels}, scales);
            typed(w + "z", {channels}, Reals(scales.size()), weights_);
        } else {
            constant(w + "s", {}, {0.006F});
            typed(w + "z", {}, {117}, weights_);
        }
        spec.nodes.push_back(
            {"DequantizeLinear", {w + "q", w + "s", w + "z"}, {w}, {attribute("axis", axis)}});
        return w;
    }
    std::string bias(std::int64_t channels) {
        const std::string b = name();
        Reals quanta = values_.vector(static_cast<std::size_t>(channels));
        for (float& one : quanta) {
            one = std::nearbyint(one * 1000);
        }
        typed(b + "q", {channels}, quanta, INT32);
        constant(b + "s", {}, {0.0002F});
        spec.nodes.push_back({"DequantizeLinear", {b + "q", b + "s"}, {b}});
        return b;
    }
    std::string node(const std::string& op, std::vector<std::string> inputs,
                     std::vector<Bytes> attributes = {}) {
        const std::string y = name();
        spec.nodes.push_back({op, std::move(inputs), {y}, std::move(attributes)});
        return y;
    }
    void end(const std::string& from) { spec.nodes.push_back({"Identity", {from}, {"y"}}); }
    void constant(const std::string& name, const Ints& dims, const Reals& elements) {
        spec.initializers.push_back(test::tensor(name, dims, elements));
    }

    ModelSpec spec;

private:
    std::string name() { return "v" + std::to_string(next_++); }
    /// A constant of another type, by a Cast that is folded.
    void typed(const std::string& name, const Ints& dims, const Reals& elements,
               std::int64_t type) {
        constant(name + "f", dims, elements);
        spec.nodes.push_back({"Cast", {name + "f"}, {name}, {attribute("to", type)}});
    }

    std::int64_t activations_;
    std::int64_t weights_;
    int next_ = 0;
    Values values_{21};
};

/// Two convolutions, a residual sum, a mean and a dense layer.
ModelSpec image_net(std::int64_t activations, std::int64_t weights) {
    Net net{activations, weights, {1, 3, 8, 8}};
    net.constant("low", {}, {0});
    net.constant("high", {}, {3});
    const Bytes pads = attribute("pads", Ints{1, 1, 1, 1});
    const std::string x = net.bytes("x");
    std::string h = net.node("Conv", {x, net.weights({8, 3, 3, 3}, 8, 0), net.bias(8)}, {pads});
    const std::string first = net.bytes(net.node("Clip", {h, "low", "high"}));
    h = net.node("Conv", {first, net.weights({8, 1, 3, 3}, 8, 0), net.bias(8)},
                 {pads, attribute("group", std::int64_t{8})});
    h = net.bytes(net.node("Relu", {h}));
    h = net.bytes(net.node("Conv", {h, net.weights({8, 8, 1, 1}, 8, 0)}));
    h = net.bytes(net.node("Add", {first, h}));
    h = net.bytes(net.node("GlobalAveragePool", {h}));
    h = net.bytes(net.node("Flatten", {h}));
    h = net.bytes(net.node("Gemm", {h, net.weights({8, 5}, 5, 1), net.bias(5)}));
    net.end(h);
    return net.spec;
}

constexpr float QUANTUM = 8.0F / 255;

TEST_CASE("quantised nets run on bytes", "[runtime][quantised]") {
    struct Pair {
        std::int64_t activations;
        std::int64_t weights;
    };
    for (const Pair& pair : {Pair{INT8, INT8}, Pair{UINT8, INT8}, Pair{UINT8, UINT8}}) {
        const BothWays both = run_both(image_net(pair.activations, pair.weights), {1, 3, 8, 8}, 4);
        INFO(pair.activations << " " << pair.weights);
        // One quantum for each of the layers at most, and they seldom add up.
        CHECK(distance(both) <= 2.5F * QUANTUM);
        CHECK(both.fast->plan()->xnn_steps() == 1);
        CHECK(both.fast->plan()->kernel_steps() == 0);
    }
}

TEST_CASE("quantised weights that have no byte form stay floats", "[runtime][quantised]") {
    // Signed activations beside unsigned weights: no kernel.
    const BothWays both = run_both(image_net(INT8, UINT8), {1, 3, 8, 8}, 4);
    CHECK(distance(both) <= 2.5F * QUANTUM);
}

TEST_CASE("bytes that leave the model are what ONNX says", "[runtime][quantised]") {
    for (const std::int64_t type : {INT8, UINT8}) {
        Net net{type, INT8, {2, 6}};
        const std::string h =
            net.bytes(net.node("Gemm", {net.bytes("x"), net.weights({6, 4}, 4, 1), net.bias(4)}));
        net.end(h);
        net.spec.outputs = {"y", h + "q"};
        const BothWays both = run_both(net.spec, {2, 6}, 4);
        const auto got = output<std::uint8_t>(*both.fast, 1);
        const auto want = output<std::uint8_t>(*both.reference, 1);
        REQUIRE(got.size() == want.size());
        for (std::size_t i = 0; i < got.size(); ++i) {
            const int off =
                type == INT8 ? static_cast<std::int8_t>(got[i]) - static_cast<std::int8_t>(want[i])
                             : got[i] - want[i];
            CHECK(std::abs(off) <= 1);
        }
    }
}

TEST_CASE("a scale that is no number saturates", "[runtime][negative]") {
    constexpr float NAN_VALUE = std::numeric_limits<float>::quiet_NaN();
    CHECK(quantize(static_cast<double>(NAN_VALUE), 3, Range{0, 255}) == 0);
    CHECK(quantize(static_cast<double>(NAN_VALUE), 3, Range{-128, 127}) == -128);
    ModelSpec spec{{NodeSpec{"DynamicQuantizeLinear", {"x"}, {"y", "s", "z"}}},
                   {test::value_info("x", test::FLOAT, {2})},
                   {"y", "s", "z"},
                   {}};
    const auto session = load(spec);
    feed<float>(*session, 0, {2}, {-std::numeric_limits<float>::infinity(), 1});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output<std::uint8_t>(*session, 2)[0] == 0);
}

TEST_CASE("one NaN is the scale of a dynamic quantisation", "[runtime][negative]") {
    for (const std::size_t count : {1U, 3U, 9U, 16U}) {
        for (const std::size_t at : {std::size_t{0}, count - 1}) {
            ModelSpec spec{{NodeSpec{"DynamicQuantizeLinear", {"x"}, {"q", "s", "z"}},
                            NodeSpec{"DequantizeLinear", {"q", "s", "z"}, {"y"}}},
                           {test::value_info("x", test::FLOAT, {-1})},
                           {"y", "s", "z"},
                           {}};
            std::vector<float> x = Values{3}.vector(count);
            x[at] = std::numeric_limits<float>::quiet_NaN();
            const auto session = load(spec);
            feed(*session, 0, {static_cast<std::int64_t>(count)}, x);
            REQUIRE(test::outcome(session->run()) == "OK");
            for (const float y : output(*session)) {
                CHECK(std::isnan(y));
            }
            CHECK(std::isnan(output(*session, 1)[0]));
            CHECK(output<std::uint8_t>(*session, 2)[0] == 0);
        }
    }
}

} // namespace
} // namespace assay::runtime
