// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/utf8.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>

namespace assay::bytes {
namespace {

TEST_CASE("utf8 takes every code point and no surrogate", "[utf8]") {
    for (char32_t point = 0; point <= 0x10ffff; ++point) {
        const std::string text{encode_code_point(point).text()};
        const CodePoint read = first_code_point(text);
        if (read.value != point || read.size != text.size() ||
            is_utf8(text) == is_surrogate(point)) {
            INFO(static_cast<std::uint32_t>(point));
            FAIL_CHECK("not read back");
        }
    }
}

TEST_CASE("utf8 refuses what is not well-formed", "[utf8][negative]") {
    for (const char* text :
         {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2\x20", "\xe0\x9f\xbf", "\xe2\x82",
          "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
          "\xf5\x80\x80\x80", "\xf8\x88\x80\x80\x80", "\xff", "\xfe", "\xf0\x9f\x98"}) {
        CHECK_FALSE(is_utf8(text));
        CHECK(utf8_prefix(std::string{"12345678abc"} + text) == 11);
    }
}

TEST_CASE("bytes that begin no sequence are read one by one", "[utf8]") {
    CHECK(first_code_point("\xe2\x82").value == 0xfffd);
    CHECK(first_code_point("\xe2\x82").size == 1);
    CHECK(first_code_point("\xf0\x9f\x98\x80").value == 0x1f600);
}

} // namespace
} // namespace assay::bytes
