// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Evidence bundles: the samples, what a forger may try with one, links, and the JSON Schema against the reader. That each
// part gives the codes of its own family is shown by `run.mjs --bundles`. ASSAY_TARGET and ASSAY_ENGINE as in
// evidence.test.mjs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { openNative } from './engines/native.mjs'
import { openWasm } from './engines/wasm.mjs'
import { toCbor, toJson } from './engines/bundled.mjs'
import { batchSettlement, individualSettlement } from './generate/lib/events.mjs'
import { leafHash, tree } from './generate/lib/merkle.mjs'
import { canonical, chatReply, receiptMembers, Token } from './generate/lib/receipt.mjs'
import { rsaKey } from './generate/lib/rsa.mjs'

const SAMPLES = new URL('../../demo/samples/evidence/', import.meta.url)
const EMPTY = new Uint8Array(0)
const read = (name) => new Uint8Array(readFileSync(new URL(name, SAMPLES)))
const readJson = (name) => JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8'))
const bytes = (value) => (typeof value === 'string' ? new TextEncoder().encode(value) : value instanceof Uint8Array ? value : toJson(value))
const code = (verdict) => (verdict.ok ? 'OK' : verdict.code)

let engine
before(async () => {
  engine = await (process.env.ASSAY_TARGET === 'wasm' ? openWasm : openNative)({ engine: process.env.ASSAY_ENGINE })
})
after(() => engine?.close())

const { samples } = readJson('bundles.json')
const NOW = samples[0].now
const POLICY = readJson('policy.json')
const SETTLED = readJson('policy_settled.json')
const honest = () => readJson('bundle.json')
const settled = () => readJson('bundle_settled.json')

/** The form of a proof, under a key that nobody has. */
const PROOF = { system: 'groth16', proof: {}, publicSignals: [], keyDigest: `0x${'00'.repeat(32)}` }

const verify = (bundle, policy = POLICY, now = NOW, proof = EMPTY) =>
  engine.call('verify_evidence', [bytes(bundle), bytes({ now, policy }), EMPTY, bytes(proof)])
const codeOf = async (...given) => code(await verify(...given))
const check = (verdict, name, checks = verdict.checks) => {
  for (const row of checks) {
    if (row.name === name) return row.status
    const inside = row.children && check(verdict, name, row.children)
    if (inside) return inside
  }
  return undefined
}

for (const { id, bundle, policy, now, expect } of samples)
  test(`bundle ${id}: ${expect.ok ? 'verified' : expect.code}`, async () => {
    const verdict = await verify(read(bundle), readJson(policy), now)
    assert.equal(code(verdict), expect.ok ? 'OK' : expect.code)
    if (verdict.ok) assert.equal(verdict.trust, 'attested')
  })

test('JSON and CBOR give the same verdict', async () => {
  assert.deepEqual(await verify(read('bundle.cbor')), await verify(read('bundle.json')))
  assert.deepEqual(await verify(read('bundle_settled.cbor'), SETTLED), await verify(read('bundle_settled.json'), SETTLED))
})

test('the value is that of each part alone', async () => {
  const { value, checks } = await verify(settled(), SETTLED)
  assert.equal(value.attestation.kind, 'nitro')
  assert.equal(value.receipt.kind, 'text')
  assert.equal(value.settlement.kind, 'batch')
  assert.ok(value.settlement.signaturesChecked)
  assert.equal(value.settlement.leaves[0].teeId, value.receipt.teeId)
  for (const link of ['key', 'settlement', 'root', 'times']) assert.equal(check({ checks }, link), 'passed', link)
})

for (const name of ['bundle.json', 'bundle.cbor'])
  test(`every proper prefix of ${name} is refused`, async () => {
    const whole = read(name)
    const end = whole.at(-1) === 0x0a ? whole.length - 1 : whole.length
    for (let length = 0; length < end; length += 1)
      assert.equal(await codeOf(whole.slice(0, length)), 'EVIDENCE_MALFORMED', `${length} bytes`)
    assert.equal(await codeOf(new Uint8Array([...whole, 0x31])), 'EVIDENCE_MALFORMED')
  })

