// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/python_text.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::receipt {
namespace {

std::string python(std::string_view json) {
    const auto value = bytes::parse_json(json, ErrorCode::POLICY_INVALID);
    REQUIRE(value.has_value());
    std::string out;
    append_python_text(out, *value);
    return out;
}

TEST_CASE("a list is printed as Python prints it", "[python]") {
    CHECK(python("[]") == "[]");
    CHECK(python("{}") == "{}");
    CHECK(python(R"([null,true,false,"a",[],{"b":1,"a":{}}])") ==
          "[None, True, False, 'a', [], {'b': 1, 'a': {}}]");
    CHECK(python("[-0,-0.0,1e3,1e16,1e400,-1e400,12345678901234567890]") ==
          "[0, -0.0, 1000.0, 1e+16, inf, -inf, 12345678901234567890]");
    CHECK(python(R"(["Infinity"])") == "['Infinity']");
}

TEST_CASE("quotes and escapes follow repr()", "[python]") {
    CHECK(python(R"("it's")") == R"("it's")");
    CHECK(python(R"("\"")") == R"('"')");
    CHECK(python(R"("'\"")") == R"('\'"')");
    CHECK(python(R"("\\/")") == R"('\\/')");
    CHECK(python(R"("\n\r\t\b\f\u0000\u001f\u007f")") == R"('\n\r\t\x08\x0c\x00\x1f\x7f')");
    CHECK(python(R"("\u0080\u00a0\u00ad\u00ff\u2028\ud83d\ude00\udbff\udfff\ud800")") ==
          "'\\x80\\xa0\\xad\xc3\xbf\\u2028\xf0\x9f\x98\x80\\U0010ffff\\ud800'");
    CHECK(python(R"({"\n'":0})") == R"({"\n'": 0})");
}

TEST_CASE("printable is what Unicode 15.0 assigns and shows", "[python]") {
    for (const char32_t value : {0x20, 0x7e, 0xa1, 0x377, 0x37a, 0x1f600, 0x1fae8, 0x2fa1d, 0x3134a,
                                 0x31350, 0xe01ef, 0xfffd, 0x2010, 0x303f})
        CHECK(is_printable(value));
    for (const char32_t value :
         {0x00,    0x1f,    0x7f,    0xa0,    0xad,    0x378,   0x379,  0x200b,
          0x202f,  0x3000,  0xd800,  0xdfff,  0xe000,  0xfeff,  0xfff9, 0xffff,
          0x1fae9, 0x323b0, 0xe0001, 0xe01f0, 0xf0000, 0x10ffff})
        CHECK_FALSE(is_printable(value));
    std::size_t printable = 0;
    for (char32_t value = 0; value < 0x110000; ++value)
        printable += is_printable(value) ? 1 : 0;
    // Unicode 15.0 has 149,186 graphic and format characters; 170 Cf, 1 Zl, 1 Zp, 17 Zs; U+0020 is
    // printable.
    CHECK(printable == 149'186 - 170 - 1 - 1 - 17 + 1);
}

} // namespace
} // namespace assay::receipt
