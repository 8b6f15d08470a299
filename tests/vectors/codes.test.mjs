// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Every error code that the package documents is given somewhere and a test expects it: a row of the own vectors
// expects exactly it, or the test that codes.json names (a file, or a folder of tests) does, in more than a title or a
// comment. Only a code that error_codes.def calls reserved may be given by nothing. Stale declarations fail as well.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { filesUnder } from '../../js-bindings/scripts/files.mjs'
import { readCodes } from '../../js-bindings/scripts/generate-codes.mjs'
import { filesOf, foldersOf, readRows } from './files.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const HERE = join(ROOT, 'tests/vectors')

const codes = readCodes(readFileSync(join(ROOT, 'core/base/error_codes.def'), 'utf8'))
const names = codes.map(({ name }) => name)
const declared = JSON.parse(readFileSync(join(HERE, 'codes.json'), 'utf8'))

/** What a row expects: a code, `ok`, or an object with a code. Rows of secp256k1/recover hold none; two follow from the form of v. */
function expected(row) {
  if (typeof row.expect === 'string') return row.expect === 'ok' ? 'OK' : row.expect
  if (typeof row.expect?.code === 'string') return row.expect.code
  if (row.ecrecover === null) return [27n, 28n].includes(BigInt(row.v)) ? 'SIGNATURE_INVALID' : 'SIGNATURE_MALFORMED'
  return 'OK'
}

const reached = new Set(
  foldersOf(HERE).flatMap((family) =>
    filesOf(join(HERE, family)).filter((file) => file.endsWith('.jsonl')).flatMap((file) => readRows(join(HERE, family), file).map(expected))),
)

const SOURCES = /\.(mjs|js|ts|cpp|hpp)$/
const TESTS = /(_test\.cpp|\.test\.mjs)$/
const below = (path, pattern) =>
  (statSync(path).isDirectory() ? filesUnder(path) : [path]).filter((file) => pattern.test(file))

const withoutComments = (text) => text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')
/** Titles of tests, and errors that the test itself makes. */
const NO_EXPECTATION = /\b(?:TEST_CASE|SECTION)\("[^"]*"|\btest\((['`]).*?\1|\bnew \w+Error\('\w+'|\b(?:Error\{|fail\(|info\()(?:\w+::)*\w+/g

/** Whether a test in this file expects the code. */
function expects(file, code) {
  const text = withoutComments(readFileSync(file, 'utf8'))
  return /\b(assert|CHECK|REQUIRE)/.test(text) && new RegExp(`\\b${code}\\b`).test(text.replace(NO_EXPECTATION, ''))
}

const PRODUCERS = ['core', 'wasm/bindings', 'js-bindings/src', 'web']
const given = (code) =>
  PRODUCERS.flatMap((folder) => below(join(ROOT, folder), SOURCES)).filter((file) =>
    !file.endsWith('codes.generated.ts') && new RegExp(`\\b${code}\\b`).test(withoutComments(readFileSync(file, 'utf8'))))

for (const { name, reserved } of codes)
  test(`${name} is ${reserved ? 'reserved' : 'given and expected'}`, () => {
    if (reserved) {
      assert.deepEqual(given(name), [], `${name} is given now: it is no longer reserved, name its test in codes.json`)
      return assert.ok(!reached.has(name) && !Object.hasOwn(declared, name), `${name} is reserved, but a test is declared`)
    }
    assert.notDeepEqual(given(name), [], `nothing gives ${name}; give it, or mark it "// Reserved: why" in error_codes.def`)
    if (reached.has(name)) return assert.ok(!Object.hasOwn(declared, name), `${name} has a vector; drop it from codes.json`)
    assert.ok(Object.hasOwn(declared, name), `${name}: no vector expects it and codes.json names no test`)
    const place = join(ROOT, declared[name])
    assert.ok(existsSync(place), `${declared[name]} does not exist`)
    assert.ok(below(place, TESTS).some((file) => expects(file, name)), `no test in ${declared[name]} expects ${name}`)
  })

test('codes.json names codes only', () => {
  assert.deepEqual(Object.keys(declared).filter((code) => !names.includes(code)), [])
})

test('no vector expects an unknown code', () => {
  assert.deepEqual([...reached].filter((code) => code !== 'OK' && !names.includes(code)), [])
})

test('a code in a title or a comment, or that a test makes itself, is not expected', () => {
  const strip = (text) => withoutComments(text).replace(NO_EXPECTATION, '')
  for (const text of [
    'TEST_CASE("a CODE_A is refused") {', "test('CODE_A, always', () => {", '  // CODE_A', "new LoadError('CODE_A', 'x')",
    'Error{ErrorCode::CODE_A}', 'return fail(base::ErrorCode::CODE_A);',
  ]) assert.doesNotMatch(strip(text), /CODE_A/, text)
  for (const text of ['CHECK(outcome(x) == "CODE_A");', "assert.rejects(x, { code: 'CODE_A' })", 'REQUIRE(x.error().code == ErrorCode::CODE_A);'])
    assert.match(strip(text), /CODE_A/, text)
})