test('flipped bits are refused, or leave what is bound as it was', async () => {
  const bound = ({ value }) => JSON.stringify([value.attestation.measurementHash, value.receipt.output, value.receipt.teeId, value.receipt.requestHash])
  const first = bound(await verify(read('bundle.cbor')))
  const whole = read('bundle.cbor')
  let kept = 0
  for (let at = 0; at < whole.length; at += 3) {
    const copy = whole.slice()
    copy[at] ^= 1 << (at % 8)
    const verdict = await verify(copy)
    if (!verdict.ok) continue
    kept += 1
    assert.equal(bound(verdict), first, `byte ${at}`)
  }
  assert.ok(kept > 0, 'unsigned members of the reply may change')
})

test('an oversized bundle is refused before it is read', async () => {
  assert.equal(await codeOf(new Uint8Array((48 << 20) + 1).fill(0x20)), 'INPUT_LIMIT')
  const long = { ...honest(), response: { text: ' '.repeat((16 << 20) + 1) } }
  assert.equal(await codeOf(long), 'INPUT_LIMIT')
})

test('a bundle cannot bring its own policy, clock, profile or root', async () => {
  for (const member of ['policy', 'now', 'profile', 'profiles', 'measurements', 'request_is', 'accept', 'links', '__proto__', ''])
    assert.equal(await codeOf(`{"${member}":{},${JSON.stringify(honest()).slice(1)}`), 'EVIDENCE_MALFORMED', member)
  for (const member of ['root', 'policy', 'measurements', 'ark_sha256', 'now'])
    for (const part of ['attestation', 'request', 'response', 'settlement'])
      assert.equal(await codeOf({ ...settled(), [part]: { ...settled()[part], [member]: 'AAAA' } }, SETTLED),
        part === 'settlement' && member === 'root' ? 'ABI_INVALID' : 'EVIDENCE_MALFORMED', `${part}.${member}`)
})

test('a bundle with nothing to check is a usage error', async () => {
  assert.equal(await codeOf({ assay: 1 }), 'EVIDENCE_EMPTY')
  assert.equal(await codeOf({ assay: 1, request: honest().request }), 'EVIDENCE_EMPTY')
})

test('parts that this version cannot check are never skipped', async () => {
  for (const [part, value] of [['zk', PROOF], ['model', {}], ['claim', {}]]) {
    const verdict = await verify({ ...honest(), [part]: value })
    assert.equal(code(verdict), 'EVIDENCE_UNSUPPORTED')
    assert.equal(verdict.path, part)
  }
  assert.equal(await codeOf({ ...honest(), assay: 2 }), 'EVIDENCE_UNSUPPORTED')
  const forged = { ...readJson('bundle_reply_changed.json'), zk: PROOF }
  assert.equal(await codeOf(forged), 'RECEIPT_OUTPUT_HASH_MISMATCH')
})

test('a broken settlement has the codes of its family', async () => {
  const change = (more) => ({ ...settled(), settlement: { ...settled().settlement, ...more } })
  const { leaf, proof } = settled().settlement
  assert.equal(await codeOf(change({ proof: proof.slice(1) }), SETTLED), 'MERKLE_PROOF_INVALID')
  assert.equal(await codeOf(change({ proof: ['0x00'] }), SETTLED), 'ABI_INVALID')
  assert.equal(await codeOf(change({ leaf: { ...leaf, timestamp: '1' } }), SETTLED), 'MERKLE_PROOF_INVALID')
  assert.equal(await codeOf(change({ kind: 'individual' }), SETTLED), 'ABI_INVALID')
  // The leaf of an enclave that the key is not of: its tree may well be settled.
  const stranger = { ...settled(), attestation: { ...honest().attestation, key: readJson('bundle_other_key.json').attestation.key } }
  delete stranger.request
  delete stranger.response
  assert.equal(await codeOf(stranger, SETTLED), 'RECEIPT_TEE_ID_MISMATCH')
})

