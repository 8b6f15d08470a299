// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Proofs of any claim under keys whose secrets are known here (snark.md §2-4): every point is its logarithm, so the last
// message of the prover is the solution of one linear equation. Nothing is proven, and the verifier cannot tell.
import { keccak256 } from '../../vectors/generate/lib/keccak.mjs'
import { R, be32, g1, g1Json, g2Json, invert, mod, power } from './bn254_maker.mjs'

const POWER = 3
const SIZE = 1n << BigInt(POWER)
const ROOT_28 = power(5n, (R - 1n) >> 28n)
const rootOf = (exponent) => power(ROOT_28, 1n << BigInt(28 - exponent))
const W = rootOf(POWER)
const over = (a, b) => mod(a * invert(b))

const files = (vk, proof, publics) => ({ vk: JSON.stringify(vk), proof: JSON.stringify(proof), publicSignals: JSON.stringify(publics.map(String)) })
const head = (protocol) => ({ protocol, curve: 'bn128' })
const jsonOf = (logs, names) => Object.fromEntries(names.map((name) => [name, g1Json(logs[name])]))
const textOf = (values, names) => Object.fromEntries(names.map((name) => [name, String(values[name])]))
/** Names get numbers: what is free may be anything. */
const numbered = (names, first) => Object.fromEntries(names.map((name, i) => [name, first + 2n * BigInt(i)]))

/** @param shift is added to the logarithm of C: a proof that does not hold. */
export function makeGroth16({ publics = [29n], beta = 5n, gamma = 7n, delta = 11n, shift = 0n } = {}) {
  const [alpha, a, b] = [3n, 19n, 23n]
  const ic = [13n, ...publics.map((_, i) => 17n + BigInt(i))]
  const l = publics.reduce((total, value, i) => total + value * ic[i + 1], ic[0])
  const c = over(a * b - alpha * beta - l * gamma, delta)
  const vk = {
    ...head('groth16'), nPublic: publics.length, vk_alpha_1: g1Json(alpha), vk_beta_2: g2Json(beta), vk_gamma_2: g2Json(gamma), vk_delta_2: g2Json(delta), IC: ic.map(g1Json),
  }
  return files(vk, { ...head('groth16'), pi_a: g1Json(a), pi_b: g2Json(b), pi_c: g1Json(c + shift) }, publics)
}

/** keccak256 of points (by name, of `logs`) and scalars, mod r. */
const challenge = (logs, ...parts) =>
  mod(BigInt(`0x${keccak256(Buffer.concat(parts.flat().flatMap((part) => (typeof part === 'bigint' ? [be32(part)] : g1(logs[part]).map(be32))))).toString('hex')}`))

function lagrange(xi, publics) {
  const zh = mod(power(xi, SIZE) - 1n)
  const at = (i) => over(power(W, BigInt(i)) * zh, SIZE * (xi - power(W, BigInt(i))))
  return { zh, first: at(0), input: mod(-publics.reduce((total, value, i) => total + value * at(i), 0n)) }
}

const PLONK_KEY = ['Qm', 'Ql', 'Qr', 'Qo', 'Qc', 'S1', 'S2', 'S3']
const PLONK_EVALS = ['a', 'b', 'c', 's1', 's2', 'zw']

export function makePlonk({ publics = [29n, 31n], tau = 41n } = {}) {
  const [k1, k2] = [2n, 3n]
  const logs = { ...numbered(PLONK_KEY, 101n), ...numbered(['A', 'B', 'C', 'Z', 'T1', 'T2', 'T3'], 201n) }
  const { a, b, c, s1, s2, zw } = numbered(PLONK_EVALS, 301n)
  const beta = challenge(logs, PLONK_KEY, publics, ['A', 'B', 'C'])
  const gamma = challenge(logs, beta)
  const alpha = challenge(logs, beta, gamma, 'Z')
  const xi = challenge(logs, alpha, ['T1', 'T2', 'T3'])
  const v = challenge(logs, xi, a, b, c, s1, s2, zw)
  const { zh, first, input } = lagrange(xi, publics)
  const xn = zh + 1n
  const moved = (a + beta * s1 + gamma) * (b + beta * s2 + gamma)
  const r0 = input - alpha ** 2n * first - alpha * moved * (c + gamma) * zw
  // Terms with u, which is known only after the last message, must vanish by themselves.
  const d =
    a * b * logs.Qm + a * logs.Ql + b * logs.Qr + c * logs.Qo + logs.Qc +
    (alpha * (a + beta * xi + gamma) * (b + beta * xi * k1 + gamma) * (c + beta * xi * k2 + gamma) + alpha ** 2n * first) * logs.Z -
    alpha * beta * zw * moved * logs.S3 - zh * (logs.T1 + xn * logs.T2 + xn ** 2n * logs.T3)
  const f = d + v * logs.A + v ** 2n * logs.B + v ** 3n * logs.C + v ** 4n * logs.S1 + v ** 5n * logs.S2
  const e = -r0 + v * a + v ** 2n * b + v ** 3n * c + v ** 4n * s1 + v ** 5n * s2
  logs.Wxi = over(e - f, xi - tau)
  logs.Wxiw = over(zw - logs.Z, xi * W - tau)
  const vk = { ...head('plonk'), nPublic: publics.length, power: POWER, k1: String(k1), k2: String(k2), ...jsonOf(logs, PLONK_KEY), X_2: g2Json(tau), w: String(W) }
  const evals = { eval_a: a, eval_b: b, eval_c: c, eval_s1: s1, eval_s2: s2, eval_zw: zw }
  return files(vk, { ...head('plonk'), ...jsonOf(logs, ['A', 'B', 'C', 'Z', 'T1', 'T2', 'T3', 'Wxi', 'Wxiw']), ...textOf(evals, Object.keys(evals)) }, publics)
}

