// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs the benchmarks and writes results/: node run.mjs [--filter=REGEX] [--engine=node|chromium|native]
//
// Node and Chromium measure interleaved with the peers in one process or page; native is Google Benchmark
// (build/bench). A filter selects works by name (`sizes` is the table
// of sizes); the rows of other works stay as they were.
import { spawnSync, execFileSync } from 'node:child_process'
import * as nodeCrypto from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, loadavg, release } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { ASSAY, WORKS as BULK, measureBulk } from './bulk.mjs'
import { ENTRIES, bundle } from './bundle.mjs'
import { cases as chain } from './cases/chain.mjs'
import { cases as evidence } from './cases/evidence.mjs'
import { KERNELS, kernelBytes, kernelManifest } from './cases/kernels.mjs'
import { measureModel } from './cases/models.mjs'
import { cases as primitives } from './cases/primitives.mjs'
import { zkCases } from './cases/zk.mjs'
import { makeFixtures, pack } from './fixtures.mjs'
import { measure } from './measure.mjs'
import { NETWORK_NAMES } from './networks/describe.mjs'
import { tfliteNetwork } from './networks/tflite.mjs'
import { nativeRow, rowsOf, writeResults, writeTable } from './report.mjs'
import { packageFolder, serve } from './serve.mjs'
import { writeFamilies, writeSizes } from './sizes.mjs'
import { zkFixtures } from './zk_fixtures.mjs'

const { values: options } = parseArgs({ options: { filter: { type: 'string' }, engine: { type: 'string' } } })
const filter = new RegExp(options.filter ?? '')
const wanted = (work) => filter.test(work)
const engines = options.engine ? [options.engine] : ['native', 'node', 'chromium']

const HERE = fileURLToPath(new URL('.', import.meta.url))
const PACKAGE = packageFolder()
const MODELS = process.env.MODELS ?? fileURLToPath(new URL('../../../shared/models', import.meta.url))
const require = createRequire(import.meta.url)
const PEERS = ['@litertjs/core', '@tensorflow/tfjs-backend-wasm', 'ethers', 'hash-wasm', 'tiny-secp256k1', '@noble/curves', '@noble/hashes', 'onnxruntime-web', '@0xsequence/tee-verifier', '@evervault/wasm-attestation-bindings', 'mcl-wasm', '@confio/ics23', '@ethereumjs/mpt', 'libsodium-wrappers', 'snarkjs', '@ezkljs/engine']
const versions = Object.fromEntries(PEERS.map((name) => [name, JSON.parse(readFileSync(join(HERE, 'node_modules', name, 'package.json'), 'utf8')).version]))

/** A peer of our own making: mbedTLS in WebAssembly, which no package has. */
if (engines.some((engine) => engine !== 'native')) execFileSync('bash', [join(HERE, 'mbedtls/build.sh')], { stdio: 'inherit' })
versions['mbedtls-wasm'] = /^mbedtls\|([^|]*)/m.exec(readFileSync(join(HERE, '../../core/cmake/third_party.lock'), 'utf8'))[1]

const manifest = { ...(existsSync(join(MODELS, 'manifest.json')) ? JSON.parse(readFileSync(join(MODELS, 'manifest.json'), 'utf8')) : {}), ...kernelManifest }
const models = Object.keys(manifest).filter((name) => KERNELS.includes(name) || existsSync(join(MODELS, `${name}.onnx`)))
const modelBytes = async (name) => (KERNELS.includes(name) ? kernelBytes(name) : new Uint8Array(readFileSync(join(MODELS, `${name}.onnx`))))
const modelWanted = (name) => wanted(`infer/${name}`) || wanted(`session/${name}`)
const COLD_MODEL = 'mlp_tabular'
const COLD_ROUNDS = 15
const MEMORY_MODELS = ['mobilenetv2', 'minilm_l6'] // works memory/<model>
/** How models run in Chromium; Node has the first. The variant of one thread is the engine's own choice, then plain SIMD. */
const WAYS = [{ threads: 1 }, { threads: 1, variant: 'simd' }, { threads: 2, variant: 'relaxed-threads' }, { threads: 2, variant: 'simd-threads' }]

