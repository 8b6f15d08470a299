// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Hashes and signatures by themselves, against node:crypto and known values.
import assert from 'node:assert/strict'
import { constants, createHash, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { before, test } from 'node:test'

import { dist } from './support/package.mjs'

const verify = await import(dist('verify/index.js'))
let sync
before(async () => (sync = await verify.loadVerifier()))

const hex = (bytes) => Buffer.from(bytes).toString('hex')
const flip = (bytes, at = 0) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

// EIP-155's example transaction hash, signed with key 0x46…46: address from the EIP.
const HASH = '0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53'
const R = '28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276'
const S = '67cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83'
const ADDRESS = '0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f'
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const HIGH_S = (ORDER - BigInt(`0x${S}`)).toString(16).padStart(64, '0')

test('hashes', async () => {
  assert.equal(hex(sync.keccak256(new Uint8Array(0))), 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470')
  assert.equal(hex(await verify.keccak256(new TextEncoder().encode('testing'))), '5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02')
  for (const length of [0, 1, 55, 56, 63, 64, 65, 135, 136, 137, 1000, 1_000_003]) {
    const bytes = new Uint8Array(randomBytes(length))
    assert.equal(hex(sync.sha256(bytes)), createHash('sha256').update(bytes).digest('hex'))
  }
})

test("the loader's own SHA-256 is SHA-256", async () => {
  const { sha256 } = await import(dist('loader/sha256.js'))
  for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 128, 100_001]) {
    const bytes = new Uint8Array(randomBytes(length + 3)).subarray(3)
    assert.equal(hex(sha256(bytes)), createHash('sha256').update(bytes).digest('hex'), `length ${length}`)
  }
})

test('recoverAddress: both forms, both modes', async () => {
  const wallet = await verify.recoverAddress({ hash: HASH, signature: `0x${R}${S}1b` })
  assert.deepEqual(wallet.value, { address: ADDRESS })
  assert.equal(wallet.trust, 'unproven')
  const bytes = { hash: Buffer.from(HASH.slice(2), 'hex'), signature: Buffer.from(`${R}${S}1b`, 'hex') }
  assert.deepEqual(sync.recoverAddress({ ...bytes }), wallet)
  const v = `0x${'1b'.padStart(64, '0')}`
  assert.deepEqual(sync.recoverAddress({ hash: HASH, v, r: `0x${R}`, s: `0x${S}` }), wallet)
  const high = { hash: HASH, signature: `0x${R}${HIGH_S}1c` }
  assert.equal(sync.recoverAddress(high).code, 'SIGNATURE_INVALID')
  assert.deepEqual(sync.recoverAddress({ ...high, lowS: 'malleable' }).value, { address: ADDRESS })
  assert.equal(sync.assertRecoverAddress({ hash: HASH, signature: `0x${R}${S}1b` }).address, ADDRESS)
})

test('recoverAddress: form before value', () => {
  const code = (input) => sync.recoverAddress(input).code
  for (const v of ['00', '01', '1a', '1d', 'ff']) assert.equal(code({ hash: HASH, signature: `0x${R}${S}${v}` }), 'SIGNATURE_MALFORMED', v)
  for (const hash of ['0x', '0xzz', HASH.slice(2), `${HASH}00`, HASH.slice(0, -1), new Uint8Array(31)]) {
    assert.equal(code({ hash, signature: `0x${R}${S}1b` }), 'SIGNATURE_MALFORMED', String(hash))
  }
  assert.equal(code({ hash: HASH, signature: `0x${R}${S}` }), 'SIGNATURE_MALFORMED')
  assert.equal(code({ hash: HASH, signature: `0x${'00'.repeat(32)}${S}1b` }), 'SIGNATURE_INVALID')
  assert.equal(code({ hash: HASH, signature: `0x${ORDER.toString(16)}${S}1b` }), 'SIGNATURE_INVALID')
  for (const input of [{ hash: 5, signature: '0x' }, { hash: HASH }, { hash: HASH, signature: '0x', v: '0x' }, { hash: HASH, signature: '0x', lowS: 'yes' }]) {
    assert.throws(() => sync.recoverAddress(input), { code: 'ARGUMENT_INVALID' })
  }
})

