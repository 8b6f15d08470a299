// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/result.hpp"

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace assay {
namespace {

static_assert(!std::is_default_constructible_v<Result<int>>, "nothing is valid by omission");
static_assert(!std::is_default_constructible_v<Result<void>>);

TEST_CASE("a result is a value or an error", "[result]") {
    const Result<int> value = 7;
    REQUIRE(value.has_value());
    CHECK(*value == 7);

    const Result<int> error = Error{ErrorCode::POLICY_INVALID, "policy.root"};
    REQUIRE_FALSE(error);
    CHECK(error.error().code == ErrorCode::POLICY_INVALID);
    CHECK(error.error().path == "policy.root");
}

TEST_CASE("a result hands over values that only move", "[result]") {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
    const std::unique_ptr<int> moved = *std::move(result);
    CHECK(*moved == 3);
}

TEST_CASE("a result owns its value through copies and moves", "[result]") {
    const auto shared = std::make_shared<int>(3);
    {
        Result<std::shared_ptr<int>> result = shared;
        const Result<std::shared_ptr<int>> copy = result;
        CHECK(shared.use_count() == 3);
        const Result<std::shared_ptr<int>> moved = std::move(result);
        CHECK(shared.use_count() == 3);
        CHECK(*moved == *copy);
    }
    CHECK(shared.use_count() == 1);

    Result<std::shared_ptr<int>> failed = Error{ErrorCode::POLICY_INVALID, "policy"};
    const Result<std::shared_ptr<int>> copy = failed;
    const Result<std::shared_ptr<int>> moved = std::move(failed);
    CHECK(copy.error().path == "policy");
    CHECK(moved.error().code == ErrorCode::POLICY_INVALID);
}

TEST_CASE("a result without value tells success by name", "[result]") {
    CHECK(Result<void>::ok().has_value());
    const Result<void> failed = ErrorCode::INPUT_LIMIT;
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().code == ErrorCode::INPUT_LIMIT);
    CHECK(failed.error().path.empty());
}

} // namespace
} // namespace assay
