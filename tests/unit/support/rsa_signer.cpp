// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/rsa_signer.hpp"

#include "core/hash/sha2.hpp"

#include "tests/unit/support/encode.hpp"

#include <mbedtls/rsa.h>

#include <stdexcept>

namespace assay::test {
namespace {

constexpr const char* P =
    "e625febbd0c3e09eb2daeeaac6db27f45308d3dd02bb7785bb6de18bc0e617426fdb268b3932ec9c"
    "66475498711a0422631f2eb9f3dc42b41df070e6410335130784247a9c98f97cbf029ed211dbb098"
    "9fb728c9647f3cc87784705bf5911f0eeff5354b4dc8b0b74a0227edc9b841c3807fe8eb2b4b0001"
    "3103657fe013a881";
constexpr const char* Q =
    "c4fe186057b5f837592e1d10cda11993ba5544443434e81f5514f7c3a6b503dbfcd39433f406eef0"
    "cd66c95a47943a8b09a39e0d04742f1671b17b513d5349f33ba3bad46bd7f089304abd0cb58db372"
    "585046af7907faccb7b4587338aa5d62284e0fac51b769e476757b9e46d3c0172e5d2d35a647d788"
    "8f16a0b115dd2101";

void require(bool success) {
    if (!success)
        throw std::runtime_error{"the test key cannot be used"};
}

int count_up(void* counter, unsigned char* out, std::size_t size) {
    auto& next = *static_cast<std::uint8_t*>(counter);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = ++next;
    return 0;
}

class Key {
public:
    Key() {
        mbedtls_rsa_init(&rsa);
        const Bytes p = hex(P);
        const Bytes q = hex(Q);
        const Bytes e = hex("010001");
        require(mbedtls_rsa_import_raw(&rsa, nullptr, 0, p.data(), p.size(), q.data(), q.size(),
                                       nullptr, 0, e.data(), e.size()) == 0 &&
                mbedtls_rsa_complete(&rsa) == 0);
    }
    ~Key() { mbedtls_rsa_free(&rsa); }
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;

    mbedtls_rsa_context rsa;
};

} // namespace

Bytes rsa_modulus() {
    Key key;
    Bytes n(mbedtls_rsa_get_len(&key.rsa));
    require(mbedtls_rsa_export_raw(&key.rsa, n.data(), n.size(), nullptr, 0, nullptr, 0, nullptr, 0,
                                   nullptr, 0) == 0);
    return n;
}

Bytes rsa_spki() {
    return rsa_spki(rsa_modulus(), hex("010001"));
}

Bytes rsa_spki(BytesView modulus, BytesView exponent) {
    const Bytes key = der_nested(0x30, {der_integer(modulus), der_integer(exponent)});
    const Bytes algorithm = der_nested(0x30, {hex("0609 2a864886f70d010101"), hex("0500")});
    return der_nested(0x30, {algorithm, der_bits(key)});
}

Bytes rsa_pss_sign(BytesView message, int salt_size) {
    Key key;
    const Hash32 digest = hash::sha256(message);
    std::uint8_t counter = 0;
    Bytes signature(mbedtls_rsa_get_len(&key.rsa));
    require(mbedtls_rsa_set_padding(&key.rsa, MBEDTLS_RSA_PKCS_V21, MBEDTLS_MD_SHA256) == 0 &&
            mbedtls_rsa_rsassa_pss_sign_ext(&key.rsa, count_up, &counter, MBEDTLS_MD_SHA256, 32,
                                            digest.data(), salt_size, signature.data()) == 0);
    return signature;
}

} // namespace assay::test
