// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Models: sources, digests, feeds, errors, disposal, traps.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'

import { sha256 } from '../../js-bindings/scripts/files.mjs'
import { dist, wasmBytes } from './support/package.mjs'
import { modelBytes, modelUrl, references, using_ } from './support/models.mjs'
import { startWorker } from './support/node_worker.mjs'
import { field, graph, input, message, model as onnx, node, tensor } from './support/onnx_writer.mjs'
import { takeApart, withTrap } from './support/patch_wasm.mjs'

const infer = await import(dist('infer/index.js'))
const { InternalError, LoadError, ModelError, UsageError } = await import(dist('errors/index.js'))
const { createWorkerHost } = await import(dist('web/index.js'))
const { Tensor, loadModel } = infer

const [fixed, open] = ['chart_pattern.onnx', 'price_move.onnx'].map((name) => references.find(({ model }) => model === name))
const tensorOf = (reference, index = 0) => new Tensor('float32', Float32Array.from(reference.cases[index].input), reference.input.dims)
const feedsOf = (reference, index = 0) => ({ [reference.input.name]: tensorOf(reference, index) })

function close(got, want) {
  assert.equal(got.length, want.length)
  want.forEach((value, i) => assert.ok(Math.abs(got[i] - value) <= 1e-5 + 1e-4 * Math.abs(value), `[${i}]: ${got[i]} for ${value}`))
}

for (const variant of ['simd', 'relaxed'].filter(infer.isSupported)) {
  for (const reference of references) {
    test(`${reference.model}, ${variant}: reference outputs`, async () => {
      using_(await loadModel(modelBytes(reference.model), { variant }), (model) => {
        for (const [index, { output }] of reference.cases.entries()) {
          const result = model.runSync(feedsOf(reference, index))[reference.output.name]
          assert.equal(result.type, 'float32')
          close(result.data, output)
        }
      })
    })
  }
}

test('metadata', async () => {
  const bytes = modelBytes(open.model)
  using_(await loadModel(bytes, { variant: 'simd' }), (model) => {
    assert.equal(model.digest, `sha256:${sha256(bytes)}`)
    assert.equal(model.variant, 'simd')
    assert.equal(model.threads, 1)
    assert.deepEqual(model.inputs, [{ name: 'features', type: 'float32', dims: ['batch', 8] }])
    assert.deepEqual(model.outputs, [{ name: 'score', type: 'float32', dims: ['batch', 1] }])
  })
})

test('all sources give the same model', async () => {
  const bytes = modelBytes(fixed.model)
  const stream = () => new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 1000) controller.enqueue(bytes.slice(at, at + 1000))
      controller.close()
    },
  })
  const sources = {
    bytes, buffer: bytes.slice().buffer, view: Buffer.from(bytes), url: modelUrl(fixed.model), text: modelUrl(fixed.model).href,
    response: new Response(bytes), blob: new Blob([bytes]), stream: stream(),
  }
  for (const [name, source] of Object.entries(sources)) {
    const progress = []
    const model = await loadModel(source, { onProgress: (loaded, total) => progress.push([loaded, total]) })
    close((await model.run(feedsOf(fixed)))[fixed.output.name].data, fixed.cases[0].output)
    if (name === 'stream') assert.ok(progress.length > 1 && progress.at(-1)[0] === bytes.length, name)
    if (['bytes', 'buffer', 'view', 'url', 'text'].includes(name)) assert.deepEqual(progress, [[bytes.length, bytes.length]], name)
    if (name === 'blob') assert.deepEqual(progress.at(-1), [bytes.length, bytes.length])
    model.dispose()
  }
})

test('the digest is checked before anything is parsed', async () => {
  const bytes = modelBytes(fixed.model)
  const digest = sha256(bytes)
  ;(await loadModel(bytes, { digest: `sha256:${digest}` })).dispose()
  ;(await loadModel(bytes, { digest: digest.toUpperCase() })).dispose()
  await assert.rejects(loadModel(new Uint8Array([1, 2, 3]), { digest }), (error) => error instanceof ModelError && error.code === 'MODEL_DIGEST_MISMATCH')
  await assert.rejects(loadModel(bytes, { digest: 'x' }), { code: 'ARGUMENT_INVALID' })
})

