// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs tests/js against the built package (or the one that ASSAY_PACKAGE names) with node:test.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../tests/js', import.meta.url))
const root = process.env.ASSAY_PACKAGE ?? fileURLToPath(new URL('..', import.meta.url))
if (!existsSync(join(root, 'dist'))) {
  console.error(`no dist in ${root}; run: npm --prefix js-bindings run build`)
  process.exit(2)
}
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.test.mjs')).sort().map((name) => join(FOLDER, name))
const { status } = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' })
process.exit(status ?? 1)
