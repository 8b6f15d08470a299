// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Evidence handed in as an object means what its JSON text means, and ends as early.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'

import { dist } from './support/package.mjs'
import { keccak, plus, word } from '../vectors/generate/lib/chain.mjs'
import { CHAIN, PCR, REGISTRY, T, TEE, hex, light, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const verify = await import(dist('verify/index.js'))
let sync
before(async () => (sync = await verify.loadVerifier()))

const world = makeWorld({ registry: { registeredAt: T - 9000 } })
const base = keccak(TEE, word(7))
const slots = [word(2), plus(base, 5), plus(base, 6), plus(base, 7), plus(base, 8), keccak(PCR, keccak(word(0), word(5)))]
const proven = { trusted: light(world.anchor), path: [light(world.tip)], proof: world.state.getProof(slots.map(hex)) }
const config = { chainId: CHAIN, trust: { height: 100, headerHash: world.anchor.hash }, registry: { address: hex(REGISTRY) } }
const query = { teeId: hex(TEE), height: 199n }
const registry = (evidence, more = {}) => sync.verifyRegistry({ config, query, evidence, now: world.config.now, ...more })

const MAIL = (type, contents) => ({ domain: { name: 'a' }, types: { Mail: [{ name: 'contents', type }] }, primaryType: 'Mail', message: { contents } })

/** A tree of few objects that is far too large when it is written out; `reads` counts how often its leaf is. */
function shared(times, twice) {
  const counter = { reads: 0 }
  const leaf = { get a() { return (counter.reads += 1) } }
  let tree = leaf
  for (let i = 0; i < times; i += 1) tree = twice(tree)
  return { counter, tree }
}

test('a value that stands in many places is read once, and its size ends the reading', async () => {
  const four = (a) => ({ a, b: a, c: a, d: a })
  const two = (a) => [a, a]
  for (const [ends, times, twice] of [
    [(tree) => registry(tree), 11, four],
    [(tree) => registry({ ...proven, x: tree }), 28, two],
    [(tree) => registry(proven, { query: { ...query, x: tree } }), 28, two],
    [(tree) => registry(proven, { config: { ...config, registry: { ...config.registry, slots: tree } } }), 11, four],
    [(tree) => sync.verifyMptProof({ anchor: { stateRoot: '0x' }, proof: { x: tree } }), 28, two],
    [(tree) => sync.hashTypedData(MAIL('string', tree)), 28, two],
  ]) {
    const { counter, tree } = shared(times, twice)
    assert.deepEqual([ends(tree).code, counter.reads], ['INPUT_LIMIT', 1], String(ends))
  }
  const { counter, tree } = shared(11, four)
  assert.throws(() => sync.verifyEvidence('{}', { chain: { chainId: CHAIN, checkpoint: config.trust, registry: { slots: tree } } }), { code: 'POLICY_INVALID' })
  assert.equal(counter.reads, 1)
  assert.equal((await verify.verifyRegistry({ config, query, evidence: shared(11, four).tree })).code, 'INPUT_LIMIT')
  // What is small enough says in each place what it says in one.
  const role = { name: 'r' }
  const people = (a, b) => sync.assertHashTypedData({ ...MAIL('P[]', [a, b, a]), types: { Mail: [{ name: 'contents', type: 'P[]' }], P: [{ name: 'name', type: 'string' }] } }).digest
  assert.equal(people(role, role), people({ ...role }, { name: 'r' }))
})

test('a value that contains itself is the caller\'s fault', () => {
  const round = { x: [1] }
  round.x.push({ round })
  assert.throws(() => registry(round), { name: 'UsageError', code: 'ARGUMENT_INVALID', path: 'evidence.x[1].round' })
  assert.throws(() => sync.hashTypedData(MAIL('string', round)), { code: 'ARGUMENT_INVALID', path: 'typedData.message.contents.x[1].round' })
})
