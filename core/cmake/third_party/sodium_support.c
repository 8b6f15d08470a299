/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* What the verification parts of libsodium call of its runtime. This library handles public data,
 * so the functions only have to be right; memcmp and is_zero keep upstream's constant time. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void sodium_misuse(void) { abort(); }

/* There is no source of randomness here: whoever asks for it has called the wrong function. */
void randombytes_buf(void* const buffer, const size_t size) {
    (void) buffer;
    (void) size;
    abort();
}

/* Stands for a function of x25519_ref10.c that nothing calls, see sodium.cmake. */
void assay_no_base_table(void* const point, const unsigned char* const scalar) {
    (void) point;
    (void) scalar;
    abort();
}

void sodium_memzero(void* const memory, const size_t size) {
    volatile unsigned char* bytes = memory;
    for (size_t i = 0; i < size; ++i) {
        bytes[i] = 0;
    }
}

int sodium_memcmp(const void* const left, const void* const right, size_t size) {
    const volatile unsigned char* a = left;
    const volatile unsigned char* b = right;
    volatile unsigned char difference = 0;
    for (size_t i = 0; i < size; ++i) {
        difference |= (unsigned char) (a[i] ^ b[i]);
    }
    return (1 & ((difference - 1) >> 8)) - 1;
}

int sodium_is_zero(const unsigned char* memory, const size_t size) {
    volatile unsigned char bits = 0;
    for (size_t i = 0; i < size; ++i) {
        bits |= memory[i];
    }
    return 1 & ((bits - 1) >> 8);
}
