// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The module of this release, beside the package's JavaScript.
import { memoize } from '../loader/memo.js'
import { compileSource } from '../loader/source.js'
import { WASM_SHA256 } from '../wasm/manifest.js'
import { Machine } from './machine.js'

/** SHA-256 of verify.wasm. */
export const releaseDigest = (): string => WASM_SHA256['verify.wasm']

/** The literal that bundlers recognise; never a remote address. */
export const releaseUrl = (): URL => new URL('../wasm/verify.wasm', import.meta.url)

/** Fetched, checked and started on the first call, then shared; a failure is tried again. */
export const loadRelease: () => Promise<Machine> = /* @__PURE__ */ memoize(
  async () => new Machine(await compileSource(releaseUrl(), releaseDigest())),
)
