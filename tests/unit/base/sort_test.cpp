// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/sort.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

using namespace assay;

TEST_CASE("sort: indices in the order of their items", "[sort]") {
    const std::vector<std::string> names = {"b", "", "a", "c", "a"};
    std::vector<std::string> sorted;
    for (const std::uint32_t at : sorted_order<std::less<std::string>{}>(names))
        sorted.push_back(names[at]);
    CHECK(sorted == std::vector<std::string>{"", "a", "a", "b", "c"});
    CHECK(sorted_order<std::less<std::string>{}>(std::vector<std::string>{}).empty());
}

TEST_CASE("sort: every order of a few items, and many items", "[sort]") {
    std::vector<int> items = {0, 1, 2, 3, 4, 5};
    do {
        const auto order = sorted_order<std::less<int>{}>(items);
        for (std::size_t i = 0; i < order.size(); ++i)
            REQUIRE(items[order[i]] == static_cast<int>(i));
    } while (std::next_permutation(items.begin(), items.end()));
    std::vector<int> many(10'000);
    for (std::size_t i = 0; i < many.size(); ++i)
        many[i] = static_cast<int>(i * 7919 % many.size());
    const auto order = sorted_order<std::less<int>{}>(many);
    for (std::size_t i = 0; i < order.size(); ++i)
        REQUIRE(many[order[i]] == static_cast<int>(i));
}
