// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/limits.hpp"
#include "core/bytes/json.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

namespace assay::bytes {
namespace {

constexpr ErrorCode CODE = ErrorCode::RECEIPT_BAD_FIELD;

bool reads(std::string_view text) {
    return parse_json(text, CODE).has_value();
}

std::string offset_of_failure(std::string_view text) {
    const auto result = parse_json(text, CODE);
    return result ? "OK" : std::string{result.error().path.view()};
}

std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

TEST_CASE("json keeps tokens as they stand", "[json]") {
    const std::string text = " {\"a\" : [1.50, -0, 1E+2], \"b\":{\"c\":null} ,\"d\":true}\r\n";
    const auto value = parse_json(text, CODE);
    REQUIRE(value.has_value());
    CHECK(value->raw() == text.substr(1, text.size() - 3));
    const auto items = value->find("a")->items();
    REQUIRE(items.size() == 3);
    CHECK(items[0].raw() == "1.50");
    CHECK(items[1].raw() == "-0");
    CHECK(items[2].raw() == "1E+2");
    CHECK(value->find("a")->raw() == "[1.50, -0, 1E+2]");
    CHECK(value->find("b")->find("c")->is(JsonKind::null));
    CHECK(value->find("d")->boolean());
    CHECK(value->find("e") == nullptr);
    CHECK(value->find("a")->find("b") == nullptr);
    CHECK(value->members()[1].name == "b");
}

TEST_CASE("json keeps integers of an array as they stand", "[json]") {
    const auto value =
        parse_json("[0,12 ,345,123456789,1234567890,\n-7,8.5,9e1,\"1,\",[2,3],255]", CODE);
    REQUIRE(value.has_value());
    std::string all;
    for (const JsonValue& item : value->items())
        all.append(item.raw()) += '|';
    CHECK(all == "0|12|345|123456789|1234567890|-7|8.5|9e1|\"1,\"|[2,3]|255|");
    CHECK(value->items()[2].is(JsonKind::number));
    CHECK(value->items()[9].items().size() == 2);
    CHECK(offset_of_failure("[1,01,2]") == "offset 4");
    CHECK(offset_of_failure("[1,2,]") == "offset 5");
    CHECK(offset_of_failure("[1,,2]") == "offset 3");
    CHECK(offset_of_failure("[1,2") == "offset 4");
    CHECK(offset_of_failure("{1,2}") == "offset 1");
    CHECK(offset_of_failure("1,2") == "offset 1");
}

TEST_CASE("json takes every scalar as a whole text", "[json]") {
    for (const char* text : {"null", "true", "false", "0", "-0", "-1.5e-7", "\"\"", "\"x\"", "[]",
                             "{}", "\t[ ]\n", "{ }", "1e400", "[[],{},[{}]]"}) {
        INFO(text);
        CHECK(reads(text));
    }
}

TEST_CASE("json refuses what RFC 8259 does not allow", "[json][negative]") {
    for (const char* text : {"",
                             " ",
                             "nul",
                             "True",
                             "NULL",
                             "NaN",
                             "Infinity",
                             "-Infinity",
                             "+1",
                             "-",
                             ".5",
                             "1.",
                             "01",
                             "-01",
                             "1e",
                             "1e+",
                             "1.e1",
                             "0x10",
                             "1_0",
                             "[1,]",
                             "[,1]",
                             "[1 2]",
                             "[",
                             "]",
                             "[}",
                             "{]",
                             "{\"a\"}",
                             "{\"a\":}",
                             "{\"a\":1,}",
                             "{,}",
                             "{a:1}",
                             "{'a':1}",
                             "{\"a\":1 \"b\":2}",
                             "{\"a\" 1}",
                             "{1:2}",
                             "\"",
                             "\"\\\"",
                             "\"\\x41\"",
                             "\"\\u12\"",
                             "\"\\u12g4\"",
                             "\"\\ud83d\\u12\"",
                             "\"\\'\"",
                             "\"a\nb\"",
                             "\"a\tb\"",
                             "\"\x01\"",
                             "/*c*/1",
                             "1//c",
                             "1 2",
                             "[] []",
                             "null,",
                             "\v1",
                             "1\f",
                             "\xc2\xa0"
                             "1"}) {
        INFO(text);
        CHECK_FALSE(reads(text));
    }
    CHECK_FALSE(reads(std::string_view{"\0", 1}));
    CHECK_FALSE(reads(std::string_view{"1\0", 2}));
    CHECK_FALSE(reads(std::string_view{"\"\0\"", 3}));
}

TEST_CASE("json text is UTF-8 without a byte order mark", "[json][negative]") {
    CHECK_FALSE(reads("\xef\xbb\xbf{}"));
    CHECK_FALSE(reads("\"\xed\xa0\x80\""));
    CHECK_FALSE(reads("\"\xff\""));
    CHECK(reads("\"\xf0\x9f\x98\x80\""));
}

TEST_CASE("json unescapes strings", "[json]") {
    const auto text = [](std::string_view json) { return parse_json(json, CODE)->string(); };
    CHECK(text(R"("\"\\\/\b\f\n\r\t")") == "\"\\/\b\f\n\r\t");
    CHECK(text(R"("\u0041\u00e9\u20AC")") == "A\xc3\xa9\xe2\x82\xac");
    CHECK(text(R"("\uD83D\uDE00")") == "\xf0\x9f\x98\x80");
    CHECK(text(R"("\u0000")") == std::string(1, '\0'));
}

TEST_CASE("a lone surrogate stays one code point", "[json]") {
    const auto text = [](std::string_view json) { return parse_json(json, CODE)->string(); };
    CHECK(text(R"("\ud83d")") == "\xed\xa0\xbd");
    CHECK(text(R"("\ude00x")") == "\xed\xb8\x80x");
    CHECK(text(R"("\ud83d\n")") == "\xed\xa0\xbd\n");
    CHECK(text(R"("\ud83d\u0041")") == "\xed\xa0\xbd"
                                       "A");
    CHECK(text(R"("\ud83d\ud83d\ude00")") == "\xed\xa0\xbd\xf0\x9f\x98\x80");
    CHECK(text(R"("\ude00\ud83d")") == "\xed\xb8\x80\xed\xa0\xbd");
}

TEST_CASE("json refuses a repeated name at any depth", "[json][negative]") {
    CHECK_FALSE(reads(R"({"a":1,"a":1})"));
    CHECK_FALSE(reads(R"({"a":1,"b":2,"\u0061":3})"));
    CHECK_FALSE(reads(R"([{"x":[{"a":1,"b":{},"a":null}]}])"));
    CHECK_FALSE(reads(R"({"":1,"":2})"));
    CHECK(reads(R"({"a":{"a":{"a":1}},"A":2})"));
}

TEST_CASE("names that JavaScript treats specially are names like others", "[json]") {
    const auto value = parse_json(R"({"__proto__":{"constructor":1},"toString":2})", CODE);
    REQUIRE(value.has_value());
    CHECK(value->find("__proto__")->find("constructor")->raw() == "1");
    CHECK(value->find("toString")->raw() == "2");
    CHECK(value->find("hasOwnProperty") == nullptr);
    CHECK_FALSE(reads(R"({"__proto__":1,"__proto__":2})"));
}

TEST_CASE("json counts nested containers", "[json][negative]") {
    const std::size_t depth = limits::JSON_DEPTH;
    CHECK(reads(repeat("[", depth) + repeat("]", depth)));
    CHECK_FALSE(reads(repeat("[", depth + 1) + repeat("]", depth + 1)));
    CHECK(reads(repeat("{\"a\":", depth) + "1" + repeat("}", depth)));
    CHECK_FALSE(reads(repeat("{\"a\":", depth + 1) + "1" + repeat("}", depth + 1)));
    CHECK(reads("[" + repeat("[],", 1000) + "[]]")); // siblings do not nest
    CHECK_FALSE(reads(repeat("[", 1'000'000)));
    CHECK_FALSE(reads(repeat("{\"a\":", 1'000'000)));
}

TEST_CASE("json counts the digits of integers only", "[json][negative]") {
    const std::string digits(limits::JSON_INTEGER_DIGITS, '9');
    CHECK(reads(digits));
    CHECK(reads("-" + digits));
    CHECK_FALSE(reads(digits + "9"));
    CHECK_FALSE(reads("[-" + digits + "9]"));
    CHECK(reads(digits + "9.0"));
    CHECK(reads(digits + "9e1"));
    CHECK(reads("0." + digits + digits));
}

TEST_CASE("json counts values before it keeps them", "[json][negative]") {
    const std::string at_limit = "[" + repeat("0,", limits::JSON_VALUES - 2) + "0]";
    CHECK(reads(at_limit));
    const std::string above = "[" + repeat("0,", limits::JSON_VALUES - 1) + "0]";
    const auto refused = parse_json(above, CODE);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::INPUT_LIMIT);