test('a settled root is the policy\'s, or unproven', async () => {
  const other = { ...SETTLED, settlement: { roots: [`0x${'11'.repeat(32)}`] } }
  assert.equal(await codeOf(settled(), other), 'EVIDENCE_LINK_MISMATCH')
  assert.equal(await codeOf(settled(), { ...other, accept: ['unproven'], links: ['key', 'times'] }), 'EVIDENCE_LINK_MISMATCH')
  assert.equal(await codeOf(settled()), 'TRUST_INSUFFICIENT')
  const verdict = await verify(settled(), { ...POLICY, accept: ['unproven'] })
  assert.equal(code(verdict), 'OK')
  assert.equal(verdict.trust, 'unproven')
  assert.equal(check(verdict, 'root'), 'assumed')
})

const EMITTER = `0x${'e1'.repeat(20)}`
const PAYER = `0x${'a2'.repeat(20)}`
const GATEWAY = rsaKey('demo gateway')
const WITH_EMITTER = { ...POLICY, settlement: { emitter: EMITTER }, accept: ['unproven'] }
/** The sample with an event of the settlement contract. */
const withEvent = (event, more = {}) => ({ ...honest(), settlement: { event, ...more } })

test('an individual settlement is linked with the receipt by its event', async () => {
  const { leaf } = settled().settlement
  const event = individualSettlement(EMITTER, PAYER, leaf)
  const verdict = await verify(withEvent(event), WITH_EMITTER)
  assert.equal(code(verdict), 'OK')
  assert.equal(verdict.trust, 'unproven')
  assert.equal(check(verdict, 'settlement event'), 'assumed')
  assert.equal(check(verdict, 'root'), 'assumed', 'nobody has proven the event')
  assert.equal(await codeOf(withEvent(event), { ...WITH_EMITTER, accept: POLICY.accept }), 'TRUST_INSUFFICIENT')
  assert.equal(await codeOf(withEvent(event), { ...WITH_EMITTER, settlement: { emitter: PAYER } }), 'EMITTER_MISMATCH')
  assert.equal(await codeOf(withEvent(event, { leaf }), WITH_EMITTER), 'ABI_INVALID')
  assert.equal(await codeOf(withEvent({ ...event, data: `${event.data}00` }), WITH_EMITTER), 'ABI_INVALID')
  assert.equal(await codeOf(withEvent({ ...event, topics: event.topics.slice(0, 2) }), WITH_EMITTER), 'ABI_INVALID')
})

test('an event of another receipt is a link that does not hold', async () => {
  const leafOf = (members) => ({
    teeId: members.tee_id, inputHash: `0x${members.tee_request_hash}`, outputHash: `0x${members.tee_output_hash}`,
    signature: `0x${Buffer.from(members.tee_signature, 'base64').toString('hex')}`, timestamp: String(members.tee_timestamp),
  })
  const { leaf } = settled().settlement
  // Rightly signed by the same enclave in the same second, for another conversation.
  const stranger = leafOf(receiptMembers({ key: GATEWAY, committed: '{"n": 1}', output: '1', timestamp: NOW - 12 }))
  const verdict = await verify(withEvent(individualSettlement(EMITTER, PAYER, stranger)), WITH_EMITTER)
  assert.equal(code(verdict), 'EVIDENCE_LINK_MISMATCH')
  assert.equal(verdict.path, 'links.settlement')
  assert.equal(check(verdict, 'settlement', verdict.checks.find(({ name }) => name === 'links').children), 'failed')
  for (const [member, expected] of [['inputHash', 'RECEIPT_SIGNATURE_INVALID'], ['outputHash', 'RECEIPT_SIGNATURE_INVALID'], ['teeId', 'RECEIPT_TEE_ID_MISMATCH']])
    assert.equal(await codeOf(withEvent(individualSettlement(EMITTER, PAYER, { ...leaf, [member]: `0x${'11'.repeat(32)}` })), WITH_EMITTER), expected, member)
  assert.equal(await codeOf(withEvent(individualSettlement(EMITTER, PAYER, { ...leaf, timestamp: '1' })), WITH_EMITTER), 'RECEIPT_SIGNATURE_INVALID')
})

