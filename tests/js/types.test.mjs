// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The declarations, compiled as an application would: what must not compile is marked in types/api.ts.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

import { PACKAGE, ROOT } from './support/package.mjs'

test('types/api.ts compiles, and what is marked does not', () => {
  const tsc = join(ROOT, 'js-bindings/node_modules/typescript/bin/tsc')
  try {
    execFileSync(process.execPath, [tsc, '-p', join(ROOT, 'tests/js/types')], { encoding: 'utf8', env: { ...process.env, ASSAY_PACKAGE: PACKAGE } })
  } catch (error) {
    assert.fail(error.stdout || error.message)
  }
})
