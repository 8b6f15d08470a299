// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A proof of computation in an evidence bundle: verified by the module of proofs, under a key that the policy names, in one
// verdict with the rest.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { before, test } from 'node:test'

import { encode as encodeCbor } from '../vectors/generate/lib/cbor.mjs'
import { INTEGERS, SAMPLE } from './support/ezkl_sample.mjs'
import { makeFflonk, makeGroth16, makePlonk } from './support/snark_maker.mjs'
import { startWorker } from './support/node_worker.mjs'
import { dist } from './support/package.mjs'

const verify = await import(dist('verify/index.js'))
const zk = await import(dist('zk/index.js'))
const { createWorkerHost } = await import(dist('web/index.js'))
const { UsageError } = await import(dist('errors/index.js'))

const SAMPLES = new URL('../../demo/samples/evidence/', import.meta.url)
const { now } = JSON.parse(readFileSync(new URL('bundles.json', SAMPLES), 'utf8')).samples[0]
const sample = (name) => JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8'))
const { judgeProof } = zk
const usage = (code) => (error) => error instanceof UsageError && error.code === code

const digestOf = (text) => createHash('sha256').update(text).digest('hex')
const base64 = (text) => Buffer.from(text).toString('base64')
const files = { groth16: makeGroth16(), plonk: makePlonk(), fflonk: makeFflonk() }
const part = (system, { vk, proof, publicSignals } = files[system]) => ({ system, proof: JSON.parse(proof), publicSignals: JSON.parse(publicSignals), keyDigest: `0x${digestOf(vk)}` })
const bundleOf = (member, more = {}) => JSON.stringify({ assay: 1, ...more, zk: member })
const policyOf = (vk, more = {}) => ({ now, zk: { keys: [{ digest: digestOf(vk), key: vk }] }, ...more })
const { vk } = files.groth16
const bundle = bundleOf(part('groth16'))
const codeOf = async (given, policy = policyOf(vk), options = { judgeProof }) => (await verify.verifyEvidence(given, policy, options)).code ?? 'OK'
const rowsOf = (verdict, name) => verdict.checks.find((row) => row.name === name)?.children?.map(({ name, status }) => [name, status])

let sync
let syncZk
before(async () => {
  sync = await verify.loadVerifier()
  syncZk = await zk.loadZkVerifier()
})

for (const system of Object.keys(files))
  test(`${system}: a bundle's proof holds under the policy's key, in all forms`, async () => {
    const policy = policyOf(files[system].vk)
    const text = bundleOf(part(system))
    const verdict = await verify.verifyEvidence(text, policy, { judgeProof })
    assert.ok(verdict.ok, verdict.message)
    assert.equal(verdict.trust, 'proven')
    assert.deepEqual(verdict.value.zk, { system, publicSignals: JSON.parse(files[system].publicSignals).map(BigInt), keySha256: `0x${digestOf(files[system].vk)}` })
    assert.deepEqual(rowsOf(verdict, 'zk'), [['key', 'passed'], ['proof', 'passed']])
    assert.equal(rowsOf(verdict, 'links'), undefined)
    assert.deepEqual(sync.verifyEvidence(text, policy, { judgeProof: syncZk.judgeProof }), verdict)
    assert.deepEqual(await verify.assertEvidence(text, policy, { judgeProof }), verdict.value)
    const asText = bundleOf({ ...part(system), proof: files[system].proof, publicSignals: files[system].publicSignals })
    assert.deepEqual(await verify.verifyEvidence(asText, policy, { judgeProof }), verdict)
  })

