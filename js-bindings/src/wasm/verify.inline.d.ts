// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Written by scripts/build.mjs: verify.wasm as text.

/** RFC 4648 base64. */
export declare const VERIFY_WASM_BASE64: string
