// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Settlements, on-chain numbers and heartbeats. Answers: @openzeppelin/merkle-tree, ethers, node:crypto.
import assert from 'node:assert/strict'
import { constants, generateKeyPairSync, sign } from 'node:crypto'
import { before, test } from 'node:test'

import { dist } from './support/package.mjs'

const verify = await import(dist('verify/index.js'))
let sync
before(async () => (sync = await verify.loadVerifier()))

const hex = (bytes) => Buffer.from(bytes).toString('hex')
const filled = (byte, size = 32) => `0x${byte.repeat(size)}`
const leafOf = (i) => ({
  teeId: filled(`0${i}`), inputHash: filled(`a${i}`), outputHash: filled(`b${i}`), signature: filled(`c${i}`, 15 * i), timestamp: 1784000000n + BigInt(i),
})
const LEAVES = [1, 2, 3, 4, 5].map(leafOf)
const ROOT = '0xb1059e9e2fd2bf4be0d11904bd7dd2d6b79358c34ccc4fa8430fc0ad6fc4bd00'
const LEAF_1 = '0x1c212debb981071c79610665454177e696aa3fd0ac9625769105ab0cf49fb982'
const LEAF_2 = '0xc6de3941a8f08c75290360a7034c6db86d36874fe56d963149ab2084fcd836c9'
const LEAF_4 = '0x2b50337cef8a63b1f2efaa9afd05d247ad5331bb89aabbf19157925682fe382d'
const PROOF = [LEAF_4, LEAF_2, '0xf7da372ad9d29799889ffe0d6bd17bc64bd796799ee32508f9e6437438e6f6e9']
const MULTI = { leaves: [LEAVES[0], LEAVES[2], LEAVES[4]], proof: [LEAF_4, LEAF_2], flags: [false, true, false, true] }
const BATCH = {
  address: filled('aa', 20),
  topics: ['0xc2aff8d8a10a4543baabf39bd9ff45e7fc3881d19098df350a3b7f339e911127', ROOT],
  data: `0x${[20, 64, 6].map((n) => n.toString(16).padStart(64, '0')).join('')}${hex(Buffer.from('blob-1')).padEnd(64, '0')}`,
}

