// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The package's name tag: types, version, digests. Functions live in the subpaths.
export { SOURCE_COMMIT, VERSION, WASM_SHA256 } from './wasm/manifest.js'
export type { Accepted, Check, Refused, TrustLevel, Verdict } from './verify/verdict.js'
export type { Category, CodeOf, ErrorCode } from './errors/codes.js'
export type { Measurement, Policy, Profile, Root, Time } from './verify/policy.js'
