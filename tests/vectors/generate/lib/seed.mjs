// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Reproducible bytes for test evidence: HMAC-SHA256 in counter mode over a named label. Everything that
// this folder makes (keys, nonces, salts) comes from here, so a second run writes the same files.
import { createHmac } from 'node:crypto'

const SEED = 'assay test evidence, seed 1'

/** Bytes that depend on `label` and on nothing else. */
export function seeded(label, length) {
  const parts = []
  for (let counter = 0, have = 0; have < length; counter += 1, have += 32)
    parts.push(createHmac('sha256', SEED).update(`${label}\0${counter}`).digest())
  return Buffer.concat(parts).subarray(0, length)
}

/** An integer in [1, limit - 1]; 64 bits more than needed are drawn, so the bias does not matter here. */
export function seededScalar(label, limit) {
  const bytes = Math.ceil(limit.toString(16).length / 2) + 8
  return (BigInt(`0x${seeded(label, bytes).toString('hex')}`) % (limit - 1n)) + 1n
}

export const toBytes = (value, length) => Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex')
export const toInteger = (bytes) => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`)
