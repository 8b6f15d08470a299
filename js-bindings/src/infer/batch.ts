// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Many feeds as one: tensors one after the other along a first dimension that the model leaves free.
import { bytesOf } from '../loader/input.js'
import { ELEMENTS, Tensor, copyDims, elementCount, isTensorType, lengthOf } from './tensor.js'
import type { Port } from './ports.js'
import type { TensorLike, TensorType } from './tensor.js'
import type { Value } from './value.js'

/** Whether all inputs and outputs are tensors of numbers that begin with the same free dimension, which is nowhere else. */
export function isStackable(inputs: readonly Port[], outputs: readonly Port[]): boolean {
  const symbol = inputs[0]?.dims?.[0]
  return (
    typeof symbol === 'string' &&
    [...inputs, ...outputs].every(
      ({ type, dims, optional }) => isTensorType(type) && type !== 'string' && optional !== true && dims?.[0] === symbol && dims.indexOf(symbol, 1) < 0,
    )
  )
}

/** Feeds of several runs as those of one. */
export type Stack = { readonly feeds: { readonly [name: string]: Tensor }; readonly rows: readonly number[]; readonly total: number }

function readColumn(items: readonly unknown[], name: string, type: TensorType): TensorLike[] | undefined {
  const tensors: TensorLike[] = []
  for (const item of items) {
    const feed = (item as { readonly [name: string]: unknown } | null)?.[name]
    if (typeof feed !== 'object' || feed === null || ArrayBuffer.isView(feed)) return undefined
    const like = feed as TensorLike
    const data = like.data
    if (like.type !== type) return undefined
    const length = lengthOf(data, type)
    const dims = copyDims(like.dims, `${name}.dims`)
    if (dims.length === 0 || elementCount(dims) !== length) return undefined
    tensors.push({ type, data, dims })
  }
  return tensors
}

/** @returns undefined for feeds that do not fit together; run one by one they say what is wrong. */
export function stack(inputs: readonly Port[], items: readonly unknown[]): Stack | undefined {
  const feeds: { [name: string]: Tensor } = {}
  let rows: number[] | undefined
  for (const item of items) if (typeof item !== 'object' || item === null || Object.keys(item).length !== inputs.length) return undefined
  for (const { name, type } of inputs) {
    const column = readColumn(items, name, type as TensorType)
    const first = column?.[0]
    if (column === undefined || first === undefined) return undefined
    const own = column.map(({ dims }) => dims[0] as number)
    const rest = first.dims.slice(1)
    const fits = column.every(({ dims }, i) => dims.length === first.dims.length && rest.every((dim, axis) => dims[axis + 1] === dim) && (rows?.[i] ?? own[i]) === own[i])
    if (!fits) return undefined
    rows = own
    const info = ELEMENTS[type as TensorType]
    const all = new Uint8Array(own.reduce((sum, count) => sum + count, 0) * elementCount(rest) * info.bytes)
    let at = 0
    for (const { data } of column) {
      const bytes = bytesOf(data as ArrayBufferView, name)
      all.set(bytes, at)
      at += bytes.byteLength
    }
    feeds[name] = new Tensor(type as TensorType, info.view(all.buffer), [own.reduce((sum, count) => sum + count, 0), ...rest])
  }
  return rows && { feeds, rows, total: rows.reduce((sum, count) => sum + count, 0) }
}

/** @returns the outputs of each run; undefined when an output has not a row for each of the inputs'. */
export function unstack(results: { readonly [name: string]: Value }, { rows, total }: Stack): { [name: string]: Value }[] | undefined {
  const parts: { [name: string]: Value }[] = rows.map(() => Object.create(null) as { [name: string]: Value })
  for (const [name, value] of Object.entries(results)) {
    if (!(value instanceof Tensor) || value.dims[0] !== total) return undefined
    const rest = value.dims.slice(1)
    const each = elementCount(rest)
    let at = 0
    rows.forEach((count, i) => {
      const data = (value.data as Float32Array).slice(at, at + count * each)
      at += count * each
      ;(parts[i] as { [name: string]: Value })[name] = new Tensor(value.type, data as never, [count, ...rest])
    })
  }
  return parts
}
