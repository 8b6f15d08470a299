// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Properties of evidence that rows cannot say: the samples' verdicts, codes of the call itself, mutations,
// prefixes, independence of earlier calls. ASSAY_TARGET=native (default) or wasm; ASSAY_ENGINE names the native
// engine; ASSAY_EXHAUSTIVE=1 flips every bit instead of one bit of every third byte.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { openNative } from './engines/native.mjs'
import { openWasm } from './engines/wasm.mjs'
import { readRows } from './files.mjs'
import { rsaKey, signPss } from './generate/lib/rsa.mjs'

const TARGET = process.env.ASSAY_TARGET ?? 'native'
const STEP = process.env.ASSAY_EXHAUSTIVE ? 1 : 24
const SAMPLES = new URL('../../demo/samples/evidence/', import.meta.url)
const EMPTY = new Uint8Array(0)

const bytes = (text) => new TextEncoder().encode(text)
const json = (value) => bytes(JSON.stringify(value))
const sample = (name) => new Uint8Array(readFileSync(new URL(name, SAMPLES)))
const rows = (file) => readRows(fileURLToPath(new URL('.', import.meta.url)), file)
const code = (verdict) => (verdict.ok ? 'OK' : verdict.code)

let engine
before(async () => {
  engine = await (TARGET === 'wasm' ? openWasm : openNative)({ engine: process.env.ASSAY_ENGINE })
})
after(() => engine?.close())

/** The call that a sample describes. */
function sampleCall({ receipt, attestation, policy, now }) {
  const file = JSON.parse(Buffer.from(sample(receipt)))
  const rules = JSON.parse(Buffer.from(sample(policy)))
  return {
    request: bytes(file.request),
    response: bytes(file.response),
    document: sample(attestation),
    key: new Uint8Array(Buffer.from(file.key, 'base64')),
    options: json({ now, request_is: file.request_is, policy: rules }),
  }
}

const samples = JSON.parse(Buffer.from(sample('samples.json'))).samples
for (const entry of samples)
  test(`sample ${entry.id}: ${entry.expect.ok ? 'verified' : entry.expect.code}`, async () => {
    const verdict = await engine.verifyReceipt(sampleCall(entry))
    assert.equal(code(verdict), entry.expect.ok ? 'OK' : entry.expect.code)
    if (!verdict.ok) return
    assert.equal(verdict.trust, 'attested')
    if (entry.expect.not_covered) assert.ok(verdict.value.notCovered.includes(entry.expect.not_covered))
  })

/** The call of a receipts row; `more` replaces parts. */
function rowCall(row, more = {}) {
  return {
    request: bytes(row.request_json),
    response: bytes(row.response.sse ? row.response.sse.join('\n') : row.response.json),
    document: EMPTY,
    key: new Uint8Array(Buffer.from(row.spki_der_b64, 'base64')),
    options: json({
      now: row.now, profile: row.profile, response_is: row.response.sse ? 'stream' : 'json',
      policy: { receipt: row.policy, accept: ['unproven'] },
    }),
    ...more,
  }
}
const accepted = rows('receipts/receipts.jsonl').filter((row) => row.expect.ok)

test('a key without evidence needs the caller to accept unproven', async () => {
  const [row] = accepted
  const options = (policy) => json({ now: row.now, profile: row.profile, policy })
  assert.equal(code(await engine.verifyReceipt(rowCall(row, { options: options({}) }))), 'TRUST_INSUFFICIENT')
  assert.equal(code(await engine.verifyReceipt(rowCall(row, { options: options({ accept: ['proven', 'attested'] }) }))), 'TRUST_INSUFFICIENT')
  const verdict = await engine.verifyReceipt(rowCall(row, { options: options({ accept: ['unproven'] }) }))
  assert.equal(code(verdict), 'OK')
  assert.equal(verdict.trust, 'unproven')
})

test('texts above 16 MiB are INPUT_LIMIT', async () => {
  const huge = new Uint8Array((16 << 20) + 1).fill(0x20)
  const [row] = accepted
  assert.equal(code(await engine.verifyReceipt(rowCall(row, { request: huge }))), 'INPUT_LIMIT')
  assert.equal(code(await engine.verifyReceipt(rowCall(row, { response: huge }))), 'INPUT_LIMIT')
  assert.equal(code(await engine.verifyReceipt(rowCall(row))), 'OK')
})

for (const [name, options] of [
  ['no JSON', bytes('{')],
  ['an unknown member', json({ now: 1, profile: 'gw-stripped', policy: { accept: ['unproven'] }, extra: 1 })],
  ['milliseconds for now', json({ now: 1795000000000, profile: 'gw-stripped', policy: { accept: ['unproven'] } })],
  ['no clock', json({ profile: 'gw-stripped', policy: { accept: ['unproven'] } })],
  ['an unknown trust level', json({ now: 1, profile: 'gw-stripped', policy: { accept: ['sure'] } })],
  ['an unknown profile', json({ now: 1, profile: 'gw-new', policy: { accept: ['unproven'] } })],
])
  test(`options with ${name} are POLICY_INVALID`, async () => {
    assert.equal(code(await engine.verifyReceipt(rowCall(accepted[0], { options }))), 'POLICY_INVALID')
  })

