// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// EZKL proofs that hold, in every form of the call: files, descriptor, batch, with the numbers that they prove.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'

import { INTEGERS, SAMPLE, SCALE, pinOf } from './support/ezkl_sample.mjs'
import { dist } from './support/package.mjs'

const zk = await import(dist('zk/index.js'))
const { UsageError, VerificationError } = await import(dist('errors/index.js'))

const { key, settings, srs, descriptor, proof, otherThreads, otherInstance } = SAMPLE
const pins = { key: pinOf(key), settings: pinOf(settings), srs: pinOf(srs) }
const files = { key, settings, srs, proof, pin: pins }
const compiled = { descriptor, srs, proof, pin: { descriptor: pinOf(descriptor), srs: pins.srs } }
const entropy = new Uint8Array(32).map((_, i) => i * 7 + 1)
const usage = (path) => (error) => error instanceof UsageError && error.code === 'ARGUMENT_INVALID' && error.path === path

let sync
before(async () => (sync = await zk.loadZkVerifier()))

test('all forms agree on a good proof, and its public values are numbers', async () => {
  const verdict = await zk.verifyEzklProof(files)
  assert.equal(verdict.ok, true, verdict.code)
  assert.equal(verdict.trust, 'proven')
  assert.deepEqual(verdict.checks.map(({ name, status }) => [name, status]), [['pin', 'passed'], ['proof', 'passed']])
  const { value } = verdict
  assert.deepEqual([value.system, value.version, value.hashes], ['ezkl', '21.0.0', 0])
  assert.deepEqual(value.tensors, [{ size: 4, scale: SCALE }])
  assert.deepEqual(value.instances.map(({ integer }) => integer), INTEGERS)
  assert.deepEqual(value.instances.map((each) => each.value), [0.78125, -0.7890625, 0.796875, -0.8046875])
  for (const [form, input] of [['files', files], ['descriptor', compiled]]) {
    assert.deepEqual(await zk.verifyEzklProof(input), verdict, form)
    assert.deepEqual(sync.verifyEzklProof(input), verdict, form)
    assert.deepEqual(await zk.assertEzklProof(input), value, form)
    assert.deepEqual(sync.assertEzklProof(input), value, form)
    assert.equal(await zk.isValidEzklProof(input), true, form)
    assert.equal(sync.isValidEzklProof(input), true, form)
    const { pin, ...unpinned } = input
    const without = await zk.verifyEzklProofUnpinned(unpinned)
    assert.deepEqual([without.ok, without.trust, without.value], [true, 'unproven', value], form)
  }
})

test('another claim, ceremony or prover is told apart', async () => {
  for (const input of [files, compiled]) {
    const wrong = { ...input, proof: otherInstance }
    const verdict = await zk.verifyEzklProof(wrong)
    assert.deepEqual([verdict.code, verdict.category], ['EZKL_PROOF_INVALID', 'rejected'])
    assert.equal(await zk.isValidEzklProof(wrong), false)
    await assert.rejects(zk.assertEzklProof(wrong), (error) => error instanceof VerificationError && error.code === 'EZKL_PROOF_INVALID')
    assert.throws(() => sync.assertEzklProof(wrong), VerificationError)
    const { srs: _, pin: { srs: __, ...rest } } = input
    const { srs: ___, ...ofPublic } = input
    assert.equal((await zk.verifyEzklProof({ ...ofPublic, pin: rest })).code, 'EZKL_PROOF_INVALID')
    const other = await zk.verifyEzklProof({ ...input, proof: otherThreads })
    assert.equal(other.ok, true)
    assert.notEqual(other.value.keyDigest, (await zk.verifyEzklProof(input)).value.keyDigest)
  }
})

test('a compiled key answers for its files, with a good proof for its prover alone', async () => {
  const open = await zk.assertCompileEzklKey({ key, settings })
  assert.deepEqual(open.descriptor, descriptor)
  assert.equal(open.digest, `0x${pinOf(descriptor)}`)
  assert.deepEqual(sync.assertCompileEzklKey({ key, settings }), open)
  const settled = await zk.compileEzklKey({ key, settings, proof, srs })
  assert.equal(settled.ok, true)
  const input = { descriptor: settled.value.descriptor, srs, pin: { descriptor: settled.value.digest, srs: pins.srs } }
  assert.equal((await zk.verifyEzklProof({ ...input, proof })).ok, true)
  assert.equal((await zk.verifyEzklProof({ ...input, proof: otherThreads })).code, 'EZKL_PROOF_INVALID')
  await assert.rejects(zk.assertCompileEzklKey({ key, settings, proof: otherInstance, srs }), (error) => error.code === 'EZKL_PROOF_INVALID')
})

test('a batch holds when every proof does, whatever threads its prover had', async () => {
  const { proof: _, ...common } = compiled
  const batch = (...proofs) => ({ ...common, entropy, proofs })
  const verdict = await zk.verifyEzklProofBatch(batch(proof, otherThreads, proof))
  assert.equal(verdict.ok, true, verdict.code)
  assert.equal(verdict.trust, 'proven')
  const one = await zk.assertEzklProof(compiled)
  const other = await zk.assertEzklProof({ ...compiled, proof: otherThreads })
  assert.deepEqual(verdict.value, [one, other, one])
  assert.deepEqual(sync.verifyEzklProofBatch(batch(proof, otherThreads, proof)), verdict)
  assert.deepEqual(await zk.assertEzklProofBatch(batch(otherThreads, proof)), [other, one])
  assert.equal(await zk.isValidEzklProofBatch(batch(otherThreads)), true)
  const refused = await zk.verifyEzklProofBatch(batch(proof, otherThreads, otherInstance, proof))
  assert.deepEqual([refused.code, refused.path], ['EZKL_PROOF_INVALID', '[2]'])
  const torn = await zk.verifyEzklProofBatch(batch(otherThreads, '{'))
  assert.deepEqual([torn.code, torn.path], ['EZKL_MALFORMED', '[1]'])
})

