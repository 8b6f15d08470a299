/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* mbedTLS's own verification as a WebAssembly module: a peer of the benchmarks, never shipped. The
 * caller writes the arguments one after the other into arena(). */
#include <mbedtls/ecdsa.h>
#include <mbedtls/pk.h>
#include <mbedtls/rsa.h>
#include <mbedtls/sha256.h>
#include <mbedtls/sha512.h>

#include <emscripten/emscripten.h>

enum { P384_KEY = 97, P384_SCALAR = 48 };

static unsigned char memory[1 << 20];

EMSCRIPTEN_KEEPALIVE unsigned char* arena(void) {
    return memory;
}

/* Point, r, s, message. */
EMSCRIPTEN_KEEPALIVE int verify_p384(unsigned length) {
    const unsigned char* r_bytes = memory + P384_KEY;
    const unsigned char* s_bytes = r_bytes + P384_SCALAR;
    unsigned char digest[48];
    mbedtls_sha512(s_bytes + P384_SCALAR, length, digest, 1);
    mbedtls_ecp_group group;
    mbedtls_ecp_point point;
    mbedtls_mpi r, s;
    mbedtls_ecp_group_init(&group);
    mbedtls_ecp_point_init(&point);
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
    const int valid = mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP384R1) == 0 &&
                      mbedtls_ecp_point_read_binary(&group, &point, memory, P384_KEY) == 0 &&
                      mbedtls_ecp_check_pubkey(&group, &point) == 0 &&
                      mbedtls_mpi_read_binary(&r, r_bytes, P384_SCALAR) == 0 &&
                      mbedtls_mpi_read_binary(&s, s_bytes, P384_SCALAR) == 0 &&
                      mbedtls_ecdsa_verify(&group, digest, sizeof digest, &point, &r, &s) == 0;
    mbedtls_mpi_free(&s);
    mbedtls_mpi_free(&r);
    mbedtls_ecp_point_free(&point);
    mbedtls_ecp_group_free(&group);
    return valid;
}

/* SubjectPublicKeyInfo, signature, message; SHA-256, salt of 32 bytes. */
EMSCRIPTEN_KEEPALIVE int verify_rsa_pss(unsigned key, unsigned signature, unsigned length) {
    unsigned char digest[32];
    mbedtls_sha256(memory + key + signature, length, digest, 0);
    mbedtls_pk_context context;
    mbedtls_pk_init(&context);
    const int valid =
        mbedtls_pk_parse_public_key(&context, memory, key) == 0 &&
        mbedtls_pk_get_type(&context) == MBEDTLS_PK_RSA &&
        mbedtls_pk_get_len(&context) == signature &&
        mbedtls_rsa_rsassa_pss_verify_ext(mbedtls_pk_rsa(context), MBEDTLS_MD_SHA256,
                                          sizeof digest, digest, MBEDTLS_MD_SHA256, sizeof digest,
                                          memory + key) == 0;
    mbedtls_pk_free(&context);
    return valid;
}
