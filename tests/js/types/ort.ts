// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The façade's types are onnxruntime-common's: what an existing page holds in its types can be ours. Compiled by
// types.test.mjs, never run.
import type * as Common from 'onnxruntime-common'
import * as ort from 'assay-wasm/ort'

export const constructor: Common.TensorConstructor = ort.Tensor
export const factory: Common.InferenceSessionFactory = ort.InferenceSession
export const env: Common.Env = ort.env
export const exported: Omit<typeof Common, 'env' | 'Tensor' | 'InferenceSession'> = ort

export async function page(session: Common.InferenceSession, tensor: ort.TypedTensor<'int64'>): Promise<void> {
  const own: Common.InferenceSession = await ort.InferenceSession.create('model.onnx', { executionProviders: ['wasm'] })
  const typed: Common.TypedTensor<'int64'> = tensor
  const any: Common.Tensor = new ort.Tensor('float32', [1, 2, 3])
  const inferred: Common.TypedTensor<'float32'> = new ort.Tensor(new Float32Array(3), [3])
  const results: Common.InferenceSession.ReturnType = await own.run({ x: inferred })
  const metadata: readonly Common.InferenceSession.ValueMetadata[] = own.inputMetadata
  void [session, typed, any, results, metadata]
  // @ts-expect-error no such type
  new ort.Tensor('complex64', [1])
  // @ts-expect-error no such option
  await ort.InferenceSession.create('model.onnx', { providers: [] })
}

// Type names that pages write.
export type Names = [
  ort.Tensor, ort.Tensor.Type, ort.Tensor.DataTypeMap['float32'], ort.Tensor.DataType, ort.Tensor.ElementType, ort.Tensor.DataLocation,
  ort.InferenceSession, ort.InferenceSession.SessionOptions, ort.InferenceSession.RunOptions, ort.InferenceSession.OnnxValueMapType,
  ort.InferenceSession.FeedsType, ort.InferenceSession.FetchesType, ort.InferenceSession.ReturnType, ort.InferenceSession.ValueMetadata,
  ort.InferenceSessionFactory, ort.TensorConstructor, ort.TypedTensor<'bool'>, ort.OnnxValue, ort.Env,
]

/** Every option of theirs is one of ours, and the other way round. */
type Same<A, B> = [keyof A] extends [keyof B] ? ([keyof B] extends [keyof A] ? true : never) : never
export const same: [
  Same<Common.InferenceSession.SessionOptions, ort.InferenceSession.SessionOptions>,
  Same<Common.InferenceSession.RunOptions, ort.InferenceSession.RunOptions>,
  Same<Common.Env.WebAssemblyFlags, ort.Env['wasm']>,
  Same<Common.Env.WebGLFlags, ort.Env['webgl']>,
  Same<Common.Env.WebGpuFlags, ort.Env['webgpu']>,
  Same<Common.Tensor.DataTypeMap, ort.Tensor.DataTypeMap>,
  Same<Common.Tensor, ort.Tensor>,
  Same<Common.InferenceSession, ort.InferenceSession>,
] = [true, true, true, true, true, true, true, true]
