// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Evidence bundles from JavaScript: all forms agree, a policy in JavaScript means what its file means, and only text or
// bytes are a bundle.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, test } from 'node:test'

import { startWorker } from './support/node_worker.mjs'
import { dist } from './support/package.mjs'
import { policyObject } from './support/samples.mjs'

const verify = await import(dist('verify/index.js'))
const inline = await import(dist('verify/inline.js'))
const { UsageError, VerificationError } = await import(dist('errors/index.js'))

const FOLDER = new URL('../../demo/samples/evidence/', import.meta.url)
const text = (name) => readFileSync(new URL(name, FOLDER), 'utf8')
const bytes = (name) => new Uint8Array(readFileSync(new URL(name, FOLDER)))
const { createWorkerHost } = await import(dist('web/index.js'))
const { samples } = JSON.parse(text('bundles.json'))
const { now } = samples[0]

const usage = (code) => (error) => error instanceof UsageError && error.code === code

let sync
before(async () => (sync = await verify.loadVerifier()))

for (const sample of samples)
  test(`bundle ${sample.id}: all forms agree`, async () => {
    const given = () => [bytes(sample.bundle), text(sample.policy), { now: sample.now }]
    const verdict = await verify.verifyEvidence(...given())
    assert.equal(verdict.ok ? 'OK' : verdict.code, sample.expect.code ?? 'OK')
    assert.deepEqual(sync.verifyEvidence(...given()), verdict)
    assert.deepEqual(await inline.verifyEvidence(...given()), verdict)
    if (!sample.bundle.endsWith('.cbor')) assert.deepEqual(sync.verifyEvidence(text(sample.bundle), text(sample.policy), { now: sample.now }), verdict)
    assert.equal(await verify.isValidEvidence(...given()), verdict.ok)
    assert.equal(sync.isValidEvidence(...given()), verdict.ok)
    if (verdict.ok) assert.deepEqual(await verify.assertEvidence(...given()), verdict.value)
    else await assert.rejects(verify.assertEvidence(...given()), (error) => error instanceof VerificationError && error.code === verdict.code)
  })

test('a worker takes the same arguments', async () => {
  const host = createWorkerHost({ worker: startWorker(dist('web/worker.js')) })
  const given = [text('bundle.json'), text('policy.json'), { now }]
  assert.deepEqual(await host.verifyEvidence(...given), await verify.verifyEvidence(...given))
  await assert.rejects(host.verifyEvidence(...given.slice(0, 2), { now, signal: AbortSignal.abort() }), { code: 'ABORTED' })
  await assert.rejects(host.verifyEvidence(...given.slice(0, 2), { clock: now }), usage('ARGUMENT_INVALID'))
  host.dispose()
})

test('a policy object means what the file means', () => {
  const policy = { ...policyObject(), now }
  assert.deepEqual(sync.verifyEvidence(text('bundle.json'), policy), sync.verifyEvidence(text('bundle.json'), text('policy.json'), { now }))
  const { settlement } = JSON.parse(text('policy_settled.json'))
  const verdict = sync.verifyEvidence(text('bundle_settled.json'), { ...policy, settlement })
  assert.ok(verdict.ok)
  assert.equal(typeof verdict.value.settlement.leaves[0].timestamp, 'bigint')
  assert.equal(typeof verdict.value.receipt.timestamp, 'bigint')
  assert.equal(typeof verdict.value.attestation.claims.timestampMs, 'bigint')
})

test('isValidEvidence is no yes while the request is not covered', async () => {
  const { response: _, settlement: __, ...alone } = JSON.parse(text('bundle_settled.json'))
  const given = [JSON.stringify(alone), text('policy_settled.json'), { now }]
  assert.equal(sync.verifyEvidence(...given).ok, true)
  for (const ask of [verify.isValidEvidence, sync.isValidEvidence, inline.isValidEvidence]) assert.equal(await ask(...given), false)
})

