// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/hash/keccak256.hpp"
#include "core/signatures/erc1271.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::signatures {
namespace {

using test::concat;
using test::hex;
using test::outcome;

TEST_CASE("the call asks isValidSignature in the ABI's form", "[erc1271]") {
    const Hash32 digest = hash::keccak256(as_bytes("digest"));
    const Bytes selector = test::bytes_of(
        BytesView{hash::keccak256(as_bytes("isValidSignature(bytes32,bytes)"))}.first(4));
    for (const std::size_t size : {0U, 1U, 31U, 32U, 65U}) {
        const Bytes signature(size, 0xab);
        const std::size_t padding = (32 - size % 32) % 32;
        const Bytes expected =
            concat({selector, test::bytes_of(digest), Bytes(31), Bytes{0x40}, Bytes(31),
                    Bytes{static_cast<std::uint8_t>(size)}, signature, Bytes(padding)});
        CHECK(bytes::to_hex(erc1271_call_data(digest, signature)) == bytes::to_hex(expected));
    }
}

TEST_CASE("only the magic word is a yes", "[erc1271][negative]") {
    const Bytes magic = concat({hex("1626ba7e"), Bytes(28)});
    CHECK(outcome(check_erc1271_result(magic)) == "OK");
    for (const Bytes& other :
         {Bytes{}, hex("1626ba7e"), Bytes(31), Bytes(33), concat({magic, magic})})
        CHECK(outcome(check_erc1271_result(other)) == "SIGNATURE_MALFORMED");
    CHECK(outcome(check_erc1271_result(Bytes(32))) == "SIGNATURE_INVALID");
    CHECK(outcome(check_erc1271_result(Bytes(32, 0xff))) == "SIGNATURE_INVALID");
    CHECK(outcome(check_erc1271_result(concat({Bytes(28), hex("1626ba7e")}))) ==
          "SIGNATURE_INVALID");
    for (std::size_t bit = 0; bit < 256; bit += 9) {
        Bytes changed = magic;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
        CHECK(outcome(check_erc1271_result(changed)) == "SIGNATURE_INVALID");
    }
}

} // namespace
} // namespace assay::signatures
