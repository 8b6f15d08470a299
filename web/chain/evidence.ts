// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What servers say as text for the core: the members that it reads and no others, so that nothing else that a server puts into
// JSON takes room from the other side's evidence, or looks like a mistake of the caller.
import { RpcFault } from './rpc.js'

/** Members by name, items of a list, or the most characters of a value that is neither. */
export type Shape = number | readonly [Shape] | { readonly [member: string]: Shape }

/** The part of a value that has a shape. A text that is too long stays too long for the core. */
export function shaped(value: unknown, shape: Exclude<Shape, number>): object | undefined
export function shaped(value: unknown, shape: Shape): unknown
export function shaped(value: unknown, shape: Shape): unknown {
  if (typeof shape === 'number') return typeof value === 'string' ? value.slice(0, shape + 1) : typeof value === 'object' && value !== null ? undefined : value
  if (typeof value !== 'object' || value === null) return undefined
  if (isList(shape)) return Array.isArray(value) ? value.map((item) => shaped(item, shape[0]) ?? null) : undefined
  return Object.fromEntries(Object.entries(shape).map(([name, inner]) => [name, shaped((value as { readonly [name: string]: unknown })[name], inner)]))
}
const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape)

/** Bytes of each side: together they fit the 4 MiB that the core takes. */
export const MAX_BLOCKS = 3 << 20
export const MAX_WORDS_PROOF = 1 << 20
export const isLarger = (text: string, bytes: number) => new TextEncoder().encode(text).byteLength > bytes

/** @throws RpcFault for what cannot be written again, such as very deep nesting */
export function evidenceText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    throw new RpcFault('RPC_UNAVAILABLE', 'an answer that cannot be evidence', { cause })
  }
}
