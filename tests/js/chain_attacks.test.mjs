// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// createChainVerifier against servers that try to make it say more than they showed, and callers' options that would take
// its limits away.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { dist } from './support/package.mjs'
import { served, startServers } from './support/chain_servers.mjs'
import { sha256 } from '../vectors/generate/lib/chain.mjs'
import { CHAIN, REGISTRY, T, TEE, hex, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const { createChainVerifier } = await import(dist('web/index.js'))

const CODE = sha256('code')
const world = makeWorld()
const fork = makeWorld({ tip: { appHash: world.state.appHash, dataHash: sha256('another block') } })
const pinned = makeWorld({ code: CODE })
const empty = makeWorld({ without: () => true })
const padded = makeWorld({ registry: { teeType: 1 << 16 } })
const old = makeWorld({ tip: { time: { seconds: T - 4000, nanos: 0 } } })
const odd = { ...world.tip, signed_header: { ...world.tip.signed_header, header: { ...world.tip.signed_header.header, x: [1.5, '\ud800'] } } }
const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
const proofText = (extra) => `{"jsonrpc":"2.0","id":1,"result":{"address":"${hex(REGISTRY)}","storageProof":[],${extra}}}`

let servers
before(async () => {
  servers = await startServers({
    honest: served(world), second: served(world), third: served(world), geth: served(world), old: served(old), forked: served(fork),
    future: { ...served(world), evmTime: T + 1201 }, future2: { ...served(world), evmTime: T + 1201 }, behind: { ...served(world), evmHeight: 10 }, ahead: { ...served(world), evmHeight: 1n << 70n },
    unregistered: served(empty), unregistered2: served(empty), padded: served(padded), padded2: served(padded),
    pinned: served(pinned), othercode: { ...served(makeWorld({ code: sha256('other') })) }, nocode: { ...served(pinned), codeProof: [] },
    float: { ...served(world), text: { eth_getProof: proofText('"x":1.5') } }, unsafe: { ...served(world), text: { eth_getProof: proofText('"x":1e20') } },
    surrogate: { ...served(world), text: { eth_getProof: proofText('"x":"\\ud800"') } }, deep: { ...served(world), text: { eth_getProof: proofText(`"x":${deep}`) } },
    hollow: { ...served(world), text: { eth_getProof: proofText('"y":1').replace('[]', '[null]') } },
    oddheader: { ...served(world), blocks: [...served(world).blocks.slice(0, 1), odd] },
    slowly: { ...served(world), delays: [0, 150] },
  })
})
after(() => servers.close())

const verifierOf = (comet, evm, more = {}, options = {}) =>
  createChainVerifier({
    policy: { chainId: CHAIN, checkpoint: { height: 100, headerHash: world.anchor.hash }, registry: { address: hex(REGISTRY) }, ...more },
    endpoints: { cometbft: servers.comet(...comet), evm: servers.evm(...evm) }, timeoutMs: 3000, totalMs: 8000, retries: 0, backoffMs: 10, ...options,
  })
const tee = (verifier, options = {}) => verifier.verifyTee(hex(TEE), { now: T + 10, ...options })
const codeOf = (verdict) => (verdict.ok ? `OK ${verdict.trust}` : verdict.code)
const quorum = { accept: ['proven', 'quorum'], quorum: { needed: 2, of: 3 } }
const unproven = { accept: ['unproven'] }

test('the block\'s time is part of what a quorum agrees on, and never lies in the future', async () => {
  const now = T + 1201
  assert.equal(codeOf(await tee(verifierOf(['error'], ['honest', 'second'], quorum), { now })), 'CHAIN_STATE_TOO_OLD')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['future', 'honest', 'second'], quorum), { now })), 'QUORUM_DISAGREES')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['future', 'future2'], quorum))), 'CHAIN_HEADER_FROM_FUTURE')
  assert.equal(codeOf(await tee(verifierOf([], ['future'], unproven), { now: new Date((T + 10) * 1000).toISOString() })), 'CHAIN_HEADER_FROM_FUTURE')
  assert.equal(codeOf(await tee(verifierOf([], ['future'], unproven), { now: BigInt(T + 1191) })), 'OK unproven')
})

test('one provider moves the height of a quorum neither back nor ahead', async () => {
  for (const liar of ['behind', 'ahead']) {
    const verdict = await tee(verifierOf(['error'], [liar, 'honest', 'second'], quorum))
    assert.deepEqual([codeOf(verdict), verdict.value?.height], ['OK quorum', 199n], liar)
  }
})

test('"not registered" and words that are none are answers, not silence', async () => {
  for (const odd of ['unregistered', 'padded']) {
    const verdict = await tee(verifierOf(['error'], [odd, 'honest', 'second'], quorum))
    assert.equal(codeOf(verdict), 'QUORUM_DISAGREES', odd)
  }
  const all = await tee(verifierOf(['error'], ['unregistered', 'unregistered2'], quorum))
  assert.deepEqual([codeOf(all), all.category], ['REGISTRY_TEE_UNKNOWN', 'rejected'])
  assert.equal(codeOf(await tee(verifierOf([], ['unregistered'], unproven))), 'REGISTRY_TEE_UNKNOWN')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['unregistered', 'error'], quorum))), 'QUORUM_TOO_FEW')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['padded', 'padded2'], quorum))), 'REGISTRY_SLOT_MALFORMED')
})

