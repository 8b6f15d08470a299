/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Included before XNNPACK's float kernels. They bound values (Relu, Clip) by instructions that answer
 * one fixed operand where either is NaN, mostly the bound; in ONNX NaN stays NaN. The bounds are the
 * constants of these kernels and the values are not, so the operands can be put in the order that
 * keeps NaN, at the same cost. Where both are values (MaxPool, Max) NaN in either is the answer. */
#ifndef ASSAY_KEEP_NAN_H
#define ASSAY_KEEP_NAN_H

#include <wasm_simd128.h>

/* Beside NaN these answer a. */
static inline v128_t assay_pmax(v128_t a, v128_t b) { return wasm_f32x4_pmax(a, b); }
static inline v128_t assay_pmin(v128_t a, v128_t b) { return wasm_f32x4_pmin(a, b); }
/* These NaN: a mask of ones is one. f32x4.max takes x86 eight instructions, this three. */
static inline v128_t assay_max(v128_t a, v128_t b) {
    return wasm_v128_or(wasm_f32x4_pmax(a, b), wasm_f32x4_ne(b, b));
}
static inline v128_t assay_min(v128_t a, v128_t b) {
    return wasm_v128_or(wasm_f32x4_pmin(a, b), wasm_f32x4_ne(b, b));
}

#ifdef ASSAY_TWO_VALUES /* the kernels of two tensors, one of which may be a constant */
#define ASSAY_IS_BOUND(x) 0
#else
#define ASSAY_IS_BOUND(x) _Generic(&(x), const v128_t*: 1, default: 0)
#endif
#define ASSAY_KEEP_NAN(first_of, both_of, a, b)                                                    \
    (ASSAY_IS_BOUND(a) == ASSAY_IS_BOUND(b) ? both_of(a, b)                                        \
     : ASSAY_IS_BOUND(a)                    ? first_of(b, a)                                       \
                                            : first_of(a, b))

#define wasm_f32x4_pmax(a, b) ASSAY_KEEP_NAN(assay_pmax, assay_max, a, b)
#define wasm_f32x4_pmin(a, b) ASSAY_KEEP_NAN(assay_pmin, assay_min, a, b)
/* Relu by integers goes by the sign, which NaN has as well. */
#define wasm_i32x4_max(a, zero) assay_pmax(a, zero)

#ifdef __wasm_relaxed_simd__
/* Beside NaN these answer a on x86 and NaN on ARM. */
static inline v128_t assay_relaxed_max(v128_t a, v128_t b) { return wasm_f32x4_relaxed_max(b, a); }
static inline v128_t assay_relaxed_min(v128_t a, v128_t b) { return wasm_f32x4_relaxed_min(b, a); }
#define wasm_f32x4_relaxed_max(a, b) ASSAY_KEEP_NAN(assay_relaxed_max, assay_max, a, b)
#define wasm_f32x4_relaxed_min(a, b) ASSAY_KEEP_NAN(assay_relaxed_min, assay_min, a, b)
#endif

#endif
