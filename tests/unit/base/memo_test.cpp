// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/memo.hpp"

#include <catch2/catch_test_macros.hpp>

TEST_CASE("A memo has the values of the last keys, and of no other") {
    assay::Memo<int, int, 2> memo;
    REQUIRE(memo.find(0) == nullptr); // the key of an empty place
    memo.keep(0, std::make_shared<const int>(10));
    memo.keep(1, std::make_shared<const int>(11));
    const auto first = memo.find(0);
    REQUIRE(*first == 10);
    REQUIRE(*memo.find(1) == 11);
    memo.keep(2, std::make_shared<const int>(12));
    REQUIRE(memo.find(0) == nullptr);
    REQUIRE(*memo.find(1) == 11);
    REQUIRE(*memo.find(2) == 12);
    REQUIRE(*first == 10); // who has it keeps it
    memo.keep(1, std::make_shared<const int>(21));
    REQUIRE(*memo.find(1) == 21);
    REQUIRE(*memo.find(2) == 12);
}