test("ezkl: a bundle's proof holds under the policy's key and ceremony, in JSON and CBOR", async () => {
  const { descriptor, srs, proof, otherInstance } = SAMPLE
  const digest = digestOf(descriptor)
  const member = { system: 'ezkl', proof: JSON.parse(proof), keyDigest: `0x${digest}` }
  const policy = { now, zk: { keys: [{ digest, key: descriptor, srs }] } }
  const verdict = await verify.verifyEvidence(bundleOf(member), policy, { judgeProof })
  assert.ok(verdict.ok, verdict.message)
  assert.equal(verdict.trust, 'proven')
  const { keySha256, ...value } = verdict.value.zk
  assert.equal(keySha256, `0x${digest}`)
  assert.deepEqual(value, await zk.assertEzklProof({ descriptor, srs, proof, pin: { descriptor: digest, srs: digestOf(srs) } }))
  assert.deepEqual(value.instances.map(({ integer }) => integer), INTEGERS)
  assert.deepEqual(sync.verifyEvidence(bundleOf(member), policy, { judgeProof: syncZk.judgeProof }), verdict)
  const cbor = new Uint8Array(encodeCbor(new Map(Object.entries({ assay: 1, zk: new Map(Object.entries({ ...member, proof })) }))))
  assert.deepEqual(await verify.verifyEvidence(cbor, policy, { judgeProof }), verdict)
  const file = { zk: { keys: [{ digest: `0x${digest}`, key: base64(descriptor), srs: base64(srs) }] } }
  assert.deepEqual(await verify.verifyEvidence(bundleOf(member), JSON.stringify(file), { now, judgeProof }), verdict)
  const brought = bundleOf({ ...member, key: base64(descriptor) })
  assert.equal(await codeOf(brought, { now, zk: { keys: [{ digest, srs }] } }), 'OK')
  assert.equal(await codeOf(bundleOf({ ...member, srs: base64(srs) }), policy), 'EVIDENCE_MALFORMED')

  assert.equal(await codeOf(bundleOf({ ...member, proof: otherInstance }), policy), 'EZKL_PROOF_INVALID')
  const under = (more) => codeOf(bundleOf(member), { now, zk: { keys: [{ digest, key: descriptor, ...more }] } })
  assert.equal(await under({}), 'EZKL_PROOF_INVALID')
  assert.equal(await under({ srs: srs.subarray(0, -1) }), 'EZKL_MALFORMED')
  await assert.rejects(under({ srs: new Uint8Array(0) }), (error) => error instanceof UsageError && error.path === 'policy.zk.keys[0].srs')
  await assert.rejects(under({ srs: new Uint8Array((512 << 10) + 1) }), usage('POLICY_INVALID'))
  // A snarkjs key has its ceremony in itself.
  await assert.rejects(codeOf(bundle, { now, zk: { keys: [{ digest: digestOf(vk), key: vk, srs }] } }), usage('POLICY_INVALID'))
})

test('the key may come with the bundle, its digest may not', async () => {
  const brought = bundleOf({ ...part('groth16'), key: base64(vk) })
  const pinned = { now, zk: { keys: [{ digest: `0x${digestOf(vk)}` }] } }
  assert.equal(await codeOf(brought, pinned), 'OK')
  assert.equal(await codeOf(bundle, pinned), 'EVIDENCE_LINK_MISMATCH')
  assert.equal(await codeOf(bundleOf({ ...part('groth16'), key: base64(`${vk} `) }), pinned), 'ZK_VK_INVALID')
  assert.equal(await codeOf(bundleOf({ ...part('groth16'), keyDigest: `0x${digestOf('another')}` })), 'ZK_VK_INVALID')
  assert.equal(await codeOf(bundleOf({ ...part('plonk'), key: base64(files.plonk.vk) })), 'ZK_VK_INVALID')
  const ezkl = { system: 'ezkl', proof: {}, keyDigest: `0x${digestOf('another')}` }
  assert.equal(await codeOf(bundleOf(ezkl)), 'EZKL_VK_MISMATCH')
  assert.notEqual(await codeOf(bundleOf({ ...part('groth16'), system: 'plonk' })), 'OK')
})

test('a forged proof has the code of its system', async () => {
  const other = { ...part('groth16'), publicSignals: part('groth16').publicSignals.map((value) => String(BigInt(value) + 1n)) }
  const verdict = await verify.verifyEvidence(bundleOf(other), policyOf(vk), { judgeProof })
  assert.equal(verdict.code, 'ZK_PROOF_INVALID')
  assert.equal(verdict.category, 'rejected')
  assert.equal(verdict.path?.startsWith('zk'), true, verdict.path)
  assert.deepEqual(rowsOf(verdict, 'zk'), [['key', 'passed'], ['proof', 'failed']])
  assert.notEqual(await codeOf(bundleOf({ ...part('groth16'), proof: {} })), 'OK')
  assert.equal(await verify.isValidEvidence(bundleOf(other), policyOf(vk), { judgeProof }), false)
})

