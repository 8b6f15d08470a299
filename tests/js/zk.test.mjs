// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay-wasm/zk`: proofs under keys whose secrets the test knows, in every form of the call, with and without pins, in
// batches, and with everything that a caller can get wrong.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { before, test } from 'node:test'

import { makeFflonk, makeGroth16, makePlonk } from './support/snark_maker.mjs'
import { dist, wasmBytes } from './support/package.mjs'

const zk = await import(dist('zk/index.js'))
const { UsageError, VerificationError } = await import(dist('errors/index.js'))

const pinOf = (text) => createHash('sha256').update(text).digest('hex')
const SYSTEMS = [['Groth16', makeGroth16], ['Plonk', makePlonk], ['Fflonk', makeFflonk]].map(([name, make]) => ({ name, make, files: make() }))
const pinned = ({ files }) => ({ ...files, pin: pinOf(files.vk) })
const entropy = new Uint8Array(32).map((_, i) => i * 7 + 1)
const usage = (code, path) => (error) => error instanceof UsageError && error.code === code && error.path === path

let sync
before(async () => (sync = await zk.loadZkVerifier()))

for (const system of SYSTEMS) {
  const { name, make, files } = system
  const verify = zk[`verify${name}Proof`]
  const unpinned = zk[`verify${name}ProofUnpinned`]
  const batch = zk[`verify${name}ProofBatch`]
  const itemOf = ({ publicSignals, proof }) => ({ publicSignals, proof })

  test(`${name}: all forms agree on a good proof, which is proven`, async () => {
    const verdict = await verify(pinned(system))
    assert.equal(verdict.ok, true)
    assert.equal(verdict.trust, 'proven')
    assert.equal(verdict.value.system, name.toLowerCase())
    assert.deepEqual(verdict.value.publicSignals, JSON.parse(files.publicSignals).map(BigInt))
    assert.deepEqual(sync[`verify${name}Proof`](pinned(system)), verdict)
    assert.deepEqual(await zk[`assert${name}Proof`](pinned(system)), verdict.value)
    assert.deepEqual(sync[`assert${name}Proof`](pinned(system)), verdict.value)
    assert.equal(await zk[`isValid${name}Proof`](pinned(system)), true)
    const bytes = Object.fromEntries(Object.entries(files).map(([key, text]) => [key, new TextEncoder().encode(text)]))
    assert.deepEqual(await verify({ ...bytes, pin: new Uint8Array(Buffer.from(pinOf(files.vk), 'hex')) }), verdict)
  })

  test(`${name}: without a pin the call is another one, and its verdict unproven`, async () => {
    await assert.rejects(verify(files), usage('POLICY_INVALID', 'pin'))
    const verdict = await unpinned(files)
    assert.equal(verdict.ok, true)
    assert.equal(verdict.trust, 'unproven')
    assert.deepEqual(verdict.checks.map(({ name, status }) => [name, status]), [['pin', 'assumed'], ['proof', 'passed']])
    await assert.rejects(unpinned(pinned(system)), usage('ARGUMENT_INVALID', 'pin'))
    assert.throws(() => sync[`verify${name}Proof`](files), usage('POLICY_INVALID', 'pin'))
  })

  test(`${name}: the pin is that of these bytes`, async () => {
    const spaced = `${files.vk} `
    assert.equal((await verify({ ...files, vk: spaced, pin: pinOf(files.vk) })).code, 'ZK_VK_INVALID')
    assert.equal((await verify({ ...files, vk: spaced, pin: `0x${pinOf(spaced)}` })).ok, true)
    for (const pin of ['', 'ff', pinOf('x').slice(1), `${pinOf('x')}00`, new Uint8Array(31), null, 7])
      await assert.rejects(verify({ ...files, pin }), UsageError, String(pin))
  })

  test(`${name}: another claim, key or proof is refused`, async () => {
    const wrong = { ...pinned(system), publicSignals: JSON.stringify(JSON.parse(files.publicSignals).map((value) => String(BigInt(value) + 1n))) }
    const verdict = await verify(wrong)
    assert.equal(verdict.code, 'ZK_PROOF_INVALID')
    assert.equal(verdict.category, 'rejected')
    assert.equal(await zk[`isValid${name}Proof`](wrong), false)
    await assert.rejects(zk[`assert${name}Proof`](wrong), (error) => error instanceof VerificationError && error.code === 'ZK_PROOF_INVALID')
    const other = make(name === 'Groth16' ? { delta: 13n } : { tau: 43n })
    assert.equal((await unpinned({ ...files, vk: other.vk })).code, 'ZK_PROOF_INVALID')
    assert.equal((await unpinned({ ...other, vk: files.vk })).code, 'ZK_PROOF_INVALID')
    for (const third of SYSTEMS.filter((each) => each !== system)) assert.notEqual((await unpinned({ ...files, vk: third.files.vk })).ok, true)
  })

  test(`${name}: members that are no part of the input, and forms that lie, are usage errors`, async () => {
    await assert.rejects(verify({ ...pinned(system), key: 'x' }), usage('ARGUMENT_INVALID', 'key'))
    await assert.rejects(verify({ ...pinned(system), proof: JSON.parse(files.proof) }), usage('ARGUMENT_INVALID', 'proof'))
    await assert.rejects(verify(undefined), UsageError)
    const huge = ' '.repeat((4 << 20) + 2)
    assert.equal((await unpinned({ ...files, proof: huge })).code, 'ZK_LIMIT')
    assert.equal((await unpinned({ ...files, proof: huge.slice(1) })).code, 'ZK_LIMIT')
  })

  test(`${name}: a batch holds when all of it does, and names the first that does not`, async () => {
    const all = [[1n, 2n], [3n, 4n], [5n, 6n], [7n, 8n], [9n, 10n]].map((publics) => make({ publics }))
    const input = { vk: all[0].vk, pin: pinOf(all[0].vk), entropy, proofs: all.map(itemOf) }
    const verdict = await batch(input)
    assert.equal(verdict.ok, true)
    assert.equal(verdict.trust, 'proven')
    assert.deepEqual(verdict.value.map(({ publicSignals }) => publicSignals), [[1n, 2n], [3n, 4n], [5n, 6n], [7n, 8n], [9n, 10n]])
    assert.deepEqual(sync[`verify${name}ProofBatch`](input), verdict)
    assert.deepEqual(await zk[`assert${name}ProofBatch`](input), verdict.value)

    const swapped = input.proofs.map(({ proof }, i) => ({ proof, publicSignals: all[i < 2 ? i : i === 2 ? 3 : i === 3 ? 2 : i].publicSignals }))
    const refused = await batch({ ...input, proofs: swapped })
    assert.equal(refused.code, 'ZK_PROOF_INVALID')
    assert.equal(refused.path, '[2]')
    const broken = await batch({ ...input, proofs: input.proofs.map((item, i) => (i === 4 ? { ...item, proof: '{' } : item)) })
    assert.deepEqual([broken.code, broken.path], ['ZK_MALFORMED', '[4]'])
    const both = await batch({ ...input, proofs: swapped.map((item, i) => (i === 4 ? { ...item, proof: '{' } : item)) })
    assert.deepEqual([both.code, both.path], ['ZK_PROOF_INVALID', '[2]'])
    const first = await batch({ ...input, proofs: input.proofs.map((item, i) => (i === 0 ? { ...item, proof: '{' } : item)) })
    assert.deepEqual([first.code, first.path], ['ZK_MALFORMED', '[0]'])
    assert.equal((await batch({ ...input, proofs: input.proofs.slice(0, 1) })).ok, true)
    assert.equal((await batch({ ...input, pin: pinOf('another') })).code, 'ZK_VK_INVALID')
  })

  test(`${name}: a batch needs its pin, its entropy and a proof`, async () => {
    const input = { vk: files.vk, pin: pinOf(files.vk), entropy, proofs: [itemOf(files)] }
    await assert.rejects(batch({ ...input, proofs: [] }), usage('ARGUMENT_INVALID', 'proofs'))
    await assert.rejects(batch({ ...input, entropy: entropy.subarray(1) }), usage('ARGUMENT_INVALID', 'entropy'))
    await assert.rejects(batch({ ...input, entropy: undefined }), UsageError)
    await assert.rejects(batch({ ...input, pin: undefined }), usage('POLICY_INVALID', 'pin'))
    await assert.rejects(batch({ ...input, proofs: [{ ...itemOf(files), vk: files.vk }] }), UsageError)
  })
}

