// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// assay-wasm/ort against onnxruntime-common: every member of its declarations is there or refused with its code, and tensors
// behave as its own Tensor does.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterEach, test } from 'node:test'

import { dist, wasmBytes } from './support/package.mjs'
import { modelBytes, modelUrl, references } from './support/models.mjs'
import { graph, input, model, node } from './support/onnx_writer.mjs'

const ort = await import(dist('ort/index.js'))
const require = createRequire(new URL('../../js-bindings/package.json', import.meta.url))
const common = require('onnxruntime-common')
const declarations = (name) => readFileSync(new URL(`${name}.d.ts`, `file://${require.resolve('onnxruntime-common').replace(/[^/]*$/, '')}`), 'utf8')

const { InferenceSession, Tensor, env } = ort
const reference = references.find(({ model: name }) => name === 'price_move.onnx')
const feeds = (index = 0) => ({ [reference.input.name]: new Tensor('float32', Float32Array.from(reference.cases[index].input), reference.input.dims) })
const refused = (code) => (error) => error.name === 'UsageError' && error.code === code
const close = (got, want) => want.forEach((value, i) => assert.ok(Math.abs(got[i] - value) < 1e-4, `[${i}]: ${got[i]} for ${value}`))

afterEach(() => {
  for (const name of Object.keys(env.wasm)) delete env.wasm[name]
})

test('everything that onnxruntime-common exports is exported', () => {
  for (const [name, value] of Object.entries(common)) assert.equal(typeof ort[name], typeof value, name)
  assert.throws(() => ort.registerBackend('mine', {}, 1), refused('ORT_UNSUPPORTED'))
  for (const name of ['TRACE', 'TRACE_FUNC_BEGIN', 'TRACE_FUNC_END', 'TRACE_EVENT_BEGIN', 'TRACE_EVENT_END']) assert.equal(ort[name]('a', 'b'), undefined)
})

test('a page runs its model as before', async () => {
  const session = await InferenceSession.create(modelUrl(reference.model).href, { executionProviders: ['webgpu', 'wasm'], graphOptimizationLevel: 'all' })
  assert.ok(session instanceof InferenceSession)
  assert.deepEqual(session.inputNames, [reference.input.name])
  assert.deepEqual(session.outputNames, [reference.output.name])
  assert.deepEqual(session.inputMetadata, [{ name: reference.input.name, isTensor: true, type: 'float32', shape: ['batch', 8] }])
  assert.deepEqual(session.outputMetadata, [{ name: reference.output.name, isTensor: true, type: 'float32', shape: ['batch', 1] }])
  for (const [index, { output }] of reference.cases.entries()) {
    const results = await session.run(feeds(index))
    const tensor = results[reference.output.name]
    assert.ok(tensor instanceof Tensor)
    assert.equal(tensor.location, 'cpu')
    close(tensor.data, output)
    close(await tensor.getData(), output)
  }
  await session.release()
  await session.release()
  await assert.rejects(session.run(feeds()), { code: 'ONNX_DISPOSED' })
})

test('create takes an address, a buffer with offset and length, and bytes', async () => {
  const bytes = modelBytes(reference.model)
  const padded = new Uint8Array(bytes.length + 20)
  padded.set(bytes, 10)
  const shared = new SharedArrayBuffer(bytes.length)
  new Uint8Array(shared).set(bytes)
  for (const parameters of [[bytes], [bytes.slice().buffer], [shared], [padded.buffer, 10, bytes.length], [padded.buffer, 10, bytes.length, { logId: 'x' }], [padded.subarray(10, 10 + bytes.length)], [Buffer.from(bytes), {}]]) {
    const session = await InferenceSession.create(...parameters)
    close((await session.run(feeds()))[reference.output.name].data, reference.cases[0].output)
    await session.release()
  }
  for (const parameters of [[], [5], [{}], [padded.buffer, -1], [padded.buffer, padded.length], [padded.buffer, 1, padded.length], [padded.buffer, 1.5]]) {
    await assert.rejects(InferenceSession.create(...parameters), refused('ARGUMENT_INVALID'))
  }
  await assert.rejects(InferenceSession.create(new Uint8Array(5)), { code: 'ONNX_MALFORMED' })
})

