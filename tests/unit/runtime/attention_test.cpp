// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Attention as exporters write it is one node, and computes the same.
#include "tests/unit/runtime/attention_model.hpp"

#include <limits>

namespace assay::runtime {
namespace {

TEST_CASE("attention is one node, with all that turns heads", "[runtime][attention]") {
    const std::unique_ptr<Session> session = check(attention(MASKED));
    REQUIRE(session->plan()->specialization().live.size() == 1);
    CHECK(session->plan()->specialization().live[0]->op == onnx::Op::fused_attention);
}

TEST_CASE("the scale may stand anywhere", "[runtime][attention]") {
    const NodeSpec product{"MatMul", {"qh", "kt"}, {"a"}};
    const NodeSpec last{"MatMul", {"qs", "ks"}, {"s"}};
    for (const Nodes& middle : std::vector<Nodes>{
             {{"MatMul", {"qh", "kt"}, {"s"}}},
             SCALED,
             {product, {"Mul", {"inverse", "a"}, {"s"}}},
             {{"Mul", {"qh", "inverse"}, {"qs"}}, {"MatMul", {"qs", "kt"}, {"s"}}},
             {{"Div", {"qh", "root"}, {"qs"}}, {"MatMul", {"qs", "kt"}, {"s"}}},
             {{"Mul", {"qh", "quarter"}, {"qs"}}, {"Mul", {"quarter", "kt"}, {"ks"}}, last},
             {{"Mul", {"q4", "quarter"}, {"qm"}},
              transpose("qm", "qs", {0, 2, 1, 3}),
              {"Mul", {"k4", "quarter"}, {"km"}},
              transpose("km", "kq", {0, 2, 1, 3}),
              transpose("kq", "ks", {0, 1, 3, 2}),
              last}}) {
        const std::unique_ptr<Session> session = check(attention(middle));
        CHECK(session->plan()->specialization().live.size() == 1);
    }
}

TEST_CASE("masks of every shape", "[runtime][attention]") {
    for (const Ints& dims : std::vector<Ints>{{2, 1, 1, 11},
                                              {2, 3, 6, 11},
                                              {1, 3, 1, 11},
                                              {1, 1, 6, 1},
                                              {1, 1, 6, 11},
                                              {2, 1, 1, 1}}) {
        Feeds feeds;
        feeds.mask = dims;
        check_fused(attention(MASKED), feeds);
    }
    Feeds feeds;
    feeds.mask = {11};
    check_fused(attention({{"MatMul", {"qh", "kt"}, {"a"}}, {"Add", {"m", "a"}, {"s"}}}, {-1}),
                feeds);
}

TEST_CASE("a Where chooses among scores", "[runtime][attention]") {
    const Nodes start = {{"Greater", {"m", "zero"}, {"w"}}, {"MatMul", {"qh", "kt"}, {"a"}}};
    for (const Ints& dims : std::vector<Ints>{{2, 1, 6, 11}, {2, 3, 1, 1}}) {
        Feeds feeds;
        feeds.mask = dims;
        check_fused(attention(joined(start, {{"Where", {"w", "a", "low"}, {"s"}}})), feeds);
        check_fused(attention(joined(start, {{"Where", {"w", "low", "a"}, {"s"}}})), feeds);
        check_fused(attention(joined(start, {{"Mul", {"a", "inverse"}, {"b"}},
                                             {"Where", {"w", "b", "low"}, {"c1"}},
                                             {"Add", {"c1", "m"}, {"s"}}})),
                    feeds);
    }
}

TEST_CASE("masked out, row by row and all of it", "[runtime][attention]") {
    // −1 / m: 0 is −∞, and a mask of nothing but it is no distribution; 0 / 0 would be NaN.
    const Nodes middle = joined({{"Div", {"minus", "m"}, {"i"}}},
                                {{"MatMul", {"qh", "kt"}, {"a"}}, {"Add", {"a", "i"}, {"s"}}});
    Feeds feeds;
    feeds.batch = 1;
    feeds.mask = {1, 1, 6, 11};
    feeds.mask_elements.assign(66, 1e30F);
    for (std::size_t key = 0; key < 11; ++key) {
        feeds.mask_elements[key] = 0;          // the first row: everything
        feeds.mask_elements[11 + key / 2] = 0; // the second: a half
    }
    const std::unique_ptr<Session> session = check(attention(middle), feeds);
    CHECK(is_fused(*session));
    CHECK(std::isnan(output(*session)[0]));
    CHECK(std::isfinite(output(*session)[HEADS * SIZE]));
    const Nodes numbers = {
        {"MatMul", {"qh", "kt"}, {"a"}}, {"Mul", {"m", "low"}, {"i"}}, {"Add", {"a", "i"}, {"s"}}};
    feeds.mask_elements.assign(66, 1);
    check_fused(attention(numbers), feeds); // everything by the same finite number: the plain mean
}

TEST_CASE("NaN and infinity that arise inside stay in their rows", "[runtime][attention]") {
    const Nodes nan = {{"Div", {"m", "m"}, {"i"}}, // 1, or NaN
                       {"MatMul", {"qh", "kt"}, {"a"}},
                       {"Add", {"a", "i"}, {"s"}}};
    const Nodes infinity = {{"Div", {"one", "m"}, {"i"}}, // +∞
                            {"MatMul", {"qh", "kt"}, {"a"}},
                            {"Add", {"a", "i"}, {"s"}}};
    Feeds feeds;
    feeds.batch = 1;
    feeds.mask = {1, 1, 6, 11};
    feeds.mask_elements.assign(66, 1);
    feeds.mask_elements[2 * 11 + 10] = 0;
    for (const Nodes& middle : {nan, infinity}) {
        const std::unique_ptr<Session> session = check(attention(middle), feeds);
        CHECK(is_fused(*session));
        CHECK(std::isnan(output(*session)[2 * HEADS * SIZE]));
        CHECK(std::isfinite(output(*session)[3 * HEADS * SIZE]));
    }
}

TEST_CASE("lengths change between runs", "[runtime][attention]") {
    const std::unique_ptr<Session> session = load(attention(MASKED));
    for (const std::int64_t rows : {1, 2, 5, 8}) {
        for (const std::int64_t keys : {1, 3, 8, 33}) {
            Feeds feeds;
            feeds.rows = rows;
            feeds.keys = keys;
            feeds.mask = {2, 1, 1, keys};
            run(*session, feeds);
            CHECK(is_fused(*session));
            const std::unique_ptr<Session> other = check(attention(MASKED), feeds);
            CHECK(output(*session) == output(*other));
        }
    }
}

TEST_CASE("two threads give the same bits", "[runtime][attention]") {
    Feeds feeds;
    feeds.rows = 64;
    feeds.keys = 80;
    feeds.mask = {2, 1, 1, 80};
    SessionOptions options;
    const std::unique_ptr<Session> one = load(attention(MASKED), options);
    options.threads = 2;
    const std::unique_ptr<Session> two = load(attention(MASKED), options);
    run(*one, feeds);
    run(*two, feeds);
    REQUIRE(is_fused(*two));
    CHECK(output(*one) == output(*two));
}

TEST_CASE("a cache of keys and values is read where it is", "[runtime][attention]") {
    // One step of a decoder: the operands are graph inputs and outputs of Concat.
    const Ints cache = {1, HEADS, -1, 8};
    Values values{3};
    ModelSpec spec;
    spec.inputs = {test::value_info("q", test::FLOAT, {1, HEADS, 1, 8}),
                   test::value_info("pk", test::FLOAT, cache),
                   test::value_info("pv", test::FLOAT, cache)};
    spec.initializers = {test::tensor("nk", {1, HEADS, 1, 8}, values.vector(24)),
                         test::tensor("nv", {1, HEADS, 1, 8}, values.vector(24))};
    spec.nodes = {{"Concat", {"pk", "nk"}, {"k"}, {attribute("axis", std::int64_t{2})}},
                  {"Concat", {"pv", "nv"}, {"v"}, {attribute("axis", std::int64_t{2})}},
                  transpose("k", "kt", {0, 1, 3, 2}),
                  {"MatMul", {"q", "kt"}, {"s"}},
                  {"Softmax", {"s"}, {"p"}, {attribute("axis", std::int64_t{3})}},
                  {"MatMul", {"p", "v"}, {"y"}}};
    spec.outputs = {"y", "k", "v"};
    const auto step = [&spec](Backend backend) {
        SessionOptions options;
        options.backend = backend;
        const std::unique_ptr<Session> session = load(spec, options);
        Values past{5};
        feed(*session, 0, {1, HEADS, 1, 8}, past.vector(24));
        feed(*session, 1, {1, HEADS, 15, 8}, past.vector(360));
        feed(*session, 2, {1, HEADS, 15, 8}, past.vector(360));
        REQUIRE(test::outcome(session->run()) == "OK");
        CHECK(is_fused(*session) == (backend == Backend::xnnpack));
        return output(*session);
    };
    const Reals got = step(Backend::xnnpack);
    const Reals want = step(Backend::reference);
    REQUIRE(got.size() == want.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        CHECK(std::abs(got[i] - want[i]) <= CLOSE);
    }
}

TEST_CASE("heads in the first axis, and none", "[runtime][attention]") {
    for (const std::size_t rank : {3U, 2U}) {
        const Ints dims = rank == 3 ? Ints{4, 7, 8} : Ints{7, 8};
        ModelSpec spec;
        spec.inputs = {test::value_info("x", test::FLOAT, dims)};
        spec.initializers = {test::tensor("half", {}, Reals{0.5F}),
                             test::tensor("two", {}, Reals{2})};
        spec.nodes = {{"Mul", {"x", "half"}, {"q"}},
                      transpose("x", "kt", rank == 3 ? Ints{0, 2, 1} : Ints{1, 0}),
                      {"Sub", {"two", "x"}, {"v"}},
                      {"MatMul", {"q", "kt"}, {"s"}},
                      {"Softmax", {"s"}, {"p"}, {attribute("axis", std::int64_t{-1})}},
                      {"MatMul", {"p", "v"}, {"c"}},
                      transpose("c", "y", rank == 3 ? Ints{1, 0, 2} : Ints{0, 1})};
        spec.outputs = {"y"};
        const BothWays both = run_both(spec, dims);
        CHECK(distance(both) <= CLOSE);
        CHECK(is_fused(*both.fast));
    }
}

TEST_CASE("axes are counted from the end, too", "[runtime][attention]") {
    for (const std::size_t node : {3U, 4U, 5U, 10U}) { // q, k, v, result
        ModelSpec spec = attention(SCALED);
        REQUIRE(spec.nodes[node].op == "Transpose");
        spec.nodes[node] =
            transpose(spec.nodes[node].inputs[0].c_str(), spec.nodes[node].outputs[0].c_str(),
                      node == 4 ? Ints{0, -2, -1, 1} : Ints{-4, -2, 1, 3});
        const std::unique_ptr<Session> session = check(spec);
        CHECK(session->plan()->specialization().live.size() == 1);
    }
    // Three axes: the rows go first.
    const Ints heads = {2, 4, 8};
    ModelSpec spec;
    for (const char* name : {"q", "k", "v"}) {
        spec.inputs.push_back(test::value_info(name, test::FLOAT, heads));
    }
    spec.nodes = {transpose("k", "kt", {-3, -1, -2}),
                  {"MatMul", {"q", "kt"}, {"s"}},
                  {"Softmax", {"s"}, {"p"}, {attribute("axis", std::int64_t{-1})}},
                  {"MatMul", {"p", "v"}, {"c"}},
                  transpose("c", "y", {-2, 0, 2})};
    spec.outputs = {"y"};
    Reals results[2];
    for (const Backend backend : {Backend::xnnpack, Backend::reference}) {
        SessionOptions options;
        options.backend = backend;
        const std::unique_ptr<Session> session = load(spec, options);
        Values values{9};
        for (std::size_t i = 0; i < 3; ++i) {
            feed(*session, i, heads, values.vector(64));
        }
        REQUIRE(test::outcome(session->run()) == "OK");
        CHECK(is_fused(*session) == (backend == Backend::xnnpack));
        CHECK(output_dims(*session) == Ints{4, 2, 8});
        results[backend == Backend::xnnpack ? 0 : 1] = output(*session);
    }
    for (std::size_t i = 0; i < results[0].size(); ++i) {
        CHECK(std::abs(results[0][i] - results[1][i]) <= CLOSE);
    }
}

TEST_CASE("a result of no axes may be turned", "[runtime][attention]") {
    ModelSpec spec;
    for (const char* name : {"q", "k", "v"}) {
        spec.inputs.push_back(test::value_info(name, test::FLOAT, {1, 1}));
    }
    spec.initializers = {test::tensor("none", {0}, Ints{})};
    spec.nodes = {{"MatMul", {"q", "k"}, {"s"}},
                  {"Softmax", {"s"}, {"p"}, {attribute("axis", std::int64_t{-1})}},
                  {"MatMul", {"p", "v"}, {"c"}},
                  {"Reshape", {"c", "none"}, {"d"}},
                  {"Transpose", {"d"}, {"y"}}};
    spec.outputs = {"y"};
    const std::unique_ptr<Session> session = load(spec, {});
    for (std::size_t i = 0; i < 3; ++i) {
        feed(*session, i, {1, 1}, Reals{5});
    }
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == Reals{5});
}

TEST_CASE("working memory counts", "[runtime][attention]") {
    ModelSpec spec;
    spec.inputs = {test::value_info("q", test::FLOAT, {1, 5}),
                   test::value_info("k", test::FLOAT, {5, 4096}),
                   test::value_info("v", test::FLOAT, {4096, 5})};
    spec.nodes = {{"MatMul", {"q", "k"}, {"s"}},
                  {"Softmax", {"s"}, {"p"}, {attribute("axis", std::int64_t{-1})}},
                  {"MatMul", {"p", "v"}, {"y"}}};
    spec.outputs = {"y"};
    SessionOptions options;
    const std::unique_ptr<Session> session = load(spec, options);
    REQUIRE(is_fused(*session));
    const std::uint64_t planned = session->plan()->planned_bytes();
    // The keys, the values with rows of whole tiles, four rows of scores.
    CHECK(planned >= std::uint64_t{4096} * (5 + 8 + 4) * sizeof(float));
    options.limits.memory_bytes = planned - 1;
    CHECK(test::outcome(Session::load(test::model(spec), options)) == "ONNX_LIMIT");
}

TEST_CASE("a cap of scores lets nothing masked be seen", "[runtime][attention]") {
    const float infinite = std::numeric_limits<float>::infinity();
    const Bytes mask = test::tensor("mask", {2, 2}, Reals{0, -infinite, 0, 0});
    for (const bool causal : {true, false}) {
        ModelSpec spec;
        spec.opset = 23;
        spec.inputs = {test::value_info("x", test::FLOAT, {1, 1, 2, 2})};
        spec.initializers = {test::tensor("v", {1, 1, 2, 1}, Reals{1, 1000}), mask};
        spec.nodes = {
            {"Attention",
             causal ? std::vector<std::string>{"x", "x", "v"}
                    : std::vector<std::string>{"x", "x", "v", "mask"},
             {"y"},
             {attribute_real("softcap", 2), attribute("is_causal", std::int64_t{causal ? 1 : 0})}}};
        spec.outputs = {"y"};
        const auto session = load(spec);
        feed<float>(*session, 0, {1, 1, 2, 2}, {1, 0, 1, 0});
        REQUIRE(test::outcome(session->run()) == "OK");
        CHECK(output(*session) == Reals{1, 500.5F});
    }
}

} // namespace
} // namespace assay::runtime
