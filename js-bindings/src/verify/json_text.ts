// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// JSON text for the core's options, written token by token: no toJSON method and no prototype has a say, 64-bit
// integers keep their digits.
import { UsageError } from '../errors/base.js'
import { inputLimit, isWellFormed, ownItems } from '../loader/input.js'

/** A finished piece of JSON text. */
export type JsonText = { readonly json: string }

const text = (json: string): JsonText => ({ json })

/** Most characters of a value: no operation takes more. */
export const MAX_TEXT = 16 << 20
/** Most values in one text: the core reads no more (core/base/limits.hpp). */
export const MAX_VALUES = 1 << 21

/** Refuses the size of text that is still to be made. @throws UsageError INPUT_LIMIT */
function bound(size: number, path: string): void {
  if (size > MAX_TEXT) throw inputLimit(path, size, MAX_TEXT)
}

/** A lone surrogate is written as an escape. */
export function jsonQuoted(value: string, path: string): JsonText {
  bound(value.length, path)
  return text(JSON.stringify(value))
}

/** @throws UsageError POLICY_INVALID for a lone surrogate: in what a caller trusts or demands. */
export function refuseSurrogate(value: string, path: string): void {
  if (!isWellFormed(value)) throw new UsageError('POLICY_INVALID', `${path}: holds a lone surrogate`, { path })
}

/** @throws UsageError POLICY_INVALID for a lone surrogate. */
export function jsonString(value: string, path: string): JsonText {
  refuseSurrogate(value, path)
  return jsonQuoted(value, path)
}

export function jsonInteger(value: bigint): JsonText {
  return text(value.toString())
}

export function jsonBoolean(value: boolean): JsonText {
  return text(value ? 'true' : 'false')
}

export const JSON_NULL: JsonText = /* @__PURE__ */ text('null')

/** Text that is known to be one JSON value. */
export function jsonVerbatim(json: string): JsonText {
  return text(json)
}

/** Pieces, counted as they are made: one value of a caller may stand in many places. */
function joined(pieces: Iterable<string>, path: string): string {
  const parts: string[] = []
  let size = 0
  for (const piece of pieces) {
    bound((size += piece.length + 1), path)
    parts.push(piece)
  }
  return parts.join(',')
}

/** The items of an array, each read once. @throws UsageError also INPUT_LIMIT: for too many of them, and for their size */
export function jsonItems(value: unknown, path: string, limit: number, read: (item: unknown, path: string) => JsonText): JsonText {
  function* pieces() {
    for (const [i, item] of ownItems(value, path, limit, 'INPUT_LIMIT').entries()) yield read(item, `${path}[${i}]`).json
  }
  return text(`[${joined(pieces(), path)}]`)
}

/** Members whose value is undefined are left out. @throws UsageError INPUT_LIMIT */
export function jsonObject(members: Iterable<readonly [string, JsonText | undefined]>, path: string): JsonText {
  function* pieces() {
    for (const [key, value] of members) if (value !== undefined) yield `${jsonString(key, path).json}:${value.json}`
  }
  return text(`{${joined(pieces(), path)}}`)
}

/** RFC 4648 base64. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return btoa(binary)
}

/** @returns the bytes; undefined when the text is no base64. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> | undefined {
  let binary: string
  try {
    binary = atob(base64)
  } catch {
    return undefined
  }
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i)
  return bytes
}
