// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// ChainVerifier's verifySettlement and verifyAccount against servers of a settlement chain that are honest, broken or lying.
// Blocks, receipts and tries are complete, so what is proven here is proven by real hashes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { codeOf } from './support/chain_calls.mjs'
import { dist } from './support/package.mjs'
import { startServers } from './support/chain_servers.mjs'
import { TRANSACTIONS } from './support/transactions.mjs'
import { keccak, word } from '../vectors/generate/lib/chain.mjs'
import { batchSettlement, individualSettlement } from '../vectors/generate/lib/events.mjs'
import { leafHash, tree } from '../vectors/generate/lib/merkle.mjs'
import { seeded } from '../vectors/generate/lib/seed.mjs'
import { deepProof, integer, makeEvmBlock, makeReceipts, makeTrie, receiptsTrie, rlp } from '../vectors/generate/lib/trie.mjs'

const { createChainVerifier } = await import(dist('web/index.js'))

const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`
const address = (label) => hex(seeded(label, 20))
const [RELAY, STRANGER] = [address('relay'), address('stranger')]
const leafOf = (i) => ({ teeId: hex(seeded('tee', 32)), inputHash: hex(seeded(`in ${i}`, 32)), outputHash: hex(seeded(`out ${i}`, 32)), signature: hex(seeded(`signature ${i}`, 70)), timestamp: String(1_772_000_000 + i) })
const LEAVES = Array.from({ length: 5 }, (_, i) => leafOf(i))
const HASHES = LEAVES.map(leafHash)
const BATCH = tree(HASHES)
const CLAIM = { leaf: LEAVES[2], proof: BATCH.proof(HASHES[2]).map(hex) }
const filler = (i, bytes = 40) => [{ address: STRANGER, topics: [hex(seeded('topic', 32)), word(i)].map((each) => (typeof each === 'string' ? each : hex(each))), data: hex(seeded(`data ${i}`, bytes)) }]

/** A block of 150 transactions; the relay settles an empty batch and then ours in one of them, a single receipt in another. */
function makeWorld({ status = '0x1', relay = RELAY, bytes = 40 } = {}) {
  const logs = Array.from({ length: 150 }, (_, i) => filler(i, bytes))
  logs[140] = [...filler(140), batchSettlement(relay, hex(seeded('another root', 32)), 1), batchSettlement(relay, hex(BATCH.root), 5)]
  logs[7] = [individualSettlement(relay, address('payer'), LEAVES[4])]
  const receipts = makeReceipts(logs)
  receipts[140].status = status
  return { evmBlock: makeEvmBlock({ number: 123, receiptsRoot: receiptsTrie(receipts).root }), receipts }
}

/** The same with the block's transactions: a deposit, then each kind in turn. */
function makeNamed() {
  const { receipts } = makeWorld()
  const bytes = (text) => Buffer.from(text.slice(2), 'hex')
  const deposit = { type: '0x7e', sourceHash: hex(seeded('source', 32)), from: STRANGER, to: STRANGER, mint: '0x5', value: '0x0', gas: '0xf4240', isSystemTx: false, input: '0x0102' }
  const raw = Buffer.concat([Buffer.from([0x7e]), rlp([bytes(deposit.sourceHash), bytes(STRANGER), bytes(STRANGER), integer(5), integer(0), integer(0xf4240), integer(0), Buffer.from([1, 2])])])
  const transactions = receipts.map((_, i) => (i === 0 ? { ...deposit, raw: hex(raw), hash: hex(keccak(raw)) } : TRANSACTIONS[(i - 1) % TRANSACTIONS.length]))
  const transactionsRoot = makeTrie(transactions.map((each, i) => [rlp(integer(i)), bytes(each.raw)])).root
  for (const [i, { hash }] of transactions.entries()) receipts[i].transactionHash = hash
  const shown = transactions.map(({ raw: _, ...rest }) => rest)
  return { evmBlock: { ...makeEvmBlock({ number: 125, receiptsRoot: receiptsTrie(receipts).root, transactionsRoot }), transactions: shown }, receipts }
}

function makeAccount() {
  const [owner, slot, value] = [seeded('relay', 20), word(3), Buffer.from([5, 6])]
  const storage = deepProof(keccak(slot), rlp(value), 3, 'storage')
  const code = keccak(Buffer.from('code'))
  const state = deepProof(keccak(owner), rlp([integer(1), integer(0), storage.root, code]), 4, 'state')
  const account = {
    address: hex(owner), nonce: '0x1', balance: '0x0', storageHash: hex(storage.root), codeHash: hex(code), accountProof: state.nodes.map(hex),
    storageProof: [{ key: hex(slot), value: '0x506', proof: storage.nodes.map(hex) }],
  }
  return { evmBlock: makeEvmBlock({ number: 124, stateRoot: state.root }), account }
}

const world = makeWorld()
const busy = makeWorld({ bytes: 8000 })
const failed = makeWorld({ status: '0x0' })
const elsewhere = makeWorld({ relay: STRANGER })
const held = makeAccount()
const named = makeNamed()
const change = (from, bend) => {
  const copy = structuredClone(from)
  bend(copy)
  return copy
}

let servers
before(async () => {
  servers = await startServers({
    honest: world, truncated: world, busy, failed, elsewhere, held,
    // A batch that the block does not hold, in the place of one that it does.
    forged: change(world, ({ receipts }) => (receipts[140].logs[1].topics[1] = hex(seeded('forged root', 32)))),
    short: change(world, ({ receipts }) => receipts.pop()),
    swapped: change(world, ({ receipts }) => receipts.splice(20, 2, receipts[21], receipts[20])),
    otherblock: { ...world, evmBlock: failed.evmBlock },
    rooted: { ...failed, evmBlock: { ...world.evmBlock, receiptsRoot: failed.evmBlock.receiptsRoot } },
    silent: change(world, ({ receipts }) => receipts.forEach((receipt) => (receipt.logs = receipt.logs.filter((log) => log.address !== RELAY)))),
    norlp: change(world, ({ receipts }) => (receipts[3].cumulativeGasUsed = 21_000)),
    nolist: { ...world, receipts: 'none' }, hollow: { ...world, receipts: [...world.receipts.slice(0, 149), null] }, noblock: { receipts: world.receipts },
    named,
    // Another transaction's hash at the receipt that settles, and the reverse.
    relabelled: change(named, ({ receipts }) => ([receipts[140].transactionHash, receipts[141].transactionHash] = [receipts[141].transactionHash, receipts[140].transactionHash])),
    unknown: change(named, ({ evmBlock }) => (evmBlock.transactions[3].type = '0x7d')), changed: change(named, ({ evmBlock }) => (evmBlock.transactions[3].value = '0x7')),
    cut: change(named, ({ evmBlock }) => evmBlock.transactions.pop()), hashes: change(named, ({ evmBlock }) => (evmBlock.transactions = evmBlock.transactions.map(({ hash }) => hash))),
    bare: change(named, ({ evmBlock }) => (evmBlock.transactions = [])),
    liar: change(held, ({ account }) => (account.storageProof[0].value = '0x507')),
    other: { evmBlock: held.evmBlock, account: { ...held.account, address: STRANGER } },
    empty: { evmBlock: held.evmBlock, account: { ...held.account, storageProof: [] } },
  })
})
after(() => servers.close())

const POLICY = { chainId: 'any', checkpoint: { height: 1, headerHash: '00'.repeat(32) }, registry: { address: STRANGER }, accept: ['proven', 'quorum', 'unproven'], quorum: { needed: 2, of: 3 } }
const verifier = (options = {}) =>
  createChainVerifier({
    policy: POLICY, endpoints: { cometbft: ['http://127.0.0.1:9'], evm: [] },
    timeoutMs: 4000, totalMs: 9000, retries: 0, backoffMs: 10, ...options,
  })
const settle = (modes, more = {}, options = {}) =>
  verifier(options).verifySettlement({ endpoints: servers.evm(...modes), contract: RELAY, blockHash: world.evmBlock.hash, ...CLAIM, ...more })

test('a batch in a block that the caller trusts, in one round trip', async () => {
  const before = servers.seen.requests
  const verdict = await settle(['honest'])
  assert.equal(servers.seen.requests - before, 1)
  assert.equal(codeOf(verdict), 'OK unproven')
  const { kind, root, leaves, emitter, blockHash, transactionIndex, logIndex } = verdict.value
  assert.deepEqual([kind, root, leaves[0].leafHash, emitter], ['batch', hex(BATCH.root), hex(HASHES[2]), RELAY])
  assert.deepEqual([blockHash, transactionIndex, logIndex], [world.evmBlock.hash, 140, 2])
  const rows = Object.fromEntries(verdict.checks.map(({ name, status }) => [name, status]))
  assert.deepEqual([rows['block hash'], rows['block header'], rows.receipt, rows['settlement event'], rows['merkle proof']], ['assumed', 'passed', 'passed', 'passed', 'passed'])
  assert.equal(codeOf(await settle(['honest'], { source: 'quorum' })), 'OK quorum')
})

test('which event, and what of it', async () => {
  const { transactionHash } = world.receipts[7]
  const single = await settle(['honest'], { leaf: undefined, proof: undefined, transactionHash })
  assert.deepEqual([codeOf(single), single.value.kind, single.value.transactionIndex, single.value.leaves[0].leafHash], ['OK unproven', 'individual', 7, hex(HASHES[4])])
  // Receipts do not hold it: the verdict says whose word it is.
  assert.deepEqual(single.checks.filter(({ name }) => name === 'transaction').map(({ status }) => status), ['assumed'])
  await assert.rejects(settle(['honest'], { transactionHash: 5 }), { name: 'UsageError', code: 'ARGUMENT_INVALID', path: 'transactionHash' })
  await assert.rejects(settle(['honest'], { emitter: STRANGER }), { name: 'UsageError', code: 'ARGUMENT_INVALID', path: 'emitter' })
  assert.equal(codeOf(await settle(['honest'], { transactionHash: world.receipts[8].transactionHash })), 'EMITTER_MISMATCH')
  assert.equal(codeOf(await settle(['honest'], { contract: STRANGER })), 'EMITTER_MISMATCH')
  assert.equal(codeOf(await settle(['honest'], { leaf: LEAVES[1], transactionHash: world.receipts[140].transactionHash })), 'MERKLE_PROOF_INVALID')
  await assert.rejects(settle(['honest'], { proof: 'none' }), { code: 'ARGUMENT_INVALID' })
})

test('whose transaction a receipt is, the block shows where it shows all of them', async () => {
  const ask = (modes, transactionHash = named.receipts[140].transactionHash) => settle(modes, { blockHash: named.evmBlock.hash, transactionHash })
  const row = async (modes) => {
    const verdict = await ask(modes)
    return [codeOf(verdict), verdict.checks.find(({ name }) => name === 'transaction')?.status]
  }
  servers.reset()
  assert.deepEqual(await row(['named']), ['OK unproven', 'passed'])
  assert.equal(servers.seen.requests, 1)
  for (const mode of ['unknown', 'changed', 'cut', 'hashes']) assert.deepEqual(await row([mode]), ['OK unproven', 'assumed'], mode)
  const wrong = named.receipts[141].transactionHash
  assert.equal(codeOf(await ask(['named'], wrong)), 'EMITTER_MISMATCH')
  const lie = await ask(['relabelled'], wrong)
  assert.deepEqual([codeOf(lie), lie.path], ['MPT_PROOF_INVALID', 'transactionHash'])
  assert.deepEqual(await row(['relabelled', 'named']), ['OK unproven', 'passed'])
  // A word for the hash is never proven, and a server that shows it is asked for.
  const trusted = (modes) => verifier().verifySettlement({ endpoints: servers.evm(...modes), contract: RELAY, blockHash: named.evmBlock.hash, transactionHash: named.receipts[140].transactionHash, source: 'proven', ...CLAIM })
  assert.equal(codeOf(await trusted(['hashes'])), 'OK unproven')
  assert.equal(codeOf(await trusted(['hashes', 'named'])), 'OK proven')
  assert.equal(codeOf(await trusted(['bare', 'named'])), 'OK proven')
  assert.equal(codeOf(await trusted(['bare'])), 'OK unproven')
})

test('a failed transaction settles nothing', async () => {
  assert.equal(codeOf(await settle(['failed'], { blockHash: failed.evmBlock.hash, transactionHash: failed.receipts[140].transactionHash })), 'TX_NOT_SUCCESSFUL')
})

test('servers that misbehave end in the right verdict, and another one is asked', async () => {
  const cases = {
    forged: 'MPT_PROOF_INVALID', short: 'MPT_PROOF_INVALID', swapped: 'MPT_PROOF_INVALID', otherblock: 'MPT_PROOF_INVALID', rooted: 'MPT_PROOF_INVALID', silent: 'EMITTER_MISMATCH',
    elsewhere: 'EMITTER_MISMATCH', norlp: 'RPC_UNAVAILABLE', nolist: 'RPC_UNAVAILABLE', hollow: 'RPC_UNAVAILABLE', noblock: 'RPC_UNAVAILABLE', error: 'RPC_UNAVAILABLE',
    notjson: 'RPC_UNAVAILABLE', oversized: 'RPC_UNAVAILABLE', truncated: 'RPC_UNAVAILABLE',
  }
  for (const [mode, code] of Object.entries(cases)) {
    assert.equal(codeOf(await settle([mode])), code, mode)
    assert.equal(codeOf(await settle([mode, 'honest'])), 'OK unproven', `${mode}, then honest`)
  }
  assert.equal(codeOf(await settle(['forged', 'error'])), 'MPT_PROOF_INVALID')
  assert.equal(codeOf(await settle([])), 'RPC_UNAVAILABLE')
})

test('what the block rests on must be something that the policy takes', async () => {
  const { accept: _, ...proven } = POLICY
  const strict = verifier({ policy: proven })
  assert.throws(() => verifier({ policy: { ...POLICY, accept: undefined } }), { code: 'CONFIG_INVALID', path: 'policy.accept' })
  const query = { endpoints: servers.evm('honest'), contract: RELAY, blockHash: world.evmBlock.hash, ...CLAIM }
  const verdict = await strict.verifySettlement(query)
  assert.deepEqual([codeOf(verdict), verdict.category, verdict.path], ['TRUST_INSUFFICIENT', 'policy', 'policy.accept'])
  assert.equal(codeOf(await strict.verifySettlement({ ...query, source: 'proven' })), 'OK proven')
  const account = { endpoints: servers.evm('held'), contract: RELAY, slots: ['0x3'], blockHash: held.evmBlock.hash }
  assert.equal(codeOf(await strict.verifyAccount(account)), 'TRUST_INSUFFICIENT')
  assert.equal(codeOf(await strict.verifyAccount({ ...account, source: 'proven' })), 'OK proven')
})

test('the receipts of a busy block may be larger than other answers', async () => {
  assert.ok(JSON.stringify(busy.receipts).length > 2 << 20)
  const asked = { endpoints: servers.evm('busy'), blockHash: busy.evmBlock.hash }
  assert.equal(codeOf(await settle([], asked)), 'OK unproven')
  assert.equal(codeOf(await settle([], asked, { maxBytes: 2 << 20 })), 'RPC_UNAVAILABLE')
})

test('a slow server leaves time for the next, which is asked before anybody twice', async () => {
  servers.reset()
  assert.equal(codeOf(await settle(['slow', 'slow', 'honest'], {}, { timeoutMs: 3000, totalMs: 6000, retries: 2 })), 'OK unproven')
  assert.equal(servers.seen.requests, 3)
  servers.reset()
  assert.equal(codeOf(await settle(['error', 'silent'], {}, { retries: 1 })), 'EMITTER_MISMATCH')
  assert.deepEqual(servers.seen.urls, ['/error', '/silent', '/error', '/error'])
})

test('time and an abort end it', async () => {
  assert.equal(codeOf(await settle(['slow'], {}, { timeoutMs: 60_000, totalMs: 100 })), 'TIMEOUT')
  const stop = new AbortController()
  const pending = settle(['slow'], { signal: stop.signal }, { timeoutMs: 60_000, totalMs: 60_000 })
  setTimeout(() => stop.abort(), 20)
  await assert.rejects(pending, { code: 'ABORTED' })
})

test('words of a contract under a trusted block', async () => {
  const read = (modes, more = {}) => verifier().verifyAccount({ endpoints: servers.evm(...modes), contract: RELAY, slots: ['0x3'], blockHash: held.evmBlock.hash, ...more })
  const verdict = await read(['held'])
  assert.deepEqual([codeOf(verdict), verdict.value.storage], ['OK unproven', [{ slot: hex(word(3)), value: 0x506n }]])
  assert.equal(codeOf(await read(['held'], { contract: STRANGER })), 'MPT_PROOF_INVALID')
  assert.equal(codeOf(await read(['held'], { blockHash: world.evmBlock.hash })), 'MPT_PROOF_INVALID')
  for (const mode of ['liar', 'other', 'empty']) {
    assert.equal(codeOf(await read([mode])), 'MPT_PROOF_INVALID', mode)
    assert.equal(codeOf(await read([mode, 'held'])), 'OK unproven', mode)
  }
})
