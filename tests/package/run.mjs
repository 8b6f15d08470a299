// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Packs the package, installs the tarball in an empty folder without a network, and uses it there: in Node, in an
// application built by Vite, and in the folder of a browser extension. Closes with `N passed, N failed`.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { filesUnder, sha256 } from '../../js-bindings/scripts/files.mjs'
import { sizeLine, sizesOf } from '../../wasm/sizes.mjs'
import { check, conclude } from './checks.mjs'
import { linkLines, linkedLibraries, namedFor } from './linked.mjs'
import { input, modelBytes, receiptInput } from './sample.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const PACKAGE = join(HERE, '../../js-bindings')
const { parseAst } = createRequire(join(PACKAGE, 'package.json'))('@rollup/wasm-node/parseAst')
const work = mkdtempSync(join(tmpdir(), 'assay-package-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

const npm = (folder, ...args) => execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const near = (got, want) => {
  assert.equal(got.length, want.length)
  want.forEach((value, i) => assert.ok(Math.abs(got[i] - value) < 1e-4, `[${i}]: ${got[i]} for ${value}`))
}

/** Whether a syntax tree waits outside of every function. */
const awaitsOutside = (tree) =>
  typeof tree === 'object' && tree !== null &&
  (tree.type === 'AwaitExpression' || (tree.type === 'ForOfStatement' && tree.await) || (!/Function/.test(tree.type ?? '') && Object.values(tree).some(awaitsOutside)))

/** Code without its comments, for searches. */
const code = (file) => readFileSync(file, 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '')

const app = join(work, 'app')
const installed = join(app, 'node_modules/assay-wasm')

await check('npm pack', () => {
  const [{ filename }] = JSON.parse(npm(PACKAGE, 'pack', '--json', '--pack-destination', work))
  mkdirSync(app)
  writeFileSync(join(app, 'package.json'), '{"private":true,"type":"module"}\n')
  npm(app, 'install', '--offline', '--no-audit', '--no-fund', join(work, filename))
  assert.ok(existsSync(installed))
})

await check('manifest: no dependency, no script at install, types first', () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  assert.equal(manifest.type, 'module')
  assert.equal(manifest.sideEffects, false)
  assert.equal(manifest.dependencies, undefined)
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) assert.equal(manifest.scripts?.[name], undefined, name)
  assert.deepEqual(readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.')), ['assay-wasm'])
  for (const [subpath, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') continue
    assert.equal(Object.keys(target)[0], 'types', subpath)
    for (const file of Object.values(target)) assert.ok(existsSync(join(installed, file)), `${subpath}: ${file}`)
  }
})

await check('licence, notices and SHA256SUMS are in the tarball', () => {
  assert.match(readFileSync(join(installed, 'LICENSE'), 'utf8'), /Apache License/)
  const notices = readFileSync(join(installed, 'THIRD_PARTY_NOTICES'), 'utf8')
  for (const name of ['musl', 'Emscripten']) assert.ok(notices.includes(name), name)
  for (const { name, licence } of linkedLibraries()) assert.ok(notices.includes(licence), `${name}: its licence text is missing`)
  const wrong = [...linkLines()].flatMap(([module, names]) => names.filter((name) => !namedFor(notices, name, module)).map((name) => `${name} in ${module}`))
  assert.deepEqual(wrong, [])
  const sums = readFileSync(join(installed, 'SHA256SUMS'), 'utf8').trim().split('\n').map((line) => line.split('  '))
  assert.equal(sums.length, filesUnder(installed).filter((file) => file.endsWith('.wasm')).length)
  for (const [digest, file] of sums) assert.equal(sha256(readFileSync(join(installed, file))), digest, file)
})

await check('no shipped script makes code from text or imports at run time', () => {
  for (const file of filesUnder(join(installed, 'dist'))) {
    if (!/\.m?js$/.test(file)) continue
    assert.doesNotMatch(code(file), /\bnew\s+Function\b|(?<![\w.$])(Function|eval|import)\s*\(/, relative(installed, file))
  }
})

await check('node', () => {
  cpSync(join(HERE, 'node/main.mjs'), join(app, 'main.mjs'))
  writeFileSync(join(app, 'input.json'), JSON.stringify(input))
  writeFileSync(join(app, 'model.onnx'), modelBytes)
  const result = JSON.parse(execFileSync(process.execPath, ['main.mjs'], { cwd: app, encoding: 'utf8' }))
  const { output, wasmBytes, version, ...rest } = result
  near(output, input.model.expected)
  assert.ok(wasmBytes > 100_000)
  assert.match(version, /^\d+\.\d+\.\d+$/)
  assert.deepEqual(rest, { digests: 6, ok: true, inline: true, usage: 'NITRO_PCR_POLICY_EMPTY', proof: 'ZK_MALFORMED', explained: 'internal', keccak: 'c5d24601', host: 'function', ort: true, windows: [2, 2, 1] })
})

await check('vite: the WebAssembly files become hashed assets and the bundle runs', async () => {
  const { build } = await import('vite')
  cpSync(join(HERE, 'vite'), join(app, 'vite'), { recursive: true })
  await build({ root: join(app, 'vite'), base: './', logLevel: 'error', configFile: false, build: { outDir: 'out', assetsInlineLimit: 0, modulePreload: false }, worker: { format: 'es' } })
  const assets = filesUnder(join(app, 'vite/out/assets'))
  for (const name of ['verify', 'infer-simd', 'infer-relaxed', 'infer-simd-threads', 'infer-relaxed-threads']) {
    const found = assets.filter((file) => new RegExp(`/${name}-[\\w-]{8}\\.wasm$`).test(file))
    assert.equal(found.length, 1, `${name}: ${found.length} files`)
    assert.equal(sha256(readFileSync(found[0])), sha256(readFileSync(join(installed, 'dist/wasm', `${name}.wasm`))), name)
  }
  assert.ok(assets.some((file) => /\/worker-[\w-]{8}\.js$/.test(file)), 'the worker is a file of its own')
  for (const file of assets.filter((each) => each.endsWith('.js'))) assert.doesNotMatch(readFileSync(file, 'utf8'), /\bnew Function\b|(?<![\w.$])eval\(/)
  const [entry] = assets.filter((file) => /\/index-[\w-]{8}\.js$/.test(file))
  await import(pathToFileURL(entry).href)
  const application = globalThis.assayApplication
  assert.equal((await application.verify(receiptInput())).ok, true)
  const { [input.model.output]: output } = await application.run(new Uint8Array(modelBytes), input.model.input, Float32Array.from(input.model.data), input.model.dims)
  near(output.data, input.model.expected)
  assert.equal(typeof application.host().verifyReceipt, 'function')
})

await check('mv3: the service worker uses static, relative imports only, verifies and runs a model', async () => {
  const folder = join(work, 'extension')
  cpSync(join(HERE, 'mv3'), folder, { recursive: true })
  cpSync(join(installed, 'dist'), join(folder, 'assay'), { recursive: true })
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  assert.equal(manifest.content_security_policy.extension_pages, "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'")
  const seen = new Set()
  const visit = (file) => {
    if (seen.has(file)) return
    seen.add(file)
    const text = code(file)
    assert.doesNotMatch(text, /(?<![\w.$])import\s*\(/, `${file}: import()`)
    assert.equal(awaitsOutside(parseAst(text)), false, `${file}: top-level await`)
    for (const [, specifier] of text.matchAll(/^(?:(?:import|export)\b[^'"]*?\bfrom|import)\s*['"]([^'"]+)['"]/gm)) {
      assert.match(specifier, /^\.\.?\//, `${file}: ${specifier}`)
      const target = join(dirname(file), specifier)
      assert.ok(existsSync(target), `${file}: ${specifier}`)
      visit(target)
    }
  }
  visit(join(folder, manifest.background.service_worker))
  assert.ok(seen.size > 5)
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}') // for Node only
  let listener
  globalThis.chrome = { runtime: { onMessage: { addListener: (added) => (listener = added) } } }
  await import(pathToFileURL(join(folder, 'service_worker.js')).href)
  const reply = await new Promise((resolve) => listener(input, {}, resolve))
  assert.deepEqual(reply, { ok: true, code: undefined })
  const { input: name, output, data, expected } = input.model
  const ran = await new Promise((resolve) => listener({ run: { bytes: [...modelBytes], input: name, output, data } }, {}, resolve))
  assert.equal(ran.ok, true)
  near(ran.elements, expected)
})

await check('sizes', () => {
  const rows = filesUnder(join(installed, 'dist')).filter((file) => /\.(wasm|m?js)$/.test(file))
  const columns = (name, sizes) => console.log(`     ${sizeLine(name, sizes)}`)
  columns('file', ['raw', 'gz', 'br'])
  for (const file of rows) if (/wasm\//.test(relative(installed, file))) columns(relative(installed, file), Object.values(sizesOf(readFileSync(file))))
  columns('all other JavaScript, joined', Object.values(sizesOf(Buffer.concat(rows.filter((file) => !/\/wasm\//.test(file)).map((file) => readFileSync(file))))))
  assert.ok(rows.length > 20)
})

process.exit(conclude())
