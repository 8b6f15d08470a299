// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `snarkjs` (snark.md): key, public signals and proof, the key taken at face value.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { need, readJson } from '../files.mjs'
import { compare } from './compare.mjs'

export const name = 'snarkjs'
export const required = ['index.json']
export const folders = /^(real|tampered|valid)$/

export function load(folder, file) {
  if (file !== 'index.json') return null
  return readJson(folder, file).entries.map((entry) => {
    need(entry, ['id', 'protocol', 'vk', 'public', 'proof', 'expect'], file)
    return {
      id: entry.id,
      kind: entry.kind,
      run: async (engine) => {
        const texts = [entry.vk, entry.public, entry.proof].map((path) => new Uint8Array(readFileSync(join(folder, path))))
        return compare(await engine.call(`verify_${entry.protocol}_unpinned`, texts), { ok: entry.expect === 'OK', code: entry.expect })
      },
    }
  })
}
