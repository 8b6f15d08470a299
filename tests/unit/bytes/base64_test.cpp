// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/base64.hpp"

#include <catch2/catch_test_macros.hpp>

#include <utility>

namespace assay::bytes {
namespace {

// RFC 4648 §10.
TEST_CASE("base64 gives the answers of RFC 4648", "[base64]") {
    const std::pair<std::string_view, std::string_view> cases[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, text] : cases) {
        CHECK(to_base64(as_bytes(plain)) == text);
        const auto decoded = from_base64(text);
        REQUIRE(decoded.has_value());
        CHECK(as_text(*decoded) == plain);
    }
}

TEST_CASE("base64 reads back what it writes", "[base64]") {
    Bytes bytes;
    for (unsigned i = 0; i < 300; ++i) {
        CHECK(from_base64(to_base64(bytes)) == bytes);
        bytes.push_back(static_cast<std::uint8_t>(i * 37 + 5));
    }
}

TEST_CASE("base64 has one text per byte string", "[base64][negative]") {
    for (const char* text :
         {"Zg", "Zg=", "Z", "=", "==", "====", "Zg===", "Zh==", "Zm9=", "Zm9vZg==Zg==", "Zm==9v",
          "Zm8=\n", " Zm8=", "Zm 8", "Zm-_", "Zm8\xc3", "Z===", "Zm9v====", "=m9v"}) {
        INFO(text);
        CHECK_FALSE(from_base64(text).has_value());
    }
}

} // namespace
} // namespace assay::bytes
