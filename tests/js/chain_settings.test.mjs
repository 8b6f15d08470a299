// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What createChainVerifier refuses by name before any server is asked, what it can be asked to prove beside a record, and the
// evidence that it gives back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { codeOf, tee } from './support/chain_calls.mjs'
import { dist } from './support/package.mjs'
import { served, startServers } from './support/chain_servers.mjs'
import { certificateStorage, ohttpStorage } from '../vectors/generate/lib/chain.mjs'
import { CHAIN, PCR, REGISTRY, SPKI, T, TEE, hex, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const { createChainVerifier } = await import(dist('web/index.js'))
const { verifyEvidence, verifyRegistry } = await import(dist('verify/index.js'))

const certificate = Buffer.alloc(700, 0x30)
const ohttp = { publicKey: Buffer.alloc(32, 9), keyConfig: Buffer.alloc(41, 7) }
const world = makeWorld({ words: [...certificateStorage({ teeId: TEE, certificate }), ...ohttpStorage({ teeId: TEE, ...ohttp })], registry: { registeredAt: T - 9000 } })
const trust = { height: 100, headerHash: world.anchor.hash }
const registry = { address: hex(REGISTRY) }

let servers
before(async () => {
  servers = await startServers({ honest: { ...served(world), latency: 60 }, second: served(world), third: served(world) })
})
after(() => servers.close())

const create = (policy = {}, options = {}) =>
  createChainVerifier({ policy: { chainId: CHAIN, checkpoint: trust, registry, ...policy }, endpoints: { cometbft: servers.comet('honest'), evm: servers.evm('honest') }, timeoutMs: 3000, retries: 0, ...options })

test('levels of trust and quorums are refused by name', () => {
  const quorum = { needed: 2, of: 3 }
  for (const policy of [{ accept: ['provn'] }, { accept: 'proven' }, { accept: ['proven', 'calldata'] }, { accept: ['quorum'] }, { accept: [1] }]) {
    assert.throws(() => create(policy), { name: 'UsageError', code: 'CONFIG_INVALID' }, JSON.stringify(policy))
  }
  assert.throws(() => create({ accept: ['calldata'] }), /verifyRegistry/)
  for (const bad of [{ needed: 1, of: 1 }, { needed: 1, of: 2 }, { needed: 2, of: 4 }, { needed: 4, of: 3 }, { needed: 2.5, of: 3 }, { needed: '2', of: 3 }, {}]) {
    assert.throws(() => create({ accept: ['quorum'], quorum: bad }), { name: 'UsageError', code: 'QUORUM_CONFIG_INVALID' }, JSON.stringify(bad))
  }
  const four = { cometbft: [], evm: servers.evm('honest', 'second', 'third', 'honest') }
  assert.throws(() => create({ accept: ['quorum'], quorum }, { endpoints: four }), { code: 'QUORUM_CONFIG_INVALID' })
  create({ accept: ['proven', 'quorum'], quorum })
})

test('settings that are none are the caller\'s fault, not an accident', () => {
  const endpoints = { cometbft: servers.comet('honest'), evm: servers.evm('honest') }
  assert.throws(() => createChainVerifier(), { name: 'UsageError', code: 'CONFIG_INVALID' })
  for (const odd of [undefined, null, {}, { evm: endpoints.evm }, { cometbft: endpoints.cometbft }, { cometbft: [5], evm: [] }, { ...endpoints, evm: ['x'] }, { ...endpoints, other: [] }]) {
    assert.throws(() => create({}, { endpoints: odd }), { name: 'UsageError', code: 'CONFIG_INVALID' }, JSON.stringify(odd))
  }
  for (const name of ['now', 'trust', 'state']) assert.throws(() => create({ [name]: 5 }), { name: 'UsageError', code: 'CONFIG_INVALID', path: `policy.${name}` })
  assert.throws(() => create({ checkpoint: undefined }), { code: 'CONFIG_INVALID', path: 'policy.checkpoint' })
  for (const height of [undefined, 0, -1, 1.5, '0x64', 'x']) assert.throws(() => create({ checkpoint: { ...trust, height } }), { code: 'CONFIG_INVALID', path: 'policy.checkpoint.height' }, String(height))
  assert.throws(() => create({ registry: null }), { code: 'CONFIG_INVALID', path: 'policy.registry' })
  assert.throws(() => create({}, { signal: {} }), { name: 'UsageError', code: 'CONFIG_INVALID', path: 'signal' })
  assert.throws(() => create({}, { fetch: 5 }), { name: 'UsageError', code: 'CONFIG_INVALID', path: 'fetch' })
  assert.equal(create({}, { storedState: null }).state, undefined)
  assert.throws(() => create({}, { storedState: 5 }), { code: 'CONFIG_INVALID', path: 'storedState' })
  assert.throws(() => create({}, { storedstate: 'AAAA' }), { code: 'CONFIG_INVALID', path: 'storedstate' })
})

test('settings are those of the moment when the verifier was made', async () => {
  const given = { checkpoint: { ...trust }, accept: ['proven'], registry: { ...registry } }
  const verifier = create(given)
  given.checkpoint.headerHash = '00'.repeat(32)
  given.accept.push('unproven')
  given.registry.address = `0x${'11'.repeat(20)}`
  assert.equal(codeOf(await tee(verifier)), 'OK proven')
  assert.throws(() => create({ registry: { ...registry, codeHash: () => 1 } }), { code: 'CONFIG_INVALID', path: 'policy.registry.codeHash' })
  assert.throws(() => create({ registry: { ...registry, codeHash: undefined } }), { code: 'CONFIG_INVALID', path: 'policy.registry.codeHash' })
  assert.throws(() => create({ registry: Object.assign(Object.create({ codeHash: 'zz' }), registry) }), { code: 'CONFIG_INVALID' })
  assert.throws(() => create({ allowedPcrHashes: undefined }), { code: 'CONFIG_INVALID', path: 'policy.allowedPcrHashes' })
})

test('the hosted file is a checkpoint, of this chain only', async () => {
  const hosted = { chainId: CHAIN, ...trust, time: '2026-01-01T00:00:00Z' }
  assert.equal(codeOf(await tee(create({ checkpoint: hosted }))), 'OK proven')
  assert.throws(() => create({ checkpoint: { ...hosted, chainId: 'other-1' } }), { code: 'CONFIG_INVALID', path: 'policy.checkpoint.chainId' })
})

test('a policy that no call could use is refused before any server is asked', async () => {
  const hash = hex(PCR)
  for (const name of ['maxStateAges', 'trustingPeriod', 'allowedPcrHash', 'trust_level', 'Registry']) assert.throws(() => create({ [name]: 5 }), { name: 'UsageError', code: 'CONFIG_INVALID', path: `policy.${name}` })
  const wrong = [
    { maxStateAgeS: '600' }, { maxStateAgeS: -1 }, { maxStateAgeS: 1.5 }, { maxStateAgeS: null }, { trustingPeriodS: 0 }, { trustingPeriodS: true }, { maxClockDriftS: 1e13 },
    { trustLevel: { numerator: 1, denominator: 4 } }, { trustLevel: 'half' }, { allowedPcrHashes: hash }, { allowedPcrHashes: [hash.slice(2)] }, { allowedPcrHashes: [hash, 5] }, { allowedPcrHashes: [`${hash}00`] },
    { registry: { address: '0x12' } }, { registry: { address: new Uint8Array(REGISTRY) } }, { registry: { ...registry, adress: 1 } }, { registry: { ...registry, slots: { tee: 7 } } }, { registry: { ...registry, codeHash: 'x' } }, { root: { name: 5 } }, { chainId: 5 }, { chainId: '' },
    { checkpoint: { height: 100, headerHash: 'zz' } },
  ]
  servers.reset()
  for (const policy of wrong) {
    const refused = { name: 'UsageError', code: 'CONFIG_INVALID' }
    const each = JSON.stringify(policy)
    for (const accept of [['proven'], ['unproven'], ['proven', 'unproven']]) {
      if (policy.registry?.codeHash && !accept.includes('proven')) continue
      // Values are for the core to read: where it is not asked yet, the first call is refused, as every other one.
      await assert.rejects(async () => await tee(create({ ...policy, accept })), refused, each)
    }
  }
  for (const options of [{ now: 'yesterday' }, { now: 1.5 }, { now: 1e12 }, { spkiDer: 'zz' }, { spkiDer: 5 }]) {
    await assert.rejects(tee(create(), options), { name: 'UsageError' }, JSON.stringify(options))
  }
  assert.equal(codeOf(await tee(create(), { spkiDer: '0x00' })), 'REGISTRY_KEY_MISMATCH')
  assert.equal(servers.seen.requests, 0)
})

test('questions that are none are the caller\'s fault, and no server is asked', async () => {
  const verifier = create()
  servers.reset()
  await assert.rejects(tee(verifier, { ohttpp: true }), { name: 'UsageError', code: 'ARGUMENT_INVALID' })
  await assert.rejects(verifier.verifyTee(hex(TEE), null), { name: 'UsageError', code: 'ARGUMENT_INVALID' })
  await assert.rejects(tee(verifier, { ohttp: 1 }), { name: 'UsageError', code: 'ARGUMENT_INVALID' })
  const block = { contract: hex(REGISTRY), blockHash: `0x${'33'.repeat(32)}`, endpoints: servers.evm('honest') }
  for (const odd of [{ endpoints: undefined }, { endpoints: ['x'] }, { contract: '0x12' }, { blockHash: 'zz' }]) {
    await assert.rejects(verifier.verifySettlement({ ...block, leaf: {}, ...odd }), { name: 'UsageError', code: 'ARGUMENT_INVALID' }, JSON.stringify(odd))
  }
  for (const slots of [undefined, ['zz'], [5]]) await assert.rejects(verifier.verifyAccount({ ...block, slots }), { name: 'UsageError', code: 'ARGUMENT_INVALID' })
  assert.equal(servers.seen.requests, 0)
})

test('a policy that takes nothing which servers can show ends in a verdict', async () => {
  servers.reset()
  assert.equal(codeOf(await tee(create({ accept: ['attested'] }))), 'TRUST_INSUFFICIENT')
  assert.equal(servers.seen.requests, 0)
})

test('what else the registry says is proven when it is asked for', async () => {
  const verifier = create()
  servers.reset()
  const { value } = await tee(verifier, { registeredAt: true, tlsCertificate: true, ohttp: true })
  assert.equal(servers.seen.rounds, 2)
  assert.equal(value.registeredAt, BigInt(T - 9000))
  assert.equal(value.tlsCertificate, certificate.toString('hex'))
  assert.deepEqual([value.ohttp.publicKey, value.ohttp.keyConfig, value.ohttp.keyId], [ohttp.publicKey.toString('hex'), ohttp.keyConfig.toString('hex'), 7])
  const plain = await tee(verifier)
  assert.deepEqual([plain.value.registeredAt, plain.value.ohttp, plain.value.tlsCertificate], [undefined, undefined, undefined])
  // No weaker answer shows it.
  const weak = create({ accept: ['proven', 'unproven'] }, { endpoints: { cometbft: servers.comet('error'), evm: servers.evm('second') } })
  assert.equal(codeOf(await tee(weak, { ohttp: true })), 'RPC_UNAVAILABLE')
  assert.equal(codeOf(await tee(weak)), 'OK unproven')
})

test('the evidence of a proof can be verified again, alone and in a bundle', async () => {
  const verifier = create()
  const first = await tee(verifier, { spkiDer: hex(SPKI), registeredAt: true })
  const cold = JSON.parse(JSON.stringify(verifier.evidenceOf(first)))
  assert.equal(cold.state, undefined)
  const config = { chainId: CHAIN, trust, registry }
  const again = await verifyRegistry({ config, query: cold.query, evidence: cold.evidence, now: T + 10 })
  assert.deepEqual([codeOf(again), again.value], ['OK proven', first.value])
  const bundle = JSON.stringify({ assay: 1, registry: { query: cold.query, evidence: cold.evidence } })
  const judged = await verifyEvidence(bundle, { chain: config }, { now: T + 10 })
  assert.equal(codeOf(judged), 'OK proven')
  // From a state on, the state is what the path begins at.
  const second = await tee(verifier)
  const warm = verifier.evidenceOf(second)
  assert.equal(codeOf(await verifyRegistry({ config: { ...config, state: warm.state }, query: warm.query, evidence: warm.evidence, now: T + 10 })), 'OK proven')
  assert.equal(verifier.evidenceOf({ ok: false }), undefined)
})
