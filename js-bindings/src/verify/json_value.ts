// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// JSON text of a caller's value (api.md "JavaScript values that lie"): own members only, no toJSON, and every object read
// once, in however many places it stands. Size and number of values are those of the whole, counted before they are made.
import { UsageError } from '../errors/base.js'
import { argumentInvalid, copyBytes, inputLimit, isList, ownItems, typedArrayName } from '../loader/input.js'
import { toHex } from '../loader/hex.js'
import { MAX_TEXT, MAX_VALUES } from './json_text.js'

/** How the values of one kind of input are written. */
export type Form = {
  readonly members: (value: unknown, path: string) => Map<string, unknown>
  /** Beside the items themselves. @throws UsageError for a list that may not have what it has */
  readonly list?: (value: object, items: readonly unknown[], path: string) => void
  /** The member's name in the text. */
  readonly rename?: (name: string) => string
  /** @throws UsageError for text that may not stand there */
  readonly text?: (value: string, path: string) => void
  readonly bigint: (value: bigint) => string
  /** Which numbers are written, as JSON writes them, and what is said of others. */
  readonly number: { readonly fits: (value: number) => boolean; readonly else: string }
}

/** Deeper than any value that the core reads. */
const MAX_DEPTH = 130

/** Far above any number that the core reads; the digits of larger ones take long to make. */
const LARGEST = 1n << 65_536n

type Written = { readonly text: string; readonly size: number; readonly values: number }

/** Where the writing has got to. */
type Place = {
  readonly form: Form
  readonly root: string
  /** The way to the value, for what is thrown; as long after the value as before. */
  readonly steps: (string | number)[]
  /** Characters in all; escapes count as what they stand for. */
  size: number
  values: number
  /** What was read already; undefined while it is being read. */
  readonly written: Map<object, Written | undefined>
}

const pathOf = ({ root, steps }: Place): string =>
  steps.reduce<string>((path, step) => (typeof step === 'number' ? `${path}[${step}]` : path === '' ? step : `${path}.${step}`), root)

/** Counts text before it is made. @throws UsageError INPUT_LIMIT */
function count(at: Place, characters: number, values = 0): void {
  at.size += characters
  at.values += values
  if (at.size > MAX_TEXT) throw inputLimit(at.root, at.size, MAX_TEXT)
  if (at.values > MAX_VALUES) throw new UsageError('INPUT_LIMIT', `${at.root}: more than ${MAX_VALUES} values`, { path: at.root })
}

function counted(text: string, at: Place): string {
  count(at, text.length)
  return text
}

/** Stands for the way to a value until something is thrown: to write it out takes longer than the reading. */
const HERE = 'value'

function reading<T>(at: Place, read: (path: string) => T): T {
  try {
    return read(HERE)
  } catch (cause) {
    if (!(cause instanceof UsageError) || !cause.path?.startsWith(HERE)) throw cause
    const moved = (text: string) => `${pathOf(at)}${text.slice(HERE.length)}`
    throw new UsageError(cause.code, moved(cause.shortMessage), { path: moved(cause.path), cause })
  }
}

function writeText(value: string, at: Place): string {
  if (at.form.text !== undefined) reading(at, (path) => at.form.text!(value, path))
  count(at, value.length + 2)
  return JSON.stringify(value) // a lone surrogate as an escape
}

function writeBytes(value: object, at: Place): string {
  const bytes = reading(at, (path) => copyBytes(value, path, MAX_TEXT / 2))
  count(at, 2 * bytes.byteLength + 4)
  return `"0x${toHex(bytes)}"`
}

function writeObject(value: object, at: Place): string {
  const { form, steps } = at
  const list = reading(at, (path) => isList(value, path))
  let text = counted(list ? '[' : '{', at)
  const append = (step: string | number, member: unknown, name?: string) => {
    count(at, 1)
    if (text.length > 1) text += ','
    if (name !== undefined) text += `${writeText(name, at)}:`
    steps.push(step)
    text += write(member, at)
    steps.pop()
  }
  if (list) {
    const items = reading(at, (path) => {
      const all = ownItems(value, path, MAX_VALUES, 'INPUT_LIMIT')
      form.list?.(value, all, path)
      return all
    })
    items.forEach((item, i) => append(i, item))
  } else {
    for (const [name, member] of reading(at, (path) => form.members(value, path))) append(name, member, form.rename?.(name) ?? name)
  }
  return text + (list ? ']' : '}')
}

function write(value: unknown, at: Place): string {
  const { form, steps, written } = at
  count(at, 0, 1)
  if (typeof value === 'string') return writeText(value, at)
  if (value === null || typeof value === 'boolean') return counted(String(value), at)
  if (typeof value === 'bigint') {
    if (value > LARGEST || value < -LARGEST) throw new UsageError('INPUT_LIMIT', `${pathOf(at)}: a number of too many digits`, { path: pathOf(at) })
    return counted(form.bigint(value), at)
  }
  if (typeof value === 'number') {
    if (!form.number.fits(value)) throw argumentInvalid(pathOf(at), form.number.else)
    return counted(JSON.stringify(value), at)
  }
  if (typeof value !== 'object') throw argumentInvalid(pathOf(at), steps.length === 0 ? 'must be an object' : `a value of type ${typeof value} has no JSON form`)
  const known = written.get(value)
  if (known !== undefined) {
    count(at, known.size, known.values)
    return known.text
  }
  if (written.has(value)) throw argumentInvalid(pathOf(at), 'contains itself')
  if (steps.length === MAX_DEPTH) throw new UsageError('INPUT_LIMIT', `${pathOf(at)}: is nested too deeply`, { path: pathOf(at) })
  written.set(value, undefined)
  const { size, values } = at
  const text = typedArrayName(value) === undefined ? writeObject(value, at) : writeBytes(value, at)
  written.set(value, { text, size: at.size - size, values: at.values - values })
  return text
}

/**
 * @param path of the value.
 * @throws UsageError ARGUMENT_INVALID for what JSON cannot carry exactly; INPUT_LIMIT as soon as it is too much.
 */
export const writeValue = (value: unknown, path: string, form: Form): string => write(value, { form, root: path, steps: [], size: 0, values: 0, written: new Map() })