test('session options are taken, checked or refused', async () => {
  const bytes = modelBytes(reference.model)
  const harmless = {
    executionProviders: [{ name: 'cpu', useArena: true }], intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel: 'disabled', enableCpuMemArena: false,
    enableMemPattern: true, executionMode: 'parallel', enableProfiling: false, logId: 'id', logSeverityLevel: 4, logVerbosityLevel: 0, preferredOutputLocation: 'cpu',
    enableGraphCapture: false, externalData: [], extra: { session: { disable_prepacking: '1' } }, freeDimensionOverrides: { batch: 1 },
  }
  const session = await InferenceSession.create(bytes, harmless)
  close((await session.run(feeds()))[reference.output.name].data, reference.cases[0].output)
  await session.release()
  const refusals = {
    executionProviders: ['webgpu'], optimizedModelFilePath: 'x', profileFilePrefix: 'x', enableGraphCapture: true, preferredOutputLocation: 'gpu-buffer',
  }
  const everyOption = [...declarations('inference-session').split('interface ExecutionProviderOptionMap')[0].matchAll(/^ {8}(\w+)\?:/gm)].map(([, name]) => name)
  assert.ok(everyOption.length > 15)
  for (const name of [...everyOption, 'externalData']) assert.ok(Object.hasOwn(harmless, name) || Object.hasOwn(refusals, name), `${name} is tested`)
  for (const [name, value] of Object.entries(refusals)) await assert.rejects(InferenceSession.create(bytes, { [name]: value }), refused('ORT_UNSUPPORTED'), name)
  await assert.rejects(InferenceSession.create(bytes, { preferredOutputLocation: { score: 'ml-tensor' } }), refused('ORT_UNSUPPORTED'))
  await assert.rejects(InferenceSession.create(bytes, { externalData: ['weights.bin'] }), { code: 'ONNX_EXTERNAL_DATA' })
  for (const options of [{ graphOptimizationLevel: 'most' }, { executionMode: 1 }, { logSeverityLevel: 5 }, { enableMemPattern: 1 }, { logId: 1 }, { extra: 1 }, { providers: [] }, { freeDimensionOverrides: { batch: 1.5 } }, { intraOpNumThreads: -1 }]) {
    await assert.rejects(InferenceSession.create(bytes, options), refused('ARGUMENT_INVALID'), JSON.stringify(options))
  }
})

test('freeDimensionOverrides fix a dimension', async () => {
  const session = await InferenceSession.create(modelBytes(reference.model), { freeDimensionOverrides: { batch: 2 } })
  assert.deepEqual(session.inputMetadata[0].shape, [2, 8])
  await assert.rejects(session.run(feeds()), { code: 'ONNX_INPUT_SHAPE' })
  const both = Float32Array.from([...reference.cases[0].input, ...reference.cases[1].input])
  close((await session.run({ [reference.input.name]: new Tensor(both, [2, 8]) }))[reference.output.name].data, [...reference.cases[0].output, ...reference.cases[1].output])
  await session.release()
})

test('run options and fetches', async () => {
  const session = await InferenceSession.create(modelBytes(reference.model))
  const name = reference.output.name
  close((await session.run(feeds(), [name]))[name].data, reference.cases[0].output)
  close((await session.run(feeds(), { [name]: null }))[name].data, reference.cases[0].output)
  const own = new Tensor('float32', new Float32Array(1), [1, 1])
  const { [name]: filled } = await session.run(feeds(), { [name]: own }, { tag: 'x' })
  assert.equal(filled.data, own.data)
  close(own.data, reference.cases[0].output)
  assert.ok((await session.run(feeds(), { tag: 'x', logSeverityLevel: 0, logVerbosityLevel: 1, extra: {}, terminate: false }))[name])
  const everyOption = [...declarations('inference-session').split('interface RunOptions')[1].split('interface ValueMetadataBase')[0].matchAll(/^ {8}(\w+)\?:/gm)].map(([, option]) => option)
  assert.deepEqual(everyOption.sort(), ['extra', 'logSeverityLevel', 'logVerbosityLevel', 'tag', 'terminate'])
  await assert.rejects(session.run(feeds(), { terminate: true }), { code: 'ABORTED' })
  await assert.rejects(session.run(feeds(), []), refused('ARGUMENT_INVALID'))
  await assert.rejects(session.run(feeds(), ['nothing']), refused('ARGUMENT_INVALID'))
  await assert.rejects(session.run(feeds(), own), refused('ARGUMENT_INVALID'))
  await assert.rejects(session.run(feeds(), 5), refused('ARGUMENT_INVALID'))
  await assert.rejects(session.run(feeds(), { nothing: null }), refused('ARGUMENT_INVALID'))
  await assert.rejects(session.run(feeds(), { [name]: new Tensor(['a']) }), refused('ARGUMENT_INVALID'))
  await assert.rejects(session.run({}), { code: 'ONNX_INPUT_NAME' })
  await session.release()
})

