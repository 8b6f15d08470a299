// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Tensors as plain data: element type, elements in row-major order, dimensions. inference.md §9.
import { UsageError } from '../errors/base.js'
import { byteLengthOf, typedArrayName, unreadable } from '../loader/input.js'

/** Elements of each type. Booleans are one byte; floats below 32 bits are bit patterns; 4- and 2-bit types take a byte each. */
export type TensorDataMap = {
  float32: Float32Array
  float64: Float64Array
  float16: Uint16Array
  int8: Int8Array
  int16: Int16Array
  int32: Int32Array
  int64: BigInt64Array
  uint8: Uint8Array
  uint16: Uint16Array
  uint32: Uint32Array
  uint64: BigUint64Array
  bool: Uint8Array
  string: readonly string[]
  bfloat16: Uint16Array
  float8e4m3fn: Uint8Array
  float8e4m3fnuz: Uint8Array
  float8e5m2: Uint8Array
  float8e5m2fnuz: Uint8Array
  float8e8m0: Uint8Array
  float4e2m1: Uint8Array
  uint4: Uint8Array
  int4: Int8Array
  uint2: Uint8Array
  int2: Int8Array
}

export type TensorType = keyof TensorDataMap

/** What is taken as a tensor: ours, or any object with the same three members. */
export type TensorLike = {
  readonly type: string
  readonly data: ArrayBufferView | readonly string[]
  readonly dims: readonly number[]
}

/** Rank above which no tensor is taken (inference.md §8). */
export const MAX_RANK = 8
const MAX_DIM = 2 ** 31 - 1

type ElementInfo = {
  /** Number of TensorProto.DataType in ONNX. */
  readonly onnx: number
  readonly array: string
  readonly bytes: number
  readonly view: (buffer: ArrayBuffer) => Exclude<TensorDataMap[TensorType], readonly string[]>
}

const bytesOf = (onnx: number): ElementInfo => ({ onnx, array: 'Uint8Array', bytes: 1, view: (buffer) => new Uint8Array(buffer) })
const signedBytesOf = (onnx: number): ElementInfo => ({ onnx, array: 'Int8Array', bytes: 1, view: (buffer) => new Int8Array(buffer) })

/** By element type. */
export const ELEMENTS: { readonly [type in TensorType]: ElementInfo } = {
  float32: { onnx: 1, array: 'Float32Array', bytes: 4, view: (buffer) => new Float32Array(buffer) },
  uint8: { onnx: 2, array: 'Uint8Array', bytes: 1, view: (buffer) => new Uint8Array(buffer) },
  int8: { onnx: 3, array: 'Int8Array', bytes: 1, view: (buffer) => new Int8Array(buffer) },
  uint16: { onnx: 4, array: 'Uint16Array', bytes: 2, view: (buffer) => new Uint16Array(buffer) },
  int16: { onnx: 5, array: 'Int16Array', bytes: 2, view: (buffer) => new Int16Array(buffer) },
  int32: { onnx: 6, array: 'Int32Array', bytes: 4, view: (buffer) => new Int32Array(buffer) },
  int64: { onnx: 7, array: 'BigInt64Array', bytes: 8, view: (buffer) => new BigInt64Array(buffer) },
  bool: { onnx: 9, array: 'Uint8Array', bytes: 1, view: (buffer) => new Uint8Array(buffer) },
  float16: { onnx: 10, array: 'Uint16Array', bytes: 2, view: (buffer) => new Uint16Array(buffer) },
  float64: { onnx: 11, array: 'Float64Array', bytes: 8, view: (buffer) => new Float64Array(buffer) },
  uint32: { onnx: 12, array: 'Uint32Array', bytes: 4, view: (buffer) => new Uint32Array(buffer) },
  uint64: { onnx: 13, array: 'BigUint64Array', bytes: 8, view: (buffer) => new BigUint64Array(buffer) },
  // Strings cross to the module as values, see value.ts.
  string: { onnx: 8, array: 'Array', bytes: 8, view: (buffer) => new Uint8Array(buffer) },
  bfloat16: { onnx: 16, array: 'Uint16Array', bytes: 2, view: (buffer) => new Uint16Array(buffer) },
  float8e4m3fn: bytesOf(17),
  float8e4m3fnuz: bytesOf(18),
  float8e5m2: bytesOf(19),
  float8e5m2fnuz: bytesOf(20),
  uint4: bytesOf(21),
  int4: signedBytesOf(22),
  float4e2m1: bytesOf(23),
  float8e8m0: bytesOf(24),
  uint2: bytesOf(25),
  int2: signedBytesOf(26),
}

