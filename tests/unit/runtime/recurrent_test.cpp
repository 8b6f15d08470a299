// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
// LSTM, GRU and trees on their fast paths, against the operators' own functions.
#include "tests/unit/runtime/both_ways.hpp"

#include <limits>

namespace assay::runtime {
namespace {

using test::attribute;
using test::attribute_real;
using test::attribute_text;
using test::ModelSpec;
using Ints = std::vector<std::int64_t>;
using Reals = std::vector<float>;

struct Layer {
    std::string op;
    std::int64_t hidden;
    std::string direction = "forward";
    bool has_bias = true;
    bool has_state = false;
    std::vector<Bytes> attributes{};
};

ModelSpec recurrent(const Layer& layer, std::int64_t steps, std::int64_t batch,
                    std::int64_t input) {
    const std::int64_t gates = layer.op == "GRU" ? 3 : 4;
    const std::int64_t directions = layer.direction == "bidirectional" ? 2 : 1;
    const std::int64_t hidden = layer.hidden;
    Values values{31};
    const auto constant = [&](const char* name, const Ints& dims) {
        return test::tensor(name, dims, values.vector(count_of(dims)));
    };
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, {steps, batch, input})};
    spec.initializers = {constant("w", {directions, gates * hidden, input}),
                         constant("r", {directions, gates * hidden, hidden}),
                         constant("b", {directions, 2 * gates * hidden}),
                         constant("h", {directions, batch, hidden}),
                         constant("c", {directions, batch, hidden})};
    test::NodeSpec node{layer.op, {"x", "w", "r", layer.has_bias ? "b" : ""}, {"y", "yh"}};
    node.attributes = layer.attributes;
    node.attributes.push_back(attribute_text("direction", layer.direction));
    node.attributes.push_back(attribute("hidden_size", hidden));
    if (layer.has_state) {
        node.inputs.push_back("");
        node.inputs.push_back("h");
    }
    spec.outputs = {"y", "yh"};
    if (layer.op == "LSTM") {
        node.outputs.push_back("yc");
        spec.outputs.push_back("yc");
        if (layer.has_state) {
            node.inputs.push_back("c");
        }
    }
    spec.nodes = {node};
    return spec;
}

void check(const Layer& layer, std::int64_t steps, std::int64_t batch, std::int64_t input) {
    INFO(layer.op << " " << layer.hidden << " " << layer.direction);
    const BothWays both = run_both(recurrent(layer, steps, batch, input), {steps, batch, input}, 2);
    for (std::size_t i = 0; i < both.fast->outputs().size(); ++i) {
        CHECK(distance(both, i) <= 5e-6F);
    }
}

TEST_CASE("recurrent layers of every width and direction", "[runtime][recurrent]") {
    for (const std::string op : {"LSTM", "GRU"}) {
        for (const std::int64_t hidden : {1, 5, 8, 16, 19, 24}) {
            check({op, hidden}, 6, 1, 3);
        }
        for (const std::string direction : {"reverse", "bidirectional"}) {
            check({op, 12, direction, true, true}, 5, 3, 4);
            check({op, 12, direction, false, false}, 5, 2, 4);
        }
    }
    check({"GRU", 10, "forward", true, false, {attribute("linear_before_reset", std::int64_t{1})}},
          5, 2, 3);
    check({"GRU", 10, "forward", true, true, {attribute("linear_before_reset", std::int64_t{1})}},
          5, 2, 3);
    check({"LSTM", 9, "forward", true, false, {attribute_real("clip", 0.5F)}}, 5, 2, 3);
}

TEST_CASE("gates that saturate stay numbers", "[runtime][recurrent]") {
    for (const std::string op : {"LSTM", "GRU"}) {
        const BothWays both = run_both(recurrent({op, 8}, 4, 1, 3), {4, 1, 3}, 1000);
        CHECK(distance(both, 0) <= 5e-6F);
    }
}

} // namespace
} // namespace assay::runtime