test('without keys or without a judge nothing is skipped', async () => {
  assert.equal(await codeOf(bundle, { now }), 'EVIDENCE_UNSUPPORTED')
  assert.equal(await codeOf(bundle, policyOf(vk), {}), 'EVIDENCE_UNSUPPORTED')
  const host = createWorkerHost({ worker: startWorker(dist('web/worker.js')) })
  assert.equal((await host.verifyEvidence(bundle, policyOf(vk))).code, 'EVIDENCE_UNSUPPORTED')
  host.dispose()
  const digest = digestOf(vk)
  for (const keys of [[], [{}], [{ digest: '00' }], [{ digest, key: '' }], [{ digest, pin: '' }], undefined, [{ digest, key: `${vk} ` }], [{ digest }, { digest, key: vk }]])
    await assert.rejects(verify.verifyEvidence(bundle, { now, zk: { keys } }, { judgeProof }), UsageError, JSON.stringify(keys))
  const large = 'x'.repeat((512 << 10) + 1)
  await assert.rejects(verify.verifyEvidence(bundle, { now, zk: { keys: [{ digest: digestOf(large), key: large }] } }, { judgeProof }), usage('POLICY_INVALID'))
  const many = Array.from({ length: 4 }, (_, i) => String(i).repeat(300 << 10))
  await assert.rejects(verify.verifyEvidence(bundle, { now, zk: { keys: many.map((key) => ({ digest: digestOf(key), key })) } }, { judgeProof }), usage('POLICY_INVALID'))
  const file = JSON.stringify({ zk: { keys: [{ digest: digestOf(vk) }] } })
  await assert.rejects(verify.verifyEvidence(bundle, file, { now, judgeProof }), (error) => error.path === 'policy.zk.keys[0].digest')
})

test('a judge that says something else than a verdict is the caller\'s fault', async () => {
  for (const said of ['', '{}', 'yes', '{"ok":true}', '{"ok":1,"value":1,"trust":"proven"}', '{"ok":true,"value":1,"trust":"sure"}', '{"ok":true,"value":1,"trust":"proven"}', '{"ok":true,"value":null,"trust":"proven"}',
    '{"ok":true,"value":{"system":"plonk","publicSignals":[]},"trust":"proven"}', '{"ok":true,"value":{"system":"groth16"},"trust":"proven"}', '{"ok":false,"code":"NO_CODE"}'])
    assert.equal(await codeOf(bundle, policyOf(vk), { judgeProof: () => said }).catch(({ code }) => code), said === '' ? 'EVIDENCE_UNSUPPORTED' : 'ARGUMENT_INVALID', said)
  for (const said of [true, { ok: true }, null]) await assert.rejects(codeOf(bundle, policyOf(vk), { judgeProof: () => said }), usage('ARGUMENT_INVALID'))
  // Without promises a judge has none either, whether or not a proof reaches it.
  const promise = { name: 'UsageError', code: 'ARGUMENT_INVALID', path: 'judgeProof', shortMessage: 'judgeProof: answers with a promise; without promises it is that of loadZkVerifier()' }
  for (const name of ['verifyEvidence', 'assertEvidence', 'isValidEvidence']) {
    for (const given of [bundle, '{', JSON.stringify(sample('bundle.json'))]) assert.throws(() => sync[name](given, policyOf(vk), { judgeProof }), promise)
    assert.throws(() => sync[name](bundle, policyOf(vk), { judgeProof: (task) => judgeProof(task) }), promise)
    assert.throws(() => sync[name](bundle, policyOf(vk), { judgeProof: () => ({ then: () => {} }) }), promise)
  }
  assert.equal(sync.verifyEvidence('{', policyOf(vk), { judgeProof: syncZk.judgeProof }).code, 'EVIDENCE_MALFORMED')
  await assert.rejects(codeOf(bundle, policyOf(vk), { judgeProof: 'yes' }), usage('ARGUMENT_INVALID'))
  const trust = await verify.verifyEvidence(bundle, policyOf(vk), { judgeProof: () => '{"ok":true,"value":{"system":"groth16","publicSignals":[]},"trust":"unproven"}' })
  assert.equal(trust.code, 'TRUST_INSUFFICIENT')
})

