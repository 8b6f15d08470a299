// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Models of attention in its parts, and the outcome of both backends compared.
#pragma once

#include "tests/unit/runtime/both_ways.hpp"

#include <algorithm>
#include <memory>
#include <vector>

namespace assay::runtime {

using test::attribute;
using test::attribute_real;
using test::ModelSpec;
using test::NodeSpec;
using Ints = std::vector<std::int64_t>;
using Reals = std::vector<float>;
using Nodes = std::vector<NodeSpec>;

inline constexpr std::int64_t HEADS = 3;
inline constexpr std::int64_t SIZE = 5;
inline constexpr float CLOSE = 1e-5F;

struct Feed {
    Ints dims;
    Reals elements;
};

/// Queries, keys, values and a mask.
struct Feeds {
    std::int64_t batch = 2;
    std::int64_t rows = 6;
    std::int64_t keys = 11;
    Ints mask{2, 1, 1, 11};
    Reals mask_elements{};

    [[nodiscard]] std::vector<Feed> list() const {
        Values values{17};
        const auto three = [&](std::int64_t length) {
            Reals elements = values.vector(count_of({batch, length, HEADS * SIZE}));
            for (float& element : elements) {
                element *= 3;
            }
            return Feed{{batch, length, HEADS * SIZE}, elements};
        };
        const Feed q = three(rows);
        const Feed k = three(keys);
        const Feed v = three(keys);
        return {q, k, v,
                Feed{mask, mask_elements.empty() ? values.vector(count_of(mask)) : mask_elements}};
    }
};

inline NodeSpec transpose(const char* from, const char* to, Ints order) {
    return {"Transpose", {from}, {to}, {attribute("perm", order)}};
}

inline Nodes joined(Nodes first, const Nodes& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

/// Heads split off q, k and v; `middle` makes "s" of "qh" and "kt"; heads joined to "y".
inline ModelSpec attention(const Nodes& middle, const Ints& mask = {-1, -1, -1, -1}) {
    const Ints open = {-1, -1, HEADS * SIZE};
    ModelSpec spec;
    spec.inputs = {
        test::value_info("q", test::FLOAT, open), test::value_info("k", test::FLOAT, open),
        test::value_info("v", test::FLOAT, open), test::value_info("m", test::FLOAT, mask)};
    spec.initializers = {test::tensor("split", {4}, Ints{0, 0, HEADS, SIZE}),
                         test::tensor("join", {3}, Ints{0, 0, HEADS * SIZE}),
                         test::tensor("root", {}, Reals{2.2360680F}),
                         test::tensor("inverse", {1}, Reals{0.4472136F}),
                         test::tensor("quarter", {}, Reals{0.6687403F}), // 5^−¼
                         test::tensor("zero", {}, Reals{0}),
                         test::tensor("one", {}, Reals{1}),
                         test::tensor("minus", {}, Reals{-1}),
                         test::tensor("low", {}, Reals{-1e9F})};
    spec.nodes = joined({{"Reshape", {"q", "split"}, {"q4"}},
                         {"Reshape", {"k", "split"}, {"k4"}},
                         {"Reshape", {"v", "split"}, {"v4"}},
                         transpose("q4", "qh", {0, 2, 1, 3}),
                         transpose("k4", "kt", {0, 2, 3, 1}),
                         transpose("v4", "vh", {0, 2, 1, 3})},
                        middle);
    spec.nodes =
        joined(spec.nodes, {{"Softmax", {"s"}, {"p"}, {attribute("axis", std::int64_t{-1})}},
                            {"MatMul", {"p", "vh"}, {"c"}},
                            transpose("c", "ct", {0, 2, 1, 3}),
                            {"Reshape", {"ct", "join"}, {"y"}}});
    spec.outputs = {"y"};
    return spec;
}

inline const Nodes SCALED = {{"MatMul", {"qh", "kt"}, {"a"}}, {"Div", {"a", "root"}, {"s"}}};
inline const Nodes MASKED = {
    {"MatMul", {"qh", "kt"}, {"a"}}, {"Div", {"a", "root"}, {"b"}}, {"Add", {"b", "m"}, {"s"}}};

inline void run(Session& session, const Feeds& feeds) {
    const std::vector<Feed> list = feeds.list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        feed(session, i, list[i].dims, list[i].elements);
    }
    REQUIRE(test::outcome(session.run()) == "OK");
}

inline bool is_fused(const Session& session) {
    const auto& live = session.plan()->specialization().live;
    return std::any_of(live.begin(), live.end(), [](const onnx::Node* node) {
        return node->op == onnx::Op::fused_attention;
    });
}

/// Runs both backends. @return the fast one's session.
inline std::unique_ptr<Session> check(const ModelSpec& spec, const Feeds& feeds = {}) {
    SessionOptions options;
    std::unique_ptr<Session> fast = load(spec, options);
    options.backend = Backend::reference;
    const std::unique_ptr<Session> reference = load(spec, options);
    run(*fast, feeds);
    run(*reference, feeds);
    for (std::size_t o = 0; o < spec.outputs.size(); ++o) {
        const Reals got = output(*fast, o);
        const Reals want = output(*reference, o);
        REQUIRE(got.size() == want.size());
        CHECK(output_dims(*fast, o) == output_dims(*reference, o));
        for (std::size_t i = 0; i < got.size(); ++i) {
            INFO(o << ", " << i << ": " << got[i] << " for " << want[i]);
            REQUIRE(std::isnan(got[i]) == std::isnan(want[i]));
            REQUIRE((std::isnan(want[i]) || std::abs(got[i] - want[i]) <= CLOSE));
        }
    }
    return fast;
}

inline void check_fused(const ModelSpec& spec, const Feeds& feeds = {}) {
    const std::unique_ptr<Session> session = check(spec, feeds);
    CHECK(is_fused(*session));
}

inline void check_apart(const ModelSpec& spec, const Feeds& feeds = {}) {
    CHECK_FALSE(is_fused(*check(spec, feeds)));
}

} // namespace assay::runtime
