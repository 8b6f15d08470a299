// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The built package behind the conformance harness: values are {type, dims, data} with ONNX's type names in
// lower case. ASSAY_PACKAGE: folder of another build of the package; ASSAY_VARIANT: simd, relaxed …
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'

const base = process.env.ASSAY_PACKAGE ? pathToFileURL(`${resolve(process.env.ASSAY_PACKAGE)}/`) : new URL('../../js-bindings/', import.meta.url)
const { loadModel, Tensor } = await import(new URL('dist/infer/index.js', base))
const variant = process.env.ASSAY_VARIANT

const TO = { float: 'float32', double: 'float64' }
const FROM = { float32: 'float', float64: 'double' }

/** A value that the package has no tensor for; the harness counts it as unsupported. */
class UnsupportedValue extends Error {
  code = 'ONNX_UNSUPPORTED_TYPE'
}

function toValue(value, wanted) {
  if (value.items !== undefined) return value.items.map((item) => toValue(item))
  if ('item' in value) return value.item === null ? null : toValue(value.item)
  // Corpora up to 1.17 record bfloat16 as the bits that it is.
  const type = wanted === 'bfloat16' && value.type === 'uint16' ? wanted : (TO[value.type] ?? value.type)
  if (type.startsWith('complex')) throw new UnsupportedValue(type)
  return new Tensor(type, value.data, value.dims)
}

function fromValue(value) {
  if (value === null) return { type: 'optional', item: null }
  if (Array.isArray(value)) return { type: 'sequence', items: value.map(fromValue) }
  const { type, dims, data } = value
  return { type: FROM[type] ?? type, dims: [...dims], data }
}

export const name = `assay-wasm${variant ? ` ${variant}` : ''}`

export async function load(bytes) {
  const model = await loadModel(bytes, variant ? { variant } : {})
  const types = new Map(model.inputs.map((input) => [input.name, input.type]))
  return {
    async run(feeds) {
      const wanted = Object.entries(feeds).filter(([input]) => types.has(input))
      const outputs = await model.run(Object.fromEntries(wanted.map(([input, value]) => [input, toValue(value, types.get(input))])))
      return Object.fromEntries(Object.entries(outputs).map(([output, value]) => [output, fromValue(value)]))
    },
    dispose: () => model.dispose(),
  }
}

export const isUnsupported = (error) => /^ONNX_(UNSUPPORTED|EXTERNAL)/.test(error?.code ?? '')
