// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The error family, explain, and that the generated list is the one of error_codes.def.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { ROOT, dist } from './support/package.mjs'

const errors = await import(dist('errors/index.js'))
const { fromWire, toWire } = await import(dist('errors/wire.js'))
const { BaseError, InternalError, LoadError, ModelError, UsageError, VerificationError, explain, isErrorCode } = errors

const codes = readFileSync(join(ROOT, 'core/base/error_codes.def'), 'utf8').match(/^X\(\w+/gm).map((row) => row.slice(2))

test('codes.generated.ts and docs/codes.md are what error_codes.def says', () => {
  execFileSync(process.execPath, [join(ROOT, 'js-bindings/scripts/generate-codes.mjs'), '--check'], { stdio: 'pipe' })
})

test('explain knows every code and no other', () => {
  assert.ok(codes.length > 50)
  for (const code of codes) {
    const { number, category, message, docsPath } = explain(code)
    assert.ok(Number.isInteger(number) && message.length > 10 && docsPath.endsWith(code.toLowerCase()), code)
    assert.match(category, /^(malformed|rejected|policy|unsupported|limit|usage|load|internal)$/)
    assert.equal(isErrorCode(code), true)
  }
  for (const other of ['', 'toString', '__proto__', 'NOPE', undefined, 5]) {
    assert.equal(isErrorCode(other), false)
    assert.throws(() => explain(other), TypeError)
  }
})

test('anatomy', () => {
  const cause = new TypeError('inner')
  const error = new LoadError('WASM_UNAVAILABLE', 'Not there.', { metaMessages: ['Expected: a', 'Got: b'], cause, path: 'x' })
  assert.ok(error instanceof BaseError && error instanceof Error)
  assert.equal(error.name, 'LoadError')
  assert.equal(error.category, 'load')
  assert.equal(error.shortMessage, 'Not there.')
  assert.equal(error.message, 'Not there.\nExpected: a\nGot: b\nCode: WASM_UNAVAILABLE (docs/codes.md#wasm_unavailable)')
  assert.equal(error.path, 'x')
  assert.equal(error.walk(), cause)
  assert.equal(error.walk((each) => each instanceof TypeError), cause)
  assert.equal(error.walk((each) => each instanceof RangeError), undefined)
  assert.equal(new InternalError('TRAP', 'x').walk()?.code, 'TRAP')
  const loop = new LoadError('WASM_UNAVAILABLE', 'x')
  loop.cause = loop
  assert.equal(loop.walk(() => false), undefined)
})

test('errors survive the way between threads', () => {
  const checks = [{ name: 'a', status: 'failed', code: 'RECEIPT_TOO_OLD' }]
  for (const error of [
    new VerificationError('RECEIPT_TOO_OLD', 'Old.', checks, { path: 'p' }),
    new UsageError('POLICY_INVALID', 'Bad.', { metaMessages: ['m'] }),
    new LoadError('WASM_UNAVAILABLE', 'Gone.'),
    new InternalError('TRAP', 'Trap.'),
    new ModelError('ONNX_MALFORMED', 'No.'),
  ]) {
    const back = fromWire(structuredClone(toWire(error)))
    assert.equal(back.constructor, error.constructor)
    for (const member of ['name', 'code', 'category', 'message', 'path', 'checks']) assert.deepEqual(back[member], error[member])
  }
  assert.equal(fromWire(toWire(new RangeError('x'))).code, 'TRAP')
})
