// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Values that change while they are read, or are not what they seem. api.md "JavaScript values that lie".
import assert from 'node:assert/strict'
import { before, test } from 'node:test'

import { dist } from './support/package.mjs'
import { genuineNitro, honest } from './support/samples.mjs'

const verify = await import(dist('verify/index.js'))
let sync
before(async () => (sync = await verify.loadVerifier()))

const bothRefuse = async (input, code = 'ARGUMENT_INVALID') => {
  assert.throws(() => sync.verifyReceipt(input), { code, name: 'UsageError' })
  await assert.rejects(verify.verifyReceipt(input), { code, name: 'UsageError' })
}

test('bytes changed after the call do not change the verdict', async () => {
  const input = honest()
  input.request = new TextEncoder().encode(input.request)
  input.response = new TextEncoder().encode(input.response)
  const promise = verify.verifyReceipt(input)
  for (const bytes of [input.request, input.response, input.attestation.document, input.attestation.key]) bytes.fill(0)
  input.policy = '{}'
  assert.equal((await promise).ok, true)
})

test('buffers transferred away after the call do not change the verdict', async () => {
  const input = honest()
  const promise = verify.verifyReceipt(input)
  structuredClone(null, { transfer: [input.attestation.document.buffer, input.attestation.key.buffer] })
  assert.equal((await promise).ok, true)
})

test('a getter is asked once', async () => {
  const good = honest()
  for (const name of Object.keys(good)) {
    let asked = 0
    const input = Object.defineProperty({ ...honest() }, name, {
      enumerable: true,
      get: () => {
        asked += 1
        return asked === 1 ? good[name] : undefined
      },
    })
    assert.equal((await verify.verifyReceipt(input)).ok, true, name)
    assert.equal(asked, 1, name)
  }
})

test('a proxy is asked once for each member', async () => {
  const asked = new Map()
  const count = (key) => asked.set(key, (asked.get(key) ?? 0) + 1)
  const input = new Proxy(honest(), {
    get: (target, key) => (count(key), Reflect.get(target, key)),
    getOwnPropertyDescriptor: (target, key) => (count(key), Reflect.getOwnPropertyDescriptor(target, key)),
  })
  assert.equal((await verify.verifyReceipt(input)).ok, true)
  for (const [key, times] of asked) assert.equal(times, 1, String(key))
})

test('a getter that throws is a usage error', async () => {
  const input = Object.defineProperty(honest(), 'request', { enumerable: true, get: () => { throw new Error('no') } })
  await bothRefuse(input)
})

test('inherited members do not exist', async () => {
  await bothRefuse(Object.create(honest()))
  const { request: _, ...rest } = honest()
  Object.prototype.request = honest().request
  try {
    await bothRefuse(rest)
  } finally {
    delete Object.prototype.request
  }
})

test('a misspelt or foreign member is refused', async () => {
  await bothRefuse({ ...honest(), expectedTeeID: '0x00' })
  await bothRefuse(JSON.parse(`{"__proto__":{"policy":{}}}`))
  for (const input of [undefined, null, 5, 'x', () => 1]) await bothRefuse(input)
})

test('only a real Uint8Array over plain memory is bytes', async () => {
  const good = honest()
  const { document, key } = good.attestation
  const shared = new Uint8Array(new SharedArrayBuffer(document.length))
  shared.set(document)
  const resizable = new Uint8Array(new ArrayBuffer(document.length, { maxByteLength: 65_536 }))
  resizable.set(document)
  const outOfBounds = new Uint8Array(new ArrayBuffer(64, { maxByteLength: 128 }), 32, 32)
  outOfBounds.buffer.resize(16)
  const detached = document.slice()
  structuredClone(null, { transfer: [detached.buffer] })
  const liars = {
    shared, resizable, outOfBounds, detached,
    proxy: new Proxy(document, {}),
    inherits: Object.create(document),
    arrayLike: { length: 2, 0: 1, 1: 2 },
    numbers: [...document],
    buffer: document.buffer,
    dataView: new DataView(document.buffer),
    int8: new Int8Array(document),
    clamped: new Uint8ClampedArray(document),
    tagged: { [Symbol.toStringTag]: 'Uint8Array', byteLength: 3, buffer: document.buffer, byteOffset: 0 },
    text: 'abcd',
    nothing: null,
  }
  for (const [name, liar] of Object.entries(liars)) {
    await bothRefuse({ ...good, attestation: { document: liar, key } })
    assert.throws(() => sync.keccak256(liar), { code: 'ARGUMENT_INVALID' }, name)
  }
})

test('a view reads its own bytes, whatever its properties and its class say', async () => {
  const good = honest()
  const { document, key } = good.attestation
  const wide = new Uint8Array(document.length + 20).fill(255)
  wide.set(document, 7)
  const view = wide.subarray(7, 7 + document.length)
  class Liar extends Uint8Array {
    get length() { return 1 }
    get byteLength() { return 1 }
    get buffer() { return new ArrayBuffer(1) }
    static get [Symbol.species]() { return Float64Array }
    slice() { return new Uint8Array(1) }
    *[Symbol.iterator]() { yield 1 }
  }
  const liar = new Liar(document)
  const shadowed = document.slice()
  Object.defineProperty(shadowed, 'byteLength', { value: 0 })
  for (const copy of [view, liar, shadowed, Buffer.from(document)]) {
    assert.equal((await verify.verifyReceipt({ ...good, attestation: { document: copy, key } })).ok, true)
    assert.deepEqual(sync.keccak256(copy), sync.keccak256(document))
  }
})

