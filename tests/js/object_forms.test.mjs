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

const verdictOf = (verdict) => (verdict.ok ? ['OK', verdict.trust] : [verdict.code, verdict.path])

test('evidence of a chain as an object: the verdict is that of its text, also where JavaScript could object', async () => {
  const deep = (times) => (times === 0 ? 1 : [deep(times - 1)])
  const [light0] = proven.path
  const named = (chain_id) => [{ ...light0, signed_header: { ...light0.signed_header, header: { ...light0.signed_header.header, chain_id } } }]
  const odd = {
    plain: {}, fraction: { x: 1.5 }, 'in a block': { path: [{ ...light0, x: 0.1 }] }, large: { x: [2 ** 60, 1e21, -1e300, -0] }, surrogate: { x: 'a\ud800' }, 'surrogate in a name': { '\udc00': 1 },
    'surrogate in the chain\'s name': { path: named('\ud800') }, many: { x: Array(100_001).fill(1) }, 'many blocks': { path: Array(100_001).fill(1) }, deep: { x: deep(20) }, deepest: { x: deep(126) }, 'too deep': { x: deep(128) },
    long: { x: 'a'.repeat(1 << 20) }, 'too long': { x: 'a'.repeat(5 << 20) },
  }
  for (const [name, more] of Object.entries(odd)) {
    const evidence = { ...proven, ...more }
    const verdict = registry(JSON.stringify(evidence))
    assert.deepEqual(registry(evidence), verdict, name)
    assert.deepEqual(verdictOf(await verify.verifyRegistry({ config, query, evidence, now: world.config.now })), verdictOf(verdict), name)
  }
  assert.deepEqual(verdictOf(registry({ ...proven, x: 1.5 })), ['OK', 'proven'])
  assert.deepEqual(verdictOf(registry({ ...proven, x: deep(200) })).slice(0, 1), ['INPUT_LIMIT'])
  assert.deepEqual(verdictOf(registry({ ...proven, x: Array((1 << 21) + 1).fill(1) })), ['INPUT_LIMIT', 'evidence.x'])
  for (const none of [NaN, Infinity, undefined, Symbol('x'), () => 1]) assert.throws(() => registry({ ...proven, x: [none] }), { code: 'ARGUMENT_INVALID', path: 'evidence.x[0]' })
  // What is trusted and asked for is the caller's.
  assert.throws(() => registry(proven, { query: { ...query, teeId: '\ud800' } }), { code: 'POLICY_INVALID', path: 'query.teeId' })
  assert.throws(() => registry(proven, { query: { ...query, height: 1.5 } }), { code: 'ARGUMENT_INVALID', path: 'query.height' })
  assert.throws(() => registry(proven, { now: 1.5 }), { code: 'ARGUMENT_INVALID', path: 'now' })
})

const ZERO = `0x${'00'.repeat(32)}`
const LEAF = { teeId: ZERO, inputHash: ZERO, outputHash: ZERO, signature: '0x00', timestamp: 1 }

