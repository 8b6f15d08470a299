// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/unbound_members.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace assay::receipt {
namespace {

using Paths = std::vector<std::string>;

Paths unbound(const std::vector<std::string>& frames, ReplyShape shape, OutputKind kind) {
    UnboundMembers members;
    for (const std::string& frame : frames)
        members.add(*bytes::parse_json(frame, ErrorCode::POLICY_INVALID), shape);
    NotCovered paths;
    std::move(members).report(kind, paths);
    return paths.sorted();
}

Paths of_message(const std::string& message, OutputKind kind = OutputKind::text) {
    return unbound({"{\"choices\":[{\"message\":" + message + "}]}"}, ReplyShape::message, kind);
}

Paths of_delta(const std::string& delta, OutputKind kind = OutputKind::text) {
    return unbound({"{\"choices\":[{\"delta\":" + delta + "}]}"}, ReplyShape::delta, kind);
}

TEST_CASE("all three levels are listed by name", "[unbound]") {
    CHECK(unbound({R"({"id":"1","tee_id":"x","tee_timestamp":1,"tee_signature":"x",)"
                   R"("tee_request_hash":"x","tee_output_hash":"x","tee_other":"x",)"
                   R"("choices":[{"index":0,"finish_reason":"stop","delta":{"x":1},)"
                   R"("message":{"content":"c","role":"assistant","refusal":"no"}}]})"},
                  ReplyShape::message, OutputKind::text) ==
          Paths{"response.delta", "response.finish_reason", "response.id", "response.index",
                "response.refusal", "response.role", "response.tee_other"});
}

TEST_CASE("empty members are not listed, false and 0 are not empty", "[unbound]") {
    CHECK(of_message(R"({"a":null,"b":"","c":[],"d":{}})") == Paths{});
    CHECK(of_message(R"({"a":false,"b":0,"c":" ","d":[null],"e":{"x":null}})") ==
          Paths{"response.a", "response.b", "response.c", "response.d", "response.e"});
}

TEST_CASE("what is beside the bound value is listed", "[unbound]") {
    const std::string both = R"({"content":"c","tool_calls":[{}],"function_call":{"name":"f"}})";
    CHECK(of_message(both) == Paths{"response.function_call", "response.tool_calls"});
    CHECK(of_message(both, OutputKind::tool_calls) ==
          Paths{"response.content", "response.function_call"});
    CHECK(of_delta(both) == Paths{"response.function_call", "response.tool_calls"});
    CHECK(of_delta(both, OutputKind::tool_calls) ==
          Paths{"response.content", "response.function_call"});
}

TEST_CASE("content parts are searched when the content is bound", "[unbound]") {
    const std::string parts = R"({"content":["s",{"type":"text","text":"t","cite":"u"}]})";
    CHECK(of_message(parts) == Paths{"response.content[].*"});
    CHECK(of_delta(parts) == Paths{"response.content[].*"});
    CHECK(of_message(parts, OutputKind::tool_calls) == Paths{"response.content"});
    CHECK(of_message(R"({"content":[{"type":"text","text":"t","cite":[]}]})") == Paths{});
}

TEST_CASE("fragments are searched in a stream of tool calls", "[unbound]") {
    const auto calls = [](const std::string& fragment) {
        return R"({"tool_calls":[)" + fragment + "]}";
    };
    const Paths found{"response.tool_calls[].*"};
    CHECK(of_delta(calls(R"({"x":1})"), OutputKind::tool_calls) == found);
    CHECK(of_delta(calls(R"({"function":{"x":1}})"), OutputKind::tool_calls) == found);
    CHECK(of_delta(
              calls(R"({"index":0,"id":"i","type":"t","function":{"name":"n","arguments":"a"}})"),
              OutputKind::tool_calls) == Paths{});
    CHECK(of_delta(calls(R"({"x":null,"function":{"x":""}})"), OutputKind::tool_calls) == Paths{});
    // A plain reply binds the array whole.
    CHECK(of_message(calls(R"({"x":1})"), OutputKind::tool_calls) == Paths{});
}

TEST_CASE("a completion binds the choice's text", "[unbound]") {
    CHECK(unbound({R"({"id":"1","text":"t","tee_id":"x","choices":[{"text":"c","index":0,)"
                   R"("message":{"content":"c"},"delta":{"content":"c"}}]})"},
                  ReplyShape::text, OutputKind::text) == Paths{"response.delta", "response.id",
                                                               "response.index", "response.message",
                                                               "response.text"});
}

TEST_CASE("the legacy format binds its members whole", "[unbound]") {
    const std::string body =
        R"({"signature":"s","request_hash":"h","timestamp":"t","finish_reason":"stop",)"
        R"("message":{"content":"c","x":1},"model":"m","completion":"d","tee_id":"x",)"
        R"("choices":[{"y":1}],"usage":null})";
    CHECK(unbound({body}, ReplyShape::legacy_chat, OutputKind::text) ==
          Paths{"response.choices", "response.completion", "response.tee_id"});
    CHECK(
        unbound({body}, ReplyShape::legacy_completions, OutputKind::text) ==
        Paths{"response.choices", "response.finish_reason", "response.message", "response.tee_id"});
}

TEST_CASE("every frame is searched", "[unbound]") {
    CHECK(unbound({R"({"a":1})", R"({"choices":[]})", R"({"choices":null,"b":1})",
                   R"({"choices":[{"message":{"c":1},"delta":{"d":1}}]})", R"({"e":1})"},
                  ReplyShape::delta, OutputKind::text) ==
          Paths{"response.a", "response.b", "response.d", "response.e", "response.message"});
}

TEST_CASE("paths are sorted by code point and hold any name", "[unbound]") {
    CHECK(of_message(R"({"\ud83d\ude00":1,"\uffff":1,"__proto__":1,"Z":1,"\ud800":1})") ==
          Paths{"response.Z", "response.__proto__", "response.\xed\xa0\x80",
                "response.\xef\xbf\xbf", "response.\xf0\x9f\x98\x80"});
}

} // namespace
} // namespace assay::receipt
