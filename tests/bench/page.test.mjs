// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Peers that the pages fetch as they are installed: what such a module imports by a package's name, the page must map.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const installed = existsSync(here('node_modules/esbuild'))

test('page.html maps every package that a fetched peer imports by name, to a file that is served', { skip: installed ? false : 'npm --prefix tests/bench ci was not run' }, async () => {
  const { build } = await import('esbuild')
  const { ENTRIES, bundle } = await import('./bundle.mjs')
  const { imports } = JSON.parse(/<script type="importmap">(.*)<\/script>/.exec(readFileSync(here('page.html'), 'utf8'))[1])
  const sources = ['page.mjs', 'networks/peers.mjs'].map((name) => readFileSync(here(name), 'utf8')).join('\n')
  const fetched = [...sources.matchAll(/import\('\/nm\/([^']+)'\)/g)].map(([, path]) => here(`node_modules/${path}`))
  assert.ok(fetched.length >= 3, `${fetched.length} imports found`)
  const { metafile } = await build({ entryPoints: fetched, bundle: true, packages: 'external', format: 'esm', metafile: true, write: false, outdir: 'unwritten', logLevel: 'silent' })
  const named = Object.values(metafile.outputs).flatMap((output) => output.imports.filter(({ external }) => external).map(({ path }) => path)).filter((path) => !/^(?:[./]|node:)/.test(path))
  assert.deepEqual([...new Set(named)].sort(), Object.keys(imports).sort())

  for (const target of Object.values(imports)) assert.ok(ENTRIES.has(target) || existsSync(here(target.replace('/nm/', 'node_modules/'))), target)
  assert.match(await bundle('/json-bigint.bundle.mjs'), /export\s*\{[^}]*\bas parse\b[^}]*\bas stringify\b/)
})
