// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Which limbs this build calculates with: 64 bits where the compiler has a 128-bit product, 28 or
// 29 bits in WebAssembly. ASSAY_LIMBS_WASM (CMake: ASSAY_LIMBS=wasm, preset wasm-limbs) runs the
// code of the shipped module natively.
#pragma once

#if defined(__SIZEOF_INT128__) && !defined(__wasm__)
#define ASSAY_HAS_LIMBS_64 1
#else
#define ASSAY_HAS_LIMBS_64 0
#endif

#if ASSAY_HAS_LIMBS_64 && !defined(ASSAY_LIMBS_WASM)
#define ASSAY_USES_LIMBS_64 1
#else
#define ASSAY_USES_LIMBS_64 0
#endif

#if defined(ASSAY_LIMBS_64) && !ASSAY_HAS_LIMBS_64
#error "ASSAY_LIMBS=64 needs a compiler with unsigned __int128"
#endif

// What runs a few times in a verification: not inlined, and built for size where the compiler can.
#if defined(__clang__)
#define ASSAY_SMALL [[clang::minsize, gnu::noinline]]
#else
#define ASSAY_SMALL [[gnu::noinline]]
#endif

// Before a loop with a small constant count, for compilers that leave it rolled up at -O3; and for
// code that must stay small.
#if defined(__clang__)
#define ASSAY_UNROLL _Pragma("clang loop unroll(full)")
#define ASSAY_ROLLED _Pragma("clang loop unroll(disable)")
#else
#define ASSAY_UNROLL _Pragma("GCC unroll 8")
#define ASSAY_ROLLED _Pragma("GCC unroll 1")
#endif
