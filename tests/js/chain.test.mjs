// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// createChainVerifier against servers that are honest, broken or lying. The chain is synthetic and complete: what is proven
// here is proven by real signatures and hashes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { dist } from './support/package.mjs'
import { blockAt, served, startServers } from './support/chain_servers.mjs'
import { makeValidators, sha256 } from '../vectors/generate/lib/chain.mjs'
import { CHAIN, PCR, REGISTRY, T, TEE, hex, light, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const { createChainVerifier } = await import(dist('web/index.js'))
const { verifyHeader, verifyRegistry } = await import(dist('verify/index.js'))

const small = makeWorld()
const fork = makeWorld({ tip: { appHash: small.state.appHash, dataHash: sha256('another block') } })
const other = makeWorld({ chainId: 'other-1' })
const stale = makeWorld({ tip: { time: { seconds: T - 4000, nanos: 0 } } })
const lying = makeWorld({ registry: { enabled: false } })
const recent = blockAt(198, small.validators, { time: { seconds: T - 5, nanos: 1 }, appHash: small.state.appHash })
const broken = (fault) => ({ ...served(small), faults: { eth_getProof: fault } })
const strangers = makeWorld({ validators: makeValidators('strangers', 4) })

let servers
before(async () => {
  servers = await startServers({
    honest: served(small), truncated: served(small), forked: served(fork), wrongchain: served(other), stale: served(stale),
    geth: served(small), liar: { ...served(lying) }, liar2: served(lying), forged: served(strangers), flaky: served(small), second: served(small),
    foreigntip: { ...served(small), tip: light(blockAt(200, small.validators, { chainId: 'other-1', time: { seconds: T, nanos: 1 } })) },
    behind: { ...served(small, [blockAt(150, small.validators)]), tip: light(blockAt(150, small.validators)) },
    slowproof: broken('slow'), errorproof: broken('error'), largeproof: broken('oversized'), cutproof: broken('truncated'), endlessproof: broken('unending'),
    lagging: { ...served(small), evmTip: 50 }, late: { ...served(small, [recent]), evmTip: 197 },
  })
})
after(() => servers.close())

const policy = (from = small, more = {}) => ({
  chainId: CHAIN, checkpoint: { height: 100, headerHash: from.anchor.hash }, registry: { address: hex(REGISTRY) }, ...more,
})
/** @param comet, evm names of servers */
const verifierOf = (comet, evm, options = {}) =>
  createChainVerifier({ policy: policy(), endpoints: { cometbft: servers.comet(...comet), evm: servers.evm(...evm) }, timeoutMs: 1000, totalMs: 8000, retries: 0, backoffMs: 10, ...options })
const tee = (verifier, options = {}) => verifier.verifyTee(hex(TEE), { now: T + 10, ...options })
const codeOf = (verdict) => (verdict.ok ? `OK ${verdict.trust}` : verdict.code)

test('one server that misbehaves ends in the right verdict, with another one in a proof', async () => {
  const cases = {
    error: 'RPC_UNAVAILABLE', notjson: 'RPC_UNAVAILABLE', oversized: 'RPC_UNAVAILABLE', truncated: 'RPC_UNAVAILABLE', slow: 'TIMEOUT', unending: 'TIMEOUT',
    wrongchain: 'CHAIN_ID_MISMATCH', foreigntip: 'CHAIN_ID_MISMATCH', stale: 'CHAIN_STATE_TOO_OLD', behind: 'CHAIN_STATE_TOO_OLD', forged: 'CHAIN_ANCHOR_MISMATCH',
  }
  for (const [mode, code] of Object.entries(cases)) {
    const start = performance.now()
    assert.equal(codeOf(await tee(verifierOf([mode], ['honest']))), code, mode)
    // The stale server's block is signed and of the same height: beside the honest one it is a fork.
    const beside = await tee(verifierOf([mode, 'honest'], ['honest', 'honest']))
    assert.equal(codeOf(beside), mode === 'stale' ? 'CHAIN_ANCHOR_MISMATCH' : 'OK proven', `${mode}, then honest`)
    assert.ok(performance.now() - start < 5000, `${mode}: ${performance.now() - start} ms`)
  }
})

test('the same of a server that shows words', async () => {
  const cases = {
    geth: 'REGISTRY_NOT_PROVEN', liar: 'ICS23_PROOF_INVALID', error: 'RPC_UNAVAILABLE', slowproof: 'TIMEOUT', errorproof: 'RPC_UNAVAILABLE', largeproof: 'RPC_UNAVAILABLE',
    cutproof: 'RPC_UNAVAILABLE', endlessproof: 'TIMEOUT', lagging: 'RPC_UNAVAILABLE',
  }
  for (const [mode, code] of Object.entries(cases)) {
    const start = performance.now()
    assert.equal(codeOf(await tee(verifierOf(['honest'], [mode]))), code, mode)
    assert.equal(codeOf(await tee(verifierOf(['honest'], [mode, 'honest']))), 'OK proven', `${mode}, then honest`)
    assert.ok(performance.now() - start < 5000, `${mode}: ${performance.now() - start} ms`)
  }
})

test('a fault of transport is tried again', async () => {
  assert.equal(codeOf(await tee(verifierOf(['flaky'], ['honest'], { retries: 1, timeoutMs: 5000 }))), 'OK proven')
})

test('two accepted blocks at one height are a fork: nothing is believed any more', async () => {
  const verifier = verifierOf(['honest', 'forked'], ['honest'])
  const verdict = await tee(verifier)
  assert.deepEqual([verdict.code, verdict.path], ['CHAIN_ANCHOR_MISMATCH', 'fork'])
  assert.equal(verifier.forkEvidence.height, 200n)
  assert.equal(new Set(verifier.forkEvidence.hashes).size, 2)
  assert.equal((await tee(verifier)).path, 'fork')
})

test('a block between is fetched where too few known validators signed', async () => {
  const [old, fresh] = [makeValidators('old', 4), makeValidators('fresh', 4)]
  const mixed = [...old.slice(0, 2), ...fresh.slice(0, 2)]
  const moved = makeWorld({ validators: old, tipValidators: fresh })
  const middle = blockAt(150, mixed)
  const more = await startServers({ honest: served(moved, [middle]) })
  try {
    const verifier = createChainVerifier({ policy: policy(moved), endpoints: { cometbft: more.comet('honest'), evm: more.evm('honest') }, timeoutMs: 1000, retries: 0 })
    assert.equal(codeOf(await tee(verifier)), 'OK proven')
  } finally {
    await more.close()
  }
})

test('a stored state that is damaged or rolled back is refused, and the checkpoint goes in its place', async () => {
  const first = verifierOf(['honest'], ['honest'])
  assert.equal(codeOf(await tee(first)), 'OK proven')
  const bytes = Buffer.from(first.state, 'base64')
  bytes[60] ^= 1
  const verifier = verifierOf(['honest'], ['honest'], { storedState: bytes.toString('base64') })
  const damaged = await tee(verifier)
  assert.equal(codeOf(damaged), 'OK proven')
  assert.deepEqual([damaged.checks[0].name, damaged.checks[0].status, damaged.checks[0].code], ['stored state', 'assumed', 'CHAIN_STATE_CORRUPT'])
  assert.ok(!(await tee(verifier)).checks.some(({ name }) => name === 'stored state'), 'said once')
  // A state of height 100 under a checkpoint of height 200.
  const { value } = await verifyHeader({ config: { chainId: CHAIN, trust: { height: 100, headerHash: small.anchor.hash }, now: T + 10 }, evidence: { trusted: small.anchor, path: [] } })
  const later = policy(small, { checkpoint: { height: 200, headerHash: small.tip.hash } })
  const back = await tee(verifierOf(['honest'], ['honest'], { policy: later, storedState: value.state }))
  assert.deepEqual([codeOf(back), back.checks[0].name, back.checks[0].code], ['OK proven', 'stored state', 'CHAIN_HEIGHT_MISMATCH'])
  assert.equal(codeOf(await tee(verifierOf(['honest'], ['honest'], { policy: later, storedState: first.state }))), 'OK proven')
})

test('a server that went back below the stored state is refused', async () => {
  const first = verifierOf(['honest'], ['honest'])
  assert.equal(codeOf(await tee(first)), 'OK proven')
  const older = await startServers({ honest: { ...served(small), tip: light(small.anchor) } })
  try {
    const back = createChainVerifier({ policy: policy(), endpoints: { cometbft: older.comet('honest'), evm: older.evm('honest') }, storedState: first.state, timeoutMs: 500, retries: 0 })
    assert.equal((await tee(back)).code, 'CHAIN_HEIGHT_MISMATCH')
  } finally {
    await older.close()
  }
})

test('a server that is some blocks behind is asked for older words once', async () => {
  const verdict = await tee(verifierOf(['late'], ['late']))
  assert.deepEqual([codeOf(verdict), verdict.value?.height], ['OK proven', 197n])
  assert.equal(codeOf(await tee(verifierOf(['late'], ['late'], { policy: policy(small, { maxStateAgeS: 12 }) }))), 'CHAIN_STATE_TOO_OLD')
})

test('weaker answers pass by name only: a lying minority stops a quorum, a lying majority is what it costs', async () => {
  const weak = (accept, quorum) => ({ policy: policy(small, { accept, ...(quorum ? { quorum } : {}) }) })
  const two = { needed: 2, of: 3 }
  assert.equal(codeOf(await tee(verifierOf(['error'], ['geth', 'honest', 'second']))), 'RPC_UNAVAILABLE')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['geth', 'honest', 'second'], weak(['proven', 'quorum'], two)))), 'OK quorum')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['liar', 'honest', 'second'], weak(['proven', 'quorum'], two)))), 'QUORUM_DISAGREES')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['liar', 'liar2', 'second'], weak(['proven', 'quorum'], two)))), 'QUORUM_DISAGREES')
  // The price of a quorum: two who lie together, while the third is silent.
  assert.equal(codeOf(await tee(verifierOf(['error'], ['liar', 'liar2', 'error'], weak(['proven', 'quorum'], two)))), 'REGISTRY_TEE_DISABLED')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['error', 'slow', 'second'], weak(['proven', 'quorum'], two)))), 'QUORUM_TOO_FEW')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['geth'], weak(['unproven'])))), 'OK unproven')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['liar'], weak(['unproven'])))), 'REGISTRY_TEE_DISABLED')
})