test('an emitter of the policy is not got past by leaving the event out', async () => {
  const rules = (settlement) => ({ ...SETTLED, settlement, accept: ['unproven', 'attested'] })
  const { root } = settled().settlement
  const bare = await verify(settled(), rules({ emitter: EMITTER }))
  assert.equal(code(bare), 'EMITTER_MISMATCH')
  assert.equal(check(bare, 'emitter'), 'failed')
  assert.equal(await codeOf(settled(), rules({ emitter: EMITTER, roots: [] })), 'EMITTER_MISMATCH')
  assert.equal(await codeOf(settled(), rules({ emitter: EMITTER, roots: [`0x${'11'.repeat(32)}`] })), 'EMITTER_MISMATCH')
  // The root that the policy names needs no event.
  const pinned = await verify(settled(), rules({ emitter: EMITTER, roots: [root] }))
  assert.deepEqual([code(pinned), pinned.trust, check(pinned, 'emitter'), check(pinned, 'root')], ['OK', 'attested', 'not-covered', 'passed'])
  for (const settlement of [{ emitter: EMITTER }, { roots: [root] }]) {
    const none = await verify(honest(), { ...POLICY, settlement })
    assert.deepEqual([code(none), check(none, 'settlement')], ['OK', 'not-covered'])
  }
  assert.equal(check(await verify(honest()), 'settlement'), undefined)
})

test('an event is a log of a node, and one that it did not take back', async () => {
  const event = individualSettlement(EMITTER, PAYER, settled().settlement.leaf)
  const asGiven = { ...event, blockNumber: '0x1', blockHash: '0x', blockTimestamp: '0x1', transactionHash: '0x', transactionIndex: '0x0', logIndex: '0x0', removed: false }
  assert.equal(await codeOf(withEvent(asGiven), WITH_EMITTER), 'OK')
  const { kind, ...parts } = honest().attestation
  const attestation = { kind, ...Object.fromEntries(Object.entries(parts).map(([name, base64]) => [name, new Uint8Array(Buffer.from(base64, 'base64'))])) }
  const inCbor = (log) => toCbor({ ...withEvent(log), attestation })
  assert.equal(await codeOf(inCbor(asGiven), WITH_EMITTER), 'OK')
  for (const removed of [true, null, 0, 'false', {}]) assert.equal(await codeOf(withEvent({ ...event, removed }), WITH_EMITTER), 'ABI_INVALID', JSON.stringify(removed))
  for (const name of ['policy', 'emitter', 'Removed', '']) assert.equal(await codeOf(withEvent({ ...event, [name]: false }), WITH_EMITTER), 'EVIDENCE_MALFORMED', name)
  assert.equal(await codeOf(inCbor({ ...event, removed: true }), WITH_EMITTER), 'ABI_INVALID')
  assert.equal(await codeOf(inCbor({ ...event, emitter: EMITTER }), WITH_EMITTER), 'EVIDENCE_MALFORMED')
})

