// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Hashes of whole byte strings. attestation.md §4.
import { inputLimit, viewBytes } from '../loader/input.js'
import type { Machine } from './machine.js'

/** Most bytes of one call; the module holds them in one piece. */
export const MAX_HASHED = 64 * 1024 * 1024 - 64

/** @returns 32 bytes. @throws UsageError ARGUMENT_INVALID, INPUT_LIMIT */
export function executeHash(machine: Machine, call: 'keccak256' | 'sha256', bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = viewBytes(bytes, 'bytes', MAX_HASHED)
  return machine.use((module) => {
    const length = view.byteLength
    const base = module.reserve(length + 32)
    if (base === 0) throw inputLimit('bytes', length, MAX_HASHED)
    const out = base + length
    module.HEAPU8.set(view, base)
    module[call](base, length, out)
    return module.HEAPU8.slice(out, out + 32)
  })
}
