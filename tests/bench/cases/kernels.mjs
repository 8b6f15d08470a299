// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Models of one operator, for the share of the machine's arithmetic that a kernel reaches: works `infer/kernel_*`, whose
// rows have GFLOP/s.

const varint = (value) => {
  const out = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128)
  return [...out, Number(rest)]
}
const join = (parts) => {
  const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
const number = (field, value) => Uint8Array.from([...varint(field * 8), ...varint(value)])
const bytes = (field, value) => join([Uint8Array.from([...varint(field * 8 + 2), ...varint(value.length)]), value])
const text = (field, value) => bytes(field, new TextEncoder().encode(value))

const ELEMENT = { float: 1, int8: 3, int32: 6 }
const ARRAY = { float: Float32Array, int8: Int8Array, int32: Int32Array }

const tensor = (name, type, dims, elements) =>
  join([...dims.map((dim) => number(1, dim)), number(2, ELEMENT[type]), text(8, name), bytes(9, new Uint8Array(elements.buffer))])
const port = (name, dims) => {
  const shape = join(dims.map((dim) => bytes(1, number(1, dim))))
  return join([text(1, name), bytes(2, bytes(1, join([number(1, ELEMENT.float), bytes(2, shape)])))])
}
const attribute = (name, value) =>
  Array.isArray(value)
    ? join([text(1, name), ...value.map((one) => number(8, one)), number(20, 7)])
    : join([text(1, name), number(3, value), number(20, 2)])
const node = ([op, inputs, outputs, attributes = {}]) =>
  join([
    ...inputs.map((name) => text(1, name)), ...outputs.map((name) => text(2, name)), text(4, op),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
  ])
const model = ({ nodes, inputs, outputs, constants = [] }) =>
  join([
    number(1, 8), bytes(8, number(2, 17)),
    bytes(7, join([
      ...nodes.map((one) => bytes(1, node(one))), text(2, 'kernel'), ...constants.map((one) => bytes(5, one)),
      ...Object.entries(inputs).map(([name, dims]) => bytes(11, port(name, dims))),
      ...Object.entries(outputs).map(([name, dims]) => bytes(12, port(name, dims))),
    ])),
  ])

const volume = (dims) => dims.reduce((product, dim) => product * dim, 1)
/** A constant of small numbers that repeat after 251 elements. */
const constant = (name, dims, type = 'float') =>
  tensor(name, type, dims, ARRAY[type].from({ length: volume(dims) }, (_, i) => (type === 'float' ? ((i % 251) - 125) / 1000 : (i % 251) - 125)))
const scalar = (name, value, type = 'float') => tensor(name, type, [], ARRAY[type].from([value]))

/** A convolution of 56x56 pixels between dequantised bytes. */
const byteNodes = (filter) => [
  ['QuantizeLinear', ['x', 's', 'z'], ['q']], ['DequantizeLinear', ['q', 's', 'z'], ['d']], ['DequantizeLinear', ['w', 'ws', 'wz'], ['f']],
  ['Conv', ['d', 'f'], ['c'], filter], ['QuantizeLinear', ['c', 'os', 'z'], ['r']], ['DequantizeLinear', ['r', 'os', 'z'], ['y']],
]
const PADS = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }
const IMAGE = [1, 64, 56, 56]
const HEADS = [1, 12, 128, 32]

const MADE = {
  kernel_gemm: () => ({
    inputs: { x: [256, 512] }, outputs: { y: [256, 512] }, nodes: [['MatMul', ['x', 'w'], ['y']]], constants: [constant('w', [512, 512])],
    flops: 2 * 256 * 512 * 512,
  }),
  kernel_conv3x3: () => ({
    inputs: { x: IMAGE }, outputs: { y: IMAGE }, nodes: [['Conv', ['x', 'w'], ['y'], PADS]], constants: [constant('w', [64, 64, 3, 3])],
    flops: 2 * volume(IMAGE) * 64 * 9,
  }),
  kernel_depthwise3x3: () => ({
    inputs: { x: IMAGE }, outputs: { y: IMAGE }, nodes: [['Conv', ['x', 'w'], ['y'], { ...PADS, group: 64 }]], constants: [constant('w', [64, 1, 3, 3])],
    flops: 2 * volume(IMAGE) * 9,
  }),
  kernel_qdq_conv3x3: () => ({
    inputs: { x: IMAGE }, outputs: { y: IMAGE }, nodes: byteNodes(PADS), flops: 2 * volume(IMAGE) * 64 * 9,
    constants: [constant('w', [64, 64, 3, 3], 'int8'), scalar('ws', 0.001), scalar('wz', 0, 'int8'), scalar('s', 1 / 127), scalar('os', 0.03), scalar('z', 0, 'int8')],
  }),
  kernel_attention: () => ({
    inputs: { q: HEADS, k: HEADS, v: HEADS }, outputs: { y: HEADS }, flops: 4 * volume(HEADS) * HEADS[2],
    nodes: [['Transpose', ['k'], ['t'], { perm: [0, 1, 3, 2] }], ['MatMul', ['q', 't'], ['p']], ['Mul', ['p', 'f'], ['s']], ['Softmax', ['s'], ['a'], { axis: -1 }], ['MatMul', ['a', 'v'], ['y']]],
    constants: [scalar('f', 0.1767767)],
  }),
}

export const KERNELS = Object.keys(MADE)
export const kernelBytes = (name) => model(MADE[name]())
/** As the entries of the models' manifest, and the operations of a run. */
export const kernelManifest = Object.fromEntries(
  KERNELS.map((name) => {
    const { inputs, flops } = MADE[name]()
    return [name, { flops, inputs: Object.entries(inputs).map(([input, shape], i) => ({ name: input, dtype: 'f', shape, lo: -1, hi: 1, seed: 77 + i })) }]
  }),
)
