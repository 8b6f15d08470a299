// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/ohttp/hpke.hpp"

#include "tests/unit/ohttp/sample.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::ohttp {
namespace {

using bytes::to_hex;
using test::hex;
using test::outcome;

HpkeContext sender() {
    return HpkeContext::sender(hex(test::RECIPIENT_KEY), Bytes(32, 0x22), hex(test::INFO)).value();
}

TEST_CASE("hpke derives keys as another implementation does", "[hpke]") {
    CHECK(to_hex(derive_secret_key(Bytes(32, 0x11))) == test::RECIPIENT_SECRET);
    CHECK(to_hex(sender().encapsulated()) == test::EPHEMERAL_KEY);
}

TEST_CASE("hpke seals message after message", "[hpke]") {
    HpkeContext context = sender();
    const std::string first = to_hex(context.seal({}, as_bytes(test::PLAINTEXT)));
    CHECK(std::string{test::WIRE}.ends_with(first));
    CHECK(to_hex(context.seal(as_bytes("aad"), as_bytes("second"))) == test::SECOND);
    CHECK(to_hex(context.export_secret(as_bytes("x"), 40)) == test::EXPORT);
}

TEST_CASE("hpke opens message after message", "[hpke]") {
    const Bytes secret = hex(test::RECIPIENT_SECRET);
    auto context =
        HpkeContext::recipient(secret, hex(test::EPHEMERAL_KEY), hex(test::INFO)).value();
    CHECK(outcome(context.open(as_bytes("aad"), hex(test::SECOND))) == "OHTTP_DECRYPT_FAILED");
    const Bytes first = hex(test::WIRE.substr(2 * 39));
    CHECK(as_text(context.open({}, first).value()) == test::PLAINTEXT);
    CHECK(outcome(context.open({}, first)) == "OHTTP_DECRYPT_FAILED"); // it has had its turn
    CHECK(outcome(context.open({}, hex(test::SECOND))) == "OHTTP_DECRYPT_FAILED");
    CHECK(as_text(context.open(as_bytes("aad"), hex(test::SECOND)).value()) == "second");
    CHECK(context.export_secret(as_bytes("x"), 40) == hex(test::EXPORT));
}

TEST_CASE("hpke binds the info", "[hpke]") {
    const Bytes other = hex("00");
    auto context =
        HpkeContext::recipient(hex(test::RECIPIENT_SECRET), hex(test::EPHEMERAL_KEY), other)
            .value();
    CHECK(outcome(context.open({}, hex(test::WIRE.substr(2 * 39)))) == "OHTTP_DECRYPT_FAILED");
}

TEST_CASE("hpke refuses keys of small order on both sides", "[hpke]") {
    CHECK(outcome(HpkeContext::sender(Bytes(32), Bytes(32, 1), {})) == "OHTTP_KEY_INVALID");
    CHECK(outcome(HpkeContext::sender(Bytes(31, 9), Bytes(32, 1), {})) == "OHTTP_KEY_INVALID");
    CHECK(outcome(HpkeContext::recipient(Bytes(32, 1), Bytes(32), {})) == "OHTTP_KEY_INVALID");
}

TEST_CASE("nonces count in their last bytes", "[hpke]") {
    AeadNonce base{};
    base.fill(0xff);
    CHECK(nonce_of(base, 0) == base);
    CHECK(to_hex(nonce_of(base, 1)) == "fffffffffffffffffffffffe");
    CHECK(to_hex(nonce_of(base, 0x0102)) == "fffffffffffffffffffffefd");
    CHECK(to_hex(nonce_of(AeadNonce{}, UINT64_MAX)) == "00000000ffffffffffffffff");
}

} // namespace
} // namespace assay::ohttp
