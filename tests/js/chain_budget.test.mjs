// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What createChainVerifier costs with 150 validators: round trips, counted by the stub, and bytes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { dist } from './support/package.mjs'
import { blockAt, served, startServers } from './support/chain_servers.mjs'
import { CHAIN, REGISTRY, T, TEE, hex, light, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const { createChainVerifier } = await import(dist('web/index.js'))

const MAX_BYTES = 250_000
const world = makeWorld({ count: 150 })
const next = blockAt(201, world.validators, { time: { seconds: T + 5, nanos: 1 }, appHash: world.state.appHash })
// So slow that what is asked at once arrives before anything is answered.
const honest = { ...served(world, [next]), latency: 60 }
const worlds = { honest, second: { ...honest }, nohint: { ...honest, faults: { eth_getStorageAt: 'error' } } }

let servers
before(async () => {
  servers = await startServers(worlds)
})
after(() => servers.close())

const verifierOf = (comet, evm, options = {}) =>
  createChainVerifier({
    policy: { chainId: CHAIN, checkpoint: { height: 100, headerHash: world.anchor.hash }, registry: { address: hex(REGISTRY) } },
    endpoints: { cometbft: servers.comet(...comet), evm: servers.evm(...evm) }, timeoutMs: 10_000, totalMs: 30_000, retries: 0, ...options,
  })

/** @returns round trips */
async function cost(verifier) {
  servers.reset()
  const verdict = await verifier.verifyTee(hex(TEE), { now: T + 10 })
  assert.equal(verdict.ok ? verdict.trust : verdict.code, 'proven')
  assert.ok(servers.seen.bytes <= MAX_BYTES, `${servers.seen.bytes} bytes`)
  console.log(`${servers.seen.rounds} round trips, ${servers.seen.requests} requests, ${servers.seen.bytes} bytes`)
  return servers.seen.rounds
}

for (const comet of [['honest'], ['honest', 'second']]) {
  test(`${comet.length} CometBFT servers: cold, warm, and from a stored state`, async () => {
    const verifier = verifierOf(comet, ['honest'])
    assert.equal(await cost(verifier), 2)
    assert.equal(await cost(verifier), 2)
    assert.equal(await cost(verifierOf(comet, ['honest'], { storedState: verifier.state })), 2)
    for (const each of Object.values(worlds)) each.tip = light(next)
    assert.equal(await cost(verifier), 2)
    assert.equal(await cost(verifierOf(comet, ['honest'], { storedState: verifier.state })), 2)
    for (const each of Object.values(worlds)) each.tip = light(world.tip)
  })
}

test('a server that says no words without a proof costs a round trip more, the first time', async () => {
  const verifier = verifierOf(['honest', 'second'], ['nohint'])
  assert.equal(await cost(verifier), 3)
  assert.equal(await cost(verifier), 2)
})
