// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Every error code is reached: by a row of the own vectors that expects exactly it, or by the test that
// codes.json names (a file, or a folder in which one file asserts it). null there = the specification has the code, but
// nothing built so far can give it; that fails as soon as a source names it. Stale declarations fail as well.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const HERE = join(ROOT, 'tests/vectors')

const codes = [...readFileSync(join(ROOT, 'core/base/error_codes.def'), 'utf8').matchAll(/^X\((\w+), (\d+), (\w+), "/gm)].map((row) => row[1])
const declared = JSON.parse(readFileSync(join(HERE, 'codes.json'), 'utf8'))

const rows = (file) => readFileSync(join(HERE, file), 'utf8').trim().split('\n').map((line) => JSON.parse(line))
const reached = new Set([
  ...rows('receipts/receipts.jsonl').map((row) => row.expect.code),
  ...rows('receipts/profiles.jsonl').map((row) => row.expect.code),
  ...rows('nitro_synth/nitro_synth.jsonl').map((row) => row.expect),
  // Rows without codes: the runner derives these two from the form of v (families/secp256k1.mjs).
  ...rows('secp256k1/recover.jsonl').flatMap((row) =>
    row.ecrecover === null ? [[27n, 28n].includes(BigInt(row.v)) ? 'SIGNATURE_INVALID' : 'SIGNATURE_MALFORMED'] : []),
])

const sources = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true }).filter((name) => /\.(mjs|js|ts|cpp)$/.test(name)).map((name) => join(path, name))
    : [path]

const PRODUCERS = ['core', 'wasm/bindings', 'js-bindings/src', 'web'].filter((folder) => existsSync(join(ROOT, folder)))
const withoutComments = (text) => text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')

test('error_codes.def is read whole', () => {
  assert.ok(codes.length > 50)
  assert.equal(new Set(codes).size, codes.length)
})

for (const code of codes)
  test(`${code} is reached`, () => {
    if (reached.has(code)) return assert.ok(!Object.hasOwn(declared, code), `${code} has a vector; drop it from codes.json`)
    assert.ok(Object.hasOwn(declared, code), `${code}: no vector expects it and codes.json names no test`)
    const word = new RegExp(`\\b${code}\\b`)
    if (declared[code] === null) {
      const made = PRODUCERS.flatMap((folder) => sources(join(ROOT, folder)))
        .filter((file) => !file.endsWith('codes.generated.ts') && word.test(withoutComments(readFileSync(file, 'utf8'))))
      return assert.deepEqual(made, [], `${code} is given now; name its test in codes.json`)
    }
    const place = join(ROOT, declared[code])
    assert.ok(existsSync(place), `${declared[code]} does not exist`)
    assert.ok(sources(place).some((file) => word.test(readFileSync(file, 'utf8'))), `nothing in ${declared[code]} names ${code}`)
  })

test('codes.json names codes only', () => {
  assert.deepEqual(Object.keys(declared).filter((code) => !codes.includes(code)), [])
})

test('no vector expects an unknown code', () => {
  assert.deepEqual([...reached].filter((code) => code && code !== 'OK' && !codes.includes(code)), [])
})
