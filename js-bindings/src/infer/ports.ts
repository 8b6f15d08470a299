// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Inputs and outputs as the model declares them, and what is known of each between runs.
import { UsageError } from '../errors/base.js'

/** An input or output as the model declares it. */
export type Port = {
  readonly name: string
  /** Element type, e.g. `float32`; `sequence`, `optional` or `map` for what is no tensor. */
  readonly type: string
  /** A number, the name of a symbolic dimension, or null for an unknown one; null as a whole when the rank is open. */
  readonly dims: readonly (number | string | null)[] | null
  /** An input that has a value in the model and need not be fed. */
  readonly optional?: true
}

export type InputState = {
  readonly index: number
  readonly port: Port
  /** Set when every declared dimension is a number. */
  readonly fixed: readonly number[] | undefined
  /** The shape that the module has; undefined when it has none, or when that is not known. */
  dims: readonly number[] | undefined
}

export type OutputState = { readonly index: number; readonly port: Port; readonly fixed: readonly number[] | undefined }

export function fixedDims(port: Port): readonly number[] | undefined {
  return port.dims?.every((dim) => typeof dim === 'number') ? (port.dims as readonly number[]) : undefined
}

export function sameDims(a: readonly number[] | undefined, b: readonly number[]): boolean {
  if (a === undefined || a.length !== b.length) return false
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false
  return true
}

export function inputError(code: 'ONNX_INPUT_NAME' | 'ONNX_INPUT_TYPE' | 'ONNX_INPUT_SHAPE', name: string, what: string): UsageError {
  return new UsageError(code, `${name}: ${what}`, { path: name })
}