test('isValidEvidence is no yes where a settled leaf is above the limit of age', () => {
  const { response: _, ...settled } = JSON.parse(text('bundle_settled.json'))
  const policy = JSON.parse(text('policy_settled.json'))
  const ask = (receipt) => sync.isValidEvidence(JSON.stringify(settled), JSON.stringify({ ...policy, ...receipt }), { now })
  assert.equal(ask(), true)
  assert.equal(ask({ receipt: { max_age_s: 5 } }), false)
  assert.equal(ask({ receipt: { max_age_s: null } }), true)
})

test('measurements of all kinds stand in one list', () => {
  const zeros = '00'.repeat(48)
  const others = [zeros, { measurement: zeros }, { mrtd: zeros, rtmr0: zeros, rtmr1: zeros, rtmr2: zeros }, { mrenclave: '00'.repeat(32) }]
  const policy = { ...policyObject(), now }
  const verdict = sync.verifyEvidence(text('bundle.json'), {
    ...policy, measurements: [...others, ...policy.measurements], reportData: new Uint8Array(64), minTcb: { snp: 1 }, arkSha256: { Milan: '00'.repeat(32) },
    acceptStatus: ['UpToDate'], requireSeptVeDisable: true, hostData: '00'.repeat(32), maxVmpl: 1, chipId: '00'.repeat(64), links: [], requestIs: 'sent',
  })
  assert.equal(verdict.code ?? 'OK', 'OK')
  const { maxAgeS, maxSkewS, ...bare } = policy
  assert.equal(sync.verifyEvidence(text('bundle.json'), { ...bare, measurements: others }).code, 'NITRO_PCR_MISMATCH')
})

test('a key of the policy is unproven', () => {
  const { attestation, ...bare } = JSON.parse(text('bundle.json'))
  const signingKey = { spki: new Uint8Array(Buffer.from(attestation.key, 'base64')), profile: 'gw-stripped' }
  assert.equal(sync.verifyEvidence(JSON.stringify(bare), { signingKey, now }).code, 'TRUST_INSUFFICIENT')
  assert.equal(sync.verifyEvidence(JSON.stringify(bare), { signingKey, now, accept: ['unproven'] }).trust, 'unproven')
})

test('what is no bundle, and a policy that says too little or too much, is a usage error', async () => {
  const policy = { ...policyObject(), now }
  for (const bundle of [JSON.parse(text('bundle.json')), null, 1, [...bytes('bundle.cbor')], new Uint8Array(bytes('bundle.cbor')).buffer])
    assert.throws(() => sync.verifyEvidence(bundle, policy), usage('ARGUMENT_INVALID'))
  await assert.rejects(verify.verifyEvidence(text('bundle.json')), usage('POLICY_INVALID'))
  for (const none of [[], '[]', null, [policy]]) assert.throws(() => sync.verifyEvidence(text('bundle.json'), none, { now }), usage('POLICY_INVALID'), JSON.stringify(none))
  assert.throws(() => sync.verifyEvidence(text('bundle.json'), { ...policy, settlement: [] }), usage('POLICY_INVALID'))
  for (const more of [{ link: 'require' }, { links: ['all'] }, { requestIs: 'read' }, { signingKey: { spki: 'text' } }, { settlement: { root: '0x' } },
    { measurements: [{}] }, { measurements: [{ pcrs: {}, mrtd: '' }] }, { minTcb: { all: 1 } }])
    assert.throws(() => sync.verifyEvidence(text('bundle.json'), { ...policy, ...more }), UsageError, JSON.stringify(more))
  assert.throws(() => sync.verifyEvidence('{"assay":1}', policy), usage('EVIDENCE_EMPTY'))
  assert.throws(() => sync.verifyEvidence(text('bundle.json'), policyObject(), { now, root: 1 }), usage('ARGUMENT_INVALID'))
  assert.throws(() => sync.verifyEvidence(text('bundle.json'), policy, { now }), usage('POLICY_INVALID'))
})

