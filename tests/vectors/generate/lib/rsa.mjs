// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// RSA keys from the seed and RSASSA-PSS (RFC 8017 §8.1, SHA-256, MGF1 with the same hash) with a seeded salt.
import { checkPrimeSync, constants, createHash, createPrivateKey, privateEncrypt } from 'node:crypto'

import { bits, integer, nothing, oid, sequence } from './der.mjs'
import { seeded, toInteger } from './seed.mjs'

const sha256 = (bytes) => createHash('sha256').update(bytes).digest()

function seededPrime(label, bitCount, exponent) {
  let candidate = toInteger(seeded(label, bitCount / 8))
  candidate |= (3n << BigInt(bitCount - 2)) | 1n
  while ((candidate - 1n) % exponent === 0n || !checkPrimeSync(candidate)) candidate += 2n
  return candidate
}

function inverse(value, modulus) {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (a > 1n) {
    const q = a / b
    ;[a, b] = [b, a % b]
    ;[x, y] = [y, x - q * y]
  }
  return ((x % modulus) + modulus) % modulus
}

/** SubjectPublicKeyInfo of an RSA key; `algorithm` lets a caller name another OID. */
export const rsaSpki = (modulus, exponent, algorithm = sequence(oid('1.2.840.113549.1.1.1'), nothing())) =>
  sequence(algorithm, bits(sequence(integer(modulus), integer(exponent))))

export function rsaKey(label, bitCount = 2048, exponent = 65537n) {
  const p = seededPrime(`rsa ${label} p`, bitCount / 2, exponent)
  const q = seededPrime(`rsa ${label} q`, bitCount / 2, exponent)
  const n = p * q
  const d = inverse(exponent, (p - 1n) * (q - 1n))
  const pkcs1 = sequence(integer(0), integer(n), integer(exponent), integer(d), integer(p), integer(q),
    integer(d % (p - 1n)), integer(d % (q - 1n)), integer(inverse(q, p)))
  return { n, bitCount, spki: rsaSpki(n, exponent), node: createPrivateKey({ key: pkcs1, format: 'der', type: 'pkcs1' }) }
}

function mask(seed, length) {
  const parts = []
  for (let counter = 0; parts.length * 32 < length; counter += 1) {
    const word = Buffer.alloc(4)
    word.writeUInt32BE(counter)
    parts.push(sha256(Buffer.concat([seed, word])))
  }
  return Buffer.concat(parts).subarray(0, length)
}

/** Signs `message`; `saltLength` and `trailer` other than 32 and 0xbc make signatures that must not verify. */
export function signPss(key, message, { saltLength = 32, trailer = 0xbc } = {}) {
  const length = Math.ceil((key.bitCount - 1) / 8)
  const digest = sha256(message)
  const salt = seeded(`salt ${digest.toString('hex')}`, saltLength)
  const hash = sha256(Buffer.concat([Buffer.alloc(8), digest, salt]))
  const block = Buffer.concat([Buffer.alloc(length - saltLength - 34), Buffer.from([1]), salt])
  const cover = mask(hash, block.length)
  for (let i = 0; i < block.length; i += 1) block[i] ^= cover[i]
  block[0] &= 0x7f
  return privateEncrypt({ key: key.node, padding: constants.RSA_NO_PADDING }, Buffer.concat([block, hash, Buffer.from([trailer])]))
}
