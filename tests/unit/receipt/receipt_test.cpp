// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/hash/keccak256.hpp"
#include "core/receipt/receipt.hpp"

#include "tests/unit/receipt/sample.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace assay::receipt {
namespace {

using test::Call;
using test::outcome;
using test::verify;

constexpr const char* CHOICE =
    R"({"index":0,"message":{"role":"assistant","content":"Hi."},"finish_reason":"stop"})";

Call honest() {
    Call call;
    call.response = test::json_reply(call, CHOICE, "Hi.");
    return call;
}

/// Replaces the first @p from in @p text.
std::string with(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

TEST_CASE("an honest receipt verifies and says what was signed", "[receipt]") {
    const auto receipt = verify(honest());
    REQUIRE(receipt.has_value());
    CHECK(receipt->kind() == OutputKind::text);
    CHECK_FALSE(receipt->kind_ambiguous());
    CHECK(receipt->output() == "Hi.");
    CHECK(receipt->timestamp() == test::SIGNED_AT);
    CHECK(receipt->tee_id() == hash::keccak256(test::rsa_spki()));
    CHECK(receipt->request_hash() == hash::keccak256(as_bytes(Call{}.canonical)));
    CHECK(receipt->output_hash() == hash::keccak256(as_bytes("Hi.")));
    CHECK(receipt->profile() == Profile::gw_stripped);
    CHECK(receipt->not_covered() ==
          std::vector<std::string>{"response.finish_reason", "response.index", "response.role"});
}

TEST_CASE("each check has a row, in order", "[receipt]") {
    CheckList checks;
    REQUIRE(verify(honest(), test::rsa_spki(), checks));
    const std::vector<std::string> expected = {"receipt fields", "signing key", "enclave id",
                                               "request hash",   "output hash", "signature",
                                               "freshness"};
    REQUIRE(checks.items().size() == expected.size() + 3);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(checks.items()[i].name == expected[i]);
        CHECK(checks.items()[i].status == CheckStatus::passed);
    }
    CHECK(checks.items().back().name == "response.role");
    CHECK(checks.items().back().status == CheckStatus::not_covered);
}

TEST_CASE("the first failing step names the code", "[receipt][negative]") {
    // Every later step is broken as well; repairing one moves on to the next.
    Call call = honest();
    call.now += 10'000;
    Bytes other_key = test::rsa_spki(Bytes(256, 0xf1), test::hex("010001"));
    const auto failing = [&](BytesView spki) {
        CheckList checks;
        const auto result = verify(call, spki, checks);
        REQUIRE_FALSE(result.has_value());
        const Check& last = checks.items().back();
        CHECK(last.status == CheckStatus::failed);
        CHECK(last.code == result.error().code);
        return last.name + ": " + outcome(result);
    };
    const std::string good_response = call.response;
    const std::string signature_broken =
        with(good_response, "\"tee_signature\":\"", "\"tee_signature\":\"AAAA");
    call.request = "{}";
    call.response = with(signature_broken, "\"tee_timestamp\":", "\"tee_timestamp\":-");
    CHECK(failing({}) == "receipt fields: RECEIPT_BAD_FIELD");
    call.response = with(signature_broken, "\"content\":\"Hi.\"", "\"content\":7");
    CHECK(failing({}) == "signing key: RECEIPT_KEY_UNSUPPORTED");
    CHECK(failing(other_key) == "enclave id: RECEIPT_TEE_ID_MISMATCH");
    const Bytes key = test::rsa_spki();
    CHECK(failing(key) == "request hash: RECEIPT_REQUEST_UNSUPPORTED");
    call.request = with(Call{}.request, "\"x\"", "\"y\"");
    CHECK(failing(key) == "request hash: RECEIPT_REQUEST_HASH_MISMATCH");
    call.request = Call{}.request;
    CHECK(failing(key) == "output hash: RECEIPT_BAD_FIELD");
    call.response = with(signature_broken, "Hi.", "\\ud83d");
    CHECK(failing(key) == "output hash: RECEIPT_OUTPUT_UNENCODABLE");
    call.response = with(signature_broken, "Hi.", "Ho.");
    CHECK(failing(key) == "output hash: RECEIPT_OUTPUT_HASH_MISMATCH");
    call.response = signature_broken;
    CHECK(failing(key) == "signature: RECEIPT_SIGNATURE_INVALID");
    call.response = good_response;
    CHECK(failing(key) == "freshness: RECEIPT_TOO_OLD");
    call.now = 0;
    CHECK(failing(key) == "freshness: RECEIPT_FROM_FUTURE");
}

TEST_CASE("every chat build's own text is what its receipts sign", "[receipt]") {
    Call call;
    call.request =
        R"({"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"it's"}]}],)"
        R"("response_format":{"type":"t"},"web_search":1})";
    const auto signs = [&call](Profile profile, const std::string& content, const char* rest) {
        call.profile = profile;
        call.canonical = R"({"messages": [{"content": )" + content +
                         R"(, "role": "user"}], "model": "m", )" + rest + "}";
        call.response = test::json_reply(call, CHOICE, "Hi.");
        return outcome(verify(call));
    };
    const std::string printed = R"x("[{'type': 'text', 'text': \"it's\"}]")x";
    const std::string list = R"([{"text": "it's", "type": "text"}])";
    const char* all = R"("response_format": {"type": "t"}, "temperature": 0.0, "web_search": true)";
    CHECK(signs(Profile::gw_repr_a, printed, R"("temperature": 0.0)") == "OK");
    CHECK(signs(Profile::gw_repr_b, printed,
                R"("response_format": {"type": "t"}, "temperature": 0.0)") == "OK");
    CHECK(signs(Profile::gw_verbatim, list, all) == "OK");
    CHECK(signs(Profile::gw_stripped, list, all) == "OK");
    CHECK(signs(Profile::gw_repr_a, list, all) == "RECEIPT_REQUEST_HASH_MISMATCH");
    CHECK(signs(Profile::gw_verbatim, printed, all) == "RECEIPT_REQUEST_HASH_MISMATCH");
}

