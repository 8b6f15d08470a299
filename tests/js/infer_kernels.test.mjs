// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Kernels that the modules have of their own or choose otherwise than XNNPACK does (core/cmake/third_party):
// depthwise windows of nine taps, tiles of every number of rows, large weights in blocks of columns.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { dist } from './support/package.mjs'
import { graph, input, model as onnx, node, tensor } from './support/onnx_writer.mjs'

const { Tensor, isSupported, loadModel } = await import(dist('infer/index.js'))
const VARIANTS = ['simd', 'relaxed'].filter(isSupported)
const FLOAT = 1

/** Numbers between -1 and 1 that repeat with no period of a tile. */
function numbers(count, seed) {
  let state = seed >>> 0
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) / 2 ** 23 - 1
  })
}

async function run(variant, nodes, initializers, dims, elements) {
  const model = await loadModel(onnx(graph(nodes, [input('x', FLOAT, dims)], ['y'], initializers), 14), { variant })
  try {
    return model.runSync({ x: new Tensor('float32', elements, dims) }).y
  } finally {
    model.dispose()
  }
}

function close(got, want, what) {
  assert.equal(got.length, want.length, what)
  for (let i = 0; i !== want.length; ++i) {
    if (!(Math.abs(got[i] - want[i]) <= 2e-5 * Math.max(1, Math.abs(want[i])))) assert.fail(`${what}: element ${i} is ${got[i]}, not ${want[i]}`)
  }
}

/** Conv with a group a channel, [1, C, H, W], summed in doubles. */
function depthwise(x, [channels, height, width], w, bias, { kernel, strides, dilations, pads }) {
  const [kh, kw] = kernel
  const out = (size, at, k) => Math.floor((size + pads[at] + pads[at + 2] - (dilations[at] * (k - 1) + 1)) / strides[at]) + 1
  const [oh, ow] = [out(height, 0, kh), out(width, 1, kw)]
  const y = new Float64Array(channels * oh * ow)
  for (let c = 0; c !== channels; ++c) {
    for (let at = 0; at !== oh * ow; ++at) {
      let sum = bias[c]
      for (let tap = 0; tap !== kh * kw; ++tap) {
        const row = Math.floor(at / ow) * strides[0] - pads[0] + Math.floor(tap / kw) * dilations[0]
        const column = (at % ow) * strides[1] - pads[1] + (tap % kw) * dilations[1]
        if (row >= 0 && row < height && column >= 0 && column < width) sum += x[(c * height + row) * width + column] * w[c * kh * kw + tap]
      }
      y[c * oh * ow + at] = sum
    }
  }
  return y
}

const WINDOWS = [
  { kernel: [3, 3], strides: [1, 1], dilations: [1, 1], pads: [1, 1, 1, 1] },
  { kernel: [3, 3], strides: [2, 2], dilations: [1, 1], pads: [0, 0, 1, 1] },
  { kernel: [3, 3], strides: [2, 1], dilations: [1, 1], pads: [2, 0, 0, 2] },
  { kernel: [3, 3], strides: [3, 3], dilations: [1, 1], pads: [0, 0, 0, 0] },
  { kernel: [3, 3], strides: [1, 1], dilations: [2, 2], pads: [2, 2, 2, 2] },
  { kernel: [3, 3], strides: [1, 2], dilations: [1, 2], pads: [1, 2, 1, 2] },
  { kernel: [2, 4], strides: [1, 1], dilations: [1, 1], pads: [0, 1, 1, 2] },
  { kernel: [1, 9], strides: [1, 1], dilations: [1, 1], pads: [0, 4, 0, 4] },
  { kernel: [9, 1], strides: [2, 1], dilations: [1, 1], pads: [4, 0, 4, 0] },
]

