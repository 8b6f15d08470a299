// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What wallets sign (EIP-191, EIP-712, ERC-1271), the other signature schemes, and many signatures in one call.
import assert from 'node:assert/strict'
import { constants, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { before, test } from 'node:test'

import { dist } from './support/package.mjs'

const verify = await import(dist('verify/index.js'))
let sync
before(async () => (sync = await verify.loadVerifier()))

const hex = (bytes) => Buffer.from(bytes).toString('hex')
const flip = (bytes, at = 0) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))
const spkiTail = (publicKey, length) => new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-length))

// The example of EIP-712: its data, its digest, and the signature by the key keccak256("cow").
const MAIL = {
  domain: { name: 'Ether Mail', version: '1', chainId: 1, verifyingContract: '0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC' },
  types: {
    Person: [{ name: 'name', type: 'string' }, { name: 'wallet', type: 'address' }],
    Mail: [{ name: 'from', type: 'Person' }, { name: 'to', type: 'Person' }, { name: 'contents', type: 'string' }],
  },
  primaryType: 'Mail',
  message: {
    from: { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
    to: { name: 'Bob', wallet: '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB' },
    contents: 'Hello, Bob!',
  },
}
const MAIL_DIGEST = '0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2'
const MAIL_SIGNATURE = '0x4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c'
const COW = '0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826'

test('typed data: the example of the standard, as object and as text', async () => {
  for (const typedData of [MAIL, JSON.stringify(MAIL)]) {
    const hashed = await verify.hashTypedData(typedData)
    assert.equal(hashed.value.digest, MAIL_DIGEST)
    assert.equal(hashed.value.encodeType, 'Mail(Person from,Person to,string contents)Person(string name,address wallet)')
    assert.equal(hashed.trust, 'unproven')
    const verdict = sync.verifyTypedData({ typedData, address: COW, signature: MAIL_SIGNATURE })
    assert.deepEqual(verdict.value, { address: COW, digest: MAIL_DIGEST })
    assert.deepEqual(verdict.checks.map(({ name, status }) => [name, status]), [['typed data', 'passed'], ['signature', 'passed']])
  }
  assert.equal(await verify.isValidTypedData({ typedData: MAIL, address: MAIL.message.to.wallet, signature: MAIL_SIGNATURE }), false)
})

test('typed data: values of JavaScript', () => {
  const data = (message, types = [{ name: 'a', type: 'uint256' }, { name: 'b', type: 'bytes4' }, { name: 'c', type: 'int8[]' }]) =>
    ({ domain: { chainId: 1n }, types: { M: types }, primaryType: 'M', message })
  const digest = (message) => sync.assertHashTypedData(data(message)).digest
  const plain = digest({ a: '5', b: '0x01020304', c: ['-1', '2'] })
  assert.equal(digest({ a: 5n, b: Uint8Array.of(1, 2, 3, 4), c: [-1, 2n] }), plain)
  assert.notEqual(digest({ a: 2n ** 255n, b: '0x01020304', c: [] }), plain)
  for (const a of [1.5, 2 ** 60, NaN, () => 1, Symbol('a')]) assert.throws(() => sync.hashTypedData(data({ a, b: '0x01020304', c: [] })), { code: 'ARGUMENT_INVALID' })
  const endless = { a: '5', b: '0x01020304', c: [] }
  endless.c = [endless.c, endless]
  assert.throws(() => sync.hashTypedData(data(endless)), { code: 'ARGUMENT_INVALID' })
})

test('typed data: what has no encoding, and where', () => {
  const refuse = (change, path) => {
    const data = structuredClone(MAIL)
    change(data)
    const verdict = sync.verifyTypedData({ typedData: data, address: COW, signature: MAIL_SIGNATURE })
    assert.deepEqual([verdict.code, verdict.path, verdict.category], ['TYPED_DATA_INVALID', path, 'malformed'])
  }
  refuse((data) => delete data.message.to.wallet, 'message.to.wallet')
  refuse((data) => (data.message.from = null), 'message.from')
  refuse((data) => (data.message.to.wallet = '0x01'), 'message.to.wallet')
  refuse((data) => (data.message.contents = '\ud800'), 'message.contents')
  refuse((data) => (data.types.Person[0].type = 'uint7'), 'types.Person')
  refuse((data) => (data.types.Person[0].type = 'Mail[]'), 'types')
  refuse((data) => (data.primaryType = 'Letter'), 'primaryType')
  refuse((data) => (data.domain.chain = 1), 'domain')
  assert.equal(sync.hashTypedData('{').code, 'TYPED_DATA_INVALID')
})

test('typed data: members without a type are not covered', () => {
  const data = structuredClone(MAIL)
  data.message.to.role = 'payee'
  const verdict = sync.verifyTypedData({ typedData: data, address: COW, signature: MAIL_SIGNATURE })
  assert.ok(verdict.ok)
  assert.deepEqual(verdict.checks.filter(({ status }) => status === 'not-covered').map(({ name }) => name), ['message.to.role'])
})

test('typed data: a member that would be left out is refused', () => {
  const { domain, message } = MAIL
  class Domain {
    constructor() { Object.assign(this, domain) }
    get salt() { return `0x${'11'.repeat(32)}` }
  }
  const left = [
    [{ domain: { ...domain, salt: undefined } }, 'typedData.domain.salt'],
    [{ domain: new Domain() }, 'typedData.domain.salt'],
    [{ domain: Object.assign(Object.create({ salt: `0x${'11'.repeat(32)}` }), domain) }, 'typedData.domain.salt'],
    [{ domain: Object.defineProperty({ ...domain }, 'salt', { value: `0x${'11'.repeat(32)}` }) }, 'typedData.domain.salt'],
    [{ message: { ...message, to: { ...message.to, role: undefined } } }, 'typedData.message.to.role'],
    [{ types: { ...MAIL.types, More: undefined } }, 'typedData.types.More'],
    [{ types: { ...MAIL.types, Person: Object.assign([...MAIL.types.Person], { map: 1 }) } }, 'typedData.types.Person.map'],
    [{ message: { ...message, to: [Object.defineProperty([], 'salt', { value: 1 })] } }, 'typedData.message.to[0].salt'],
  ]
  for (const [change, path] of left) {
    const typedData = { ...MAIL, ...change }
    assert.throws(() => sync.hashTypedData(typedData), { name: 'UsageError', code: 'ARGUMENT_INVALID', path })
    assert.throws(() => sync.verifyTypedData({ typedData, address: COW, signature: MAIL_SIGNATURE }), { code: 'ARGUMENT_INVALID', path })
    assert.throws(() => sync.verifyTypedDataBatch([{ typedData, address: COW, signature: MAIL_SIGNATURE }]), { code: 'ARGUMENT_INVALID', path: `[0].${path}` })
  }
  // Without a prototype, and with methods of Object's alone: nothing is left out.
  assert.equal(sync.assertHashTypedData({ ...MAIL, domain: Object.assign(Object.create(null), domain) }).digest, MAIL_DIGEST)
  assert.equal(sync.assertHashTypedData({ ...MAIL, domain: Object.assign(new (class Plain {})(), domain) }).digest, MAIL_DIGEST)
})

test('typed data: its text is bounded while it is made, though its values are few', async () => {
  const doubled = (value, times) => (times === 0 ? value : doubled([value, value], times - 1))
  const big = 'a'.repeat(1 << 20)
  const many = [
    Array(1000).fill(big), doubled(big.slice(0, 1 << 10), 28), [...Array(15).fill(big), ...Array(1000).fill(new Uint8Array(1 << 20))], Array(300).fill({ [big]: 1 }),
    '\0'.repeat(100 << 20),
  ]
  const mail = (contents) => ({ ...MAIL, message: { ...MAIL.message, contents } })
  for (const [i, contents] of many.entries()) {
    const { code, path } = sync.hashTypedData(mail(contents))
    assert.deepEqual([code, path], ['INPUT_LIMIT', 'typedData'], i)
  }
  const input = { typedData: mail(many[0]), address: COW, signature: MAIL_SIGNATURE }
  assert.equal((await verify.verifyTypedData(input)).code, 'INPUT_LIMIT')
  assert.equal(sync.isValidTypedData(input), false)
  // Up to the limit nothing is refused.
  const longest = 'a'.repeat((16 << 20) - JSON.stringify(mail('')).length)
  assert.equal(sync.hashTypedData(mail(longest)).ok, true)
  assert.equal(sync.hashTypedData(mail(`${longest}a`)).code, 'INPUT_LIMIT')
})

test('typed data: members are read once', () => {
  let reads = 0
  const message = Object.create({ contents: 'inherited' })
  Object.assign(message, { from: MAIL.message.from, to: MAIL.message.to })
  assert.throws(() => sync.hashTypedData({ ...MAIL, message }), { code: 'ARGUMENT_INVALID', path: 'typedData.message.contents' })
  Object.defineProperty(message, 'contents', { enumerable: true, get: () => ((reads += 1) === 1 ? 'Hello, Bob!' : 'Hello, Eve!') })
  assert.equal(sync.assertHashTypedData({ ...MAIL, message }).digest, MAIL_DIGEST)
  assert.equal(reads, 1)
})

test('personal messages are bytes; text is UTF-8, never hex', async () => {
  const digest = (message) => sync.assertHashMessage(message).digest
  // keccak256("\x19Ethereum Signed Message:\n5hello")
  assert.equal(digest('hello'), '0x50b2c43fd39106bafbba0da34fc430e1f91e3c96ea2acee2bc34119f92b37750')
  assert.equal(digest(new TextEncoder().encode('hello')), digest('hello'))
  assert.notEqual(digest('0x68656c6c6f'), digest('hello'))
  assert.throws(() => sync.hashMessage('\ud800'), { code: 'ARGUMENT_INVALID' })
  assert.throws(() => sync.hashMessage(5), { code: 'ARGUMENT_INVALID' })
})

test('verifyMessage names the account that it was asked about', async () => {
  // Any signature recovers to some account; over this digest to one that the message form finds again.
  const signature = MAIL_SIGNATURE
  const { digest } = sync.assertHashMessage('gm')
  const { address } = sync.assertRecoverAddress({ hash: digest, signature })
  assert.deepEqual((await verify.verifyMessage({ message: 'gm', address, signature })).value, { address, digest })
  assert.equal(sync.isValidMessage({ message: 'gm', address: address.toUpperCase().replace('0X', '0x'), signature }), true)
  assert.equal(sync.verifyMessage({ message: 'gn', address, signature }).code, 'SIGNATURE_INVALID')
  assert.equal(sync.verifyMessage({ message: 'gm', address, signature: '0x12' }).code, 'SIGNATURE_MALFORMED')
  assert.equal(sync.verifyMessage({ message: 'gm', address, signature: 'no hex' }).code, 'SIGNATURE_MALFORMED')
  for (const wrong of ['0x12', 'somebody', undefined]) assert.throws(() => sync.verifyMessage({ message: 'gm', address: wrong, signature }), { code: 'ARGUMENT_INVALID' })
})

test('ERC-1271: the call and its answer', () => {
  const hash = `0x${'11'.repeat(32)}`
  const { data } = sync.assertErc1271CallData({ hash, signature: '0xabcdef' })
  assert.equal(data, `0x1626ba7e${'11'.repeat(32)}${'40'.padStart(64, '0')}${'3'.padStart(64, '0')}${'abcdef'.padEnd(64, '0')}`)
  const yes = `0x1626ba7e${'0'.repeat(56)}`
  assert.equal(sync.isValidErc1271Result(yes), true)
  assert.deepEqual(sync.verifyErc1271Result(yes).checks.map(({ status }) => status), ['assumed', 'passed'])
  assert.equal(sync.verifyErc1271Result(`0x${'0'.repeat(64)}`).code, 'SIGNATURE_INVALID')
  for (const other of ['0x', '0x1626ba7e', yes.slice(0, -2), `${yes}00`, 'yes', new Uint8Array(0)]) assert.equal(sync.verifyErc1271Result(other).code, 'SIGNATURE_MALFORMED')
  assert.equal(sync.erc1271CallData({ hash: '0x11', signature: '0x' }).code, 'SIGNATURE_MALFORMED')
})

test('ed25519, P-256 and PKCS#1 agree with the platform', async () => {
  const message = new Uint8Array(randomBytes(40))
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ed = generateKeyPairSync('ed25519')
  const cases = [
    ['verifyEd25519', spkiTail(ed.publicKey, 32), sign(null, message, ed.privateKey)],
    ['verifyP256', spkiTail(p256.publicKey, 65), sign('sha256', message, { key: p256.privateKey, dsaEncoding: 'ieee-p1363' })],
    ['verifyRsaPkcs1', new Uint8Array(rsa.publicKey.export({ type: 'spki', format: 'der' })), sign('sha256', message, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PADDING })],
  ]
  for (const [name, publicKey, signed] of cases) {
    const signature = new Uint8Array(signed)
    assert.deepEqual((await verify[name]({ publicKey, message, signature })).value, { publicKey: hex(publicKey) }, name)
    assert.equal(sync[name]({ publicKey, message: flip(message), signature }).code, 'SIGNATURE_INVALID', name)
    assert.equal(sync[name]({ publicKey, message, signature: signature.subarray(1) }).code, 'SIGNATURE_MALFORMED', name)
    const batch = sync[`${name}Batch`]([{ publicKey, message, signature }, { publicKey, message: flip(message), signature }])
    assert.deepEqual([batch.code, batch.path], ['SIGNATURE_INVALID', '[1]'], name)
  }
  assert.throws(() => sync.verifyEd25519({ publicKey: cases[0][1], message, signature: message, rule: 'any' }), { code: 'ARGUMENT_INVALID' })
})