TEST_CASE("a completion has a receipt, but no stream", "[receipt]") {
    Call call;
    call.profile = Profile::completions_b;
    call.request = R"({"prompt":"2+2=","model":"m","tools":[1]})";
    call.canonical = R"({"max_tokens": 16, "model": "m", "prompt": "2+2=", "temperature": 1.0})";
    call.response = test::json_reply(call, R"({"text":"4","message":{"content":"5"}})", "4");
    const auto receipt = verify(call);
    REQUIRE(receipt);
    CHECK(receipt->output() == "4");
    CHECK(receipt->kind() == OutputKind::text);
    CHECK(receipt->not_covered() == std::vector<std::string>{"response.message", "tools"});
    call.form = ResponseIs::stream;
    call.response = test::stream_reply(call, {R"({"choices":[{"text":"4"}]})"}, "", "4");
    CHECK(outcome(verify(call)) == "RECEIPT_BAD_FIELD");
}

TEST_CASE("a receipt is valid under its own profile only", "[receipt]") {
    Call call;
    call.request = R"({"model":"m","messages":[{"role":"developer","content":"x"}]})";
    call.canonical =
        R"({"messages": [{"content": "x", "role": "system"}], "model": "m", "temperature": 0.0})";
    call.response = test::json_reply(call, CHOICE, "Hi.");
    CHECK(outcome(verify(call)) == "RECEIPT_REQUEST_UNSUPPORTED");
    call.profile = Profile::sdk;
    CHECK(outcome(verify(call)) == "OK");
}

TEST_CASE("the expected enclave id is compared with the key's", "[receipt]") {
    const Call call = honest();
    const Bytes key = test::rsa_spki();
    const auto with_id = [&](const Hash32& id) {
        CheckList checks;
        return outcome(receipt::verify({key, id}, call.profile, call.request, call.response,
                                       call.form, call.freshness, call.now, checks));
    };
    CHECK(with_id(hash::keccak256(key)) == "OK");
    CHECK(with_id(Hash32{}) == "RECEIPT_TEE_ID_MISMATCH");
}

