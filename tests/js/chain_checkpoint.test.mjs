// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A checkpoint as docs/checkpoint.md has it hosted, in every place that takes one: the pure functions, and the chain of a
// bundle's policy in both of its forms.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'

import { dist } from './support/package.mjs'
import { keccak, plus, word } from '../vectors/generate/lib/chain.mjs'
import { CHAIN, PCR, REGISTRY, T, TEE, hex, light, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const verify = await import(dist('verify/index.js'))
const world = makeWorld()
const hosted = { chainId: CHAIN, height: '100', headerHash: world.anchor.hash, time: '2026-02-25T05:00:00.000000005Z' }
const base = keccak(TEE, word(7))
const slots = [word(2), plus(base, 5), plus(base, 6), plus(base, 8), keccak(PCR, keccak(word(0), word(5)))].map(hex)
const evidence = { trusted: light(world.anchor), path: [light(world.tip)], proof: world.state.getProof(slots) }
const registry = { address: hex(REGISTRY) }
const now = T + 10

let sync
before(async () => (sync = await verify.loadVerifier()))

test('verifyRegistry and verifyHeader take the hosted object', async () => {
  const config = { chainId: CHAIN, trust: hosted, registry, now }
  const verdict = await verify.verifyRegistry({ config, query: { height: 199n, teeId: hex(TEE) }, evidence })
  assert.deepEqual([verdict.ok, verdict.trust, verdict.value?.enabled], [true, 'proven', true])
  assert.equal(sync.verifyHeader({ config, evidence }).value.height, 200n)
  const { chainId: _, time: __, ...bare } = hosted
  assert.deepEqual(sync.verifyRegistry({ config: { ...config, trust: bare }, query: { height: 199n, teeId: hex(TEE) }, evidence }), verdict)
})

test('what is hosted beside height and hash must fit', async () => {
  const cases = [
    [{ chainId: 'other-1' }, 'config.trust.chainId'], [{ chainId: 10740 }, 'config.trust.chainId'], [{ time: '2026-02-30T00:00:00Z' }, 'config.trust.time'], [{ time: 5 }, 'config.trust.time'],
    [{ validatorsHash: hosted.headerHash }, 'trust'], [{ hash: hosted.headerHash }, 'trust.hash'],
  ]
  for (const [change, path] of cases) {
    const input = { config: { chainId: CHAIN, trust: { ...hosted, ...change }, registry, now }, evidence }
    assert.throws(() => sync.verifyHeader(input), { name: 'UsageError', code: 'CONFIG_INVALID', path })
    await assert.rejects(verify.verifyHeader(input), { code: 'CONFIG_INVALID', path })
  }
})

test("a bundle's policy names its chain as verifyRegistry does or as createChainVerifier does", async () => {
  const bundle = JSON.stringify({ assay: 1, registry: { query: { height: '199', tee_id: hex(TEE) }, evidence } })
  const ask = (chain) => sync.verifyEvidence(bundle, { chain }, { now })
  const endpoints = { cometbft: ['https://comet.example'], evm: [{ url: 'https://evm.example', operator: 'one' }] }
  const verdict = ask({ chainId: CHAIN, trust: hosted, registry })
  assert.deepEqual([verdict.ok, verdict.trust, verdict.value?.registry.enabled], [true, 'proven', true])
  assert.deepEqual(ask({ chainId: CHAIN, checkpoint: hosted, registry, endpoints }), verdict)
  assert.deepEqual(await verify.verifyEvidence(bundle, { chain: { chainId: CHAIN, checkpoint: hosted, registry } }, { now }), verdict)
  assert.deepEqual(sync.verifyEvidence(bundle, JSON.stringify({ chain: { chain_id: CHAIN, trust: { height: 100, header_hash: hosted.headerHash }, registry } }), { now }), verdict)
  for (const [chain, path] of [
    [{ chainId: CHAIN, checkpoint: hosted, trust: hosted, registry }, 'policy.chain.checkpoint'],
    [{ chainId: CHAIN, checkpoint: { ...hosted, chainId: 'other-1' }, registry }, 'policy.chain.checkpoint.chainId'],
  ]) assert.throws(() => ask(chain), { code: 'POLICY_INVALID', path })
  // Measurements that pass are the policy's own; a member that the chain does not know is not ignored.
  assert.throws(() => ask({ chainId: CHAIN, checkpoint: hosted, allowedPcrHashes: [], registry }), { code: 'CONFIG_INVALID' })
})
