// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Bounds that XNNPACK's wasm kernels apply: beside other operators, and to NaN, which they have to keep.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { dist } from './support/package.mjs'
import { graph, input, model as onnx, node, tensor } from './support/onnx_writer.mjs'

const { Tensor, isSupported, loadModel } = await import(dist('infer/index.js'))
const VARIANTS = ['simd', 'relaxed'].filter(isSupported)
const FLOAT = 1
const floats = (name, dims, ...elements) => tensor(name, FLOAT, dims, Float32Array.from(elements))
const filled = (name, dims, element) => floats(name, dims, ...Array(dims.reduce((a, b) => a * b, 1)).fill(element))

/** Runs nodes from "x" to "y" and gives the elements. */
async function run(variant, nodes, initializers, dims, elements) {
  const model = await loadModel(onnx(graph(nodes, [input('x', FLOAT, dims)], ['y'], initializers), 14), { variant })
  try {
    return [...model.runSync({ x: new Tensor('float32', Float32Array.from(elements), dims) }).y.data]
  } finally {
    model.dispose()
  }
}

for (const variant of VARIANTS) {
  test(`${variant}: bounds on one side of zero behind a window`, async () => {
    const dims = [1, 3, 8, 5]
    const elements = Array.from({ length: 120 }, (_, i) => (i % 7) - 3)
    const fronts = {
      conv: [node('Conv', ['x', 'w'], ['c'], { pads: [1, 1, 1, 1] }), filled('w', [4, 3, 3, 3], 0.25)],
      depthwise: [node('Conv', ['x', 'w'], ['c'], { group: 3, pads: [1, 1, 1, 1] }), filled('w', [3, 1, 3, 3], 0.25)],
      transposed: [node('ConvTranspose', ['x', 'w'], ['c'], { strides: [2, 2] }), filled('w', [3, 4, 2, 2], 0.25)],
      largest: [node('MaxPool', ['x'], ['c'], { kernel_shape: [2, 2] })],
      mean: [node('AveragePool', ['x'], ['c'], { kernel_shape: [2, 2] })],
    }
    for (const [name, [front, ...weights]] of Object.entries(fronts)) {
      const free = await run(variant, [front, node('Identity', ['c'], ['y'])], weights, dims, elements)
      for (const [low, high] of [[0.5, 1], [1e-7, 6], [-6, -0.5], [-1, 0], [1, 3e38]]) {
        const bounds = [floats('low', [], low), floats('high', [], high)]
        const got = await run(variant, [front, node('Clip', ['c', 'low', 'high'], ['y'])], [...weights, ...bounds], dims, elements)
        const want = free.map((value) => Math.min(Math.max(value, Math.fround(low)), Math.fround(high)))
        assert.deepEqual(got, want, `${name} in [${low}, ${high}]`)
      }
    }
  })

  test(`${variant}: NaN of an overflow passes bounds, in every lane`, async () => {
    const ten = floats('ten', [], 10)
    const none = [node('Mul', ['x', 'ten'], ['a']), node('Sub', ['a', 'a'], ['n'])] // infinite, then NaN
    const bounds = [floats('low', [], -1), floats('high', [], 1), floats('zero', [], 0)]
    const ends = {
      Relu: node('Relu', ['n'], ['y']),
      Clip: node('Clip', ['n', 'low', 'high'], ['y']),
      Max: node('Max', ['n', 'zero'], ['y']),
      Min: node('Min', ['zero', 'n'], ['y']),
      HardSwish: node('HardSwish', ['n'], ['y']),
      LeakyRelu: node('LeakyRelu', ['n'], ['y']),
    }
    const COUNT = 67 // whole steps of the kernels, and a rest
    for (const [name, end] of Object.entries(ends))
      for (const odd of [(i) => i % 2 === 0, (i) => i % 5 === 4, (i) => i === COUNT - 1]) {
        const x = Array.from({ length: COUNT }, (_, i) => (odd(i) ? 1e38 : 1))
        assert.deepEqual(await run(variant, [...none, end], [ten, ...bounds], [COUNT], x), x.map((_, i) => (odd(i) ? NaN : 0)), name)
      }
    const pool = [...none, node('MaxPool', ['n'], ['y'], { kernel_shape: [2, 2] })]
    assert.deepEqual(await run(variant, pool, [ten], [1, 1, 2, 4], [1, 1, 2, 2, 1, 1e38, 2, 2]), [NaN, NaN, 0])
  })

  test(`${variant}: NaN of a product passes its bounds`, async () => {
    const ten = floats('ten', [], 10)
    const bounds = [floats('low', [], 0.5), floats('high', [], 6)]
    const ends = [node('Relu', ['p'], ['y']), node('Clip', ['p', 'low', 'high'], ['y'])]
    const opposite = [1e38, -1e38, 10, 1] // times ten, of which the sum is NaN
    for (const end of ends) {
      for (const rows of [1, 2, 3, 4, 5, 6]) {
        const nodes = [node('Mul', ['x', 'ten'], ['a']), node('MatMul', ['a', 'w'], ['p']), end]
        const x = Array.from({ length: rows * 4 }, (_, i) => opposite[i % 4])
        assert.deepEqual(await run(variant, nodes, [ten, ...bounds, filled('w', [4, 21], 1)], [rows, 4], x), Array(rows * 21).fill(NaN), `${rows} rows`)
      }
      const windows = {
        Conv: [node('Conv', ['a', 'w'], ['p'], { pads: [1, 1, 1, 1] }), filled('w', [9, 4, 3, 3], 1)],
        depthwise: [node('Conv', ['a', 'w'], ['p'], { group: 4, pads: [1, 1, 1, 1] }), filled('w', [4, 1, 3, 3], 1)],
        ConvTranspose: [node('ConvTranspose', ['a', 'w'], ['p'], { strides: [2, 2] }), filled('w', [4, 5, 2, 2], 1)],
        AveragePool: [node('AveragePool', ['a'], ['p'], { kernel_shape: [2, 2] })],
      }
      for (const [name, [window, ...weights]] of Object.entries(windows)) {
        // Along rows for what sums channels, along columns for what does not: opposite infinities meet everywhere.
        const x = Array.from({ length: 4 * 8 * 6 }, (_, i) => ((Math.floor(i / 48) + (i % 6)) % 2 === 0 ? 1e38 : -1e38))
        const got = await run(variant, [node('Mul', ['x', 'ten'], ['a']), window, end], [ten, ...bounds, ...weights], [1, 4, 8, 6], x)
        assert.ok(got.length > 0 && got.every(Number.isNaN), `${name}: ${got.slice(0, 9)}`)
      }
    }
  })
}
