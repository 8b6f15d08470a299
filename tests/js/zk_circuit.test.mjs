// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// EZKL proofs for a key and settings that fit each other (the fuzz target's seed): the faults that are found once the
// circuit stands.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { dist } from './support/package.mjs'

const { compileEzklKey, verifyEzklProof, verifyEzklProofUnpinned } = await import(dist('zk/index.js'))

/** The fields of a seed: the operation, then each with two bytes of length. */
function fieldsOf(name) {
  const bytes = readFileSync(new URL(`../fuzz/seeds/zk/${name}`, import.meta.url))
  const fields = []
  for (let at = 1; at < bytes.length; at += 2 + fields.at(-1).length) fields.push(bytes.subarray(at + 2, at + 2 + bytes.readUInt16LE(at)))
  return fields
}

const [key, settings, text] = fieldsOf('ezkl')
const proof = JSON.parse(text)
const [elements] = proof.instances
const codeOf = async (changes) => {
  const verdict = await verifyEzklProofUnpinned({ key: new Uint8Array(key), settings: settings.toString(), proof: JSON.stringify({ ...proof, ...changes }) })
  assert.equal(verdict.ok, false)
  return verdict.code
}

test('a proof of nothing is refused', async () => {
  assert.equal(await codeOf({}), 'EZKL_PROOF_INVALID')
})

test('as many instances as the settings say, no more and no fewer', async () => {
  assert.equal(await codeOf({ instances: [elements.slice(1)] }), 'EZKL_INSTANCE_COUNT')
  assert.equal(await codeOf({ instances: [[...elements, elements[0]]] }), 'EZKL_INSTANCE_COUNT')
  assert.equal(await codeOf({ instances: [elements, elements] }), 'EZKL_INSTANCE_COUNT')
})

test('key and settings of a source build do not settle its circuit: under a pin they are refused', async () => {
  const pinOf = (bytes) => createHash('sha256').update(bytes).digest('hex')
  const judge = async (version) => {
    const text = JSON.stringify({ ...JSON.parse(settings), version })
    const input = { key: new Uint8Array(key), settings: text, proof: JSON.stringify(proof) }
    const pinned = await verifyEzklProof({ ...input, pin: { key: pinOf(key), settings: pinOf(text) } })
    return [pinned.code, pinned.path, (await verifyEzklProofUnpinned(input)).code]
  }
  assert.deepEqual(await judge(JSON.parse(settings).version), ['EZKL_PROOF_INVALID', undefined, 'EZKL_PROOF_INVALID'])
  assert.deepEqual(await judge('0.0.0'), ['EZKL_VERSION_UNSUPPORTED', 'settings.version', 'EZKL_PROOF_INVALID'])
})

test('what is compiled can be read, or nothing is compiled', async () => {
  const compile = (version) => compileEzklKey({ key: new Uint8Array(key), settings: JSON.stringify({ ...JSON.parse(settings), version }) })
  assert.equal((await compile(`21.0.0-${'x'.repeat(57)}`)).ok, true)
  assert.equal((await compile(`21.0.0-${'x'.repeat(58)}`)).code, 'ZK_LIMIT')
})

test('a page ships a descriptor of a few kB in place of a key of megabytes', async () => {
  const [logrows, selectors, fixed, permuted] = [20, 27, 27, 15]
  const large = Buffer.concat([
    Buffer.from([3, logrows, 1, fixed, 0, 0, 0]),
    new Uint8Array(64 * (fixed + permuted)),
    new Uint8Array(selectors * (2 ** logrows / 8)),
  ])
  assert.ok(large.length > 2e6)
  const given = JSON.parse(settings)
  const { ok, value } = await compileEzklKey({ key: new Uint8Array(large), settings: JSON.stringify({ ...given, run_args: { ...given.run_args, logrows } }) })
  assert.equal(ok, true)
  assert.ok(value.descriptor.length <= 64e3, `${value.descriptor.length} bytes`)
})
