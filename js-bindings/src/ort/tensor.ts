// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// onnxruntime's Tensor over memory of the page.
import { UsageError } from '../errors/base.js'
import { ELEMENTS, Tensor as OwnTensor, copyDims, elementCount, isTensorType, lengthOf } from '../infer/tensor.js'
import { argumentInvalid, reading, typedArrayName } from '../loader/input.js'
import { fromImage, toDataUrl, toImageData } from './image.js'
import { unsupported } from './refuse.js'
import type { TensorType } from '../infer/tensor.js'
import type { DataLocation, FromImageOptions, TensorConstructor, ToImageOptions, TypeName } from './types.js'

/** The types that onnxruntime names. */
const TYPES = ['float32', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16', 'float64', 'uint32', 'uint64', 'uint4', 'int4'] as const

/** The type of a bare array. Several types share an array; these are onnxruntime's choices. */
const BY_ARRAY: { readonly [array: string]: TypeName } = {
  Float32Array: 'float32', Float64Array: 'float64', Float16Array: 'float16', Uint8Array: 'uint8', Uint8ClampedArray: 'uint8', Int8Array: 'int8',
  Uint16Array: 'uint16', Int16Array: 'int16', Int32Array: 'int32', Uint32Array: 'uint32', BigInt64Array: 'int64', BigUint64Array: 'uint64',
}

type Data = Exclude<OwnTensor['data'], readonly string[]> | readonly string[]
type Parts = { readonly type: TensorType; readonly data: Data; readonly location: DataLocation }

/** Elements from a list, as the array of the type. */
function fromList(type: TypeName, list: readonly unknown[]): Data {
  const all = (kind: string) => list.every((item) => typeof item === kind)
  if (type === 'string') {
    if (!all('string')) throw argumentInvalid('data', 'a string tensor holds strings')
    return list as readonly string[]
  }
  if (type === 'bool') {
    if (!all('boolean') && !Array.from(list).every((item) => item === 0 || item === 1)) throw argumentInvalid('data', 'a bool tensor holds booleans, or all of 0 and 1')
    return Uint8Array.from(list as (boolean | number)[], Number)
  }
  if (type === 'int64' || type === 'uint64') {
    if (!all('bigint') && !(all('number') && list.every(Number.isSafeInteger))) throw argumentInvalid('data', `${type} holds bigints or whole numbers`)
    return type === 'int64' ? BigInt64Array.from(list as number[], BigInt) : BigUint64Array.from(list as number[], BigInt)
  }
  if (!all('number')) throw argumentInvalid('data', `${type} holds numbers`)
  if (type === 'float16') {
    const half = (globalThis as { Float16Array?: { from(list: readonly unknown[]): { buffer: ArrayBuffer } } }).Float16Array
    if (half === undefined) throw unsupported("new Tensor('float16', numbers)", 'This engine has no Float16Array; pass a Uint16Array of bit patterns.')
    return new Uint16Array(half.from(list).buffer)
  }
  const info = ELEMENTS[type]
  const filled = info.view(new ArrayBuffer(list.length * info.bytes)) as Float32Array
  filled.set(list as number[])
  return filled
}

function elementsOf(type: TypeName, data: unknown): Data {
  if (Array.isArray(data)) {
    const list = fromList(type, Array.from(data as readonly unknown[]))
    return type === 'string' ? (data as readonly string[]) : list
  }
  const array = typedArrayName(data)
  if (array === 'Uint8ClampedArray' && type === 'uint8') {
    const { buffer, byteOffset, byteLength } = data as Uint8ClampedArray<ArrayBuffer>
    return new Uint8Array(buffer, byteOffset, byteLength)
  }
  // onnxruntime declares Int8Array for int4 and takes Uint8Array.
  if (type === 'int4' && array === 'Uint8Array') return data as Data
  if (array !== ELEMENTS[type].array && !(type === 'float16' && array === 'Float16Array')) throw argumentInvalid('data', `${type} needs ${ELEMENTS[type].array}`)
  return data as Data
}

function typeOf(data: unknown): TypeName {
  if (Array.isArray(data)) {
    if (typeof data[0] === 'string') return 'string'
    if (typeof data[0] === 'boolean') return 'bool'
    throw argumentInvalid('data', 'a list without a type must hold strings or booleans')
  }
  const type = BY_ARRAY[typedArrayName(data) ?? '']
  if (type === undefined) throw argumentInvalid('data', 'must be a typed array, strings or booleans')
  return type
}

function readArguments(first: unknown, second: unknown, third: unknown): Parts & { readonly dims: unknown } {
  if (typeof first === 'string') {
    const type = TYPES.find((name) => name === first)
    if (type === undefined) throw argumentInvalid('type', `no element type: ${first}`)
    return { type, data: elementsOf(type, second), dims: third, location: 'cpu' }
  }
  if (typeof first === 'object' && first !== null && Object.hasOwn(first, 'location')) {
    const { location, type, data, dims } = first as { [name: string]: unknown }
    if (location !== 'cpu-pinned') throw unsupported(`Tensor on ${String(location)}`)
    const { type: pinned, data: elements } = readArguments(type, data, dims)
    if (pinned === 'string') throw argumentInvalid('type', 'strings cannot be pinned')
    return { type: pinned, data: elements, dims, location }
  }
  const type = typeOf(first)
  return { type, data: elementsOf(type, first), dims: second, location: 'cpu' }
}

const isFourBits = (type: TensorType): boolean => type === 'int4' || type === 'uint4'

/** Bytes of an int4, one an element, as this package has them. */
function signed(data: Data): Data {
  if (typedArrayName(data) !== 'Uint8Array') return data
  const { buffer, byteOffset, byteLength } = data as Uint8Array<ArrayBuffer>
  return new Int8Array(buffer, byteOffset, byteLength)
}

class OrtTensor {
  readonly dims: readonly number[]
  readonly type: TensorType
  readonly size: number
  #data: Data | undefined
  #location: DataLocation

  constructor(first: unknown, second?: unknown, third?: unknown) {
    const { type, data, dims, location } = first instanceof OwnTensor ? { ...first, location: 'cpu' as const } : reading('data', () => readArguments(first, second, third))
    const length = reading('data', () => lengthOf(data, type) ?? lengthOf(data, 'uint8'))
    this.dims = dims === undefined ? [length as number] : reading('dims', () => copyDims(dims, 'dims'))
    this.size = elementCount(this.dims)
    // onnxruntime takes two elements of four bits in a byte, and leaves them so.
    const packed = isFourBits(type) && this.size !== length && typedArrayName(data) === 'Uint8Array' && Math.ceil(this.size / 2) === length
    if (this.size !== length && !packed) throw argumentInvalid('dims', `[${this.dims.join(', ')}] is ${this.size} elements, data has ${length}`)
    this.type = type
    this.#data = type === 'int4' && !packed ? signed(data) : data
    this.#location = location
  }

  get data(): Data {
    if (this.#data === undefined) throw argumentInvalid('data', 'the tensor was disposed')
    return this.#data
  }

  get location(): DataLocation {
    return this.#location
  }

  get texture(): never {
    throw unsupported('Tensor.texture')
  }

  get gpuBuffer(): never {
    throw unsupported('Tensor.gpuBuffer')
  }

  get mlTensor(): never {
    throw unsupported('Tensor.mlTensor')
  }

  async getData(releaseData?: boolean): Promise<Data> {
    const { data } = this
    if (releaseData === true) this.dispose()
    return data
  }

  dispose(): void {
    this.#data = undefined
    this.#location = 'none'
  }

  reshape(dims: readonly number[]): OrtTensor {
    return isFourBits(this.type) ? new OrtTensor(this.type, this.data, dims) : new OrtTensor(new OwnTensor(this.type, this.data as never, dims))
  }

  toDataURL(options?: ToImageOptions): string {
    return toDataUrl(this, options)
  }

  toImageData(options?: ToImageOptions): ImageData {
    return toImageData(this, options)
  }

  static async fromImage(image: ImageData | HTMLImageElement | ImageBitmap | string, options?: FromImageOptions): Promise<OrtTensor> {
    return new OrtTensor(await fromImage(image, options))
  }

  static fromPinnedBuffer(type: string, data: unknown, dims?: readonly number[]): OrtTensor {
    return new OrtTensor({ location: 'cpu-pinned', type, data, dims })
  }

  static fromTexture(): never {
    throw unsupported('Tensor.fromTexture')
  }

  static fromGpuBuffer(): never {
    throw unsupported('Tensor.fromGpuBuffer')
  }

  static fromMLTensor(): never {
    throw unsupported('Tensor.fromMLTensor')
  }
}

/** onnxruntime's constructor: its overloads are checked at run time, so that pages without TypeScript see the same. */
export const Tensor = OrtTensor as unknown as TensorConstructor

/** Whether a name is an element type that onnxruntime has too. */
export const isOrtType = (type: string): type is TypeName => isTensorType(type) && (TYPES as readonly string[]).includes(type)

/** A tensor that a run returned. */
export function wrap(tensor: OwnTensor): OrtTensor {
  return new OrtTensor(tensor)
}

/** @throws UsageError ARGUMENT_INVALID for an array that a run cannot fill. */
export function target(tensor: unknown, path: string): ArrayBufferView {
  const data = reading(path, () => ((tensor ?? {}) as { data?: unknown }).data)
  if (!ArrayBuffer.isView(data)) throw new UsageError('ARGUMENT_INVALID', `${path}: must be null or a tensor of numbers`, { path })
  return data
}