test('a request without a reply is the leaf\'s, or refused', async () => {
  const { response: _, ...asked } = settled()
  const of = (request) => ({ ...asked, request: { text: JSON.stringify(request) } })
  const own = JSON.parse(asked.request.text)
  const verdict = await verify(asked, SETTLED)
  assert.deepEqual([code(verdict), verdict.trust], ['OK', 'attested'])
  assert.equal(check(verdict, 'request'), 'passed')
  assert.equal(check(verdict, 'settlement', verdict.checks.find(({ name }) => name === 'links').children), 'passed')
  const other = await verify(of({ ...own, model: 'another' }), SETTLED)
  assert.deepEqual([code(other), other.path], ['EVIDENCE_LINK_MISMATCH', 'links.settlement'])
  assert.equal(await codeOf(of({ ...own, model: 'another' }), { ...SETTLED, links: ['key', 'times'] }), 'EVIDENCE_LINK_MISMATCH')
  // What the profile does not sign of the request is said.
  const more = await verify(of({ ...own, user: 'somebody' }), SETTLED)
  assert.deepEqual([code(more), check(more, 'user')], ['OK', 'not-covered'])
  // As beside a reply: no way round by a request that the table has no profile for, or that nobody can read.
  assert.equal(await codeOf(of({ model: 'x', prompt: 'y' }), SETTLED), 'RECEIPT_PROFILE_UNKNOWN')
  assert.equal(await codeOf({ ...asked, request: { text: '{' } }, SETTLED), 'RECEIPT_REQUEST_UNSUPPORTED')
  assert.equal(await codeOf(of({ messages: own.messages }), SETTLED), 'RECEIPT_REQUEST_UNSUPPORTED')
  // Without a table nobody knows what the enclave wrote.
  const { profiles, ...unknown } = SETTLED
  assert.ok(profiles)
  assert.equal(check(await verify(asked, unknown), 'request'), 'not-covered')
  // Under a key and a profile of the policy.
  const { attestation, ...bare } = asked
  const pinned = { signing_key: { spki: attestation.key, profile: 'gw-stripped' }, settlement: SETTLED.settlement, accept: ['unproven'] }
  assert.equal(check(await verify(bare, pinned), 'request'), 'passed')
  assert.equal(await codeOf({ ...bare, request: of({ ...own, model: 'another' }).request }, pinned), 'EVIDENCE_LINK_MISMATCH')
})

test('a settled leaf without its receipt is not older than the attestation, nor of the future', async () => {
  const { response, ...asked } = settled()
  const committed = canonical({ ...JSON.parse(asked.request.text), temperature: new Token('0.2') })
  const { content } = JSON.parse(response.text).choices[0].message
  const at = (timestamp) => {
    const signed = receiptMembers({ key: GATEWAY, committed, output: content, timestamp })
    const leaf = {
      teeId: signed.tee_id, inputHash: `0x${signed.tee_request_hash}`, outputHash: `0x${signed.tee_output_hash}`,
      signature: `0x${Buffer.from(signed.tee_signature, 'base64').toString('hex')}`, timestamp: String(timestamp),
    }
    const root = `0x${leafHash(leaf).toString('hex')}`
    return [{ ...asked, settlement: { root, leaf, proof: [] } }, { ...SETTLED, settlement: { roots: [root] } }]
  }
  const verdict = await verify(...at(NOW - 12))
  assert.deepEqual([code(verdict), verdict.trust, check(verdict, 'leaf age')], ['OK', 'attested', undefined])
  assert.equal(check(verdict, 'times', verdict.checks.find(({ name }) => name === 'links').children), 'passed')
  for (const time of [0, NOW - 100 * 86400]) {
    const [bundle, policy] = at(time)
    const { request, ...bare } = bundle
    assert.ok(request)
    for (const each of [bundle, bare]) {
      const early = await verify(each, policy)
      assert.deepEqual([code(early), early.path], ['EVIDENCE_LINK_MISMATCH', 'links.times'])
    }
    assert.equal(await codeOf(bundle, { ...policy, links: ['times'] }), 'OK')
  }
  const late = await verify(...at(NOW + 10 * 86400))
  assert.deepEqual([code(late), late.path], ['RECEIPT_FROM_FUTURE', 'settlement'])
  assert.equal(await codeOf(...at(NOW + 300)), 'OK')
  // Above the limit of age; who has none misses none.
  const [bundle, policy] = at(NOW - 12)
  for (const [max_age_s, row] of [[11, 'not-covered'], [12, undefined], [null, undefined]]) {
    assert.equal(check(await verify(bundle, { ...policy, receipt: { max_age_s } }), 'leaf age'), row)
  }
  // Leaves beside the reply's own are held to the same.
  const beside = (timestamp) => {
    const { leaf } = at(timestamp)[0].settlement
    const leaves = [settled().settlement.leaf, leaf]
    const root = `0x${tree(leaves.map(leafHash)).root.toString('hex')}`
    return [{ ...settled(), settlement: { root, leaves, proof: [], flags: [true] } }, { ...SETTLED, settlement: { roots: [root] } }]
  }
  const [pair, rules] = beside(NOW - 13)
  for (const [max_age_s, row] of [[12, 'not-covered'], [13, undefined]]) {
    const two = await verify(pair, { ...rules, receipt: { max_age_s } })
    assert.deepEqual([code(two), check(two, 'leaf age')], ['OK', row])
  }
  assert.equal(check(await verify(settled(), SETTLED), 'leaf age'), undefined)
  assert.equal(await codeOf(...beside(NOW + 10 * 86400)), 'RECEIPT_FROM_FUTURE')
  const before = await verify(...beside(NOW - 100 * 86400))
  assert.deepEqual([code(before), before.path], ['EVIDENCE_LINK_MISMATCH', 'links.times'])
})