test('ed25519: small orders by rule', () => {
  const neutral = Uint8Array.of(1, ...new Uint8Array(31))
  const input = { publicKey: neutral, message: new Uint8Array(3), signature: Uint8Array.of(...neutral, ...new Uint8Array(32)) }
  assert.equal(sync.verifyEd25519(input).code, 'SIGNATURE_MALFORMED')
  assert.equal(sync.verifyEd25519({ ...input, rule: 'zip215' }).ok, true)
})

test('batches say it of each signature and are ok when all are', async () => {
  const hash = MAIL_DIGEST
  const good = { hash, signature: MAIL_SIGNATURE }
  const word = (at) => `0x${MAIL_SIGNATURE.slice(2 + 64 * at, 66 + 64 * at)}`
  const words = { hash, v: `0x${'1c'.padStart(64, '0')}`, r: word(0), s: word(1) }
  const all = await verify.recoverAddressBatch([good, words, { ...good, lowS: 'malleable' }])
  assert.deepEqual(all.value, [{ address: COW }, { address: COW }, { address: COW }])
  const bad = sync.recoverAddressBatch([good, { ...words, v: `0x${'01'.padEnd(62, '0')}1c` }, { hash: '0x', signature: MAIL_SIGNATURE }, good])
  assert.deepEqual([bad.ok, bad.code, bad.path], [false, 'SIGNATURE_MALFORMED', '[1]'])
  assert.deepEqual(bad.checks.map(({ name, status, code }) => [name, status, code]), [
    ['signature[0]', 'passed', undefined],
    ['signature[1]', 'failed', 'SIGNATURE_MALFORMED'],
    ['signature[2]', 'failed', 'SIGNATURE_MALFORMED'],
    ['signature[3]', 'passed', undefined],
  ])
  assert.throws(() => sync.assertRecoverAddressBatch([good, { ...good, hash: `0x${'00'.repeat(31)}` }]), { code: 'SIGNATURE_MALFORMED' })
  assert.throws(() => sync.recoverAddressBatch([]), { code: 'ARGUMENT_INVALID' })
  assert.throws(() => sync.recoverAddressBatch([good, {}]), { code: 'ARGUMENT_INVALID' })
  assert.throws(() => sync.recoverAddressBatch(good), { code: 'ARGUMENT_INVALID' })
})

test('a batch of ecdsa gives each verdict that it would get alone', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  const key = spkiTail(publicKey, 65)
  const inputs = Array.from({ length: 40 }, (_, i) => {
    const message = new Uint8Array(randomBytes(32))
    const signature = new Uint8Array(sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }))
    return { publicKey: i % 5 === 4 ? key.subarray(1) : key, hash: sync.sha256(message), signature: i % 3 === 2 ? flip(signature, 40) : signature, lowS: i % 2 ? 'strict' : 'malleable' }
  })
  const alone = inputs.map((input) => sync.verifyEcdsa(input))
  const batch = sync.verifyEcdsaBatch(inputs)
  assert.deepEqual(batch.checks.map(({ code }) => code), alone.map(({ code }) => code))
  assert.equal(batch.path, `[${alone.findIndex(({ ok }) => !ok)}]`)
  const passing = inputs.filter((_, i) => alone[i].ok)
  assert.deepEqual(sync.assertEcdsaBatch(passing), alone.filter(({ ok }) => ok).map(({ value }) => value))
})
