// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The number theory behind the group check of G2 (core/zk/bn254/pairing.cpp, walk_loop), in whole numbers.
import assert from 'node:assert/strict'
import { test } from 'node:test'

const X = 4965661367192848881n
const P = 36n * X ** 4n + 36n * X ** 3n + 24n * X ** 2n + 6n * X + 1n
const R = 36n * X ** 4n + 36n * X ** 3n + 18n * X ** 2n + 6n * X + 1n
const T = P + 1n - R // trace of Frobenius: psi^2 = T psi - P
const gcd = (a, b) => (b === 0n ? a : gcd(b, a % b))

test('[6x + 2] Q + psi(Q) - psi^2(Q) + psi^3(Q) = 0 for points of order r and for no other of the twist', () => {
  // psi^3 = T psi^2 - P psi
  const [a, b] = [6n * X + 2n + P - T * P, 1n - T + T * T - P]
  // On G2 psi is the multiplication by P.
  assert.equal((a + b * P) % R, 0n)
  // (a + b psi)(a + b psi') = a^2 + a b T + b^2 P kills every Q that a + b psi does; the twist has R (2P - R) points.
  const norm = a * a + a * b * T + b * b * P
  assert.equal(gcd(norm < 0n ? -norm : norm, R * (2n * P - R)), R)
  assert.equal((P * P + 1n - (R * (2n * P - R))) ** 2n < 4n * P * P, true) // within Hasse's bound
})
