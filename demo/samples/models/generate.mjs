// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes the sample models and their reference outputs beside this file:
//
//   node demo/samples/models/generate.mjs
//
//   price_move.onnx    8-16-16-1 perceptron: market features in [-1, 1] → score in (0, 1)
//   chart_pattern.onnx small convolutional net: 16x16 picture of a chart → 4 probabilities
//   risk_forest.onnx   16 regression trees of depth 4 over the same features → one score
//   NAME.ref.json      inputs and the outputs that plain loops in double precision give
//
// The weights are seeded, not trained: the models show that a computation runs as written, not
// that it predicts anything.
import { writeFileSync } from 'node:fs'

// --- protobuf wire format: a field is [number, value]; strings and bytes are length-delimited

const varint = (value) => {
  const out = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest >= 128n; rest >>= 7n) out.push(Number(rest & 127n) | 128)
  out.push(Number(rest))
  return Buffer.from(out)
}
const field = (number, value) => {
  if (typeof value === 'number') return Buffer.concat([varint(number << 3), varint(value)])
  const bytes = Buffer.from(value)
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes])
}
const message = (...fields) => Buffer.concat(fields.map(([number, value]) => field(number, value)))

// --- the messages of onnx.proto3 that the samples need

const FLOAT = 1
const [INTEGER, REALS, INTEGERS, TEXTS] = [2, 6, 7, 8]
const tensor = (name, dims, values) =>
  message(...dims.map((dim) => [1, dim]), [2, FLOAT], [8, name],
    [9, Buffer.from(Float32Array.from(values).buffer)])
const integers = (name, values) => message([1, name], ...values.map((value) => [8, value]), [20, INTEGERS])
const reals = (name, values) => message([1, name], [7, Buffer.from(Float32Array.from(values).buffer)], [20, REALS])
const texts = (name, values) => message([1, name], ...values.map((value) => [9, value]), [20, TEXTS])
const integer = (name, value) => message([1, name], [3, value], [20, INTEGER])
const node = (op, inputs, outputs, attributes = [], domain = '') =>
  message(...inputs.map((name) => [1, name]), ...outputs.map((name) => [2, name]), [3, outputs[0]],
    [4, op], ...attributes.map((attribute) => [5, attribute]), ...(domain === '' ? [] : [[7, domain]]))
const port = (name, dims) => {
  const shape = message(...dims.map((dim) => [1, message(typeof dim === 'string' ? [2, dim] : [1, dim])]))
  return message([1, name], [2, message([1, message([1, FLOAT], [2, shape])])])
}
const model = ({ name, nodes, weights, inputs, outputs, domains = [] }) => {
  const graph = message(...nodes.map((bytes) => [1, bytes]), [2, name],
    ...weights.map(({ name: weight, dims, values }) => [5, tensor(weight, dims, values)]),
    ...inputs.map((bytes) => [11, bytes]), ...outputs.map((bytes) => [12, bytes]))
  return message([1, 8], [2, 'assay-samples'], [7, graph], [8, message([1, ''], [2, 17])],
    ...domains.map((domain) => [8, message([1, domain], [2, 3])]))
}

// --- seeded numbers

/** xorshift32, uniform in [-1, 1). */
const random = (seed) => {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 31 - 1
  }
}
/** Uniform weights of the variance 2 / fan-in, as float32. */
const weight = (next, name, dims, fanIn) => {
  const count = dims.reduce((a, b) => a * b, 1)
  const range = Math.sqrt(6 / fanIn)
  return { name, dims, values: Array.from({ length: count }, () => Math.fround(next() * range)) }
}

// --- plain loops in double precision

const dense = (x, { values, dims: [rows, columns] }, bias) =>
  Array.from({ length: columns }, (_, j) => {
    let sum = bias.values[j]
    for (let i = 0; i < rows; i++) sum += x[i] * values[i * columns + j]
    return sum
  })
