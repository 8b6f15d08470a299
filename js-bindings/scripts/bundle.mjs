// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Joins the compiled modules into one file an entry point and one chunk a family: few requests in a page without a
// bundler, and a start in Node that does not open some thirty files. Names and lines stay readable; nothing is minified.
//
// Every output file but dist/index.js lies one folder deep, so an address relative to `import.meta.url` (../wasm/…,
// ../web/worker.js) means the same before and after. Glue stays a file of its own beside its module, from which threads
// are started; that of the inference modules without threads is joined to what uses it: a page fetches two files less
// before its first model.
import { rollup } from '@rollup/wasm-node'
import { basename, join, relative, sep } from 'node:path'

const ENTRIES = ['index', 'errors/index', 'infer/index', 'ort/index', 'preprocess/index', 'verify/index', 'verify/inline', 'wasm/manifest', 'web/index', 'web/worker', 'zk/index']
/** Not exported by the package: what its own tests reach into. */
const FOR_TESTS = ['errors/wire', 'loader/sha256', 'verify/machine', 'verify/receipt_stream', 'zk/release']

/** Folders whose modules are one chunk, "common"; what the entry points share of any other is that folder's. */
const COMMON = ['errors', 'loader']
/** The digests of the modules, which every entry point compares with. */
const MANIFEST = 'wasm/manifest.js'
/** Half a megabyte of text that one entry point alone needs. */
const INLINE = 'verify/release_inline.js'
const GLUE = /\/wasm\/[^/]+\.mjs$/
const JOINED_GLUE = /\/wasm\/infer-(simd|relaxed)\.mjs$/

/** Named by where they will lie, so that each output file gets its own relative address of them. */
const wasmStaysOutside = (modules) => ({
  name: 'wasm stays outside',
  resolveId: (source) => (/\/wasm\/[^/]+\.m?js$/.test(source) && !JOINED_GLUE.test(source) && !source.endsWith(MANIFEST) ? { id: join(modules, 'wasm', basename(source)), external: true } : null),
})

/** The glue names its module beside itself; bundlers look for what stands in such an address. */
const moduleOfJoinedGlue = {
  name: 'joined glue finds its module',
  transform(code, id) {
    const [, kind] = JOINED_GLUE.exec(id) ?? []
    if (!kind) return null
    const parts = code.split(`new URL("infer-${kind}.wasm",import.meta.url)`)
    if (parts.length !== 2) throw new Error(`${basename(id)}: ${parts.length - 1} addresses of its module, not 1`)
    return { code: parts.join(`new URL("../wasm/infer-${kind}.wasm",import.meta.url)`), map: null }
  },
}

/** Whether the module imports the glue of a WebAssembly file, itself or by another. */
const reachesGlue = (id, getModuleInfo, seen = new Set()) =>
  !seen.has(id) && (seen.add(id), (getModuleInfo(id)?.importedIds ?? []).some((next) => GLUE.test(next) || reachesGlue(next, getModuleInfo, seen)))

/**
 * @param modules folder of the compiled modules
 * @param dist    folder that is filled
 * @param banner  first lines of every file
 */
export async function bundle(modules, dist, banner) {
  const names = [...ENTRIES, ...FOR_TESTS]
  const entries = new Set(names.map((name) => `${name}.js`))
  const built = await rollup({
    input: Object.fromEntries(names.map((name) => [name, join(modules, `${name}.js`)])),
    plugins: [wasmStaysOutside(modules), moduleOfJoinedGlue],
    preserveEntrySignatures: 'strict',
    treeshake: { moduleSideEffects: false },
    onwarn: (warning) => {
      throw new Error(`rollup: ${warning.message}`)
    },
  })
  await built.write({
    dir: dist,
    format: 'es',
    banner,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    hoistTransitiveImports: false,
    manualChunks: (id, { getModuleInfo }) => {
      const path = relative(modules, id).split(sep).join('/')
      const [folder] = path.split('/')
      if (path === MANIFEST) return 'common'
      if ((entries.has(path) && !path.endsWith('/machine.js')) || path === INLINE) return undefined
      // It uses whole entry points, which a named chunk would swallow; glue goes where it is used.
      if (folder === 'web' || folder === 'wasm') return undefined
      if (COMMON.includes(folder)) return 'common'
      // What runs a module apart from what only speaks of it: the page of a worker needs no glue. What runs models
      // joins infer/index.js, which all others that run them import.
      if (!reachesGlue(id, getModuleInfo)) return folder
      return folder === 'infer' || folder === 'ort' ? undefined : `${folder}-engine`
    },
  })
  await built.close()
}
