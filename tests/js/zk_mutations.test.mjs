// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Everything in the files of a good proof, changed: each number of key, public signals and proof by one, by its field's
// order, to zero, to its neighbour's value, to another form; points off their curve, outside of G2, at infinity;
// members left out, doubled, lengthened.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Q, R, g1Json, g2Json } from './support/bn254_maker.mjs'
import { makeFflonk, makeGroth16, makePlonk } from './support/snark_maker.mjs'
import { dist } from './support/package.mjs'

const zk = await (await import(dist('zk/index.js'))).loadZkVerifier()
const SYSTEMS = [['Groth16', makeGroth16], ['Plonk', makePlonk], ['Fflonk', makeFflonk]].map(([name, make]) => ({ name, files: make({ publics: [29n, 31n] }) }))
const FILES = ['vk', 'publicSignals', 'proof']
const FORMS = new Set(['ZK_MALFORMED', 'ZK_VK_INVALID', 'ZK_POINT_INVALID', 'ZK_SCALAR_OUT_OF_RANGE', 'ZK_PUBLIC_COUNT', 'ZK_PROOF_INVALID'])
/** Coordinates are below q, everything else below r. */
const isCoordinate = (path) => path.length > 1 && Number.isInteger(path.at(-1))
/** FFLONK's "inv" serves another verifier. */
const isUnread = (path) => path.at(-1) === 'inv'

/** Paths of all decimal strings. */
function numbersOf(value, path = []) {
  if (typeof value === 'string') return /^\d+$/.test(value) ? [path] : []
  if (value === null || typeof value !== 'object') return []
  return Object.keys(value).flatMap((key) => numbersOf(value[key], [...path, Array.isArray(value) ? Number(key) : key]))
}
const at = (tree, path) => path.reduce((value, key) => value[key], tree)
function changed(text, path, change) {
  const tree = JSON.parse(text)
  const parent = at(tree, path.slice(0, -1))
  parent[path.at(-1)] = change(parent[path.at(-1)])
  return JSON.stringify(tree)
}
const codeOf = (name, files) => {
  const verdict = zk[`verify${name}ProofUnpinned`](files)
  return verdict.ok ? 'OK' : verdict.code
}

