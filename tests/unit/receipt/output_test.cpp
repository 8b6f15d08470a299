// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/bytes_view.hpp"
#include "core/base/limits.hpp"
#include "core/receipt/output.hpp"

#include "tests/unit/support/codes.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace assay::receipt {
namespace {

using test::outcome;

constexpr const char* BAD = "RECEIPT_BAD_FIELD";

/// Five members that have their form, with a comma before them.
constexpr const char* FIELDS =
    R"("tee_signature":"AAAA","tee_timestamp":7,)"
    R"("tee_id":"0000000000000000000000000000000000000000000000000000000000000000",)"
    R"("tee_request_hash":"0000000000000000000000000000000000000000000000000000000000000000",)"
    R"("tee_output_hash":"0000000000000000000000000000000000000000000000000000000000000000")";

/// @p frame, an object, with a receipt in it.
std::string with_fields(const std::string& frame) {
    return "{" + std::string{FIELDS} + (frame == "{}" ? "" : ",") + frame.substr(1);
}

std::string kind_and_text(Result<Reply> reply, Tools tools) {
    REQUIRE(reply.has_value());
    const auto output = select_output(*reply, tools);
    return output ? std::string{name(output->kind)} + ":" + output->text : outcome(output);
}

/// Kind and text of O, or the code. The last frame is the final one.
std::string selected(const std::vector<std::string>& frames, ResponseIs form, Tools tools) {
    if (form == ResponseIs::json)
        return kind_and_text(read_reply(with_fields(frames[0]), Profile::sdk, form), tools);
    std::string text;
    for (std::size_t i = 0; i < frames.size(); ++i)
        text += "data: " + (i + 1 < frames.size() ? frames[i] : with_fields(frames[i])) + "\n\n";
    return kind_and_text(read_reply(text, Profile::sdk, form), tools);
}

std::string of_choices(const std::string& choices, Tools tools = Tools::absent) {
    return selected({"{\"choices\":" + choices + "}"}, ResponseIs::json, tools);
}

std::string of_message(const std::string& message, Tools tools = Tools::absent,
                       const std::string& reason = "\"stop\"") {
    return of_choices("[{\"message\":" + message + ",\"finish_reason\":" + reason + "}]", tools);
}

/// Frames with the given deltas; the last one is final and carries the finish reason.
std::string of_deltas(const std::vector<std::string>& deltas, Tools tools = Tools::absent,
                      const std::string& reason = "\"stop\"") {
    std::vector<std::string> frames;
    for (const std::string& delta : deltas)
        frames.push_back("{\"choices\":[{\"delta\":" + delta + "}]}");
    frames.push_back("{\"choices\":[{\"delta\":{},\"finish_reason\":" + reason + "}]}");
    return selected(frames, ResponseIs::stream, tools);
}

std::string of_calls(const std::vector<std::string>& fragments) {
    std::vector<std::string> deltas;
    for (const std::string& fragment : fragments)
        deltas.push_back("{\"tool_calls\":[" + fragment + "]}");
    return of_deltas(deltas, Tools::present, "\"tool_calls\"");
}

TEST_CASE("content is text, null or parts", "[output]") {
    CHECK(of_message(R"({"content":"a"})") == "text:a");
    CHECK(of_message(R"({"content":null})") == "text:");
    CHECK(of_message("{}") == "text:");
    CHECK(of_message(R"({"content":["a",{"text":"b"},{},{"type":"x","text":"c"}]})") == "text:abc");
    for (const char* content :
         {"1", "{}", "true", "[1]", "[null]", "[[]]", R"([{"text":null}])", R"([{"text":1}])"})
        CHECK(of_message(R"({"content":)" + std::string{content} + "}") == BAD);
}

TEST_CASE("a reply has exactly one choice with a message", "[output][negative]") {
    for (const char* choices :
         {"null", "{}", "[]", "\"x\"", "[1]", "[null]", "[{}]", R"([{"message":null}])",
          R"([{"message":"x"}])", R"([{"message":{}},{"message":{}}])"})
        CHECK(of_choices(choices) == BAD);
    CHECK(selected({"{}"}, ResponseIs::json, Tools::absent) == BAD);
    for (const char* calls : {"{}", "\"\"", "0", "false"})
        CHECK(of_message(R"({"tool_calls":)" + std::string{calls} + "}") == BAD);
}

TEST_CASE("floats count where they are printed", "[output][negative]") {
    std::string floats = "[1.2345678901234567";
    for (std::size_t i = 0; i < limits::JSON_FLOAT_PLACES / 17; ++i)
        floats += ",1.2345678901234567";
    floats += "]";
    const std::string calls = R"({"content":"t","tool_calls":)" + floats + "}";
    CHECK(of_message(calls, Tools::present, "\"tool_calls\"") == "INPUT_LIMIT");
    // Nobody prints the calls of a request without tools, nor what is beside the message.
    CHECK(of_message(calls, Tools::absent, "\"tool_calls\"") == "text:t");
    CHECK(of_choices(R"([{"message":{"content":"t"},"logprobs":)" + floats + "}]") == "text:t");
    CHECK(of_deltas({R"({"content":"t","logprobs":)" + floats + "}"}) == "text:t");
}

TEST_CASE("tool calls need the finish reason, tools in the request and a call", "[output]") {
    const std::string message = R"({"content":"t","tool_calls":[{"id":"i","b":1e0}]})";
    CHECK(of_message(message, Tools::present, "\"tool_calls\"") ==
          R"(tool_calls:[{"b": 1.0, "id": "i"}])");
    CHECK(of_message(message, Tools::absent, "\"tool_calls\"") == "text:t");
    for (const char* reason :
         {"\"stop\"", "null", "\"Tool_calls\"", "\"TOOL_CALLS\"", "[\"tool_calls\"]"})
        CHECK(of_message(message, Tools::present, reason) == "text:t");
    CHECK(of_message(R"({"content":"t","tool_calls":[]})", Tools::present, "\"tool_calls\"") ==
          "text:t");
    CHECK(of_message(R"({"content":"t","tool_calls":null})", Tools::present, "\"tool_calls\"") ==
          "text:t");
    // Content is not looked at beside tool calls.
    CHECK(of_message(R"({"content":7,"tool_calls":[1]})", Tools::present, "\"tool_calls\"") ==
          "tool_calls:[1]");
}

TEST_CASE("a stream's text is that of all its deltas", "[output]") {
    CHECK(of_deltas({R"({"content":"a"})", "null", R"({"content":null})",
                     R"({"content":["b"]})"}) == "text:ab");
    CHECK(of_deltas({R"({"content":1})"}) == BAD);
    CHECK(of_deltas({"1"}) == BAD);
    CHECK(of_deltas({"[]"}) == BAD);
    CHECK(selected({"{}", "{\"choices\":null}", "{\"choices\":[]}", "{}"}, ResponseIs::stream,
                   Tools::absent) == "text:");
    CHECK(selected({R"({"choices":[{"delta":{"content":"a"}}]})", R"({"choices":[{},{}]})"},
                   ResponseIs::stream, Tools::absent) == BAD);
    CHECK(selected({R"({"choices":{}})"}, ResponseIs::stream, Tools::absent) == BAD);
    CHECK(selected({R"({"choices":[1]})"}, ResponseIs::stream, Tools::absent) == BAD);
}

TEST_CASE("frames after the final one are part of the text", "[output]") {
    const std::string text = "data: " + with_fields(R"({"choices":[{"delta":{"content":"a"}}]})") +
                             "\ndata: " + R"({"choices":[{"delta":{"content":"b"}}]})";
    CHECK(kind_and_text(read_reply(text, Profile::sdk, ResponseIs::stream), Tools::absent) ==
          "text:ab");
}

TEST_CASE("a completion is the choice's text", "[output]") {
    const auto completion = [](const std::string& choice) {
        return kind_and_text(read_reply(with_fields("{\"choices\":[" + choice + "]}"),
                                        Profile::completions_a, ResponseIs::json),
                             Tools::absent);
    };
    CHECK(completion(R"({"text":"a","message":{"content":"b"},"finish_reason":"tool_calls"})") ==
          "text:a");
    CHECK(completion(R"({"text":""})") == "text:");
    CHECK(completion(R"({"text":"\ud800"})") == "RECEIPT_OUTPUT_UNENCODABLE");
    for (const char* choice :
         {"{}", R"({"text":null})", R"({"text":["a"]})", "1", R"({"text":"a"},{"text":"b"})"})
        CHECK(completion(choice) == BAD);
}

TEST_CASE("fragments of tool calls are put together by index", "[output]") {
    const std::string call =
        R"({"function": {"arguments": "{}", "name": "f"}, "id": "i", "type": "function"})";
    CHECK(of_calls({R"({"index":0,"id":"i","function":{"name":"f","arguments":"{"}})",
                    R"({"id":"","function":{"name":null,"arguments":"}"}})"}) ==
          "tool_calls:[" + call + "]");
    const std::string empty =
        R"({"function": {"arguments": "", "name": ""}, "id": "", "type": "function"})";
    CHECK(of_calls({"{}"}) == "tool_calls:[" + empty + "]");
    CHECK(of_calls({R"({"function":null,"index":null})"}) == "tool_calls:[" + empty + "]");
    // The last text that is not empty wins; arguments append.
    CHECK(of_calls({R"({"id":"a","type":"x"})", R"({"id":"b","type":""})"}) ==
          R"(tool_calls:[{"function": {"arguments": "", "name": ""}, "id": "b", "type": "x"}])");
    // Numbers, not texts, order the slots, whatever their length.
    const auto slot = [](const std::string& index, const std::string& id) {
        return R"({"index":)" + index + R"(,"id":")" + id + "\"}";
    };
    const std::string text = of_calls(
        {slot("10", "c"), slot("9", "b"), slot("-0", "a"), slot("1" + std::string(400, '0'), "d")});
    CHECK(text.find(R"("id": "a")") < text.find(R"("id": "b")"));
    CHECK(text.find(R"("id": "b")") < text.find(R"("id": "c")"));
    CHECK(text.find(R"("id": "c")") < text.find(R"("id": "d")"));
}