test('profiling gives a trace', async () => {
  const silent = await InferenceSession.create(modelBytes(reference.model))
  assert.throws(() => silent.startProfiling(), refused('ORT_UNSUPPORTED'))
  assert.throws(() => silent.endProfiling(), refused('ORT_UNSUPPORTED'))
  await silent.release()
  const session = await InferenceSession.create(modelBytes(reference.model), { enableProfiling: true })
  session.startProfiling()
  await session.run(feeds())
  assert.ok(session.endProfiling().traceEvents.length > 0)
  await session.release()
})

test('outputs that are no tensors, which onnxruntime-web refuses', async () => {
  const zipped = model(graph([node('ZipMap', ['x'], ['y'], { classlabels_strings: ['a', 'b'] }, 'ai.onnx.ml')], [input('x', 1, [1, 2])], ['y']))
  const session = await InferenceSession.create(zipped)
  assert.deepEqual(session.outputMetadata, [{ name: 'y', isTensor: false }])
  const { y } = await session.run({ x: new Tensor(Float32Array.of(0.25, 0.75), [1, 2]) })
  assert.deepEqual(y, [new Map([['a', 0.25], ['b', 0.75]])])
  await session.release()
})

test('env', async () => {
  const create = () => InferenceSession.create(modelBytes(reference.model)).then((session) => session.release())
  for (const interfaceName of ['WebAssemblyFlags', 'WebGLFlags', 'WebGpuFlags']) assert.ok(declarations('env').includes(`interface ${interfaceName}`))
  assert.deepEqual(Object.keys(common.env).filter((name) => !(name in env)), [])
  env.logLevel = 'verbose'
  assert.equal(env.logLevel, 'verbose')
  assert.match(env.versions.common, /^\d+\.\d+\.\d+/)
  env.wasm.wasmPaths = 'https://example.org/ort/'
  env.wasm.numThreads = 4 // Node is no isolated worker: one thread runs
  env.wasm.initTimeout = 60_000
  env.wasm.simd = true
  await create()
  env.wasm.simd = 'fixed'
  env.wasm.numThreads = 1
  env.wasm.wasmBinary = wasmBytes('infer-simd.wasm')
  await create()
  env.wasm.wasmBinary = new Uint8Array(8).buffer
  await assert.rejects(create(), { code: 'WASM_DIGEST_MISMATCH' })
  delete env.wasm.wasmBinary
  for (const [name, value] of [['simd', false], ['trace', true], ['proxy', true]]) {
    env.wasm[name] = value
    await assert.rejects(create(), refused('ORT_UNSUPPORTED'), name)
    delete env.wasm[name]
  }
  env.wasm.initTimeout = -1
  await assert.rejects(create(), refused('ARGUMENT_INVALID'))
  delete env.wasm.initTimeout
  env.wasm.numThreads = 1.5
  await assert.rejects(create(), refused('ARGUMENT_INVALID'))
  for (const read of [() => env.webgl.context, () => env.webgpu.adapter, () => env.webgpu.device, () => (env.webgpu.device = {}), () => (env.webgpu.adapter = {})]) assert.throws(read, refused('ORT_UNSUPPORTED'))
  env.webgl.pack = true
  env.webgpu.powerPreference = 'low-power'
  env.webgpu.profiling.mode = 'off'
})

test('a session that takes too long to create is a TIMEOUT', async () => {
  env.wasm.initTimeout = 1
  const slow = globalThis.fetch
  globalThis.fetch = () => new Promise(() => undefined)
  try {
    await assert.rejects(InferenceSession.create('https://example.org/never.onnx'), { code: 'TIMEOUT', name: 'LoadError' })
  } finally {
    globalThis.fetch = slow
  }
})