for (const variant of VARIANTS) {
  test(`${variant}: depthwise windows of nine taps, any channels and widths`, async () => {
    for (const [at, window] of WINDOWS.entries()) {
      for (const [channels, height, width] of [[1, 9, 9], [3, 10, 11], [4, 9, 75], [6, 12, 40], [8, 9, 33], [13, 11, 70], [32, 14, 14]]) {
        const [kh, kw] = window.kernel
        const [x, w, b] = [numbers(channels * height * width, at + 1), numbers(channels * kh * kw, at + 50), numbers(channels, at + 99)]
        const { kernel, strides, dilations, pads } = window
        const conv = (output) => node('Conv', ['x', 'w', 'b'], [output], { group: channels, kernel_shape: kernel, strides, dilations, pads })
        const weights = [tensor('w', FLOAT, [channels, 1, kh, kw], w), tensor('b', FLOAT, [channels], b)]
        const want = depthwise(x, [channels, height, width], w, b, window)
        const what = `${JSON.stringify(window)} of ${[channels, height, width]}`
        close((await run(variant, [conv('y')], weights, [1, channels, height, width], x)).data, want, what)
        const bounded = await run(variant, [conv('c'), node('Relu', ['c'], ['y'])], weights, [1, channels, height, width], x)
        close(bounded.data, want.map((sum) => Math.max(sum, 0)), `${what} with Relu`)
      }
    }
  })

  test(`${variant}: NaN in a depthwise window passes a bound and reaches no other output`, async () => {
    const x = numbers(5 * 6 * 40, 3)
    x[2 * 240 + 3 * 40 + 17] = NaN // channel 2, row 3, column 17
    const nodes = [node('Conv', ['x', 'w'], ['c'], { group: 5, pads: [1, 1, 1, 1] }), node('Relu', ['c'], ['y'])]
    const { data } = await run(variant, nodes, [tensor('w', FLOAT, [5, 1, 3, 3], numbers(45, 8))], [1, 5, 6, 40], x)
    const found = [...data].flatMap((value, i) => (Number.isNaN(value) ? [i] : []))
    const wanted = [2, 3, 4].flatMap((row) => [16, 17, 18].map((column) => 2 * 240 + row * 40 + column))
    assert.deepEqual(found, wanted)
  })

  test(`${variant}: products of every number of rows, small and large weights`, async () => {
    for (const [inner, columns] of [[7, 5], [64, 24], [300, 403], [512, 520]]) {
      const w = numbers(inner * columns, inner)
      const load = (nodes, dims, weightDims, weights) => loadModel(onnx(graph(nodes, [input('x', FLOAT, dims)], ['y'], [tensor('w', FLOAT, weightDims, weights)]), 14), { variant })
      const product = await load([node('MatMul', ['x', 'w'], ['y'])], ['rows', inner], [inner, columns], w)
      const image = await load([node('Conv', ['x', 'w'], ['y'])], [1, inner, 1, 'rows'], [columns, inner, 1, 1], transposed(w, inner, columns))
      for (const rows of [1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 18]) {
        const x = numbers(rows * inner, rows)
        const want = new Float64Array(rows * columns)
        for (let i = 0; i !== rows; ++i) {
          for (let k = 0; k !== inner; ++k) for (let j = 0; j !== columns; ++j) want[i * columns + j] += x[i * inner + k] * w[k * columns + j]
        }
        close(product.runSync({ x: new Tensor('float32', x, [rows, inner]) }).y.data, want, `${rows}x${inner}x${columns}`)
        const { data } = image.runSync({ x: new Tensor('float32', transposed(x, rows, inner), [1, inner, 1, rows]) }).y
        close(transposed(data, columns, rows), want, `convolution of ${rows}x${inner}x${columns}`)
      }
      product.dispose()
      image.dispose()
    }
  })
}

function transposed(matrix, rows, columns) {
  const out = new Float32Array(matrix.length)
  for (let i = 0; i !== rows; ++i) for (let j = 0; j !== columns; ++j) out[j * rows + i] = matrix[i * columns + j]
  return out
}