test('text that no evidence can hold has the code of its family, and never that of a policy', () => {
  const lone = '\ud800'
  const tx = { index: 0, total: 1, tx: '00', dataHash: '00', txAunts: [], result: '00', lastResultsHash: '00', resultAunts: [] }
  const settled = (leaf) => sync.verifySettlement({ root: ZERO, leaf: { ...LEAF, ...leaf }, proof: [] })
  for (const name of Object.keys(LEAF)) assert.deepEqual(verdictOf(settled({ [name]: lone })), ['ABI_INVALID', 'leaf'], name)
  const beat = { tee_id: ZERO, timestamp: '1', signature: 'AA==' }
  for (const name of Object.keys(beat)) {
    const heartbeat = { ...beat, [name]: lone }
    const input = { key: new Uint8Array(3), now: 5 }
    assert.deepEqual(sync.verifyHeartbeat({ ...input, heartbeat }), sync.verifyHeartbeat({ ...input, heartbeat: JSON.stringify(heartbeat) }), name)
    assert.deepEqual(verdictOf(sync.verifyHeartbeat({ ...input, heartbeat })), ['RECEIPT_BAD_FIELD', name])
  }
  for (const name of ['tx', 'dataHash', 'result', 'lastResultsHash']) assert.equal(sync.verifyTxResult({ ...tx, [name]: lone }).code, 'TX_PROOF_INVALID', name)
  for (const name of ['txAunts', 'resultAunts']) assert.equal(sync.verifyTxResult({ ...tx, [name]: [lone] }).code, 'TX_PROOF_INVALID', name)
  assert.equal(sync.verifyTrieProof({ root: ZERO, key: '0x00', proof: [lone] }).code, 'MPT_PROOF_MALFORMED')
  assert.equal(sync.verifyReceiptProof({ anchor: { receiptsRoot: ZERO }, index: 0, proof: [lone] }).code, 'MPT_PROOF_MALFORMED')
  assert.equal(sync.verifyMptProof({ anchor: { stateRoot: ZERO }, proof: { address: lone } }).code, 'MPT_PROOF_MALFORMED')
  // A place is what the caller says: JavaScript may have rounded it.
  for (const index of [1.5, 2 ** 60]) {
    assert.throws(() => sync.verifyTxResult({ ...tx, index }), { code: 'ARGUMENT_INVALID', path: 'index' })
    assert.throws(() => sync.verifyReceiptProof({ anchor: { receiptsRoot: ZERO }, index, proof: [] }), { code: 'ARGUMENT_INVALID', path: 'index' })
  }
})

test('too many items are a limit, at their place; what the core reads as text is not too many', async () => {
  const many = (1 << 21) + 1
  const bytes = MAIL('bytes', new Uint8Array(5 << 20))
  for (const typedData of [MAIL('uint8[]', Array((1 << 20) + 1).fill(1)), bytes]) {
    const text = JSON.stringify(typedData === bytes ? MAIL('bytes', `0x${'00'.repeat(5 << 20)}`) : typedData)
    assert.equal(sync.assertHashTypedData(typedData).digest, sync.assertHashTypedData(text).digest)
  }
  const typedData = MAIL('uint8[]', Array(many).fill(1))
  const signed = { typedData, address: `0x${'11'.repeat(20)}`, signature: '0x' }
  assert.deepEqual(verdictOf(sync.hashTypedData(typedData)), ['INPUT_LIMIT', 'typedData.message.contents'])
  assert.equal(sync.hashTypedData(JSON.stringify(typedData)).code, 'INPUT_LIMIT')
  assert.equal(await verify.isValidTypedData(signed), false)
  assert.deepEqual(verdictOf(sync.verifyTypedDataBatch([signed])), ['INPUT_LIMIT', '[0].typedData.message.contents'])
  const settled = (more) => verdictOf(sync.verifySettlement({ root: ZERO, leaf: LEAF, proof: [], ...more }))
  assert.deepEqual(settled({ proof: Array(70_000).fill(ZERO) })[0], sync.verifySettlement({ root: ZERO, leaf: LEAF, proof: Array(60_000).fill(ZERO) }).code)
  assert.deepEqual(settled({ proof: Array(many).fill('') }), ['INPUT_LIMIT', 'proof'])
  assert.deepEqual(settled({ flags: Array(many).fill(true) }), ['INPUT_LIMIT', 'flags'])
  assert.deepEqual(settled({ leaves: Array(many).fill(LEAF), leaf: undefined }), ['INPUT_LIMIT', 'leaves'])
  assert.deepEqual(verdictOf(sync.verifyTrieProof({ root: ZERO, key: '0x00', proof: Array(1025).fill('') })), ['INPUT_LIMIT', 'proof'])
  assert.deepEqual(verdictOf(sync.readStorageBytes({ slot: ZERO, words: Array(4097).fill({}) })), ['INPUT_LIMIT', 'words'])
  const crls = Array(17).fill(new Uint8Array(1))
  assert.deepEqual(verdictOf(sync.authenticateSnpReport({ report: new Uint8Array(1184), certificates: { vek: new Uint8Array(1), chain: '', crls } })), ['INPUT_LIMIT', 'certificates.crls'])
})
