// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// release.ts for `assay-wasm/verify-inline`: the module inside the JavaScript, for service workers, strict content
// security policies and wherever no file can be fetched. The bytes stand beside the digest in the same file, so a check
// of one against the other would say nothing; a module of the caller's own is checked as always.
// The build makes dist/verify/inline.js of index.js by putting this file in the place of release.js.
import { memoize } from '../loader/memo.js'
import { compileSource, expectedDigest, takeSource } from '../loader/source.js'
import { readMembers } from '../loader/input.js'
import { LoadError } from '../errors/base.js'
import { WASM_SHA256 } from '../wasm/manifest.js'
import { VERIFY_WASM_BASE64 } from '../wasm/verify.inline.js'
import { Machine } from './machine.js'
import { createVerifier } from './sync.js'
import { fromBase64 } from './json_text.js'
import type { WasmOptions } from '../loader/source.js'
import type { Verifier } from './sync.js'

function unavailable(cause: unknown): LoadError {
  return new LoadError('WASM_UNAVAILABLE', 'The WebAssembly module could not be compiled.', {
    cause,
    metaMessages: ["A content security policy must allow 'wasm-unsafe-eval'."],
  })
}

function releaseBytes(): Uint8Array<ArrayBuffer> {
  return fromBase64(VERIFY_WASM_BASE64)!
}

async function compile(): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(releaseBytes())
  } catch (cause) {
    throw unavailable(cause)
  }
}

/** Compiled and started on the first call, then shared; a failure is tried again. */
export const loadRelease: () => Promise<Machine> = /* @__PURE__ */ memoize(async () => new Machine(await compile()))

/**
 * Loads the module for the synchronous form.
 *
 * @param options another module than the one inside, and its digest. A compiled `WebAssembly.Module` is taken
 *   **unchecked**: its caller has fetched it, and answers for it.
 * @throws LoadError WASM_UNAVAILABLE, WASM_DIGEST_MISMATCH; UsageError
 */
export async function loadVerifier(options: WasmOptions = {}): Promise<Verifier> {
  const { wasm, digest } = readMembers(options, ['wasm', 'digest'], '')
  const expected = expectedDigest(digest, wasm, WASM_SHA256['verify.wasm'])
  return createVerifier(wasm === undefined ? await compile() : await compileSource(takeSource(wasm), expected))
}

/**
 * The same without waiting. Compiles some 470 kB on the calling thread.
 *
 * @throws LoadError WASM_UNAVAILABLE
 */
export function loadVerifierSync(): Verifier {
  let compiled: WebAssembly.Module
  try {
    compiled = new WebAssembly.Module(releaseBytes())
  } catch (cause) {
    throw unavailable(cause)
  }
  return createVerifier(compiled)
}
