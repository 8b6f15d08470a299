// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The tables of sizes: every file of the package beside the peers' modules, and what each family of checks costs in verify.wasm.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { filesUnder } from '../../js-bindings/scripts/files.mjs'
import { FAMILIES, familySizes } from '../../wasm/family_sizes.mjs'
import { sizesOf } from '../../wasm/sizes.mjs'
import { writeTable } from './report.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const ROOT = join(HERE, '../../')
const PEERS = [
  'tiny-secp256k1/lib/secp256k1.wasm', '@evervault/wasm-attestation-bindings/index_bg.wasm', 'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.mjs', 'onnxruntime-web/dist/ort.wasm.min.mjs', '@ezkljs/engine/web/ezkl_bg.wasm',
]

const columns = ({ raw, gz, br }) => ({ bytes: raw, gzip: gz, brotli: br })

/** @param folder of the package */
export function writeSizes(folder) {
  const row = (file, path) => ({ file, ...columns(sizesOf(readFileSync(path))) })
  const files = filesUnder(join(folder, 'dist')).filter((file) => /\.(wasm|js|mjs)$/.test(file))
  writeTable('sizes.json', [
    ...files.map((path) => row(`assay-wasm/${path.slice(folder.length)}`, path)),
    ...PEERS.map((name) => row(name, join(HERE, 'node_modules', name))),
  ], 'file', ({ file }) => !file.startsWith('assay-wasm/')) // our files have other names from build to build
}

/** Links the module without one family after the other where that is not done yet: some minutes. */
export function writeFamilies() {
  execFileSync('cmake', ['--build', '--preset', 'wasm-verify', '--target', 'assay_wasm_module', 'assay_wasm_without'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
  const files = ['wasm/verify.wasm', ...FAMILIES.map((_, i) => `wasm-verify/without/${i + 1}.wasm`)]
  const rows = familySizes(files.map((file) => readFileSync(join(ROOT, 'build', file))))
  writeTable('families.json', rows.map(({ family, ...sizes }) => ({ family, ...columns(sizes) })), 'family', () => false)
}
