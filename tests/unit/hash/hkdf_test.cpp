// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/hash/hkdf.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::hash {
namespace {

using bytes::to_hex;

// Answers: node:crypto.
TEST_CASE("hkdf gives another implementation's answers", "[hkdf]") {
    const Hash32 salted = hkdf_extract(Bytes(13, 1), Bytes(22, 0x0b));
    CHECK(to_hex(*hkdf_expand(salted, as_bytes("info"), 42)) ==
          "8709d3c7d9f01338f55c8061ec1540df9efe72ac9b42388b2e8d9e807a4df5a61422d3ad820c311dbe66");
    const Hash32 unsalted = hkdf_extract({}, Bytes(80, 0x0c));
    CHECK(to_hex(*hkdf_expand(unsalted, {}, 82)) ==
          "64ea9acc6533000017a0a38b707e49815b960e0c35232217ee50bb11e4408bd0770d69c42de480b662ae8c2c"
          "1deb63af2fb9ecae69201fd1dcf0a4cf9a278ea9a01b48080729596af1fb95869707a0d5d342");
    CHECK(unsalted == hkdf_extract(Bytes(32), Bytes(80, 0x0c)));
}

TEST_CASE("hmac hashes keys that are longer than a block", "[hkdf]") {
    CHECK(to_hex(hmac_sha256(Bytes(131, 0xaa),
                             as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("hkdf ends at 255 blocks", "[hkdf]") {
    const Hash32 key = hkdf_extract({}, as_bytes("key"));
    CHECK(hkdf_expand(key, {}, 0)->empty());
    CHECK(hkdf_expand(key, {}, HKDF_MAX_BYTES)->size() == HKDF_MAX_BYTES);
    CHECK_FALSE(hkdf_expand(key, {}, HKDF_MAX_BYTES + 1).has_value());
}

} // namespace
} // namespace assay::hash
