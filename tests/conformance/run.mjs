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
// Node tests: ONNX_TESTDATA, else /usr/share/libonnx-testdata/data/node, through the shared harness.
// A model or test that is refused as unsupported is counted apart; wrong numbers and other errors fail.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({ options: { variant: { type: 'string' } } })
if (options.variant) process.env.ASSAY_VARIANT = options.variant
const adapter = await import('./adapter.mjs')

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const SHARED = join(ROOT, '../shared')
/** Operators that the runtime lowers; a refusal of one of their float tests is listed by name. */
const OPS = new Set('Gemm MatMul Add Sub Mul Div Relu Sigmoid Tanh Softmax Reshape Flatten Conv MaxPool AveragePool GlobalAveragePool Identity BatchNormalization Constant'.split(' '))
const ONLY = '^test_(gemm|matmul_|add|sub|mul|div|relu|sigmoid|tanh|softmax|reshape|flatten|basic_conv|conv_with|maxpool|averagepool|globalaveragepool|identity|batchnorm|constant_?)'

/** The first line of a message, cut: a refused model names every operator that it lacks. */
const shorten = (text) => (text.split('\n')[0].length > 140 ? `${text.split('\n')[0].slice(0, 140)}…` : text.split('\n')[0])

const total = { passed: 0, failed: 0, unsupported: 0 }

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

for (const folder of [join(ROOT, 'demo/samples/models'), join(SHARED, 'models')]) {
  if (!existsSync(folder)) continue
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.ref.json')).sort()) {
    const name = file.replace('.ref.json', '')
    try {
      const fault = await runModel(folder, name)
      total[fault ? 'failed' : 'passed'] += 1
      console.log(fault ? `FAIL model ${name}: ${fault}` : `ok   model ${name}`)
    } catch (error) {
      const unsupported = adapter.isUnsupported(error)
      total[unsupported ? 'unsupported' : 'failed'] += 1
      console.log(`${unsupported ? 'not supported' : 'FAIL'} model ${name}: ${shorten(error.message)}`)
    }
  }
}

const harness = join(SHARED, 'conformance/onnx_node.mjs')
const corpus = process.env.ONNX_TESTDATA ?? '/usr/share/libonnx-testdata/data/node'
if (existsSync(harness) && existsSync(corpus)) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-conformance-'))
  const list = join(folder, 'list.json')
  const run = spawnSync(process.execPath, [harness, corpus, fileURLToPath(new URL('adapter.mjs', import.meta.url)), `--only=${ONLY}`, `--list=${list}`], { encoding: 'utf8' })
  if (!existsSync(list)) {
    total.failed += 1
    console.log(`FAIL node tests: the harness ended with status ${run.status}\n${run.stderr}`)
  } else {
    const results = JSON.parse(readFileSync(list, 'utf8')).filter((entry) => OPS.has(entry.op))
    for (const entry of results) {
      total[entry.status] += 1
      if (entry.status === 'failed') console.log(`FAIL node ${entry.test}: ${shorten(entry.why)}`)
      else if (entry.status === 'unsupported' && entry.kind === 'tensor') console.log(`not supported node ${entry.test}: ${shorten(entry.why)}`)
    }
    console.log(`node tests of ${OPS.size} operators: ${results.length}`)
  }
  rmSync(folder, { recursive: true, force: true })
} else {
  console.log(`node tests: skipped, no ${existsSync(harness) ? corpus : harness}`)
}

console.log(`${total.unsupported} not supported`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
