// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a run gives and takes where the model declares less than that, or something else.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { dist } from './support/package.mjs'
import { field, graph, input, message, model as onnx, node, tensor } from './support/onnx_writer.mjs'

const { Tensor, loadModel } = await import(dist('infer/index.js'))
const FLOAT = 1
const INT64 = 7
const STRING = 8
const floats = (dims, ...elements) => new Tensor('float32', Float32Array.from(elements), dims)
const shown = ({ dims, data }) => [[...dims], [...data]]

async function run(bytes, ...feeds) {
  const model = await loadModel(bytes)
  try {
    return feeds.map((feed) => shown(model.runSync(feed).y))
  } finally {
    model.dispose()
  }
}

test('an output has the shape of its run, also where an initializer was fed', async () => {
  const w = tensor('w', FLOAT, [2], Float32Array.of(10, 20))
  const sum = onnx(graph([node('Add', ['x', 'w'], ['y'])], [input('x', FLOAT, [1]), input('w', FLOAT, ['K'])], [input('y', FLOAT, ['K'])], [w]))
  const x = floats([1], 1)
  const six = floats([6], 1, 2, 3, 4, 5, 6)
  assert.deepEqual(await run(sum, { x }, { x, w: six }, { x, w: floats([1], 1) }, { x }), [
    [[2], [11, 21]], [[6], [2, 3, 4, 5, 6, 7]], [[1], [2]], [[2], [11, 21]],
  ])
  const shape = tensor('s', INT64, [2], BigInt64Array.of(2n, 2n))
  const reshape = onnx(graph([node('Reshape', ['x', 's'], ['y'])], [input('x', FLOAT, [4]), input('s', INT64, ['R'])], ['y'], [shape]))
  const four = floats([4], 1, 2, 3, 4)
  const s = (...dims) => new Tensor('int64', BigInt64Array.from(dims, BigInt), [dims.length])
  assert.deepEqual((await run(reshape, { x: four }, { x: four, s: s(4) }, { x: four, s: s(1, 2, 2) })).map(([dims]) => dims), [[2, 2], [4], [1, 2, 2]])
})

test('an output has the shape of its run, also where the model declares another', async () => {
  const branch = (name) => graph([node('Neg', ['x'], [name])], [], [input(name, FLOAT, [5000])])
  const both = onnx(graph([node('If', ['c'], ['y'], { then_branch: { graph: branch('t') }, else_branch: { graph: branch('e') } })],
    [input('c', 9, []), input('x', FLOAT, ['N'])], [input('y', FLOAT, [5000])]))
  const c = new Tensor('bool', Uint8Array.of(1), [])
  assert.deepEqual(await run(both, { c, x: floats([2], 1, 2) }), [[[2], [-1, -2]]])
  const places = onnx(graph([node('NonZero', ['x'], ['y'])], [input('x', FLOAT, [3])], [input('y', INT64, [1, 1])]))
  assert.deepEqual(await run(places, { x: floats([3], 1, 0, 2) }), [[[1, 2], [0n, 2n]]])
})

/** ValueInfoProto of a sequence (4) or an optional (9) of tensors. */
const listed = (name, type, kind = 4) => message(field(1, name), field(2, field(kind, field(1, field(1, field(1, type))))))

test('items of a sequence are of the declared type', async () => {
  const at = (value) => onnx(graph([node('Constant', [], ['i'], { value: { tensor: tensor('', INT64, [], BigInt64Array.of(0n)) } }), node('SequenceAt', ['q', 'i'], ['y'])], [value], ['y']))
  assert.deepEqual(await run(at(listed('q', FLOAT)), { q: [floats([2], 1, 2)] }, { q: [floats([1], 7)] }), [[[2], [1, 2]], [[1], [7]]])
  for (const type of [STRING, INT64]) {
    await assert.rejects(run(at(listed('q', type)), { q: [floats([1], 7)] }), { code: 'ONNX_INPUT_TYPE' })
  }
  const held = onnx(graph([node('OptionalGetElement', ['q'], ['y'])], [listed('q', FLOAT, 9)], ['y']), 18)
  assert.deepEqual(await run(held, { q: floats([1], 7) }), [[[1], [7]]])
  for (const q of [new Tensor('int64', BigInt64Array.of(1n), [1]), [floats([1], 7)]]) await assert.rejects(run(held, { q }), { code: 'ONNX_INPUT_TYPE' })
})

test('what an optional holds is of the declared kind', async () => {
  const type = field(1, field(1, FLOAT))
  const sequence = (of) => field(4, field(1, of))
  const optional = (of) => onnx(graph([node('OptionalHasElement', ['q'], ['y'])], [message(field(1, 'q'), field(2, field(9, field(1, of))))], ['y']), 18)
  const lists = optional(sequence(type))
  assert.deepEqual(await run(lists, { q: [floats([1], 7)] }, { q: [] }, { q: null }), [[[], [1]], [[], [1]], [[], [0]]])
  for (const q of [[[floats([1], 7)]], [[]], [null], floats([1], 7), new Map([[1n, 2]])]) await assert.rejects(run(lists, { q }), { code: 'ONNX_INPUT_TYPE' })
  const nested = optional(sequence(sequence(type)))
  assert.deepEqual(await run(nested, { q: [[floats([1], 7)]] }), [[[], [1]]])
  await assert.rejects(run(nested, { q: [floats([1], 7)] }), { code: 'ONNX_INPUT_TYPE' })
})

test('an output that a model names twice is one', async () => {
  const model = await loadModel(onnx(graph([node('Neg', ['x'], ['y']), node('Abs', ['x'], ['z'])], [input('x', FLOAT, [2])], ['y', 'z', 'y'])))
  assert.deepEqual(model.outputs.map(({ name }) => name), ['y', 'z'])
  const { y, z } = model.runSync({ x: floats([2], 1, -2) })
  assert.deepEqual([shown(y), shown(z)], [[[2], [-1, 2]], [[2], [1, 2]]])
  model.dispose()
})

test('memory that another can change, and text that has no UTF-8, are refused in sequences too', async () => {
  const first = (type) => onnx(graph([node('SequenceLength', ['q'], ['y'])], [listed('q', type)], ['y']))
  const shared = new Float32Array(new SharedArrayBuffer(8))
  const resizable = new Float32Array(new ArrayBuffer(8, { maxByteLength: 16 }))
  for (const data of [shared, resizable]) {
    await assert.rejects(run(first(FLOAT), { q: [{ type: 'float32', data, dims: [2] }] }), { code: 'ARGUMENT_INVALID' })
  }
  await assert.rejects(run(first(STRING), { q: [{ type: 'string', data: ['\ud800'], dims: [1] }] }), { code: 'ARGUMENT_INVALID' })
  assert.deepEqual(await run(first(STRING), { q: [{ type: 'string', data: ['ä\u{1f600}'], dims: [1] }] }), [[[], [1n]]])
})