test('truncated, missing, aborted and oversized downloads have their codes', async () => {
  const bytes = modelBytes(fixed.model)
  const announced = (length) => new Response(bytes, { headers: { 'content-length': String(length) } })
  await assert.rejects(loadModel(announced(bytes.length + 1)), { code: 'MODEL_TRUNCATED', name: 'ModelError' })
  ;(await loadModel(announced(bytes.length))).dispose()
  await assert.rejects(loadModel(new Response('', { status: 500 })), (error) => error instanceof LoadError && error.code === 'MODEL_UNAVAILABLE')
  await assert.rejects(loadModel(modelUrl('missing.onnx')), { code: 'MODEL_UNAVAILABLE' })
  const failing = new ReadableStream({ pull: (controller) => controller.error(new Error('line cut')) })
  await assert.rejects(loadModel(failing), { code: 'MODEL_UNAVAILABLE' })
  await assert.rejects(loadModel(new ReadableStream({ start: (c) => { c.enqueue('text'); c.close() } })), { code: 'ARGUMENT_INVALID' })
  await assert.rejects(loadModel(bytes, { signal: AbortSignal.abort() }), { code: 'ABORTED', name: 'UsageError' })
  const abort = new AbortController()
  const endless = new ReadableStream({ pull: (controller) => { controller.enqueue(new Uint8Array(10)); abort.abort() } })
  await assert.rejects(loadModel(endless, { signal: abort.signal }), { code: 'ABORTED' })
  const silent = () => new ReadableStream({})
  await assert.rejects(loadModel(silent(), { timeoutMs: 1 }), { code: 'TIMEOUT', name: 'LoadError' })
  await assert.rejects(loadModel(new Response(silent()), { timeoutMs: 1, signal: new AbortController().signal }), { code: 'TIMEOUT' })
  const early = new AbortController()
  const late = loadModel(silent(), { timeoutMs: 60_000, signal: early.signal })
  early.abort()
  await assert.rejects(late, { code: 'ABORTED' })
  using_(await loadModel(bytes, { timeoutMs: 60_000 }), (model) => assert.equal(model.inputs.length, 1))
  await assert.rejects(loadModel(bytes, { limits: { modelBytes: 100 } }), { code: 'ONNX_LIMIT' })
  await assert.rejects(loadModel(new Blob([bytes]), { limits: { modelBytes: 100 } }), { code: 'ONNX_LIMIT' })
  await assert.rejects(loadModel(bytes, { limits: { nodes: 1 } }), { code: 'ONNX_LIMIT' })
})

test('options of the wrong type or name are refused', async () => {
  const bytes = modelBytes(fixed.model)
  for (const options of [
    { digets: 'x' }, { variant: 'scalar' }, { threads: 0 }, { threads: 1.5 }, { threads: 2, variant: 'simd' }, { onProgress: 1 }, { signal: {} },
    { timeoutMs: 0 }, { timeoutMs: 1.5 }, { timeoutMs: '9' },
    { limits: { bytes: 1 } }, { limits: { nodes: -1 } }, { limits: { nodes: '5' } }, { variant: 'simd-threads' }, { wasm: 5 },
  ]) await assert.rejects(loadModel(bytes, options), { code: 'ARGUMENT_INVALID' }, JSON.stringify(options))
  for (const source of [undefined, null, 5, {}, [1], new Float32Array(3), 'not an address']) await assert.rejects(loadModel(source), { code: 'ARGUMENT_INVALID' })
})

test('bytes that are no model', async () => {
  const bytes = modelBytes(fixed.model)
  for (const broken of [new Uint8Array(0), new Uint8Array([1, 2, 3]), bytes.subarray(0, bytes.length - 1), bytes.subarray(0, bytes.length >> 1), new Uint8Array(1000).fill(255)]) {
    await assert.rejects(loadModel(broken), (error) => error instanceof ModelError && error.code === 'ONNX_MALFORMED', `${broken.length} bytes`)
  }
})

test('the wasm of the caller is checked', async () => {
  const bytes = wasmBytes('infer-simd.wasm')
  ;(await loadModel(modelBytes(fixed.model), { variant: 'simd', wasm: bytes })).dispose()
  ;(await loadModel(modelBytes(fixed.model), { variant: 'simd', wasm: new WebAssembly.Module(bytes) })).dispose()
  bytes[bytes.length - 1] ^= 1
  await assert.rejects(loadModel(modelBytes(fixed.model), { variant: 'simd', wasm: bytes }), { code: 'WASM_DIGEST_MISMATCH' })
})