test('verifyEcdsa', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const [xBytes, yBytes] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  const key = Buffer.concat([Buffer.of(4), xBytes, yBytes])
  const compressed = Buffer.concat([Buffer.of(2 + (yBytes.at(-1) & 1)), xBytes])
  const message = randomBytes(50)
  const hash = new Uint8Array(createHash('sha256').update(message).digest())
  const signature = new Uint8Array(sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }))
  const s = BigInt(`0x${hex(signature.subarray(32))}`)
  const low = s > ORDER / 2n ? Uint8Array.from([...signature.subarray(0, 32), ...Buffer.from((ORDER - s).toString(16).padStart(64, '0'), 'hex')]) : signature
  for (const publicKeyBytes of [key, compressed, `0x${hex(key)}`]) {
    const verdict = await verify.verifyEcdsa({ publicKey: publicKeyBytes, hash, signature: low })
    assert.equal(verdict.ok, true)
    assert.equal(verdict.value.publicKey, typeof publicKeyBytes === 'string' ? hex(key) : hex(publicKeyBytes))
  }
  assert.equal(sync.verifyEcdsa({ publicKey: key, hash: flip(hash), signature: low }).code, 'SIGNATURE_INVALID')
  assert.equal(sync.verifyEcdsa({ publicKey: key.subarray(1), hash, signature: low }).code, 'SIGNATURE_MALFORMED')
  assert.equal(sync.verifyEcdsa({ publicKey: key, hash, signature: low.subarray(1) }).code, 'SIGNATURE_MALFORMED')
  const highS = (ORDER - BigInt(`0x${hex(low.subarray(32))}`)).toString(16).padStart(64, '0')
  const high = `0x${hex(low.subarray(0, 32))}${highS}`
  assert.equal(sync.verifyEcdsa({ publicKey: key, hash, signature: high }).code, 'SIGNATURE_INVALID')
  assert.equal(sync.isValidEcdsa({ publicKey: key, hash, signature: high, lowS: 'malleable' }), true)
})

test('verifyRsaPss', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  const message = new Uint8Array(randomBytes(96))
  const pss = (saltLength) => new Uint8Array(sign('sha256', message, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }))
  const signature = pss(32)
  assert.equal((await verify.verifyRsaPss({ publicKey: spki, message, signature })).ok, true)
  assert.equal(sync.verifyRsaPss({ publicKey: spki, message: flip(message), signature }).code, 'SIGNATURE_INVALID')
  assert.equal(sync.verifyRsaPss({ publicKey: spki, message, signature: pss(20) }).code, 'SIGNATURE_INVALID')
  assert.equal(sync.verifyRsaPss({ publicKey: spki, message, signature: signature.subarray(1) }).code, 'SIGNATURE_MALFORMED')
  assert.equal(sync.verifyRsaPss({ publicKey: spki.subarray(1), message, signature }).code, 'SIGNATURE_MALFORMED')
  const small = createPublicKey(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey).export({ type: 'spki', format: 'der' })
  assert.equal(sync.verifyRsaPss({ publicKey: small, message, signature }).code, 'SIGNATURE_UNSUPPORTED')
})

test('verifyP384', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const key = new Uint8Array(Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]))
  const message = new Uint8Array(randomBytes(300))
  const signature = new Uint8Array(sign('sha384', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }))
  assert.equal((await verify.verifyP384({ publicKey: key, message, signature })).ok, true)
  assert.equal(sync.verifyP384({ publicKey: key, message: flip(message, 200), signature }).code, 'SIGNATURE_INVALID')
  assert.equal(sync.verifyP384({ publicKey: key, message, signature: new Uint8Array(96) }).code, 'SIGNATURE_INVALID')
  assert.equal(sync.verifyP384({ publicKey: flip(key, 5), message, signature }).code, 'SIGNATURE_MALFORMED')
  assert.equal(sync.verifyP384({ publicKey: key, message, signature: signature.subarray(1) }).code, 'SIGNATURE_MALFORMED')
})
