// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The digest of a file that the application trusts.
import { UsageError } from '../errors/base.js'
import { copyBytes } from '../loader/input.js'
import { fromHex } from '../loader/hex.js'

/** SHA-256: 32 bytes, or 64 hex digits with or without 0x. */
export type Sha256 = string | Uint8Array

const PIN_BYTES = 32

/** @throws UsageError POLICY_INVALID */
export function pinBytes(value: unknown, path: string): Uint8Array<ArrayBuffer> {
  const bytes = typeof value === 'string' ? fromHex(value.startsWith('0x') ? value.slice(2) : value) : copyBytes(value, path, PIN_BYTES)
  if (bytes?.byteLength !== PIN_BYTES) throw new UsageError('POLICY_INVALID', `${path}: must be a SHA-256`, { path })
  return bytes
}
