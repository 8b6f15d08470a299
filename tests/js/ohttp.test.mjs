// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Confidential chat. The enclave's side is made with node:crypto.
import assert from 'node:assert/strict'
import { constants, createCipheriv, createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { before, test } from 'node:test'

import { startWorker } from './support/node_worker.mjs'
import { dist } from './support/package.mjs'

const verify = await import(dist('verify/index.js'))
const { createWorkerHost } = await import(dist('web/index.js'))
let sync
before(async () => (sync = await verify.loadVerifier()))

const hex = (bytes) => Buffer.from(bytes).toString('hex')
const bytes = (text) => new Uint8Array(Buffer.from(text, 'hex'))
const word = (value) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
const keccak = (...parts) => sync.keccak256(new Uint8Array(Buffer.concat(parts)))

const PAIR = generateKeyPairSync('rsa', { modulusLength: 2048 })
const SPKI = new Uint8Array(PAIR.publicKey.export({ type: 'spki', format: 'der' }))
// The key of 32 bytes of 11, and what @hpke/core seals to it with 32 bytes of 22.
const PUBLIC_KEY = '1a239249ea74403babc01f32df9931a16f71ac8972c461d69fed15640e310639'
const WIRE = '07002000010003e3b9708aaa21a7f1e62a95ee28d1e5d60b0fceed6c68599013a54b318e9e0b15c66fb902cfba770ab06136e93ca87d30c79701e4d38b124c8f671c4f8ebfa6'
const REQUEST = '{"messages":[]}'

function configOf(publicKey = PUBLIC_KEY) {
  const blob = bytes(`070020${publicKey}000400010003`)
  const hash = keccak(
    keccak(Buffer.from('OPENGRADIENT_TEE_OHTTP_CONFIG_V1')), keccak(SPKI), word(7), word(0x20), word(1), word(3), keccak(bytes(publicKey)), keccak(blob),
  )
  const signature = sign('sha256', hash, { key: PAIR.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
  return {
    tee_id: `0x${hex(keccak(SPKI))}`, key_id: 7, kem_id: 0x20, kdf_id: 1, aead_id: 3, public_key: publicKey,
    key_config: Buffer.from(blob).toString('base64'), signature: signature.toString('base64'), signature_hash: `0x${hex(hash)}`,
  }
}

/** The enclave's replies: each part sealed under its number. */
function sealReply(enc, secret, nonce, parts) {
  const mac = (key, ...data) => createHmac('sha256', key).update(Buffer.concat(data)).digest()
  const prk = mac(Buffer.concat([enc, nonce]), secret)
  const key = mac(prk, Buffer.from('key'), Buffer.from([1]))
  const base = mac(prk, Buffer.from('nonce'), Buffer.from([1])).subarray(0, 12)
  return parts.map(([text, aad], i) => {
    const iv = Buffer.from(base)
    iv[11] ^= i
    const cipher = createCipheriv('chacha20-poly1305', key, iv, { authTagLength: 16 })
    cipher.setAAD(Buffer.from(aad))
    return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])
  })
}

const NONCE = Buffer.alloc(32, 0x33)

function chunked(context, texts) {
  const sealed = sealReply(context.enc, context.chunkedResponseSecret, NONCE, texts.map((text, i) => [text, i === texts.length - 1 ? 'final' : '']))
  const parts = sealed.map((part, i) => (i === texts.length - 1 ? [Buffer.from([0]), part] : [Buffer.from([0x40, part.length]), part]))
  return new Uint8Array(Buffer.concat([NONCE, ...parts.flat()]))
}

const sealed = () => sync.assertSealOhttpRequest({ config: configOf(), key: SPKI, request: REQUEST, entropy: new Uint8Array(32).fill(0x22) })

test('verifyOhttpConfig: object and text, and the swapped key', async () => {
  const config = configOf()
  const { value } = await verify.verifyOhttpConfig({ config, key: SPKI })
  assert.deepEqual(value, { teeId: config.tee_id, keyId: 7, publicKey: PUBLIC_KEY, configHash: config.signature_hash })
  assert.equal(sync.isValidOhttpConfig({ config: JSON.stringify({ ...config, more: 1 }), key: SPKI }), true)
  const code = (change) => sync.verifyOhttpConfig({ config: { ...config, ...change }, key: SPKI }).code
  assert.equal(code({ public_key: '09'.padEnd(64, '0') }), 'OHTTP_CONFIG_MISMATCH')
  const blob = Buffer.from(`070020${'09'.padEnd(64, '0')}000400010003`, 'hex').toString('base64')
  assert.equal(code({ public_key: '09'.padEnd(64, '0'), key_config: blob, signature_hash: undefined }), 'OHTTP_CONFIG_SIGNATURE_INVALID')
  assert.equal(code({ signature: undefined }), 'OHTTP_MALFORMED')
  assert.equal(code({ key_id: '7' }), 'OHTTP_MALFORMED')
  assert.equal(code({ key_id: NaN }), 'OHTTP_MALFORMED')
  assert.equal(sync.verifyOhttpConfig({ config, key: SPKI.subarray(1) }).code, 'RECEIPT_KEY_UNSUPPORTED')
})

test('sealOhttpRequest: as another implementation seals it, and only for a signed key', async () => {
  assert.equal(hex(sealed().request), WIRE)
  const input = { config: configOf(), key: SPKI, request: new TextEncoder().encode(REQUEST) }
  const [one, two] = [await verify.assertSealOhttpRequest(input), await verify.assertSealOhttpRequest(input)]
  assert.notEqual(hex(one.request), hex(two.request)) // fresh randomness each time
  assert.equal(one.request.byteLength, two.request.byteLength)
  assert.equal(sync.sealOhttpRequest({ ...input, config: { ...input.config, signature: 'AAAA' } }).code, 'OHTTP_CONFIG_SIGNATURE_INVALID')
  assert.equal(sync.sealOhttpRequest({ ...input, config: configOf('00'.repeat(32)) }).code, 'OHTTP_KEY_INVALID')
  assert.equal(sync.sealOhttpRequest({ ...input, request: new Uint8Array(524_234) }).code, 'OHTTP_LIMIT')
  assert.equal(sync.sealOhttpRequest({ ...input, request: 'x'.repeat(1_000_000) }).code, 'OHTTP_LIMIT')
  assert.equal(sync.assertSealOhttpRequest({ ...input, request: new Uint8Array(524_233) }).request.byteLength, 524_288)
  assert.throws(() => sync.sealOhttpRequest({ ...input, entropy: new Uint8Array(31) }), { code: 'ARGUMENT_INVALID' })
})

test('openOhttpResponse: in one piece', async () => {
  const { context } = sealed()
  const reply = sealReply(context.enc, context.responseSecret, NONCE, [['{"status":200}', '']])[0]
  const response = new Uint8Array(Buffer.concat([NONCE, reply]))
  const { plaintext } = await verify.assertOpenOhttpResponse({ context, response })
  assert.equal(Buffer.from(plaintext).toString(), '{"status":200}')
  const code = (input) => sync.openOhttpResponse({ context, response, ...input }).code
  assert.equal(code({ response: response.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) }), 'OHTTP_DECRYPT_FAILED')
  assert.equal(code({ response: response.subarray(0, 47) }), 'OHTTP_MALFORMED')
  assert.equal(code({ context: { ...context, responseSecret: context.chunkedResponseSecret } }), 'OHTTP_DECRYPT_FAILED')
  assert.equal(code({ mediaType: 'message/ohttp-chunked-res' }), 'OHTTP_LIMIT') // what follows the nonce reads as a length
  assert.throws(() => code({ mediaType: 'text/html' }), { code: 'ARGUMENT_INVALID' })
  assert.throws(() => code({ context: { ...context, enc: context.enc.subarray(1) } }), { code: 'ARGUMENT_INVALID' })
})

