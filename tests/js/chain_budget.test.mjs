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
const before200 = [198, 199].map((height) => blockAt(height, world.validators, { time: { seconds: T - 5 * (200 - height), nanos: 1 }, appHash: world.state.appHash }))
// So slow that what is asked at once arrives before anything is answered.
const honest = { ...served(world, [next, ...before200]), latency: 60 }
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

/** @returns the code, and round trips */
async function measured(verifier, options = {}) {
  servers.reset()
  const verdict = await verifier.verifyTee(hex(TEE), { now: T + 10, ...options })
  return [verdict.ok ? `${verdict.trust} ${verdict.value.height}` : verdict.code, servers.seen.rounds]
}

test('servers that are some blocks apart meet at the height that both have, in as many round trips', async () => {
  const at = (evmTip, tip = world.tip) => {
    for (const each of Object.values(worlds)) Object.assign(each, { evmTip: evmTip === undefined ? undefined : BigInt(evmTip), tip: light(tip) })
  }
  for (const comet of [['honest'], ['honest', 'second']]) {
    at(198)
    const cold = verifierOf(comet, ['honest'])
    assert.deepEqual(await measured(cold), ['proven 198', 2])
    at(undefined)
    assert.deepEqual(await measured(cold), ['proven 199', 2])
    const storedState = cold.state
    // Another machine of the same address, behind the block that the verifier stands on.
    at(198)
    assert.deepEqual(await measured(cold), ['proven 198', 2])
    assert.equal(cold.state, storedState)
    const stored = verifierOf(comet, ['honest'], { storedState })
    assert.deepEqual(await measured(stored), ['proven 198', 2])
    at(undefined, before200[1])
    assert.deepEqual(await measured(stored), ['proven 198', 2])
    assert.equal(stored.state, storedState)
    at(197, next)
    assert.deepEqual(await measured(verifierOf(comet, ['honest'], { storedState })), ['proven 197', 2])
    // One ahead has the words of every block below.
    at(205)
    assert.deepEqual(await measured(cold), ['proven 199', 2])
    at(190)
    assert.equal((await measured(cold))[0], 'RPC_UNAVAILABLE', 'too far behind what was accepted')
  }
  at(undefined)
})