test('a batch event of another root settles nothing', async () => {
  const { root, leaf, proof } = settled().settlement
  const rules = { ...WITH_EMITTER, settlement: { emitter: EMITTER, roots: [root] } }
  const event = withEvent(batchSettlement(EMITTER, root, 5), { leaf, proof })
  assert.equal(await codeOf(event, rules), 'OK')
  assert.equal(await codeOf(event, { ...rules, accept: POLICY.accept }), 'TRUST_INSUFFICIENT', 'the log is the bundle\'s word')
  const other = `0x${'22'.repeat(32)}`
  assert.equal(await codeOf(withEvent(batchSettlement(EMITTER, other, 5), { leaf, proof }), rules), 'MERKLE_PROOF_INVALID')
  // A root that the proof reaches, but the policy does not name.
  const pinned = { ...rules, settlement: { ...rules.settlement, roots: [other] } }
  const verdict = await verify(withEvent(batchSettlement(EMITTER, root, 5), { leaf, proof }), pinned)
  assert.equal(code(verdict), 'EVIDENCE_LINK_MISMATCH')
  assert.equal(verdict.path, 'links.root')
  for (const links of ['require', ['key', 'times']]) assert.equal(await codeOf(withEvent(batchSettlement(EMITTER, root, 5), { leaf, proof }), { ...pinned, links }), 'EVIDENCE_LINK_MISMATCH')
})

test('an answer from before the attestation is a link that only the policy may let pass', async () => {
  const request = { model: 'gpt-4.1', messages: [{ role: 'user', content: 'When?' }] }
  const committed = canonical({ ...request, temperature: new Token('0.0') })
  const answered = (timestamp) => ({
    ...honest(), request: { text: JSON.stringify(request) },
    response: { text: JSON.stringify(chatReply({ content: 'Then.' }, 'stop', receiptMembers({ key: GATEWAY, committed, output: 'Then.', timestamp }))) },
  })
  assert.equal(await codeOf(answered(NOW - 12)), 'OK')
  const early = await verify(answered(NOW - 3000))
  assert.equal(code(early), 'EVIDENCE_LINK_MISMATCH')
  assert.equal(early.path, 'links.times')
  assert.equal(check(early, 'times'), 'failed')
  assert.equal(await codeOf(answered(NOW - 3000), { ...POLICY, links: ['key'] }), 'EVIDENCE_LINK_MISMATCH')
  const allowed = await verify(answered(NOW - 3000), { ...POLICY, links: ['times'] })
  assert.equal(code(allowed), 'OK')
  assert.equal(check(allowed, 'times'), 'assumed')
})

test('a key that nothing binds is a missing link', async () => {
  const { attestation, ...bare } = honest()
  assert.equal(await codeOf(bare), 'EVIDENCE_LINK_MISMATCH')
  const keyless = { ...honest(), attestation: { kind: 'nitro', document: attestation.document } }
  assert.equal(await codeOf(keyless), 'EVIDENCE_LINK_MISMATCH')
  assert.equal(await codeOf({ assay: 1, attestation: keyless.attestation }), 'OK')
  assert.equal(await codeOf({ ...honest(), request: undefined }), 'EVIDENCE_LINK_MISMATCH')
  const onlyRequest = await verify({ ...honest(), response: undefined })
  assert.equal(code(onlyRequest), 'OK')
  assert.equal(check(onlyRequest, 'request'), 'not-covered')
})

