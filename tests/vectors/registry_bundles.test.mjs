// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Evidence bundles that carry a registry proof, over the synthetic chain of chain.test.mjs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { ATTESTED, REGISTERED_AT, openChain } from './chain_world.mjs'
import { keccak, plus, sha256, word } from './generate/lib/chain.mjs'
import { leafHash } from './generate/lib/merkle.mjs'
import { Token, canonical, chatReply, receiptMembers } from './generate/lib/receipt.mjs'
import { rsaKey } from './generate/lib/rsa.mjs'
import { PCR, SPKI, T, TEE, hex, json, light, makeWorld } from './generate/lib/synthetic.mjs'

let engine
let slots
let flow
before(async () => {
  ({ engine, slots, flow } = await openChain())
})
after(() => engine?.close())

test('a bundle whose registry part is proven needs no attestation', async () => {
  const given = flow(makeWorld())
  const { now, ...chain } = given.config
  const bundle = (query = {}) => ({ assay: 1, registry: { query: { ...given.query, ...query }, evidence: given.evidence } })
  const judge = (value, policy) => engine.call('verify_evidence', [json(value), json({ now, policy }), new Uint8Array(0), new Uint8Array(0)])
  const good = await judge(bundle({ spki_der: hex(SPKI) }), { chain })
  assert.equal(good.ok, true, JSON.stringify(good))
  assert.equal(good.trust, 'proven')
  assert.equal(good.value.registry.teeId, hex(TEE))
  const unjudged = await judge(bundle(), {})
  assert.equal(unjudged.code, 'EVIDENCE_UNSUPPORTED')
  assert.equal(unjudged.checks.find(({ name }) => name === 'registry').status, 'failed')
  assert.equal((await judge(bundle({ spki_der: '0x00' }), { chain })).code, 'REGISTRY_KEY_MISMATCH')
  const other = Buffer.from('the key of somebody else').toString('base64')
  assert.equal((await judge(bundle(), { chain, signing_key: { spki: other } })).code, 'EVIDENCE_LINK_MISMATCH')
})

test('what a bundle may not say of a registry', async () => {
  const given = flow(makeWorld())
  const { now, ...chain } = given.config
  const judge = (registry, policy, more = {}, at = now) => engine.call('verify_evidence', [json({ assay: 1, ...more, registry }), json({ now: at, policy }), new Uint8Array(0), new Uint8Array(0)])
  const { query, evidence } = given
  const pin = (hash) => [{ og_pcr_hash: hash }]
  // Which measurements pass.
  assert.equal((await judge({ query: { ...query, allowed_pcr_hashes: [hex(PCR)] }, evidence }, { chain })).code, 'EVIDENCE_MALFORMED')
  const { height, ...anywhere } = query
  assert.ok(height)
  for (const unknown of [anywhere, { ...query, height: '0' }]) {
    const verdict = await judge({ query: unknown, evidence }, { chain })
    assert.deepEqual([verdict.code, verdict.path], ['EVIDENCE_MALFORMED', 'registry.query'])
  }
  assert.equal((await judge({ query, evidence }, { chain, measurements: pin(`0x${'77'.repeat(32)}`) })).code, 'REGISTRY_PCR_NOT_ALLOWED')
  assert.equal((await judge({ query, evidence }, { chain, measurements: pin(hex(PCR)) })).trust, 'proven')
  // What operators answered, or that a registration was executed.
  const quorum = { ...chain, quorum: { needed: 2, of: 2 }, accept: ['quorum', 'calldata'] }
  for (const word of [{ answers: [], state_time_s: 1 }, { calldata: '0x' }])
    assert.equal((await judge({ query, evidence: word }, { chain: quorum, accept: ['quorum', 'calldata'] })).code, 'EVIDENCE_UNSUPPORTED')
  // That an attestation without a key is of the same TEE.
  const samples = new URL('../../demo/samples/evidence/', import.meta.url)
  const { root, measurements } = JSON.parse(readFileSync(new URL('policy.json', samples), 'utf8'))
  const attestation = { kind: 'nitro', document: readFileSync(new URL('attestation.cose', samples)).toString('base64') }
  // At the sample's time, which is months after the chain's.
  const patient = { ...chain, trusting_period_s: 1e9, max_state_age_s: 1e9 }
  const verdict = await judge({ query, evidence }, { chain: patient, root, measurements: [...measurements, ...pin(hex(PCR))] }, { attestation }, 1_795_176_000)
  assert.equal(verdict.code, 'EVIDENCE_LINK_MISMATCH', JSON.stringify(verdict))
  assert.match(JSON.stringify(verdict.checks), /no key joins/)
  // Nor whether the call is at fault: a policy of the chain alone names no enclave of an attestation.
  const beside = { attestation }
  assert.equal((await judge({ query, evidence }, { chain: patient, root }, beside, 1_795_176_000)).code, 'NITRO_PCR_MISMATCH')
  assert.equal((await judge({ query, evidence }, { chain: patient, root, measurements: [] }, beside, 1_795_176_000)).code, 'NITRO_PCR_POLICY_EMPTY')
})

