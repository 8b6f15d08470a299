// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Own vectors of the family `secp256k1`: recovery, plain ECDSA, Keccak-256, in both of their modes.
import { ecKey, orderOf, signDigest } from './lib/ecdsa.mjs'
import { keccak256 } from './lib/keccak.mjs'
import { seeded, toBytes } from './lib/seed.mjs'

const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`
const word = (value) => hex(toBytes(value, 32))
const key = ecKey('vectors wallet', 'secp256k1')
const n = orderOf(key)
const address = hex(keccak256(key.point.subarray(1)).subarray(12))
const digest = seeded('vectors digest', 32)

const signed = signDigest(key, digest)
const isHigh = signed.s > n / 2n
/** The same signature with low s, and the parity that belongs to it. */
const low = { r: signed.r, s: isHigh ? n - signed.s : signed.s, v: 27n + BigInt(signed.odd !== isHigh) }
const high = { r: low.r, s: n - low.s, v: 55n - low.v }

const recover = []
function recovery(group, { r, s, v }, ecrecover, strict = ecrecover) {
  recover.push({ id: `r-${recover.length}`, class: group, hash: hex(digest), v: word(v), r: word(r), s: word(s), ecrecover, strict })
}
recovery('valid', low, address)
recovery('high_s', high, address, null)
recovery('r_zero', { ...low, r: 0n }, null)
recovery('s_zero', { ...low, s: 0n }, null)
recovery('r_is_n', { ...low, r: n }, null)
recovery('s_is_n', { ...low, s: n }, null)
recovery('s_of_256_ones', { ...low, s: (1n << 256n) - 1n }, null)
recovery('v_0', { ...low, v: 0n }, null)
recovery('v_26', { ...low, v: 26n }, null)
recovery('v_29', { ...low, v: 29n }, null)
recovery('v_above_one_byte', { ...low, v: low.v + 256n }, null)
// 5 is the x-coordinate of no curve point: 5³ + 7 is no square modulo p.
recovery('r_off_curve', { ...low, r: 5n }, null)

const compressed = Buffer.concat([Buffer.from([2 + (key.point[64] & 1)]), key.point.subarray(1, 33)])
const ecdsa = []
function plain(group, { r = low.r, s = low.s, hash = digest, full = key.point, short = compressed }, valid, validLow = valid) {
  ecdsa.push({ id: `v-${ecdsa.length}`, class: group, hash: hex(hash), pubkey: hex(full), pubkey_compressed: hex(short), r: word(r), s: word(s), valid, valid_low_s: validLow })
}
const stranger = ecKey('vectors stranger wallet', 'secp256k1')
plain('valid', {}, true)
plain('high_s', { s: high.s }, true, false)
plain('other_digest', { hash: seeded('vectors other digest', 32) }, false)
plain('other_key', { full: stranger.point, short: Buffer.concat([Buffer.from([2 + (stranger.point[64] & 1)]), stranger.point.subarray(1, 33)]) }, false)
plain('r_zero', { r: 0n }, false)
plain('s_is_n', { s: n }, false)
const offCurve = Buffer.from(key.point)
offCurve[64] ^= 1
plain('key_off_curve', { full: offCurve, short: Buffer.concat([Buffer.from([2]), toBytes(5n, 32)]) }, false)
plain('key_prefix', { full: Buffer.concat([Buffer.from([5]), key.point.subarray(1)]), short: Buffer.concat([Buffer.from([1]), compressed.subarray(1)]) }, false)

const keccak = [0, 1, 31, 32, 55, 56, 135, 136, 137, 271, 272, 273, 1000].map((length) => {
  const data = seeded(`keccak ${length}`, length)
  return { len: length, data: hex(data), keccak256: hex(keccak256(data)) }
})
for (const [fill, length] of [[0, 136], [255, 135], [165, 4096]])
  keccak.push({ len: length, fill, keccak256: hex(keccak256(Buffer.alloc(length, fill))) })

export const files = { 'secp256k1/recover.jsonl': recover, 'secp256k1/ecdsa.jsonl': ecdsa, 'secp256k1/keccak.jsonl': keccak }
