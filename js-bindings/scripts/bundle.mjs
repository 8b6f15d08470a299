// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Joins the compiled modules into one file an entry point and shared chunks: fewer requests in a page without a bundler,
// and a start in Node that does not open some thirty files. Names and lines stay readable; nothing is minified.
//
// Every output file but dist/index.js lies one folder deep, so an address relative to `import.meta.url` (../wasm/…,
// ../web/worker.js) means the same before and after. What lies in wasm/ stays a file of its own: the glue starts its
// threads from its own address, and the manifest is what `SHA256SUMS` is compared with.
import { build } from 'esbuild'
import { join } from 'node:path'

const ENTRIES = ['index', 'errors/index', 'infer/index', 'ort/index', 'preprocess/index', 'verify/index', 'verify/inline', 'web/index', 'web/worker', 'zk/index']
/** Not exported by the package: what its own tests reach into. */
const FOR_TESTS = ['errors/wire', 'loader/sha256', 'verify/machine', 'verify/receipt_stream', 'zk/release']

const wasmStaysOutside = {
  name: 'wasm stays outside',
  setup: (context) => context.onResolve({ filter: /\/wasm\/[^/]+\.m?js$/ }, ({ path }) => ({ path, external: true })),
}

/**
 * @param modules folder of the compiled modules
 * @param dist    folder that is filled
 * @param banner  first lines of every file
 */
export async function bundle(modules, dist, banner) {
  await build({
    entryPoints: Object.fromEntries([...ENTRIES, ...FOR_TESTS].map((name) => [name, join(modules, `${name}.js`)])),
    outdir: dist,
    absWorkingDir: modules,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: banner },
    legalComments: 'none',
    plugins: [wasmStaysOutside],
    logLevel: 'warning',
  })
}
