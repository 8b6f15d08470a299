// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The runner itself: what it must not call passed. ASSAY_ENGINE names the native engine.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { readRows } from './files.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const own = (file) => readRows(HERE, file)

/** Runs the runner over a folder made of `files` (path → text). */
function run(files, ...more) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-vectors-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const engine = process.env.ASSAY_ENGINE ? [`--engine=${process.env.ASSAY_ENGINE}`] : []
    const done = spawnSync(process.execPath, [join(HERE, 'run.mjs'), `--dir=${folder}`, '--target=native', ...engine, ...more], { encoding: 'utf8' })
    return { status: done.status, lines: done.stdout.trim().split('\n'), output: done.stdout + done.stderr }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const hash = { keccak256: '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470', len: 0, data: '0x' }

test('a right row passes', () => {
  const { status, lines } = run({ 'secp256k1/keccak.jsonl': `${JSON.stringify(hash)}\n` })
  assert.equal(status, 0)
  assert.equal(lines.at(-1), '1 passed, 0 failed')
})

test('a wrong value fails by name', () => {
  const { status, lines } = run({ 'secp256k1/keccak-more.jsonl': `${JSON.stringify({ ...hash, keccak256: `0x${'11'.repeat(32)}` })}\n` })
  assert.equal(status, 1)
  assert.match(lines[0], /^FAIL secp256k1\/keccak-more\.jsonl#0 expected 1{64} got c5d2/)
  assert.equal(lines.at(-1), '0 passed, 1 failed')
})

test('every failing case has its line', () => {
  const wrong = JSON.stringify({ ...hash, keccak256: `0x${'11'.repeat(32)}` })
  const { lines } = run({ 'secp256k1/keccak.jsonl': `${wrong}\n`.repeat(300) })
  assert.equal(lines.filter((line) => line.startsWith('FAIL ')).length, 300)
})

test('both targets close with one line for both', () => {
  const { status, lines } = run({ 'secp256k1/keccak.jsonl': `${JSON.stringify(hash)}\n` }, '--target=both')
  assert.equal(status, 0)
  assert.deepEqual(lines.filter((line) => /^(target|\d+ passed)/.test(line)).map((line) => line.replace(/, [\d.]+ s$/, '')), ['target native', 'target wasm', '2 passed, 0 failed'])
})

test('the right refusal with the wrong code fails', () => {
  const [row] = own('receipts/receipts.jsonl').filter((entry) => entry.expect.code === 'RECEIPT_TOO_OLD')
  const { status, lines } = run({ 'receipts/receipts.jsonl': `${JSON.stringify({ ...row, expect: { ok: false, code: 'RECEIPT_BAD_FIELD' } })}\n` })
  assert.equal(status, 1)
  assert.match(lines[0], /expected RECEIPT_BAD_FIELD got RECEIPT_TOO_OLD/)
})

test('an accepted receipt with another not_covered fails', () => {
  const [row] = own('receipts/receipts.jsonl').filter((entry) => entry.expect.ok)
  const value = { ...row.expect.value, not_covered: [...row.expect.value.not_covered, 'response.extra'] }
  const { status, lines } = run({ 'receipts/receipts.jsonl': `${JSON.stringify({ ...row, expect: { ...row.expect, value } })}\n` })
  assert.equal(status, 1)
  assert.match(lines[0], /not_covered/)
})

test('not_covered is a set', () => {
  const [row] = own('receipts/receipts.jsonl').filter((entry) => entry.expect.ok)
  const value = { ...row.expect.value, not_covered: [...row.expect.value.not_covered].reverse() }
  assert.equal(run({ 'receipts/receipts.jsonl': `${JSON.stringify({ ...row, expect: { ...row.expect, value } })}\n` }).status, 0)
})

for (const [name, files, wanted] of [
  ['a broken line', { 'receipts/receipts.jsonl': '{"id":\n' }, /FAIL receipts\/receipts\.jsonl expected a readable file got receipts\.jsonl, line 1/],
  ['an empty file', { 'receipts/floats.jsonl': '\n' }, /FAIL receipts\/floats\.jsonl expected a readable file got floats\.jsonl: no rows/],
  ['a row without its members', { 'nitro_synth/a.jsonl': '{"id":"x"}\n' }, /FAIL nitro_synth\/a\.jsonl .*no member "doc_b64"/],
  ['a missing index', { 'nitro/other.json': '[]' }, /FAIL nitro\/index\.json expected a readable file got no such file/],
  ['an index that names a missing document', { 'nitro/index.json': '{"root":"root.der","documents":[]}' }, /FAIL nitro\/index\.json .*root\.der: the file is missing/],
  ['an index that leaves its folder', { 'nitro/index.json': '{"root":"../x","documents":[]}' }, /not a file name/],
  ['text that is no UTF-8', { 'receipts/values.jsonl': Buffer.from([0x7b, 0xff, 0x7d]) }, /FAIL receipts\/values\.jsonl/],
])
  test(`${name} fails loudly`, () => {
    const { status, output } = run(files)
    assert.equal(status, 1)
    assert.match(output, wanted)
  })

test('what cannot be run is not built, and nothing passed is no success', () => {
  const { status, lines, output } = run({ 'later_family/1.json': '{}', 'new_family/rows.jsonl': '{}\n{}\n' })
  assert.equal(status, 1)
  assert.match(output, /later_family +0 +0 +1\n/)
  assert.match(output, /new_family +0 +0 +2\n/)
  assert.match(output, /nothing ran/)
  assert.equal(lines.at(-1), '0 passed, 0 failed')
})

test('a folder without a vector file and a sub-folder that no reader knows are not built', () => {
  const { output } = run({
    'empty/.keep': '', 'binary/report.bin': 'x', 'deep/a/b/rows.jsonl': '{}\n', 'deep/a/more.json': '{}',
    'secp256k1/keccak.jsonl': `${JSON.stringify(hash)}\n`, 'secp256k1/new/rows.jsonl': '{}\n',
  })
  assert.match(output, /\nempty +0 +0 +1\n/)
  assert.match(output, /\nbinary +0 +0 +1\n/)
  assert.match(output, /\ndeep +0 +0 +2\n/)
  assert.match(output, /\nsecp256k1 +1 +0 +1\n/)
  assert.match(output, /\n {2}new\/ +0 +0 +1\n/)
  assert.match(output, /\n5 not built/)
})

test('a folder of programs is no family', () => {
  assert.doesNotMatch(run({ 'tools/generate.mjs': '', 'secp256k1/keccak.jsonl': `${JSON.stringify(hash)}\n` }).output, /tools/)
})

test('a family that is not there is no success', () => {
  assert.equal(run({ 'secp256k1/keccak.jsonl': `${JSON.stringify(hash)}\n` }, '--family=nitro').status, 1)
})

for (const script of ['tests/vectors/generate/generate.mjs', 'demo/samples/evidence/generate.mjs'])
  test(`${script} makes what is committed`, () => {
    const done = spawnSync(process.execPath, [join(HERE, '../..', script), '--check'], { encoding: 'utf8' })
    assert.equal(done.status, 0, done.stderr)
  })
