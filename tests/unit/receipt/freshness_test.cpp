// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/freshness.hpp"

#include "tests/unit/support/codes.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>

namespace assay::receipt {
namespace {

std::string judge(const FreshnessPolicy& policy, std::uint64_t timestamp, std::int64_t now) {
    return test::outcome(check_freshness(policy, timestamp, now));
}

TEST_CASE("the defaults are an hour and five minutes, both inclusive", "[freshness]") {
    const FreshnessPolicy defaults;
    CHECK(judge(defaults, 10000, 10000) == "OK");
    CHECK(judge(defaults, 10000, 13600) == "OK");
    CHECK(judge(defaults, 10000, 13601) == "RECEIPT_TOO_OLD");
    CHECK(judge(defaults, 10000, 9700) == "OK");
    CHECK(judge(defaults, 10000, 9699) == "RECEIPT_FROM_FUTURE");
}

TEST_CASE("limits can be set or lifted one by one", "[freshness]") {
    CHECK(judge({0, 0}, 5, 5) == "OK");
    CHECK(judge({0, 0}, 5, 6) == "RECEIPT_TOO_OLD");
    CHECK(judge({0, 0}, 6, 5) == "RECEIPT_FROM_FUTURE");
    CHECK(judge({std::nullopt, 0}, 0, INT64_MAX) == "OK");
    CHECK(judge({std::nullopt, 0}, 6, 5) == "RECEIPT_FROM_FUTURE");
    CHECK(judge({0, std::nullopt}, UINT64_MAX, 0) == "OK");
}

TEST_CASE("no time wraps around", "[freshness]") {
    CHECK(judge({3600, 300}, UINT64_MAX, 0) == "RECEIPT_FROM_FUTURE");
    CHECK(judge({3600, 300}, UINT64_MAX, INT64_MAX) == "RECEIPT_FROM_FUTURE");
    CHECK(judge({3600, 300}, UINT64_MAX, INT64_MIN) == "RECEIPT_FROM_FUTURE");
    CHECK(judge({3600, UINT64_MAX - 1}, UINT64_MAX, INT64_MIN) == "RECEIPT_FROM_FUTURE");
    CHECK(judge({3600, 300}, 0, INT64_MIN) == "RECEIPT_FROM_FUTURE");
    CHECK(judge({3600, 300}, 0, -300) == "OK");
    CHECK(judge({3600, 300}, 0, -301) == "RECEIPT_FROM_FUTURE");
    CHECK(judge({3600, 300}, 0, INT64_MAX) == "RECEIPT_TOO_OLD");
}

} // namespace
} // namespace assay::receipt
