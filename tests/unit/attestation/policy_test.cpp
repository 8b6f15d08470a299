// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/policy.hpp"
#include "core/bytes/hex.hpp"
#include "core/hash/keccak256.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string>

namespace assay::attestation {
namespace {

constexpr std::int64_t NOW = 1767225600;

std::string repeat(std::string_view byte, std::size_t count) {
    std::string out;
    while (count-- > 0) {
        out += byte;
    }
    return out;
}

const std::string PIN_0 = "\"0\":\"" + repeat("11", 48) + "\"";
const std::string PIN_1 = "\"1\":\"" + repeat("22", 48) + "\"";
const std::string PIN_2 = "\"2\":\"" + repeat("33", 48) + "\"";
const std::string PINS = PIN_0 + "," + PIN_1 + "," + PIN_2;
const std::string GOOD = "\"measurements\":[{" + PINS + "}]";

NitroClaims claims() {
    NitroClaims made{};
    made.timestamp_ms = static_cast<std::uint64_t>(NOW) * 1000 + 999;
    made.pcrs[0].emplace().fill(0x11);
    made.pcrs[1].emplace().fill(0x22);
    made.pcrs[2].emplace().fill(0x33);
    Bytes measured;
    for (const auto& pcr : {made.pcrs[0], made.pcrs[1], made.pcrs[2]}) {
        measured.insert(measured.end(), pcr->begin(), pcr->end());
    }
    made.pcr_hash = hash::keccak256(measured);
    return made;
}

std::string parsed(const std::string& text, std::span<const std::string_view> foreign = {}) {
    const auto json = bytes::parse_json(text, ErrorCode::POLICY_INVALID);
    REQUIRE(json.has_value());
    return test::outcome(NitroPolicy::parse(*json, foreign));
}

/// Outcome of the policy {measurements as GOOD, @p more} on @p made.
std::string checked(const std::string& text, const NitroClaims& made, std::int64_t now = NOW) {
    const auto json = bytes::parse_json(text, ErrorCode::POLICY_INVALID);
    REQUIRE(json.has_value());
    const auto policy = NitroPolicy::parse(*json);
    REQUIRE(test::outcome(policy) == "OK");
    CheckList checks;
    return test::outcome(policy->check(made, now, checks));
}

std::string with(const std::string& more, const NitroClaims& made) {
    return checked("{" + GOOD + "," + more + "}", made);
}

TEST_CASE("a policy without usable measurements is refused", "[nitro][policy][negative]") {
    for (const std::string& list :
         {std::string{"[]"},
          std::string{"{}"},
          std::string{"null"},
          std::string{"[{}]"},
          std::string{"[null]"},
          "[{" + PIN_0 + "}]",
          "[{" + PIN_0 + "," + PIN_1 + "}]",
          "[{" + PINS + "},{}]",
          "[{" + PINS + ",\"8\":\"00\"}]",
          "[{" + PINS + ",\"8\":\"\"}]",
          "[{" + PINS + ",\"08\":\"" + repeat("00", 48) + "\"}]",
          "[{" + PINS + ",\"32\":\"" + repeat("00", 48) + "\"}]",
          "[{" + PINS + ",\"-1\":\"" + repeat("00", 48) + "\"}]",
          "[{" + PINS + ",\"8\":\"" + repeat("zz", 48) + "\"}]",
          "[{" + PINS + ",\"8\":0}]",
          "[{" + PINS + ",\"note\":\"x\"}]",
          "[{" + PINS + ",\"from\":\"x\"}]",
          "[{" + PINS + ",\"from\":1.5}]",
          "[{\"og_pcr_hash\":\"" + repeat("00", 31) + "\"}]",
          std::string{"[{\"og_pcr_hash\":\"\"}]"},
          "[{\"og_pcr_hash\":\"" + repeat("00", 32) + "\"," + PINS + "}]"}) {
        INFO(list);
        CHECK(parsed("{\"measurements\":" + list + "}") == "NITRO_PCR_POLICY_EMPTY");
    }
    // Milliseconds by mistake, whatever else the list holds.
    CHECK(parsed("{\"measurements\":[{" + PINS + ",\"until\":100000000001}]}") == "POLICY_INVALID");
    CHECK(parsed("{\"measurements\":[{\"from\":100000000001}]}") == "POLICY_INVALID");
    CHECK(parsed("{\"measurements\":[{" + PINS + ",\"until\":100000000000}]}") == "OK");
    CHECK(parsed("{}") == "NITRO_PCR_POLICY_EMPTY");
    CHECK(parsed("{\"max_age_s\":-1}") == "NITRO_PCR_POLICY_EMPTY"); // before the rest
    CHECK(parsed("[]") == "POLICY_INVALID");
}

TEST_CASE("a policy holds known members of the right type", "[nitro][policy][negative]") {
    for (const char* more : {R"("max_age":1)",
                             R"("max_age_s":-1)",
                             R"("max_age_s":"300")",
                             R"("max_age_s":1.0)",
                             R"("max_age_s":1e2)",
                             R"("max_skew_s":null)",
                             R"("max_age_s":9223372036854775808)",
                             R"("allow_debug":1)",
                             R"("allow_debug":"true")",
                             R"("nonce":null)",
                             R"("nonce":"0")",
                             R"("nonce":"zz")",
                             R"("public_key":[])",
                             R"("user_data":"00")",
                             R"("user_data":{})",
                             R"("user_data":{"exact":1})",
                             R"("user_data":{"exact":"","og":{}})",
                             R"("user_data":{"og":{}})",
                             R"("user_data":{"og":null})",
                             R"("user_data":{"og":{"signing_key_sha256":"00"}})",
                             R"("user_data":{"other":"00"})",
                             R"("__proto__":{})",
                             R"("root":{})"}) {
        INFO(more);
        CHECK(parsed("{" + GOOD + "," + more + "}") == "POLICY_INVALID");
    }
    const std::array<std::string_view, 1> foreign = {"root"};
    CHECK(parsed("{" + GOOD + ",\"root\":{}}", foreign) == "OK");
    CHECK(parsed("{\"root\":{},\"now\":1," + GOOD + "}", foreign) == "POLICY_INVALID");
    CHECK(parsed("{" + GOOD + R"(,"max_age_s":9223372036854775807,"max_skew_s":0})") == "OK");
}

TEST_CASE("age is counted in whole seconds and never overflows", "[nitro][policy][negative]") {
    NitroClaims made = claims();
    const std::string policy = "{" + GOOD + "}";
    CHECK(checked(policy, made, NOW + 300) == "OK");
    CHECK(checked(policy, made, NOW + 301) == "NITRO_TOO_OLD");
    CHECK(checked(policy, made, NOW - 60) == "OK");
    CHECK(checked(policy, made, NOW - 61) == "NITRO_FROM_FUTURE");
    using Seconds = std::numeric_limits<std::int64_t>;
    CHECK(checked(policy, made, Seconds::min()) == "NITRO_FROM_FUTURE");
    CHECK(checked(policy, made, Seconds::max()) == "NITRO_TOO_OLD");
    made.timestamp_ms = std::numeric_limits<std::uint64_t>::max();
    CHECK(checked(policy, made) == "NITRO_FROM_FUTURE");
    CHECK(checked(policy, made, Seconds::min()) == "NITRO_FROM_FUTURE");
    made.timestamp_ms = 1;
    CHECK(checked(policy, made) == "NITRO_TOO_OLD");
    CHECK(with(R"("max_age_s":9223372036854775807)", made) == "OK");
    made = claims();
    CHECK(checked("{" + GOOD + R"(,"max_age_s":0})", made, NOW) == "OK");
    CHECK(checked("{" + GOOD + R"(,"max_age_s":0})", made, NOW + 1) == "NITRO_TOO_OLD");
}

TEST_CASE("measurements match as a whole entry", "[nitro][policy][negative]") {
    const NitroClaims made = claims();
    const auto list = [&](const std::string& entries) {
        return checked("{\"measurements\":[" + entries + "]}", made);
    };
    const std::string other = PIN_0 + "," + PIN_1 + ",\"2\":\"" + repeat("44", 48) + "\"";
    CHECK(list("{" + PINS + "}") == "OK");
    CHECK(list("{" + other + "}") == "NITRO_PCR_MISMATCH");
    CHECK(list("{" + other + "},{" + PINS + "}") == "OK");
    CHECK(list("{" + other + "},{" + PIN_1 + "," + PIN_2 + ",\"0\":\"" + repeat("44", 48) +
               "\"}") == "NITRO_PCR_MISMATCH"); // pins of two entries are not mixed
    CHECK(list("{" + PINS + ",\"8\":\"" + repeat("00", 48) + "\"}") == "NITRO_PCR_MISMATCH");
    const std::string hash = bytes::to_hex(*made.pcr_hash);
    CHECK(list("{\"og_pcr_hash\":\"" + hash + "\"}") == "OK");
    CHECK(list("{\"og_pcr_hash\":\"0x" + hash + "\"}") == "OK");
    CHECK(list("{\"og_pcr_hash\":\"" + repeat("00", 32) + "\"}") == "NITRO_PCR_MISMATCH");
    NitroClaims without = made;
    without.pcrs[2].reset();
    without.pcr_hash.reset();
    CHECK(checked("{\"measurements\":[{\"og_pcr_hash\":\"" + hash + "\"}]}", without) ==
          "NITRO_PCR_MISMATCH");
}

TEST_CASE("a measurement counts within its window, bounds included", "[nitro][policy][negative]") {
    const auto window = [](std::int64_t from, std::int64_t until) {
        return checked("{\"measurements\":[{" + PINS + ",\"from\":" + std::to_string(from) +
                           ",\"until\":" + std::to_string(until) + "}]}",
                       claims());
    };
    CHECK(window(NOW, NOW) == "OK");
    CHECK(window(NOW + 1, NOW + 9) == "NITRO_PCR_MISMATCH");
    CHECK(window(NOW - 9, NOW - 1) == "NITRO_PCR_MISMATCH");
    CHECK(checked("{\"measurements\":[{" + PINS + ",\"from\":" + std::to_string(NOW) + "}]}",
                  claims()) == "OK");
}

TEST_CASE("debug enclaves need the policy's word", "[nitro][policy][negative]") {
    NitroClaims made = claims();
    made.debug = true;
    CHECK(checked("{" + GOOD + "}", made) == "NITRO_DEBUG_MODE");
    CHECK(with(R"("allow_debug":false)", made) == "NITRO_DEBUG_MODE");
    CHECK(with(R"("allow_debug":true)", made) == "OK");
}

TEST_CASE("nonce and public key are compared when the policy names them",
          "[nitro][policy][negative]") {
    NitroClaims made = claims();
    CHECK(with(R"("nonce":"")", made) == "NITRO_NONCE_MISMATCH"); // empty equals nothing
    CHECK(with(R"("public_key":"")", made) == "NITRO_PUBLIC_KEY_MISMATCH");
    made.nonce = test::hex("beef");
    made.public_key = test::hex("cafe");
    CHECK(with(R"("nonce":"beef")", made) == "OK");
    CHECK(with(R"("nonce":"0xBEEF")", made) == "OK");
    CHECK(with(R"("nonce":"be")", made) == "NITRO_NONCE_MISMATCH");
    CHECK(with(R"("nonce":"beef00")", made) == "NITRO_NONCE_MISMATCH");
    CHECK(with(R"("public_key":"cafe")", made) == "OK");
    CHECK(with(R"("public_key":"cafd")", made) == "NITRO_PUBLIC_KEY_MISMATCH");
    // Order: nonce, user data, public key.
    CHECK(with(R"("public_key":"00","user_data":{"exact":"00"},"nonce":"00")", made) ==
          "NITRO_NONCE_MISMATCH");
    CHECK(with(R"("public_key":"00","user_data":{"exact":"00"})", made) ==
          "NITRO_USER_DATA_MISMATCH");
}

TEST_CASE("user data binds by its bytes or by the two hashes", "[nitro][policy][negative]") {
    const std::string tls = repeat("aa", 32);
    const std::string key = repeat("bb", 32);
    const std::string zero = repeat("00", 32);
    const auto og = [](const std::string& user_data, const std::string& members) {
        NitroClaims made = claims();
        made.user_data = test::hex(user_data);
        made.og = parse_og_binding(made.user_data);
        return with("\"user_data\":{\"og\":{" + members + "}}", made);
    };
    const std::string wants_tls = "\"tls_cert_sha256\":\"" + tls + "\"";
    const std::string wants_key = "\"signing_key_sha256\":\"" + key + "\"";
    const std::string data = "1220" + tls + "1220" + key;
    CHECK(og(data, wants_tls + "," + wants_key) == "OK");
    CHECK(og(data, wants_key) == "OK");
    CHECK(og(data, wants_tls) == "OK");
    for (const std::string& other :
         {std::string{}, "1220" + key + "1220" + tls, "1221" + tls + "1220" + key,
          "1220" + tls + "1320" + key, data + "00", data.substr(2), tls + key,
          "1220" + tls + "1220" + zero, "1220" + zero + "1220" + key}) {
        INFO(other);
        CHECK(og(other, wants_key) == "NITRO_USER_DATA_MISMATCH");
    }
    CHECK(og("1220" + tls + "1220" + zero, "\"signing_key_sha256\":\"" + zero + "\"") ==
          "NITRO_USER_DATA_MISMATCH");

    NitroClaims made = claims();
    made.user_data = test::hex(data);
    CHECK(with("\"user_data\":{\"exact\":\"" + data + "\"}", made) == "OK");
    CHECK(with("\"user_data\":{\"exact\":\"\"}", made) == "NITRO_USER_DATA_MISMATCH");
}

TEST_CASE("a caller's own key is demanded beside the policy's", "[nitro][policy][negative]") {
    const auto json =
        bytes::parse_json("{" + GOOD + ",\"user_data\":{\"og\":{\"signing_key_sha256\":\"" +
                              repeat("bb", 32) + "\"}}}",
                          ErrorCode::POLICY_INVALID);
    const std::string text = "{" + GOOD + "}";
    const auto plain = bytes::parse_json(text, ErrorCode::POLICY_INVALID);
    NitroClaims made = claims();
    made.user_data = test::hex("1220" + repeat("aa", 32) + "1220" + repeat("bb", 32));
    made.og = parse_og_binding(made.user_data);
    Hash32 right{};
    right.fill(0xbb);
    Hash32 wrong{};
    wrong.fill(0xbc);
    for (const bytes::JsonValue* value : {&plain.value(), &json.value()}) {
        auto policy = NitroPolicy::parse(*value);
        REQUIRE(policy.has_value());
        policy->require_signing_key(right);
        CheckList checks;
        CHECK(test::outcome(policy->check(made, NOW, checks)) == "OK");
        policy->require_signing_key(wrong);
        CHECK(test::outcome(policy->check(made, NOW, checks)) == "NITRO_USER_DATA_MISMATCH");
    }
}

} // namespace
} // namespace assay::attestation