const relu = (x) => x.map((value) => Math.max(value, 0))
const softmax = (x) => {
  const exps = x.map((value) => Math.exp(value - Math.max(...x)))
  const sum = exps.reduce((a, b) => a + b)
  return exps.map((value) => value / sum)
}
/** 3x3 convolution of a square picture with zero padding of 1. */
const convolve = (x, channels, size, { values, dims: [filters] }, bias) => {
  const out = []
  for (let f = 0; f < filters; f++) {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        let sum = bias.values[f]
        for (let c = 0; c < channels; c++) {
          for (let i = 0; i < 3; i++) {
            for (let j = 0; j < 3; j++) {
              const [y, z] = [row + i - 1, column + j - 1]
              if (y < 0 || z < 0 || y >= size || z >= size) continue
              sum += x[(c * size + y) * size + z] * values[((f * channels + c) * 3 + i) * 3 + j]
            }
          }
        }
        out.push(sum)
      }
    }
  }
  return out
}
const maxPool = (x, channels, size) => {
  const out = []
  const half = size / 2
  for (let c = 0; c < channels; c++) {
    for (let row = 0; row < half; row++) {
      for (let column = 0; column < half; column++) {
        const at = (i, j) => x[(c * size + 2 * row + i) * size + 2 * column + j]
        out.push(Math.max(at(0, 0), at(0, 1), at(1, 0), at(1, 1)))
      }
    }
  }
  return out
}
const means = (x, channels) => {
  const size = x.length / channels
  return Array.from({ length: channels }, (_, c) =>
    x.slice(c * size, (c + 1) * size).reduce((a, b) => a + b) / size)
}

// --- the models

const FEATURES = ['momentum_1h', 'momentum_24h', 'volatility', 'volume_change', 'order_imbalance',
  'funding_rate', 'spread', 'sentiment']

const priceMove = () => {
  const next = random(20261121)
  const layers = [[8, 16], [16, 16], [16, 1]].map(([from, to], i) =>
    [weight(next, `w${i}`, [from, to], from), weight(next, `b${i}`, [to], 16 * from)])
  const bytes = model({
    name: 'price_move',
    nodes: [
      node('Gemm', ['features', 'w0', 'b0'], ['hidden0']),
      node('Relu', ['hidden0'], ['active0']),
      node('Gemm', ['active0', 'w1', 'b1'], ['hidden1']),
      node('Relu', ['hidden1'], ['active1']),
      node('Gemm', ['active1', 'w2', 'b2'], ['logit']),
      node('Sigmoid', ['logit'], ['score']),
    ],
    weights: layers.flat(),
    inputs: [port('features', ['batch', 8])],
    outputs: [port('score', ['batch', 1])],
  })
  const run = (x) => {
    const hidden = relu(dense(relu(dense(x, ...layers[0])), ...layers[1]))
    return [1 / (1 + Math.exp(-dense(hidden, ...layers[2])[0]))]
  }
  return { name: 'price_move', bytes, run, input: 'features', output: 'score', labels: FEATURES,
    inputDims: [1, 8], outputDims: [1, 1] }
}

const chartPattern = () => {
  const next = random(16)
  const [size, first, second, classes] = [16, 8, 16, 4]
  const parts = [
    weight(next, 'conv0', [first, 1, 3, 3], 9), weight(next, 'bias0', [first], 9),
    weight(next, 'conv1', [second, first, 3, 3], 9 * first), weight(next, 'bias1', [second], 9 * first),
    weight(next, 'dense', [second, classes], 1), weight(next, 'offset', [classes], second),
  ]
  const kernel = [integers('kernel_shape', [3, 3]), integers('pads', [1, 1, 1, 1])]
  const pool = [integers('kernel_shape', [2, 2]), integers('strides', [2, 2])]
  const bytes = model({
    name: 'chart_pattern',
    nodes: [
      node('Conv', ['picture', 'conv0', 'bias0'], ['c0'], kernel),
      node('Relu', ['c0'], ['r0']),
      node('MaxPool', ['r0'], ['p0'], pool),
      node('Conv', ['p0', 'conv1', 'bias1'], ['c1'], kernel),
      node('Relu', ['c1'], ['r1']),
      node('MaxPool', ['r1'], ['p1'], pool),
      node('GlobalAveragePool', ['p1'], ['mean']),
      node('Flatten', ['mean'], ['flat']),
      node('Gemm', ['flat', 'dense', 'offset'], ['logits']),
      node('Softmax', ['logits'], ['probabilities']),
    ],
    weights: parts,
    inputs: [port('picture', [1, 1, size, size])],
    outputs: [port('probabilities', [1, classes])],
  })
  const run = (x) => {
    const one = maxPool(relu(convolve(x, 1, size, parts[0], parts[1])), first, size)
    const two = maxPool(relu(convolve(one, first, size / 2, parts[2], parts[3])), second, size / 2)
    return softmax(dense(means(two, second), parts[4], parts[5]))
  }
  return { name: 'chart_pattern', bytes, run, input: 'picture', output: 'probabilities',
    labels: ['rising', 'falling', 'range', 'breakout'], inputDims: [1, 1, size, size],
    outputDims: [1, classes] }
}

