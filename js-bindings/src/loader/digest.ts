// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Digests of assets.
import { sha256 } from './sha256.js'
import { toHex } from './hex.js'
import { UsageError } from '../errors/base.js'

/** @returns SHA-256 as 64 lower-case hex digits, by crypto.subtle where there is one, else by our own code. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = globalThis.crypto?.subtle
  return toHex(subtle === undefined ? sha256(bytes) : new Uint8Array(await subtle.digest('SHA-256', bytes)))
}

/** The same without waiting. */
export function sha256HexSync(bytes: Uint8Array): string {
  return toHex(sha256(bytes))
}

/**
 * Reads a digest that a caller pins: 64 hex digits of either case, with or without `sha256:`.
 *
 * @throws UsageError ARGUMENT_INVALID for anything else.
 */
export function parseDigest(text: unknown): string {
  const match = typeof text === 'string' ? /^(?:sha256:)?([0-9a-f]{64})$/i.exec(text) : null
  if (match === null) throw new UsageError('ARGUMENT_INVALID', 'A digest is 64 hex digits, optionally after "sha256:".', { path: 'digest' })
  return match[1]!.toLowerCase()
}