test('openOhttpResponse: chunked and whole', () => {
  const { context } = sealed()
  const response = chunked(context, ['data: 1\n\n', '', 'data: [DONE]\n\n'])
  const opened = sync.assertOpenOhttpResponse({ context, response, mediaType: 'message/ohttp-chunked-res' })
  assert.deepEqual(opened.chunks.map((chunk) => Buffer.from(chunk).toString()), ['data: 1\n\n', '', 'data: [DONE]\n\n'])
  assert.equal(Buffer.from(opened.plaintext).toString(), 'data: 1\n\ndata: [DONE]\n\n')
})

test('openOhttpResponse: chunked, through a worker, and again', async () => {
  const { context } = sealed()
  const response = chunked(context, ['one', 'end'])
  const host = createWorkerHost({ worker: startWorker(dist('web/worker.js')) })
  const input = { context, response, mediaType: 'message/ohttp-chunked-res' }
  for (const form of [host, host, verify]) assert.equal((await form.openOhttpResponse(input)).ok, true)
  host.dispose()
})

test('OhttpResponseStream: however the reply is cut', async () => {
  const { context } = sealed()
  const texts = ['one', 'two', '', 'three', 'end']
  const wire = chunked(context, texts)
  for (const size of [1, 2, 7, 50, wire.length]) {
    const [now, later] = [new sync.OhttpResponseStream({ context }), new verify.OhttpResponseStream({ context })]
    const released = [[], []]
    const waiting = []
    for (let at = 0; at < wire.length; at += size) {
      const piece = wire.slice(at, at + size)
      released[0].push(...now.push(piece))
      waiting.push(later.push(piece).then((chunks) => released[1].push(...chunks)))
      piece.fill(0) // the stream keeps its own copy
    }
    await Promise.all(waiting)
    for (const [i, verdict] of [now.finish(), await later.finish()].entries()) {
      assert.equal(verdict.ok, true)
      assert.deepEqual([...released[i], ...verdict.value.chunks].map((chunk) => Buffer.from(chunk).toString()), texts)
    }
    assert.throws(() => now.push(wire), { code: 'ARGUMENT_INVALID' })
    assert.throws(() => now.finish(), { code: 'ARGUMENT_INVALID' })
  }
})

