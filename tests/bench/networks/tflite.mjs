// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A network as a .tflite file for LiteRT: schema.fbs of TensorFlow Lite, version 3, the tables that it needs.
import { Builder } from 'flatbuffers'

import { buildNetwork } from './describe.mjs'

/** BuiltinOperator, BuiltinOptions and the operator's version. */
const OPERATORS = {
  add: { code: 0, options: 11 }, concat: { code: 2, options: 10 }, conv: { code: 3, options: 1 }, depthwise: { code: 4, options: 2 },
  dense: { code: 9, options: 8 }, sigmoid: { code: 14, options: 0 }, maxPool: { code: 17, options: 5 }, softmax: { code: 25, options: 9 }, mean: { code: 40, options: 27 },
}
const FLOAT32 = 0
const INT32 = 2
const ACTIVATION = { none: 0, relu: 1, relu6: 3 }
const byte = (value) => ({ add: (b, field) => b.addFieldInt8(field, value, -1) })
const int = (value) => ({ add: (b, field) => b.addFieldInt32(field, value, -1) })
const real = (value) => ({ add: (b, field) => b.addFieldFloat32(field, value, -1) })

const sides = (size, { window, stride, valid }) => (valid ? Math.floor((size - window) / stride) + 1 : Math.ceil(size / stride))

/** Collects tensors and operators. */
function collector() {
  const tensors = []
  const operators = []
  const tensor = (shape, data, type = FLOAT32) => tensors.push({ shape, data, type }) - 1
  const put = (kind, inputs, shape, options = []) => {
    const output = tensor(shape)
    operators.push({ kind, inputs, output, options })
    return output
  }
  const constant = ({ shape, data }) => tensor(shape, data)
  const image = (x, window, to) => {
    const [batch, height, width, channels] = tensors[x].shape
    return [batch, sides(height, window), sides(width, window), to ?? channels]
  }
  const graph = { tensors, operators }
  const builder = {
    input: (shape) => (graph.input = tensor(shape)),
    conv: (x, { weights, bias, stride, act, valid }) =>
      put('conv', [x, constant(weights), constant(bias)], image(x, { window: weights.shape[1], stride, valid }, weights.shape[0]),
        [byte(valid ? 1 : 0), int(stride), int(stride), byte(ACTIVATION[act]), int(1), int(1)]),
    depthwise: (x, { weights, bias, stride, act }) =>
      put('depthwise', [x, constant(weights), constant(bias)], image(x, { window: 3, stride, valid: false }),
        [byte(0), int(stride), int(stride), int(1), byte(ACTIVATION[act]), int(1), int(1)]),
    dense: (x, { weights, bias, act }) => put('dense', [x, constant(weights), constant(bias)], [tensors[x].shape[0], weights.shape[0]], [byte(ACTIVATION[act])]),
    add: (x, y, act) => put('add', [x, y], tensors[x].shape, [byte(ACTIVATION[act])]),
    concat: (x, y) => put('concat', [x, y], [...tensors[x].shape.slice(0, 3), tensors[x].shape[3] + tensors[y].shape[3]], [int(3), byte(0)]),
    maxPool: (x, { size, stride, valid }) =>
      put('maxPool', [x], image(x, { window: size, stride, valid }), [byte(valid ? 1 : 0), int(stride), int(stride), int(size), int(size), byte(0)]),
    globalMean: (x) => put('mean', [x, tensor([2], Int32Array.of(1, 2), INT32)], [tensors[x].shape[0], tensors[x].shape[3]], [byte(0)]),
    sigmoid: (x) => put('sigmoid', [x], tensors[x].shape),
    softmax: (x) => put('softmax', [x], tensors[x].shape, [real(1)]),
    output: (x) => (graph.output = x),
  }
  return { builder, graph }
}

/** @returns the bytes of the file. */
export function tfliteNetwork(name) {
  const { builder, graph } = collector()
  buildNetwork(name, builder)
  const b = new Builder(1 << 20)
  const vector = (items, size, add) => {
    b.startVector(size, items.length, size)
    for (let i = items.length - 1; i >= 0; i -= 1) add(items[i])
    return b.endVector()
  }
  const offsets = (items) => vector(items, 4, (item) => b.addOffset(item))
  const ints = (items) => vector(items, 4, (item) => b.addInt32(item))
  const table = (fields, fill) => {
    b.startObject(fields)
    fill()
    return b.endObject()
  }
  const bytes = (data) => {
    const raw = new Uint8Array(data.buffer)
    b.startVector(1, raw.length, 16)
    const start = (b.space -= raw.length)
    b.bb.bytes().set(raw, start)
    return b.endVector()
  }
  // Buffer 0 is the empty one; every constant has its own.
  const held = graph.tensors.filter(({ data }) => data !== undefined)
  const buffers = offsets([undefined, ...held].map((tensor) => {
    const content = tensor && bytes(tensor.data)
    return table(1, () => content && b.addFieldOffset(0, content, 0))
  }))
  const tensors = offsets(graph.tensors.map((tensor, i) => {
    const shape = ints(tensor.shape)
    const label = b.createString(`t${i}`)
    return table(4, () => {
      b.addFieldOffset(0, shape, 0)
      b.addFieldInt8(1, tensor.type, 0)
      b.addFieldInt32(2, held.indexOf(tensor) + 1, 0)
      b.addFieldOffset(3, label, 0)
    })
  }))
  const kinds = [...new Set(graph.operators.map(({ kind }) => kind))]
  const operators = offsets(graph.operators.map(({ kind, inputs, output, options }) => {
    const [from, to] = [ints(inputs), ints([output])]
    const written = options.length > 0 && table(options.length, () => options.forEach((option, field) => option.add(b, field)))
    return table(5, () => {
      b.addFieldInt32(0, kinds.indexOf(kind), 0)
      b.addFieldOffset(1, from, 0)
      b.addFieldOffset(2, to, 0)
      if (written) {
        b.addFieldInt8(3, OPERATORS[kind].options, 0)
        b.addFieldOffset(4, written, 0)
      }
    })
  }))
  const [inputs, outputs, label] = [ints([graph.input]), ints([graph.output]), b.createString('main')]
  const subgraph = table(5, () => [tensors, inputs, outputs, operators, label].forEach((part, field) => b.addFieldOffset(field, part, 0)))
  const codes = offsets(kinds.map((kind) => table(4, () => {
    b.addFieldInt8(0, OPERATORS[kind].code, -1)
    b.addFieldInt32(2, 1, 0)
    b.addFieldInt32(3, OPERATORS[kind].code, -1)
  })))
  const subgraphs = offsets([subgraph])
  const description = b.createString(name)
  b.finish(table(5, () => {
    b.addFieldInt32(0, 3, 0)
    ;[codes, subgraphs, description, buffers].forEach((part, i) => b.addFieldOffset(i + 1, part, 0))
  }), 'TFL3')
  return b.asUint8Array()
}
