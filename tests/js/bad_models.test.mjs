// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Models that are not what they should be: the code of inference.md §8 with the node's name, no trap, and the module goes on.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { dist } from './support/package.mjs'
import { field, graph, input, message, model, node, tensor } from './support/onnx_writer.mjs'

const { Tensor, loadModel } = await import(dist('infer/index.js'))

const FLOAT = 1
const INT64 = 7
const BOOL = 9
const x = input('x', FLOAT, [2])
const floats = (name, dims, elements) => tensor(name, FLOAT, dims, Float32Array.from(elements))
const integers = (name, elements, dims = [elements.length]) => tensor(name, INT64, dims, BigInt64Array.from(elements.map(BigInt)))

/** A compiled module is shared: a model that loads afterwards shows that nothing was left behind. */
async function stillUsable() {
  const good = await loadModel(model(graph([node('Neg', ['x'], ['y'])], [x], ['y'])))
  assert.deepEqual([...good.runSync({ x: Float32Array.of(1, -2) }).y.data], [-1, 2])
  good.dispose()
}

async function refuses(bytes, code, name, options) {
  const error = await loadModel(bytes, options).then((loaded) => loaded.dispose(), (thrown) => thrown)
  assert.equal(error?.code, code, error?.message)
  assert.notEqual(error.name, 'InternalError')
  if (name !== undefined) assert.ok(error.message.includes(name), `${error.message} names ${name}`)
  await stillUsable()
}

test('bytes that are no protobuf', async () => {
  const good = model(graph([node('Neg', ['x'], ['y'])], [x], ['y']))
  for (const bytes of [new Uint8Array(0), Uint8Array.of(255, 255, 255), good.subarray(0, -1), message(good, Uint8Array.of(0x3a, 0x05, 1)), message(field(7, 5)), Uint8Array.of(0x0b, 0x0c)]) await refuses(bytes, 'ONNX_MALFORMED')
  for (let length = 1; length < good.length; length += 7) {
    const error = await loadModel(good.subarray(0, length)).then(() => undefined, (thrown) => thrown)
    assert.equal(error?.category, 'malformed', `${length} bytes`)
  }
})

test('graphs that cannot be', async () => {
  const names = (nodes, outputs = ['y'], initializers = []) => model(graph(nodes, [x], outputs, initializers))
  await refuses(names([node('Add', ['x', 'b'], ['a'], {}, '', 'first'), node('Neg', ['a'], ['b'], {}, '', 'second')], ['b']), 'ONNX_MALFORMED', 'first')
  await refuses(names([node('Neg', ['y'], ['y'], {}, '', 'itself')]), 'ONNX_MALFORMED', 'itself')
  await refuses(names([node('Add', ['x', 'nowhere'], ['y'], {}, '', 'sum')]), 'ONNX_MALFORMED', 'nowhere')
  await refuses(names([node('Neg', ['x'], ['y']), node('Abs', ['x'], ['y'], {}, '', 'twice')]), 'ONNX_MALFORMED', 'y')
  await refuses(names([node('Neg', ['x'], ['y'])], []), 'ONNX_MALFORMED')
  await refuses(names([node('Neg', ['x'], ['y'])], ['z']), 'ONNX_MALFORMED', 'z')
  await refuses(names([node('Add', ['x'], ['y'], {}, '', 'half')]), 'ONNX_MALFORMED', 'half')
})

test('initializers that cannot be', async () => {
  const add = (initializer) => model(graph([node('Add', ['x', 'w'], ['y'], {}, '', 'sum')], [x], ['y'], [initializer]))
  await refuses(add(floats('w', [3], [1, 2])), 'ONNX_MALFORMED', 'w')
  await refuses(add(floats('w', [-1], [1, 2])), 'ONNX_MALFORMED', 'w')
  await refuses(add(floats('w', [2n ** 63n - 1n, 2], [1, 2])), 'ONNX_LIMIT')
  await refuses(add(floats('w', [2n ** 32n, 2n ** 32n], [1, 2])), 'ONNX_LIMIT')
  await refuses(add(message(field(1, 2), field(2, FLOAT), field(8, 'w'), field(14, 1), field(13, message(field(1, 'location'), field(2, 'weights.bin'))))), 'ONNX_EXTERNAL_DATA', 'w')
  await refuses(add(floats('w', [3], [1, 2, 3])), 'ONNX_SHAPE', 'sum')
})

test('operators, domains, versions and attributes that are not known', async () => {
  const of = (nodes, opset) => model(graph(nodes, [x], ['y'], [integers('i', [1])]), opset)
  await refuses(of([node('Foo', ['x'], ['h'], {}, '', 'one'), node('Bar', ['h'], ['y'], {}, '', 'two')]), 'ONNX_UNSUPPORTED_OP', 'one')
  await refuses(of([node('Foo', ['x'], ['h'], {}, '', 'one'), node('Bar', ['h'], ['y'], {}, '', 'two')]), 'ONNX_UNSUPPORTED_OP', 'two')
  await refuses(of([node('Neg', ['x'], ['y'], {}, 'org.example', 'foreign')]), 'ONNX_UNSUPPORTED_OP', 'org.example')
  await refuses(of([node('Neg', ['x'], ['y'], {}, '', 'future')], 99), 'ONNX_UNSUPPORTED_OPSET', 'future')
  await refuses(of([node('Resize', ['x', '', '', 'i'], ['y'], { mode: 'magic' }, '', 'odd')]), 'ONNX_UNSUPPORTED_ATTRIBUTE', 'odd')
})

