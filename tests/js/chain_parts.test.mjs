// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The single functions for callers with a transport of their own: slots, stored byte strings, results of transactions,
// registrations, tries, forks; by promises and without.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'

import { dist } from './support/package.mjs'
import { certificateStorage, keccak, makeValidators, plus, sha256, word } from '../vectors/generate/lib/chain.mjs'
import { encode } from '../vectors/generate/lib/abi.mjs'
import { CHAIN, PCR, REGISTRY, SPKI, T, TEE, hex, light, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const verify = await import(dist('verify/index.js'))
const inline = await import(dist('verify/inline.js'))
const bytes = (buffer) => new Uint8Array(buffer)

let sync
before(async () => (sync = await verify.loadVerifier()))

test('slots of mappings, structs, arrays and byte strings', async () => {
  const cases = [
    [{ slot: 7 }, word(7)],
    [{ slot: 7n, steps: [] }, word(7)],
    [{ slot: hex(word(7)), steps: [{ offset: 3n }] }, word(10)],
    [{ slot: bytes(word((1n << 256n) - 1n)), steps: [{ offset: 1 }] }, word(0)],
    [{ slot: 7, steps: [{ key: bytes(TEE) }, { offset: 5 }] }, plus(keccak(TEE, word(7)), 5)],
    [{ slot: 5, steps: [{ key: 0 }, { key: hex(PCR) }] }, keccak(PCR, keccak(word(0), word(5)))],
    [{ slot: 1, steps: [{ key: bytes(REGISTRY) }] }, keccak(Buffer.alloc(12), REGISTRY, word(1))],
    [{ slot: 1, steps: [{ key: hex(REGISTRY).toUpperCase().replace('X', 'x') }] }, keccak(Buffer.alloc(12), REGISTRY, word(1))],
    [{ slot: 1, steps: [{ key: true }] }, keccak(word(1), word(1))],
    [{ slot: 1, steps: [{ key: -1 }] }, keccak(Buffer.alloc(32, 0xff), word(1))],
    [{ slot: 1, steps: [{ keyBytes: 'näme' }] }, keccak(Buffer.from('näme'), word(1))],
    [{ slot: 1, steps: [{ keyBytes: new Uint8Array([1, 2]) }] }, keccak(Buffer.from([1, 2]), word(1))],
    [{ slot: 1, steps: [{ data: true }, { offset: 2 }] }, plus(keccak(word(1)), 2)],
  ]
  for (const [input, expected] of cases) {
    assert.equal(await verify.storageSlot(input), hex(expected))
    assert.equal(sync.storageSlot(input), hex(expected))
  }
  assert.equal(inline.loadVerifierSync().storageSlot({ slot: 7 }), hex(word(7)))
  const slots = await verify.assertRegistrySlots({ registry: { address: hex(REGISTRY) }, teeId: hex(TEE) })
  assert.equal(await verify.storageSlot({ slot: 7, steps: [{ key: hex(TEE) }, { offset: 8 }] }), slots.lastHeartbeatAt)
})

test('what is no slot and no step is refused, with its place', async () => {
  const refused = [
    [{}, 'slot'], [{ slot: -1 }, 'slot'], [{ slot: 1n << 256n }, 'slot'], [{ slot: '7' }, 'slot'], [{ slot: '0x07' }, 'slot'], [{ slot: 1.5 }, 'slot'], [{ slot: bytes(REGISTRY) }, 'slot'],
    [{ slot: 1, steps: [{}] }, 'steps[0]'], [{ slot: 1, steps: [{ key: 1, offset: 1 }] }, 'steps[0]'], [{ slot: 1, steps: [{ field: 1 }] }, 'steps[0].field'],
    [{ slot: 1, steps: [{ key: '0x0102' }] }, 'steps[0].key'], [{ slot: 1, steps: [{ key: -(1n << 255n) - 1n }] }, 'steps[0].key'],
    [{ slot: 1, steps: [{ offset: 1 }, { offset: -1 }] }, 'steps[1].offset'], [{ slot: 1, steps: [{ data: false }] }, 'steps[0].data'],
  ]
  for (const [input, path] of refused) {
    assert.throws(() => sync.storageSlot(input), { name: 'UsageError', code: 'ARGUMENT_INVALID', path })
    await assert.rejects(verify.storageSlot(input), { code: 'ARGUMENT_INVALID', path })
  }
})

test('byte strings come out of words as they are proven', async () => {
  const certificate = Buffer.from(Array.from({ length: 70 }, (_, i) => i))
  const slot = await verify.storageSlot({ slot: 7, steps: [{ key: hex(TEE) }, { offset: 4 }] })
  const words = certificateStorage({ teeId: TEE, certificate }).map(([at, value]) => ({ slot: hex(at), value: BigInt(hex(value)) }))
  const verdict = await verify.readStorageBytes({ slot, words })
  assert.deepEqual([verdict.value, verdict.trust], [hex(certificate), 'unproven'])
  assert.equal(sync.assertReadStorageBytes({ slot, words: words.map(({ slot: at, value }) => ({ slot: at.toUpperCase().replace('X', 'x'), value: hex(word(value)) })) }), hex(certificate))
  const short = Buffer.concat([Buffer.from('abc'), Buffer.alloc(28), Buffer.from([6])])
  assert.equal(sync.assertReadStorageBytes({ slot: hex(word(1)), words: [{ slot: hex(word(1)), value: bytes(short) }] }), '0x616263')
  assert.equal(sync.readStorageBytes({ slot, words: words.slice(0, -1) }).code, 'REGISTRY_SLOT_MALFORMED')
  assert.equal(sync.readStorageBytes({ slot, words: words.with(-1, { ...words.at(-1), value: words.at(-1).value + 1n }) }).code, 'REGISTRY_SLOT_MALFORMED')
  assert.throws(() => sync.readStorageBytes({ slot, words: [...words, words[0]] }), { code: 'ARGUMENT_INVALID' })
  assert.throws(() => sync.readStorageBytes({ slot, words: [{ slot, value: -1n }] }), { code: 'ARGUMENT_INVALID', path: 'words[0].value' })
})

test('a transaction and its result', async () => {
  const leaf = (data) => sha256(Buffer.from([0]), data)
  const inner = (left, right) => sha256(Buffer.from([1]), left, right)
  const [txs, results] = [[Buffer.from('tx 0'), Buffer.from('tx 1')], [Buffer.from([8, 1]), Buffer.from([0x28, 7])]]
  const [txLeaves, resultLeaves] = [txs.map((tx) => leaf(sha256(tx))), results.map(leaf)]
  const inputAt = (i) => ({
    index: i, total: 2n, tx: bytes(txs[i]), dataHash: hex(inner(...txLeaves)), txAunts: [bytes(txLeaves[1 - i])], result: hex(results[i]),
    lastResultsHash: inner(...resultLeaves).toString('hex').toUpperCase(), resultAunts: [hex(resultLeaves[1 - i])],
  })
  const verdict = await verify.verifyTxResult({ ...inputAt(1), execution: 'any' })
  assert.deepEqual([verdict.value, verdict.trust], [true, 'unproven'])
  assert.equal(sync.isValidTxResult({ ...inputAt(1), execution: 'any' }), true)
  assert.equal(sync.verifyTxResult(inputAt(1)).code, 'TX_NOT_SUCCESSFUL') // no response of the EVM in it
  assert.equal(sync.verifyTxResult({ ...inputAt(0), execution: 'any' }).code, 'TX_NOT_SUCCESSFUL')
  for (const change of [{ index: 0 }, { total: 3 }, { tx: bytes(txs[0]) }, { dataHash: hex(sha256('x')) }, { txAunts: [] }, { resultAunts: [hex(sha256('x'))] }, { result: 'zz' }, { execution: 'none' }]) {
    assert.equal((await verify.verifyTxResult({ ...inputAt(1), execution: 'any', ...change })).code, 'TX_PROOF_INVALID', JSON.stringify(Object.keys(change)))
  }
  assert.equal(sync.verifyTxResult({ ...inputAt(1), txAunts: Array(65).fill(hex(sha256('x'))) }).code, 'CHAIN_LIMIT_EXCEEDED')
})

test('the calldata of a registration', async () => {
  const parts = [Buffer.from('a document'), SPKI, Buffer.from('a certificate')]
  const calldata = Buffer.concat([Buffer.from('15c9bdb4', 'hex'), encode([...parts, BigInt(hex(REGISTRY)), 'https://tee.example', 3])])
  const expected = {
    attestation: hex(parts[0]), signingPublicKey: hex(SPKI), teeId: hex(TEE), tlsCertificate: hex(parts[2]), paymentAddress: hex(REGISTRY), endpoint: 'https://tee.example', teeType: 3,
  }
  for (const form of [hex(calldata), calldata.toString('hex'), bytes(calldata)]) assert.deepEqual((await verify.decodeRegistration({ calldata: form })).value, expected)
  assert.deepEqual(sync.assertDecodeRegistration({ calldata: bytes(calldata) }), expected)
  assert.equal(sync.decodeRegistration({ calldata: bytes(calldata.subarray(0, -1)) }).code, 'CALLDATA_MALFORMED')
  assert.equal(sync.decodeRegistration({ calldata: new Uint8Array((256 << 10) + 1) }).code, 'CHAIN_LIMIT_EXCEEDED')
  assert.throws(() => sync.decodeRegistration({ calldata: '0x1' }), { code: 'ARGUMENT_INVALID', path: 'calldata' })
})

test('a walk in a trie', async () => {
  const key = keccak(Buffer.from('k'))
  const node = Buffer.concat([Buffer.from([0xc0 + 1 + 33 + 1 + 5, 0xa1, 0x20]), key, Buffer.from([0x85]), Buffer.from('value')])
  const input = { root: hex(keccak(node)), key: bytes(key), proof: [hex(node)] }
  assert.equal(await verify.assertTrieProof(input), hex(Buffer.from('value')))
  assert.equal(sync.assertTrieProof({ ...input, key: hex(sha256('other')) }), null)
  assert.equal(sync.verifyTrieProof({ ...input, proof: [] }).code, 'MPT_PROOF_INVALID')
  assert.equal(sync.verifyTrieProof({ ...input, proof: [bytes(node.subarray(1))] }).ok, false)
})

test('two accepted blocks at one height are a fork, and nothing less is', async () => {
  const world = makeWorld()
  const path = ({ anchor }, tip) => ({ trusted: light(anchor), path: [light(tip)] })
  const rival = makeWorld({ tip: { dataHash: sha256('another') } })
  const config = { chainId: CHAIN, trust: { height: 100, headerHash: world.anchor.hash }, now: T + 10 }
  const ask = async (...evidence) => {
    const verdict = await verify.detectFork({ config, evidence })
    assert.deepEqual(sync.detectFork({ config, evidence }), verdict)
    return verdict
  }
  const fork = await ask(path(world, world.tip), JSON.stringify(path(rival, rival.tip)))
  assert.deepEqual([fork.ok, fork.trust, fork.value.height, fork.value.blocks.map(({ hash }) => hash.toUpperCase())], [true, 'proven', 200n, [world.tip.hash, rival.tip.hash]])
  assert.deepEqual(fork.checks.map(({ name, status }) => [name, status]), [['block 1', 'passed'], ['block 2', 'passed']])
  assert.equal((await ask(path(world, world.tip), path(world, world.tip))).value, null)
  const refused = async (second, code, at) => {
    const verdict = await ask(path(world, world.tip), second)
    assert.deepEqual([verdict.ok, verdict.code, verdict.path], [false, code, at])
  }
  const later = makeWorld({ tip: { height: 201 } })
  await refused(path(later, later.tip), 'CHAIN_HEIGHT_MISMATCH', 'evidence')
  // Strangers' blocks are a lie, not a fork.
  const lie = makeWorld({ tipValidators: makeValidators('strangers', 4) })
  await refused(path(lie, lie.tip), 'CHAIN_INSUFFICIENT_TRUST', 'evidence[1].path.0')
  for (const evidence of [undefined, [], [path(world, world.tip)], {}]) {
    assert.throws(() => sync.detectFork({ config, evidence }), { code: 'ARGUMENT_INVALID', path: 'evidence' })
    await assert.rejects(verify.detectFork({ config, evidence }), { code: 'ARGUMENT_INVALID', path: 'evidence' })
  }
})
