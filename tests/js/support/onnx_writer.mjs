// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes ONNX models for tests: the fields of onnx.proto3 that tests need, and nothing checked.
const utf8 = new TextEncoder()

function varint(value) {
  const bytes = []
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)]
    bytes.push(Number(rest & 127n) | 128)
  }
}

/** One field: a number as varint, text and bytes with their length. */
export function field(number, value) {
  if (typeof value === 'number' || typeof value === 'bigint') return Uint8Array.from([...varint(number << 3), ...varint(value)])
  const bytes = typeof value === 'string' ? utf8.encode(value) : value
  return Uint8Array.from([...varint((number << 3) | 2), ...varint(bytes.length), ...bytes])
}

export const message = (...fields) => Uint8Array.from(fields.flatMap((each) => [...each]))

const fixed32 = (number, value) => Uint8Array.from([...varint((number << 3) | 5), ...new Uint8Array(Float32Array.of(value).buffer)])

/** AttributeProto of a number (int), { real }, text, { graph }, { tensor }, or a list of texts or numbers. */
function attribute([name, value]) {
  const of = (type, ...fields) => message(field(1, name), ...fields, field(20, type))
  if (typeof value === 'number' || typeof value === 'bigint') return of(2, field(3, value))
  if (typeof value === 'string') return of(3, field(4, value))
  if (value.real !== undefined) return of(1, fixed32(2, value.real))
  if (value.tensor !== undefined) return of(4, field(5, value.tensor))
  if (value.graph !== undefined) return of(5, field(6, value.graph))
  if (typeof value[0] === 'string') return of(8, ...value.map((text) => field(9, text)))
  return of(7, ...value.map((integer) => field(8, integer)))
}

export const node = (op, inputs, outputs, attributes = {}, domain = '', name = '') =>
  message(
    ...inputs.map((each) => field(1, each)), ...outputs.map((each) => field(2, each)), field(3, name), field(4, op),
    ...Object.entries(attributes).map((each) => field(5, attribute(each))), field(7, domain),
  )

/** ValueInfoProto; a dimension is a number or a symbol. */
export const input = (name, type, dims) =>
  message(
    field(1, name),
    field(2, field(1, message(field(1, type), field(2, message(...dims.map((dim) => field(1, typeof dim === 'string' ? field(2, dim) : field(1, dim)))))))),
  )

/** TensorProto with raw_data. */
export const tensor = (name, type, dims, elements) =>
  message(...dims.map((dim) => field(1, dim)), field(2, type), field(8, name), field(9, new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength)))

export const graph = (nodes, inputs, outputs, initializers = []) =>
  message(
    ...nodes.map((each) => field(1, each)), field(2, 'graph'), ...initializers.map((each) => field(5, each)), ...inputs.map((each) => field(11, each)),
    ...outputs.map((each) => field(12, typeof each === 'string' ? field(1, each) : each)),
  )

/** ModelProto of a graph, with all operator sets. */
export const model = (graphBytes, opset = 17) =>
  message(field(1, 8), field(7, graphBytes), ...Object.entries({ '': opset, 'ai.onnx.ml': 3, 'com.microsoft': 1 }).map(([domain, version]) => field(8, message(field(1, domain), field(2, version)))))
