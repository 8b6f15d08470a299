// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// JSON text of a caller's plain data: evidence, which the core judges, and settings, which say what is trusted.
import { UsageError } from '../errors/base.js'
import { copyBytes, demandedMembers, isList, ownItems, ownMembers, typedArrayName } from '../loader/input.js'
import { refuseSurrogate } from './json_text.js'
import { writeValue } from './json_value.js'
import type { Form } from './json_value.js'
import type { JsonText } from './json_text.js'

/** Deepest nesting of settings, and most items of one array. */
const MAX_DEPTH = 16
const MAX_ITEMS = 100_000

/** `trustingPeriodS` → `trusting_period_s`; other names stay. */
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const WHOLE = { fits: Number.isSafeInteger, else: 'must be a whole number' }
/** As its JSON text would be: the core judges what it reads of it. */
const EVIDENCE: Form = { members: ownMembers, bigint: String, number: { fits: Number.isFinite, else: 'must be a finite number' } }
const ARGUMENT: Form = { ...EVIDENCE, number: WHOLE }
const SETTINGS: Form = { members: demandedMembers, rename: snake, text: refuseSurrogate, bigint: String, number: WHOLE }

/** Evidence: names as they are. Bytes become `0x` hex. */
export const plainJson = (value: unknown, path: string): JsonText => ({ json: writeValue(value, path, EVIDENCE) })

/** What a caller says beside evidence: numbers are whole, and as he wrote them. */
export const argumentJson = (value: unknown, path: string): JsonText => ({ json: writeValue(value, path, ARGUMENT) })

/** Settings, each member read once as by `copySettings`: names in camelCase become those of the core. */
export const settingsJson = (value: unknown, path: string): JsonText => ({ json: writeValue(value, path, SETTINGS) })

/**
 * A copy of settings, each object and member read once.
 *
 * @throws UsageError ARGUMENT_INVALID, also for a setting that would silently not be made: see `demandedMembers`.
 */
export function copySettings(value: unknown, path: string, depth = 0, copies = new Map<object, unknown>()): unknown {
  if (depth > MAX_DEPTH) throw new UsageError('ARGUMENT_INVALID', `${path}: is nested too deeply`, { path })
  if (typeof value !== 'object' || value === null) return value
  if (typedArrayName(value) !== undefined) return copyBytes(value, path, 1 << 20)
  if (copies.has(value)) return copies.get(value)
  const copy = isList(value, path)
    ? ownItems(value, path, MAX_ITEMS).map((item, i) => copySettings(item, `${path}[${i}]`, depth + 1, copies))
    : Object.fromEntries([...demandedMembers(value, path)].map(([name, item]) => [name, copySettings(item, `${path}.${name}`, depth + 1, copies)]))
  copies.set(value, copy)
  return copy
}
