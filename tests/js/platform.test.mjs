// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Signatures by WebCrypto and by the module: the same verdicts, on valid signatures and on everything that is made of
// them; WebCrypto is asked where it should be; what it answers wrongly does not matter where it could.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { constants, createHash, generateKeyPairSync, privateEncrypt, randomBytes, sign } from 'node:crypto'
import { before, test } from 'node:test'

import { dist } from './support/package.mjs'

const verify = await import(dist('verify/index.js'))
let sync
before(async () => (sync = await verify.loadVerifier()))

const { subtle } = globalThis.crypto
/** What WebCrypto was asked during `run`, and what it said. */
async function watch(run) {
  const asked = []
  const { importKey, verify: check } = subtle
  subtle.importKey = async (...given) => Object.assign(await importKey.apply(subtle, given), { given: new Uint8Array(given[1]) })
  subtle.verify = async (algorithm, key, signature, message) => {
    const answer = await check.call(subtle, algorithm, key, signature, message)
    asked.push({ key: key.given, signature, message, answer })
    return answer
  }
  try {
    return { value: await run(), asked }
  } finally {
    delete subtle.importKey
    delete subtle.verify
  }
}

const spki = (key) => new Uint8Array(key.export({ format: 'der', type: 'spki' }))
const rsa = (bits, publicExponent = 65537) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits, publicExponent })
  return { publicKey: spki(publicKey), privateKey }
}
const pss = (saltLength) => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength })
const signed = (hash, key, options = {}, message = randomBytes(50)) => ({
  publicKey: key.publicKey, message: new Uint8Array(message), signature: new Uint8Array(sign(hash, message, { key: key.privateKey, ...options })),
})

const RSA_KEYS = [rsa(2048), rsa(3072), rsa(2056), rsa(2049), rsa(2048, 3)]
const P384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const p384 = { publicKey: spki(P384.publicKey).subarray(-97), privateKey: P384.privateKey }
const ED = generateKeyPairSync('ed25519')
const ed = { publicKey: spki(ED.publicKey).subarray(-32), privateKey: ED.privateKey }

/** By function: inputs; the first is one that WebCrypto shall decide. */
const INPUTS = {
  verifyRsaPss: [...RSA_KEYS.map((key) => signed('sha256', key, pss(32))), signed('sha256', RSA_KEYS[0], pss(20)), signed('sha384', RSA_KEYS[0], pss(32))],
  verifyRsaPkcs1: [...RSA_KEYS.map((key) => signed('sha256', key)), signed('sha384', RSA_KEYS[0])],
  verifyP384: [0, 1, 2].map(() => signed('sha384', p384, { dsaEncoding: 'ieee-p1363' })),
  verifyEd25519: [0, 1, 2].map(() => signed(null, ed)),
}

const cut = (bytes) => bytes.subarray(0, -1)
const longer = (bytes) => Uint8Array.of(...bytes, 0)
const padded = (bytes) => Uint8Array.of(0, ...bytes)
const flipped = (bytes, bit) => bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
function* mutations(input) {
  yield input
  for (const member of ['publicKey', 'signature']) {
    for (const change of [cut, longer, padded, (bytes) => bytes.map(() => 0), (bytes) => bytes.map(() => 255), () => new Uint8Array(0)]) yield { ...input, [member]: change(input[member]) }
    const bits = 8 * input[member].length
    for (let i = 0; i < 40; i += 1) yield { ...input, [member]: flipped(input[member], Math.floor((i * bits) / 40)) }
    for (const last of [1, 2, 8, 9]) yield { ...input, [member]: flipped(input[member], bits - last) }
  }
  yield { ...input, message: flipped(input.message, 9) }
  yield { ...input, message: new Uint8Array(0) }
}

for (const [name, inputs] of Object.entries(INPUTS)) {
  test(`${name}: WebCrypto and the module give the same verdict`, async () => {
    let yes = 0
    let no = 0
    for (const input of inputs.flatMap((each) => [...mutations(each)])) {
      const expected = sync[name](input)
      const { value, asked } = await watch(() => verify[name]({ ...input, platform: 'webcrypto' }))
      assert.deepEqual(value, expected)
      assert.deepEqual(await verify[name]({ ...input, platform: 'wasm' }), expected)
      assert.deepEqual(await verify[name](input), expected)
      // The engine's own answer, before the module says why not.
      const own = asked.filter(({ signature }) => signature.every((byte, i) => byte === input.signature[i]))
      for (const { answer } of own) assert.equal(answer, expected.ok, JSON.stringify(expected))
      if (own.length > 0) expected.ok ? (yes += 1) : (no += 1)
    }
    assert.ok(yes > 0 && no > 40, `WebCrypto was asked: ${yes} times yes, ${no} times no`)
  })

  test(`${name}: the switch forces either`, async () => {
    const asks = async (platform) => (await watch(() => verify[name]({ ...inputs[0], platform }))).asked.length
    assert.ok((await asks('webcrypto')) > 0)
    assert.equal(await asks('wasm'), 0)
    assert.equal(await asks('auto'), 0, 'in Node the module is the faster one')
    await assert.rejects(verify[name]({ ...inputs[0], platform: 'node' }), { code: 'ARGUMENT_INVALID' })
  })
}

