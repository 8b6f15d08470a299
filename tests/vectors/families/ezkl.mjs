// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `ezkl` (ezkl.md §14): unpinned, with the verdict and the key's digest; and for an entry that
// differs from its base in key or settings once more under the base's pin. A source build is refused under its own pin.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { need, readJson } from '../files.mjs'
import { compare } from './compare.mjs'

export const name = 'ezkl'
export const required = ['index.json']
export const folders = /^(historic|generated|tampered)$/

const verdict = (expect) => ({ ok: expect === 'OK', code: expect })
const SOURCE_BUILD = /"version"\s*:\s*"v?0\.0\.0/
const pinOf = (entry) => new Uint8Array(Buffer.from(entry.sha256.vk + entry.sha256.settings + (entry.srs === 'kzg1.srs' ? '' : entry.sha256.srs ?? ''), 'hex'))

export function load(folder, file) {
  if (file !== 'index.json') return null
  const { entries } = readJson(folder, file)
  const read = (path) => new Uint8Array(readFileSync(join(folder, path)))
  const filesOf = (entry) => [entry.vk, entry.settings, entry.proof, entry.srs].map(read)
  return entries.flatMap((entry) => {
    need(entry, ['id', 'vk', 'settings', 'proof', 'srs', 'expect'], file)
    const cases = [
      {
        id: entry.id,
        kind: entry.kind,
        run: async (engine) =>
          compare(await engine.call('verify_ezkl_unpinned', filesOf(entry)), verdict(entry.expect), (value) => [['vk_digest', entry.vk_digest, value.keyDigest]]),
      },
    ]
    if (entry.expect === 'OK')
      cases.push({
        id: `${entry.id}/descriptor`,
        kind: 'by a compiled key',
        run: async (engine) => {
          const [vk, settings, proof, srs] = filesOf(entry)
          const compiled = await engine.call('compile_ezkl_key', [vk, settings, proof, srs])
          if (!compiled.ok) return { expected: 'a descriptor', got: compiled.code }
          const descriptor = new Uint8Array(Buffer.from(compiled.value.descriptor, 'hex'))
          if (descriptor.byteLength > 65536) return { expected: 'a descriptor of 64 kB at most', got: descriptor.byteLength }
          return compare(await engine.call('verify_ezkl_descriptor_unpinned', [descriptor, proof, srs]), verdict('OK'), (value) => [['vk_digest', entry.vk_digest, value.keyDigest]])
        },
      })
    const sourceBuild = entry.expect === 'OK' && SOURCE_BUILD.test(Buffer.from(read(entry.settings)).toString())
    const base = entries.find((each) => each.id === entry.base)
    const pinned = entry.pinned ?? (sourceBuild ? 'EZKL_VERSION_UNSUPPORTED' : undefined) ?? (base && (base.sha256.vk !== entry.sha256.vk || base.sha256.settings !== entry.sha256.settings) ? 'EZKL_VK_MISMATCH' : undefined)
    if (pinned !== undefined)
      cases.push({
        id: `${entry.id}/pinned`,
        kind: sourceBuild ? 'source build under its pin' : 'under the pin of the base',
        run: async (engine) => {
          const [vk, settings, proof] = filesOf(entry)
          const srs = entry.srs === 'kzg1.srs' ? new Uint8Array(0) : read(entry.srs)
          return compare(await engine.call('verify_ezkl', [vk, settings, proof, srs, pinOf(sourceBuild ? entry : base ?? entry)]), verdict(pinned))
        },
      })
    return cases
  })
}
