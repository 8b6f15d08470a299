// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The format of 2025-12 (receipt.md §9). What is signed is written out here.
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/hash/keccak256.hpp"
#include "core/hash/sha2.hpp"
#include "core/receipt/receipt.hpp"
#include "core/receipt/request.hpp"

#include "tests/unit/receipt/sample.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::receipt {
namespace {

using test::Call;
using test::outcome;

constexpr const char* REFUSED = "RECEIPT_REQUEST_UNSUPPORTED";
constexpr const char* TIME = "2026-07-22T08:12:04.491885+00:00"; // 1784707924

std::string canonical(std::string_view request, Profile profile = Profile::legacy_chat) {
    NotCovered not_covered;
    const auto text = canonical_request(request, profile, not_covered);
    return text ? text->canonical : std::string{info(text.error().code).name};
}

std::string chat_with(std::string_view members) {
    return canonical(R"({"model":"m","messages":[{"role":"r","content":"x"}])" +
                     std::string{members} + "}");
}

constexpr const char* REQUEST = R"({"model":"m","messages":[{"role":"user","content":"x"}],"n":1})";
constexpr const char* REQUEST_TEXT =
    R"({"max_tokens": 100, "messages": [{"content": "x", "name": null, "role": "user", )"
    R"("tool_call_id": null, "tool_calls": null}], "model": "m", "stop": null, )"
    R"("temperature": 0.0, "tool_choice": "auto", "tools": null})";

/// A body whose signed members are those of @p statement, the text S up to its request hash.
Call signed_call(std::string_view finish_reason, std::string_view message,
                 std::string_view canonical_message, std::string_view time = TIME, int salt = 222) {
    Call call;
    call.profile = Profile::legacy_chat;
    call.request = REQUEST;
    const std::string hash = bytes::to_hex(hash::sha256(as_bytes(std::string_view{REQUEST_TEXT})));
    const std::string statement = R"({"finish_reason": )" + std::string{finish_reason} +
                                  R"(, "message": )" + std::string{canonical_message} +
                                  R"(, "model": "m", "request_hash": ")" + hash +
                                  R"(", "timestamp": ")" + std::string{time} + "\"}";
    call.response = R"({"message":)" + std::string{message} + R"(,"usage":{"n":1},"model":"m",)" +
                    R"("finish_reason":)" + std::string{finish_reason} + R"(,"timestamp":")" +
                    std::string{time} + R"(","request_hash":")" + hash + R"(","signature":")" +
                    bytes::to_base64(test::rsa_pss_sign(as_bytes(statement), salt)) + "\"}";
    return call;
}

Call honest() {
    return signed_call(R"("stop")", R"({"role":"assistant","content":"\u00e9"})",
                       R"({"content": "\u00e9", "role": "assistant"})");
}

void replace(std::string& text, std::string_view from, std::string_view to) {
    REQUIRE(text.find(from) != std::string::npos);
    text.replace(text.find(from), from.size(), to);
}

TEST_CASE("the legacy request text has every declared field", "[legacy]") {
    CHECK(canonical(REQUEST) == REQUEST_TEXT);
    CHECK(canonical(R"({"model":"","prompt":"p","n":1})", Profile::legacy_completions) ==
          R"({"max_tokens": 100, "model": "", "prompt": "p", "stop": null, "temperature": 0.0})");
    CHECK(
        canonical(R"({"messages":[{"tool_calls":[{"b":1,"a":2e0}],"content":"","role":"","name":)"
                  R"("n","tool_call_id":"i"}],"model":"m","max_tokens":-0,"stop":["s"],)"
                  R"("temperature":1,"tool_choice":null,"tools":[{"function":{}},)"
                  R"({"type":"t","function":{"b":1,"a":2},"strict":1}]})") ==
        R"({"max_tokens": 0, "messages": [{"content": "", "name": "n", "role": "", )"
        R"("tool_call_id": "i", "tool_calls": [{"a": 2.0, "b": 1}]}], "model": "m", )"
        R"("stop": ["s"], "temperature": 1.0, "tool_choice": null, "tools": )"
        R"([{"function": {}, "type": "function"}, {"function": {"a": 2, "b": 1}, "type": "t"}]})");
}

TEST_CASE("legacy members of another type are refused", "[legacy][negative]") {
    CHECK(chat_with("").starts_with('{'));
    for (const char* members :
         {R"(,"max_tokens":null)", R"(,"max_tokens":1.0)", R"(,"max_tokens":"1")",
          R"(,"temperature":null)", R"(,"temperature":"0")", R"(,"temperature":1e400)",
          R"(,"stop":"s")", R"(,"stop":[1])", R"(,"tool_choice":{})", R"(,"tools":{})",
          R"(,"tools":[1])", R"(,"tools":[{}])", R"(,"tools":[{"function":null}])",
          R"(,"tools":[{"type":null,"function":{}}])"}) {
        INFO(members);
        CHECK(chat_with(members) == REFUSED);
    }
    for (const char* message :
         {"1", R"({"role":"r"})", R"({"content":"c"})", R"({"role":1,"content":"c"})",
          R"({"role":"r","content":null})", R"({"role":"r","content":[]})",
          R"({"role":"r","content":"c","name":1})", R"({"role":"r","content":"c","tool_calls":{}})",
          R"({"role":"r","content":"c","tool_calls":[1]})",
          R"({"role":"r","content":"c","tool_call_id":0})"}) {
        INFO(message);
        CHECK(canonical(R"({"model":"m","messages":[)" + std::string{message} + "]}") == REFUSED);
    }
    for (const char* request : {"{}", R"({"model":"m"})", R"({"messages":[]})", "[]",
                                R"({"model":1,"messages":[]})", R"({"model":"m","messages":{}})"})
        CHECK(canonical(request) == REFUSED);
}

