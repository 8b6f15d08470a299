// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Operators through the package: weights of few bits, sizes beyond 32 bits, products of nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { dist } from './support/package.mjs'
import { using_ } from './support/models.mjs'
import { graph, input, model as onnx, node, tensor } from './support/onnx_writer.mjs'

const { Tensor, loadModel } = await import(dist('infer/index.js'))

/** Bits of float16 of numbers that it holds: normal ones, not negative zero. */
const half = (value) => {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0]
  return value === 0 ? 0 : ((bits >>> 16) & 0x8000) | (((bits >>> 23) & 0xff) - 112) << 10 | ((bits >>> 13) & 0x3ff)
}

test('a model of float16 weights, inputs and outputs', async () => {
  const FLOAT16 = 10
  const weights = tensor('w', FLOAT16, [2, 3], Uint16Array.from([1, -2, 0.5, 4, 0.25, -1].map(half)))
  using_(await loadModel(onnx(graph([node('MatMul', ['x', 'w'], ['y'])], [input('x', FLOAT16, ['n', 2])], [input('y', FLOAT16, ['n', 3])], [weights])), { variant: 'simd' }), (model) => {
    assert.deepEqual(model.inputs, [{ name: 'x', type: 'float16', dims: ['n', 2] }])
    assert.deepEqual(model.outputs, [{ name: 'y', type: 'float16', dims: ['n', 3] }])
    const { y } = model.runSync({ x: new Tensor('float16', Uint16Array.from([1, 2, -3, 0.5].map(half)), [2, 2]) })
    assert.deepEqual([y.type, y.dims, [...y.data]], ['float16', [2, 3], [9, -1.5, -1.5, -1, 6.125, -2].map(half)])
  })
})

test('MatMulNBits: weights of four bits', async () => {
  const UINT8 = 2
  const product = (attributes = {}) => onnx(graph(
    [node('MatMulNBits', ['x', 'w', 's'], ['y'], { K: 16, N: 2, bits: 4, block_size: 16, ...attributes }, 'com.microsoft', 'few bits')],
    [input('x', 1, [1, 16])], ['y'], [tensor('w', UINT8, [2, 1, 8], new Uint8Array(16).fill(0x98, 0, 8).fill(0x07, 8)), tensor('s', 1, [2, 1], Float32Array.of(0.5, 2))],
  ))
  using_(await loadModel(product(), { variant: 'simd' }), (model) => {
    // Eight is zero: columns of 0, 1, 0, 1 … and −1, −8, −1, −8 …
    assert.deepEqual([...model.runSync({ x: Float32Array.from({ length: 16 }, (_, i) => i) }).y.data], [32, -1136])
  })
  await assert.rejects(loadModel(product({ bits: 3 })), (error) => error.code === 'ONNX_UNSUPPORTED_ATTRIBUTE' && error.message.includes('few bits'))
})

test('MatMulNBits: a block beyond 32 bits is not taken for an empty one', async () => {
  const attributes = { K: 16, N: 2, bits: 4, block_size: 2n ** 31n }
  const bytes = onnx(graph([node('MatMulNBits', ['x', 'w', 's'], ['y'], attributes, 'com.microsoft', 'few bits')],
    [input('x', 1, [1, 16])], ['y'], [tensor('w', 2, [2, 1, 0], new Uint8Array()), tensor('s', 1, [2, 1], Float32Array.of(0.5, 2))]))
  await assert.rejects(loadModel(bytes, { variant: 'simd' }), (error) => error.code === 'ONNX_SHAPE' && error.message.includes('few bits'))
})

test('MatMulNBits: what grows beyond 32 bits is refused', async () => {
  const depth = 2 ** 27 + 1 // odd: a scale for each row
  const attributes = { K: depth, N: 1, bits: 2, block_size: 2 ** 28 }
  const bytes = onnx(graph(
    [node('ConstantOfShape', ['d'], ['w'], { value: { tensor: tensor('v', 2, [1], Uint8Array.of(0)) } }), node('MatMulNBits', ['x', 'w', 's'], ['y'], attributes, 'com.microsoft', 'few bits')],
    [input('x', 1, ['n', depth])], ['y'], [tensor('d', 7, [3], BigInt64Array.of(1n, 1n, 2n ** 26n)), tensor('s', 1, [1], Float32Array.of(1))],
  ))
  const load = async () => using_(await loadModel(bytes, { variant: 'simd' }), (model) => model.runSync({ x: new Tensor('float32', new Float32Array(), [0, depth]) }))
  await assert.rejects(load(), (error) => error.code === 'ONNX_LIMIT' && error.message.includes('few bits'))
})

test('Resize that grows before it shrinks', async () => {
  const LONG = 65536
  const bytes = onnx(graph([node('Resize', ['x', '', '', 'sizes'], ['y'], { mode: 'nearest' })],
    [input('x', 1, [1, LONG])], ['y'], [tensor('sizes', 7, [2], BigInt64Array.of(BigInt(LONG), 1n))]))
  using_(await loadModel(bytes, { variant: 'simd' }), (model) => {
    const { y } = model.runSync({ x: new Float32Array(LONG).fill(3) })
    assert.deepEqual([y.dims, y.data[0], y.data.at(-1)], [[LONG, 1], 3, 3])
  })
})

test('a dynamically quantised product of no depth', async () => {
  const [UINT8, INT8] = [2, 3]
  const bytes = onnx(graph(
    [
      node('MatMulInteger', ['x', 'w', 'z'], ['i']), node('Cast', ['i'], ['f'], { to: 1 }),
      node('Mul', ['xs', 'ws'], ['s']), node('Mul', ['f', 's'], ['y']),
    ],
    [input('x', UINT8, ['n', 0]), input('xs', 1, [])], ['y'],
    [tensor('w', INT8, [0, 3], new Int8Array()), tensor('z', UINT8, [], Uint8Array.of(3)), tensor('ws', 1, [], Float32Array.of(2))],
  ))
  using_(await loadModel(bytes, { variant: 'simd' }), (model) => {
    const { y } = model.runSync({ x: new Tensor('uint8', new Uint8Array(), [2, 0]), xs: new Tensor('float32', Float32Array.of(1), []) })
    assert.deepEqual([y.dims, [...y.data]], [[2, 3], [0, 0, 0, 0, 0, 0]])
  })
})