/** @returns whether `name` is an element type of this version. */
export function isTensorType(name: unknown): name is TensorType {
  return typeof name === 'string' && Object.hasOwn(ELEMENTS, name)
}

/** @returns the element type with this ONNX number; undefined when there is none. */
export function tensorTypeNumbered(number: number): TensorType | undefined {
  for (const type of Object.keys(ELEMENTS) as TensorType[]) if (ELEMENTS[type].onnx === number) return type
  return undefined
}

/** Whether `data` is the array that holds elements of `type`; a Float16Array also holds float16. */
export function holds(data: unknown, type: TensorType): boolean {
  if (type === 'string') return readTexts(data) !== undefined
  const name = typedArrayName(data)
  return name === ELEMENTS[type].array || (type === 'float16' && name === 'Float16Array')
}

/** A copy of a list of strings, each read once; undefined for anything else, and with a hole in it. */
export function readTexts(data: unknown): string[] | undefined {
  if (!Array.isArray(data)) return undefined
  const length = data.length
  const texts: string[] = []
  for (let i = 0; i < length; i += 1) {
    const text: unknown = Object.hasOwn(data, i) ? data[i] : undefined
    if (typeof text !== 'string') return undefined
    texts.push(text)
  }
  return texts
}

/** A copy of dimensions, each read once. @throws UsageError ARGUMENT_INVALID */
export function copyDims(dims: unknown, path: string): number[] {
  if (!Array.isArray(dims)) throw new UsageError('ARGUMENT_INVALID', `${path}: must be an array`, { path })
  const rank = dims.length
  if (rank > MAX_RANK) throw new UsageError('ARGUMENT_INVALID', `${path}: rank ${rank}, at most ${MAX_RANK}`, { path })
  const copy: number[] = []
  for (let axis = 0; axis < rank; axis += 1) {
    const dim: unknown = Object.hasOwn(dims, axis) ? dims[axis] : undefined
    if (typeof dim !== 'number' || !Number.isInteger(dim) || dim < 0 || dim > MAX_DIM) {
      throw new UsageError('ARGUMENT_INVALID', `${path}: every dimension is a whole number from 0 to 2^31 - 1`, { path })
    }
    copy.push(dim)
  }
  return copy
}

/** @returns how many elements of `type` an array holds; undefined for another array. */
export function lengthOf(data: unknown, type: TensorType): number | undefined {
  if (type === 'string') return readTexts(data)?.length
  return holds(data, type) ? byteLengthOf(data as ArrayBufferView) / ELEMENTS[type].bytes : undefined
}

/** @returns the number of elements; not exact above 2^53, where it equals no length. */
export function elementCount(dims: readonly number[]): number {
  let count = 1
  for (const dim of dims) count *= dim
  return count
}

/** Whether JavaScript takes such dimensions; a tensor without elements may have larger ones. */
export const fitDims = (dims: readonly number[]): boolean => dims.every((dim) => dim <= MAX_DIM)

/** Elements of one type with their dimensions. */
export class Tensor<T extends TensorType = TensorType> {
  readonly type: T
  /** Row-major. Not copied: what is changed here before a run is what the run sees. */
  readonly data: TensorDataMap[T]
  readonly dims: readonly number[]

  /** @throws UsageError ARGUMENT_INVALID when the array is not of the type, or not as long as the dimensions say. */
  constructor(type: T, data: TensorDataMap[T], dims: readonly number[]) {
    if (!isTensorType(type)) throw new UsageError('ARGUMENT_INVALID', 'type: no element type', { path: 'type' })
    let path = 'data'
    try {
      const length = lengthOf(data, type)
      if (length === undefined) throw new UsageError('ARGUMENT_INVALID', `data: ${type} needs ${ELEMENTS[type].array}`, { path })
      path = 'dims'
      const copy = copyDims(dims, path)
      if (elementCount(copy) !== length) {
        throw new UsageError('ARGUMENT_INVALID', `dims: [${copy.join(', ')}] is ${elementCount(copy)} elements, data has ${length}`, { path })
      }
      this.type = type
      this.data = data
      this.dims = copy
    } catch (cause) {
      throw unreadable(path, cause)
    }
  }
}
