// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/messages.hpp"

#include <catch2/catch_test_macros.hpp>

#include <vector>

namespace assay::receipt {
namespace {

struct Written {
    std::string text; ///< or the code
    std::vector<std::string> not_covered;
};

Written write(std::string_view messages, Dialect dialect = Dialect::stripped) {
    const auto value = bytes::parse_json(messages, ErrorCode::RECEIPT_REQUEST_UNSUPPORTED);
    REQUIRE(value.has_value());
    std::string out;
    NotCovered not_covered;
    const auto result = append_messages(out, *value, dialect, not_covered);
    if (!result)
        return {std::string{info(result.error().code).name}, {}};
    return {out, not_covered.sorted()};
}

/// The canonical text of one message.
std::string one(std::string_view message, Dialect dialect = Dialect::stripped) {
    const std::string text = write("[" + std::string{message} + "]", dialect).text;
    return text.starts_with('[') ? text.substr(1, text.size() - 2) : text;
}

std::vector<std::string> dropped(std::string_view message, Dialect dialect = Dialect::stripped) {
    return write("[" + std::string{message} + "]", dialect).not_covered;
}

const std::vector<std::string> NOTHING{};
const std::vector<std::string> OTHERS{"messages[].*"};
const std::vector<std::string> ATTACHMENTS{"messages[].attachments"};
constexpr const char* REFUSED = "RECEIPT_REQUEST_UNSUPPORTED";

TEST_CASE("each role keeps its members", "[messages]") {
    CHECK(one(R"({"role":"system","content":["a",{"b":1.0}]})") ==
          R"({"content": ["a", {"b": 1.0}], "role": "system"})");
    CHECK(one(R"({"role":"user","content":""})") == R"({"content": "", "role": "user"})");
    CHECK(one(R"({"tool_call_id":"i","role":"tool","content":"r"})") ==
          R"({"content": "r", "role": "tool", "tool_call_id": "i"})");
    CHECK(one(R"({"role":"function","name":"f","content":"r"})") ==
          R"({"content": "r", "name": "f", "role": "function"})");
    CHECK(one(R"({"role":"assistant","content":"r"})") ==
          R"({"content": "r", "role": "assistant"})");
    CHECK(write(R"([{"role":"user","content":"a"},{"role":"user","content":"b"}])").text ==
          R"([{"content": "a", "role": "user"}, {"content": "b", "role": "user"}])");
}

TEST_CASE("an assistant's empty content is the empty text", "[messages]") {
    for (const char* content : {R"(,"content":null)", R"(,"content":"")", R"(,"content":[])", ""})
        CHECK(one(R"({"role":"assistant")" + std::string{content} + "}") ==
              R"({"content": "", "role": "assistant"})");
    CHECK(one(R"({"role":"assistant","content":["x"],"tool_calls":[]})") ==
          R"({"content": ["x"], "role": "assistant"})");
}

TEST_CASE("tool calls keep four members and fill what is missing", "[messages]") {
    const auto call = [](std::string_view json, Dialect dialect) {
        const std::string text =
            one(R"({"role":"assistant","tool_calls":[)" + std::string{json} + "]}", dialect);
        constexpr std::string_view HEAD = R"({"content": "", "role": "assistant", "tool_calls": [)";
        return text.starts_with(HEAD) ? text.substr(HEAD.size(), text.size() - HEAD.size() - 2)
                                      : text;
    };
    const char* full = R"({"id":"i","type":"t","function":{"name":"n","arguments":{"a":[1.50]}}})";
    for (const Dialect dialect : {Dialect::stripped, Dialect::client_library})
        CHECK(call(full, dialect) ==
              R"({"function": {"arguments": {"a": [1.5]}, "name": "n"}, "id": "i", "type": "t"})");
    CHECK(call("{}", Dialect::stripped) ==
          R"({"function": {"arguments": null, "name": null}, "id": null, "type": null})");
    CHECK(call("{}", Dialect::client_library) ==
          R"({"function": {"arguments": "", "name": ""}, "id": "", "type": "function"})");
    const char* nulls = R"({"id":null,"type":null,"function":{"name":null,"arguments":null}})";
    for (const Dialect dialect : {Dialect::stripped, Dialect::client_library}) // null stays
        CHECK(call(nulls, dialect) ==
              R"({"function": {"arguments": null, "name": null}, "id": null, "type": null})");
    for (const char* bad : {"1", R"({"function":null})", R"({"function":"f"})", R"({"id":1})",
                            R"({"type":[]})", R"({"function":{"name":false}})"}) {
        INFO(bad);
        CHECK(call(bad, Dialect::stripped) == REFUSED);
        CHECK(call(bad, Dialect::client_library) == REFUSED);
    }
}

TEST_CASE("user parts are reduced to text, type and file name", "[messages]") {
    const auto parts = [](std::string_view json) {
        const std::string text = one(R"({"role":"user","content":[)" + std::string{json} + "]}");
        constexpr std::string_view HEAD = R"({"content": [)";
        return text.starts_with(HEAD)
                   ? text.substr(HEAD.size(), text.find(R"(], "role")") - HEAD.size())
                   : text;
    };
    CHECK(parts("") == "");
    CHECK(parts(R"("s",{"type":"text","text":"t"})") ==
          R"({"text": "s", "type": "text"}, {"text": "t", "type": "text"})");
    CHECK(parts(R"({"type":"text"},{"type":"text","text":null})") ==
          R"({"text": "", "type": "text"}, {"text": "", "type": "text"})");
    CHECK(parts(R"({"type":"image_url","image_url":{"url":"data:"}})") ==
          R"({"type": "image_url"})");
    CHECK(parts(R"({"x":1},{"type":null})") == R"({"type": null}, {"type": null})");
    CHECK(parts(R"({"type":"file","file":{"filename":"a"},"filename":"b"})") ==
          R"({"filename": "a", "type": "file"})");
    CHECK(parts(R"({"type":"file","file":{"filename":""},"filename":"b"})") ==
          R"({"filename": "b", "type": "file"})");
    CHECK(parts(R"({"type":"file","file":"f","filename":0})") == R"({"type": "file"})");
    CHECK(parts(R"({"type":"Text","text":"t"})") == R"({"type": "Text"})");
    for (const char* bad :
         {"1", "null", "true", "[]", R"({"type":1})", R"({"type":"text","text":1})",
          R"({"type":"f","filename":1})", R"({"type":"f","file":{"filename":[1]}})"}) {
        INFO(bad);
        CHECK(parts(bad) == REFUSED);
    }
}

TEST_CASE("developer is a role for the client library only", "[messages]") {
    const char* message = R"({"role":"developer","content":"d"})";
    CHECK(one(message, Dialect::client_library) == R"({"content": "d", "role": "system"})");
    CHECK(one(message) == REFUSED);
}

TEST_CASE("other shapes of messages are refused", "[messages][negative]") {
    for (const char* messages :
         {"[]",
          "{}",
          "null",
          "\"x\"",
          "[1]",
          "[null]",
          "[[]]",
          R"([{}])",
          R"([{"content":"x"}])",
          R"([{"role":1,"content":"x"}])",
          R"([{"role":"User","content":"x"}])",
          R"([{"role":"","content":"x"}])",
          R"([{"role":"user"}])",
          R"([{"role":"user","content":null}])",
          R"([{"role":"user","content":1}])",
          R"([{"role":"user","content":{}}])",
          R"([{"role":"system"}])",
          R"([{"role":"system","content":null}])",
          R"([{"role":"assistant","content":0}])",
          R"([{"role":"assistant","content":false}])",
          R"([{"role":"assistant","content":{}}])",
          R"([{"role":"assistant","tool_calls":{"a":1}}])",
          R"([{"role":"assistant","tool_calls":"x"}])",
          R"([{"role":"tool","content":"x"}])",
          R"([{"role":"tool","tool_call_id":"i"}])",
          R"([{"role":"tool","tool_call_id":null,"content":"x"}])",
          R"([{"role":"function","name":"f","content":[]}])",
          R"([{"role":"function","content":"x"}])",
          R"([{"role":"user","content":"x"},{"role":"bot","content":"x"}])"}) {
        INFO(messages);
        CHECK(write(messages).text == REFUSED);
        CHECK(write(messages, Dialect::client_library).text == REFUSED);
    }
}

TEST_CASE("what is dropped is reported", "[messages]") {
    CHECK(dropped(R"({"role":"user","content":"x"})") == NOTHING);
    CHECK(dropped(R"({"role":"user","content":"x","name":"n"})") == OTHERS);
    CHECK(dropped(R"({"role":"user","content":"x","__proto__":null})") == OTHERS);
    CHECK(dropped(R"({"role":"user","content":"x","tool_calls":[]})") == OTHERS);
    CHECK(dropped(R"({"role":"assistant","tool_calls":[]})") == NOTHING);
    CHECK(dropped(R"({"role":"assistant","refusal":null})") == OTHERS);
    CHECK(dropped(R"({"role":"assistant","tool_calls":[{"index":0}]})") == OTHERS);
    CHECK(dropped(R"({"role":"assistant","tool_calls":[{"function":{"x":0}}]})") == OTHERS);
    CHECK(dropped(R"({"role":"user","content":[{"type":"text","text":"t"},"s"]})") == NOTHING);
    CHECK(dropped(R"({"role":"user","content":[{"type":"text","cache":1}]})") == OTHERS);
    CHECK(dropped(R"({"role":"user","content":[{"type":"image","url":"u"}]})") == ATTACHMENTS);
    CHECK(dropped(R"({"role":"system","content":[{"type":"image","url":"u"}]})") == NOTHING);
}

} // namespace
} // namespace assay::receipt