test('a DigestInfo without NULL is refused by either', async () => {
  const [{ publicKey, privateKey }] = RSA_KEYS
  const message = new Uint8Array(randomBytes(30))
  const digest = createHash('sha256').update(message).digest()
  const input = (head) => ({ publicKey, message, signature: new Uint8Array(privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([Buffer.from(head, 'hex'), digest]))) })
  for (const [head, ok] of [['3031300d060960864801650304020105000420', true], ['302f300b06096086480165030402010420', false]]) {
    const { value, asked } = await watch(() => verify.verifyRsaPkcs1({ ...input(head), platform: 'webcrypto' }))
    assert.equal(value.ok, ok)
    assert.deepEqual(asked.map(({ answer }) => answer), [ok])
    assert.equal(sync.verifyRsaPkcs1(input(head)).ok, ok)
  }
})

const child = (script) => JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }))
const pack = (input) => JSON.stringify(Object.fromEntries(Object.entries(input).map(([name, bytes]) => [name, [...bytes]])))
const unpack = 'const unpack = (given) => Object.fromEntries(Object.entries(given).map(([name, list]) => [name, Uint8Array.from(list)]))'

test('outside of Node, RSA goes to WebCrypto by itself, the other schemes do not', () => {
  const script = `
    ${unpack}
    const { verify: check } = crypto.subtle
    let asked = 0
    crypto.subtle.verify = (...given) => { asked += 1; return check.apply(crypto.subtle, given) }
    const verify = await import(${JSON.stringify(dist('verify/index.js'))})
    await verify.keccak256(new Uint8Array(0)) // loads the module
    const { log } = console
    const out = []
    const saved = globalThis.process
    for (const [name, input] of Object.entries({ ${Object.entries(INPUTS).map(([name, [input]]) => `${name}: ${pack(input)}`).join(', ')} })) {
      asked = 0
      globalThis.process = undefined
      const { ok } = await verify[name](unpack(input))
      globalThis.process = saved
      out.push([name, ok, asked])
    }
    log(JSON.stringify(out))`
  assert.deepEqual(child(script), [['verifyRsaPss', true, 1], ['verifyRsaPkcs1', true, 1], ['verifyP384', true, 0], ['verifyEd25519', true, 0]])
})

test('an engine that always says no changes nothing; nor does one that always says yes to Ed25519', () => {
  const [good] = INPUTS.verifyEd25519
  const script = (answer) => `
    ${unpack}
    crypto.subtle.verify = async () => ${answer}
    const verify = await import(${JSON.stringify(dist('verify/index.js'))})
    const out = []
    for (const input of [${pack(good)}, ${pack({ ...good, message: flipped(good.message, 3) })}])
      out.push((await verify.verifyEd25519({ ...unpack(input), platform: 'webcrypto' })).ok)
    console.log(JSON.stringify(out))`
  assert.deepEqual(child(script(false)), [true, false])
  assert.deepEqual(child(script(true)), [true, false])
})

test('the signature that tells the equations apart holds by ZIP-215 only', () => {
  const [good] = INPUTS.verifyEd25519
  const script = `
    ${unpack}
    const { verify: check, importKey } = crypto.subtle
    const seen = []
    crypto.subtle.importKey = async (...given) => { seen.push([...given[1]]); return importKey.apply(crypto.subtle, given) }
    crypto.subtle.verify = async (algorithm, key, signature, message) => { seen.push([...signature], [...message]); return check.call(crypto.subtle, algorithm, key, signature, message) }
    const verify = await import(${JSON.stringify(dist('verify/index.js'))})
    await verify.verifyEd25519({ ...unpack(${pack(good)}), platform: 'webcrypto' })
    console.log(JSON.stringify(seen.slice(0, 3)))`
  const [publicKey, signature, message] = child(script).map((list) => Uint8Array.from(list))
  assert.equal(sync.verifyEd25519({ publicKey, message, signature }).code, 'SIGNATURE_INVALID')
  assert.equal(sync.verifyEd25519({ publicKey, message, signature, rule: 'zip215' }).ok, true)
})

test('without WebCrypto the switch refuses to demand it, and auto is the module', () => {
  const [good] = INPUTS.verifyRsaPss
  const script = `
    ${unpack}
    Object.defineProperty(globalThis, 'crypto', { value: undefined })
    const verify = await import(${JSON.stringify(dist('verify/index.js'))})
    const input = unpack(${pack(good)})
    const saved = globalThis.process
    await verify.keccak256(new Uint8Array(0)) // loads the module
    globalThis.process = undefined
    const { ok } = await verify.verifyRsaPss(input)
    const demanded = await verify.verifyRsaPss({ ...input, platform: 'webcrypto' }).then(() => 'answered', (error) => error.code)
    globalThis.process = saved
    console.log(JSON.stringify([ok, demanded]))`
  assert.deepEqual(child(script), [true, 'ARGUMENT_INVALID'])
})