test('demands on an attestation are not got past by leaving it out', async () => {
  const given = flow(makeWorld())
  const { now, ...chain } = given.config
  const bundle = { assay: 1, registry: { query: given.query, evidence: given.evidence } }
  const judge = (policy) => engine.call('verify_evidence', [json(bundle), json({ now, policy: { chain, ...policy } }), new Uint8Array(0), new Uint8Array(0)])
  const row = ({ checks }) => checks.find(({ name }) => name === 'attestation')
  const measurements = [{ og_pcr_hash: hex(PCR) }]
  assert.equal(row(await judge({ measurements })), undefined)
  // Limits of a document: the registry's facts have their own.
  const limited = await judge({ measurements, max_age_s: 300, allow_debug: true })
  assert.equal(limited.trust, 'proven', JSON.stringify(limited))
  assert.deepEqual([row(limited).status, row(limited).detail], ['not-covered', 'none; not applied: max_age_s allow_debug'])
  // What only a document can show.
  for (const demand of [{ nonce: '6e' }, { public_key: '6b' }, { user_data: { exact: '75' } }]) {
    assert.equal((await judge({ measurements, ...demand })).code, 'TRUST_INSUFFICIENT', JSON.stringify(demand))
    const verdict = await judge({ measurements, ...demand, accept: ['unproven'] })
    assert.equal(verdict.trust, 'unproven')
    assert.match(row(verdict).detail, new RegExp(`: ${Object.keys(demand)[0]}$`))
  }
  // A list of other kinds does not name the registry's enclave, an empty one names nobody.
  const zeros = '00'.repeat(48)
  assert.equal((await judge({ measurements: [zeros] })).code, 'REGISTRY_PCR_NOT_ALLOWED')
  for (const unusable of [{ measurements: [] }, { measurements: [{}] }, { nonce: '6e' }])
    assert.equal((await judge(unusable)).code, 'POLICY_INVALID', JSON.stringify(unusable))
})