test('a contradicted key cannot be assumed', async () => {
  const forged = read('bundle_other_key.json')
  assert.equal(await codeOf(forged, { ...POLICY, links: ['key', 'times'], accept: ['unproven', 'attested'] }), 'EVIDENCE_LINK_MISMATCH')
  const own = { ...POLICY, signing_key: { spki: rsaKey('another').spki.toString('base64') } }
  assert.equal(await codeOf(honest(), own), 'EVIDENCE_LINK_MISMATCH')
})

test('a key of the policy is unproven', async () => {
  const { attestation, ...bare } = honest()
  const policy = { signing_key: { spki: attestation.key, profile: 'gw-stripped' } }
  assert.equal(await codeOf(bare, policy), 'TRUST_INSUFFICIENT')
  const verdict = await verify(bare, { ...policy, accept: ['unproven'] })
  assert.equal(code(verdict), 'OK')
  assert.equal(verdict.trust, 'unproven')
  assert.equal(await codeOf(bare, { signing_key: { spki: attestation.key } }), 'RECEIPT_PROFILE_UNKNOWN')
  // An attested key with the policy's key beside it stays attested.
  assert.equal((await verify(honest(), { ...POLICY, signing_key: policy.signing_key })).trust, 'attested')
})

test('what a policy does not name is refused', async () => {
  assert.equal(await codeOf(honest(), { ...POLICY, measurements: [] }), 'NITRO_PCR_POLICY_EMPTY')
  assert.equal(await codeOf(honest(), { ...POLICY, measurements: [{}] }), 'NITRO_PCR_POLICY_EMPTY')
  const others = { ...POLICY, measurements: ['00'.repeat(48), Object.fromEntries(['mrtd', 'rtmr0', 'rtmr1', 'rtmr2'].map((pin) => [pin, '00'.repeat(48)]))] }
  delete others.max_age_s
  delete others.max_skew_s
  assert.equal(await codeOf(honest(), others), 'NITRO_PCR_MISMATCH')
  assert.equal(await codeOf(honest(), { ...others, measurements: [...others.measurements, ...POLICY.measurements] }), 'OK')
  assert.equal(await codeOf(honest(), { ...POLICY, profiles: {} }), 'RECEIPT_PROFILE_UNKNOWN')
  for (const more of [{ request_is: 'read' }, { links: ['all'] }, { links: 'none' }, { settlement: { roots: ['0x00'] } }, { settlement: { rots: [] } },
    { settlement: { emitter: '0x00' } }, { signing_key: {} }, { signing_key: { spki: 'AA==', profile: 'new' } }, { report_data: '00' }, { extra: 1 },
    { measurements: undefined, root: { name: 'x' } }, { ark_sha256: {} }])
    assert.equal(await codeOf(honest(), { ...POLICY, ...more }), 'POLICY_INVALID', JSON.stringify(more))
  for (const policy of [null, [], 'text']) assert.equal(await codeOf(honest(), policy), 'POLICY_INVALID')
  assert.equal(await codeOf(honest(), { ...POLICY, request_is: 'sdk-input' }), 'OK')
})

/** As much of JSON Schema as evidence.schema.json uses; another keyword is an error. */
function valid(schema, value, root = schema) {
  if (schema === true) return true
  return Object.entries(schema).every(([keyword, rule]) => {
    const object = typeof value === 'object' && value !== null && !Array.isArray(value)
    switch (keyword) {
      case '$schema': case '$id': case '$defs': case 'title': case 'description': return true
      case '$ref': return valid(root.$defs[rule.replace('#/$defs/', '')], value, root)
      case 'type': return rule === 'object' ? object : rule === 'array' ? Array.isArray(value) : typeof value === rule
      case 'const': return value === rule
      case 'enum': return rule.includes(value)
      case 'minLength': return typeof value !== 'string' || value.length >= rule
      case 'pattern': return typeof value !== 'string' || new RegExp(rule, 'u').test(value)
      case 'required': return !object || rule.every((name) => Object.hasOwn(value, name))
      case 'properties': return !object || Object.entries(rule).every(([name, inner]) => !Object.hasOwn(value, name) || valid(inner, value[name], root))
      case 'additionalProperties': return rule === true || !object || Object.keys(value).every((name) => Object.hasOwn(schema.properties, name))
      case 'anyOf': return rule.some((each) => valid(each, value, root))
      case 'oneOf': return rule.filter((each) => valid(each, value, root)).length === 1
      default: throw new Error(`no rule for ${keyword}`)
    }
  })
}