test('tensors are made as onnxruntime makes them', () => {
  const rows = [
    [[new Float32Array([1, 2])]], [[new Float64Array([1, 2])]], [[new Uint8Array([1, 2])]], [[new Int8Array([1])]], [[new Uint16Array([1])]], [[new Int16Array([1])]],
    [[new Int32Array([1])]], [[new Uint32Array([1])]], [[new BigInt64Array([1n])]], [[new BigUint64Array([1n])]], [[new Uint8ClampedArray([1, 2])]],
    [[['a', 'b']]], [[[true, false]]], [['float32', [1, 2]]], [['float64', [1, 2], [2]]], [['int32', [1, 2], [2, 1]]], [['uint8', [1, 2]]], [['int8', [1, 2]]],
    [['int64', [1n, 2n]]], [['int64', [1, 2]]], [['uint64', [1, 2]]], [['bool', [true, false]]], [['bool', [1, 0]]], [['bool', new Uint8Array([1, 0])]], [['string', ['x']]],
    [['float16', new Uint16Array([15360])]], [['uint8', new Uint8ClampedArray([3])]], [['uint4', new Uint8Array([3])]],
    [['int4', new Uint8Array(2), [4]]], [['int4', new Uint8Array([0x21, 3]), [3]]], [['uint4', new Uint8Array([0xf8, 1]), [1, 3]]], [['uint4', new Uint8Array(0), [0]]],
    [['float32', new Float32Array(0), [0, 3]]], [['float32', new Float32Array(1), []]], [['float32', new Float32Array(6), [1, 2, 3]]],
  ]
  for (const [parameters] of rows) {
    const [ours, theirs] = [new Tensor(...parameters), new common.Tensor(...parameters)]
    const shape = ({ type, dims, size, location, data }) => ({ type, dims: [...dims], size, location, data: [...data], array: data.constructor.name })
    assert.deepEqual(shape(ours), shape(theirs), JSON.stringify(parameters, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
  }
  // Elements of another kind are not converted here.
  for (const parameters of [['bool', [2]], ['bool', [1, true]], ['string', [1]], ['float32', ['1']], ['int64', [1.5]], [['a', 1]]]) assert.throws(() => new Tensor(...parameters), refused('ARGUMENT_INVALID'))
  // Declared as Int8Array, taken as Uint8Array there.
  for (const array of [new Int8Array([-3]), new Uint8Array([253])]) assert.deepEqual([...new Tensor('int4', array).data], [-3])
  // Two in a byte stay so.
  const bytes = new Uint8Array([0x21, 0x43])
  for (const type of ['int4', 'uint4']) {
    const packed = new Tensor(type, bytes, [4])
    assert.equal(packed.data, bytes)
    assert.equal(packed.reshape([2, 2]).data, bytes)
    assert.deepEqual([packed.reshape([2, 2]).size, packed.reshape([2, 2]).dims], [4, [2, 2]])
    packed.dispose()
    assert.equal(packed.location, 'none')
  }
  for (const parameters of [
    ['int4', new Uint8Array(2), [5]], ['uint4', new Uint8Array(2), [2, 3]], ['int4', new Uint16Array(2), [4]], ['uint8', new Uint8Array(2), [4]],
    [], [5], [[]], [[1, 2]], ['float32'], ['float32', 'abc'], ['float32', new Float64Array(1)], ['complex64', [1]], 
    ['float32', [1, 2], [3]], ['float32', [1], [-1]], ['float32', [1], ['1']], [new DataView(new ArrayBuffer(4))],
  ]) {
    assert.throws(() => new Tensor(...parameters), refused('ARGUMENT_INVALID'), JSON.stringify(parameters))
    assert.throws(() => new common.Tensor(...parameters), undefined, JSON.stringify(parameters))
  }
})

test('every member of a tensor', async () => {
  const tensor = new Tensor('float32', [1, 2, 3, 4, 5, 6], [2, 3])
  const names = new Set([...declarations('tensor').split('declare namespace Tensor')[0].matchAll(/^ {4}(?:readonly )?(\w+)[:(]/gm)].map(([, name]) => name))
  for (const utility of ['size', 'reshape', 'toDataURL', 'toImageData']) names.add(utility)
  assert.ok(names.size >= 12)
  const missing = new Set(['texture', 'gpuBuffer', 'mlTensor'])
  for (const name of names) {
    if (missing.has(name)) assert.throws(() => tensor[name], refused('ORT_UNSUPPORTED'), name)
    else assert.notEqual(tensor[name], undefined, name)
  }
  const reshaped = tensor.reshape([3, 2])
  assert.deepEqual(reshaped.dims, [3, 2])
  assert.equal(reshaped.data, tensor.data)
  assert.throws(() => tensor.reshape([4]), refused('ARGUMENT_INVALID'))
  const data = await tensor.getData(true)
  assert.equal(data.length, 6)
  assert.equal(tensor.location, 'none')
  assert.throws(() => tensor.data, refused('ARGUMENT_INVALID'))
  await assert.rejects(tensor.getData(), refused('ARGUMENT_INVALID'))
  assert.throws(() => reshaped.toDataURL(), refused('ARGUMENT_INVALID'))
  const pinned = Tensor.fromPinnedBuffer('int32', new Int32Array(2), [2])
  assert.equal(pinned.location, 'cpu-pinned')
  assert.equal(new Tensor({ location: 'cpu-pinned', type: 'float32', data: new Float32Array(1), dims: [1] }).size, 1)
  for (const name of ['fromTexture', 'fromGpuBuffer', 'fromMLTensor']) assert.throws(() => Tensor[name]({}, { dims: [1] }), refused('ORT_UNSUPPORTED'), name)
  for (const location of ['texture', 'gpu-buffer', 'ml-tensor']) assert.throws(() => new Tensor({ location, type: 'float32', dims: [1] }), refused('ORT_UNSUPPORTED'))
})

test('images in and out', async (t) => {
  globalThis.ImageData = class { constructor(data, width, height) { Object.assign(this, { data, width, height }) } }
  t.after(() => delete globalThis.ImageData)
  const image = new ImageData(Uint8ClampedArray.of(255, 0, 51, 255, 0, 255, 102, 255), 2, 1)
  const tensor = await Tensor.fromImage(image)
  assert.deepEqual(tensor.dims, [1, 3, 1, 2])
  close(tensor.data, [1, 0, 0, 1, 0.2, 0.4])
  assert.deepEqual([...tensor.toImageData().data], [...image.data])
  const options = { tensorFormat: 'BGR', tensorLayout: 'NHWC', norm: { bias: [1, 2, 3], mean: 2 } }
  const changed = await Tensor.fromImage(image, options)
  assert.deepEqual(changed.dims, [1, 1, 2, 3])
  close(changed.data, [26, 1, 129, 51.5, 128.5, 1.5])
  assert.deepEqual([...changed.toImageData({ format: 'BGR', tensorLayout: 'NHWC', norm: options.norm }).data], [...image.data])
  const bytes = await Tensor.fromImage(image, { dataType: 'uint8', tensorFormat: 'RGBA' })
  assert.deepEqual([...bytes.data], [255, 0, 0, 255, 51, 102, 255, 255])
  assert.deepEqual([...bytes.toImageData().data], [...image.data])
  assert.deepEqual((await Tensor.fromImage(image, { resizedWidth: 4, resizedHeight: 2 })).dims, [1, 3, 2, 4])
  await assert.rejects(Tensor.fromImage('https://example.org/image.png'), refused('ORT_UNSUPPORTED')) // no decoder in Node
  await assert.rejects(Tensor.fromImage({}), refused('ARGUMENT_INVALID'))
  await assert.rejects(Tensor.fromImage(image, { tensorFormat: 'HSV' }), refused('ARGUMENT_INVALID'))
  await assert.rejects(Tensor.fromImage(image, { norm: { mean: 0 } }), refused('ARGUMENT_INVALID'))
  assert.throws(() => tensor.toDataURL(), refused('ORT_UNSUPPORTED')) // no document in Node
  assert.throws(() => new Tensor(new Float32Array(4), [1, 1, 2, 2]).toImageData({ format: 'RGBA' }), refused('ARGUMENT_INVALID'))
})
