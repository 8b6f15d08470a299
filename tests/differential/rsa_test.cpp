// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// RSA against mbedTLS.
#include "core/hash/sha2.hpp"
#include "core/signatures/rsa.hpp"

#include "tests/differential/power.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <catch2/catch_template_test_macros.hpp>
#include <mbedtls/rsa.h>

namespace assay::signatures {
namespace {

using test::Mpi;
using test::must;

#if ASSAY_HAS_LIMBS_64
#define BACK_ENDS math::Limbs28<8192>, math::Limbs64<8192>
#else
#define BACK_ENDS math::Limbs28<8192>
#endif

TEMPLATE_TEST_CASE("modular powers agree with mbedTLS", "[differential][rsa]", BACK_ENDS) {
    test::Sequence random{1};
    const auto compare = [&](std::size_t bytes, const Bytes& exponent, std::uint8_t top) {
        Bytes n = test::random_bytes(random, bytes);
        n[0] = top; // from the shortest to the longest modulus of so many bytes
        n.back() |= 1;
        const auto [ours, theirs] =
            test::powers<TestType>(n, Mpi{test::random_bytes(random, bytes)}, exponent);
        CHECK(ours == theirs);
    };
    for (std::size_t i = 0; i < 300; ++i) {
        const std::size_t bytes = 1 + random.next() % 160;
        Bytes exponent = test::random_bytes(random, 1 + random.next() % 3);
        exponent[0] |= 1;
        exponent.back() |= 1;
        compare(bytes + 1, exponent, static_cast<std::uint8_t>(1U << random.next() % 8));
    }
    for (const std::size_t bytes : {256U, 257U, 384U, 511U, 512U, 700U, 1024U}) {
        for (const std::uint8_t top : Bytes{0x01, 0x80, 0xff})
            compare(bytes, Bytes{1, 0, 1}, top);
        compare(bytes, Bytes{3}, 0xff);
    }
    compare(256, test::random_bytes(random, 8), 0xc0);
}

/// mbedTLS's verdict on a PSS signature of the test key.
bool oracle_accepts(const Bytes& message, const Bytes& signature, int salt_size) {
    const Bytes n = test::rsa_modulus();
    const Bytes e = {1, 0, 1};
    mbedtls_rsa_context rsa;
    mbedtls_rsa_init(&rsa);
    must(mbedtls_rsa_import_raw(&rsa, n.data(), n.size(), nullptr, 0, nullptr, 0, nullptr, 0,
                                e.data(), e.size()));
    must(mbedtls_rsa_complete(&rsa));
    const Hash32 digest = hash::sha256(message);
    const bool accepted =
        mbedtls_rsa_rsassa_pss_verify_ext(&rsa, MBEDTLS_MD_SHA256, 32, digest.data(),
                                          MBEDTLS_MD_SHA256, salt_size, signature.data()) == 0;
    mbedtls_rsa_free(&rsa);
    return accepted;
}

TEST_CASE("RSA-PSS agrees with mbedTLS on signatures and on mutations", "[differential][rsa]") {
    const Bytes spki = test::rsa_spki();
    const auto key = RsaPublicKey::from_spki(spki);
    REQUIRE(key.has_value());
    test::Sequence random{2};
    const auto compare = [&](const Bytes& message, const Bytes& signature, int salt) {
        const bool ours = verify_rsa_pss(*key, RsaHash::sha256, static_cast<std::size_t>(salt),
                                         message, signature)
                              .has_value();
        CHECK(ours == oracle_accepts(message, signature, salt));
        return ours;
    };
    for (int i = 0; i < 20; ++i) {
        const Bytes message = test::random_bytes(random, random.next() % 200);
        for (const int salt : {0, 20, 32, 222}) {
            const Bytes signature = test::rsa_pss_sign(message, salt);
            for (const int wanted : {0, 20, 32, 222})
                CHECK(compare(message, signature, wanted) == (wanted == salt));
            for (int j = 0; j < 8; ++j) {
                Bytes changed = signature;
                changed[random.next() % changed.size()] ^=
                    static_cast<std::uint8_t>(1U << random.next() % 8);
                CHECK_FALSE(compare(message, changed, salt));
            }
        }
    }
    for (int i = 0; i < 500; ++i) // nothing else passes
        CHECK_FALSE(compare({}, test::random_bytes(random, 256), 32));
}

} // namespace
} // namespace assay::signatures
