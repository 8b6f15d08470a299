// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Every form of the verifier gives the samples the same verdict: asynchronous with and without WebCrypto, synchronous,
// inline.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'

import { dist } from './support/package.mjs'
import { genuineNitro, honest, honestNitro, inputOf, policyObject, samples } from './support/samples.mjs'

const verify = await import(dist('verify/index.js'))
const inline = await import(dist('verify/inline.js'))
const { VerificationError, UsageError } = await import(dist('errors/index.js'))

let sync
before(async () => (sync = await verify.loadVerifier()))

for (const sample of samples) {
  test(`sample ${sample.id}: all forms agree`, async () => {
    const forms = {
      webcrypto: await verify.verifyReceipt({ ...inputOf(sample), platform: 'webcrypto' }),
      auto: await verify.verifyReceipt(inputOf(sample)),
      wasm: await verify.verifyReceipt({ ...inputOf(sample), platform: 'wasm' }),
      sync: sync.verifyReceipt(inputOf(sample)),
      inline: await inline.verifyReceipt(inputOf(sample)),
      inlineSync: inline.loadVerifierSync().verifyReceipt(inputOf(sample)),
      policyObject: sync.verifyReceipt({ ...inputOf(sample), policy: policyObject() }),
    }
    assert.equal(forms.wasm.ok, sample.expect.ok)
    assert.equal(forms.wasm.code, sample.expect.code)
    if (sample.expect.not_covered) assert.ok(forms.wasm.value.notCovered.includes(sample.expect.not_covered))
    for (const [name, verdict] of Object.entries(forms)) assert.deepEqual(verdict, forms.wasm, name)
  })
}

test('an accepted verdict carries the value, the checks and the trust', async () => {
  const verdict = await verify.verifyReceipt(honest())
  assert.equal(verdict.ok, true)
  assert.equal(verdict.trust, 'attested')
  assert.equal(typeof verdict.value.timestamp, 'bigint')
  assert.equal(typeof verdict.value.attestation.timestampMs, 'bigint')
  assert.equal(typeof verdict.value.attestation.leafNotAfter, 'bigint')
  assert.match(verdict.value.teeId, /^0x[0-9a-f]{64}$/)
  assert.ok(verdict.checks.some(({ name, status }) => name === 'clock' && status === 'assumed'))
})

test('a refused verdict carries code, category and message, and no value', async () => {
  const verdict = await verify.verifyReceipt(inputOf(samples.find(({ id }) => id === 'reply-changed')))
  assert.equal(verdict.ok, false)
  assert.equal(verdict.category, 'rejected')
  assert.equal(typeof verdict.message, 'string')
  assert.equal('value' in verdict, false)
})

test('assert throws the verdict and isValid says no', async () => {
  const refused = () => inputOf(samples.find(({ id }) => id === 'reply-changed'))
  await assert.rejects(verify.assertReceipt(refused()), (error) => {
    assert.ok(error instanceof VerificationError)
    assert.equal(error.code, 'RECEIPT_OUTPUT_HASH_MISMATCH')
    assert.equal(error.category, 'rejected')
    assert.ok(error.checks.length > 0)
    assert.equal(error.name, 'VerificationError')
    return true
  })
  assert.throws(() => sync.assertReceipt(refused()), VerificationError)
  assert.equal(await verify.isValidReceipt(refused()), false)
  assert.equal(await verify.isValidReceipt(honest()), true)
  assert.equal(sync.isValidReceipt(honest()), true)
  assert.equal((await verify.assertReceipt(honest())).kind, 'text')
})

test('a document without a policy is a usage error, in all three forms', async () => {
  const { document, now } = honestNitro()
  for (const call of [verify.verifyNitroAttestation, verify.assertNitroAttestation, verify.isValidNitroAttestation]) {
    await assert.rejects(call({ document, now }), (error) => error instanceof UsageError && error.code === 'NITRO_PCR_POLICY_EMPTY')
    await assert.rejects(call({ document, now, policy: {} }), { code: 'NITRO_PCR_POLICY_EMPTY' })
  }
  assert.throws(() => sync.verifyNitroAttestation({ document, now }), { code: 'NITRO_PCR_POLICY_EMPTY' })
})

test('verifyNitroAttestation and authenticateNitro judge the same document', async () => {
  const verified = await verify.verifyNitroAttestation(honestNitro())
  const genuine = await verify.authenticateNitro(genuineNitro())
  assert.equal(verified.ok, true)
  assert.equal(verified.trust, 'attested')
  assert.equal(genuine.ok, true)
  assert.equal(genuine.trust, 'unproven')
  assert.equal(genuine.value.genuine, true)
  const { genuine: _, ...claims } = genuine.value
  assert.deepEqual(claims, verified.value)
  assert.deepEqual(sync.authenticateNitro(genuineNitro()), genuine)
  assert.deepEqual(sync.verifyNitroAttestation(honestNitro()), verified)
  assert.equal(await verify.isGenuineNitro(genuineNitro()), true)
  assert.equal((await verify.assertGenuineNitro(genuineNitro())).genuine, true)
})