test('a byte order mark stays one, in text and in bytes', async () => {
  const input = honest()
  for (const mark of ['request', 'response']) {
    const text = `\ufeff${input[mark]}`
    const asText = await verify.verifyReceipt({ ...input, [mark]: text })
    const asBytes = await verify.verifyReceipt({ ...input, [mark]: new TextEncoder().encode(text) })
    assert.equal(asText.ok, false)
    assert.deepEqual(asBytes, asText)
    assert.equal(asText.code, mark === 'request' ? 'RECEIPT_REQUEST_UNSUPPORTED' : 'RECEIPT_BAD_FIELD')
  }
})

for (const engine of ['this engine', 'an engine without isWellFormed']) test(`a lone surrogate in text is refused, a pair is not, in ${engine}`, async (t) => {
  const native = String.prototype.isWellFormed
  t.after(() => (String.prototype.isWellFormed = native))
  if (engine !== 'this engine') delete String.prototype.isWellFormed
  const input = honest()
  for (const text of ['\ud800', '\udc00', 'a\udc00\ud800b', '\ud83d']) {
    await bothRefuse({ ...input, request: input.request + text })
    await bothRefuse({ ...input, response: text })
  }
  const pair = await verify.verifyReceipt({ ...input, request: `${input.request}\u{1f600}` })
  assert.equal(pair.code, 'RECEIPT_REQUEST_UNSUPPORTED')
})

test('oversized inputs have a verdict, before they are copied', async () => {
  const input = honest()
  for (const name of ['request', 'response']) {
    for (const value of [new Uint8Array(16 * 2 ** 20 + 1), 'x'.repeat(16 * 2 ** 20 + 1), 'é'.repeat(9 * 2 ** 20)]) {
      const verdict = await verify.verifyReceipt({ ...input, [name]: value })
      assert.equal(verdict.code, 'INPUT_LIMIT')
      assert.equal(verdict.category, 'limit')
      assert.equal(verdict.path, name)
      assert.deepEqual(sync.verifyReceipt({ ...input, [name]: value }), verdict)
    }
  }
  const document = new Uint8Array(50 * 2 ** 20)
  assert.equal((await verify.authenticateNitro({ ...genuineNitro(), document })).code, 'NITRO_LIMIT')
  assert.throws(() => sync.keccak256(new Uint8Array(64 * 2 ** 20)), { code: 'INPUT_LIMIT', name: 'UsageError' })
  assert.equal((await verify.verifyReceipt(honest())).ok, true)
})

test('truncated and overlong documents are refused with a code, and the module stays usable', async () => {
  const { document, ...rest } = genuineNitro()
  for (let length = 0; length < document.length; length += 61) {
    const verdict = sync.authenticateNitro({ ...rest, document: document.subarray(0, length) })
    assert.equal(verdict.ok, false, `length ${length}`)
    assert.equal(verdict.code, 'NITRO_MALFORMED', `length ${length}`)
  }
  const longer = new Uint8Array(document.length + 1)
  longer.set(document)
  assert.equal(sync.authenticateNitro({ ...rest, document: longer }).code, 'NITRO_MALFORMED')
  assert.equal(sync.authenticateNitro({ ...rest, document }).ok, true)
})

test('hostile JSON has a code', async () => {
  const input = honest()
  const cases = [
    ['request', '['.repeat(200_000), 'RECEIPT_REQUEST_UNSUPPORTED'],
    ['request', `{"model":"m","messages":${'[{"a":'.repeat(5000)}`, 'RECEIPT_REQUEST_UNSUPPORTED'],
    ['request', '{"model":"m","messages":[{"role":"user","content":"x"}],"temperature":NaN}', 'RECEIPT_REQUEST_UNSUPPORTED'],
    ['request', `{"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":${'9'.repeat(5000)}}`, 'RECEIPT_REQUEST_UNSUPPORTED'],
    ['request', '{"model":"m","model":"m"}', 'RECEIPT_REQUEST_UNSUPPORTED'],
    ['response', '{"choices":[', 'RECEIPT_BAD_FIELD'],
    ['response', `{"a":${'['.repeat(100_000)}`, 'RECEIPT_BAD_FIELD'],
    ['response', 'data: {"x":1}\n\n', 'RECEIPT_BAD_FIELD'],
    ['response', '', 'RECEIPT_BAD_FIELD'],
    ['request', '', 'RECEIPT_REQUEST_UNSUPPORTED'],
  ]
  for (const [name, text, code] of cases) assert.equal((await verify.verifyReceipt({ ...input, [name]: text })).code, code, text.slice(0, 60))
  assert.equal((await verify.verifyReceipt(honest())).ok, true)
})
