// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// BN254 on BigInt, written to be short: points by their logarithms, for proofs under keys whose secrets the test knows.
/** Characteristic of the coordinates, and order of the groups. */
export const Q = 21888242871839275222246405745257275088696311157297823662689037894645226208583n
export const R = 21888242871839275222246405745257275088548364400416034343698204186575808495617n

export const mod = (a, m = R) => ((a % m) + m) % m
export function invert(a, m = R) {
  let [low, high, x, y] = [mod(a, m), m, 1n, 0n]
  if (low === 0n) throw new Error('zero has no inverse')
  while (low > 1n) [low, high, x, y] = [high % low, low, y - (high / low) * x, x]
  return mod(x, m)
}
export function power(a, exponent, m = R) {
  let out = 1n
  for (let base = mod(a, m); exponent > 0n; exponent >>= 1n, base = (base * base) % m) if (exponent & 1n) out = (out * base) % m
  return out
}

const FP = {
  subtract: (a, b) => mod(a - b, Q),
  multiply: (a, b) => (a * b) % Q,
  invert: (a) => invert(a, Q),
  equal: (a, b) => a === b,
}
/** Pairs [c0, c1] with u² = -1. */
const FP2 = {
  subtract: (a, b) => [mod(a[0] - b[0], Q), mod(a[1] - b[1], Q)],
  multiply: (a, b) => [mod(a[0] * b[0] - a[1] * b[1], Q), mod(a[0] * b[1] + a[1] * b[0], Q)],
  invert: (a) => {
    const norm = invert(a[0] * a[0] + a[1] * a[1], Q)
    return [mod(a[0] * norm, Q), mod(-a[1] * norm, Q)]
  },
  equal: (a, b) => a[0] === b[0] && a[1] === b[1],
}

/** The chord or tangent; neither the two points nor their sum may be infinity. */
function sum(field, [x1, y1], [x2, y2]) {
  const { subtract, multiply } = field
  const add = (a, b) => subtract(a, subtract(subtract(a, a), b))
  const same = field.equal(x1, x2)
  const square = multiply(x1, x1)
  const slope = multiply(same ? add(add(square, square), square) : subtract(y2, y1), field.invert(same ? add(y1, y1) : subtract(x2, x1)))
  const x3 = subtract(subtract(multiply(slope, slope), x1), x2)
  return [x3, subtract(multiply(slope, subtract(x1, x3)), y1)]
}

function multiple(field, point, scalar) {
  const k = mod(scalar)
  if (k === 0n) throw new Error('infinity has no coordinates')
  let out
  let base = point
  for (let rest = k; rest > 0n; rest >>= 1n) {
    if (rest & 1n) out = out ? sum(field, out, base) : base
    if (rest > 1n) base = sum(field, base, base)
  }
  return out
}

const G2 = [
  [10857046999023057135944570762232829481370756359578518086990519993285655852781n, 11559732032986387107991004021392285783925812861821192530917403151452391805634n],
  [8495653923123431417604973247489272438418190587263600148770280649306958101930n, 4082367875863433681332203403145435568316851327593401208105741076214120093531n],
]
export const g1 = (k) => multiple(FP, [1n, 2n], k)
export const g2 = (k) => multiple(FP2, G2, k)

/** As snarkjs writes them. */
export const g1Json = (k) => [...g1(k).map(String), '1']
export const g2Json = (k) => [...g2(k).map((pair) => pair.map(String)), ['1', '0']]

export function be32(value) {
  const bytes = new Uint8Array(32)
  for (let i = 31, rest = value; i >= 0; i -= 1, rest >>= 8n) bytes[i] = Number(rest & 255n)
  return bytes
}
