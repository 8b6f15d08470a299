// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Hashes of whole byte strings. attestation.md §4.
import { copyBytes, inputLimit, viewBytes } from '../loader/input.js'
import type { Load } from './ask.js'
import type { Machine } from './machine.js'

/** Most bytes of one call; the module holds them in one piece. */
export const MAX_HASHED = 64 * 1024 * 1024 - 64

const HASH_BYTES = 32
/** Below this a loop is faster than the views that a block copy needs. */
const LOOPED = 64

/** @returns 32 bytes. @throws UsageError ARGUMENT_INVALID, INPUT_LIMIT */
export function executeHash(machine: Machine, call: 'keccak256' | 'sha256', bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = viewBytes(bytes, 'bytes', MAX_HASHED)
  const { length } = view
  return machine.use((module) => {
    const base = module.reserve(length + HASH_BYTES)
    if (base === 0) throw inputLimit('bytes', length, MAX_HASHED)
    const input = module.HEAPU8
    if (length > LOOPED) input.set(view, base)
    else for (let i = 0; i < length; i += 1) input[base + i] = view[i]!
    module[call](base, length, base + length)
    const output = module.HEAPU8
    const hash = new Uint8Array(HASH_BYTES)
    for (let i = 0; i < HASH_BYTES; i += 1) hash[i] = output[base + length + i]!
    return hash
  })
}

/** The asynchronous form. */
export function hashWith(load: Load, call: 'keccak256' | 'sha256'): (bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer>> {
  return async (bytes) => {
    const copy = copyBytes(bytes, 'bytes', MAX_HASHED)
    return executeHash(await load(), call, copy)
  }
}