TEST_CASE("keys outside the rules are unsupported", "[receipt][negative]") {
    const auto with_key = [](BytesView spki) {
        CheckList checks;
        return outcome(verify(honest(), spki, checks));
    };
    const Bytes n = test::rsa_modulus();
    CHECK(with_key({}) == "RECEIPT_KEY_UNSUPPORTED");
    CHECK(with_key(as_bytes("-----BEGIN PUBLIC KEY-----")) == "RECEIPT_KEY_UNSUPPORTED");
    CHECK(with_key(test::rsa_spki(n, test::hex("80000001"))) == "RECEIPT_KEY_UNSUPPORTED");
    CHECK(with_key(test::rsa_spki(n, test::hex("7fffffff"))) == "RECEIPT_TEE_ID_MISMATCH");
    CHECK(with_key(test::concat({test::rsa_spki(), test::hex("00")})) == "RECEIPT_KEY_UNSUPPORTED");
    CHECK(with_key(Bytes(8193, 0x30)) == "RECEIPT_KEY_UNSUPPORTED");
    const Bytes spki = test::rsa_spki();
    for (std::size_t size = 0; size < spki.size(); size += 7)
        CHECK(with_key(BytesView{spki}.first(size)) == "RECEIPT_KEY_UNSUPPORTED");
}

TEST_CASE("tool calls verify and are ambiguous", "[receipt]") {
    Call call = test::call_with_tools();
    const std::string calls =
        R"([{"function": {"arguments": "{}", "name": "f"}, "id": "i", "type": "function"}])";
    call.response = test::json_reply(call,
                                     R"({"message":{"content":"","tool_calls":)" + calls +
                                         R"(},"finish_reason":"tool_calls"})",
                                     calls);
    const auto receipt = verify(call);
    REQUIRE(receipt.has_value());
    CHECK(receipt->kind() == OutputKind::tool_calls);
    CHECK(receipt->kind_ambiguous());
    CHECK(receipt->output() == calls);
}

TEST_CASE("a text cannot be relabelled as tool calls without tools", "[receipt][negative]") {
    Call call;
    const std::string calls =
        R"([{"function": {"arguments": "{}", "name": "f"}, "id": "i", "type": "function"}])";
    call.response = test::json_reply(call,
                                     R"({"message":{"content":"","tool_calls":)" + calls +
                                         R"(},"finish_reason":"tool_calls"})",
                                     calls);
    CHECK(outcome(verify(call)) == "RECEIPT_OUTPUT_HASH_MISMATCH");
}

TEST_CASE("tool calls injected beside a text are not covered", "[receipt]") {
    Call call = test::call_with_tools();
    call.response = test::json_reply(
        call, R"({"message":{"content":"Hi.","tool_calls":[{"id":"i"}]},"finish_reason":"stop"})",
        "Hi.");
    const auto receipt = verify(call);
    REQUIRE(receipt.has_value());
    CHECK(receipt->kind() == OutputKind::text);
    CHECK(receipt->output() == "Hi.");
    CHECK(receipt->not_covered() ==
          std::vector<std::string>{"response.finish_reason", "response.tool_calls"});
}

TEST_CASE("a stream verifies whatever its chunks are", "[receipt]") {
    Call call;
    call.form = ResponseIs::stream;
    const auto chunk = [](const std::string& text) {
        return R"({"choices":[{"delta":{"content":")" + text + "\"}}]}";
    };
    constexpr const char* FINAL = R"("choices":[{"delta":{},"finish_reason":"stop"}],)";
    call.response = test::stream_reply(call, {chunk("H"), chunk("i.")}, FINAL, "Hi.");
    CHECK(outcome(verify(call)) == "OK");
    call.response = test::stream_reply(call, {chunk(""), chunk("Hi.")}, FINAL, "Hi.");
    CHECK(outcome(verify(call)) == "OK");
    for (const auto& chunks : std::vector<std::vector<std::string>>{
             {chunk("H")}, {chunk("i."), chunk("H")}, {chunk("H"), chunk("H"), chunk("i.")}, {}}) {
        call.response = test::stream_reply(call, chunks, FINAL, "Hi.");
        CHECK(outcome(verify(call)) == "RECEIPT_OUTPUT_HASH_MISMATCH");
    }
    call.response = test::stream_reply(call, {chunk("Hi.")}, FINAL, "Hi.") + "data: " + chunk("!");
    CHECK(outcome(verify(call)) == "RECEIPT_OUTPUT_HASH_MISMATCH");
}

TEST_CASE("an honest reply is not read as the other form", "[receipt][negative]") {
    Call call = honest();
    call.form = ResponseIs::stream;
    CHECK(outcome(verify(call)) == "RECEIPT_BAD_FIELD");
}

} // namespace
} // namespace assay::receipt