    JsonBudget budget{.values = 5};
    CHECK(parse_json("[1,2]", CODE, budget).has_value());
    CHECK(parse_json("{\"a\":1}", CODE, budget).has_value());
    CHECK(budget.values == 0);
    CHECK_FALSE(parse_json("1", CODE, budget).has_value());
}

TEST_CASE("json counts numbers that take long to convert", "[json][negative]") {
    const auto many = [](const std::string& token, std::size_t count) {
        return "[" + repeat(token + ",", count - 1) + token + "]";
    };
    for (const char* free : {"1e-99", "1E+99", "-0.25", "123456789.123456", "12345678901234567890"})
        CHECK(reads(many(free, limits::JSON_FLOAT_PLACES / 4)));
    const std::pair<std::string, std::size_t> charged[] = {
        {"1e-323", 324},
        {"1e300", 301},
        {"1E-0000308", 309},
        {"1e-18446744073709551617", 1001},
        {"0." + std::string(320, '0') + "1", 322},
        {"1.2345678901234567", 17},
        {"1.234567890123456", 16},
        {"-1.2345678901234567e-99", 116},
        {std::string(300, '9') + ".5", 301},
    };
    for (const auto& [token, places] : charged) {
        INFO(token);
        const std::size_t most = limits::JSON_FLOAT_PLACES / places;
        CHECK(reads(many(token, most)));
        const auto refused = parse_json(many(token, most + 1), CODE);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::INPUT_LIMIT);
    }
}

TEST_CASE("json names the place of a failure", "[json][negative]") {
    CHECK(offset_of_failure("[1,x]") == "offset 3");
    CHECK(offset_of_failure("[1] x") == "offset 4");
    CHECK(offset_of_failure("\"ab\xff\"") == "offset 3");
    CHECK(parse_json("x", ErrorCode::POLICY_INVALID).error().code == ErrorCode::POLICY_INVALID);
}

TEST_CASE("no prefix of a json object is accepted, no changed byte crashes", "[json][mutation]") {
    const std::string text =
        R"({"model":"m","messages":[{"role":"user","content":"h\u00e9\ud83d\ude00"}],"t":-1.5e3})";
    REQUIRE(reads(text));
    for (std::size_t size = 0; size < text.size(); ++size)
        CHECK_FALSE(reads(std::string_view{text}.substr(0, size)));
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = text;
            changed[at] = static_cast<char>(changed[at] ^ 1 << bit);
            if (const auto value = parse_json(changed, CODE))
                CHECK(value->raw() == changed); // starts with "{" and ends with "}"
        }
    }
}

} // namespace
} // namespace assay::bytes
