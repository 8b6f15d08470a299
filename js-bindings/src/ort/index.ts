// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay-wasm/ort`: the names of onnxruntime-web over this engine, so that a page changes one import. docs/ort.md lists what
// is present and what is refused, with ORT_UNSUPPORTED. Importing does nothing.
import { unsupported } from './refuse.js'
import { InferenceSession as Factory } from './session.js'
import { Tensor as Constructor } from './tensor.js'
import type { InferenceSessionFactory, InferenceSessionType } from './session.js'
import type * as Types from './types.js'

export { env } from './env.js'
export type { Env } from './env.js'
export type { InferenceSessionFactory }
export type TypedTensor<T extends Types.TypeName> = Types.TypedTensor<T>
export type TensorConstructor = Types.TensorConstructor
export type OnnxValue = Tensor

export const Tensor: TensorConstructor = Constructor
export type Tensor = Types.TypedTensor<Types.TypeName>
export declare namespace Tensor {
  type Type = Types.TypeName
  type DataTypeMap = Types.ElementTypes
  type ElementTypeMap = Types.ElementValues
  type DataType = DataTypeMap[Type]
  type ElementType = ElementTypeMap[Type]
  type DataLocation = Types.DataLocation
}

export const InferenceSession: InferenceSessionFactory = Factory
export type InferenceSession = InferenceSessionType
export declare namespace InferenceSession {
  type SessionOptions = Types.SessionOptions
  type RunOptions = Types.RunOptions
  type OnnxValueMapType = Types.Tensors
  type FeedsType = Types.Tensors
  type FetchesType = Types.Fetches
  type ReturnType = Types.Tensors
  type ValueMetadata = Types.ValueMetadata
}

/** Back ends cannot be added. @throws UsageError ORT_UNSUPPORTED */
export function registerBackend(name: string, _backend: unknown, _priority: number): never {
  throw unsupported(`registerBackend(${name})`)
}

const nothing = (): void => undefined

/** onnxruntime's marks for its own profiler; `session.endProfiling()` gives a trace here. */
export const TRACE: (deviceType: string, label: string) => void = nothing
export const TRACE_FUNC_BEGIN: (extraMsg?: string) => void = nothing
export const TRACE_FUNC_END: (extraMsg?: string) => void = nothing
export const TRACE_EVENT_BEGIN: (extraMsg?: string) => void = nothing
export const TRACE_EVENT_END: (extraMsg?: string) => void = nothing
