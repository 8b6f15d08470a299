// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>

namespace assay::bytes {
namespace {

TEST_CASE("the writer separates members and items", "[json]") {
    JsonWriter out;
    out.object().key("a").array().number(-1).unsigned_number(UINT64_MAX).boolean(false).null();
    out.array().end().object().end().end();
    out.key("b").raw("{\"x\":1}").key("c").string("t").end();
    CHECK(out.take() == R"({"a":[-1,18446744073709551615,false,null,[],{}],"b":{"x":1},"c":"t"})");
    CHECK(out.array().end().take() == "[]"); // new again
    CHECK(out.string("x").take() == "\"x\"");
    CHECK(out.decimal(UINT64_MAX).take() == "\"18446744073709551615\"");
}

TEST_CASE("the writer's text is valid whatever it is given", "[json]") {
    const auto written = [](std::string_view text) { return JsonWriter{}.string(text).take(); };
    CHECK(written("a\"\\/\n\x1f\x7f") == "\"a\\\"\\\\/\\u000a\\u001f\x7f\"");
    CHECK(written("\xf0\x9f\x98\x80") == "\"\xf0\x9f\x98\x80\"");
    CHECK(written("\xed\xa0\xbd") == "\"\\ud83d\"");                // a lone surrogate
    CHECK(written("x\xff\xc3") == "\"x\xef\xbf\xbd\xef\xbf\xbd\""); // no UTF-8
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const char bytes[] = {static_cast<char>(first), static_cast<char>(second)};
            const std::string text = written({bytes, 2});
            if (!parse_json(text, ErrorCode::POLICY_INVALID))
                FAIL_CHECK("not JSON: " << first << " " << second);
        }
    }
}

} // namespace
} // namespace assay::bytes
