// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// zk.wasm beside independent code on seeded random input: sums, multiples and pairings beside @noble/curves, proofs valid
// and changed beside snarkjs, both from the benchmarks' node_modules. ASSAY_MUTATIONS=N changes N members of each system's
// proof, ASSAY_MUTATIONS_SEED chooses others.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { R, be32 } from '../js/support/bn254_maker.mjs'
import { makeFflonk, makeGroth16, makePlonk } from '../js/support/snark_maker.mjs'
import { dist } from '../js/support/package.mjs'
import { seeded } from '../vectors/generate/lib/seed.mjs'

const PEERS = new URL('../bench/', import.meta.url)
const skip = existsSync(new URL('node_modules/snarkjs', PEERS)) ? false : 'no tests/bench/node_modules; npm --prefix tests/bench ci'
const require = createRequire(new URL('peers.mjs', PEERS))
const machine = await (await import(dist('zk/release.js'))).loadRelease()
const zk = await (await import(dist('zk/index.js'))).loadZkVerifier()

const COUNT = Number(process.env.ASSAY_MUTATIONS ?? 12)
const SEED = process.env.ASSAY_MUTATIONS_SEED ?? '1'

const noble = async () => (await import(new URL('node_modules/@noble/curves/bn254.js', PEERS))).bn254
const number = (label) => BigInt(`0x${seeded(label, 32).toString('hex')}`)
const scalar = (label) => (number(label) % (R - 1n)) + 1n
const run = (operation, ...parts) => {
  const verdict = JSON.parse(machine.call('bn254', [new TextEncoder().encode(operation), new Uint8Array(Buffer.concat(parts))]))
  return verdict.ok ? verdict.value.output : verdict.code
}
const g1Bytes = (point) => {
  const { x, y } = point.toAffine()
  return Buffer.concat([be32(x), be32(y)])
}
const g2Bytes = (point) => {
  const { x, y } = point.toAffine()
  return Buffer.concat([x.c1, x.c0, y.c1, y.c0].map(be32))
}

test('sums and multiples of points are those of @noble/curves', { skip }, async () => {
  const { Point } = (await noble()).G1
  for (let i = 0; i < 40; i += 1) {
    const [a, b] = [`a ${i}`, `b ${i}`].map((label) => Point.BASE.multiply(scalar(label)))
    const k = i < 4 ? [1n, 2n, R - 1n, R + 5n][i] : number(`k ${i}`)
    assert.equal(run('add', g1Bytes(a), g1Bytes(b)), g1Bytes(a.add(b)).toString('hex'), `sum ${i}`)
    assert.equal(run('add', g1Bytes(a), g1Bytes(a)), g1Bytes(a.double()).toString('hex'), `double ${i}`)
    assert.equal(run('add', g1Bytes(a), g1Bytes(a.negate())), '00'.repeat(64), `opposite ${i}`)
    assert.equal(run('mul', g1Bytes(a), be32(k)), g1Bytes(a.multiply(k % R)).toString('hex'), `multiple ${i}`)
    const flipped = g1Bytes(a)
    flipped[i % 64] ^= 1 << i % 8
    const onCurve = (() => {
      const [x, y] = [0, 32].map((at) => BigInt(`0x${flipped.subarray(at, at + 32).toString('hex')}`))
      try {
        Point.fromAffine({ x, y }).assertValidity()
        return true
      } catch {
        return false
      }
    })()
    assert.equal(run('add', flipped, g1Bytes(b)) !== 'ZK_POINT_INVALID', onCurve, `flipped ${i}`)
  }
})

test('products of pairings are one when those of @noble/curves are', { skip }, async () => {
  const { G1, G2, fields, pairingBatch } = await noble()
  for (let i = 0; i < 8; i += 1) {
    const [a, b, c] = ['a', 'b', 'c'].map((label) => scalar(`pairing ${label} ${i}`))
    // e(a G, b H) e(-ab/c G, c H), with an error in every second.
    const last = (R - ((a * b) % R) + BigInt(i % 2)) % R
    const pairs = [[a, b], [last, 1n], [c, 1n], [R - c, 1n]].map(([left, right]) => ({ g1: G1.Point.BASE.multiply(left), g2: G2.Point.BASE.multiply(right) }))
    const one = fields.Fp12.eql(pairingBatch(pairs), fields.Fp12.ONE)
    assert.equal(one, i % 2 === 0)
    assert.equal(run('pairing', ...pairs.flatMap(({ g1, g2 }) => [g1Bytes(g1), g2Bytes(g2)])), (one ? '1' : '0').padStart(64, '0'))
  }
})

