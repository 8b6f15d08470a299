// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Values that are no plain numbers, as the bytes that cross to the module (core/infer_api/value_codec.hpp): sequences are
// arrays, an absent optional is null, maps are Map objects, and strings are strings.
import { ModelError, UsageError } from '../errors/base.js'
import { bytesOf, encodeText } from '../loader/input.js'
import { ELEMENTS, Tensor, copyDims, elementCount, fitDims, holds, isTensorType, readTexts, tensorTypeNumbered } from './tensor.js'
import type { TensorLike, TensorType } from './tensor.js'

/** What an input or output may be besides a tensor. Keys and values of a map are single elements. */
export type Value = Tensor | readonly Value[] | ReadonlyMap<string | bigint, string | number | bigint> | null

/** The same as it is fed: any object with type, data and dims is a tensor. */
export type ValueLike = TensorLike | readonly ValueLike[] | MapLike | null

/** A map, or its keys and values as tensors of one dimension. Numbers of a Map are float32, bigints int64. */
export type MapLike = ReadonlyMap<string | bigint, string | number | bigint> | { readonly keys: TensorLike; readonly values: TensorLike }

const KIND = { none: 0, tensor: 1, sequence: 2, map: 3 } as const
const MAX_DEPTH = 16
/** Bytes of one string. */
const MAX_STRING = 1 << 30

class Writer {
  readonly #parts: Uint8Array[] = []
  length = 0

  bytes(part: Uint8Array): void {
    this.#parts.push(part)
    this.length += part.byteLength
  }

  word(value: number): void {
    this.bytes(new Uint8Array(Uint32Array.of(value).buffer))
  }

  copyTo(target: Uint8Array): void {
    let at = 0
    for (const part of this.#parts) {
      target.set(part, at)
      at += part.byteLength
    }
  }
}

/** @returns the dimensions. */
function writeTensorBody(out: Writer, tensor: TensorLike, path: string): readonly number[] {
  const { type, data } = tensor
  const texts = type === 'string' ? readTexts(data) : undefined
  if (!isTensorType(type) || (type === 'string' ? texts === undefined : !holds(data, type))) {
    throw new UsageError('ONNX_INPUT_TYPE', `${path}: not a tensor of ${String(type)}`, { path })
  }
  const dims = copyDims(tensor.dims, `${path}.dims`)
  // A copy: reading what follows may run the caller's code.
  const bytes = texts === undefined ? bytesOf(data as Uint8Array, path).slice() : undefined
  const length = bytes === undefined ? texts!.length : bytes.byteLength / ELEMENTS[type].bytes
  if (elementCount(dims) !== length) throw new UsageError('ONNX_INPUT_SHAPE', `${path}: [${dims.join(', ')}] is not ${length} elements`, { path })
  out.bytes(Uint8Array.of(ELEMENTS[type].onnx, dims.length))
  for (const dim of dims) out.word(dim)
  if (bytes !== undefined) out.bytes(bytes)
  for (const text of texts ?? []) {
    const encoded = encodeText(text, path, MAX_STRING)
    out.word(encoded.byteLength)
    out.bytes(encoded)
  }
  return dims
}

/** The items of a map as a tensor of the type that they have. */
function column(items: readonly unknown[], path: string): TensorLike {
  const dims = [items.length]
  if (items.every((item) => typeof item === 'string')) return { type: 'string', data: items as readonly string[], dims }
  if (items.every((item) => typeof item === 'bigint')) return { type: 'int64', data: BigInt64Array.from(items as bigint[]), dims }
  if (items.every((item) => typeof item === 'number')) return { type: 'float32', data: Float32Array.from(items as number[]), dims }
  throw new UsageError('ONNX_INPUT_TYPE', `${path}: all strings, all bigints or all numbers`, { path })
}

