// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The policy's JavaScript form: what reaches the core, and what is refused on the way.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'

import { dist } from './support/package.mjs'
import { honest, honestNitro, policyObject } from './support/samples.mjs'

const verify = await import(dist('verify/index.js'))
let sync
before(async () => (sync = await verify.loadVerifier()))

const nitro = (changes) => sync.verifyNitroAttestation({ ...honestNitro(), policy: { ...policyObject(), ...changes } })
const refuses = (changes, code = 'POLICY_INVALID') => assert.throws(() => nitro(changes), { code, name: 'UsageError' })

test('each member has an effect', () => {
  const { value } = nitro({})
  const zeros = '00'.repeat(48)
  assert.equal(nitro({ measurements: [{ pcrs: { 0: zeros, 1: zeros, 2: zeros } }] }).code, 'NITRO_PCR_MISMATCH')
  const { 0: first, 1: second, 2: third } = value.pcrs
  assert.equal(nitro({ measurements: [{ pcrs: [first, second, third] }] }).ok, true)
  assert.equal(nitro({ measurements: [{ pcrs: [first, third, second] }] }).code, 'NITRO_PCR_MISMATCH')
  assert.equal(nitro({ measurements: [{ pcrHash: value.pcrHash }] }).ok, true)
  assert.equal(nitro({ measurements: [{ pcrHash: new Uint8Array(32) }] }).code, 'NITRO_PCR_MISMATCH')
  assert.equal(nitro({ maxAgeS: 1 }).code, 'NITRO_TOO_OLD')
  assert.equal(nitro({ maxAgeS: 1n }).code, 'NITRO_TOO_OLD')
  assert.equal(nitro({ nonce: value.nonce }).ok, true)
  assert.equal(nitro({ nonce: new Uint8Array(Buffer.from(value.nonce, 'hex')) }).ok, true)
  assert.equal(nitro({ nonce: 'ff' }).code, 'NITRO_NONCE_MISMATCH')
  assert.equal(nitro({ publicKey: 'ff' }).code, 'NITRO_PUBLIC_KEY_MISMATCH')
  assert.equal(nitro({ userData: { exact: value.userData } }).ok, true)
  assert.equal(nitro({ userData: { exact: 'ff' } }).code, 'NITRO_USER_DATA_MISMATCH')
  const { signingKeySha256, tlsCertificateSha256 } = value.binding
  assert.equal(nitro({ userData: { og: { signingKeySha256, tlsCertSha256: tlsCertificateSha256 } } }).ok, true)
  assert.equal(nitro({ userData: { og: { signingKeySha256: '11'.repeat(32), tlsCertSha256: tlsCertificateSha256 } } }).code, 'NITRO_USER_DATA_MISMATCH')
  const { maxAgeS, receipt: _, ...policy } = policyObject()
  const aged = { ...honest(), policy: { ...policy, maxAgeS, receipt: { maxAgeS: 1, futureS: null } } }
  assert.equal(sync.verifyReceipt(aged).code, 'RECEIPT_TOO_OLD')
})

test('a measurement counts within its time only', () => {
  const { now, policy } = honestNitro()
  const [entry] = policy.measurements
  assert.equal(nitro({ measurements: [{ ...entry, from: now, until: BigInt(now) }] }).ok, true)
  assert.equal(nitro({ measurements: [{ ...entry, from: new Date((now + 1) * 1000).toISOString() }] }).code, 'NITRO_PCR_MISMATCH')
  assert.equal(nitro({ measurements: [{ ...entry, until: now - 1 }] }).code, 'NITRO_PCR_MISMATCH')
  refuses({ measurements: [{ ...entry, until: now * 1000 }] })
  for (const until of ['2026-11-31T23:59:59Z', '2026-02-29T00:00:00Z', '2026-11-21T24:00:00Z', '9999-12-31T23:59:59Z'])
    refuses({ measurements: [{ ...entry, until }] })
})

test('a member of another name or type is refused', () => {
  refuses({ maxAge: 1 })
  refuses({ max_age_s: 1 })
  refuses({ maxAgeS: '1' })
  refuses({ maxAgeS: 1.5 })
  refuses({ maxAgeS: 2 ** 53 })
  refuses({ allowDebug: 1 })
  refuses({ nonce: 5 })
  refuses({ accept: 'attested' })
  refuses({ accept: ['sure'] })
  refuses({ measurements: {} })
  refuses({ measurements: [{ pcrs: { max_age_s: 'ff' } }] })
  refuses({ measurements: [{ pcrs: { from: 'ff' } }] })
  refuses({ receipt: { maxAgeS: '1' } })
  refuses({ root: { name: 'x' } })
  refuses({ nonce: '\ud800' })
  for (const policy of ['', '[]', '{} {}', '\ufeff{}', 'null', '{"a":1,"a":1}', '{"measurements":[],"x":1}', 5, null, true]) {
    assert.throws(() => sync.verifyNitroAttestation({ ...honestNitro(), policy }), { name: 'UsageError' }, String(policy))
  }
})

test('an empty list of measurements is the empty policy', () => {
  refuses({ measurements: [] }, 'NITRO_PCR_POLICY_EMPTY')
  refuses({ measurements: [{ pcrs: { 0: '00'.repeat(48) } }] }, 'NITRO_PCR_POLICY_EMPTY')
})

