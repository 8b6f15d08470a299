// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Bundles for browsers: peers.mjs, and json-bigint, which the web build of @ezkljs/engine imports by name (page.html maps it)
// and which is CommonJS. tiny-secp256k1 imports its wasm file as a module, which no browser does
// yet, so the plugin writes the same instantiation that its Node loader makes.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

const wasmModule = {
  name: 'wasm-module',
  setup(context) {
    context.onLoad({ filter: /secp256k1\.wasm$/ }, async ({ path }) => {
      const bytes = await readFile(path)
      const names = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map((entry) => entry.name)
      return {
        loader: 'js',
        contents: `import * as rand from './rand.js'
import * as errors from './validate_error.js'
const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (letter) => letter.charCodeAt(0))
const { instance } = await WebAssembly.instantiate(bytes, { './rand.js': rand, './validate_error.js': errors })
${names.map((name) => `export const ${name} = instance.exports[${JSON.stringify(name)}]`).join('\n')}`,
      }
    })
  },
}

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** What each bundle is made of, by the path that serves it. */
export const ENTRIES = new Map([
  ['/peers.bundle.mjs', { entryPoints: [`${HERE}peers.mjs`] }],
  ['/json-bigint.bundle.mjs', { stdin: { contents: "export { parse, stringify } from 'json-bigint'", resolveDir: HERE } }],
])

/** @returns the text of the bundle at the path. peers.mjs needs build/bench, which the bench's run.mjs makes. */
export async function bundle(path) {
  const result = await build({
    ...ENTRIES.get(path), bundle: true, format: 'esm', platform: 'browser', target: 'es2022', write: false, minify: true, plugins: [wasmModule],
    external: ['assay-wasm'],
  })
  return result.outputFiles[0].text
}