TEST_CASE("dropped legacy members are reported", "[legacy]") {
    NotCovered not_covered;
    REQUIRE(
        canonical_request(R"({"model":"m","top_p":1,"messages":[{"role":"r","content":"c","z":0}],)"
                          R"("tools":[{"function":{"q":1},"strict":1}]})",
                          Profile::legacy_chat, not_covered));
    CHECK(not_covered.sorted() == std::vector<std::string>{"messages[].*", "tools[].*", "top_p"});
}

TEST_CASE("a legacy receipt signs the reply itself", "[legacy]") {
    const auto receipt = verify(honest());
    REQUIRE(receipt);
    CHECK(receipt->kind() == OutputKind::text);
    CHECK(receipt->output() == "\xc3\xa9");
    CHECK_FALSE(receipt->kind_ambiguous());
    CHECK(receipt->timestamp() == 1784707924);
    CHECK_FALSE(receipt->output_hash().has_value());
    CHECK(receipt->request_hash() == hash::sha256(as_bytes(std::string_view{REQUEST_TEXT})));
    CHECK(receipt->tee_id() == hash::keccak256(test::rsa_spki()));
    CHECK(receipt->not_covered() == std::vector<std::string>{"n", "response.usage"});
}

TEST_CASE("the signed finish reason says that tool calls are the output", "[legacy]") {
    const std::string message =
        R"({"content":"","tool_calls":[{"function":{"arguments":{"b":1,"a":2}}}]})";
    const std::string calls = R"([{"function": {"arguments": {"a": 2, "b": 1}}}])";
    const std::string text = R"({"content": "", "tool_calls": )" + calls + "}";
    const auto receipt = verify(signed_call(R"("tool_calls")", message, text));
    REQUIRE(receipt);
    CHECK(receipt->kind() == OutputKind::tool_calls);
    CHECK(receipt->output() == calls);
    CHECK_FALSE(receipt->kind_ambiguous());
    CHECK(verify(signed_call(R"("stop")", message, text))->kind() == OutputKind::text);
}

TEST_CASE("a changed legacy reply is refused", "[legacy][negative]") {
    for (const auto& [from, to] : {std::pair{"\"stop\"", "\"length\""},
                                   {"\\u00e9", "e"},
                                   {"\"model\":\"m\"", "\"model\":\"n\""},
                                   {"491885", "491886"},
                                   {"assistant", "user"}}) {
        Call call = honest();
        replace(call.response, from, to);
        CHECK(outcome(verify(call)) == "RECEIPT_SIGNATURE_INVALID");
    }
    for (const int salt : {0, 32, 221})
        CHECK(outcome(verify(signed_call("null", "{}", "{}", TIME, salt))) ==
              "RECEIPT_SIGNATURE_INVALID");
    CHECK(outcome(verify(signed_call("null", "{}", "{}"))) == "OK");
    Call call = honest();
    replace(call.request, "\"x\"", "\"y\"");
    CHECK(outcome(verify(call)) == "RECEIPT_REQUEST_HASH_MISMATCH");
    call = honest();
    call.form = ResponseIs::stream;
    call.response.insert(0, "data: ");
    CHECK(outcome(verify(call)) == "RECEIPT_BAD_FIELD");
    call = honest();
    call.now += 3601;
    CHECK(outcome(verify(call)) == "RECEIPT_TOO_OLD");
}

TEST_CASE("the parts of a legacy reply must have their form", "[legacy][negative]") {
    for (const char* name :
         {"signature", "request_hash", "timestamp", "finish_reason", "message", "model"}) {
        Call call = honest();
        replace(call.response, "\"" + std::string{name} + "\"", "\"other\"");
        CHECK(outcome(verify(call)) == "RECEIPT_BAD_FIELD");
    }
    for (const char* message : {"null", "[]", R"({"content":1})", R"({"tool_calls":{}})"})
        CHECK(outcome(verify(signed_call("null", message, "{}"))) == "RECEIPT_BAD_FIELD");
    CHECK(outcome(verify(signed_call("null", "{}", "{}", "2026-07-22T08:12:04+00:00"))) == "OK");
    for (const char* time :
         {"2026-07-22T08:12:04Z", "2026-07-22 08:12:04+00:00", "2026-07-22T08:12:04+01:00",
          "2026-07-22T08:12:04.4+00:00", "2026-07-22T08:12:04.+00:00", "2026-02-29T08:12:04+00:00",
          "2026-13-22T08:12:04+00:00", "2026-00-22T08:12:04+00:00", "2026-07-32T08:12:04+00:00",
          "1969-12-31T23:59:59+00:00", "2026-07-22T24:12:04+00:00", "2026-07-22T08:60:04+00:00",
          "2026-07-22T08:12:60+00:00", "2026-07-22T08:12:04", "2026-07-22T08:12", "",
          "02026-07-22T08:12:04+00:00", "+026-07-22T08:12:04+00:00",
          "2026-07-22T08:12:04+00:00 "}) {
        INFO(time);
        CHECK(outcome(verify(signed_call("null", "{}", "{}", time))) == "RECEIPT_BAD_FIELD");
    }
}

TEST_CASE("only an expected id is compared in the legacy format", "[legacy]") {
    const Call call = honest();
    const Bytes key = test::rsa_spki();
    const auto judge = [&](std::optional<Hash32> id) {
        CheckList checks;
        return outcome(verify({key, id}, call.profile, call.request, call.response, call.form,
                              call.freshness, call.now, checks));
    };
    CHECK(judge(hash::keccak256(key)) == "OK");
    CHECK(judge(Hash32{}) == "RECEIPT_TEE_ID_MISMATCH");
}

} // namespace
} // namespace assay::receipt
