// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4). Only for digests of our own assets, and only where the platform has none: crypto.subtle is
// missing on insecure origins and is never synchronous.

const BLOCK = 64

/** First 32 fractional bits of the cube roots of the first 64 primes (§4.2.2); the square roots give the start (§5.3.3). */
function constants(): { k: Uint32Array; start: Uint32Array } {
  const k = new Uint32Array(64)
  const start = new Uint32Array(8)
  const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32)
  let found = 0
  for (let candidate = 2; found < 64; candidate += 1) {
    let prime = true
    for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) prime = false
    if (!prime) continue
    k[found] = fraction(Math.cbrt(candidate))
    if (found < 8) start[found] = fraction(Math.sqrt(candidate))
    found += 1
  }
  return { k, start }
}

const rotate = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits))

function compress(state: Uint32Array, w: Uint32Array, k: Uint32Array): void {
  for (let t = 16; t < 64; t += 1) {
    const a = w[t - 15]!
    const b = w[t - 2]!
    const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)
    const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10)
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let t = 0; t < 64; t += 1) {
    const t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + k[t]! + w[t]!) | 0
    const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  const add = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i += 1) state[i] = (state[i]! + add[i]!) | 0
}

/** @returns the 32 bytes of SHA-256 of `bytes`. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const { k, start: state } = constants()
  const w = new Uint32Array(64)
  const load = (view: DataView, offset: number) => {
    for (let t = 0; t < 16; t += 1) w[t] = view.getUint32(offset + 4 * t)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = bytes.byteLength - (bytes.byteLength % BLOCK)
  for (let offset = 0; offset < whole; offset += BLOCK) {
    load(view, offset)
    compress(state, w, k)
  }
  // §5.1.1: a one bit, zeros, the length in bits.
  const rest = bytes.subarray(whole)
  const tail = new Uint8Array(rest.byteLength < BLOCK - 8 ? BLOCK : 2 * BLOCK)
  tail.set(rest)
  tail[rest.byteLength] = 0x80
  const tailView = new DataView(tail.buffer)
  tailView.setBigUint64(tail.byteLength - 8, BigInt(bytes.byteLength) * 8n)
  for (let offset = 0; offset < tail.byteLength; offset += BLOCK) {
    load(tailView, offset)
    compress(state, w, k)
  }
  const out = new Uint8Array(32)
  const outView = new DataView(out.buffer)
  for (let i = 0; i < 8; i += 1) outView.setUint32(4 * i, state[i]!)
  return out
}
