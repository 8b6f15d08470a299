// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where the tests find the package: the built one, or the folder that ASSAY_PACKAGE names.
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { sha256 } from '../../../js-bindings/scripts/files.mjs'

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
export const PACKAGE = process.env.ASSAY_PACKAGE ? resolve(process.env.ASSAY_PACKAGE) : join(ROOT, 'js-bindings')

/** URL of a file below dist. */
export const dist = (path) => pathToFileURL(join(PACKAGE, 'dist', path)).href

export const wasmBytes = (name = 'verify.wasm') => new Uint8Array(readFileSync(join(PACKAGE, 'dist/wasm', name)))

/**
 * A copy of dist with another verify.wasm, its digest made to fit; for what the asynchronous functions do with it.
 *
 * @returns URL function of the copy; the folder is removed after the test.
 */
export function copyWithModule(t, bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-js-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(PACKAGE, 'dist'), folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'wasm/verify.wasm'), bytes)
  const DIGEST = /('verify\.wasm': ')[0-9a-f]{64}/
  const chunks = readdirSync(join(folder, 'chunks')).map((name) => join(folder, 'chunks', name))
  const manifest = chunks.find((chunk) => DIGEST.test(readFileSync(chunk, 'utf8')))
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(DIGEST, `$1${sha256(bytes)}`))
  return { url: (path) => pathToFileURL(join(folder, path)).href, folder }
}