test('two wrong proofs whose errors cancel without weights are refused as a batch', async () => {
  // C + D and C - D: the sum of the two equations holds.
  const [one, two] = [makeGroth16({ publics: [5n], shift: 9n }), makeGroth16({ publics: [5n], shift: -9n })]
  const itemOf = ({ publicSignals, proof }) => ({ publicSignals, proof })
  const verdict = await zk.verifyGroth16ProofBatch({ vk: one.vk, pin: pinOf(one.vk), entropy, proofs: [one, two].map(itemOf) })
  assert.deepEqual([verdict.code, verdict.path], ['ZK_PROOF_INVALID', '[0]'])
})

test('EZKL calls name what they need', async () => {
  const [key, settings, proof, descriptor] = [new Uint8Array(8), '{}', '{}', new Uint8Array(8)]
  const digest = pinOf('x')
  await assert.rejects(zk.verifyEzklProof({ key, settings, proof }), usage('POLICY_INVALID', 'pin'))
  await assert.rejects(zk.verifyEzklProof({ key, settings, proof, pin: { key: digest } }), usage('POLICY_INVALID', 'pin.settings'))
  await assert.rejects(zk.verifyEzklProof({ descriptor, proof, pin: { key: digest, settings: digest } }), usage('POLICY_INVALID', 'pin.key'))
  await assert.rejects(zk.verifyEzklProof({ descriptor, key, settings, proof, pin: { descriptor: digest } }), usage('ARGUMENT_INVALID', 'descriptor'))
  await assert.rejects(zk.verifyEzklProof({ descriptor, proof, srs: new Uint8Array(0), pin: { descriptor: digest } }), usage('ARGUMENT_INVALID', 'srs'))
  await assert.rejects(zk.verifyEzklProof({ descriptor, proof, srs: key, pin: { descriptor: digest } }), usage('POLICY_INVALID', 'pin.srs'))
  assert.equal((await zk.verifyEzklProof({ key, settings, proof, pin: { key: digest, settings: digest } })).code, 'EZKL_VK_MISMATCH')
  const pins = { key: pinOf(key), settings: pinOf(settings) }
  assert.equal((await zk.verifyEzklProof({ key, settings, proof, pin: pins })).code, 'EZKL_MALFORMED')
  assert.equal((await zk.verifyEzklProof({ descriptor, proof, pin: { descriptor: pinOf(descriptor) } })).code, 'EZKL_MALFORMED')
  assert.equal((await zk.verifyEzklProofUnpinned({ key, settings, proof })).code, 'EZKL_MALFORMED')
  assert.equal((await zk.compileEzklKey({ key, settings })).code, 'EZKL_MALFORMED')
  const input = { descriptor, pin: { descriptor: pinOf(descriptor) }, entropy, proofs: [proof] }
  assert.equal((await zk.verifyEzklProofBatch(input)).code, 'EZKL_MALFORMED')
  assert.equal((await zk.verifyEzklProofBatch({ ...input, pin: { descriptor: digest } })).code, 'EZKL_VK_MISMATCH')
})

test('the module can come from the caller, and only with its digest', async () => {
  const bytes = wasmBytes('zk.wasm')
  const mine = await zk.loadZkVerifier({ wasm: bytes })
  assert.equal(mine.verifyGroth16Proof(pinned(SYSTEMS[0])).ok, true)
  await assert.rejects(zk.loadZkVerifier({ wasm: bytes.map((byte, i) => (i === 900 ? byte ^ 1 : byte)) }), { code: 'WASM_DIGEST_MISMATCH' })
  const compiled = await WebAssembly.compile(readFileSync(new URL(dist('wasm/zk.wasm'))))
  assert.equal((await zk.loadZkVerifier({ wasm: compiled })).verifyPlonkProof(pinned(SYSTEMS[1])).ok, true)
})
