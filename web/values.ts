// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Values of a model between a page and its worker: copied once, then transferred.
import { UsageError } from '../errors/base.js'
import { Tensor } from '../infer/tensor.js'
import { bytesOf, ownItems, ownMembers, reading, typedArrayName } from '../loader/input.js'
import type { Feeds } from '../infer/model.js'
import type { TensorType } from '../infer/tensor.js'
import type { Value } from '../infer/value.js'
import type { WireFeed, WireMap, WireTensor, WireValue } from './protocol.js'

const MAX_DEPTH = 16
const MAX_ITEMS = 1_000_000

type ViewConstructor = new (buffer: ArrayBuffer) => ArrayBufferView<ArrayBuffer>

function wrong(path: string, what: string): UsageError {
  return new UsageError('ONNX_INPUT_TYPE', `${path}: ${what}`, { path })
}

function copyView(view: unknown, path: string): ArrayBufferView<ArrayBuffer> {
  const name = typedArrayName(view)
  if (name === undefined) throw wrong(path, 'must be a typed array')
  const bytes = bytesOf(view as ArrayBufferView, path)
  const copy = new Uint8Array(bytes.byteLength)
  copy.set(bytes)
  return new (globalThis as unknown as Record<string, ViewConstructor>)[name]!(copy.buffer)
}

function copyTensor(tensor: unknown, path: string): WireTensor {
  if (typeof tensor !== 'object' || tensor === null) throw wrong(path, 'must be a tensor')
  const { type, data, dims } = tensor as Partial<WireTensor>
  const elements = Array.isArray(data) ? (ownItems(data, path, MAX_ITEMS) as string[]) : copyView(data, path)
  return { type: String(type), data: elements, dims: ownItems(dims, `${path}.dims`, 8) as number[] }
}

function copyValue(value: unknown, path: string, depth: number): WireValue {
  if (depth > MAX_DEPTH) throw wrong(path, 'nested too deep')
  if (value === null) return null
  if (Array.isArray(value)) return ownItems(value, path, MAX_ITEMS).map((item, i) => copyValue(item, `${path}[${i}]`, depth + 1))
  if (value instanceof Map) return new Map(value) as WireMap
  if (typeof value === 'object' && Object.hasOwn(value, 'keys')) {
    const { keys, values } = value as { keys: unknown; values?: unknown }
    return { keys: copyTensor(keys, `${path}.keys`), values: copyTensor(values, `${path}.values`) }
  }
  return copyTensor(value, path)
}

/** A copy of what a page feeds. @throws UsageError ONNX_INPUT_TYPE, ARGUMENT_INVALID for what is no value. */
export function copyFeeds(feeds: Feeds): WireFeed[] {
  return [...ownMembers(feeds, 'feeds')].map(([name, feed]): WireFeed => [name, reading(name, () => (ArrayBuffer.isView(feed) ? copyView(feed, name) : copyValue(feed, name, 0)))])
}

/** @returns the buffers that values consist of, for a transfer list. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  if (typeof value !== 'object' || value === null) return []
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer]
  if (value instanceof Map) return []
  return Array.isArray(value) ? value.flatMap(buffersOf) : Object.values(value).flatMap(buffersOf)
}

/** What a run returned, without the class of its tensors. */
export function toWire(value: Value): WireValue {
  if (value === null || value instanceof Map) return value as WireMap | null
  if (Array.isArray(value)) return (value as readonly Value[]).map(toWire)
  const { type, data, dims } = value as Tensor
  return { type, data: data as WireTensor['data'], dims }
}

/** The same with it. */
export function fromWire(value: WireValue): Value {
  if (value === null || value instanceof Map) return value as WireMap | null
  if (Array.isArray(value)) return (value as readonly WireValue[]).map(fromWire)
  const { type, data, dims } = value as WireTensor
  return new Tensor(type as TensorType, data as never, dims)
}
