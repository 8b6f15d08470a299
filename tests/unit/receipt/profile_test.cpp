// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/profile.hpp"

#include "tests/unit/support/codes.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::receipt {
namespace {

using test::outcome;

const std::string KEY = "0x" + std::string(63, 'a') + "b";
constexpr const char* CHAT = R"({"messages":1})";
constexpr const char* COMPLETIONS = R"({"prompt":null})";

Result<ProfileTable> table_of(const std::string& json) {
    const auto value = bytes::parse_json(json, ErrorCode::POLICY_INVALID);
    REQUIRE(value.has_value());
    return ProfileTable::parse(*value);
}

std::string choose(const std::string& entry, std::string_view request, RequestIs request_is) {
    const auto table = table_of("{\"" + KEY + "\":" + entry + "}");
    REQUIRE(table.has_value());
    Hash32 hash;
    hash.fill(0xaa);
    hash.back() = 0xab;
    const auto choice = table->choose(hash, request, request_is);
    return choice ? std::string{name(choice->route)} + " " + std::string{name(choice->profile)}
                  : outcome(choice);
}

TEST_CASE("all nine profiles have a name and a route", "[profile]") {
    for (const char* chat :
         {"gw-repr-a", "gw-repr-b", "gw-verbatim", "gw-stripped", "sdk", "legacy-2025-12-chat"}) {
        REQUIRE(profile_named(chat).has_value());
        CHECK(name(*profile_named(chat)) == chat);
        CHECK(route_of(*profile_named(chat)) == Route::chat);
    }
    for (const char* text : {"completions-a", "completions-b", "legacy-2025-12-completions"}) {
        REQUIRE(profile_named(text).has_value());
        CHECK(name(*profile_named(text)) == text);
        CHECK(route_of(*profile_named(text)) == Route::completions);
    }
    for (const char* text : {"", "GW-STRIPPED", "gw_stripped", "none", "legacy-2025-12"})
        CHECK_FALSE(profile_named(text).has_value());
}

TEST_CASE("the request's member chooses the route", "[profile]") {
    const std::string both = R"({"chat":"gw-stripped","completions":"completions-b"})";
    CHECK(choose(both, CHAT, RequestIs::sent) == "chat gw-stripped");
    CHECK(choose(both, COMPLETIONS, RequestIs::sent) == "completions completions-b");
    for (const char* request : {"{}", R"({"messages":1,"prompt":1})", "[]", "null", "", "{",
                                R"({"messages":1,"messages":2})", "\"messages\""})
        CHECK(choose(both, request, RequestIs::sent) == "RECEIPT_REQUEST_UNSUPPORTED");
}

TEST_CASE("the client library's input is for gw-stripped only", "[profile]") {
    const std::string stripped = R"({"chat":"gw-stripped","completions":"completions-b"})";
    CHECK(choose(stripped, CHAT, RequestIs::sdk_input) == "chat sdk");
    CHECK(choose(stripped, COMPLETIONS, RequestIs::sdk_input) == "RECEIPT_PROFILE_UNKNOWN");
    CHECK(choose(R"({"chat":"gw-verbatim"})", CHAT, RequestIs::sdk_input) ==
          "RECEIPT_PROFILE_UNKNOWN");
}

TEST_CASE("a route or an enclave that is not listed is never guessed", "[profile]") {
    CHECK(choose("{}", CHAT, RequestIs::sent) == "RECEIPT_PROFILE_UNKNOWN");
    CHECK(choose(R"({"chat":"gw-repr-a"})", COMPLETIONS, RequestIs::sent) ==
          "RECEIPT_PROFILE_UNKNOWN");
    const auto table = table_of("{\"" + KEY + R"(":{"chat":"gw-repr-a"}})");
    // The enclave comes before the request.
    CHECK(outcome(table->choose(Hash32{}, "not JSON", RequestIs::sent)) ==
          "RECEIPT_PROFILE_UNKNOWN");
}

TEST_CASE("keys are compared without regard to case", "[profile]") {
    const auto table = table_of("{\"0x" + std::string(64, 'A') + R"(":{"chat":"gw-repr-a"}})");
    REQUIRE(table.has_value());
    Hash32 hash;
    hash.fill(0xaa);
    CHECK(table->choose(hash, CHAT, RequestIs::sent).has_value());
}

TEST_CASE("one bad entry refuses the whole table", "[profile][negative]") {
    const std::string digits(64, 'c');
    const std::string good = "\"" + KEY + R"(":{"chat":"gw-stripped"})";
    for (const std::string& member :
         {"\"" + digits + "\":{}", "\"0X" + digits + "\":{}", "\"0x" + digits + "c\":{}",
          "\"0x" + digits.substr(1) + "\":{}", "\"0x" + digits.substr(1) + "g\":{}",
          std::string{R"("__proto__":{})"}, std::string{R"("":{})"},
          "\"0x" + std::string(63, 'A') + R"(B":{"chat":"gw-stripped"})", // the same key
          "\"0x" + digits + "\":null", "\"0x" + digits + "\":\"gw-stripped\"",
          "\"0x" + digits + "\":[]", "\"0x" + digits + R"(":{"images":"gw-stripped"})",
          "\"0x" + digits + R"(":{"chat":"nope"})", "\"0x" + digits + R"(":{"chat":null})",
          "\"0x" + digits + R"(":{"chat":"completions-a"})",
          "\"0x" + digits + R"(":{"completions":"gw-stripped"})",
          "\"0x" + digits + R"(":{"chat":"sdk"})", "\"0x" + digits + R"(":{"__proto__":"sdk"})"}) {
        INFO(member);
        CHECK(outcome(table_of("{" + good + "," + member + "}")) == "POLICY_INVALID");
    }
    for (const char* text : {"null", "[]", "1", "\"\""})
        CHECK(outcome(table_of(text)) == "POLICY_INVALID");
    CHECK(outcome(table_of("{}")) == "OK");
}

} // namespace
} // namespace assay::receipt
