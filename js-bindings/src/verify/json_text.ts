// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// JSON text for the core's options, written token by token: no toJSON method and no prototype has a say, 64-bit
// integers keep their digits.
import { UsageError } from '../errors/base.js'
import { isWellFormed } from '../loader/input.js'

/** A finished piece of JSON text. */
export type JsonText = { readonly json: string }

const text = (json: string): JsonText => ({ json })

/** @throws UsageError POLICY_INVALID for a lone surrogate. */
export function jsonString(value: string, path: string): JsonText {
  if (!isWellFormed(value)) throw new UsageError('POLICY_INVALID', `${path}: holds a lone surrogate`, { path })
  return text(JSON.stringify(value))
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

export function jsonArray(items: readonly JsonText[]): JsonText {
  return text(`[${items.map((item) => item.json).join(',')}]`)
}

/** Members whose value is undefined are left out. */
export function jsonObject(members: readonly (readonly [string, JsonText | undefined])[], path: string): JsonText {
  const parts: string[] = []
  for (const [key, value] of members) if (value !== undefined) parts.push(`${jsonString(key, path).json}:${value.json}`)
  return text(`{${parts.join(',')}}`)
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