test('feeds that do not fit', async () => {
  const model = await loadModel(modelBytes(open.model))
  const data = Float32Array.from(open.cases[0].input)
  const refuses = (feeds, code) => assert.throws(() => model.runSync(feeds), (error) => error instanceof UsageError && error.code === code, code)
  refuses({}, 'ONNX_INPUT_NAME')
  refuses({ features: tensorOf(open), more: tensorOf(open) }, 'ONNX_INPUT_NAME')
  refuses({ feature: tensorOf(open) }, 'ONNX_INPUT_NAME')
  refuses(Object.create({ features: tensorOf(open) }), 'ONNX_INPUT_NAME')
  refuses({ features: new Tensor('float64', new Float64Array(8), [1, 8]) }, 'ONNX_INPUT_TYPE')
  refuses({ features: { type: 'float32', data: new Float64Array(8), dims: [1, 8] } }, 'ONNX_INPUT_TYPE')
  refuses({ features: { type: 'float32', data: [...data], dims: [1, 8] } }, 'ONNX_INPUT_TYPE')
  refuses({ features: 5 }, 'ONNX_INPUT_TYPE')
  refuses({ features: new Tensor('float32', data, [8]) }, 'ONNX_INPUT_SHAPE')
  refuses({ features: new Tensor('float32', data, [2, 4]) }, 'ONNX_INPUT_SHAPE')
  refuses({ features: { type: 'float32', data, dims: [1, 9] } }, 'ONNX_INPUT_SHAPE')
  refuses({ features: { type: 'float32', data, dims: [1, -8] } }, 'ARGUMENT_INVALID')
  refuses({ features: { type: 'float32', data, dims: [2 ** 31, 8] } }, 'ARGUMENT_INVALID')
  refuses({ features: data }, 'ONNX_INPUT_SHAPE')
  refuses(null, 'ARGUMENT_INVALID')
  assert.throws(() => model.runSync(feedsOf(open), { outputs: ['nothing'] }), { code: 'ARGUMENT_INVALID' })
  assert.throws(() => model.runSync(feedsOf(open), { output: ['score'] }), { code: 'ARGUMENT_INVALID' })
  await assert.rejects(model.run(feedsOf(open), { signal: AbortSignal.abort() }), { code: 'ABORTED' })
  close((await model.run(feedsOf(open))).score.data, open.cases[0].output)
  model.dispose()
})

test('shapes may change from run to run', async () => {
  const model = await loadModel(modelBytes(open.model))
  for (const rows of [1, 3, 1, 0, 2]) {
    const cases = Array.from({ length: rows }, (_, i) => open.cases[i % open.cases.length])
    const feeds = { features: new Tensor('float32', Float32Array.from(cases.flatMap(({ input }) => input)), [rows, 8]) }
    const { score } = model.runSync(feeds)
    assert.deepEqual(score.dims, [rows, 1])
    close(score.data, cases.flatMap(({ output }) => output))
  }
  model.dispose()
})

test('feeds are copied at once, outputs belong to the caller', async () => {
  const model = await loadModel(modelBytes(fixed.model))
  const feeds = { [fixed.input.name]: Float32Array.from(fixed.cases[0].input) }
  const running = model.run(feeds)
  feeds[fixed.input.name].fill(0)
  const first = (await running)[fixed.output.name]
  const second = model.runSync(feedsOf(fixed, 1))[fixed.output.name]
  close(first.data, fixed.cases[0].output)
  close(second.data, fixed.cases[1].output)
  first.data.fill(7)
  close(model.runSync(feedsOf(fixed))[fixed.output.name].data, fixed.cases[0].output)
  const wide = new Float32Array(fixed.cases[0].input.length + 5)
  wide.set(fixed.cases[0].input, 3)
  close(model.runSync({ [fixed.input.name]: wide.subarray(3, -2) })[fixed.output.name].data, fixed.cases[0].output)
  const shared = new Float32Array(new SharedArrayBuffer(4 * fixed.cases[0].input.length))
  assert.throws(() => model.runSync({ [fixed.input.name]: shared }), { code: 'ARGUMENT_INVALID' })
  const detached = Float32Array.from(fixed.cases[0].input)
  structuredClone(null, { transfer: [detached.buffer] })
  assert.throws(() => model.runSync({ [fixed.input.name]: detached }), { code: 'ARGUMENT_INVALID' })
  model.dispose()
})

