// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Builds the package into dist/: compiles and joins the TypeScript of src/ and ../web, takes the WebAssembly files and their glue
// from ../build/wasm, bakes in their digests, and writes SHA256SUMS and THIRD_PARTY_NOTICES. Nothing is downloaded.
//
//   node build.mjs [--allow-missing]    --allow-missing: leave out WebAssembly files that are not built yet
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

import { bundle } from './bundle.mjs'
import { filesUnder, sha256 } from './files.mjs'
import { writeNotices } from './notices.mjs'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
const ROOT = join(PACKAGE, '..')
const DIST = join(PACKAGE, 'dist')
const STAGE = join(ROOT, 'build/npm/tsc')
const MODULES = join(ROOT, 'build/npm/modules')
const WASM = join(ROOT, 'build/wasm')
const VARIANTS = ['verify', 'zk', 'infer-simd', 'infer-relaxed', 'infer-simd-threads', 'infer-relaxed-threads']
const LICENCE = readFileSync(join(PACKAGE, 'src/index.ts'), 'utf8').split('\n').slice(0, 3).join('\n')

const allowMissing = process.argv.includes('--allow-missing')

function sourceCommit() {
  if (process.env.ASSAY_SOURCE_COMMIT) return process.env.ASSAY_SOURCE_COMMIT
  const git = (...args) => execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    return git('rev-parse', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '-dirty')
  } catch {
    return 'unknown'
  }
}

function compile() {
  rmSync(STAGE, { recursive: true, force: true })
  execFileSync(process.execPath, [join(PACKAGE, 'node_modules/typescript/bin/tsc'), '-p', PACKAGE], { stdio: 'inherit' })
  rmSync(MODULES, { recursive: true, force: true })
  cpSync(join(STAGE, 'js-bindings/src'), MODULES, { recursive: true })
  cpSync(join(STAGE, 'web'), join(MODULES, 'web'), { recursive: true })
  for (const file of filesUnder(MODULES)) if (file.endsWith('.d.ts')) cpSync(file, join(DIST, relative(MODULES, file)))
}

/** `./verify-inline` is `./verify` over another release file (src/verify/release_inline.ts). */
function writeInline() {
  const folder = join(MODULES, 'verify')
  const source = readFileSync(join(folder, 'index.js'), 'utf8')
  const inline = source.replaceAll("'./release.js'", "'./release_inline.js'").replace('export { loadVerifier }', 'export { loadVerifier, loadVerifierSync }')
  if (inline.split('./release_inline.js').length !== 3 || !inline.includes('loadVerifierSync')) throw new Error('verify/index.js: release.js is not imported as expected')
  writeFileSync(join(folder, 'inline.js'), inline)
  writeFileSync(join(DIST, 'verify/inline.d.ts'), `${LICENCE}\nexport * from './index.js'\nexport { loadVerifierSync } from './release_inline.js'\n`)
}

/** Copies the modules; @returns SHA-256 by file name. */
function takeWasm() {
  const target = join(DIST, 'wasm')
  mkdirSync(target, { recursive: true })
  for (const file of readdirSync(join(PACKAGE, 'src/wasm'))) cpSync(join(PACKAGE, 'src/wasm', file), join(target, file))
  const digests = {}
  for (const variant of VARIANTS) {
    const [wasm, glue] = [`${variant}.wasm`, `${variant}.mjs`]
    if (!existsSync(join(WASM, wasm)) || !existsSync(join(WASM, glue))) {
      if (!allowMissing) throw new Error(`build/wasm has no ${wasm}; run: bash wasm/build.sh`)
      console.warn(`${wasm}: not built, left out`)
      digests[wasm] = '0'.repeat(64) // matches nothing
      writeFileSync(join(target, glue), `${LICENCE}\nexport default function () {\n  throw new Error('${wasm} is not part of this build')\n}\n`)
      continue
    }
    const bytes = readFileSync(join(WASM, wasm))
    if (!WebAssembly.validate(bytes) && variant !== 'infer-relaxed' && variant !== 'infer-relaxed-threads') throw new Error(`${wasm} is no valid module`)
    cpSync(join(WASM, wasm), join(target, wasm), { mode: 0 })
    cpSync(join(WASM, glue), join(target, glue))
    digests[wasm] = sha256(bytes)
  }
  return digests
}