const proofs = zkFixtures()
const cases = { ...primitives, ...evidence, ...chain, ...zkCases(proofs) }
const fresh = []
const problems = []
const say = (rows) => {
  for (const row of rows)
    console.log(`${row.work.padEnd(24)} ${row.engine.padEnd(9)} ${String(row.assay_ms).padStart(10)} ms  ${(row.peer ?? '').padEnd(38)} ${String(row.peer_ms ?? '').padStart(10)}  ${row.ratio === null ? '' : `${row.ratio}×`}`)
  fresh.push(...rows)
}
const problem = (text) => {
  problems.push(text)
  console.error(`FAIL ${text}`)
}

async function attempt(what, run) {
  try {
    await run()
  } catch (error) {
    problem(`${what}: ${error.message}`)
  }
}

/** Rows of a model's measurement, under the works that the filter names. */
function modelRows(name, engine, result) {
  if (result.unsupported) return console.log(`${`infer/${name}`.padEnd(24)} ${engine.padEnd(9)} not supported: ${result.unsupported}`)
  if (result.fault) return problem(`infer/${name} ${engine}: ${result.fault}`)
  for (const { work, results } of result.works) if (wanted(work)) say(rowsOf(work, engine, results))
}

function summary(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return { min: sorted[0], median: sorted[sorted.length >> 1], runs: sorted.length }
}

/** Cold starts by `start(what)`, alternating: ours, then the peers beside it. @param peers by what starts them */
async function coldRows(engine, start, peers = { ort: 'onnxruntime-web' }) {
  if (!existsSync(join(MODELS, `${COLD_MODEL}.onnx`))) return
  for (const [work, what] of [['coldstart-verify', 'verify'], ['coldstart-infer', 'infer']]) {
    if (!wanted(work)) continue
    const ours = []
    const theirs = Object.entries(peers).map(([start, name]) => ({ start, name, spent: [] }))
    let variant
    for (let round = 0; round < COLD_ROUNDS; round += 1) {
      const result = await start(what)
      variant = result.variant
      ours.push(result.spent)
      for (const peer of theirs) peer.spent.push((await start(peer.start)).spent)
    }
    say(rowsOf(work, engine, [{ name: 'assay', ...summary(ours) }, ...theirs.map(({ name, spent }) => ({ name, version: versions[name], ...summary(spent) }))], { variant }))
  }
}

/** Bytes of WebAssembly memory by what was run. */
const memory = new Map()
const MEMORY_WORKS = { verify: () => 'verify: first Keccak', infer: (name) => `infer: ${name}, first run`, ort: (name) => `onnxruntime-web: ${name}, first run` }
/** A cold start in a process of its own. */
function coldProcess(what, name) {
  const run = spawnSync(process.execPath, [join(HERE, 'cold_node.mjs'), what, join(MODELS, `${name}.onnx`), name, join(MODELS, 'manifest.json'), PACKAGE], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`cold start ${what}: ${run.stderr.slice(0, 300)}`)
  const result = JSON.parse(run.stdout)
  memory.set(MEMORY_WORKS[what](name), result.memory)
  return result
}