test('an RSA key of 1024 bits is SIGNATURE_UNSUPPORTED', async () => {
  const key = rsaKey('vectors small', 1024)
  const message = bytes('message')
  const verdict = await engine.verifyRsaPss({ key: new Uint8Array(key.spki), message, signature: new Uint8Array(signPss(key, message)) })
  assert.equal(code(verdict), 'SIGNATURE_UNSUPPORTED')
})

/** What a verdict binds; a mutation may only leave it as it was. */
const bound = ({ value }) => JSON.stringify([value.kind, value.output, value.timestamp, value.teeId, value.requestHash, value.outputHash])

function* mutations(source) {
  for (let bit = 0; bit < source.length * 8; bit += STEP) {
    const at = STEP === 1 ? bit : bit + (bit / 24) % 8
    const copy = source.slice()
    copy[at >> 3] ^= 1 << (at & 7)
    yield copy
  }
  for (let length = 0; length < source.length; length += Math.max(1, STEP - 1)) yield source.slice(0, length)
  for (const tail of [0x00, 0x20, 0x7d, 0xff]) yield new Uint8Array([...source, tail])
}

async function inBatches(items, run) {
  const list = [...items]
  for (let i = 0; i < list.length; i += 64) await Promise.all(list.slice(i, i + 64).map(run))
  return list.length
}

for (const row of accepted)
  test(`mutations of ${row.id} change nothing that is bound`, async () => {
    const honest = await engine.verifyReceipt(rowCall(row))
    assert.equal(code(honest), 'OK')
    let kept = 0
    for (const part of ['request', 'response', 'key'])
      await inBatches(mutations(rowCall(row)[part]), async (bytesNow) => {
        const verdict = await engine.verifyReceipt(rowCall(row, { [part]: bytesNow }))
        if (!verdict.ok) return
        kept += 1
        assert.notEqual(part, 'key', 'another key verified')
        assert.equal(bound(verdict), bound(honest))
      })
    assert.ok(kept > 0, 'flips in unsigned members keep the verdict')
  })

test('a reply is refused for every other request', async () => {
  for (const row of accepted)
    for (const other of accepted) {
      if (row.expect.value.request_hash === other.expect.value.request_hash && row.profile === other.profile) continue
      const verdict = await engine.verifyReceipt(rowCall(row, { request: bytes(other.request_json) }))
      if (verdict.ok) assert.equal(verdict.value.requestHash.slice(2), row.expect.value.request_hash)
      else assert.ok(['RECEIPT_REQUEST_HASH_MISMATCH', 'RECEIPT_REQUEST_UNSUPPORTED'].includes(verdict.code), verdict.code)
    }
})

const documents = rows('nitro_synth/nitro_synth.jsonl')
const nitroCall = (row, document = new Uint8Array(Buffer.from(row.doc_b64, 'base64'))) => {
  const root = { name: 'synthetic root', der: row.root_der_b64 }
  return {
    document, root: new Uint8Array(Buffer.from(row.root_der_b64, 'base64')),
    options: json(row.policy === null ? { now: row.now, root } : { now: row.now, policy: { ...row.policy, root } }),
  }
}
const plainDocument = documents.find((row) => row.class === 'ok_plain')

test('every proper prefix of a document is refused', async () => {
  const document = Buffer.from(plainDocument.doc_b64, 'base64')
  await inBatches(Array.from({ length: document.length }, (_, length) => new Uint8Array(document.subarray(0, length))), async (prefix) => {
    assert.equal(code(await engine.verifyNitro(nitroCall(plainDocument, prefix), engine.nitroPaths[0])), 'NITRO_MALFORMED', `${prefix.length} bytes`)
  })
})

test('a flipped bit of a document is refused, or keeps the claims and lies outside what is signed', async () => {
  const document = new Uint8Array(Buffer.from(plainDocument.doc_b64, 'base64'))
  const honest = await engine.verifyNitro(nitroCall(plainDocument), engine.nitroPaths[0])
  assert.equal(code(honest), 'OK')
  // a0: the unprotected header. The other kept flips may only widen a head, which changes the length.
  const unprotected = 1 + 1 + 4
  const flips = Array.from({ length: Math.ceil((document.length * 8) / STEP) }, (_, i) => (STEP === 1 ? i : i * STEP + (i % 8)))
  await inBatches(flips, async (bit) => {
    const copy = document.slice()
    copy[bit >> 3] ^= 1 << (bit & 7)
    const verdict = await engine.verifyNitro(nitroCall(plainDocument, copy), engine.nitroPaths[0])
    if (!verdict.ok) return
    assert.equal(bit >> 3, unprotected, `bit ${bit} verified`)
    assert.deepEqual(verdict.value, honest.value)
  })
})

test('verdicts do not depend on earlier calls', async () => {
  const some = documents.filter((_, i) => i % 5 === 0)
  const run = async (list) => {
    const out = new Map()
    for (const row of list) {
      const verb = row.policy === null ? 'authenticateNitro' : 'verifyNitro'
      out.set(row.id, JSON.stringify(await engine[verb](nitroCall(row), engine.nitroPaths[0])))
    }
    return out
  }
  const forwards = await run(some)
  const backwards = await run([...some].reverse())
  for (const [id, verdict] of forwards) assert.equal(backwards.get(id), verdict)
})