test('nothing joins a proof with a receipt: the policy has to say that this is meant', async () => {
  const both = JSON.stringify({ ...sample('bundle.json'), zk: part('groth16') })
  const policy = { ...sample('policy.json'), zk: { keys: [{ digest: `0x${digestOf(vk)}`, key: base64(vk) }] } }
  const asked = (more) => verify.verifyEvidence(both, JSON.stringify({ ...policy, ...more }), { now, judgeProof })
  const refused = await asked({})
  assert.equal(refused.code, 'EVIDENCE_LINK_MISMATCH')
  assert.equal(refused.path, 'links.zk')
  const verdict = await asked({ links: ['zk'] })
  assert.ok(verdict.ok, verdict.message)
  assert.equal(verdict.trust, 'attested')
  assert.equal(verdict.value.zk.system, 'groth16')
  assert.ok(rowsOf(verdict, 'links').some(([name, status]) => name === 'zk' && status === 'assumed'))
})

test('of several keys the verdict says which', async () => {
  const policy = { now, zk: { keys: [{ digest: digestOf(vk), key: vk }, { digest: digestOf(files.plonk.vk), key: files.plonk.vk }] } }
  for (const system of ['groth16', 'plonk']) {
    const verdict = await verify.verifyEvidence(bundleOf(part(system)), policy, { judgeProof })
    assert.equal(verdict.value.zk.keySha256, `0x${digestOf(files[system].vk)}`)
    assert.ok(verdict.checks.find(({ name }) => name === 'zk').children[0].detail.startsWith(`0x${digestOf(files[system].vk)}`))
  }
})

test('files of hostile size end in a limit, and harm nobody else', async () => {
  const long = 'x'.repeat((4 << 20) + 1)
  for (const more of [{ proof: long }, { publicSignals: long }, { proof: { a: long } }, { key: base64(long) }])
    assert.equal(await codeOf(bundleOf({ ...part('groth16'), ...more })), 'INPUT_LIMIT', Object.keys(more)[0])
  // CBOR texts that take six times their size in JSON.
  const head = (major, length) => Uint8Array.from([(major << 5) | 26, length >>> 24, length >>> 16, length >>> 8, length])
  const item = (name) => Buffer.concat([Uint8Array.from([0x60 + name.length]), Buffer.from(name)])
  const waiting = verify.verifyEvidence(bundle, policyOf(vk), { judgeProof: async (task) => (await new Promise((done) => setTimeout(done, 50)), judgeProof(task)) })
  for (const size of [12 << 20, 30 << 20, 47 << 20]) {
    const control = Buffer.concat([head(3, size), Buffer.alloc(size, 1)])
    const marker = Buffer.concat([item('assay'), Uint8Array.from([1])])
    for (const rest of [
      [item('zk'), Uint8Array.from([0xa3]), item('system'), item('groth16'), item('proof'), control, item('keyDigest'), item('0x')],
      [item('zk'), Uint8Array.from([0xa1]), item('proof'), Uint8Array.from([0xa1]), item('a'), control],
      [item('settlement'), Uint8Array.from([0xa1]), item('kind'), control],
    ]) {
      const verdict = await verify.verifyEvidence(new Uint8Array(Buffer.concat([Uint8Array.from([0xa2]), marker, ...rest])), policyOf(vk), { judgeProof })
      assert.ok(!verdict.ok && ['INPUT_LIMIT', 'EVIDENCE_MALFORMED', 'ABI_INVALID'].includes(verdict.code), verdict.code)
    }
  }
  assert.equal((await waiting).ok, true)
})

test('a judge is not asked about a bundle without a proof, that cannot be read, or under a key that is none of the policy', async () => {
  let asked = 0
  const counting = (task) => (asked++, judgeProof(task))
  assert.equal((await verify.verifyEvidence(JSON.stringify(sample('bundle.json')), JSON.stringify(sample('policy.json')), { now, judgeProof: counting })).ok, true)
  assert.equal(await codeOf('{', policyOf(vk), { judgeProof: counting }), 'EVIDENCE_MALFORMED')
  assert.equal(await codeOf(bundle, policyOf(files.plonk.vk), { judgeProof: counting }), 'ZK_VK_INVALID')
  assert.equal(asked, 0)
  assert.equal(await codeOf(bundle, policyOf(vk), { judgeProof: counting }), 'OK')
  assert.equal(asked, 1)
})