/** Milliseconds that all threads of this process have spent. */
const processorClock = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function runNode() {
  const env = async () => {
    globalThis.window = globalThis // tee-verifier and its X.509 library ask it for crypto, in Node too
    const entry = (path) => import(new URL(`dist/${path}`, `file://${PACKAGE}`))
    const verifier = await entry('verify/index.js')
    return {
      verifier, assay: await verifier.loadVerifier(), peers: await import('./peers.mjs'), versions, fixtures: { ...(await makeFixtures()), ...proofs }, nodeCrypto,
      zk: await (await entry('zk/index.js')).loadZkVerifier(), zkMachine: await (await entry('zk/release.js')).loadRelease(),
      ezklEngine: async () => require('@ezkljs/engine/nodejs/ezkl.js'),
      evervaultWasm: async () => readFileSync(join(HERE, 'node_modules/@evervault/wasm-attestation-bindings/index_bg.wasm')),
    }
  }
  let shared
  for (const [work, make] of Object.entries(cases)) {
    if (!wanted(work)) continue
    await attempt(`${work} node`, async () => {
      shared ??= await env()
      const { contenders, threaded } = await make(shared)
      say(rowsOf(work, 'node', await measure(contenders), { variant: 'baseline' }))
      // A peer that works in several threads takes less of the wall's time than of the processor's.
      if (threaded) say(rowsOf(work, 'node', await measure(contenders.filter((each) => each.variant === undefined), { clock: processorClock }), { variant: 'cpu-time' }))
    })
  }
  delete globalThis.window
  await coldRows('node', (what) => coldProcess(what, COLD_MODEL)).catch((error) => problem(`coldstart node: ${error.message}`))
  for (const name of MEMORY_MODELS.filter((model) => models.includes(model) && wanted(`memory/${model}`)))
    for (const what of ['infer', 'ort']) await attempt(`memory/${name}`, async () => coldProcess(what, name))
  if (models.some(modelWanted)) {
    const infer = await import(new URL('dist/infer/index.js', `file://${PACKAGE}`))
    const ort = await import('onnxruntime-web')
    ort.env.wasm.numThreads = 1
    ort.env.logLevel = 'fatal'
    for (const name of models.filter(modelWanted))
      await attempt(`infer/${name} node`, async () =>
        modelRows(name, 'node', await measureModel({ infer, ort, versions, manifest, modelBytes }, name)))
  }
}