test('tensors check themselves', () => {
  assert.deepEqual(new Tensor('int64', new BigInt64Array(6), [2, 3]).dims, [2, 3])
  assert.equal(new Tensor('bool', new Uint8Array(1), []).data.length, 1)
  for (const [type, data, dims] of [
    ['float32', new Float32Array(3), [2]], ['float32', new Float64Array(2), [2]], ['text', new Float32Array(2), [2]], ['float32', [1, 2], [2]],
    ['float32', new Float32Array(2), [2.5]], ['float32', new Float32Array(2), '2'], ['__proto__', new Float32Array(2), [2]],
  ]) assert.throws(() => new Tensor(type, data, dims), { code: 'ARGUMENT_INVALID' })
})

test('after dispose: ONNX_DISPOSED, and disposing again is allowed', async () => {
  const model = await loadModel(modelBytes(fixed.model))
  model.dispose()
  model.dispose()
  assert.throws(() => model.runSync(feedsOf(fixed)), { code: 'ONNX_DISPOSED', name: 'UsageError' })
  await assert.rejects(model.run(feedsOf(fixed)), { code: 'ONNX_DISPOSED' })
})

let trapping
before(async () => {
  const module = takeApart(wasmBytes('infer-simd.wasm'))
  const bySize = module.bodies.map((body, index) => [body.length, index]).sort(([a], [b]) => b - a).slice(0, 1500)
  for (const [, index] of bySize) {
    const compiled = await WebAssembly.compile(withTrap(module, index))
    const model = await loadModel(modelBytes(fixed.model), { variant: 'simd', wasm: compiled }).catch(() => undefined)
    if (model === undefined) continue
    try {
      model.runSync(feedsOf(fixed))
    } catch {
      trapping = compiled
      return
    }
  }
})

test('a trap ends the model, not others', async () => {
  const other = await loadModel(modelBytes(open.model), { variant: 'simd' })
  const model = await loadModel(modelBytes(fixed.model), { variant: 'simd', wasm: trapping })
  for (let round = 0; round < 2; round += 1) {
    assert.throws(() => model.runSync(feedsOf(fixed)), (error) => error instanceof InternalError && error.code === 'TRAP')
  }
  model.dispose()
  close(other.runSync(feedsOf(open)).score.data, open.cases[0].output)
  other.dispose()
  const again = await loadModel(modelBytes(fixed.model), { variant: 'simd' })
  close(again.runSync(feedsOf(fixed))[fixed.output.name].data, fixed.cases[0].output)
  again.dispose()
})

test('the next model starts in an instance that was left small and in order', async () => {
  const compiled = await WebAssembly.compile(wasmBytes('infer-simd.wasm'))
  const { instantiate } = WebAssembly
  let started = 0
  WebAssembly.instantiate = (...given) => {
    started += given[0] === compiled ? 1 : 0
    return instantiate(...given)
  }
  const options = { variant: 'simd', wasm: compiled }
  const load = (reference) => loadModel(modelBytes(reference.model), options)
  /** Runs both models; each ends before the next one is loaded. */
  const both = async () => {
    for (const reference of [fixed, open]) {
      using_(await load(reference), (model) => close(model.runSync(feedsOf(reference))[reference.output.name].data, reference.cases[0].output))
    }
    return started
  }
  try {
    assert.equal(await both(), 1)
    await assert.rejects(loadModel(modelBytes(fixed.model).subarray(0, 200), options), { code: /^ONNX_/ })
    assert.equal(await both(), 2) // nothing starts in what a refused model left
    const [first, second] = await Promise.all([load(fixed), load(fixed)])
    assert.equal(started, 3)
    first.dispose()
    first.dispose()
    close(second.runSync(feedsOf(fixed))[fixed.output.name].data, fixed.cases[0].output)
    second.dispose()
    assert.equal(await both(), 3)
    const large = onnx(graph([node('Expand', ['x', 'shape'], ['y'])], [input('x', 1, [1]), input('shape', 7, [1])], [input('y', 1, ['n'])]))
    using_(await loadModel(large, options), (model) => {
      const { y } = model.runSync({ x: new Tensor('float32', Float32Array.of(5), [1]), shape: new Tensor('int64', BigInt64Array.of(2_000_000n), [1]) })
      assert.equal(y.data.at(-1), 5)
    })
    assert.equal(await both(), 4)
  } finally {
    WebAssembly.instantiate = instantiate
  }
})