/** Every bundle that is one step from a good one: a member dropped, renamed, doubled in, or of another type. */
function* neighbours(value) {
  for (const [name, item] of Object.entries(value)) {
    const { [name]: _, ...rest } = value
    yield rest
    yield { ...rest, [`${name}_`]: item }
    for (const other of [null, true, 1, 'x', '', 'AAAA', 'AB==', 'AAA', [], {}, { text: 'x' }, { kind: 'nitro' }]) yield { ...value, [name]: other }
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) for (const inner of neighbours(item)) yield { ...value, [name]: inner }
  }
  yield { ...value, policy: {} }
}

test('the schema takes exactly the bundles that the reader takes', async () => {
  const schema = JSON.parse(readFileSync(new URL('../../js-bindings/docs/evidence.schema.json', import.meta.url), 'utf8'))
  const base = { assay: 1, request: { text: '{}' }, response: { text: '{}' } }
  const good = [
    { ...base, attestation: { kind: 'nitro', document: 'AAAA', key: 'AAAA' }, registry: { query: {}, evidence: {} }, model: { digest: '', cid: '' } },
    { ...base, attestation: { kind: 'tdx', quote: 'AAAA', collateral: { tcb_info: '', pck_crl: '' } }, zk: { system: 'ezkl', proof: {}, keyDigest: PROOF.keyDigest, key: 'AAAA' } },
    { assay: 1, zk: { ...PROOF, proof: '{}', publicSignals: '[]' } },
    { assay: 1, zk: PROOF },
    { ...base, attestation: { kind: 'snp', report: 'AAAA', certificates: { vek: 'AA==', chain: '', crls: 'AAA=' } }, claim: { outputs: {} } },
    { assay: 1, settlement: { kind: 'batch', root: '0x', leaf: {}, proof: [], event: {}, leaves: [], flags: [] } },
    { assay: 1, settlement: { event: { address: '', topics: [], data: '', blockNumber: '', blockHash: '', blockTimestamp: '', transactionHash: '', transactionIndex: '', logIndex: '', removed: false } } },
    { assay: 1, attestation: { kind: 'nitro', document: '' } },
    base,
  ]
  const seen = { true: 0, false: 0 }
  for (const bundle of [...good, ...good.flatMap((each) => [...neighbours(each)])]) {
    const answer = await codeOf(bundle)
    const taken = !['EVIDENCE_MALFORMED', 'EVIDENCE_EMPTY'].includes(answer) && !(answer === 'EVIDENCE_UNSUPPORTED' && bundle.assay !== 1)
    assert.equal(valid(schema, bundle), taken, `${JSON.stringify(bundle)}: ${answer}`)
    seen[taken] += 1
  }
  for (const each of good) assert.ok(valid(schema, each))
  assert.ok(seen.true > 100 && seen.false > 100, JSON.stringify(seen))
})

test('CBOR takes bytes where JSON takes base64, and nowhere else', async () => {
  const { attestation } = honest()
  const document = new Uint8Array(Buffer.from(attestation.document, 'base64'))
  assert.equal(await codeOf(toCbor({ assay: 1, attestation: { kind: 'nitro', document } })), 'OK')
  assert.equal(await codeOf(toCbor({ assay: 1, attestation: { kind: 'nitro', document: attestation.document } })), 'EVIDENCE_MALFORMED')
  const { settlement } = settled()
  const root = new Uint8Array(Buffer.from(settlement.root.slice(2), 'hex'))
  assert.equal(await codeOf(toCbor({ assay: 1, settlement: { ...settlement, root } })), 'EVIDENCE_MALFORMED')
})