test('a demand that came out as nothing, is hidden or inherited is not dropped', () => {
  const [entry] = policyObject().measurements
  refuses({ nonce: undefined })
  refuses({ root: undefined })
  refuses({ measurements: [{ ...entry, until: undefined }] })
  refuses({ measurements: [{ ...entry, pcrs: { ...entry.pcrs, 8: undefined } }] })
  refuses({ userData: { og: { signingKeySha256: undefined } } })
  refuses({ receipt: { maxAgeS: undefined } })
  const given = (policy) => assert.throws(() => sync.verifyNitroAttestation({ ...honestNitro(), policy }), { code: 'POLICY_INVALID', name: 'UsageError' })
  class Demanding {
    measurements = policyObject().measurements
    get nonce() {
      return 'ff'
    }
  }
  given(new Demanding())
  const [first, second, third] = Object.values(entry.pcrs)
  class Pins {
    0 = first
    1 = second
    2 = third
    get 8() {
      return '00'.repeat(48)
    }
  }
  refuses({ measurements: [{ pcrs: new Pins() }] })
  refuses({ measurements: [{ pcrs: [first, second, third, undefined] }] })
  refuses({ measurements: [{ pcrs: Object.assign([first, second, third], { pcr8: '00'.repeat(48) }) }] })
  assert.equal(nitro({ measurements: [{ pcrs: Object.assign(Array(3), [first, second, third]) }] }).ok, true)
  // A way to build policies is no demand.
  class Building {
    root = policyObject().root
    measurements = policyObject().measurements
    maxAgeS = policyObject().maxAgeS
    describe() {}
  }
  assert.equal(sync.verifyNitroAttestation({ ...honestNitro(), policy: new Building() }).ok, true)
  assert.throws(() => sync.verifyReceipt({ ...honest(), expectedTeeId: undefined }), { code: 'ARGUMENT_INVALID', path: 'expectedTeeId' })
  given(Object.assign(Object.create({ nonce: 'ff' }), policyObject()))
  given(Object.defineProperty({ ...policyObject() }, 'nonce', { value: 'ff', enumerable: false }))
  const bundle = (policy) => assert.throws(() => sync.verifyEvidence('{}', policy), { code: 'POLICY_INVALID', name: 'UsageError' })
  bundle({ ...policyObject(), reportData: undefined })
  bundle({ ...policyObject(), settlement: { roots: undefined } })
  bundle(Object.assign(Object.create({ hostData: 'ff' }), policyObject()))
  const tdx = { quote: new Uint8Array(8), policy: { measurements: [{ mrtd: '00', rtmr3: undefined }] } }
  assert.throws(() => sync.verifyTdxQuote(tdx), { code: 'POLICY_INVALID' })
  const snp = { report: new Uint8Array(8), certificates: { vek: new Uint8Array(1), chain: '' }, policy: { measurements: [], minTcb: { snp: undefined } } }
  assert.throws(() => sync.verifySnpReport({ ...snp, policy: { measurements: [], minTcb: { snp: '5' } } }), { code: 'POLICY_INVALID', shortMessage: 'policy.minTcb.snp: must be a whole number' })
  assert.throws(() => sync.verifySnpReport(snp), { code: 'POLICY_INVALID' })
})

test('what is no policy is told what one is', () => {
  const snp = { report: new Uint8Array(8), certificates: { vek: new Uint8Array(1), chain: '' } }
  const { policy: _, ...document } = honestNitro()
  for (const policy of [new TextEncoder().encode('{}'), [], null, 5, true, () => ({})]) {
    const refused = { name: 'UsageError', code: 'POLICY_INVALID', path: 'policy', shortMessage: 'policy: must be an object, or the text of a policy file' }
    assert.throws(() => sync.verifyEvidence('{}', policy), refused)
    assert.throws(() => sync.verifyNitroAttestation({ ...document, policy }), refused)
    assert.throws(() => sync.verifyTdxQuote({ quote: new Uint8Array(8), policy }), refused)
    assert.throws(() => sync.verifySnpReport({ ...snp, policy }), refused)
  }
  // An entry as a policy file has it, and one that is of no kind.
  for (const entry of [{ 0: '00', 1: '00', 2: '00' }, { og_pcr_hash: '0x00' }, { mrdt: '00' }, { tee_tcb_svn: '00' }, {}]) {
    assert.throws(() => sync.verifyEvidence('{}', { measurements: [entry] }), {
      code: 'POLICY_INVALID', path: 'policy.measurements[0]',
      shortMessage: 'policy.measurements[0]: must have pcrs or pcrHash (Nitro), mrtd (TDX), mrenclave (SGX) or measurement (SEV-SNP); a policy file is given as its text',
    })
  }
  assert.throws(() => sync.verifyEvidence('{}', { measurements: [{ mrtd: '00', rtmr9: '00' }] }), { path: 'policy.measurements[0].rtmr9' })
})

test('__proto__ is a key like any other, and what is inherited is no member', () => {
  const poisoned = JSON.parse('{"__proto__":{"allowDebug":true}}')
  refuses(poisoned)
  const profiles = JSON.parse('{"__proto__":{"chat":"gw-stripped"}}')
  refuses({ profiles })
  const inherits = Object.create(policyObject())
  assert.throws(() => sync.verifyNitroAttestation({ ...honestNitro(), policy: inherits }), { code: 'POLICY_INVALID' })
  const nullPrototype = Object.assign(Object.create(null), policyObject())
  assert.equal(sync.verifyNitroAttestation({ ...honestNitro(), policy: nullPrototype }).ok, true)
})

test('a toJSON of the page changes nothing', () => {
  Object.prototype.toJSON = () => ({ allow_debug: true })
  Array.prototype.toJSON = () => []
  try {
    assert.equal(nitro({}).ok, true)
  } finally {
    delete Object.prototype.toJSON
    delete Array.prototype.toJSON
  }
})
