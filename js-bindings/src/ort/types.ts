// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The types of onnxruntime-common 1.30, as far as a page names them. What a façade over WebAssembly cannot have is `never`.

export type ElementTypes = {
  float32: Float32Array
  uint8: Uint8Array
  int8: Int8Array
  uint16: Uint16Array
  int16: Int16Array
  int32: Int32Array
  int64: BigInt64Array
  string: string[]
  bool: Uint8Array
  float16: Uint16Array
  float64: Float64Array
  uint32: Uint32Array
  uint64: BigUint64Array
  uint4: Uint8Array
  int4: Int8Array
}
export type ElementValues = {
  [T in keyof ElementTypes]: T extends 'string' ? string : T extends 'bool' ? boolean : T extends 'int64' | 'uint64' ? bigint : number
}
export type TypeName = keyof ElementTypes
export type DataLocation = 'none' | 'cpu' | 'cpu-pinned' | 'texture' | 'gpu-buffer' | 'ml-tensor'

export type ImageFormat = 'RGB' | 'RGBA' | 'BGR' | 'RBG'
export type ImageTensorLayout = 'NHWC' | 'NCHW'
type PerChannel = number | [number, number, number] | [number, number, number, number]
export type ToImageOptions = { tensorLayout?: ImageTensorLayout; format?: ImageFormat; norm?: { bias?: PerChannel; mean?: PerChannel } }
export type FromImageOptions = {
  height?: number
  width?: number
  resizedHeight?: number
  resizedWidth?: number
  tensorFormat?: ImageFormat
  tensorLayout?: ImageTensorLayout
  dataType?: 'float32' | 'uint8'
  norm?: { bias?: PerChannel; mean?: PerChannel }
}

export type TypedTensor<T extends TypeName> = {
  readonly dims: readonly number[]
  readonly type: T
  /** @throws UsageError ARGUMENT_INVALID after `dispose` */
  readonly data: ElementTypes[T]
  readonly location: DataLocation
  /** @throws UsageError ORT_UNSUPPORTED, as the two below */
  readonly texture: never
  readonly gpuBuffer: never
  readonly mlTensor: never
  readonly size: number
  getData(releaseData?: boolean): Promise<ElementTypes[T]>
  dispose(): void
  reshape(dims: readonly number[]): TypedTensor<T>
  toDataURL(options?: ToImageOptions): string
  toImageData(options?: ToImageOptions): ImageData
}

export type TensorConstructor = {
  new (type: 'string', data: readonly string[], dims?: readonly number[]): TypedTensor<'string'>
  new (type: 'bool', data: Uint8Array | readonly boolean[], dims?: readonly number[]): TypedTensor<'bool'>
  new (type: 'uint8', data: Uint8ClampedArray, dims?: readonly number[]): TypedTensor<'uint8'>
  new <T extends 'uint64' | 'int64'>(type: T, data: ElementTypes[T] | readonly bigint[] | readonly number[], dims?: readonly number[]): TypedTensor<T>
  new <T extends Exclude<TypeName, 'string' | 'bool' | 'uint64' | 'int64'>>(type: T, data: ElementTypes[T] | readonly number[], dims?: readonly number[]): TypedTensor<T>
  new (data: Float32Array, dims?: readonly number[]): TypedTensor<'float32'>
  new (data: Int8Array, dims?: readonly number[]): TypedTensor<'int8'>
  new (data: Uint8Array, dims?: readonly number[]): TypedTensor<'uint8'>
  new (data: Uint8ClampedArray, dims?: readonly number[]): TypedTensor<'uint8'>
  new (data: Uint16Array, dims?: readonly number[]): TypedTensor<'uint16'>
  new (data: Int16Array, dims?: readonly number[]): TypedTensor<'int16'>
  new (data: Int32Array, dims?: readonly number[]): TypedTensor<'int32'>
  new (data: BigInt64Array, dims?: readonly number[]): TypedTensor<'int64'>
  new (data: readonly string[], dims?: readonly number[]): TypedTensor<'string'>
  new (data: readonly boolean[], dims?: readonly number[]): TypedTensor<'bool'>
  new (data: Float64Array, dims?: readonly number[]): TypedTensor<'float64'>
  new (data: Uint32Array, dims?: readonly number[]): TypedTensor<'uint32'>
  new (data: BigUint64Array, dims?: readonly number[]): TypedTensor<'uint64'>
  new (
    type: TypeName,
    data: ElementTypes[TypeName] | readonly number[] | readonly string[] | readonly bigint[] | readonly boolean[],
    dims?: readonly number[],
  ): TypedTensor<TypeName>
  new (data: ElementTypes[TypeName], dims?: readonly number[]): TypedTensor<TypeName>
  /** An ImageData, an ImageBitmap, an image element, or an address that is fetched. */
  fromImage(image: ImageData | HTMLImageElement | ImageBitmap | string, options?: FromImageOptions): Promise<TypedTensor<'float32'> | TypedTensor<'uint8'>>
  fromPinnedBuffer<T extends Exclude<TypeName, 'string'>>(type: T, buffer: ElementTypes[T], dims?: readonly number[]): TypedTensor<T>
  /** @throws UsageError ORT_UNSUPPORTED, as the two below */
  fromTexture(texture: unknown, options: unknown): never
  fromGpuBuffer(buffer: unknown, options: unknown): never
  fromMLTensor(tensor: unknown, options: unknown): never
}

export type ValueMetadata =
  | { readonly name: string; readonly isTensor: true; readonly type: TypeName; readonly shape: readonly (number | string)[] }
  | { readonly name: string; readonly isTensor: false }

export type ExternalData = { data: string | Blob | Uint8Array | ArrayBufferLike; path: string } | string

export type SessionOptions = {
  executionProviders?: readonly (string | { readonly name: string })[]
  intraOpNumThreads?: number
  interOpNumThreads?: number
  freeDimensionOverrides?: { readonly [dimensionName: string]: number }
  graphOptimizationLevel?: 'disabled' | 'basic' | 'extended' | 'layout' | 'all'
  enableCpuMemArena?: boolean
  enableMemPattern?: boolean
  executionMode?: 'sequential' | 'parallel'
  optimizedModelFilePath?: string
  enableProfiling?: boolean
  profileFilePrefix?: string
  logId?: string
  logSeverityLevel?: 0 | 1 | 2 | 3 | 4
  logVerbosityLevel?: number
  preferredOutputLocation?: DataLocation | { readonly [outputName: string]: DataLocation }
  enableGraphCapture?: boolean
  externalData?: readonly ExternalData[]
  extra?: Record<string, unknown>
}

export type RunOptions = { logSeverityLevel?: 0 | 1 | 2 | 3 | 4; logVerbosityLevel?: number; terminate?: boolean; tag?: string; extra?: Record<string, unknown> }

export type Tensors = { readonly [name: string]: TypedTensor<TypeName> }
export type Fetches = readonly string[] | { readonly [name: string]: TypedTensor<TypeName> | null }
