// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/canonical.hpp"

#include <catch2/catch_test_macros.hpp>

#include <utility>

namespace assay::receipt {
namespace {

std::string canonical(std::string_view json) {
    const auto value = bytes::parse_json(json, ErrorCode::RECEIPT_REQUEST_UNSUPPORTED);
    return value ? canonical_text(*value) : "refused";
}

bool truthy(std::string_view json) {
    const auto value = bytes::parse_json(json, ErrorCode::RECEIPT_REQUEST_UNSUPPORTED);
    REQUIRE(value.has_value());
    return is_truthy(&*value);
}

// Expected texts: CPython's json.dumps(value, sort_keys=True).
TEST_CASE("canonical text has one space after each separator", "[canonical]") {
    CHECK(canonical(" { } ") == "{}");
    CHECK(canonical("[ ]") == "[]");
    CHECK(canonical("[1,[2,{}],{\"b\":null,\"a\":[true,false]}]") ==
          R"([1, [2, {}], {"a": [true, false], "b": null}])");
}

TEST_CASE("members are sorted by code point", "[canonical]") {
    CHECK(canonical(R"({"b":1,"B":2,"a":3,"":4,"aa":5})") ==
          R"({"": 4, "B": 2, "a": 3, "aa": 5, "b": 1})");
    // U+FFFF before U+1F600, a lone surrogate by its own value; UTF-16 order is another.
    CHECK(canonical(R"({"\ud83d\ude00":1,"\uffff":2,"\ud83d":3,"\ue000":4})") ==
          R"({"\ud83d": 3, "\ue000": 4, "\uffff": 2, "\ud83d\ude00": 1})");
}

TEST_CASE("strings are escaped as Python escapes them", "[canonical]") {
    CHECK(canonical(R"("\"\\/\b\t\n\f\r")") == R"("\"\\/\b\t\n\f\r")");
    CHECK(canonical(R"("\u0000\u001f~\u007f\u0080")") == R"("\u0000\u001f~\u007f\u0080")");
    CHECK(canonical("\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"") == R"("\u00e9\u20ac\ud83d\ude00")");
    CHECK(canonical(R"("\uDFFF\uD800")") == R"("\udfff\ud800")");
    CHECK(canonical(R"("\u0041<>&'")") == R"("A<>&'")");
}

TEST_CASE("numbers inside values keep their rules", "[canonical]") {
    CHECK(canonical("[-0,1.0,1e2,10000000000000000000001,1e400]") ==
          "[0, 1.0, 100.0, 10000000000000000000001, Infinity]");
}

TEST_CASE("a __proto__ member is a member like any other", "[canonical]") {
    CHECK(canonical(R"({"b":1,"__proto__":{"constructor":null}})") ==
          R"({"__proto__": {"constructor": null}, "b": 1})");
}

TEST_CASE("canonical text is its own canonical text", "[canonical]") {
    for (const char* json :
         {R"({"z":[1e5,{"y":"\ud800"}],"a":-1.25e-9})", "[[[[]]]]", "\"\\u20ac\""}) {
        const std::string once = canonical(json);
        CHECK(canonical(once) == once);
    }
}

TEST_CASE("truth is Python's", "[canonical]") {
    for (const char* json :
         {"null", "false", "\"\"", "[]", "{}", "0", "-0", "0.0", "0e5", "1e-400"})
        CHECK_FALSE(truthy(json));
    for (const char* json : {"true", "\"0\"", "[0]", "{\"a\":0}", "1", "-1"})
        CHECK(truthy(json));
    CHECK_FALSE(is_truthy(nullptr));
}

TEST_CASE("a temperature that is no number is refused", "[canonical][negative]") {
    for (const char* json : {"\"1\"", "true", "[]", "{}", "1e400"}) {
        const auto value = bytes::parse_json(json, ErrorCode::RECEIPT_REQUEST_UNSUPPORTED);
        REQUIRE(value.has_value());
        const auto text = canonical_temperature(*value);
        REQUIRE_FALSE(text.has_value());
        CHECK(text.error().code == ErrorCode::RECEIPT_REQUEST_UNSUPPORTED);
    }
}

} // namespace
} // namespace assay::receipt