test('the root of the call counts like the root of the policy, and not beside it', async () => {
  const { document, now, policy } = honestNitro()
  const { root, ...rest } = policy
  assert.equal((await verify.verifyNitroAttestation({ document, now, root, policy: rest })).ok, true)
  assert.equal((await verify.verifyNitroAttestation({ document, now, policy: rest })).code, 'NITRO_CHAIN_UNTRUSTED')
  await assert.rejects(verify.verifyNitroAttestation({ document, now, root, policy }), { code: 'POLICY_INVALID' })
})

test('a flipped bit in any part of the document refuses it, with WebCrypto as without', async () => {
  const input = genuineNitro()
  for (let bit = 0; bit < input.document.length * 8; bit += 997) {
    const document = input.document.slice()
    document[bit >> 3] ^= 1 << (bit & 7)
    const [platform, core] = [await verify.authenticateNitro({ ...input, document, platform: 'webcrypto' }), sync.authenticateNitro({ ...input, document })]
    assert.deepEqual(platform, core, `bit ${bit}`)
    if (core.ok) assert.deepEqual(core.value, sync.authenticateNitro(input).value, `bit ${bit}`)
  }
})

test('without evidence for the key the trust must be accepted by name', async () => {
  const { attestation, requestIs: _, policy: __, ...rest } = honest()
  const input = { ...rest, key: attestation.key, profile: 'gw-stripped' }
  const refused = await verify.verifyReceipt({ ...input, policy: {} })
  assert.equal(refused.code, 'TRUST_INSUFFICIENT')
  const accepted = await verify.verifyReceipt({ ...input, policy: { accept: ['unproven'] } })
  assert.equal(accepted.ok, true)
  assert.equal(accepted.trust, 'unproven')
  assert.equal('attestation' in accepted.value, false)
})

test('an attestation and a pinned key at once, or neither, are no call', async () => {
  const { attestation, ...rest } = honest()
  await assert.rejects(verify.verifyReceipt({ ...rest, attestation, key: attestation.key, profile: 'sdk' }), { code: 'ARGUMENT_INVALID' })
  await assert.rejects(verify.verifyReceipt(rest), { code: 'ARGUMENT_INVALID' })
  const empty = { document: new Uint8Array(0), key: attestation.key }
  await assert.rejects(verify.verifyReceipt({ ...rest, attestation: empty }), { code: 'ARGUMENT_INVALID' })
})

test('expectedTeeId is compared', async () => {
  const { teeId } = await verify.assertReceipt(honest())
  assert.equal((await verify.verifyReceipt({ ...honest(), expectedTeeId: teeId })).ok, true)
  const other = await verify.verifyReceipt({ ...honest(), expectedTeeId: `0x${'11'.repeat(32)}` })
  assert.equal(other.code, 'RECEIPT_TEE_ID_MISMATCH')
  await assert.rejects(verify.verifyReceipt({ ...honest(), expectedTeeId: 'abc' }), { code: 'POLICY_INVALID' })
})

test('a stream that was finished takes no more, in both forms', async () => {
  const { request, attestation, policy, now } = honest()
  const input = { request, attestation, policy, now }
  const later = new verify.ReceiptStream(input)
  later.push('data: ')
  const verdict = later.finish()
  assert.throws(() => later.push('[DONE]'), { code: 'ARGUMENT_INVALID' })
  await assert.rejects(later.finish(), { code: 'ARGUMENT_INVALID' })
  assert.equal((await verdict).ok, false)
  const sync = new (await verify.loadVerifier()).ReceiptStream(input)
  assert.equal(sync.finish().ok, false)
  assert.throws(() => sync.push('data: '), { code: 'ARGUMENT_INVALID' })
})

test('now: Unix seconds, RFC 3339 text, the policy, or the device', async () => {
  const { now, ...rest } = honest()
  const text = new Date(now * 1000).toISOString()
  for (const moment of [now, BigInt(now), text, text.replace('.000Z', 'Z')]) {
    assert.equal((await verify.verifyReceipt({ ...rest, now: moment })).ok, true, String(moment))
  }
  assert.equal((await verify.verifyReceipt({ ...rest, policy: { ...policyObject(), now } })).ok, true)
  for (const moment of [now * 1000, 10 ** 11 + 1, now + 0.5, Number.NaN, Infinity, 2 ** 60, 'yesterday', String(now), '2026-13-01T00:00:00Z', {}, null, new Date()]) {
    await assert.rejects(verify.verifyReceipt({ ...rest, now: moment }), { code: 'POLICY_INVALID' }, String(moment))
  }
  await assert.rejects(verify.verifyReceipt({ ...rest, now, policy: { ...policyObject(), now } }), { code: 'POLICY_INVALID' })
  const device = await verify.verifyReceipt(rest)
  assert.match(device.checks.find(({ name }) => name === 'clock').detail, /device/)
  const before1970 = await verify.authenticateNitro({ ...genuineNitro(), now: -1n })
  assert.equal(before1970.code, 'NITRO_CERT_EXPIRED')
})