TEST_CASE("fragments of another form are refused, whatever the kind", "[output][negative]") {
    for (const char* fragment :
         {"1", "null", "[]", R"({"index":-1})", R"({"index":0.0})", R"({"index":1e0})",
          R"({"index":true})", R"({"index":"0"})", R"({"id":1})", R"({"type":[]})",
          R"({"function":1})", R"({"function":[]})", R"({"function":{"name":1}})",
          R"({"function":{"arguments":{}}})"}) {
        INFO(fragment);
        CHECK(of_calls({fragment}) == BAD);
        CHECK(of_deltas({R"({"tool_calls":[)" + std::string{fragment} + "]}"}) == BAD);
    }
    CHECK(of_deltas({R"({"tool_calls":{}})"}) == BAD);
    CHECK(of_deltas({R"({"tool_calls":null,"content":"a"})"}) == "text:a");
}

TEST_CASE("the finish reason counts in the final frame only", "[output]") {
    const std::string calls = R"({"choices":[{"delta":{"tool_calls":[{"id":"i"}],"content":"t"},)"
                              R"("finish_reason":"tool_calls"}]})";
    CHECK(selected({calls, "{}"}, ResponseIs::stream, Tools::present) == "text:t");
    CHECK(selected({calls}, ResponseIs::stream, Tools::present).starts_with("tool_calls:"));
}

