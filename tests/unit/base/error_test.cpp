// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.hpp"

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string_view>

namespace assay {
namespace {

constexpr ErrorCode ALL_CODES[] = {
#define X(name, number, category, message) ErrorCode::name,
#include "core/base/error_codes.def"
#undef X
};

TEST_CASE("every code has one row with a name and a message of its own", "[error]") {
    std::set<std::string_view> names;
    std::set<std::string_view> messages;
    for (const ErrorCode code : ALL_CODES) {
        const CodeInfo& row = info(code);
        CHECK(row.code == code);
        CHECK(names.insert(row.name).second);
        CHECK(messages.insert(row.message).second);
        CHECK(row.message.back() != '.');
        CHECK(code_named(row.name) == code);
    }
    CHECK_FALSE(code_named(""));
    CHECK_FALSE(code_named("RECEIPT_BAD"));
}

TEST_CASE("codes have the category of their specification", "[error]") {
    CHECK(info(ErrorCode::RECEIPT_BAD_FIELD).category == Category::malformed);
    CHECK(info(ErrorCode::RECEIPT_OUTPUT_UNENCODABLE).category == Category::rejected);
    CHECK(info(ErrorCode::RECEIPT_PROFILE_UNKNOWN).category == Category::policy);
    CHECK(info(ErrorCode::RECEIPT_KEY_UNSUPPORTED).category == Category::unsupported);
    CHECK(info(ErrorCode::POLICY_INVALID).category == Category::usage);
    CHECK(info(ErrorCode::NITRO_LIMIT).category == Category::limit);
}

TEST_CASE("categories are written in lower case", "[error]") {
    CHECK(name(Category::malformed) == "malformed");
    CHECK(name(Category::internal) == "internal");
}

} // namespace
} // namespace assay