/** The glue must offer what the declarations of src/wasm promise. */
function checkDeclarations() {
  for (const [variant, file] of [['verify', 'verify.d.mts'], ['zk', 'zk.d.mts'], ...VARIANTS.slice(2).map((name) => [name, 'infer.d.ts'])]) {
    const emitted = join(WASM, `${variant}.d.ts`)
    if (!existsSync(emitted)) continue
    const names = (text) => [...text.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name).filter((name) => name !== 'instantiateWasm')
    const declared = new Set(names(readFileSync(join(PACKAGE, 'src/wasm', file), 'utf8')))
    const exported = names(readFileSync(emitted, 'utf8'))
    const differ = [...exported.filter((name) => !declared.delete(name)), ...declared]
    if (differ.length > 0) throw new Error(`${variant}: exports and src/wasm/${file} differ: ${differ.join(', ')}`)
  }
}

/** Where the joining finds it. */
function writeManifest(digests) {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  const rows = Object.entries(digests).map(([name, digest]) => `  '${name}': '${digest}',`).join('\n')
  writeFileSync(
    join(MODULES, 'wasm/manifest.js'),
    `export const VERSION = '${version}'\nexport const SOURCE_COMMIT = '${sourceCommit()}'\nexport const WASM_SHA256 = {\n${rows}\n}\n`,
  )
}

function writeInlineModule() {
  const base64 = existsSync(join(WASM, 'verify.wasm')) ? readFileSync(join(WASM, 'verify.wasm')).toString('base64') : ''
  writeFileSync(join(DIST, 'wasm/verify.inline.js'), `${LICENCE}\n//\n// Written by scripts/build.mjs: verify.wasm in base64.\nexport const VERIFY_WASM_BASE64 =\n  '${base64}'\n`)
}

function writeSums(digests) {
  const sums = Object.entries(digests).filter(([name]) => existsSync(join(DIST, 'wasm', name)))
  writeFileSync(join(PACKAGE, 'SHA256SUMS'), sums.map(([name, digest]) => `${digest}  dist/wasm/${name}\n`).join(''))
}

/** What must not stand in any shipped file: code from text, and import() where service workers load it. */
function checkShipped() {
  const faults = []
  for (const file of filesUnder(DIST)) {
    if (!/\.m?js$/.test(file)) continue
    const text = readFileSync(file, 'utf8')
    const name = relative(DIST, file)
    for (const [pattern, what] of [
      [/\bnew\s+Function\b/, 'new Function'],
      [/(?<![\w.$])Function\s*\(/, 'Function('],
      [/(?<![\w.$])eval\s*\(/, 'eval('],
      [/(?<![\w.$])import\s*\(/, 'import('],
    ]) if (pattern.test(text.replace(/^\s*(\/\/|\*).*$/gm, ''))) faults.push(`${name}: ${what}`)
    if (/["'`]node:/.test(text) && /\bfrom\s*["']node:/.test(text)) faults.push(`${name}: static import of a Node module`)
  }
  if (faults.length > 0) throw new Error(`shipped JavaScript:\n  ${faults.join('\n  ')}`)
}

execFileSync(process.execPath, [join(PACKAGE, 'scripts/generate-codes.mjs'), '--check'], { stdio: 'inherit' })
rmSync(DIST, { recursive: true, force: true })
mkdirSync(DIST)
compile()
checkDeclarations()
writeInline()
const digests = takeWasm()
cpSync(join(DIST, 'wasm'), join(MODULES, 'wasm'), { recursive: true })
writeManifest(digests)
await bundle(MODULES, DIST, LICENCE)
writeInlineModule()
writeSums(digests)
cpSync(join(ROOT, 'LICENSE'), join(PACKAGE, 'LICENSE'))
writeNotices(join(PACKAGE, 'THIRD_PARTY_NOTICES'), { root: ROOT, allowMissing })
checkShipped()
console.log(`assay-wasm: ${filesUnder(DIST).length} files in ${relative(ROOT, dirname(join(DIST, 'x')))}`)