/** Complete trees: node n has the children 2n + 1 and 2n + 2; the last level holds the leaves. */
const riskForest = () => {
  const next = random(41)
  const [trees, depth, features] = [16, 4, FEATURES.length]
  const inner = 2 ** depth - 1
  const rows = []
  for (let tree = 0; tree < trees; tree++) {
    for (let id = 0; id < 2 * inner + 1; id++) {
      const isLeaf = id >= inner
      rows.push({ tree, id, isLeaf, feature: isLeaf ? 0 : Math.floor((next() + 1) / 2 * features),
        value: Math.fround(isLeaf ? 0 : next() / 2), weight: Math.fround(isLeaf ? next() / trees : 0) })
    }
  }
  const leaves = rows.filter(({ isLeaf }) => isLeaf)
  const of = (list, pick) => list.map(pick)
  const bytes = model({
    name: 'risk_forest',
    nodes: [node('TreeEnsembleRegressor', ['features'], ['risk'], [
      integer('n_targets', 1),
      integers('nodes_treeids', of(rows, ({ tree }) => tree)), integers('nodes_nodeids', of(rows, ({ id }) => id)),
      integers('nodes_featureids', of(rows, ({ feature }) => feature)), reals('nodes_values', of(rows, ({ value }) => value)),
      texts('nodes_modes', of(rows, ({ isLeaf }) => (isLeaf ? 'LEAF' : 'BRANCH_LEQ'))),
      integers('nodes_truenodeids', of(rows, ({ id, isLeaf }) => (isLeaf ? 0 : 2 * id + 1))),
      integers('nodes_falsenodeids', of(rows, ({ id, isLeaf }) => (isLeaf ? 0 : 2 * id + 2))),
      integers('target_treeids', of(leaves, ({ tree }) => tree)), integers('target_nodeids', of(leaves, ({ id }) => id)),
      integers('target_ids', of(leaves, () => 0)), reals('target_weights', of(leaves, ({ weight }) => weight)),
    ], 'ai.onnx.ml')],
    weights: [],
    inputs: [port('features', ['batch', features])],
    outputs: [port('risk', ['batch', 1])],
    domains: ['ai.onnx.ml'],
  })
  const run = (x) => {
    let sum = 0
    for (let tree = 0; tree < trees; tree++) {
      let id = 0
      for (let row; !(row = rows[tree * (2 * inner + 1) + id]).isLeaf;) id = x[row.feature] <= row.value ? 2 * id + 1 : 2 * id + 2
      sum += rows[tree * (2 * inner + 1) + id].weight
    }
    return [sum]
  }
  return { name: 'risk_forest', bytes, run, input: 'features', output: 'risk', labels: FEATURES,
    inputDims: [1, features], outputDims: [1, 1] }
}

for (const sample of [priceMove(), chartPattern(), riskForest()]) {
  const next = random(7)
  const count = sample.inputDims.reduce((a, b) => a * b)
  const inputs = [Array(count).fill(0),
    ...Array.from({ length: 3 }, () => Array.from({ length: count }, () => Math.fround(next())))]
  const reference = {
    model: `${sample.name}.onnx`,
    input: { name: sample.input, dims: sample.inputDims },
    output: { name: sample.output, dims: sample.outputDims },
    labels: sample.labels,
    cases: inputs.map((input) => ({ input, output: sample.run(input) })),
  }
  writeFileSync(new URL(`${sample.name}.onnx`, import.meta.url), sample.bytes)
  writeFileSync(new URL(`${sample.name}.ref.json`, import.meta.url), JSON.stringify(reference) + '\n')
}
