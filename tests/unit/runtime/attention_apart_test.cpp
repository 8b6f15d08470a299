// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What only looks like attention, or is read elsewhere, stays in its parts.
#include "tests/unit/runtime/attention_model.hpp"

namespace assay::runtime {
namespace {

TEST_CASE("a result that is reshaped first is turned apart", "[runtime][attention]") {
    ModelSpec spec = attention(SCALED);
    spec.initializers.push_back(test::tensor("flat", {3}, Ints{-1, 6, SIZE}));
    spec.nodes.resize(spec.nodes.size() - 2);
    spec.nodes.push_back({"Reshape", {"c", "flat"}, {"f"}});
    spec.nodes.push_back(transpose("f", "y", {1, 0, 2}));
    const std::unique_ptr<Session> session = check(spec);
    CHECK(is_fused(*session));
    CHECK(session->plan()->specialization().live.size() == 2);
}

TEST_CASE("a value that someone else reads stays", "[runtime][attention]") {
    for (const char* value : {"a", "b", "s", "p"}) {
        ModelSpec spec = attention(MASKED);
        spec.outputs.push_back(value);
        check_apart(spec);
        ModelSpec twice = attention(MASKED);
        twice.nodes.push_back({"Neg", {value}, {"n"}});
        twice.outputs.push_back("n");
        check_apart(twice);
    }
    for (const char* value : {"qh", "kt", "vh", "c"}) { // these are still there
        ModelSpec spec = attention(MASKED);
        spec.outputs.push_back(value);
        check_fused(spec);
    }
}

TEST_CASE("factors that keep a product within range stay where they are", "[runtime][attention]") {
    ModelSpec spec = attention({{"Mul", {"qh", "least"}, {"qs"}},
                                {"Mul", {"kt", "least"}, {"ks"}},
                                {"MatMul", {"qs", "ks"}, {"s"}}});
    spec.initializers.push_back(test::tensor("least", {}, Reals{1e-10F}));
    check_apart(spec);
}

TEST_CASE("what only looks like attention stays as it is", "[runtime][attention]") {
    const NodeSpec product{"MatMul", {"qh", "kt"}, {"a"}};
    // Two masks; a scale for each key; a scale after the mask; a mask that is subtracted; a number
    // that is divided; a Where between tensors.
    for (const Nodes& middle : std::vector<Nodes>{
             {product, {"Add", {"a", "m"}, {"b"}}, {"Add", {"b", "m"}, {"s"}}},
             {product, {"Mul", {"a", "m"}, {"s"}}},
             {product, {"Add", {"a", "m"}, {"b"}}, {"Mul", {"b", "inverse"}, {"s"}}},
             {product, {"Sub", {"a", "m"}, {"s"}}},
             {product,
              {"Mul", {"a", "a"}, {"b"}},
              {"Add", {"b", "one"}, {"d"}},
              {"Div", {"root", "d"}, {"s"}}},
             {product, {"Greater", {"m", "zero"}, {"w"}}, {"Where", {"w", "a", "m"}, {"s"}}}}) {
        check_apart(attention(middle));
    }
    // Softmax over the rows; before operator set 13 over all that follows.
    ModelSpec rows = attention(SCALED);
    rows.nodes[8].attributes = {attribute("axis", std::int64_t{2})};
    check_apart(rows);
    ModelSpec flat = attention(SCALED);
    flat.nodes[8].attributes = {attribute("axis", std::int64_t{1})};
    flat.opset = 11;
    check_apart(flat);
    ModelSpec old = attention(SCALED);
    old.nodes[8].attributes = {attribute("axis", std::int64_t{3})};
    old.opset = 11;
    check_fused(old);
    // A mask, keys or values that broadcast: the scores are of another shape.
    Feeds wide;
    wide.batch = 1;
    check_apart(attention(MASKED), wide);
    for (const std::size_t reshape : {1U, 2U}) {
        ModelSpec one = attention(SCALED);
        one.initializers.push_back(test::tensor("first", {1}, Ints{0}));
        const std::string from = reshape == 1 ? "k" : "v";
        one.nodes.insert(one.nodes.begin(),
                         {"Gather", {from, "first"}, {"g"}, {attribute("axis", std::int64_t{0})}});
        one.nodes[1 + reshape].inputs[0] = "g";
        check_apart(one);
    }
}

TEST_CASE("constant keys or values are weights", "[runtime][attention]") {
    for (const bool keys : {false, true}) {
        ModelSpec spec = attention(SCALED);
        Values values{2};
        spec.initializers.push_back(
            test::tensor("w", keys ? Ints{2, HEADS, SIZE, 11} : Ints{2, HEADS, 11, SIZE},
                         values.vector(static_cast<std::size_t>(2 * HEADS * SIZE * 11))));
        spec.nodes[keys ? 6 : 9].inputs[1] = "w";
        check_apart(spec);
    }
}

} // namespace
} // namespace assay::runtime
