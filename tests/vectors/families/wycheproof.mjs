// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `wycheproof`: upstream's files, told apart by what they say of themselves (algorithm, type
// of the group, curve, hash), not by their names. There are no codes: a case is accepted or refused, and where it
// gives values, those count. `acceptable` of a signature is refused (attestation.md §4).
import { createHash } from 'node:crypto'

import { BadFile, hex, need, readJson } from '../files.mjs'
import { PRIMITIVES } from './wycheproof_primitives.mjs'

const text = (value) => new TextEncoder().encode(value)
const sha256 = (data) => new Uint8Array(createHash('sha256').update(data).digest())

/** SubjectPublicKeyInfo up to the key itself, and the length of that. */
const SPKI = {
  secp256k1: ['3056301006072a8648ce3d020106052b8104000a034200', 65],
  secp256r1: ['3059301306072a8648ce3d020106082a8648ce3d030107034200', 65],
  secp384r1: ['3076301006072a8648ce3d020106052b81040022036200', 97],
  edwards25519: ['302a300506032b6570032100', 32],
}

function bareKey(group, curve, where) {
  const [head, length] = SPKI[curve]
  const der = Buffer.from(hex(group.publicKeyDer, where)).toString('hex')
  if (!der.startsWith(head) || der.length !== head.length + 2 * length) throw new BadFile(`${where}: not a key of ${curve}`)
  return hex(der.slice(head.length), where)
}

/** A signature scheme: from a group, the call that judges one test of it. */
const raw = (operation, curve) => (group, where) => {
  const key = bareKey(group, curve, where)
  return (message, signature) => [operation, [key, message, signature]]
}
const withMode = (operation, curve, mode, prepare = (message) => message) => (group, where) => {
  const key = bareKey(group, curve, where)
  return (message, signature) => [operation, [key, prepare(message), signature, text(mode)]]
}
const spki = (operation) => (group, where) => {
  const key = hex(group.publicKeyDer, where)
  return (message, signature) => [operation, [key, message, signature]]
}

/** Named `algorithm type curve hash`, the members that a file and its groups have. */
const SIGNATURES = {
  'ECDSA EcdsaVerify secp256r1 SHA-256': raw('verify_p256_der', 'secp256r1'),
  'ECDSA EcdsaP1363Verify secp256r1 SHA-256': raw('verify_p256', 'secp256r1'),
  'ECDSA EcdsaVerify secp384r1 SHA-384': raw('verify_p384_der', 'secp384r1'),
  'ECDSA EcdsaP1363Verify secp384r1 SHA-384': raw('verify_p384', 'secp384r1'),
  'ECDSA EcdsaVerify secp256k1 SHA-256': withMode('verify_ecdsa_der', 'secp256k1', 'malleable'),
  'ECDSA EcdsaBitcoinVerify secp256k1 SHA-256': withMode('verify_ecdsa_der', 'secp256k1', 'strict'),
  'ECDSA EcdsaP1363Verify secp256k1 SHA-256': withMode('verify_ecdsa', 'secp256k1', 'malleable', sha256),
  'EDDSA EddsaVerify edwards25519': withMode('verify_ed25519', 'edwards25519', 'rfc8032'),
  'RSASSA-PSS RsassaPssVerify SHA-256 MGF1 SHA-256 32': spki('verify_rsa_pss'),
  'RSASSA-PKCS1-v1_5 RsassaPkcs1Verify SHA-256': spki('verify_rsa_pkcs1'),
}

const nameOf = (file, group) =>
  [file.algorithm, group.type, group.publicKey?.curve, group.sha, group.mgf, group.mgfSha, group.sLen]
    .filter((part) => part !== undefined)
    .join(' ')

const refusal = new Set(['SIGNATURE_MALFORMED', 'SIGNATURE_INVALID', 'SIGNATURE_UNSUPPORTED'])

/** Runs a call and compares: accepted when the test is valid, else refused by a code of signatures. */
function judged(id, valid, [operation, fields]) {
  return {
    id,
    run: async (engine) => {
      const verdict = await engine.call(operation, fields)
      if (valid ? verdict.ok : !verdict.ok && refusal.has(verdict.code)) return null
      return { expected: valid ? 'OK' : 'a refusal', got: verdict.ok ? 'OK' : verdict.code }
    },
  }
}

function signatureCases(group, scheme, where) {
  const call = scheme(need(group, ['publicKeyDer', 'tests'], where), where)
  return group.tests.map((test) => {
    need(test, ['tcId', 'msg', 'sig', 'result'], where)
    if (!['valid', 'invalid', 'acceptable'].includes(test.result)) throw new BadFile(`${where}, ${test.tcId}: ${test.result}`)
    return judged(test.tcId, test.result === 'valid', call(hex(test.msg, where), hex(test.sig, where)))
  })
}

export const name = 'wycheproof'

export function load(folder, file) {
  if (!file.endsWith('_test.json')) return null
  const content = need(readJson(folder, file), ['algorithm', 'testGroups'], file)
  return content.testGroups.flatMap((group, i) => {
    const where = `${file}, group ${i}`
    need(group, ['type', 'tests'], where)
    const scheme = SIGNATURES[nameOf(content, group)]
    if (scheme) return signatureCases(group, scheme, where)
    const primitive = PRIMITIVES[[content.algorithm, group.type, group.curve].filter((part) => part !== undefined).join(' ')]
    if (primitive) return primitive(group, where)
    return group.tests.map((test) => ({ id: test.tcId, notBuilt: nameOf(content, group) }))
  })
}