test('the options are read as every other argument: what would be ignored is refused', async () => {
  const revoked = (target) => {
    const { proxy, revoke } = Proxy.revocable(target, {})
    revoke()
    return proxy
  }
  const odd = {
    null: null, number: now, bigint: BigInt(now), text: '{}', true: true, list: [], date: new Date(now * 1000), map: new Map([['now', now]]), bytes: new Uint8Array(0),
    function: () => now, misspelt: { nwo: now }, bundle: { bundle: text('bundle.json') }, policy: { policy: '{}', now }, undefined: { now: undefined }, judge: { now, judgeProof: undefined },
    inherited: Object.create({ now }), class: new (class { get now() { return now } })(), hidden: Object.defineProperty({}, 'now', { value: now }),
    throws: { get now() { throw new Error('no') } }, revoked: revoked({}), revokedList: revoked([]),
  }
  const forms = (from) => [from.verifyEvidence, from.assertEvidence, from.isValidEvidence]
  for (const [name, options] of Object.entries(odd)) {
    const given = [text('bundle.json'), text('policy.json'), options]
    for (const ask of [...forms(verify), ...forms(inline)]) {
      let answer
      assert.doesNotThrow(() => (answer = ask(...given)), name)
      await assert.rejects(answer, usage('ARGUMENT_INVALID'), name)
    }
    for (const ask of forms(sync)) assert.throws(() => ask(...given), usage('ARGUMENT_INVALID'), name)
  }
  for (const value of [revoked({}), revoked([])]) {
    assert.throws(() => sync.verifyReceipt(value), usage('ARGUMENT_INVALID'))
    assert.throws(() => sync.verifyEvidence(text('bundle.json'), value, { now }), usage('POLICY_INVALID'))
    assert.throws(() => sync.verifyEvidence(text('bundle.json'), { ...policyObject(), measurements: value }, { now }), usage('POLICY_INVALID'))
    assert.throws(() => sync.hashTypedData(value), usage('ARGUMENT_INVALID'))
    assert.throws(() => sync.verifyMptProof({ anchor: {}, proof: { a: value } }), usage('ARGUMENT_INVALID'))
    assert.throws(() => sync.verifyEcdsaBatch(value), usage('ARGUMENT_INVALID'))
  }
  assert.throws(() => sync.verifyEvidence(text('bundle.json'), text('policy.json'), { nwo: now }), { path: 'options.nwo' })
  assert.equal(sync.verifyEvidence(text('bundle.json'), text('policy.json'), Object.assign(Object.create(null), { now })).ok, true)
  assert.equal(sync.verifyEvidence(text('bundle.json'), { ...policyObject(), now }, undefined).ok, true)
  assert.equal(sync.verifyEvidence(text('bundle.json'), { ...policyObject(), now }, {}).ok, true)
})

test('demands on an attestation need measurements, also in a bundle without one', () => {
  const { attestation, ...bare } = JSON.parse(text('bundle.json'))
  const keyed = { signingKey: { spki: new Uint8Array(Buffer.from(attestation.key, 'base64')), profile: 'gw-stripped' }, now, accept: ['unproven'] }
  for (const more of [{ nonce: '00' }, { maxAgeS: 300 }, { reportData: '00' }, { measurements: [] }])
    assert.throws(() => sync.verifyEvidence(JSON.stringify(bare), { ...keyed, ...more }), usage('POLICY_INVALID'), JSON.stringify(more))
  const verdict = sync.verifyEvidence(JSON.stringify(bare), { ...keyed, measurements: policyObject().measurements, nonce: '00' })
  assert.equal(verdict.trust, 'unproven')
  assert.deepEqual(verdict.checks.filter(({ name }) => name === 'attestation').map(({ status, detail }) => [status, detail]),
    [['not-covered', 'none; not applied: measurements nonce']])
})

test('a policy that answers twice is asked once', () => {
  let asked = 0
  const policy = { ...policyObject(), now }
  const [measurement] = policy.measurements
  const lying = { get pcrs() { return (asked += 1) === 1 ? measurement.pcrs : {} } }
  assert.ok(sync.verifyEvidence(text('bundle.json'), { ...policy, measurements: [lying] }).ok)
  assert.equal(asked, 1)
})

test('bytes changed after the call do not change the verdict', async () => {
  const bundle = bytes('bundle.cbor')
  const answer = verify.verifyEvidence(bundle, text('policy.json'), { now })
  bundle.fill(0)
  assert.ok((await answer).ok)
})
