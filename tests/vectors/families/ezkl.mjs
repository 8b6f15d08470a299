// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `ezkl` (ezkl.md §14): unpinned, with the verdict, the key's digest and, where proof.json shows its
// public values, these numbers; and for an entry with a base once more under the base's pin: another code when it differs in
// key or settings, its own when not. A source build is refused under its own pin.
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

/** What the prover's own file says of the public values: [name, want, got] in the order of the instances after the hashes. */
function shownNumbers(text, { instances, hashes }) {
  const shown = JSON.parse(text).pretty_public_inputs
  if (!shown) return []
  const listed = (...names) => names.flatMap((name) => shown[name] ?? []).flat()
  const plain = instances.slice(hashes)
  const numbers = listed('rescaled_inputs', 'rescaled_outputs')
  const felts = listed('inputs', 'outputs')
  return [
    ['public values', felts.length, plain.length],
    ...felts.map((felt, i) => [`felt ${i}`, felt, plain[i]?.felt]),
    ...numbers.map((number, i) => [`value ${i}`, Number(number), plain[i]?.value]),
  ]
}

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
          compare(await engine.call('verify_ezkl_unpinned', filesOf(entry)), verdict(entry.expect), (value) => [
            ['vk_digest', entry.vk_digest, value.keyDigest],
            ...(entry.base === undefined ? shownNumbers(readFileSync(join(folder, entry.proof), 'utf8'), value) : []),
          ]),
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
    const another = base && (base.sha256.vk !== entry.sha256.vk || base.sha256.settings !== entry.sha256.settings)
    const pinned = entry.pinned ?? (sourceBuild ? 'EZKL_VERSION_UNSUPPORTED' : another ? 'EZKL_VK_MISMATCH' : base && entry.expect)
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
