// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What each operator family adds to infer-simd.wasm: builds the module with all of them, without each one, and without any
// (core/cmake/infer_families.cmake), and prints a table. In a build folder of its own; what ships is not touched.
//
//   node wasm/infer_families.mjs [family …]   without a name: all families, and the table is written to
//   tests/bench/results/infer_families.json; about a minute for each
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { writeTable } from '../tests/bench/report.mjs'
import { sizesOf } from './sizes.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const source = readFileSync(join(ROOT, 'core/cmake/infer_families.cmake'), 'utf8')
const families = /^set\(families ([\w ]+)\)$/m.exec(source)[1].split(' ')

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !families.includes(name))
if (unknown !== undefined) throw new Error(`no family ${unknown}; there are: ${families.join(', ')}`)

const folder = mkdtempSync(join(ROOT, 'build/infer-families-'))
for (const shared of ['deps', 'sources', 'toolchain']) symlinkSync(join(ROOT, 'build', shared), join(folder, shared))
const run = (...command) => execFileSync('bash', ['-c', '. build/env.sh && exec "$@"', 'bash', ...command], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })

function sizes(list) {
  run('cmake', '--preset', 'wasm-infer', '-B', folder, `-DASSAY_BUILD_ROOT=${folder}`, `-DASSAY_INFER_FAMILIES=${list}`)
  run('cmake', '--build', folder)
  return sizesOf(readFileSync(join(folder, 'wasm/infer-simd.wasm')))
}

try {
  const all = sizes('all')
  const rows = []
  const row = (family, { raw, gz, br }) => {
    rows.push({ family, bytes: raw, gzip: gz, brotli: br })
    console.log(`${family.padEnd(20)} ${String(raw).padStart(9)} ${String(br).padStart(9)}`)
  }
  console.log(`${'family'.padEnd(20)} ${'raw'.padStart(9)} ${'br'.padStart(9)}`)
  for (const family of asked.length === 0 ? families : asked) {
    const rest = sizes(families.filter((each) => each !== family).join(';'))
    row(family, { raw: all.raw - rest.raw, gz: all.gz - rest.gz, br: all.br - rest.br })
  }
  row('the rest', sizes('none'))
  row('together', all)
  if (asked.length === 0) writeTable('infer_families.json', rows, 'family', () => false)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
