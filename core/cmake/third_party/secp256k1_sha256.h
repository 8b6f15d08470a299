/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* In the place of upstream's hash_impl.h: the SHA-256 of BIP-340's challenge by mbedTLS's block
 * function, which is in the module anyhow. Upstream's, unrolled, is 7 kB. Deterministic nonces are
 * for signing: there is none. */
#pragma once
#define SECP256K1_HASH_IMPL_H
#define SECP256K1_BUILD /* as secp256k1.c does; util.h includes the public header */

#include "src/hash.h"
#include "src/util.h"

#define MBEDTLS_ALLOW_PRIVATE_ACCESS
#include <mbedtls/sha256.h>

#include <stdlib.h>
#include <string.h>

static void secp256k1_sha256_initialize(secp256k1_sha256* const hash) {
    mbedtls_sha256_context start;
    mbedtls_sha256_init(&start);
    mbedtls_sha256_starts(&start, 0);
    memcpy(hash->s, start.state, sizeof hash->s);
    hash->bytes = 0;
}

static void secp256k1_sha256_write(secp256k1_sha256* const hash, const unsigned char* data,
                                   size_t size) {
    for (; size != 0; --size) {
        hash->buf[hash->bytes++ % sizeof hash->buf] = *data++;
        if (hash->bytes % sizeof hash->buf == 0) {
            mbedtls_sha256_context block;
            memcpy(block.state, hash->s, sizeof hash->s);
            if (mbedtls_internal_sha256_process(&block, hash->buf) != 0) {
                abort();
            }
            memcpy(hash->s, block.state, sizeof hash->s);
        }
    }
}

/* FIPS 180-4 section 5.1.1: one bit, zeros, the length in bits. */
static void secp256k1_sha256_finalize(secp256k1_sha256* const hash, unsigned char* const out) {
    static const unsigned char ONE_BIT = 0x80;
    static const unsigned char ZERO = 0;
    unsigned char bits[8];
    secp256k1_write_be32(bits, (uint32_t) (hash->bytes >> 29));
    secp256k1_write_be32(bits + 4, (uint32_t) (hash->bytes << 3));
    secp256k1_sha256_write(hash, &ONE_BIT, 1);
    while (hash->bytes % sizeof hash->buf != sizeof hash->buf - sizeof bits) {
        secp256k1_sha256_write(hash, &ZERO, 1);
    }
    secp256k1_sha256_write(hash, bits, sizeof bits);
    for (size_t i = 0; i < 8; ++i) {
        secp256k1_write_be32(out + 4 * i, hash->s[i]);
    }
}

static void secp256k1_sha256_initialize_tagged(secp256k1_sha256* const hash,
                                               const unsigned char* const tag, const size_t size) {
    (void) hash;
    (void) tag;
    (void) size;
    abort();
}

static void secp256k1_rfc6979_hmac_sha256_initialize(secp256k1_rfc6979_hmac_sha256* const generator,
                                                     const unsigned char* const key,
                                                     const size_t size) {
    (void) generator;
    (void) key;
    (void) size;
    abort();
}

static void secp256k1_rfc6979_hmac_sha256_generate(secp256k1_rfc6979_hmac_sha256* const generator,
                                                   unsigned char* const out, const size_t size) {
    (void) generator;
    (void) out;
    (void) size;
    abort();
}

static void secp256k1_rfc6979_hmac_sha256_finalize(secp256k1_rfc6979_hmac_sha256* const generator) {
    (void) generator;
}