test('shapes and types inside the model', async () => {
  const of = (nodes, initializers = []) => model(graph(nodes, [x], ['y'], initializers))
  await refuses(of([node('MatMul', ['x', 'w'], ['y'], {}, '', 'product')], [floats('w', [3, 1], [1, 2, 3])]), 'ONNX_SHAPE', 'product')
  await refuses(of([node('Conv', ['x', 'w'], ['y'], {}, '', 'conv')], [floats('w', [1, 1, 1, 1], [1])]), 'ONNX_SHAPE', 'conv')
  await refuses(of([node('Add', ['x', 'i'], ['y'], {}, '', 'mixed')], [integers('i', [1, 2])]), 'ONNX_UNSUPPORTED_TYPE', 'mixed')
  await refuses(of([node('Reshape', ['x', 'shape'], ['y'], {}, '', 'big')], [integers('shape', [2n ** 62n, 4n])]), 'ONNX_SHAPE', 'big')
  await refuses(of([node('Expand', ['x', 'shape'], ['y'], {}, '', 'huge')], [integers('shape', [2n ** 62n, 2])]), 'ONNX_LIMIT', 'huge')
  await refuses(of([node('ConstantOfShape', ['shape'], ['h'], {}, '', 'filled'), node('ReduceSum', ['h'], ['s']), node('Add', ['x', 's'], ['y'])], [integers('shape', [2n ** 40n])]), 'ONNX_LIMIT', 'filled')
  await refuses(of([node('ConstantOfShape', ['shape'], ['h'], {}, '', 'negative'), node('Add', ['x', 'h'], ['y'])], [integers('shape', [-5])]), 'ONNX_SHAPE', 'negative')
})

test('a shape that is not a number at run time', async () => {
  const loaded = await loadModel(model(graph([node('Cast', ['x'], ['shape'], { to: INT64 }), node('ConstantOfShape', ['shape'], ['y'], {}, '', 'filled')], [x], ['y'])))
  const filled = 'node "filled" (ConstantOfShape)'
  for (const [feed, code, path] of [
    [[NaN, Infinity], 'ONNX_LIMIT', `${filled} [0,${2n ** 63n - 1n}]`], // no elements, but a dimension beyond any tensor's
    [[Infinity, 2], 'ONNX_LIMIT', `${filled} [${2n ** 63n - 1n},2]`],
    [[-1, 2], 'ONNX_RUN_SHAPE', `${filled} of [?,2]`],
    [[1e18, 1e18], 'ONNX_LIMIT', `${filled} [${BigInt(Math.fround(1e18))},`],
    [[2 ** 31, 2 ** 31], 'ONNX_LIMIT', `${filled} [${2 ** 31},${2 ** 31}]`],
  ]) {
    const error = await loaded.run({ x: Float32Array.from(feed) }).then((outputs) => outputs, (thrown) => thrown)
    assert.equal(error.code, code, `${feed}: ${error.message}`)
    assert.ok(error.message.startsWith(path), error.message)
  }
  assert.deepEqual((await loaded.run({ x: Float32Array.of(NaN, NaN) })).y.dims, [0, 0])
  assert.deepEqual((await loaded.run({ x: Float32Array.of(2, 3) })).y.dims, [2, 3])
  loaded.dispose()
})

test('a loop without end stops at the limit, and the model runs again', async () => {
  const body = graph(
    [node('Identity', ['condition'], ['again'], {}, '', 'spin'), node('Neg', ['v'], ['w']), node('Identity', ['w'], ['kept'])],
    [input('i', INT64, []), input('condition', BOOL, []), input('v', FLOAT, [1000])], ['again', 'w', 'kept'],
  )
  const long = input('x', FLOAT, [1000])
  const loop = model(graph([node('Loop', ['n', 'true', 'x'], ['y', 'all'], { body: { graph: body } }, '', 'turns')], [input('n', INT64, []), long], ['y', 'all'], [tensor('true', BOOL, [], Uint8Array.of(1))]))
  const budgeted = await loadModel(loop, { limits: { nodeRuns: 992 } })
  const few = (n) => budgeted.run({ n: BigInt64Array.of(n), x: new Float32Array(1000) })
  await assert.rejects(few(2n ** 62n), ({ code, message }) => code === 'ONNX_LIMIT' && message.startsWith('node "spin" (Identity): '))
  assert.deepEqual((await few(3n)).all.dims, [3, 1000])
  budgeted.dispose()
  const loaded = await loadModel(loop, { limits: { memoryBytes: 1_000_000 } })
  const run = (n) => loaded.run({ n: BigInt64Array.of(n), x: new Float32Array(1000).fill(1) })
  await assert.rejects(run(2n ** 62n), { code: 'ONNX_LIMIT', name: 'ModelError' })
  const { y, all } = await run(3n)
  assert.equal(y.data[0], -1)
  assert.deepEqual(all.dims, [3, 1000])
  loaded.dispose()
})

