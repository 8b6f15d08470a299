// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"
#include "core/settlement/heartbeat.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::settlement {
namespace {

using test::outcome;

constexpr std::uint64_t TIME = 1784000000;
constexpr receipt::FreshnessPolicy NO_LIMITS{std::nullopt, std::nullopt};

std::string quoted(const std::string& text) {
    return "\"" + text + "\"";
}

std::string own_id() {
    return quoted(bytes::to_hex_0x(hash::keccak256(test::rsa_spki())));
}

std::string signature(std::uint64_t timestamp) {
    const Hash32 message = hash::Keccak256{}
                               .update(hash::keccak256(test::rsa_spki()))
                               .update(bytes::word_from_u64(timestamp))
                               .finish();
    return quoted(bytes::to_base64(test::rsa_pss_sign(message)));
}

std::string text(const std::string& id, const std::string& timestamp, const std::string& sig) {
    return R"({"tee_id":)" + id + R"(,"timestamp":)" + timestamp + R"(,"signature":)" + sig + "}";
}

std::string judge(const std::string& heartbeat, const receipt::FreshnessPolicy& limits = NO_LIMITS,
                  std::int64_t now = 0) {
    CheckList checks;
    const auto result = verify_heartbeat(test::rsa_spki(), heartbeat, limits, now, checks);
    CHECK((checks.items().back().status == CheckStatus::failed) != result.has_value());
    return outcome(result);
}

TEST_CASE("a heartbeat is signed over id and time", "[heartbeat]") {
    CHECK(judge(text(own_id(), "1784000000", signature(TIME))) == "OK");
    CHECK(judge(text(own_id(), "\"1784000000\"", signature(TIME))) == "OK");
    CHECK(judge(text(own_id(), "18446744073709551615", signature(UINT64_MAX))) == "OK");
    CheckList checks;
    const auto verified = verify_heartbeat(
        test::rsa_spki(), text(own_id(), "1784000000", signature(TIME)), NO_LIMITS, 0, checks);
    CHECK(verified->timestamp() == TIME);
    CHECK(verified->tee_id() == hash::keccak256(test::rsa_spki()));
}

TEST_CASE("a heartbeat for another time or by another message is refused", "[heartbeat]") {
    CHECK(judge(text(own_id(), "1784000001", signature(TIME))) == "HEARTBEAT_SIGNATURE_INVALID");
    // The time as 8 bytes, and a receipt's message of 96 bytes.
    const Hash32 id = hash::keccak256(test::rsa_spki());
    const Hash32 receipt =
        hash::Keccak256{}.update(id).update(id).update(bytes::word_from_u64(TIME)).finish();
    const std::string replayed = quoted(bytes::to_base64(test::rsa_pss_sign(receipt)));
    CHECK(judge(text(own_id(), "1784000000", replayed)) == "HEARTBEAT_SIGNATURE_INVALID");
    const Hash32 message = hash::Keccak256{}.update(id).update(bytes::word_from_u64(TIME)).finish();
    const std::string salt = quoted(bytes::to_base64(test::rsa_pss_sign(message, 20)));
    CHECK(judge(text(own_id(), "1784000000", salt)) == "HEARTBEAT_SIGNATURE_INVALID");
}

TEST_CASE("a heartbeat's fields have the forms of a receipt's", "[heartbeat]") {
    const std::string sig = signature(TIME);
    for (const std::string& bad :
         {std::string{"[]"}, std::string{"{}"}, std::string{"null"}, std::string{"{"},
          text("1", "1784000000", sig), text("\"0x12\"", "1784000000", sig),
          text(own_id(), "1784000000.0", sig), text(own_id(), "-1", sig),
          text(own_id(), "18446744073709551616", sig), text(own_id(), "\"01\"", sig),
          text(own_id(), "1784000000", "\"\""), text(own_id(), "1784000000", "\"a b=\""),
          text(own_id(), "1784000000", "null")})
        CHECK(judge(bad) == "RECEIPT_BAD_FIELD");
    CHECK(judge(std::string(MAX_HEARTBEAT_BYTES + 1, ' ')) == "INPUT_LIMIT");
}

TEST_CASE("a heartbeat is judged in the order of the rules", "[heartbeat]") {
    std::string other = own_id();
    other[3] = other[3] == '0' ? '1' : '0';
    CHECK(judge(text(other, "1784000000", signature(TIME))) == "RECEIPT_TEE_ID_MISMATCH");
    CheckList checks;
    const std::string beat = text(other, "1784000000", signature(TIME));
    CHECK(outcome(verify_heartbeat(Bytes(3), beat, NO_LIMITS, 0, checks)) ==
          "RECEIPT_KEY_UNSUPPORTED");
    CHECK(outcome(verify_heartbeat(Bytes(3), "{}", NO_LIMITS, 0, checks)) == "RECEIPT_BAD_FIELD");
    // A forged heartbeat that is too old as well is forged.
    CHECK(judge(text(own_id(), "1784000001", signature(TIME)), {60, 60}, TIME + 1000) ==
          "HEARTBEAT_SIGNATURE_INVALID");
}

TEST_CASE("a heartbeat's age has the caller's limits", "[heartbeat]") {
    const std::string beat = text(own_id(), "1784000000", signature(TIME));
    constexpr std::int64_t NOW = TIME;
    CHECK(judge(beat, {1800, 0}, NOW + 1800) == "OK");
    CHECK(judge(beat, {1800, 0}, NOW + 1801) == "HEARTBEAT_TOO_OLD");
    CHECK(judge(beat, {1800, 0}, NOW) == "OK");
    CHECK(judge(beat, {1800, 0}, NOW - 1) == "HEARTBEAT_FROM_FUTURE");
    CHECK(judge(beat, {std::nullopt, 0}, NOW + 1'000'000'000) == "OK");
    CHECK(judge(beat, {0, std::nullopt}, NOW - 1'000'000'000) == "OK");
}

} // namespace
} // namespace assay::settlement