test('a receipt from before the registration is a link that only the policy may let pass', async () => {
  const key = rsaKey('demo gateway')
  const tee = keccak(key.spki)
  const base = keccak(tee, word(7))
  const request = { messages: [{ content: 'hi', role: 'user' }], model: 'm' }
  const committed = canonical({ ...request, temperature: new Token('0.0') })
  const judge = async ({ answered, ask: registeredAt = true, attested, policy = {} }) => {
    const pcrHash = attested?.pcrHash ?? PCR
    const world = makeWorld({ registry: { teeId: tee, pcrHash, registeredAt: REGISTERED_AT } })
    const { now, ...chain } = world.config
    const record = keccak(pcrHash, keccak(word(0), word(5)))
    const proof = world.state.getProof([word(2), plus(base, 5), plus(base, 6), plus(base, 7), plus(base, 8), record].map(hex))
    const receipt = receiptMembers({ key, committed, output: 'yes', timestamp: answered })
    const bundle = {
      assay: 1, request: { text: JSON.stringify(request) }, response: { text: JSON.stringify(chatReply({ content: 'yes' }, 'stop', receipt)) },
      ...(attested ? { attestation: { kind: 'nitro', document: attested.document(key.spki).toString('base64'), key: key.spki.toString('base64') } } : {}),
      registry: { query: { height: '199', tee_id: hex(tee), spki_der: hex(key.spki), ...(registeredAt ? { registered_at: true } : {}) }, evidence: { trusted: light(world.anchor), path: [light(world.tip)], proof } },
    }
    const rules = { chain, profiles: { [hex(pcrHash)]: { chat: 'gw-verbatim' } }, receipt: { max_age_s: null }, ...policy }
    const verdict = await engine.call('verify_evidence', [json(bundle), json({ now, policy: rules }), new Uint8Array(0), new Uint8Array(0)])
    const times = verdict.checks.find(({ name }) => name === 'links')?.children.find(({ name }) => name === 'times')
    return [verdict.ok ? verdict.trust : `${verdict.code} ${verdict.path}`, times?.status]
  }
  assert.deepEqual(await judge({ answered: REGISTERED_AT + 1 }), ['proven', 'passed'])
  assert.deepEqual(await judge({ answered: REGISTERED_AT - 60 }), ['proven', 'passed'])
  assert.deepEqual(await judge({ answered: REGISTERED_AT - 61 }), ['EVIDENCE_LINK_MISMATCH links.times', 'failed'])
  assert.deepEqual(await judge({ answered: REGISTERED_AT - 61, policy: { links: ['times'] } }), ['proven', 'assumed'])
  assert.deepEqual(await judge({ answered: REGISTERED_AT - 61, ask: false }), ['EVIDENCE_LINK_MISMATCH links.times', 'failed'])
  assert.deepEqual(await judge({ answered: REGISTERED_AT - 61, ask: false, policy: { links: ['times'] } }), ['proven', 'assumed'])
  // Beside an attestation that is older than the answer: the later of the two counts.
  const pinned = [Object.fromEntries([0, 1, 2].map((i) => [i, ATTESTED.pcrs.get(i).toString('hex')]))]
  const attested = { attested: ATTESTED, policy: { root: ATTESTED.root, measurements: pinned } }
  assert.deepEqual(await judge({ answered: REGISTERED_AT + 1, ...attested }), ['attested', 'passed'])
  assert.deepEqual(await judge({ answered: REGISTERED_AT - 61, ...attested }), ['EVIDENCE_LINK_MISMATCH links.times', 'failed'])
})

test('a settled leaf beside a registry is of its TEE', async () => {
  const world = makeWorld({ registry: { pcrHash: ATTESTED.pcrHash, registeredAt: REGISTERED_AT } })
  const { now, ...chain } = world.config
  const record = keccak(ATTESTED.pcrHash, keccak(word(0), word(5)))
  const proof = world.state.getProof([slots.heartbeatMaxAge, slots.pcrHash, slots.flags, slots.lastHeartbeatAt, hex(record), slots.registeredAt])
  const judge = async (teeId, links) => {
    const leaf = { teeId, inputHash: `0x${'01'.repeat(32)}`, outputHash: `0x${'02'.repeat(32)}`, signature: '0x', timestamp: String(now) }
    const root = `0x${leafHash(leaf).toString('hex')}`
    const bundle = {
      assay: 1, settlement: { root, leaf, proof: [] },
      registry: { query: { height: '199', tee_id: hex(TEE), registered_at: true }, evidence: { trusted: light(world.anchor), path: [light(world.tip)], proof } },
    }
    const policy = { chain, settlement: { roots: [root] }, accept: ['unproven', 'attested', 'proven'], links }
    const verdict = await engine.call('verify_evidence', [json(bundle), json({ now, policy }), new Uint8Array(0), new Uint8Array(0)])
    return verdict.ok ? 'OK' : `${verdict.code} ${verdict.path}`
  }
  assert.equal(await judge(hex(TEE), ['key']), 'OK')
  assert.equal(await judge(`0x${'77'.repeat(32)}`, ['key']), 'EVIDENCE_LINK_MISMATCH links.settlement')
  assert.equal(await judge(hex(TEE), ['times']), 'EVIDENCE_LINK_MISMATCH links.key')
})