test('outputs go into arrays of the caller', async () => {
  const model = await loadModel(modelBytes(open.model))
  const target = new Float32Array(1)
  const { score } = await model.run(feedsOf(open), { into: { score: target } })
  assert.equal(score.data, target)
  close(target, open.cases[0].output)
  for (const into of [{ score: new Float32Array(2) }, { score: new Float64Array(1) }, { score: [0] }, { other: target }, 5]) {
    assert.throws(() => model.runSync(feedsOf(open), { into }), { code: 'ARGUMENT_INVALID' })
  }
  assert.throws(() => model.runSync(feedsOf(open), { outputs: [], into: { score: target } }), { code: 'ARGUMENT_INVALID' })
  model.dispose()
})

test('a batch of feeds gives a list of outputs', async () => {
  const model = await loadModel(modelBytes(open.model))
  const results = await model.runBatch(open.cases.map((_, index) => feedsOf(open, index)), { outputs: ['score'] })
  assert.equal(results.length, open.cases.length)
  results.forEach(({ score }, index) => close(score.data, open.cases[index].output))
  assert.deepEqual(await model.runBatch([]), [])
  await assert.rejects(model.runBatch([feedsOf(open), {}]), { code: 'ONNX_INPUT_NAME' })
  await assert.rejects(model.runBatch(feedsOf(open)), { code: 'ARGUMENT_INVALID' })
  await assert.rejects(model.runBatch([feedsOf(open)], { signal: AbortSignal.abort() }), { code: 'ABORTED' })
  model.dispose()
  await assert.rejects(model.runBatch([feedsOf(open)]), { code: 'ONNX_DISPOSED' })
})

test('a stacked batch is one run with the same answers', async () => {
  const model = await loadModel(modelBytes(open.model), { profile: true })
  const runs = open.cases.map((_, index) => feedsOf(open, index))
  const apart = await model.runBatch(runs)
  const stacked = await model.runBatch(runs, { stack: true })
  assert.deepEqual(stacked, apart)
  const twice = Object.fromEntries(Object.entries(runs[0]).map(([name, { type, data, dims }]) => [name, new Tensor(type, Float32Array.of(...data, ...data), [dims[0] * 2, ...dims.slice(1)])]))
  const [two, one] = await model.runBatch([twice, runs[1]], { stack: true })
  assert.equal(two.score.dims[0], 2)
  assert.deepEqual(one, apart[1])
  assert.deepEqual(await model.runBatch([], { stack: true }), [])
  await assert.rejects(model.runBatch([runs[0], {}], { stack: true }), { code: 'ONNX_INPUT_NAME' })
  await assert.rejects(model.runBatch([runs[0], 5], { stack: true }), { code: 'ARGUMENT_INVALID' })
  await assert.rejects(model.runBatch(runs, { stack: 1 }), { code: 'ARGUMENT_INVALID' })
  await assert.rejects(model.runBatch(runs, { stack: true, signal: AbortSignal.abort() }), { code: 'ABORTED' })
  model.dispose()
})

test('a fork shares what is loaded and outlives the first', async () => {
  const model = await loadModel(modelBytes(open.model))
  const want = await model.run(feedsOf(open))
  const fork = model.fork()
  assert.deepEqual([fork.digest, fork.inputs, fork.outputs, fork.variant, fork.threads], [model.digest, model.inputs, model.outputs, model.variant, model.threads])
  assert.deepEqual(await fork.run(feedsOf(open)), want)
  model.dispose()
  assert.throws(() => model.fork(), { code: 'ONNX_DISPOSED' })
  assert.deepEqual(fork.fork().runSync(feedsOf(open)), want)
  fork.dispose()
  assert.throws(() => fork.runSync(feedsOf(open)), { code: 'ONNX_DISPOSED' })
})

test('a model that is loaded already starts from what is packed', async (t) => {
  const compiled = await WebAssembly.compile(wasmBytes('infer-simd.wasm'))
  const started = t.mock.method(WebAssembly, 'instantiate')
  const count = () => started.mock.calls.filter((call) => call.arguments[0] === compiled).length
  const bytes = modelBytes(open.model)
  const load = (options = {}) => loadModel(bytes, { variant: 'simd', wasm: compiled, ...options })
  const first = await load()
  const second = await load({ digest: first.digest })
  assert.equal(count(), 1)
  await assert.rejects(load({ digest: '0'.repeat(64) }), { code: 'MODEL_DIGEST_MISMATCH' })
  const [limited, profiled] = [await load({ limits: { nodes: 1000 } }), await load({ profile: true })]
  assert.equal(count(), 3)
  const changed = bytes.slice()
  changed[changed.length - 1] ^= 1 // as long, other bytes
  await loadModel(changed, { variant: 'simd', wasm: compiled }).then((model) => model.dispose(), () => undefined)
  assert.equal(count(), 4)
  first.dispose()
  close(second.runSync(feedsOf(open)).score.data, open.cases[0].output)
  const third = await load()
  assert.equal(count(), 4)
  for (const model of [second, third, limited, profiled]) model.dispose()
  using_(await load(), (model) => close(model.runSync(feedsOf(open)).score.data, open.cases[0].output))
})

