// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/rsa_signer.hpp"

#include "core/hash/sha2.hpp"

#include "tests/unit/support/encode.hpp"

#include <mbedtls/rsa.h>

#include <array>
#include <map>
#include <stdexcept>
#include <utility>

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
/// And those of the 4096-bit key.
constexpr const char* LARGE_P =
    "f215908027ae57344b269658f2bc8b68121577b4359a34f43ad44419b89fa990daace8ab4ce319b9"
    "8a032d65c2e7cd8481a1b27fc7580577427a90091f6a49be6b3dce6906f53caf8ad79cb149138cc0"
    "15e40a55669fc7395eac5a735422763991c083bb67c165ee1848cd6ec4c739c6cbdd475894f1c495"
    "da9f81326ea51af264a1f5fdd446b6ba316a95a3c61f850c299792a8f0f6b02a80ce451ea984e7bf"
    "a8cb51465dceb5538a691fa21fdb8c1b271e8bf69000f3649d0e5f70e89188db620862333861a570"
    "1c08630e7548c2a9f06310474b7472fcc4e0e7cdf6db517136ec994ccfe39e5018596414dfd7db48"
    "55813ccdd56f14c53e4a11998b4acd29";
constexpr const char* LARGE_Q =
    "f1dd1644cd7ec6c87459dabfe047e8da7b51d17155beea45628dec030958b805b9290838d9c5297b"
    "b6400e9acc91ac47d9e00d8a60b03254a4a2bbfe9b41a415f23e6b9c61457684603da92c9fa97f93"
    "2526674f78a013d4de62d32e331775979584c01693406d0ade36fb066c687ced66b88bf968a45aa1"
    "651b23bf2810524ec812d7595ad43ed378e281639d7ad88bd2209fdbdcb44c971a0d8841df93c1be"
    "78cd14204a670df34abea9e05af01a8e00fba06d14c91ec11cd5686a11c01e52568743413008710c"
    "68582f8efe20e1e70b008469fbd312fc0835d4d5468df2985e553390d3733658e562397ea2394192"
    "d54c64aa8afe93dc45efb72ec7b158af";

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
    explicit Key(const char* p_hex = P, const char* q_hex = Q) {
        mbedtls_rsa_init(&rsa);
        const Bytes p = hex(p_hex);
        const Bytes q = hex(q_hex);
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

namespace {

Bytes modulus_of(Key& key) {
    Bytes n(mbedtls_rsa_get_len(&key.rsa));
    require(mbedtls_rsa_export_raw(&key.rsa, n.data(), n.size(), nullptr, 0, nullptr, 0, nullptr, 0,
                                   nullptr, 0) == 0);
    return n;
}

Bytes sign_pss(Key& key, mbedtls_md_type_t hash, BytesView digest, int salt_size) {
    std::uint8_t counter = 0;
    Bytes signature(mbedtls_rsa_get_len(&key.rsa));
    require(mbedtls_rsa_set_padding(&key.rsa, MBEDTLS_RSA_PKCS_V21, hash) == 0 &&
            mbedtls_rsa_rsassa_pss_sign_ext(&key.rsa, count_up, &counter, hash,
                                            static_cast<unsigned>(digest.size()), digest.data(),
                                            salt_size, signature.data()) == 0);
    return signature;
}

} // namespace

Bytes rsa_modulus() {
    Key key;
    return modulus_of(key);
}

namespace {

Key& large_key() {
    static Key key{LARGE_P, LARGE_Q};
    return key;
}

} // namespace

Bytes rsa4096_spki() {
    return rsa_spki(modulus_of(large_key()), hex("010001"));
}

Bytes rsa4096_pss_sha384_sign(BytesView message, int salt_size) {
    // The same certificates are signed again and again, at 20 ms each.
    static std::map<std::pair<std::array<std::uint8_t, 48>, int>, Bytes> made;
    const auto digest = hash::sha384(message);
    Bytes& signature = made[{digest, salt_size}];
    if (signature.empty()) {
        signature = sign_pss(large_key(), MBEDTLS_MD_SHA384, digest, salt_size);
    }
    return signature;
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
    return sign_pss(key, MBEDTLS_MD_SHA256, hash::sha256(message), salt_size);
}

} // namespace assay::test