test('a pinned code is proven, and nothing weaker stands in for it', async () => {
  const own = { checkpoint: { height: 100, headerHash: pinned.anchor.hash }, registry: { address: hex(REGISTRY), codeHash: hex(CODE) } }
  assert.equal(codeOf(await tee(verifierOf(['pinned'], ['pinned'], own))), 'OK proven')
  assert.deepEqual(servers.seen.queries.at(-1), `"/store/evm/key" 0x04${REGISTRY.toString('hex')} 199 true`)
  const weak = { ...own, accept: ['proven', 'quorum', 'unproven'], quorum: { needed: 2, of: 3 } }
  assert.equal(codeOf(await tee(verifierOf(['nocode'], ['pinned', 'honest'], weak))), 'REGISTRY_NOT_PROVEN')
  assert.equal(codeOf(await tee(verifierOf(['othercode'], ['othercode', 'honest'], weak))), 'REGISTRY_LAYOUT_MISMATCH')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['pinned', 'honest'], weak))), 'RPC_UNAVAILABLE')
  assert.throws(() => verifierOf([], ['honest'], { ...own, accept: ['unproven'] }), { code: 'CONFIG_INVALID' })
})

test('a proof that was given and failed is not replaced by a weaker answer', async () => {
  assert.equal(codeOf(await tee(verifierOf(['old'], ['old', 'honest', 'second'], quorum))), 'CHAIN_STATE_TOO_OLD')
  assert.equal(codeOf(await tee(verifierOf(['old', 'error'], ['old', 'geth', 'second'], quorum))), 'CHAIN_STATE_TOO_OLD')
  assert.equal(codeOf(await tee(verifierOf(['honest'], ['padded'], quorum))), 'ICS23_PROOF_INVALID')
  assert.equal(codeOf(await tee(verifierOf(['padded'], ['padded', 'second', 'honest'], quorum))), 'REGISTRY_SLOT_MALFORMED')
  assert.equal(codeOf(await tee(verifierOf(['honest'], ['geth', 'geth'], { ...quorum, quorum: { needed: 2, of: 2 } }))), 'QUORUM_TOO_FEW')
})

test('calls at the same time do not change each other\'s anchor', async () => {
  const verifier = verifierOf(['slowly'], ['slowly'])
  const verdicts = await Promise.all([tee(verifier), tee(verifier), tee(verifier)])
  assert.deepEqual(verdicts.map(codeOf), ['OK proven', 'OK proven', 'OK proven'])
  const stop = new AbortController()
  const waiting = verifierOf(['slow'], ['honest'])
  const [first, second] = [tee(waiting), tee(waiting, { signal: stop.signal })]
  stop.abort()
  await assert.rejects(second, { code: 'ABORTED' })
  assert.equal(codeOf(await first), 'TIMEOUT')
})

test('a server whose block at the trusted height is another one is refused', async () => {
  const first = verifierOf(['honest'], ['honest'])
  assert.equal(codeOf(await tee(first)), 'OK proven')
  const storedState = first.state
  assert.equal(codeOf(await tee(verifierOf(['forked'], ['honest'], {}, { storedState }))), 'CHAIN_ANCHOR_MISMATCH')
  assert.equal(codeOf(await tee(verifierOf(['forked', 'honest'], ['honest'], {}, { storedState }))), 'OK proven')
})

test('no answer of a server is a fault of the caller', async () => {
  for (const mode of ['float', 'unsafe', 'surrogate', 'deep', 'hollow']) {
    assert.ok(!(await tee(verifierOf(['honest'], [mode]))).ok, mode)
    assert.equal(codeOf(await tee(verifierOf(['honest', 'second'], [mode, 'honest']))), 'OK proven', mode)
  }
})

test('a second server says nothing by an answer that is no evidence', async () => {
  assert.equal(codeOf(await tee(verifierOf(['honest', 'oddheader'], ['honest']))), 'OK proven')
})

test('options take no limit away', async () => {
  for (const name of ['timeoutMs', 'totalMs', 'retries', 'backoffMs', 'maxBytes']) {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e12, '5', null]) {
      assert.throws(() => verifierOf(['honest'], ['honest'], {}, { [name]: value }), { code: 'CONFIG_INVALID' }, `${name}: ${value}`)
    }
    assert.equal(codeOf(await tee(verifierOf(['honest'], ['honest'], {}, { timeoutMs: undefined, [name]: undefined }))), 'OK proven', name)
  }
  const unlimited = { maxBytes: undefined, retries: undefined, backoffMs: 1 }
  assert.equal(codeOf(await tee(verifierOf(['oversized'], ['honest'], {}, unlimited))), 'RPC_UNAVAILABLE')
})

test('requests carry no credentials, follow no redirect and use no cache', async () => {
  const sent = []
  const spy = (url, init) => {
    sent.push(init)
    return fetch(url, init)
  }
  assert.equal(codeOf(await tee(verifierOf(['honest'], ['honest'], {}, { fetch: spy }))), 'OK proven')
  for (const init of sent) {
    assert.deepEqual([init.redirect, init.credentials, init.cache, init.referrerPolicy], ['error', 'omit', 'no-store', 'no-referrer'])
  }
})

test('an abort ends a pause between attempts, and the question for the height', { timeout: 8000 }, async () => {
  const aborted = async (comet, evm, more, options) => {
    const stop = new AbortController()
    const pending = tee(verifierOf(comet, evm, more, options), { signal: stop.signal })
    setTimeout(() => stop.abort(), 300)
    await assert.rejects(pending, { code: 'ABORTED' })
  }
  await aborted(['error'], ['error'], {}, { retries: 1, backoffMs: 30_000, totalMs: 60_000 })
  await aborted([], ['slow'], unproven, {})
})
