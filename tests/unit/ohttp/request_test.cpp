// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/ohttp/request.hpp"

#include "tests/unit/ohttp/sample.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

namespace assay::ohttp {
namespace {

using bytes::to_hex;
using test::hex;
using test::outcome;

void check_context(const ResponseContext& context) {
    CHECK(to_hex(context.encapsulated) == test::EPHEMERAL_KEY);
    CHECK(to_hex(context.response_secret) == test::RESPONSE_SECRET);
    CHECK(to_hex(context.chunked_response_secret) == test::CHUNKED_RESPONSE_SECRET);
}

TEST_CASE("a request is sealed as another implementation seals it", "[request]") {
    const auto sealed = seal_request_to_key(7, hex(test::RECIPIENT_KEY), as_bytes(test::PLAINTEXT),
                                            Bytes(32, 0x22));
    REQUIRE(sealed.has_value());
    CHECK(to_hex(sealed->wire) == test::WIRE);
    check_context(sealed->context);
}

TEST_CASE("a request is opened by its recipient", "[request]") {
    const auto opened = open_request(7, hex(test::RECIPIENT_SECRET), hex(test::WIRE));
    REQUIRE(opened.has_value());
    CHECK(as_text(opened->plaintext) == test::PLAINTEXT);
    check_context(opened->context);
}

TEST_CASE("a changed request does not open", "[request]") {
    const Bytes secret = hex(test::RECIPIENT_SECRET);
    for (std::size_t i = 0; i < hex(test::WIRE).size(); ++i) {
        Bytes wire = hex(test::WIRE);
        wire[i] ^= 0x80;
        CHECK(outcome(open_request(7, secret, wire)) ==
              (i < 7 ? "OHTTP_SUITE_UNSUPPORTED" : "OHTTP_DECRYPT_FAILED"));
        wire.resize(i);
        CHECK_FALSE(open_request(7, secret, wire).has_value());
    }
    CHECK(outcome(open_request(8, secret, hex(test::WIRE))) == "OHTTP_SUITE_UNSUPPORTED");
    Bytes low = hex(test::WIRE);
    std::fill_n(low.begin() + 7, 32, std::uint8_t{0});
    CHECK(outcome(open_request(7, secret, low)) == "OHTTP_DECRYPT_FAILED");
    CHECK(outcome(open_request(7, secret, Bytes(54))) == "OHTTP_MALFORMED");
    CHECK(outcome(open_request(7, secret, Bytes(MAX_REQUEST_BYTES + 1))) == "OHTTP_LIMIT");
}

TEST_CASE("a request has a largest size", "[request]") {
    const Bytes key = hex(test::RECIPIENT_KEY);
    constexpr std::size_t MOST = MAX_REQUEST_BYTES - 55;
    const auto largest = seal_request_to_key(7, key, Bytes(MOST), Bytes(32, 1));
    REQUIRE(largest.has_value());
    CHECK(largest->wire.size() == MAX_REQUEST_BYTES);
    CHECK(open_request(7, hex(test::RECIPIENT_SECRET), largest->wire).has_value());
    CHECK(outcome(seal_request_to_key(7, key, Bytes(MOST + 1), Bytes(32, 1))) == "OHTTP_LIMIT");
}

TEST_CASE("a request needs a usable key and 32 bytes of randomness", "[request]") {
    CHECK(outcome(seal_request_to_key(7, Bytes(32), {}, Bytes(32, 1))) == "OHTTP_KEY_INVALID");
    CHECK(outcome(seal_request_to_key(7, Bytes(33, 9), {}, Bytes(32, 1))) == "OHTTP_KEY_INVALID");
    for (const std::size_t size : {0, 31, 33})
        CHECK(outcome(seal_request_to_key(7, hex(test::RECIPIENT_KEY), {}, Bytes(size, 1))) ==
              "ARGUMENT_INVALID");
}

} // namespace
} // namespace assay::ohttp