test('verifySettlement: a proof and its three forms', async () => {
  const input = { root: ROOT, leaf: LEAVES[0], proof: PROOF }
  const verdict = await verify.verifySettlement(input)
  assert.equal(verdict.trust, 'unproven')
  assert.deepEqual(verdict.value.leaves, [{ leafHash: LEAF_1, ...LEAVES[0] }])
  assert.deepEqual(sync.verifySettlement(input), verdict)
  assert.equal(await verify.isValidSettlement({ ...input, proof: PROOF.slice(1) }), false)
  await assert.rejects(verify.assertSettlement({ ...input, leaf: LEAVES[1] }), { code: 'MERKLE_PROOF_INVALID' })
  const bytes = (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex'))
  assert.deepEqual(sync.verifySettlement({ root: bytes(ROOT), leaf: { ...LEAVES[0], teeId: bytes(LEAVES[0].teeId) }, proof: PROOF.map(bytes) }), verdict)
})

test('verifySettlement: several leaves, an event, a pinned emitter', () => {
  assert.equal(sync.assertSettlement({ root: ROOT, ...MULTI }).leaves.length, 3)
  assert.equal(sync.verifySettlement({ root: ROOT, ...MULTI, flags: [true, false, false, true] }).code, 'MERKLE_PROOF_INVALID')
  const input = { event: { ...BATCH, blockNumber: '0x1' }, leaf: LEAVES[0], proof: PROOF }
  assert.equal(sync.assertSettlement({ ...input, emitter: BATCH.address }).emitter, BATCH.address)
  assert.equal(sync.verifySettlement({ ...input, emitter: filled('ab', 20) }).code, 'EMITTER_MISMATCH')
  assert.deepEqual(sync.decodeSettlementEvent({ event: BATCH }).value, {
    event: 'BatchSettlement', root: ROOT, size: 20n, blobId: hex(Buffer.from('blob-1')), blobIdText: 'blob-1', emitter: BATCH.address,
  })
  for (const demand of [{ emitter: undefined }, { key: undefined }]) assert.throws(() => sync.verifySettlement({ ...input, ...demand }), { code: 'ARGUMENT_INVALID' })
  const wrong = filled('ab', 20)
  const hidden = Object.defineProperty({ ...input }, 'emitter', { value: wrong, enumerable: false })
  let asked = 0
  const twice = new Proxy(input, {
    getOwnPropertyDescriptor: (target, name) => (name === 'emitter' ? (asked++ === 0 ? undefined : { value: wrong, enumerable: true, configurable: true }) : Reflect.getOwnPropertyDescriptor(target, name)),
    has: (target, name) => name === 'emitter' || Reflect.has(target, name),
  })
  const throwing = new Proxy(input, { has: () => { throw new TypeError('boo') } })
  for (const given of [hidden, twice, throwing]) assert.throws(() => sync.verifySettlement(given), { code: 'ARGUMENT_INVALID' })
  const computed = { ...input, get emitter() { return BATCH.address } }
  assert.equal(sync.assertSettlement(computed).emitter, BATCH.address)
  class Log {
    constructor() { Object.assign(this, BATCH) }
    get removed() { return true }
  }
  const back = [
    ...[true, 'true', 1, 0, null, '', {}].map((removed) => ({ ...BATCH, removed })), new Log(), Object.assign(Object.create({ removed: true }), BATCH),
    Object.defineProperty({ ...BATCH }, 'removed', { value: true }),
  ]
  for (const event of back)
    for (const ask of [() => sync.verifySettlement({ ...input, event }), () => sync.decodeSettlementEvent({ event }), () => sync.decodeInferenceEvent({ event })])
      assert.throws(ask, { code: 'ARGUMENT_INVALID', path: 'event.removed' })
  let reads = 0
  const turning = { ...BATCH, get removed() { return (reads += 1) === 1 } }
  assert.throws(() => sync.verifySettlement({ ...input, event: turning }), { code: 'ARGUMENT_INVALID', path: 'event.removed' })
  assert.equal(reads, 1)
  for (const removed of [false, undefined]) assert.equal(sync.verifySettlement({ ...input, event: { ...BATCH, removed } }).ok, true)
  assert.equal(sync.decodeSettlementEvent({ event: { ...BATCH, data: `${BATCH.data}00` } }).code, 'ABI_INVALID')
})

test('verifySettlement: a pinned emitter is not got past with a bare root', async () => {
  const input = { root: ROOT, leaf: LEAVES[0], proof: PROOF, emitter: BATCH.address }
  const verdict = sync.verifySettlement(input)
  assert.deepEqual([verdict.code, verdict.category, verdict.path], ['EMITTER_MISMATCH', 'policy', 'event'])
  assert.deepEqual(verdict.checks.find(({ name }) => name === 'emitter'), { name: 'emitter', status: 'failed', code: 'EMITTER_MISMATCH', detail: 'no event names the contract' })
  assert.deepEqual(await verify.verifySettlement(input), verdict)
  assert.equal(sync.isValidSettlement(input), false)
  assert.equal(sync.verifySettlement({ root: ROOT, ...MULTI, emitter: BATCH.address }).code, 'EMITTER_MISMATCH')
})

test('verifySettlement: what is not of its ABI type is refused, what is no call at all is thrown', () => {
  const code = (leaf) => sync.verifySettlement({ root: ROOT, leaf: { ...LEAVES[0], ...leaf }, proof: PROOF }).code
  assert.equal(code({ timestamp: 1n << 256n }), 'ABI_INVALID')
  assert.equal(code({ timestamp: -1 }), 'ABI_INVALID')
  assert.equal(code({ teeId: '0x12' }), 'ABI_INVALID')
  assert.equal(code({ timestamp: (1n << 256n) - 1n }), 'MERKLE_PROOF_INVALID')
  for (const bad of [{ timestamp: 2 ** 60 }, { timestamp: null }, { teeId: 7 }]) assert.throws(() => code(bad), { code: 'ARGUMENT_INVALID' })
  assert.throws(() => sync.verifySettlement({ root: ROOT, leaf: LEAVES[0], proof: PROOF, key: new Uint8Array(0) }), { code: 'ARGUMENT_INVALID' })
  assert.throws(() => sync.verifySettlement({ root: ROOT, leaf: LEAVES[0], prof: PROOF }), { code: 'ARGUMENT_INVALID' })
  assert.throws(() => sync.verifySettlement({ root: ROOT, leaf: LEAVES[0], proof: PROOF, emitter: '0x1' }), { code: 'POLICY_INVALID' })
})

test('the text of an input is bounded while it is made, though its values are few', async () => {
  const big = `0x${'a'.repeat(1 << 20)}`
  const event = { address: filled('11', 20), topics: Array(1000).fill(big), data: '0x' }
  const ends = async (input, path, ...names) => {
    for (const name of names) {
      const { code, path: where } = sync[name](input)
      assert.deepEqual([code, where], ['INPUT_LIMIT', path], name)
    }
    assert.equal((await verify[names[0]](input)).code, 'INPUT_LIMIT')
  }
  await ends({ root: ROOT, leaf: LEAVES[0], proof: Array(1000).fill(big) }, 'proof', 'verifySettlement')
  await ends({ root: ROOT, leaf: { ...LEAVES[0], teeId: '\0'.repeat(100 << 20) }, proof: [] }, 'leaf.teeId', 'verifySettlement')
  await ends({ event }, 'event.topics', 'verifySettlement', 'decodeSettlementEvent', 'decodeInferenceEvent')
  const doubled = (value, times) => (times === 0 ? value : doubled([value, value], times - 1))
  const evidence = { a: doubled(big, 10) }
  const config = { chainId: 'a', checkpoint: {} }
  for (const name of ['verifyHeader', 'advanceTrustedState']) assert.equal(sync[name]({ config, evidence }).code, 'INPUT_LIMIT', name)
  assert.equal(sync.verifyRegistry({ config, query: {}, evidence }).code, 'INPUT_LIMIT')
  assert.equal(sync.verifyRegistry({ config, query: { a: doubled(big, 10) }, evidence: {} }).code, 'INPUT_LIMIT')
  // A policy is the caller's own.
  assert.throws(() => sync.verifyNitroAttestation({ document: new Uint8Array(1), policy: { accept: Array(1000).fill(big) } }), { code: 'POLICY_INVALID' })
})

const PAIR = generateKeyPairSync('rsa', { modulusLength: 2048 })
const SPKI = new Uint8Array(PAIR.publicKey.export({ type: 'spki', format: 'der' }))
const pss = (message) => sign('sha256', message, { key: PAIR.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
const word = (value) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
const keccak = (...parts) => sync.keccak256(new Uint8Array(Buffer.concat(parts)))

/** A leaf that the key signed. */
function signedLeaf() {
  const leaf = { ...leafOf(1), teeId: keccak(SPKI) }
  const part = (name) => Buffer.from(leaf[name].slice(2), 'hex')
  return { ...leaf, signature: new Uint8Array(pss(keccak(part('inputHash'), part('outputHash'), word(leaf.timestamp)))) }
}

test('verifySettlement: the signature in a leaf', () => {
  const leaf = signedLeaf()
  const alone = (changed = {}) => {
    const input = { leaf: { ...leaf, ...changed }, proof: [] }
    const { leafHash } = sync.verifySettlement({ ...input, root: filled('00') }).ok ? {} : { leafHash: hashOf(input.leaf) }
    return sync.verifySettlement({ ...input, root: leafHash, key: SPKI })
  }
  assert.equal(alone().value.signaturesChecked, true)
  assert.equal(alone({ timestamp: leaf.timestamp + 1n }).code, 'RECEIPT_SIGNATURE_INVALID')
  assert.equal(alone({ teeId: filled('01') }).code, 'RECEIPT_TEE_ID_MISMATCH')
})

test('isValidSettlement is a yes only where nothing that can be checked is left to the caller', async () => {
  const leaf = signedLeaf()
  const root = hashOf(leaf)
  const event = { ...BATCH, topics: [BATCH.topics[0], root] }
  const emitter = BATCH.address
  for (const [isValid, verified] of [[verify.isValidSettlement, verify.verifySettlement], [sync.isValidSettlement, sync.verifySettlement]]) {
    assert.equal(await isValid({ event, leaf, proof: [], key: SPKI, emitter }), true)
    assert.equal(await isValid({ root, leaf, proof: [], key: SPKI }), true)
    for (const partial of [{ event, emitter }, { event, key: SPKI }, { root }]) {
      assert.equal((await verified({ leaf, proof: [], ...partial })).ok, true)
      assert.equal(await isValid({ leaf, proof: [], ...partial }), false)
    }
  }
})

/** The leaf's hash by hand: keccak256 twice over abi.encode. */
function hashOf(leaf) {
  const bytes = (value) => (typeof value === 'string' ? Buffer.from(value.slice(2), 'hex') : Buffer.from(value))
  const signature = bytes(leaf.signature)
  const padding = Buffer.alloc((32 - (signature.length % 32)) % 32)
  const parts = [bytes(leaf.teeId), bytes(leaf.inputHash), bytes(leaf.outputHash), word(160), word(leaf.timestamp), word(signature.length), signature, padding]
  return `0x${hex(keccak(keccak(...parts)))}`
}

test('numbers: there and back', () => {
  assert.deepEqual(sync.decodeNumber({ value: 15n, decimals: 1 }).value, { value: 15n, decimals: 1n, float32: 1.5, text: '1.5' })
  assert.equal(sync.assertDecodeNumber({ value: '-1', decimals: 400n }).text, '-0.0')
  assert.equal(sync.decodeNumber({ value: 1n, decimals: 10n ** 6n }).code, 'NUMBER_OVERFLOW')
  assert.equal(sync.decodeNumber({ value: 1n << 127n, decimals: 0 }).code, 'ABI_INVALID')
  assert.equal(sync.decodeNumber({ words: new Uint8Array(63) }).code, 'ABI_INVALID')
  const tenth = sync.assertEncodeNumber({ type: 'float32', value: 0.1 })
  assert.deepEqual([tenth.value, tenth.decimals], [1n, 1n])
  assert.equal(sync.assertDecodeNumber({ words: tenth.words }).float32, Math.fround(0.1))
  assert.equal(sync.assertEncodeNumber({ type: 'float64', value: Math.fround(0.1) }).decimals, 17n)
  assert.equal(sync.assertEncodeNumber({ type: 'int', value: -(1n << 127n) }).value, -(1n << 127n))
  assert.equal(sync.encodeNumber({ type: 'float64', value: 1e300 }).code, 'NUMBER_OVERFLOW')
  for (const value of [NaN, Infinity]) assert.throws(() => sync.encodeNumber({ type: 'float32', value }), { code: 'NUMBER_NOT_FINITE' })
  for (const bad of [{ type: 'int', value: 1.5 }, { type: 'int', value: '0x1' }, { type: 'float16', value: 1 }, { type: 'float32', value: '1' }])
    assert.throws(() => sync.encodeNumber(bad), { code: 'ARGUMENT_INVALID' })
})

test('decodeInferenceEvent: tensors as numbers and as floats', async () => {
  const text = (value) => [value.length, hex(Buffer.from(value)).padEnd(64, '0')]
  // (numbers: one tensor "y" of 15/10 and -25/100, shape [2]; no strings, no jsons; a simulation)
  const words = [32, 128, 576, 608, 1, 1, 32, 96, 160, 320, ...text('y'), 2, 15, 1, -25n, 2, 1, 2, 0, 0]
  const data = words.map((value) => (typeof value === 'string' ? value : BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, '0'))).join('')
  const event = { address: filled('f4', 20), topics: ['0xc1396ff68bc2d8630100df29ce5561fa99078c602e8676ab72a53e37095d7168'], data: `0x${data}` }
  const { value } = await verify.decodeInferenceEvent({ event })
  assert.equal(value.event, 'InferenceResult')
  assert.equal(value.request, null)
  assert.equal(value.output.isSimulationResult, true)
  assert.deepEqual(value.output.numbers, [
    { name: 'y', shape: [2], values: [{ value: 15n, decimals: 1n }, { value: -25n, decimals: 2n }], float32: Float32Array.of(1.5, -0.25) },
  ])
})

test('verifyHeartbeat: object and text, the caller\'s limits', async () => {
  const time = 1784000000n
  const heartbeat = { tee_id: `0x${hex(keccak(SPKI))}`, timestamp: time, signature: pss(keccak(keccak(SPKI), word(time))).toString('base64') }
  const input = { heartbeat, key: SPKI, now: time + 100n }
  assert.deepEqual((await verify.verifyHeartbeat(input)).value, { teeId: heartbeat.tee_id, timestamp: time })
  const limits = { maxAgeS: 100, futureS: 0 }
  assert.equal(sync.isValidHeartbeat({ ...input, ...limits, heartbeat: JSON.stringify({ ...heartbeat, timestamp: Number(time) }) }), true)
  // A boolean cannot show that an age was compared with nothing.
  for (const partial of [{}, { maxAgeS: 100 }, { futureS: 0 }]) {
    const { ok, checks } = sync.verifyHeartbeat({ ...input, ...partial })
    assert.deepEqual([ok, checks.find(({ name }) => name === 'freshness').status], [true, 'assumed'])
    assert.equal(sync.isValidHeartbeat({ ...input, ...partial }), false)
    assert.equal(await verify.isValidHeartbeat({ ...input, ...partial }), false)
  }
  assert.equal(await verify.isValidHeartbeat({ ...input, ...limits }), true)
  assert.equal(sync.verifyHeartbeat({ ...input, maxAgeS: 99 }).code, 'HEARTBEAT_TOO_OLD')
  assert.equal(sync.verifyHeartbeat({ ...input, maxAgeS: 100 }).ok, true)
  assert.equal(sync.verifyHeartbeat({ ...input, now: time - 1n, futureS: 0 }).code, 'HEARTBEAT_FROM_FUTURE')
  assert.equal(sync.verifyHeartbeat({ ...input, heartbeat: { ...heartbeat, timestamp: time + 1n } }).code, 'HEARTBEAT_SIGNATURE_INVALID')
  assert.equal(sync.verifyHeartbeat({ ...input, heartbeat: { ...heartbeat, signature: undefined } }).code, 'RECEIPT_BAD_FIELD')
  const { checks } = sync.verifyHeartbeat({ heartbeat, key: SPKI })
  assert.match(checks.find(({ name }) => name === 'clock').detail, /device/)
})