test('the message begins with the node, and with what is wrong there', async () => {
  const one = (each, initializers = [], port = x) => model(graph([each], [port], ['y'], initializers))
  for (const [bytes, code, path] of [
    [one(node('Neg', ['x'], ['y'], {}, '', 'minus'), [], input('x', FLOAT, [2n ** 63n - 1n])), 'ONNX_LIMIT', `node "minus" (Neg) [${2n ** 63n - 1n}]`],
    [one(node('Neg', ['x'], ['y'], {}, '', 'minus'), [], input('x', FLOAT, [2n ** 62n, 4])), 'ONNX_LIMIT', `node "minus" (Neg) [${2n ** 62n},4]`],
    [one(node('Neg', ['x'], ['y'], {}, '', 'minus'), [], input('x', FLOAT, [2n ** 63n])), 'ONNX_MALFORMED', ''],
    [one(node('Transpose', ['x'], ['y'], { perm: [0, 1, 2] }, '', 'turned')), 'ONNX_SHAPE', 'node "turned" (Transpose) axis: [2]'],
    [one(node('Add', ['x', 'i'], ['y'], {}, '', 'mixed'), [integers('i', [1, 2])]), 'ONNX_UNSUPPORTED_TYPE', 'node "mixed" (Add) int64'],
    [one(node('Add', ['x', 'weights'], ['y'], {}, '', 'sum')), 'ONNX_MALFORMED', 'node "sum" (Add) input "weights"'],
    [one(node('Add', ['x', 'y'], ['y'], {}, '', 'round')), 'ONNX_MALFORMED', 'cycle at node "round" (Add)'],
    [one(node('FusedMatMul', ['x', 'x'], ['y'], {}, 'com.microsoft', 'fused')), 'ONNX_UNSUPPORTED_OP', 'com.microsoft 1 node "fused" (FusedMatMul)'],
  ]) {
    const error = await loadModel(bytes).then((loaded) => loaded.dispose(), (thrown) => thrown)
    assert.equal(error?.code, code, error?.message)
    assert.ok(error.message.startsWith(path), error.message)
    await stillUsable()
  }
})

test('indices out of range and feeds that do not fit leave the model usable', async () => {
  const loaded = await loadModel(model(graph([node('Gather', ['x', 'i'], ['y'], {}, '', 'pick')], [x, input('i', INT64, ['n'])], ['y'])))
  const run = (index) => loaded.run({ x: Float32Array.of(5, 6), i: new Tensor('int64', BigInt64Array.of(index), [1]) })
  for (const index of [2n, -3n, 2n ** 63n - 1n, -(2n ** 63n)]) await assert.rejects(run(index), (error) => error.code === 'ONNX_INDEX' && error.message.includes('pick'))
  await assert.rejects(loaded.run({ x: Float32Array.of(5, 6), i: new Tensor('int64', new BigInt64Array(1), []) }), { code: 'ONNX_INPUT_SHAPE' })
  await assert.rejects(loaded.run({ x: new Tensor('float32', new Float32Array(3), [3]), i: BigInt64Array.of(0n) }), (error) => /^ONNX_INPUT_SHAPE$/.test(error.code))
  await assert.rejects(loaded.run({ x: new Tensor('int32', new Int32Array(2), [2]), i: new Tensor('int64', new BigInt64Array(1), [1]) }), { code: 'ONNX_INPUT_TYPE' })
  assert.deepEqual([...(await run(-1n)).y.data], [6])
  loaded.dispose()
})

test('nesting, nodes and memory have limits', async () => {
  let inner = graph([node('Identity', ['x'], ['o'])], [], ['o'])
  for (let depth = 0; depth < 20; depth += 1) inner = graph([node('If', ['c'], ['o'], { then_branch: { graph: inner }, else_branch: { graph: inner.length < 5000 ? inner : graph([node('Identity', ['x'], ['o'])], [], ['o']) } }, '', `deep${depth}`)], [], ['o'])
  await refuses(model(graph([node('If', ['c'], ['y'], { then_branch: { graph: inner }, else_branch: { graph: graph([node('Identity', ['x'], ['o'])], [], ['o']) } })], [input('c', BOOL, []), x], ['y'])), 'ONNX_LIMIT')
  const chain = Array.from({ length: 20 }, (_, i) => node('Neg', [i === 0 ? 'x' : `h${i}`], [i === 19 ? 'y' : `h${i + 1}`]))
  await refuses(model(graph(chain, [x], ['y'])), 'ONNX_LIMIT', undefined, { limits: { nodes: 10 } })
  await refuses(model(graph([node('Erf', ['x'], ['y'])], [input('x', FLOAT, [1000, 1000])], ['y'])), 'ONNX_LIMIT', undefined, { limits: { memoryBytes: 1_000_000 } })
})
