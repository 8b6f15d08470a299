// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The module of this release, beside the package's JavaScript.
import { memoize } from '../loader/memo.js'
import { compileSource, expectedDigest, takeSource } from '../loader/source.js'
import { readMembers } from '../loader/input.js'
import { WASM_SHA256 } from '../wasm/manifest.js'
import { Machine } from './machine.js'
import { createVerifier } from './sync.js'
import type { WasmOptions } from '../loader/source.js'
import type { Verifier } from './sync.js'

/** SHA-256 of verify.wasm. */
const releaseDigest = (): string => WASM_SHA256['verify.wasm']

/** The literal that bundlers recognise; never a remote address. */
const releaseUrl = (): URL => new URL('../wasm/verify.wasm', import.meta.url)

/** Fetched, checked and started on the first call, then shared; a failure is tried again. */
export const loadRelease: () => Promise<Machine> = /* @__PURE__ */ memoize(
  async () => new Machine(await compileSource(releaseUrl(), releaseDigest())),
)

/**
 * Loads the module for the synchronous form.
 *
 * @param options where the module comes from, and its digest; default: the package's own file. A compiled
 *   `WebAssembly.Module` is taken **unchecked**: its caller has fetched it, and answers for it.
 * @throws LoadError WASM_UNAVAILABLE, WASM_DIGEST_MISMATCH; UsageError
 */
export async function loadVerifier(options: WasmOptions = {}): Promise<Verifier> {
  const { wasm, digest } = readMembers(options, ['wasm', 'digest'], '')
  const expected = expectedDigest(digest, wasm, releaseDigest())
  return createVerifier(await compileSource(wasm === undefined ? releaseUrl() : takeSource(wasm), expected))
}
