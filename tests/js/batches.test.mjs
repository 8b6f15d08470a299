// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Many messages and typed data at once, and where in a batch something is wrong. The other schemes: wallets.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startWorker } from './support/node_worker.mjs'
import { dist } from './support/package.mjs'

const verify = await import(dist('verify/index.js'))
const { createWorkerHost } = await import(dist('web/index.js'))
let sync
let host
before(async () => {
  sync = await verify.loadVerifier()
  host = createWorkerHost({ worker: startWorker(dist('web/worker.js')) })
})
after(() => host.dispose())

/** A signature of everything: over any digest it recovers to some account. */
const SIGNATURE = '0x4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c'
const signerOf = (digest) => sync.assertRecoverAddress({ hash: digest, signature: SIGNATURE }).address

const message = (text) => ({ message: text, address: signerOf(sync.assertHashMessage(text).digest), signature: SIGNATURE })
const data = (contents, more = {}) => ({ domain: { name: 'x' }, types: { M: [{ name: 'contents', type: 'string' }] }, primaryType: 'M', message: { contents, ...more } })
const typed = (typedData) => ({ typedData, address: signerOf(sync.assertHashTypedData(typedData).digest), signature: SIGNATURE })

const FORMS = {
  Message: { items: () => ['one', 'two', 'three'].map(message), wrong: (item) => ({ ...item, message: 'other' }) },
  TypedData: { items: () => ['one', 'two', 'three'].map((text) => typed(data(text))), wrong: (item) => ({ ...item, typedData: data('other') }) },
}

for (const [name, { items, wrong }] of Object.entries(FORMS)) {
  const [single, batch] = [`verify${name}`, `verify${name}Batch`]

  test(`${batch}: the values of each, in every form of the package`, async () => {
    const good = items()
    const verdict = await verify[batch](good)
    assert.equal(verdict.ok, true)
    assert.equal(verdict.trust, 'unproven')
    assert.deepEqual(verdict.value, good.map((item) => sync[single](item).value))
    assert.deepEqual(verdict.checks.map((check) => [check.name, check.status]), good.map((_, i) => [`signature[${i}]`, 'passed']))
    assert.deepEqual(verdict.checks.map(({ children }) => children), good.map((item) => sync[single](item).checks))
    assert.deepEqual(sync[batch](good), verdict)
    assert.deepEqual(await host[batch](good), verdict)
    assert.deepEqual(await verify[`assert${name}Batch`](good), verdict.value)
    assert.equal(sync[`isValid${name}Batch`](good), true)
  })

  test(`${batch}: one that does not hold refuses the batch, by its place`, async () => {
    const [first, second, third] = items()
    const verdict = await verify[batch]([first, wrong(second), { ...third, signature: '0x12' }])
    assert.deepEqual([verdict.ok, verdict.code, verdict.category, verdict.path], [false, 'SIGNATURE_INVALID', 'rejected', '[1]'])
    assert.deepEqual(verdict.checks.map(({ status, code }) => [status, code]), [['passed', undefined], ['failed', 'SIGNATURE_INVALID'], ['failed', 'SIGNATURE_MALFORMED']])
    assert.deepEqual(await host[batch]([first, wrong(second)]), sync[batch]([first, wrong(second)]))
    await assert.rejects(verify[`assert${name}Batch`]([wrong(first)]), { code: 'SIGNATURE_INVALID', path: '[0]' })
    assert.equal(sync[`isValid${name}Batch`]([wrong(first)]), false)
  })

  test(`${batch}: what is no batch`, () => {
    const [first, second] = items()
    for (const input of [[], first, undefined, [first, 5], [first, {}]]) assert.throws(() => sync[batch](input), { code: 'ARGUMENT_INVALID', name: 'UsageError' })
    assert.throws(() => sync[batch]([first, { ...second, address: '0x12' }]), { code: 'ARGUMENT_INVALID', path: '[1].address' })
    assert.throws(() => sync[batch]([first, { ...second, lowS: 'any' }]), { code: 'ARGUMENT_INVALID', path: '[1].lowS' })
    assert.throws(() => sync[batch]([first, 5]), { path: '[1]' })
  })
}