TEST_CASE("surrogate halves never join", "[output]") {
    CHECK(of_message(R"({"content":"\ud83d\ude00"})") == "text:\xf0\x9f\x98\x80");
    CHECK(of_message(R"({"content":"\ud83d"})") == "RECEIPT_OUTPUT_UNENCODABLE");
    CHECK(of_message(R"({"content":["\ud83d","\ude00"]})") == "RECEIPT_OUTPUT_UNENCODABLE");
    CHECK(of_deltas({R"({"content":"\ud83d"})", R"({"content":"\ude00"})"}) ==
          "RECEIPT_OUTPUT_UNENCODABLE");
    CHECK(of_calls({R"({"id":"\ud83d"})"}).starts_with("tool_calls:")); // written as an escape
}

TEST_CASE("a text that is a canonical tool-call list is ambiguous", "[output]") {
    const std::string call =
        R"({"function": {"arguments": "{}", "name": "f"}, "id": "i", "type": "function"})";
    CHECK(is_tool_call_list("[" + call + "]"));
    CHECK(is_tool_call_list("[" + call + ", " + call + "]"));
    for (const std::string& text :
         {std::string{}, std::string{"[]"}, call, "[" + call + "] ", "[" + call + "," + call + "]",
          std::string{R"([{"function": {"arguments": "", "name": ""}, "id": "i"}])"},
          std::string{R"([{"function": {"arguments": "", "name": ""}, "id": null, "type": "t"}])"},
          std::string{R"([{"function": {"arguments": {}, "name": ""}, "id": "", "type": "t"}])"},
          std::string{R"([{"function": {"name": ""}, "id": "", "type": "t"}])"},
          std::string{R"([{"function": "", "id": "", "type": "t"}])"}, std::string{"[1]"},
          std::string{
              R"([{"function": {"arguments": "", "name": ""}, "id": "", "type": "t", "x": 1}])"},
          std::string{
              R"([{"function": {"arguments": "", "name": "", "x": 1}, "id": "", "type": "t"}])"},
          std::string{R"([{"id": "", "function": {"arguments": "", "name": ""}, "type": "t"}])"}}) {
        INFO(text);
        CHECK_FALSE(is_tool_call_list(text));
    }
}

} // namespace
} // namespace assay::receipt
