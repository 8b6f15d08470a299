// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/chat_request.hpp"

#include <catch2/catch_test_macros.hpp>

#include <vector>

namespace assay::receipt {
namespace {

constexpr const char* REFUSED = "RECEIPT_REQUEST_UNSUPPORTED";

/// A request with @p members (text that begins with a comma, or empty) beside model and messages.
std::string request_with(std::string_view members) {
    return R"({"messages":[{"role":"user","content":"x"}],"model":"m")" + std::string{members} +
           "}";
}

std::string canonical(std::string_view request) {
    NotCovered not_covered;
    const auto result = canonical_chat_request(request, Dialect::gateway, not_covered);
    return result ? result->canonical : std::string{info(result.error().code).name};
}

/// C without its constant beginning, for a request with @p members.
std::string rest(std::string_view members) {
    const std::string text = canonical(request_with(members));
    constexpr std::string_view HEAD =
        R"({"messages": [{"content": "x", "role": "user"}], "model": "m", )";
    return text.starts_with(HEAD) ? text.substr(HEAD.size()) : text;
}

TEST_CASE("the request text has the committed members in order", "[request]") {
    CHECK(canonical(R"({"web_search":1,"tools":[{"b":1,"a":2}],"temperature":1,"stop":["s"],)"
                    R"("response_format":{"type":"t"},"model":"m","max_tokens":1e3,)"
                    R"("messages":[{"role":"user","content":"x"}]})") ==
          R"({"max_tokens": 1000.0, "messages": [{"content": "x", "role": "user"}], "model": "m", )"
          R"("response_format": {"type": "t"}, "stop": ["s"], "temperature": 1.0, )"
          R"("tools": [{"a": 2, "b": 1}], "web_search": true})");
}

TEST_CASE("falsy members are left out, temperature is always there", "[request]") {
    CHECK(rest("") == R"("temperature": 0.0})");
    CHECK(rest(R"(,"temperature":null,"max_tokens":null,"stop":"","tools":[])") ==
          R"("temperature": 0.0})");
    CHECK(rest(R"(,"stop":0,"tools":false,"response_format":[],"web_search":0.0)") ==
          R"("temperature": 0.0})");
    CHECK(rest(R"(,"temperature":-0)") == R"("temperature": 0.0})");
    CHECK(rest(R"(,"temperature":-0.0)") == R"("temperature": -0.0})");
    CHECK(rest(R"(,"stop":"s")") == R"("stop": "s", "temperature": 0.0})");
    CHECK(rest(R"(,"web_search":"false")") == R"("temperature": 0.0, "web_search": true})");
    CHECK(canonical(request_with(R"(,"max_tokens":0)")).starts_with(R"({"max_tokens": 0, )"));
}

TEST_CASE("members of the wrong type are refused", "[request][negative]") {
    for (const char* members :
         {R"(,"temperature":"1")", R"(,"temperature":true)", R"(,"temperature":1e400)",
          R"(,"max_tokens":"5")", R"(,"max_tokens":true)", R"(,"max_tokens":[])", R"(,"stop":1)",
          R"(,"stop":[1])", R"(,"stop":["a",null])", R"(,"stop":{"a":1})", R"(,"tools":{"a":1})",
          R"(,"tools":"t")", R"(,"response_format":"json")", R"(,"response_format":[1])"}) {
        INFO(members);
        CHECK(rest(members) == REFUSED);
    }
    for (const char* request :
         {"", "[]", "null", "\"x\"", "{}", R"({"model":"m"})", R"({"model":"m","messages":[]})",
          R"({"messages":[{"role":"user","content":"x"}]})",
          R"({"model":"","messages":[{"role":"user","content":"x"}]})",
          R"({"model":1,"messages":[{"role":"user","content":"x"}]})",
          R"({"model":"m","messages":{"role":"user","content":"x"}})"}) {
        INFO(request);
        CHECK(canonical(request) == REFUSED);
    }
}

TEST_CASE("text that is not strict JSON is refused, committed or not", "[request][negative]") {
    for (const char* members : {R"(,"x":NaN)", R"(,"x":-Infinity)", R"(,"x":01)", R"(,"x":1,)",
                                R"(,"x":"\x41")", R"(,"model":"n")", R"(,"\u006dodel":"m")",
                                R"(,"x":{"a":1,"a":1})", R"(,"__proto__":1,"__proto__":2)"}) {
        INFO(members);
        CHECK(rest(members) == REFUSED);
    }
    CHECK(canonical("\xef\xbb\xbf" + request_with("")) == REFUSED);
    CHECK(canonical(request_with("") + " x") == REFUSED);
    CHECK(canonical(request_with(",\"x\":\"\xff\"")) == REFUSED);
    CHECK(canonical(request_with(",\"x\":" + std::string(128, '[') + std::string(128, ']'))) ==
          REFUSED); // inside the object: 129 containers
    CHECK(rest(",\"x\":" + std::string(127, '[') + std::string(127, ']')) ==
          R"("temperature": 0.0})");
    CHECK(rest(",\"x\":" + std::string(4301, '9')) == REFUSED);
}

TEST_CASE("lone surrogates are committed as they are", "[request]") {
    CHECK(canonical(R"({"messages":[{"role":"user","content":"\ud83d"}],"model":"\ude00"})") ==
          R"({"messages": [{"content": "\ud83d", "role": "user"}], "model": "\ude00", )"
          R"("temperature": 0.0})");
}

TEST_CASE("whether tools are in the text decides about tool calls", "[request]") {
    const auto tools = [](std::string_view members) {
        NotCovered not_covered;
        return canonical_chat_request(request_with(members), Dialect::gateway, not_covered)->tools;
    };
    CHECK(tools("") == Tools::absent);
    CHECK(tools(R"(,"tools":[])") == Tools::absent);
    CHECK(tools(R"(,"tools":null)") == Tools::absent);
    CHECK(tools(R"(,"tools":[{}])") == Tools::present);
}

TEST_CASE("members outside the text are reported by name", "[request]") {
    NotCovered not_covered;
    REQUIRE(canonical_chat_request(
        request_with(R"(,"top_p":1,"tool_choice":null,"stream":false,"__proto__":{},"tools":[])"),
        Dialect::gateway, not_covered));
    CHECK(not_covered.sorted() ==
          std::vector<std::string>{"__proto__", "stream", "tool_choice", "top_p"});
}

} // namespace
} // namespace assay::receipt
