// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/verdict.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay {
namespace {

TEST_CASE("checks keep their order, status and code", "[verdict]") {
    CheckList checks;
    checks.passed("a", "detail");
    checks.assumed("b");
    checks.failed("c", Error{ErrorCode::NITRO_TOO_OLD, ""}, "late");
    checks.not_covered("d");
    const auto& rows = checks.items();
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].status == CheckStatus::passed);
    CHECK(rows[0].detail == "detail");
    CHECK_FALSE(rows[0].code.has_value());
    CHECK(rows[1].status == CheckStatus::assumed);
    CHECK(rows[2].status == CheckStatus::failed);
    CHECK(rows[2].code == ErrorCode::NITRO_TOO_OLD);
    CHECK(rows[3].status == CheckStatus::not_covered);
}

TEST_CASE("a group fails with its first failed child", "[verdict]") {
    CheckList children;
    children.passed("fine");
    children.failed("first", Error{ErrorCode::RECEIPT_BAD_FIELD, ""});
    children.failed("second", Error{ErrorCode::RECEIPT_TOO_OLD, ""});
    CheckList checks;
    checks.group("receipt", children);
    checks.group("nothing", CheckList{});
    REQUIRE(checks.items().size() == 2);
    CHECK(checks.items()[0].status == CheckStatus::failed);
    CHECK(checks.items()[0].code == ErrorCode::RECEIPT_BAD_FIELD);
    CHECK(checks.items()[0].children.size() == 3);
    CHECK(checks.items()[1].status == CheckStatus::passed);
}

TEST_CASE("a group that ended before its first check is not passed", "[verdict]") {
    const Result<void> refused{Error{ErrorCode::RECEIPT_BAD_FIELD, ""}};
    CheckList children;
    children.passed("fine");
    CheckList checks;
    checks.group("receipt", children, refused);
    children.failed("first", Error{ErrorCode::RECEIPT_TOO_OLD, ""});
    checks.group("own", children, refused);
    checks.group("good", CheckList{}, Result<void>::ok(), "detail");
    CHECK(checks.items()[0].code == ErrorCode::RECEIPT_BAD_FIELD);
    CHECK(checks.items()[0].children.back().name == "receipt");
    CHECK(checks.items()[1].code == ErrorCode::RECEIPT_TOO_OLD);
    CHECK(checks.items()[1].children.size() == 2);
    CHECK(checks.items()[2].status == CheckStatus::passed);
    CHECK(checks.items()[2].detail == "detail");
}

TEST_CASE("trust levels are read by the name they are written with", "[verdict]") {
    for (const auto level : {TrustLevel::proven, TrustLevel::attested, TrustLevel::calldata,
                             TrustLevel::quorum, TrustLevel::unproven})
        CHECK(trust_level(name(level)) == level);
    CHECK_FALSE(trust_level("Proven").has_value());
    CHECK_FALSE(trust_level("").has_value());
    CHECK(name(CheckStatus::not_covered) == "not-covered");
}

} // namespace
} // namespace assay