test('OhttpResponseStream: cut, changed and too long replies end in their code', async () => {
  const { context } = sealed()
  const wire = chunked(context, ['one', 'end'])
  const run = (reply, size = 5) => {
    const stream = new sync.OhttpResponseStream({ context })
    const chunks = []
    for (let at = 0; at < reply.length; at += size) chunks.push(...stream.push(reply.slice(at, at + size)))
    return [stream.finish().code, chunks.length]
  }
  assert.deepEqual(run(wire.slice(0, 53)), ['OHTTP_TRUNCATED', 1]) // the first chunk was released, and is withdrawn
  assert.deepEqual(run(wire.slice(0, 31)), ['OHTTP_MALFORMED', 0])
  assert.deepEqual(run(wire.slice(0, -1)), ['OHTTP_DECRYPT_FAILED', 1])
  assert.deepEqual(run(wire.map((byte, i) => (i === 36 ? byte ^ 1 : byte))), ['OHTTP_DECRYPT_FAILED', 0])
  assert.deepEqual(run(new Uint8Array([...NONCE, 0x81, 0, 0, 1])), ['OHTTP_LIMIT', 0])
  const failed = new verify.OhttpResponseStream({ context })
  await failed.push(new Uint8Array([...NONCE, 0x01]))
  assert.deepEqual(await failed.push(wire), []) // nothing after the first failure
  assert.equal((await failed.finish()).code, 'OHTTP_MALFORMED')
  assert.throws(() => new sync.OhttpResponseStream({ context, extra: 1 }), { code: 'ARGUMENT_INVALID' })
  assert.throws(() => new sync.OhttpResponseStream({ context }).push('text'), { code: 'ARGUMENT_INVALID' })
})