test('an abort and the time of the whole call end it', async () => {
  const stop = new AbortController()
  const pending = tee(verifierOf(['slow'], ['honest'], { timeoutMs: 60_000, totalMs: 60_000 }), { signal: stop.signal })
  setTimeout(() => stop.abort(), 20)
  await assert.rejects(pending, { code: 'ABORTED' })
  assert.equal(codeOf(await tee(verifierOf(['slow'], ['honest'], { timeoutMs: 60_000, totalMs: 100 }))), 'TIMEOUT')
})

test('without a checkpoint or a server there is no verifier', () => {
  assert.throws(() => createChainVerifier({ policy: { chainId: CHAIN }, endpoints: { cometbft: ['x'], evm: [] } }), { code: 'CONFIG_INVALID' })
  assert.throws(() => createChainVerifier({ policy: policy(), endpoints: { cometbft: [], evm: [] } }), { code: 'CONFIG_INVALID' })
})

test('verifyRegistry alone, with names in camelCase and a clock beside the config', async () => {
  const proof = small.state.getProof([])
  const input = { config: { chainId: CHAIN, trust: { height: 100n, headerHash: small.anchor.hash }, registry: { address: REGISTRY } }, query: { height: 199n, teeId: TEE, allowedPcrHashes: [PCR] }, evidence: { trusted: small.anchor, path: [small.tip], proof }, now: T + 10 }
  assert.equal((await verifyRegistry(input)).code, 'REGISTRY_NOT_PROVEN')
  await assert.rejects(verifyRegistry({ ...input, config: { ...input.config, misspelt: 1 } }), { code: 'CONFIG_INVALID' })
})
