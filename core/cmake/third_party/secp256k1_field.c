/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Multiplication modulo p = 2^256 - 2^32 - 977 for libsecp256k1's field of ten 26-bit limbs, in place
 * of upstream's (USE_EXTERNAL_ASM, the switch that upstream has for this). wasm multiplies 32-bit
 * limbs into 64 bits and has neither carries nor wider products, so the number of products decides:
 * one level of Karatsuba takes 75 instead of 100, and a verification a tenth less time.
 *
 * Contract, as upstream's: limbs 0 to 8 of the inputs are below 2^30, limb 9 below 2^26; those of the
 * result below 2^26 (limb 2 below 2^27), limb 9 below 2^22. b aliases neither r nor a.
 * Columns of the product are below 10 * 2^60 < 2^64. Parts of Karatsuba's sums may wrap around; what
 * they add up to is a column, and exact modulo 2^64.
 *
 * Macros instead of loops: the order in which expressions stand decides how many registers the
 * engines need, and unrolled loops were a tenth slower. */
#include <stdint.h>

#define LIMB_BITS 26
#define LIMB_MASK 0x3FFFFFFU
/* 2^260 = FOLD_LOW + FOLD_HIGH 2^26 modulo p. */
#define FOLD_LOW 0x3D10U
#define FOLD_HIGH 0x400U

/* Column k of the product of two halves of five limbs x##0 … x##4. */
#define COLUMN_0(x, y) (x##0 * y##0)
#define COLUMN_1(x, y) (x##0 * y##1 + x##1 * y##0)
#define COLUMN_2(x, y) (x##0 * y##2 + x##1 * y##1 + x##2 * y##0)
#define COLUMN_3(x, y) (x##0 * y##3 + x##1 * y##2 + x##2 * y##1 + x##3 * y##0)
#define COLUMN_4(x, y) (x##0 * y##4 + x##1 * y##3 + x##2 * y##2 + x##3 * y##1 + x##4 * y##0)
#define COLUMN_5(x, y) (x##1 * y##4 + x##2 * y##3 + x##3 * y##2 + x##4 * y##1)
#define COLUMN_6(x, y) (x##2 * y##4 + x##3 * y##3 + x##4 * y##2)
#define COLUMN_7(x, y) (x##3 * y##4 + x##4 * y##3)
#define COLUMN_8(x, y) (x##4 * y##4)

/* Column k (low) and column k + 10 (high), which 2^260 folds onto columns k and k + 1. */
#define FOLD_STEP(k, low, high)                                                                      \
    c += (low);                                                                                      \
    d += (high);                                                                                     \
    u = d & LIMB_MASK;                                                                               \
    d >>= LIMB_BITS;                                                                                 \
    c += u * FOLD_LOW;                                                                               \
    const uint32_t t##k = (uint32_t) (c & LIMB_MASK);                                                \
    c >>= LIMB_BITS;                                                                                 \
    c += u * FOLD_HIGH;

/* The 19 columns modulo p. */
#define FOLD(r, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18) \
    uint64_t c = 0;                                                                                  \
    uint64_t d = p9;                                                                                 \
    uint64_t u;                                                                                      \
    const uint32_t t9 = (uint32_t) (d & LIMB_MASK);                                                  \
    d >>= LIMB_BITS;                                                                                 \
    FOLD_STEP(0, p0, p10)                                                                            \
    FOLD_STEP(1, p1, p11)                                                                            \
    FOLD_STEP(2, p2, p12)                                                                            \
    FOLD_STEP(3, p3, p13)                                                                            \
    FOLD_STEP(4, p4, p14)                                                                            \
    FOLD_STEP(5, p5, p15)                                                                            \
    FOLD_STEP(6, p6, p16)                                                                            \
    FOLD_STEP(7, p7, p17)                                                                            \
    FOLD_STEP(8, p8, p18)                                                                            \
    (r)[3] = t3;                                                                                     \
    (r)[4] = t4;                                                                                     \
    (r)[5] = t5;                                                                                     \
    (r)[6] = t6;                                                                                     \
    (r)[7] = t7;                                                                                     \
    (r)[8] = t8;                                                                                     \
    /* What is left above 2^234, then what of it lies above 2^256 = 977 + 2^32. */                   \
    c += d * FOLD_LOW + t9;                                                                          \
    (r)[9] = (uint32_t) (c & (LIMB_MASK >> 4));                                                      \
    c >>= LIMB_BITS - 4;                                                                             \
    c += d * (FOLD_HIGH << 4);                                                                       \
    d = c * (FOLD_LOW >> 4) + t0;                                                                    \
    (r)[0] = (uint32_t) (d & LIMB_MASK);                                                             \
    d >>= LIMB_BITS;                                                                                 \
    d += c * (FOLD_HIGH >> 4) + t1;                                                                  \
    (r)[1] = (uint32_t) (d & LIMB_MASK);                                                             \
    d >>= LIMB_BITS;                                                                                 \
    (r)[2] = (uint32_t) (d + t2);