test('a stored document is judged at the time of the registration, where that is proven', async () => {
  const pinned = [Object.fromEntries([0, 1, 2].map((i) => [i, ATTESTED.pcrs.get(i).toString('hex')]))]
  const judge = ({ key = SPKI, document = ATTESTED.document(SPKI), ask: registeredAt = true, registry = {}, policy = {}, trusted = true } = {}) => {
    const world = makeWorld({ registry: { pcrHash: ATTESTED.pcrHash, registeredAt: REGISTERED_AT, ...registry } })
    const { now, ...chainConfig } = world.config
    const record = keccak(ATTESTED.pcrHash, keccak(word(0), word(5)))
    const proof = world.state.getProof([slots.heartbeatMaxAge, slots.pcrHash, slots.flags, slots.lastHeartbeatAt, hex(record), slots.registeredAt])
    const bundle = {
      assay: 1, attestation: { kind: 'nitro', document: document.toString('base64'), ...(key ? { key: key.toString('base64') } : {}) },
      ...(trusted ? { registry: { query: { height: '199', tee_id: hex(TEE), ...(registeredAt ? { registered_at: true } : {}) }, evidence: { trusted: light(world.anchor), path: [light(world.tip)], proof } } } : {}),
    }
    return engine.call('verify_evidence', [json(bundle), json({ now, policy: { root: ATTESTED.root, measurements: pinned, chain: chainConfig, ...policy } }), new Uint8Array(0), new Uint8Array(0)])
  }
  const codeOf = async (given) => {
    const verdict = await judge(given)
    return verdict.ok ? 'OK' : verdict.code
  }
  const good = await judge()
  assert.equal(good.ok, true, JSON.stringify(good))
  assert.equal(good.trust, 'attested')
  assert.match(JSON.stringify(good.checks), /the proven time of the registration/)
  assert.equal(good.value.registry.registeredAt, String(REGISTERED_AT))
  // Not asked for, not there, or not the same TEE's: the caller's clock is the only one.
  assert.equal(await codeOf({ ask: false }), 'NITRO_CERT_EXPIRED')
  assert.equal(await codeOf({ trusted: false }), 'NITRO_CERT_EXPIRED')
  assert.equal(await codeOf({ registry: { registeredAt: 1 } }), 'NITRO_CERT_EXPIRED')
  assert.equal(await codeOf({ registry: { enabled: false } }), 'NITRO_CERT_EXPIRED')
  assert.equal(await codeOf({ key: null }), 'NITRO_CERT_EXPIRED')
  assert.equal(await codeOf({ key: Buffer.from('another key') }), 'NITRO_CERT_EXPIRED')
  assert.equal(await codeOf({ document: ATTESTED.document(Buffer.from('another key')) }), 'NITRO_CERT_EXPIRED')
  assert.equal(await codeOf({ policy: { measurements: [{ og_pcr_hash: hex(sha256('other')) }] } }), 'NITRO_CERT_EXPIRED')
  // A pin that has ended is not brought back by a time when it had not.
  assert.equal(await codeOf({ policy: { measurements: pinned.map((entry) => ({ ...entry, until: T - 1000 })) } }), 'NITRO_CERT_EXPIRED')
})
