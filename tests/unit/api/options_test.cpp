// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/options.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace assay;
using assay::api::ReceiptOptions;

namespace {

Result<ReceiptOptions> parse(const std::string& text) {
    return ReceiptOptions::parse(as_bytes(text), ReceiptOptions::Anchor::callers_key);
}

std::string with_policy(const std::string& policy) {
    return R"({"now":0,"profile":"sdk","policy":)" + policy + "}";
}

} // namespace

TEST_CASE("an empty policy has the documented defaults", "[api][options]") {
    const auto options = parse(with_policy("{}"));
    REQUIRE(options.has_value());
    CHECK(options->policy.freshness.max_age_s == 3600);
    CHECK(options->policy.freshness.future_s == 300);
    CHECK(options->policy.accepts(TrustLevel::proven));
    CHECK(options->policy.accepts(TrustLevel::attested));
    CHECK_FALSE(options->policy.accepts(TrustLevel::calldata));
    CHECK_FALSE(options->policy.accepts(TrustLevel::unproven));
    CHECK_FALSE(options->policy.root.has_value());
}

TEST_CASE("an accept list replaces the default", "[api][options]") {
    const auto options = parse(with_policy(R"({"accept":["unproven"]})"));
    REQUIRE(options.has_value());
    CHECK(options->policy.accepts(TrustLevel::unproven));
    CHECK_FALSE(options->policy.accepts(TrustLevel::proven));
    CHECK(parse(with_policy(R"({"accept":[]})")).has_value());
}

TEST_CASE("null lifts a freshness limit and a number sets it", "[api][options]") {
    const auto options =
        parse(with_policy(R"({"receipt":{"max_age_s":null,"future_s":18446744073709551615}})"));
    REQUIRE(options.has_value());
    CHECK_FALSE(options->policy.freshness.max_age_s.has_value());
    CHECK(options->policy.freshness.future_s == 18446744073709551615U);
}

TEST_CASE("options of another form are POLICY_INVALID", "[api][options][negative]") {
    const std::string text = GENERATE(
        "", "[]", "null", "{", R"({"profile":"sdk","policy":{}})",
        R"({"now":null,"profile":"sdk","policy":{}})", R"({"now":1.5,"profile":"sdk","policy":{}})",
        R"({"now":1e3,"profile":"sdk","policy":{}})", R"({"now":true,"profile":"sdk","policy":{}})",
        R"({"now":0,"now":0,"profile":"sdk","policy":{}})",
        R"({"now":0,"now_source":"moon","profile":"sdk","policy":{}})",
        R"({"now":0,"profile":"none","policy":{}})", R"({"now":0,"profile":1,"policy":{}})",
        R"({"now":0,"profile":"sdk","policy":[]})",
        R"({"now":0,"profile":"sdk","policy":{},"__proto__":{}})",
        R"({"now":0,"profile":"sdk","policy":{},"request_is":"maybe"})",
        R"({"now":0,"profile":"sdk","policy":{},"response_is":"text"})",
        R"({"now":0,"profile":"sdk","policy":{},"expected_tee_id":"0x12"})",
        R"({"now":0,"profile":"sdk","policy":{},"expected_tee_id":7})");
    CAPTURE(text);
    const auto options = parse(text);
    REQUIRE_FALSE(options.has_value());
    CHECK(options.error().code == ErrorCode::POLICY_INVALID);
}

TEST_CASE("policy members of another form are POLICY_INVALID", "[api][options][negative]") {
    const std::string policy = GENERATE(
        R"({"acept":["proven"]})", R"({"accept":"proven"})", R"({"accept":["best"]})",
        R"({"accept":[1]})", R"({"receipt":[]})", R"({"receipt":{"max_age":1}})",
        R"({"receipt":{"max_age_s":-1}})", R"({"receipt":{"max_age_s":1.0}})",
        R"({"receipt":{"max_age_s":"1"}})", R"({"receipt":{"future_s":18446744073709551616}})",
        R"({"root":"AA=="})", R"({"root":{"name":"x"}})", R"({"root":{"name":"","der":"AA=="}})",
        R"({"root":{"name":"x","der":""}})", R"({"root":{"name":"x","der":"A"}})",
        R"({"root":{"name":"x","der":"AA==","extra":1}})",
        R"({"root":{"name":"\ud800","der":"AA=="}})", R"({"profiles":[]})",
        R"({"profiles":{"0x12":{}}})");
    CAPTURE(policy);
    const auto options = parse(with_policy(policy));
    REQUIRE_FALSE(options.has_value());
    CHECK(options.error().code == ErrorCode::POLICY_INVALID);
}

TEST_CASE("options above the size limit are not read", "[api][options][negative]") {
    const auto options = parse(with_policy("{}") + std::string(std::size_t{1} << 20, ' '));
    REQUIRE_FALSE(options.has_value());
    CHECK(options.error().code == ErrorCode::POLICY_INVALID);
}
