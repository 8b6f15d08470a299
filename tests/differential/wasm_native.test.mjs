// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The shipped wasm beside the native core: the same calls, on signatures of secp256k1 (ECDSA in both forms, recovery,
// BIP-340, wallet messages) and on everything that is made of them; every byte of the verdicts must be the same. The two
// have other limbs, another compiler and another word size.
//   node --test tests/differential/wasm_native.test.mjs
// ASSAY_SIGNATURES: how many of each kind, default 50; ASSAY_SIGNATURES_SEED: default 1; ASSAY_ENGINE as for the vectors.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openNative } from '../vectors/engines/native.mjs'
import { openWasm } from '../vectors/engines/wasm.mjs'
import { derSignature, ecKey, orderOf, rawSignature, signDigest, signMessage } from '../vectors/generate/lib/ecdsa.mjs'
import { keccak256 } from '../vectors/generate/lib/keccak.mjs'
import { seeded } from '../vectors/generate/lib/seed.mjs'

const COUNT = Number(process.env.ASSAY_SIGNATURES ?? 50)
const SEED = process.env.ASSAY_SIGNATURES_SEED ?? '1'
const bytes = (label, length) => seeded(`differential ${SEED} ${label}`, length)
const text = (value) => new TextEncoder().encode(value)

let engines
before(async () => (engines = { native: await openNative({ engine: process.env.ASSAY_ENGINE }), wasm: await openWasm() }))
after(async () => {
  for (const engine of Object.values(engines ?? {})) await engine.close()
})

/** BIP-340, test vector 0: key, message, signature. */
const BIP340 = [
  'f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9', '00'.repeat(32),
  'e907831f80848d1069a5371b402410364bdf1c5f8307b0084c55f1ce2dca821525f66a4a85ea8b71e482a74f382d2ce5ebeee8fdb2172f477df4900d310536c0',
].map((text) => Buffer.from(text, 'hex'))

/** One bit of one field changed, a field cut, longer, all ones, all zeros, or the whole as it is. */
function* mutations(label, fields) {
  yield fields
  const draw = bytes(`mutation ${label}`, 60)
  for (let i = 0; i + 2 < draw.length; i += 3) {
    const at = draw[i] % fields.length
    const field = fields[at]
    if (field.length === 0) continue
    const bit = (draw[i + 1] << 8 | draw[i + 2]) % (8 * field.length)
    yield fields.with(at, field.map((byte, j) => (j === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)))
  }
  for (const at of fields.keys())
    for (const change of [(field) => field.subarray(1), (field) => Buffer.concat([field, field.subarray(0, 1)]), (field) => field.map(() => 255), (field) => field.map(() => 0)])
      yield fields.with(at, change(fields[at]))
}

/** The kinds: an operation, its fields for signature number i, and its modes. */
function kinds(i) {
  const key = ecKey(`differential ${SEED} ${i % 8}`, 'secp256k1')
  const message = bytes(`message ${i}`, i % 100)
  const digest = bytes(`digest ${i}`, 32)
  const order = orderOf(key)
  const made = signDigest(key, digest)
  const turned = i % 2 ? made : { ...made, s: order - made.s, odd: !made.odd } // one of the two has a low s
  const wallet = (signed) => Buffer.concat([rawSignature(key, signed), Buffer.from([27 + Number(signed.odd)])])
  const personal = signDigest(key, keccak256(Buffer.concat([Buffer.from(`\x19Ethereum Signed Message:\n${message.length}`), message])))
  const compressed = Buffer.concat([Buffer.from([2 + (key.point[64] & 1)]), key.point.subarray(1, 33)])
  const address = keccak256(key.point.subarray(1)).subarray(12)
  const modes = ['strict', 'malleable']
  return [
    ['verify_ecdsa', [i % 3 ? key.point : compressed, digest, rawSignature(key, turned)], modes],
    ['verify_ecdsa_der', [key.point, message, derSignature(signMessage(key, message, 'sha256'))], modes],
    ['recover_address', [digest, wallet(turned)], modes],
    ['verify_message', [message, wallet(personal), address], modes],
    ['verify_schnorr', i % 10 ? [key.point.subarray(1, 33), message, bytes(`schnorr ${i}`, 64)] : BIP340, [undefined]],
  ]
}

/** As a batch of one: by themselves some of these have exports of their own, with other answers. */
function callOf(operation, fields, mode) {
  const all = mode === undefined ? fields : [...fields, text(mode)]
  if (operation === 'verify_message') return [operation, all.map((field) => new Uint8Array(field))]
  const frame = Buffer.concat(all.flatMap((field) => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(field.length)
    return [length, Buffer.from(field)]
  }))
  return ['verify_batch', [text(operation), new Uint8Array(frame)]]
}

test('wasm and native give the same verdict on secp256k1', async (t) => {
  const seen = {}
  for (let i = 0; i < COUNT; i += 1)
    for (const [operation, fields, modes] of kinds(i))
      for (const mode of modes)
        for (const changed of mutations(`${operation} ${i}`, fields)) {
          const call = callOf(operation, changed, mode)
          const [native, wasm] = await Promise.all([engines.native.call(...call), engines.wasm.call(...call)])
          delete native.message // in wasm the package has the texts
          assert.deepEqual(wasm, native, `${operation} ${mode} ${changed.map((field) => Buffer.from(field).toString('hex')).join(' ')}`)
          const outcome = `${operation} ${native.ok ? 'OK' : native.code}`
          seen[outcome] = (seen[outcome] ?? 0) + 1
        }
  for (const operation of ['verify_ecdsa', 'verify_ecdsa_der', 'recover_address', 'verify_message', 'verify_schnorr'])
    for (const code of ['OK', 'SIGNATURE_INVALID', 'SIGNATURE_MALFORMED'])
      assert.ok(seen[`${operation} ${code}`] > 0, `no ${operation} ${code}: ${JSON.stringify(seen)}`)
  t.diagnostic(JSON.stringify(seen))
})
