// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// ECDSA keys and signatures from the seed. Node signs with fresh randomness, so k is derived here and
// only the point multiplication is Node's (createECDH gives k·G).
import { createECDH, createHash } from 'node:crypto'

import { integer, sequence, bits, oid } from './der.mjs'
import { seededScalar, toBytes, toInteger } from './seed.mjs'

const CURVES = {
  'P-384': {
    node: 'secp384r1', size: 48, oid: '1.3.132.0.34',
    order: BigInt('0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973'),
  },
  'P-256': {
    node: 'prime256v1', size: 32, oid: '1.2.840.10045.3.1.7',
    order: BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
  },
  secp256k1: {
    node: 'secp256k1', size: 32, oid: '1.3.132.0.10',
    order: BigInt('0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'),
  },
}

function inverse(value, modulus) {
  let [a, b, x, y] = [((value % modulus) + modulus) % modulus, modulus, 1n, 0n]
  while (a > 1n) {
    const q = a / b
    ;[a, b] = [b, a % b]
    ;[x, y] = [y, x - q * y]
  }
  return ((x % modulus) + modulus) % modulus
}

function multiplyBase(curve, scalar) {
  const ecdh = createECDH(curve.node)
  ecdh.setPrivateKey(toBytes(scalar, curve.size))
  return ecdh.getPublicKey()
}

/** @returns {{curve, label, secret: bigint, point: Buffer, spki: Buffer}} */
export function ecKey(label, name = 'P-384') {
  const curve = CURVES[name]
  const secret = seededScalar(`ec ${name} ${label}`, curve.order)
  const point = multiplyBase(curve, secret)
  const spki = sequence(sequence(oid('1.2.840.10045.2.1'), oid(curve.oid)), bits(point))
  return { curve, label, secret, point, spki }
}

/** Signs a digest. @returns {{r: bigint, s: bigint, odd: boolean}} `odd`: parity of the nonce point's y. */
export function signDigest(key, digest) {
  const { order, size } = key.curve
  const nonce = seededScalar(`nonce ${key.label} ${Buffer.from(digest).toString('hex')}`, order)
  const point = multiplyBase(key.curve, nonce)
  const r = toInteger(point.subarray(1, 1 + size)) % order
  const z = toInteger(digest.subarray(0, size))
  const s = (inverse(nonce, order) * (z + r * key.secret)) % order
  return { r, s, odd: (point[2 * size] & 1) === 1 }
}

export const orderOf = (key) => key.curve.order
export const rawSignature = (key, { r, s }) => Buffer.concat([toBytes(r, key.curve.size), toBytes(s, key.curve.size)])
export const derSignature = ({ r, s }) => sequence(integer(r), integer(s))
export const signMessage = (key, message, hash = 'sha384') => signDigest(key, createHash(hash).update(message).digest())
