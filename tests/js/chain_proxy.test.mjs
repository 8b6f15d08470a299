// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// createChainVerifier with a registry behind a proxy: it asks for the slot and for both proofs of code.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { dist } from './support/package.mjs'
import { served, startServers } from './support/chain_servers.mjs'
import { keccak, sha256, word } from '../vectors/generate/lib/chain.mjs'
import { CHAIN, REGISTRY, T, TEE, hex, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const { createChainVerifier } = await import(dist('web/index.js'))

const SLOT = word(BigInt(hex(keccak(Buffer.from('eip1967.proxy.implementation')))) - 1n)
const [CODE, BEHIND] = [sha256('the proxy'), { address: Buffer.alloc(20, 0x77), code: sha256('the implementation') }]
const proxied = (bend = {}) => makeWorld({ code: CODE, behind: BEHIND, words: [[SLOT, word(BigInt(hex(BEHIND.address)))]], ...bend })
const [world, upgraded] = [proxied(), proxied({ words: [[SLOT, word(0x79)]] })]

let servers
before(async () => (servers = await startServers({ honest: served(world), upgraded: served(upgraded) })))
after(() => servers.close())

const ask = (of, name, implementation) => createChainVerifier({
  policy: { chainId: CHAIN, checkpoint: { height: 100, headerHash: of.anchor.hash }, registry: { address: hex(REGISTRY), codeHash: hex(CODE), implementation } },
  endpoints: { cometbft: servers.comet(name), evm: servers.evm(name) }, retries: 0,
}).verifyTee(hex(TEE), { now: T + 10 })

test('what a pinned proxy calls is proven, with addresses as text or bytes', async () => {
  const text = { slot: hex(SLOT), address: hex(BEHIND.address), codeHash: hex(BEHIND.code) }
  const bytes = Object.fromEntries(Object.entries({ slot: SLOT, address: BEHIND.address, codeHash: BEHIND.code }).map(([name, value]) => [name, new Uint8Array(value)]))
  for (const implementation of [text, bytes]) {
    const verdict = await ask(world, 'honest', implementation)
    assert.deepEqual([verdict.ok, verdict.trust], [true, 'proven'], JSON.stringify(verdict, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
  }
  assert.ok(servers.seen.queries.some((query) => query.includes(`0x04${BEHIND.address.toString('hex')} `)))
  assert.equal((await ask(upgraded, 'upgraded', text)).code, 'REGISTRY_LAYOUT_MISMATCH')
  assert.equal((await ask(world, 'honest', { ...text, codeHash: hex(CODE) })).code, 'REGISTRY_LAYOUT_MISMATCH')
})
