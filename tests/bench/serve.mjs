// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Loopback server for the pages: this folder, the package, node_modules and the models, with cross-origin isolation.
import { createServer } from 'node:http'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' }
const HERE = fileURLToPath(new URL('.', import.meta.url))
/** The built package; ASSAY_PACKAGE names another build. */
export const packageFolder = () => (process.env.ASSAY_PACKAGE ? join(process.env.ASSAY_PACKAGE, '/') : fileURLToPath(new URL('../../js-bindings/', import.meta.url)))

const ROOTS = {
  '/package/': packageFolder(),
  '/nm/': join(HERE, 'node_modules/'),
}

/** @param {Map<string, string>} made texts served by path. @param {string} models folder of the models. */
export async function serve(made, models) {
  const roots = { ...ROOTS, ...(models ? { '/models/': `${models}/` } : {}) }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
    const headers = {
      'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-resource-policy': 'same-origin',
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    }
    const prefix = Object.keys(roots).find((candidate) => path.startsWith(candidate))
    const root = prefix ? roots[prefix] : HERE
    const file = normalize(join(root, prefix ? path.slice(prefix.length) : path))
    const body = made.get(path) ?? (file.startsWith(root) && existsSync(file) && statSync(file).isFile() ? readFileSync(file) : null)
    response.writeHead(body === null ? 404 : 200, headers)
    response.end(body ?? '')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}