async function runChromium() {
  const path = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync)
  if (!path) return problem('no Chromium; set CHROMIUM to its path')
  const { chromium } = require('playwright-core')
  const bundles = await Promise.all([...ENTRIES.keys()].map(async (name) => [name, await bundle(name)]))
  const made = new Map([...NETWORK_NAMES.filter(modelWanted).map((name) => [`/tflite/${name}.tflite`, tfliteNetwork(name)]), ...bundles, ['/fixtures.json', pack({ versions, fixtures: { ...(await makeFixtures()), ...proofs } })]])
  const server = await serve(made, MODELS)
  const browser = await chromium.launch({
    executablePath: path, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  versions.chromium = browser.version()
  const open = async () => {
    const page = await (await browser.newContext()).newPage()
    page.on('pageerror', (error) => console.error(`page: ${error.message.slice(0, 300)}`))
    await page.goto(`${server.origin}/page.html`)
    await page.waitForFunction('window.ready', null, { timeout: 60000 })
    return page
  }
  try {
    for (const work of Object.keys(cases).filter(wanted))
      await attempt(`${work} chromium`, async () => {
        const page = await open()
        say(rowsOf(work, 'chromium', await page.evaluate((name) => window.bench(name), work), { variant: 'baseline' }))
        await page.context().close()
      })
    await coldRows('chromium', async (what) => {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(`${server.origin}/cold.html?what=${what}&model=${COLD_MODEL}`)
      await page.waitForFunction('window.result', null, { timeout: 60000 })
      const result = await page.evaluate('window.result')
      await context.close()
      return result
    }, { ort: 'onnxruntime-web', tfjs: '@tensorflow/tfjs-backend-wasm' }).catch((error) => problem(`coldstart chromium: ${error.message}`))
    for (const name of models.filter(modelWanted))
      for (const way of wanted(`infer/${name}`) ? WAYS : WAYS.slice(0, 1))
        await attempt(`infer/${name} chromium, ${way.variant ?? 'own choice'}, ${way.threads} threads`, async () => {
          const page = await open()
          modelRows(name, 'chromium', await page.evaluate((model) => window.benchModel(model), { name, ...way }))
          await page.context().close()
        })
  } finally {
    await browser.close()
    server.close()
  }
}

/** Bundles by the command line, whole runs of it; without a peer. */
async function runBulk() {
  const works = Object.keys(BULK).filter(wanted)
  if (works.length > 0 && !existsSync(ASSAY)) return console.log('native: bulk skipped, build/release is not built (make cli builds it)')
  for (const work of works)
    await attempt(work, async () => {
      const { seconds, count } = await measureBulk(work)
      for (const [jobs, samples] of seconds) say([{ ...nativeRow(work, summary(samples.map((spent) => (spent * 1000) / count)), `${Math.round(count / samples[0])} bundles a second`), threads: jobs }])
    })
}

async function runNative() {
  await runBulk()
  const program = ['build/bench/tests/bench/assay_bench'].map((path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))).find(existsSync)
  if (!program) return console.log('native: skipped, build/bench is not built (make bench builds it)')
  const run = spawnSync(program, [`--benchmark_filter=${options.filter ?? '.'}`, '--benchmark_format=json', '--benchmark_repetitions=60', '--benchmark_min_time=0.01'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (run.status !== 0) return problem(`native: ${run.stderr.slice(0, 300)}`)
  if (run.stdout.trim() === '') return
  const samples = new Map()
  const cycles = new Map()
  for (const { run_type: type, run_name: name, real_time: time, error_message: error, cycles: counted } of JSON.parse(run.stdout).benchmarks) {
    if (error) problem(`native ${name}: ${error}`)
    else if (type === 'iteration') samples.set(name, [...(samples.get(name) ?? []), time / 1e6])
    if (type === 'iteration' && counted !== undefined) cycles.set(name, Math.min(counted, cycles.get(name) ?? Infinity))
  }
  const noteOf = (name) => cycles.has(name) && `${cycles.get(name).toFixed(0)} cycles of the time-stamp counter a product`
  for (const [name, times] of samples) if (wanted(name)) say([nativeRow(name, summary(times), noteOf(name))])
}

const compiler = (() => {
  try {
    return execFileSync('c++', ['--version'], { encoding: 'utf8' }).split('\n')[0]
  } catch {
    return 'no C++ compiler'
  }
})()
const programOf = { native: () => compiler, node: () => `Node ${process.version}`, chromium: () => `Chromium ${versions.chromium}` }

const machines = []
for (const [engine, measureEngine] of [['native', runNative], ['node', runNode], ['chromium', runChromium]]) {
  if (!engines.includes(engine)) continue
  const load = loadavg()[0].toFixed(1)
  const before = fresh.length
  await measureEngine()
  if (fresh.length === before) continue
  const run = `${engine} ${new Date().toISOString().slice(0, 19)}`
  for (const row of fresh.slice(before)) row.run = run
  machines.push({
    run,
    engine,
    machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Linux ${release()}; ${programOf[engine]()}; ` +
      `${new Date().toISOString().slice(0, 10)}, load average ${load} at the start${options.filter ? `, only ${options.filter}` : ''}`,
  })
}

const rows = writeResults(fresh, machines)
// Brotli at its highest level takes a minute: not for each filtered run.
const sized = wanted('sizes') && existsSync(join(PACKAGE, 'dist'))
if (sized) writeSizes(PACKAGE)
if (sized && !process.env.ASSAY_PACKAGE) await attempt('sizes of families', writeFamilies)
if (memory.size > 0) writeTable('memory.json', [...memory].map(([work, bytes]) => ({ work, engine: 'node', wasm_memory_bytes: bytes })), 'work')
console.log(`${fresh.length} rows measured, ${rows.length} in results/latest.json${problems.length ? `, ${problems.length} problems` : ''}`)
process.exit(problems.length > 0 || (fresh.length === 0 && memory.size === 0 && !sized) ? 1 : 0)