const FFLONK_EVALS = ['ql', 'qr', 'qm', 'qo', 'qc', 's1', 's2', 's3', 'a', 'b', 'c', 'z', 'zw', 't1w', 't2w']
const polynomial = (coefficients, x) => mod(coefficients.reduceRight((total, each) => total * x + each, 0n))

function interpolate(points, y) {
  return mod(points.reduce((total, [x, value], i) => {
    const others = points.filter((_, j) => j !== i)
    return total + value * over(others.reduce((out, [each]) => mod(out * (y - each)), 1n), others.reduce((out, [each]) => mod(out * (x - each)), 1n))
  }, 0n))
}

export function makeFflonk({ publics = [29n, 31n], tau = 41n } = {}) {
  const [k1, k2] = [2n, 3n]
  const [w3, w4, w8] = [power(5n, (R - 1n) / 3n), rootOf(2), rootOf(3)]
  const wr = power(W, invert(3n, SIZE))
  const logs = numbered(['C0', 'C1', 'C2', 'W1'], 201n)
  const evals = numbered(FFLONK_EVALS, 301n)
  const { ql, qr, qm, qo, qc, s1, s2, s3, a, b, c, z, zw, t1w, t2w } = evals
  const beta = challenge(logs, 'C0', publics, 'C1')
  const gamma = challenge(logs, beta)
  const seed = challenge(logs, gamma, 'C2')
  const alpha = challenge(logs, seed, FFLONK_EVALS.map((name) => evals[name]))
  const y = challenge(logs, alpha, 'W1')
  const roots = (h, w, count) => Array.from({ length: count }, (_, i) => mod(h * power(w, BigInt(i))))
  const h2 = power(seed, 8n)
  const xi = power(h2, 3n)
  const { zh, first, input } = lagrange(xi, publics)
  const t0 = over(ql * a + qr * b + qm * a * b + qo * c + qc + input, zh)
  const t1 = over(first * (z - 1n), zh)
  const t2 = over(
    (a + beta * xi + gamma) * (b + beta * xi * k1 + gamma) * (c + beta * xi * k2 + gamma) * z -
      (a + beta * s1 + gamma) * (b + beta * s2 + gamma) * (c + beta * s3 + gamma) * zw,
    zh,
  )
  const [here, next] = [roots(h2, w3, 3), roots(h2 * wr, w3, 3)]
  const r0 = polynomial([ql, qr, qo, qm, qc, s1, s2, s3], y)
  const r1 = polynomial([a, b, c, t0], y)
  const r2 = interpolate([...here.map((x) => [x, polynomial([z, t1, t2], x)]), ...next.map((x) => [x, polynomial([zw, t1w, t2w], x)])], y)
  const vanishing = (xs) => xs.reduce((out, x) => mod(out * (y - x)), 1n)
  const m0 = vanishing(roots(power(seed, 3n), w8, 8))
  const q1 = over(alpha * m0, vanishing(roots(power(seed, 6n), w4, 4)))
  const q2 = over(alpha ** 2n * m0, vanishing([...here, ...next]))
  const f = logs.C0 + q1 * logs.C1 + q2 * logs.C2
  logs.W2 = over(f - (r0 + q1 * r1 + q2 * r2) - m0 * logs.W1, tau - y)
  const vk = {
    ...head('fflonk'), nPublic: publics.length, power: POWER, ...textOf({ k1, k2, w: W, w3, w4, w8, wr }, ['k1', 'k2', 'w', 'w3', 'w4', 'w8', 'wr']),
    X_2: g2Json(tau), C0: g1Json(logs.C0),
  }
  const proof = { ...head('fflonk'), polynomials: jsonOf(logs, ['C1', 'C2', 'W1', 'W2']), evaluations: { ...textOf(evals, FFLONK_EVALS), inv: '1' } }
  return files(vk, proof, publics)
}