#define LOW_HALF(x, n)                                                                               \
    const uint64_t x##0 = n[0], x##1 = n[1], x##2 = n[2], x##3 = n[3], x##4 = n[4];
#define HIGH_HALF(x, n)                                                                              \
    const uint64_t x##0 = n[5], x##1 = n[6], x##2 = n[7], x##3 = n[8], x##4 = n[9];
#define SUM_OF_HALVES(x, n)                                                                          \
    const uint64_t x##0 = n[0] + n[5], x##1 = n[1] + n[6], x##2 = n[2] + n[7],                       \
                   x##3 = n[3] + n[8], x##4 = n[4] + n[9];

void secp256k1_fe_mul_inner(uint32_t* r, const uint32_t* a, const uint32_t* restrict b) {
    LOW_HALF(al, a)
    LOW_HALF(bl, b)
    HIGH_HALF(ah, a)
    HIGH_HALF(bh, b)
    SUM_OF_HALVES(as, a)
    SUM_OF_HALVES(bs, b)
    /* With L, H, M the products of the low halves, the high halves and the sums, column k is
     * L[k] + (M - L - H)[k - 5] + H[k - 10]; the difference L[k + 5] - H[k] occurs twice. */
    const uint64_t low0 = COLUMN_0(al, bl);
    const uint64_t low1 = COLUMN_1(al, bl);
    const uint64_t low2 = COLUMN_2(al, bl);
    const uint64_t low3 = COLUMN_3(al, bl);
    const uint64_t low4 = COLUMN_4(al, bl);
    const uint64_t high4 = COLUMN_4(ah, bh);
    const uint64_t high5 = COLUMN_5(ah, bh);
    const uint64_t high6 = COLUMN_6(ah, bh);
    const uint64_t high7 = COLUMN_7(ah, bh);
    const uint64_t high8 = COLUMN_8(ah, bh);
    const uint64_t cross0 = COLUMN_5(al, bl) - COLUMN_0(ah, bh);
    const uint64_t cross1 = COLUMN_6(al, bl) - COLUMN_1(ah, bh);
    const uint64_t cross2 = COLUMN_7(al, bl) - COLUMN_2(ah, bh);
    const uint64_t cross3 = COLUMN_8(al, bl) - COLUMN_3(ah, bh);
    FOLD(r, low0, low1, low2, low3, low4, cross0 + COLUMN_0(as, bs) - low0,
         cross1 + COLUMN_1(as, bs) - low1, cross2 + COLUMN_2(as, bs) - low2,
         cross3 + COLUMN_3(as, bs) - low3, COLUMN_4(as, bs) - low4 - high4,
         COLUMN_5(as, bs) - cross0 - high5, COLUMN_6(as, bs) - cross1 - high6,
         COLUMN_7(as, bs) - cross2 - high7, COLUMN_8(as, bs) - cross3 - high8, high4, high5, high6,
         high7, high8)
}

#define SQUARE(i) ((uint64_t) a[i] * a[i])
#define TWICE(i, j) ((uint64_t) (a[i] * 2) * a[j])

void secp256k1_fe_sqr_inner(uint32_t* r, const uint32_t* a) {
    FOLD(r, SQUARE(0), TWICE(0, 1), TWICE(0, 2) + SQUARE(1), TWICE(0, 3) + TWICE(1, 2),
         TWICE(0, 4) + TWICE(1, 3) + SQUARE(2), TWICE(0, 5) + TWICE(1, 4) + TWICE(2, 3),
         TWICE(0, 6) + TWICE(1, 5) + TWICE(2, 4) + SQUARE(3),
         TWICE(0, 7) + TWICE(1, 6) + TWICE(2, 5) + TWICE(3, 4),
         TWICE(0, 8) + TWICE(1, 7) + TWICE(2, 6) + TWICE(3, 5) + SQUARE(4),
         TWICE(0, 9) + TWICE(1, 8) + TWICE(2, 7) + TWICE(3, 6) + TWICE(4, 5),
         TWICE(1, 9) + TWICE(2, 8) + TWICE(3, 7) + TWICE(4, 6) + SQUARE(5),
         TWICE(2, 9) + TWICE(3, 8) + TWICE(4, 7) + TWICE(5, 6),
         TWICE(3, 9) + TWICE(4, 8) + TWICE(5, 7) + SQUARE(6),
         TWICE(4, 9) + TWICE(5, 8) + TWICE(6, 7), TWICE(5, 9) + TWICE(6, 8) + SQUARE(7),
         TWICE(6, 9) + TWICE(7, 8), TWICE(7, 9) + SQUARE(8), TWICE(8, 9), SQUARE(9))
}
