// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/hash/blake2b.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

using assay::hash::Blake2b;

namespace {

std::string hash_of(std::string_view personal, const assay::Bytes& bytes, std::size_t piece) {
    Blake2b hash{personal};
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        hash.update(assay::BytesView{bytes}.subspan(at, std::min(piece, bytes.size() - at)));
    return assay::bytes::to_hex(hash.finish());
}

const std::string NONE(Blake2b::PERSONAL_BYTES, '\0');

} // namespace

TEST_CASE("BLAKE2b-512 of RFC 7693's example") {
    // RFC 7693, appendix A
    REQUIRE(hash_of(NONE, {'a', 'b', 'c'}, 3) ==
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
            "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
}

TEST_CASE("BLAKE2b does not depend on how its input is cut, full blocks included") {
    for (const std::size_t size : {0, 1, 127, 128, 129, 255, 256, 257, 1000}) {
        assay::Bytes bytes(size);
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<std::uint8_t>(i);
        const std::string whole = hash_of(NONE, bytes, 4096);
        for (const std::size_t piece : {1, 7, 64, 128, 200})
            REQUIRE(hash_of(NONE, bytes, piece) == whole);
        REQUIRE(hash_of("Halo2-Verify-Key", bytes, 4096) != whole);
    }
}
