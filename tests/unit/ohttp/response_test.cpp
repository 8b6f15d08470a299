// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/ohttp/response.hpp"

#include "tests/unit/ohttp/sample.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::ohttp {
namespace {

using test::hex;
using test::outcome;

const Hash32 ENC = *bytes::hash_from_hex(test::EPHEMERAL_KEY);
const Hash32 SECRET = *bytes::hash_from_hex(test::RESPONSE_SECRET);

TEST_CASE("a response opens with the secret of its request", "[response]") {
    CHECK(as_text(open_response(ENC, SECRET, hex(test::RESPONSE)).value()) == R"({"status":200})");
}

TEST_CASE("a changed response does not open", "[response]") {
    const Bytes whole = hex(test::RESPONSE);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        Bytes wire = whole;
        wire[i] ^= 1;
        CHECK(outcome(open_response(ENC, SECRET, wire)) == "OHTTP_DECRYPT_FAILED");
        wire = whole;
        wire.resize(i);
        CHECK(outcome(open_response(ENC, SECRET, wire)) ==
              (i < 48 ? "OHTTP_MALFORMED" : "OHTTP_DECRYPT_FAILED"));
    }
    Bytes longer = whole;
    longer.push_back(0);
    CHECK(outcome(open_response(ENC, SECRET, longer)) == "OHTTP_DECRYPT_FAILED");
}

TEST_CASE("a response belongs to one request and one type", "[response]") {
    Hash32 other = ENC;
    other[0] ^= 1;
    CHECK(outcome(open_response(other, SECRET, hex(test::RESPONSE))) == "OHTTP_DECRYPT_FAILED");
    const Hash32 chunked = *bytes::hash_from_hex(test::CHUNKED_RESPONSE_SECRET);
    CHECK(outcome(open_response(ENC, chunked, hex(test::RESPONSE))) == "OHTTP_DECRYPT_FAILED");
}

TEST_CASE("a response has a largest size", "[response]") {
    CHECK(outcome(open_response(ENC, SECRET, Bytes(MAX_RESPONSE_BYTES + 1))) == "OHTTP_LIMIT");
}

} // namespace
} // namespace assay::ohttp