test('a batch crosses into the module once, whatever it is of', (t) => {
  const signature = { publicKey: new Uint8Array(65), message: new Uint8Array(1), signature: new Uint8Array(64) }
  const batches = { verifyMessageBatch: FORMS.Message.items(), verifyTypedDataBatch: FORMS.TypedData.items(), verifyP256Batch: [signature, signature, signature] }
  // Each answer of the module is a text, which is decoded once.
  const { mock } = t.mock.method(TextDecoder.prototype, 'decode')
  for (const item of batches.verifyMessageBatch) sync.verifyMessage(item)
  assert.equal(mock.callCount(), 3)
  for (const [name, items] of Object.entries(batches)) {
    mock.resetCalls()
    sync[name](items)
    assert.equal(mock.callCount(), 1, name)
  }
})

test('verifyTypedDataBatch: members that no signature covers, and data without an encoding, are said of their item', () => {
  const covered = typed(data('one'))
  const open = typed(data('two', { unseen: '1' }))
  const { checks } = sync.verifyTypedDataBatch([covered, open])
  assert.deepEqual(checks[1].children.filter(({ status }) => status === 'not-covered').map(({ name }) => name), ['message.unseen'])
  assert.deepEqual(checks[0].children.filter(({ status }) => status === 'not-covered'), [])
  const broken = sync.verifyTypedDataBatch([covered, { ...open, typedData: { ...data('x'), message: {} } }])
  assert.deepEqual([broken.code, broken.path], ['TYPED_DATA_INVALID', '[1].message.contents'])
})

test('batches above the limit have a verdict', async () => {
  const long = message('x'.repeat(9 << 20))
  assert.deepEqual([(await verify.verifyMessageBatch([long, long])).code, sync.verifyMessageBatch([long, long]).path], ['INPUT_LIMIT', 'items'])
  const item = { publicKey: new Uint8Array(16_385), message: new Uint8Array(1), signature: new Uint8Array(64) }
  assert.equal(sync.verifyP256Batch([item]).path, '[0].publicKey')
})

test('who demands WebCrypto for a batch is refused, since it is the module that answers', async () => {
  const good = { publicKey: new Uint8Array(32), message: new Uint8Array(1), signature: new Uint8Array(64) }
  for (const name of ['verifyP384Batch', 'verifyRsaPssBatch', 'verifyRsaPkcs1Batch', 'verifyEd25519Batch']) {
    const refused = { name: 'UsageError', code: 'ARGUMENT_INVALID', path: '[1].platform' }
    const asked = (platform) => [good, { ...good, platform }]
    await assert.rejects(verify[name](asked('webcrypto')), refused, name)
    for (const platform of ['webcrypto', 'other']) assert.throws(() => sync[name](asked(platform)), refused, name)
    for (const platform of ['auto', 'wasm', undefined]) assert.deepEqual(sync[name](asked(platform)), sync[name]([good, good]), name)
  }
  assert.throws(() => sync.verifyEd25519Batch([{ ...good, rule: 'zip215', platform: 'webcrypto' }]), { path: '[0].platform' })
})

test('a batch is read no further than its limit', async () => {
  const message = new Uint8Array(9 << 20)
  let reads = 0
  const item = () => ({ get message() { reads += 1; return message }, publicKey: new Uint8Array(65), signature: new Uint8Array(64) })
  const { code, path } = sync.verifyP256Batch(Array.from({ length: 60 }, item))
  assert.deepEqual([code, path, reads], ['INPUT_LIMIT', 'items', 2])
  const [one] = FORMS.Message.items()
  for (const verdict of [sync.verifyMessageBatch(Array(65_537).fill(one)), await verify.verifyMessageBatch(Array(65_537).fill(one))])
    assert.deepEqual([verdict.code, verdict.path], ['INPUT_LIMIT', 'items'])
})

test('an argument of another form in a batch has its place', () => {
  const good = { publicKey: new Uint8Array(65), message: new Uint8Array(1), signature: new Uint8Array(64) }
  for (const name of ['verifyP256Batch', 'verifyEd25519Batch', 'verifyRsaPssBatch']) {
    assert.throws(() => sync[name]([good, { ...good, publicKey: 'text' }]), { code: 'ARGUMENT_INVALID', path: '[1].publicKey', message: /^\[1\]\.publicKey: must be a Uint8Array/ }, name)
  }
  assert.throws(() => sync.verifyEcdsaBatch([{ hash: new Uint8Array(32), signature: new Uint8Array(64) }]), { path: '[0].publicKey' })
})