test('a profile is what chrome://tracing opens', async () => {
  const model = await loadModel(modelBytes(open.model), { profile: true })
  assert.deepEqual(model.profile(), { traceEvents: [], displayTimeUnit: 'ms' })
  model.runSync(feedsOf(open))
  const { traceEvents } = model.profile()
  assert.ok(traceEvents.length > 0)
  for (const event of traceEvents) {
    assert.deepEqual(Object.keys(event), ['name', 'cat', 'ph', 'ts', 'dur', 'pid', 'tid'])
    assert.ok(event.ph === 'X' && event.ts >= 0 && event.dur >= 0)
  }
  assert.ok(traceEvents.some(({ name }) => name.includes('(Gemm)')))
  model.dispose()
  assert.throws(() => model.profile(), { code: 'ONNX_DISPOSED' })
  using_(await loadModel(modelBytes(open.model)), (silent) => assert.throws(() => silent.profile(), { code: 'ARGUMENT_INVALID' }))
  await assert.rejects(loadModel(modelBytes(open.model), { profile: 1 }), { code: 'ARGUMENT_INVALID' })
})

test('maps, sequences and strings go in and come out', async () => {
  const typed = (name, type) => message(field(1, name), field(2, type))
  const tensorType = (element) => field(1, field(1, element))
  const map = typed('m', field(5, message(field(1, 8), field(2, tensorType(1)))))
  const sequence = typed('s', field(4, field(1, tensorType(1))))
  const text = input('t', 8, [2])
  const names = [['m', 'mm'], ['s', 'ss'], ['t', 'tt']]
  const bytes = onnx(graph(names.map(([from, to]) => node('Identity', [from], [to])), [map, sequence, text], names.map(([, to]) => to)))
  const one = new Tensor('float32', Float32Array.of(1), [1])
  const feeds = { m: new Map([['a', 1.5]]), s: [one], t: ['x', '\u0000é'] }
  const given = { ...feeds, t: new Tensor('string', feeds.t, [2]) }
  using_(await loadModel(bytes), (model) => {
    const { mm, ss, tt } = model.runSync(given)
    assert.deepEqual([mm, ss, tt.data], [feeds.m, [one], feeds.t])
    const tensors = { keys: new Tensor('string', ['a'], [1]), values: new Tensor('float64', Float64Array.of(1.5), [1]) }
    assert.deepEqual(model.runSync({ ...given, m: tensors }).mm, feeds.m)
    assert.deepEqual(model.runSync({ ...given, m: new Map([[1n, 2n]]) }).mm, new Map([[1n, 2n]]))
    for (const m of [new Map([['a', 1], [2n, 2]]), new Map([['a', 'b'], ['c', 1]]), new Map([['a', {}]]), { keys: one }, { keys: one, values: null }, 5]) {
      assert.throws(() => model.runSync({ ...given, m }), { code: 'ONNX_INPUT_TYPE' })
    }
    assert.throws(() => model.runSync({ ...given, m: { ...tensors, values: new Tensor('float32', new Float32Array(2), [2]) } }), { code: 'ONNX_INPUT_SHAPE' })
  })
  const host = createWorkerHost({ worker: startWorker(dist('web/worker.js')) })
  const hosted = await host.loadModel(bytes, { profile: true })
  const { mm, ss, tt } = await hosted.run(given)
  assert.deepEqual([mm, ss, tt.data], [feeds.m, [one], feeds.t])
  assert.ok(ss[0] instanceof Tensor)
  assert.ok((await hosted.profile()).traceEvents.length > 0)
  const [{ mm: again }] = await hosted.runBatch([given])
  assert.deepEqual(again, feeds.m)
  await assert.rejects(hosted.run({ ...given, s: [5] }), { code: 'ONNX_INPUT_TYPE' })
  hosted.dispose()
  await assert.rejects(hosted.profile(), { code: 'ONNX_DISPOSED' })
  host.dispose()
})
