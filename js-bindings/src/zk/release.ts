// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The module of proofs: fetched, checked against the digest of the release, shared.
import { ModuleMachine } from '../loader/module_machine.js'
import { memoize } from '../loader/memo.js'
import { compileSource, expectedDigest, takeSource } from '../loader/source.js'
import { readMembers } from '../loader/input.js'
import { WASM_SHA256 } from '../wasm/manifest.js'
import createModule from '../wasm/zk.mjs'
import type { WasmOptions } from '../loader/source.js'
import type { ZkModule } from '../wasm/zk.mjs'

export type ZkMachine = ModuleMachine<ZkModule>

/** SHA-256 of zk.wasm. */
const releaseDigest = (): string => WASM_SHA256['zk.wasm']

/** The literal that bundlers recognise; never a remote address. */
const releaseUrl = (): URL => new URL('../wasm/zk.wasm', import.meta.url)

const startOn = (compiled: WebAssembly.Module): ZkMachine => new ModuleMachine(compiled, createModule)

/** Fetched, checked and started on the first call, then shared; a failure is tried again. */
export const loadRelease: () => Promise<ZkMachine> = /* @__PURE__ */ memoize(async () => startOn(await compileSource(releaseUrl(), releaseDigest())))

/** A module from where the caller says. @throws LoadError WASM_UNAVAILABLE, WASM_DIGEST_MISMATCH; UsageError */
export async function loadMachine(options: WasmOptions): Promise<ZkMachine> {
  const { wasm, digest } = readMembers(options, ['wasm', 'digest'], '')
  const expected = expectedDigest(digest, wasm, releaseDigest())
  return startOn(await compileSource(wasm === undefined ? releaseUrl() : takeSource(wasm), expected))
}
