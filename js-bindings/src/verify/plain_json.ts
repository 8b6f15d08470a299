// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// JSON text of a caller's plain data, read once (api.md "JavaScript values that lie"): own members only, no toJSON.
import { UsageError } from '../errors/base.js'
import { copyBytes, demandedMembers, isList, ownItems, ownMembers, typedArrayName } from '../loader/input.js'
import { toHex } from '../loader/hex.js'
import { JSON_NULL, jsonBoolean, jsonInteger, jsonItems, jsonObject, jsonString } from './json_text.js'
import type { JsonText } from './json_text.js'

/** Deepest nesting, and most items of one array: far above any evidence. */
const MAX_DEPTH = 16
const MAX_ITEMS = 100_000

/** `trustingPeriodS` → `trusting_period_s`; other names stay. */
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** How objects are read, and the names of their members. */
type Form = { readonly members: (value: unknown, path: string) => Map<string, unknown>; readonly rename: (name: string) => string }

function write(value: unknown, path: string, depth: number, form: Form): JsonText {
  const invalid = (what: string) => new UsageError('ARGUMENT_INVALID', `${path}: ${what}`, { path })
  if (depth > MAX_DEPTH) throw invalid('is nested too deeply')
  if (value === null) return JSON_NULL
  if (typeof value === 'string') return jsonString(value, path)
  if (typeof value === 'boolean') return jsonBoolean(value)
  if (typeof value === 'bigint') return jsonInteger(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw invalid('must be a whole number')
    return jsonInteger(BigInt(value))
  }
  if (typedArrayName(value) !== undefined) return jsonString(`0x${toHex(copyBytes(value, path, 1 << 20))}`, path)
  if (isList(value, path)) return jsonItems(value, path, MAX_ITEMS, (item, at) => write(item, at, depth + 1, form))
  function* members() {
    for (const [name, item] of form.members(value, path)) yield [form.rename(name), write(item, `${path}.${name}`, depth + 1, form)] as const
  }
  return jsonObject(members(), path)
}

/** Evidence: names as they are. Bytes become `0x` hex. */
export const plainJson = (value: unknown, path: string): JsonText => write(value, path, 0, { members: ownMembers, rename: (name) => name })

/**
 * A copy of settings, each member read once.
 *
 * @throws UsageError ARGUMENT_INVALID, also for a setting that would silently not be made: see `demandedMembers`.
 */
export function copySettings(value: unknown, path: string, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new UsageError('ARGUMENT_INVALID', `${path}: is nested too deeply`, { path })
  if (typeof value !== 'object' || value === null) return value
  if (typedArrayName(value) !== undefined) return copyBytes(value, path, 1 << 20)
  if (isList(value, path)) return ownItems(value, path, MAX_ITEMS).map((item, i) => copySettings(item, `${path}[${i}]`, depth + 1))
  return Object.fromEntries([...demandedMembers(value, path)].map(([name, item]) => [name, copySettings(item, `${path}.${name}`, depth + 1)]))
}

/** Settings, each member read once as by `copySettings`: names in camelCase become those of the core. */
export const settingsJson = (value: unknown, path: string): JsonText => write(value, path, 0, { members: demandedMembers, rename: snake })