function writeMap(out: Writer, keys: TensorLike, values: TensorLike, path: string): void {
  out.bytes(Uint8Array.of(KIND.map))
  out.word(2)
  let count: number | undefined
  for (const [name, part] of [['keys', keys], ['values', values]] as const) {
    out.bytes(Uint8Array.of(KIND.tensor))
    const dims = writeTensorBody(out, part, `${path}.${name}`)
    count ??= dims[0]
    if (dims.length !== 1 || dims[0] !== count) {
      throw new UsageError('ONNX_INPUT_SHAPE', `${path}.${name}: as many values as keys, in one dimension`, { path })
    }
  }
}

function writeValue(out: Writer, value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new UsageError('ONNX_INPUT_TYPE', `${path}: nested too deep`, { path })
  if (value === null) out.bytes(Uint8Array.of(KIND.none))
  else if (Array.isArray(value)) {
    const length = value.length
    out.bytes(Uint8Array.of(KIND.sequence))
    out.word(length)
    for (let i = 0; i < length; i += 1) writeValue(out, Object.hasOwn(value, i) ? value[i] : undefined, `${path}[${i}]`, depth + 1)
  } else if (value instanceof Map) {
    const keys: unknown[] = []
    const values: unknown[] = []
    Map.prototype.forEach.call(value, (item, key) => {
      keys.push(key)
      values.push(item)
    })
    writeMap(out, column(keys, `${path}.keys`), column(values, `${path}.values`), path)
  } else if (typeof value === 'object' && Object.hasOwn(value, 'keys')) {
    const { keys, values } = value as { keys: TensorLike | null; values?: TensorLike | null }
    if (typeof keys !== 'object' || keys === null || typeof values !== 'object' || values === null) {
      throw new UsageError('ONNX_INPUT_TYPE', `${path}: a map has keys and values`, { path })
    }
    writeMap(out, keys, values, path)
  } else if (typeof value === 'object') {
    out.bytes(Uint8Array.of(KIND.tensor))
    writeTensorBody(out, value as TensorLike, path)
  }
  else throw new UsageError('ONNX_INPUT_TYPE', `${path}: must be a tensor, an array, a map or null`, { path })
}

/** @throws UsageError ONNX_INPUT_TYPE, ONNX_INPUT_SHAPE for what is no value. */
export function encodeValue(value: unknown, path: string): { readonly length: number; copyTo(target: Uint8Array): void } {
  const out = new Writer()
  writeValue(out, value, path, 0)
  return out
}

class Reader {
  #at = 0
  readonly #bytes: Uint8Array<ArrayBuffer>
  readonly #view: DataView

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  byte(): number {
    return this.#view.getUint8(this.#at++)
  }

  word(): number {
    this.#at += 4
    return this.#view.getUint32(this.#at - 4, true)
  }

  take(length: number): Uint8Array<ArrayBuffer> {
    this.#at += length
    return this.#bytes.slice(this.#at - length, this.#at)
  }
}

function readTensor(reader: Reader): Tensor {
  const type: TensorType = tensorTypeNumbered(reader.byte())!
  const dims = Array.from({ length: reader.byte() }, () => reader.word())
  if (!fitDims(dims)) throw new ModelError('ONNX_LIMIT', 'An output has a dimension above 2^31 - 1.')
  const count = elementCount(dims)
  if (type !== 'string') return new Tensor(type, ELEMENTS[type].view(reader.take(count * ELEMENTS[type].bytes).buffer), dims)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return new Tensor(type, Array.from({ length: count }, () => decoder.decode(reader.take(reader.word()))), dims)
}

function readValue(reader: Reader): Value {
  const kind = reader.byte()
  if (kind === KIND.none) return null
  if (kind === KIND.tensor) return readTensor(reader)
  const items = Array.from({ length: reader.word() }, () => readValue(reader))
  if (kind === KIND.sequence) return items
  const [keys, values] = items as [Tensor, Tensor]
  return new Map(Array.from(keys.data as ArrayLike<string | bigint>, (key, index) => [key, values.data[index]!]))
}

/** @returns a value that the module wrote; null when it wrote nothing. */
export function decodeValue(bytes: Uint8Array<ArrayBuffer>): Value {
  return bytes.byteLength === 0 ? null : readValue(new Reader(bytes))
}
