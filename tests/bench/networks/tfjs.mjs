// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A network for TensorFlow.js: its fused operators in order, as its own graph models run them.
import { buildNetwork } from './describe.mjs'

const ACTIVATION = { none: 'linear', relu: 'relu', relu6: 'relu6' }
const padding = (valid) => (valid ? 'valid' : 'same')

/** @param tf the library with its backend set. @returns `run()`, which gives the elements, and `dispose()`. */
export function tfjsNetwork(tf, name) {
  const steps = []
  const kept = []
  let shape
  const step = (work) => steps.push(work) - 1
  const keep = (tensor) => {
    kept.push(tf.keep(tensor))
    return tensor
  }
  const filter = ({ shape: [to, height, width, from], data }) => keep(tf.tidy(() => tf.transpose(tf.tensor4d(data, [to, height, width, from]), [1, 2, 3, 0])))
  const row = ({ data }) => keep(tf.tensor1d(data))
  const builder = {
    input: (dims) => {
      shape = dims
      return step((values, x) => x)
    },
    conv: (x, { weights, bias, stride, act, valid }) => {
      const [kernel, offset] = [filter(weights), row(bias)]
      return step((values) => tf.fused.conv2d({ x: values[x], filter: kernel, strides: stride, pad: padding(valid), bias: offset, activation: ACTIVATION[act] }))
    },
    depthwise: (x, { weights, bias, stride, act }) => {
      const kernel = keep(tf.tensor4d(weights.data, [3, 3, weights.shape[3], 1]))
      const offset = row(bias)
      return step((values) => tf.fused.depthwiseConv2d({ x: values[x], filter: kernel, strides: stride, pad: 'same', bias: offset, activation: ACTIVATION[act] }))
    },
    dense: (x, { weights, bias, act }) => {
      const matrix = keep(tf.tidy(() => tf.transpose(tf.tensor2d(weights.data, weights.shape))))
      const offset = row(bias)
      return step((values) => tf.fused.matMul({ a: values[x], b: matrix, bias: offset, activation: ACTIVATION[act] }))
    },
    add: (x, y, act) => step((values) => (act === 'relu' ? tf.relu(tf.add(values[x], values[y])) : tf.add(values[x], values[y]))),
    concat: (x, y) => step((values) => tf.concat([values[x], values[y]], -1)),
    maxPool: (x, { size, stride, valid }) => step((values) => tf.maxPool(values[x], size, stride, padding(valid))),
    globalMean: (x) => step((values) => tf.mean(values[x], [1, 2])),
    sigmoid: (x) => step((values) => tf.sigmoid(values[x])),
    softmax: (x) => step((values) => tf.softmax(values[x])),
    output: (x) => x,
  }
  const last = buildNetwork(name, builder)
  const data = Float32Array.from({ length: shape.reduce((product, side) => product * side, 1) }, (_, i) => Math.sin(i))
  return {
    run: async () => {
      const answer = tf.tidy(() => {
        const input = tf.tensor(data, shape)
        const values = []
        for (const work of steps) values.push(work(values, input))
        return values[last]
      })
      const elements = answer.dataSync()
      answer.dispose()
      return elements
    },
    dispose: () => kept.forEach((tensor) => tensor.dispose()),
  }
}
