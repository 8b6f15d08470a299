// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/request.hpp"

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

std::string canonical(std::string_view request, Profile profile = Profile::gw_stripped) {
    NotCovered not_covered;
    const auto result = canonical_request(request, profile, not_covered);
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

TEST_CASE("builds that ignore a member neither commit to it nor refuse it", "[request]") {
    const auto of = [](Profile profile) {
        NotCovered not_covered;
        const auto text = canonical_request(
            request_with(R"(,"response_format":[7],"web_search":true)"), profile, not_covered);
        return text ? text->canonical + " / " + std::to_string(not_covered.sorted().size())
                    : std::string{info(text.error().code).name};
    };
    constexpr const char* PLAIN =
        R"({"messages": [{"content": "x", "role": "user"}], "model": "m", "temperature": 0.0} / 2)";
    CHECK(of(Profile::gw_repr_a) == PLAIN);
    CHECK(of(Profile::gw_repr_b) == REFUSED);
    CHECK(of(Profile::gw_verbatim) == REFUSED);
}

TEST_CASE("completions have defaults of their own", "[request]") {
    constexpr auto A = Profile::completions_a;
    constexpr auto B = Profile::completions_b;
    CHECK(canonical(R"({"model":"m","prompt":"p"})", A) ==
          R"({"max_tokens": 16, "model": "m", "prompt": "p", "temperature": 1.0})");
    CHECK(canonical(R"({"model":"m","prompt":"p","max_tokens":null,"temperature":null})", A) ==
          R"({"model": "m", "prompt": "p", "temperature": 0.0})");
    CHECK(canonical(R"({"model":"m","prompt":["a",1],"max_tokens":1e1,"stop":["s"],)"
                    R"("web_search":"0","temperature":2})",
                    A) ==
          R"({"max_tokens": 10.0, "model": "m", "prompt": ["a", 1], "stop": ["s"], )"
          R"("temperature": 2.0})");
    CHECK(canonical(R"({"model":"m","prompt":"","web_search":"0"})", B) ==
          R"({"max_tokens": 16, "model": "m", "prompt": "", "temperature": 1.0, )"
          R"("web_search": true})");
    for (const char* request :
         {R"({"model":"m"})", R"({"model":"m","prompt":null})", R"({"model":"m","prompt":{}})",
          R"({"model":"","prompt":"p"})", R"({"prompt":"p"})",
          R"({"model":"m","prompt":"p","max_tokens":"1"})",
          R"({"model":"m","prompt":"p","stop":{"a":1}})",
          R"({"model":"m","prompt":"p","temperature":1e999})", "[]"}) {
        INFO(request);
        CHECK(canonical(request, A) == REFUSED);
    }
    NotCovered not_covered;
    REQUIRE(canonical_request(
        R"({"model":"m","prompt":"p","messages":1,"response_format":{},"web_search":1})", A,
        not_covered));
    CHECK(not_covered.sorted() ==
          std::vector<std::string>{"messages", "response_format", "web_search"});
}

TEST_CASE("more paths than anybody reads are a limit", "[request][negative]") {
    std::string members;
    for (int i = 0; i < 65'537; ++i)
        members += ",\"x" + std::to_string(i) + "\":0";
    const auto digest = digest_request(request_with(members), Profile::gw_stripped);
    REQUIRE_FALSE(digest);
    CHECK(digest.error().code == ErrorCode::INPUT_LIMIT);
}

TEST_CASE("whether tools are in the text decides about tool calls", "[request]") {
    const auto tools = [](std::string_view members) {
        NotCovered not_covered;
        return canonical_request(request_with(members), Profile::gw_stripped, not_covered)->tools;
    };
    CHECK(tools("") == Tools::absent);
    CHECK(tools(R"(,"tools":[])") == Tools::absent);
    CHECK(tools(R"(,"tools":null)") == Tools::absent);
    CHECK(tools(R"(,"tools":[{}])") == Tools::present);
}

TEST_CASE("members outside the text are reported by name", "[request]") {
    NotCovered not_covered;
    REQUIRE(canonical_request(
        request_with(R"(,"top_p":1,"tool_choice":null,"stream":false,"__proto__":{},"tools":[])"),
        Profile::gw_stripped, not_covered));
    CHECK(not_covered.sorted() ==
          std::vector<std::string>{"__proto__", "stream", "tool_choice", "top_p"});
}

} // namespace
} // namespace assay::receipt