const SYSTEMS = { groth16: makeGroth16, plonk: makePlonk, fflonk: makeFflonk }
for (const [system, make] of Object.entries(SYSTEMS))
  test(`${system}: snarkjs agrees on random claims, true and changed`, { skip }, async () => {
    const peer = require('snarkjs')[system]
    const ask = zk[`verify${system[0].toUpperCase()}${system.slice(1)}ProofUnpinned`]
    const agree = async ({ vk, publicSignals, proof }, label) => {
      const theirs = await peer.verify(JSON.parse(vk), JSON.parse(publicSignals), JSON.parse(proof))
      assert.equal(ask({ vk, publicSignals, proof }).ok, theirs, label)
      return theirs
    }
    for (let i = 0; i < 6; i += 1) {
      const publics = Array.from({ length: 1 + (i % 4) }, (_, j) => scalar(`${system} ${i} ${j}`))
      const files = make({ publics })
      assert.equal(await agree(files, `true ${i}`), true)
      const changed = publics.map((value, j) => (j === i % publics.length ? (value + 1n) % R : value))
      assert.equal(await agree({ ...files, publicSignals: JSON.stringify(changed.map(String)) }, `changed ${i}`), false)
      const other = make({ publics: publics.map((value) => (value * 3n) % R) })
      assert.equal(await agree({ ...files, proof: other.proof }, `another proof ${i}`), false)
    }
  })

/** Paths of all decimal strings. */
function numbersOf(value, path = []) {
  if (typeof value === 'string') return /^\d+$/.test(value) ? [path] : []
  if (value === null || typeof value !== 'object') return []
  return Object.keys(value).flatMap((key) => numbersOf(value[key], [...path, key]))
}
const CHANGES = [
  (text) => String(BigInt(text) + 1n),
  (text) => String(BigInt(text) === 0n ? 1n : BigInt(text) - 1n),
  (text) => String(BigInt(text) ^ (1n << (number(`bit ${text}`) % 254n))),
  (text, other) => other,
  () => '0',
  (text) => text, // what nobody changed holds
]

for (const [system, make] of Object.entries(SYSTEMS))
  test(`${system}: a changed proof that snarkjs refuses is refused`, { skip }, async () => {
    const peer = require('snarkjs')[system]
    const ask = zk[`verify${system[0].toUpperCase()}${system.slice(1)}ProofUnpinned`]
    const files = make({ publics: [29n, 31n] })
    const paths = numbersOf(JSON.parse(files.proof))
    for (let i = 0; i < COUNT; i += 1) {
      const pick = (what, from) => from[Number(number(`${SEED} ${system} ${i} ${what}`) % BigInt(from.length))]
      const proof = JSON.parse(files.proof)
      const path = pick('path', paths)
      const parent = path.slice(0, -1).reduce((tree, key) => tree[key], proof)
      const other = pick('other', paths).reduce((tree, key) => tree[key], proof)
      const before = parent[path.at(-1)]
      parent[path.at(-1)] = pick('change', CHANGES)(before, other)
      const label = `${i}: ${path.join('.')} ${before} → ${parent[path.at(-1)]}`
      // A point off its curve makes it throw.
      const theirs = await peer.verify(JSON.parse(files.vk), JSON.parse(files.publicSignals), proof).catch(() => false)
      const ours = ask({ ...files, proof: JSON.stringify(proof) })
      if (!theirs) assert.equal(ours.ok, false, label)
      // Ours is the stricter one (snark.md §5), and says why.
      else if (!ours.ok) assert.ok(['ZK_MALFORMED', 'ZK_POINT_INVALID', 'ZK_SCALAR_OUT_OF_RANGE'].includes(ours.code), `${label}: ${ours.code}`)
      if (before === parent[path.at(-1)]) assert.deepEqual([theirs, ours.ok], [true, true], label)
    }
  })

after(async () => {
  // Its workers would keep the process.
  await globalThis.curve_bn128?.terminate()
})