for (const { name, files } of SYSTEMS) {
  const each = FILES.flatMap((file) => numbersOf(JSON.parse(files[file])).map((path) => ({ file, path, where: `${file} ${path.join('.')}` })))

  test(`${name}: no changed number of a file verifies`, () => {
    assert.equal(codeOf(name, files), 'OK')
    for (const { file, path, where } of each.filter(({ path }) => !isUnread(path))) {
      const changes = {
        'plus one': (text) => String(BigInt(text) + 1n),
        'minus one': (text) => String(BigInt(text) === 0n ? 2n : BigInt(text) - 1n),
        zero: (text) => (text === '0' ? '2' : '0'),
        'high bit': (text) => String(BigInt(text) ^ (1n << 253n)),
      }
      for (const [how, change] of Object.entries(changes)) {
        const code = codeOf(name, { ...files, [file]: changed(files[file], path, change) })
        assert.ok(FORMS.has(code), `${where} ${how}: ${code}`)
      }
    }
  })

  test(`${name}: a number has one form and is below its field's order`, () => {
    for (const { file, path, where } of each) {
      const ask = (change) => codeOf(name, { ...files, [file]: changed(files[file], path, change) })
      for (const form of [(text) => `0${text}`, (text) => `+${text}`, (text) => `-${text}`, (text) => ` ${text}`, (text) => `${text} `, (text) => `${text}n`, (text) => `0x${BigInt(text).toString(16)}`, () => '', () => null, () => 1.5, () => [], (text) => ({ text })])
        assert.equal(ask(form), 'ZK_MALFORMED', `${where} ${form}`)
      const beyond = ask((text) => String(BigInt(text) + (isCoordinate(path) ? Q : R)))
      // The third coordinate has two values.
      const expected = isCoordinate(path) ? /^ZK_(POINT_INVALID|MALFORMED)$/ : /^ZK_(SCALAR_OUT_OF_RANGE|VK_INVALID)$/
      assert.match(beyond, expected, where)
      assert.match(ask(() => '9'.repeat(200)), expected, where)
    }
  })

  test(`${name}: points of a proof are on their curve, in their group, not at infinity, and in their place`, () => {
    const tree = JSON.parse(files.proof)
    const places = (value, path = []) =>
      Array.isArray(value) ? [path] : value !== null && typeof value === 'object' ? Object.keys(value).flatMap((key) => places(value[key], [...path, key])) : []
    const points = places(tree)
    assert.ok(points.length >= 3)
    const ask = (path, point) => codeOf(name, { ...files, proof: changed(files.proof, path, () => point) })
    for (const path of points) {
      const isG2 = Array.isArray(at(tree, path)[0])
      assert.equal(ask(path, isG2 ? [['0', '0'], ['1', '0'], ['0', '0']] : ['0', '1', '0']), 'ZK_POINT_INVALID', `${path} infinity`)
      assert.equal(ask(path, isG2 ? [['1', '2'], ['3', '4'], ['1', '0']] : ['1', '3', '1']), 'ZK_POINT_INVALID', `${path} off the curve`)
      assert.equal(ask(path, isG2 ? g2Json(77n) : g1Json(77n)), 'ZK_PROOF_INVALID', `${path} another point`)
      const [x, y, z] = at(tree, path)
      const minus = isG2 ? [x, y.map((value) => String((Q - BigInt(value)) % Q)), z] : [x, String(Q - BigInt(y)), z]
      assert.equal(ask(path, minus), 'ZK_PROOF_INVALID', `${path} its negative`)
      for (const form of [[x, y], [x, y, z, z], [x, y, isG2 ? ['2', '0'] : '2'], [y, x], 'x']) assert.equal(ask(path, form), 'ZK_MALFORMED', `${path} ${form}`)
    }
    const g1s = points.filter((path) => !Array.isArray(at(tree, path)[0]))
    for (let i = 1; i < g1s.length; i += 1) {
      const swapped = changed(changed(files.proof, g1s[i], () => at(tree, g1s[i - 1])), g1s[i - 1], () => at(tree, g1s[i]))
      assert.equal(codeOf(name, { ...files, proof: swapped }), 'ZK_PROOF_INVALID', `${g1s[i]} for ${g1s[i - 1]}`)
    }
  })

  test(`${name}: a file without a member, with one twice, or with more after it is refused`, () => {
    for (const file of ['vk', 'proof']) {
      const tree = JSON.parse(files[file])
      for (const member of Object.keys(tree)) {
        const { [member]: _, ...rest } = tree
        const optional = file === 'proof' && (member === 'protocol' || member === 'curve')
        assert.equal(codeOf(name, { ...files, [file]: JSON.stringify(rest) }), optional ? 'OK' : 'ZK_MALFORMED', member)
        const twice = `${files[file].slice(0, -1)},${JSON.stringify(member)}:${JSON.stringify(tree[member])}}`
        assert.equal(codeOf(name, { ...files, [file]: twice }), 'ZK_MALFORMED', `${member} twice`)
      }
      assert.equal(codeOf(name, { ...files, [file]: JSON.stringify({ ...tree, protocol: 'other' }) }), 'ZK_VERSION_UNSUPPORTED')
      assert.equal(codeOf(name, { ...files, [file]: JSON.stringify({ ...tree, curve: 'bls12381' }) }), 'ZK_VERSION_UNSUPPORTED')
    }
    for (const file of FILES) for (const more of ['}', ' x', '\u0000', files[file]]) assert.equal(codeOf(name, { ...files, [file]: files[file] + more }), 'ZK_MALFORMED')
    const publics = JSON.parse(files.publicSignals)
    for (const other of [[], publics.slice(1), [...publics, '0'], [...publics, ...publics]])
      assert.equal(codeOf(name, { ...files, publicSignals: JSON.stringify(other) }), 'ZK_PUBLIC_COUNT')
    assert.equal(codeOf(name, { ...files, publicSignals: JSON.stringify([...publics].reverse()) }), 'ZK_PROOF_INVALID')
  })
}

test('a point of the twist outside of G2 is refused in a proof and in a key', () => {
  const { files } = SYSTEMS[0]
  // x = 1: 1 + 3 / (9 + u) is a square, and its point is not of order r.
  const outside = twistPoint()
  assert.equal(codeOf('Groth16', { ...files, proof: changed(files.proof, ['pi_b'], () => outside) }), 'ZK_POINT_INVALID')
  for (const member of ['vk_beta_2', 'vk_gamma_2', 'vk_delta_2'])
    assert.equal(codeOf('Groth16', { ...files, vk: changed(files.vk, [member], () => outside) }), 'ZK_POINT_INVALID')
  for (const { name, files: other } of SYSTEMS.slice(1)) assert.equal(codeOf(name, { ...other, vk: changed(other.vk, ['X_2'], () => outside) }), 'ZK_POINT_INVALID')
})

/** The first point of the twist with x = (n, 0), n = 1, 2, …: hardly ever of order r. */
function twistPoint() {
  const mod = (a) => ((a % Q) + Q) % Q
  const power = (a, e) => {
    let out = 1n
    for (let base = mod(a); e > 0n; e >>= 1n, base = (base * base) % Q) if (e & 1n) out = (out * base) % Q
    return out
  }
  const root = (a) => {
    const r = power(a, (Q + 1n) / 4n)
    return (r * r) % Q === mod(a) ? r : undefined
  }
  const inverse = power(82n, Q - 2n)
  const [b0, b1] = [mod(27n * inverse), mod(-3n * inverse)]
  for (let n = 1n; ; n += 1n) {
    const [c0, c1] = [mod(n ** 3n + b0), b1]
    const norm = root(c0 * c0 + c1 * c1)
    if (norm === undefined) continue
    for (const half of [(c0 + norm) * ((Q + 1n) / 2n), (c0 - norm) * ((Q + 1n) / 2n)]) {
      const y0 = root(mod(half))
      if (y0 === undefined || y0 === 0n) continue
      const y1 = mod(c1 * power(2n * y0, Q - 2n))
      return [[String(n), '0'], [String(y0), String(y1)], ['1', '0']]
    }
  }
}
