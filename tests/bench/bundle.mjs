// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Bundles peers.mjs for browsers. tiny-secp256k1 imports its wasm file as a module, which no browser does
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

/** @returns the bundle's text. */
export async function bundlePeers() {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('peers.mjs', import.meta.url))],
    bundle: true, format: 'esm', platform: 'browser', target: 'es2022', write: false, minify: true, plugins: [wasmModule],
    external: ['assay-wasm'],
  })
  return result.outputFiles[0].text
}
