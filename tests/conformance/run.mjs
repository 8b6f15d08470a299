// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs models with recorded outputs and, where they exist, the ONNX node tests of the operators in scope.
//
//   node run.mjs [--variant=simd]
//
// Models: NAME.onnx with NAME.ref.json in demo/samples/models (values inside) and in the shared collection (with
// NAME.ref.bin beside it).
// Node tests: through the shared harness, those of ONNX_TESTDATA, else Debian's (fetch_testdata.sh), else installed ones.
// What must_run.mjs names fails when it is refused; anything else that is refused as unsupported is skipped and
// counted apart; wrong numbers and other errors fail.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({ options: { variant: { type: 'string' } } })
if (options.variant) process.env.ASSAY_VARIANT = options.variant
const adapter = await import('./adapter.mjs')
const { CONTESTED, MODELS, NODE_EXCEPTIONS, OPERATORS } = await import('./must_run.mjs')

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const SHARED = join(ROOT, '../shared')
/** The first line of a message, cut: a refused model names every operator that it lacks. */
const shorten = (text) => (text.split('\n')[0].length > 140 ? `${text.split('\n')[0].slice(0, 140)}…` : text.split('\n')[0])

const total = { passed: 0, failed: 0 }
const refused = { models: 0, 'node tests': 0 }

/** One result; `must`: a refusal is a failure. */
function tally(kind, name, status, why, must) {
  if (status === 'passed') total.passed += 1
  else if (status === 'unsupported' && !must) refused[kind] += 1
  else {
    total.failed += 1
    console.log(`FAIL ${kind} ${name}: ${shorten(why)}`)
  }
}

const ARRAYS = { float32: Float32Array, float64: Float64Array, int64: BigInt64Array, int32: Int32Array, uint8: Uint8Array, int8: Int8Array, bool: Uint8Array }
const NAMES = { float32: 'float', float64: 'double' }

function recorded(entry, bytes) {
  const Typed = ARRAYS[entry.type]
  if (!Typed) return { type: entry.type, dims: entry.shape, data: [] }
  return { type: NAMES[entry.type] ?? entry.type, dims: entry.shape, data: new Typed(bytes.buffer.slice(bytes.byteOffset + entry.offset, bytes.byteOffset + entry.offset + entry.bytes)) }
}

/** Tolerances of the model set: quantised 2 % of the largest magnitude, float 1e-4 relative and 1e-5 absolute. */
function difference(name, want, got) {
  if (!got) return 'no such output'
  if (want.dims.join() !== got.dims.join()) return `shape [${got.dims}], want [${want.dims}]`
  const largest = want.data.reduce((max, value) => Math.max(max, Math.abs(Number(value))), 0)
  for (let i = 0; i < want.data.length; i += 1) {
    const [a, b] = [Number(want.data[i]), Number(got.data[i])]
    const limit = /_q?dq/.test(name) ? 0.02 * largest : 1e-5 + 1e-4 * Math.abs(a)
    if (!(Math.abs(a - b) <= limit) && !Object.is(a, b)) return `element ${i} is ${b}, want ${a}`
  }
  return null
}

/** Pairs of feeds and expected outputs. */
function recordings(folder, name) {
  const meta = JSON.parse(readFileSync(join(folder, `${name}.ref.json`), 'utf8'))
  if (meta.cases) {
    const float = ({ dims }, values) => ({ type: 'float', dims, data: Float32Array.from(values) })
    return meta.cases.map(({ input, output }) => [
      { [meta.input.name]: float(meta.input, input) }, { [meta.output.name]: float(meta.output, output) }])
  }
  const bytes = readFileSync(join(folder, `${name}.ref.bin`))
  const read = (list) => Object.fromEntries(list.map((entry) => [entry.name, recorded(entry, bytes)]))
  return [[read(meta.inputs), read(meta.outputs)]]
}

async function runModel(folder, name) {
  const model = await adapter.load(new Uint8Array(readFileSync(join(folder, `${name}.onnx`))))
  try {
    for (const [feeds, wanted] of recordings(folder, name)) {
      const outputs = await model.run(feeds)
      for (const [output, want] of Object.entries(wanted)) {
        const fault = difference(name, want, outputs[output])
        if (fault) return `${output}: ${fault}`
      }
    }
    return null
  } finally {
    model.dispose()
  }
}

for (const [folder, required] of [[join(ROOT, 'demo/samples/models'), MODELS.demo], [join(SHARED, 'models'), MODELS.shared]]) {
  if (!existsSync(folder)) {
    console.log(`skipped: models: no ${relative(ROOT, folder)}`)
    continue
  }
  const names = readdirSync(folder).filter((file) => file.endsWith('.ref.json')).map((file) => file.replace('.ref.json', ''))
  for (const name of [...new Set([...names, ...required])].sort()) {
    try {
      const fault = await runModel(folder, name)
      tally('models', name, fault ? 'failed' : 'passed', fault)
    } catch (error) {
      tally('models', name, adapter.isUnsupported(error) ? 'unsupported' : 'failed', error.message, required.includes(name))
    }
  }
}

/** The folder of node tests, or why there is none. `own`: the one that NODE_EXCEPTIONS speaks of. */
function corpus() {
  if (process.env.ONNX_TESTDATA) return { folder: process.env.ONNX_TESTDATA }
  const own = join(ROOT, 'build/onnx-testdata')
  const fetched = spawnSync('bash', [fileURLToPath(new URL('fetch_testdata.sh', import.meta.url)), own], { encoding: 'utf8' })
  const inside = 'usr/share/libonnx-testdata/data/node'
  if (fetched.status === 0) return { folder: join(own, inside), own: true }
  if (existsSync(`/${inside}`)) return { folder: `/${inside}` }
  return { why: fetched.stderr.trim().split('\n').at(-1) }
}

function runNodeTests(harness, { folder, own }) {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-conformance-'))
  const list = join(scratch, 'list.json')
  try {
    const run = spawnSync(process.execPath, [harness, folder, fileURLToPath(new URL('adapter.mjs', import.meta.url)), `--list=${list}`], { encoding: 'utf8' })
    if (!existsSync(list)) return tally('node tests', folder, 'failed', `the harness ended with status ${run.status}: ${run.stderr}`)
    const results = JSON.parse(readFileSync(list, 'utf8'))
    for (const { test, op, status, why } of results) {
      if (CONTESTED.includes(test) && status === 'failed') {
        refused['node tests'] += 1
        continue
      }
      const excepted = NODE_EXCEPTIONS.includes(test)
      if (own && excepted && status === 'passed') tally('node tests', test, 'failed', 'passes now; take it off must_run.mjs')
      else tally('node tests', test, status, why, own && OPERATORS.includes(op) && !excepted)
    }
    for (const op of OPERATORS)
      if (!results.some((entry) => entry.op === op && entry.status === 'passed')) tally('node tests', op, 'failed', 'no test of it passed')
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

const harness = join(SHARED, 'conformance/onnx_node.mjs')
if (!existsSync(harness)) console.log(`skipped: node tests: no ${relative(ROOT, harness)}`)
else {
  const tests = corpus()
  if (tests.folder) runNodeTests(harness, tests)
  else if (process.env.CI) tally('node tests', 'corpus', 'failed', tests.why)
  else console.log(`skipped: node tests: ${tests.why}`)
}

for (const [kind, number] of Object.entries(refused))
  if (number > 0) console.log(`skipped: ${number} ${kind} that are refused or contested`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