test('a number is the felt that the module reads as this number', async () => {
  const { instances, tensors } = await zk.assertEzklProof(compiled)
  for (const { felt, value } of instances) assert.equal(zk.ezklFelt(value, tensors[0].scale), felt)
  const felt = (integer) => `0x${(integer < 0n ? 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n + integer : integer).toString(16).padStart(64, '0')}`
  for (const [value, scale, integer] of [
    [0, 7, 0n], [-0, 7, 0n], [0.5, 0, 1n], [-0.5, 0, -1n], [1.5, 0, 2n], [-2.5, 0, -3n], [0.49999999999999994, 0, 0n], [-0.49999999999999994, 0, 0n],
    [0.1, 13, 819n], [-1.0638760775327682, 26, -71395515n], [3, -1, 2n], [-3, -1, -2n], [1, -1, 1n], [1, -2, 0n], [5e-324, 128, 0n], [2 ** -128, 128, 1n], [2 ** -129, 128, 1n],
    [2 ** 53 + 2, 3, (2n ** 53n + 2n) * 8n], [-(2 ** 127), 0, -(2n ** 127n)], [2 ** 127 - 2 ** 74, 0, 2n ** 127n - 2n ** 74n], [Number.MAX_VALUE, -128, null],
  ]) {
    if (integer === null) assert.throws(() => zk.ezklFelt(value, scale), usage('value'))
    else assert.equal(zk.ezklFelt(value, scale), felt(integer), `${value} at ${scale}`)
  }
  for (const value of [NaN, Infinity, -Infinity, '1', 1n, undefined, 2 ** 127]) assert.throws(() => zk.ezklFelt(value, 0), usage('value'), String(value))
  for (const scale of [0.5, 129, -129, NaN, '7', undefined]) assert.throws(() => zk.ezklFelt(1, scale), usage('scale'), String(scale))
  assert.throws(() => zk.ezklFelt(-(2 ** 127) - 2 ** 75, 0), usage('value'))
})

test('a file above its limit has one code, by one byte and by many', async () => {
  const codeOf = async (asked) => (await asked).code
  const SETTINGS = 1 << 20
  const FILE = 4 << 20
  const KEY = 64 << 20
  const { proof: _, ...common } = compiled
  for (const over of [1, 2, 1000]) {
    const settingsOver = ' '.repeat(SETTINGS + over)
    const long = ' '.repeat(FILE + over)
    const bytes = new Uint8Array(FILE + over)
    assert.equal(await codeOf(zk.verifyEzklProofUnpinned({ key, settings: settingsOver, proof })), 'ZK_LIMIT')
    assert.equal(await codeOf(zk.verifyEzklProof({ ...files, settings: settingsOver, pin: { ...pins, settings: pinOf(settingsOver) } })), 'ZK_LIMIT')
    assert.equal(await codeOf(zk.verifyEzklProof({ ...files, proof: long })), 'ZK_LIMIT')
    assert.equal(await codeOf(zk.verifyEzklProof({ ...compiled, descriptor: bytes, pin: { ...compiled.pin, descriptor: pinOf(bytes) } })), 'ZK_LIMIT')
    assert.equal(await codeOf(zk.verifyEzklProofBatch({ ...common, entropy, proofs: [long] })), 'ZK_LIMIT')
    assert.equal(await codeOf(zk.compileEzklKey({ key, settings: settingsOver })), 'ZK_LIMIT')
    const large = new Uint8Array((16 << 20) + over)
    assert.equal(sync.verifyEzklProofUnpinned({ ...files, pin: undefined, srs: large }).code, 'ZK_LIMIT')
  }
  for (const over of [1, 2]) {
    const padded = new Uint8Array(KEY + over)
    padded.set(key)
    assert.equal(sync.verifyEzklProofUnpinned({ key: padded, settings, proof, srs }).code, 'ZK_LIMIT')
  }
  await assert.rejects(zk.verifyEzklProofBatch({ ...common, entropy: new Uint8Array(33), proofs: [proof] }), usage('entropy'))
})

test('settings of another release are refused where they say so', async () => {
  const refusal = async (text) => {
    const verdict = await zk.verifyEzklProofUnpinned({ key, settings: text, proof, srs })
    return [verdict.code, verdict.path]
  }
  for (const version of ['22.3.0', '23.0.0', '9.6.1', 'latest'])
    assert.deepEqual(await refusal(settings.replace('21.0.0', version)), ['EZKL_VERSION_UNSUPPORTED', 'settings.version'], version)
  for (const version of ['21.0.0', '0.0.0']) {
    const freivalds = { ...JSON.parse(settings), version, einsum_params: { equations: [['ij,jk->ik', { i: 1 }]], total_einsum_col_size: 4 } }
    assert.deepEqual(await refusal(JSON.stringify(freivalds)), ['EZKL_VERSION_UNSUPPORTED', 'settings.einsum_params'], version)
  }
})
