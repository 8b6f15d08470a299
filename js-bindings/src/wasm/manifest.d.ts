// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Written by scripts/build.mjs for each build.

/** Version of the package. */
export declare const VERSION: string
/** Git commit of the sources that the package was built from; ends in `-dirty` when files were changed. */
export declare const SOURCE_COMMIT: string
/** SHA-256 (64 hex digits) of each WebAssembly file of this release, by file name. */
export declare const WASM_SHA256: {
  readonly 'verify.wasm': string
  readonly 'zk.wasm': string
  readonly 'infer-simd.wasm': string
  readonly 'infer-relaxed.wasm': string
  readonly 'infer-simd-threads.wasm': string
  readonly 'infer-relaxed-threads.wasm': string
}
