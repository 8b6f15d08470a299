// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Reading what a caller hands in, exactly once (api.md "JavaScript values that lie"): own properties only, so that
// neither a prototype nor a second look at a getter or a proxy decides anything; bytes are copied, so that nobody
// changes them afterwards.
import { UsageError } from '../errors/base.js'

/** What stands for an absent byte string. */
export const NO_BYTES: Uint8Array<ArrayBuffer> = /* @__PURE__ */ new Uint8Array(0)

/** The own members of a caller's object, each read once. */
export type Members<K extends string> = { readonly [key in K]?: unknown }

function invalid(path: string, what: string, cause?: unknown): UsageError {
  return new UsageError('ARGUMENT_INVALID', `${path}: ${what}`, cause === undefined ? { path } : { path, cause })
}

/** @returns what to throw for what was thrown while a caller's value was read. */
export function unreadable(path: string, cause: unknown): UsageError {
  return cause instanceof UsageError ? cause : invalid(path, 'reading it threw an error', cause)
}

/** Runs code that may enter a caller's getter or proxy; what that throws is the caller's fault. */
export function reading<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** Whether a value is an array; to ask that of a revoked proxy throws. */
export const isList = (value: unknown, path: string): value is unknown[] => reading(path, () => Array.isArray(value))

/**
 * Every own string key with its value, each read once. Inherited members do not exist; `undefined` counts as absent.
 *
 * @throws UsageError ARGUMENT_INVALID when `value` is no object, or a list, or a getter throws.
 */
export function ownMembers(value: unknown, path: string): Map<string, unknown> {
  return splitMembers(value, path, [])
}

/** @param dropped gets the names of own members that are undefined or hidden. */
function splitMembers(value: unknown, path: string, dropped: string[]): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || isList(value, path)) throw invalid(path, 'must be an object')
  return reading(path, () => {
    const members = new Map<string, unknown>()
    for (const key of Reflect.ownKeys(value)) {
      if (typeof key !== 'string') continue
      const descriptor = Reflect.getOwnPropertyDescriptor(value, key)
      const hidden = descriptor === undefined || descriptor.enumerable !== true
      const member: unknown = hidden ? undefined : 'value' in descriptor ? descriptor.value : descriptor.get?.call(value)
      if (member === undefined) dropped.push(key)
      else members.set(key, member)
    }
    return members
  })
}

/**
 * Own members of an object all of whose keys are known: a misspelt option must not be ignored.
 *
 * @param demands those of them that may not come out as undefined: see `demandedMembers`.
 * @throws UsageError ARGUMENT_INVALID for an unknown key.
 */
export function readMembers<const K extends string>(value: unknown, known: readonly K[], path: string, demands: readonly K[] = []): Members<K> {
  const members = ownMembers(value, path)
  refuseDropped(value, members, demands, path)
  return onlyKnown(members, known, path)
}

function onlyKnown<const K extends string>(members: Map<string, unknown>, known: readonly K[], path: string): Members<K> {
  const result: { [key in K]?: unknown } = Object.create(null) as { [key in K]?: unknown }
  for (const [key, member] of members) {
    if (!(known as readonly string[]).includes(key)) throw invalid(path === '' ? key : `${path}.${key}`, `unknown; known are ${known.join(', ')}`)
    result[key as K] = member
  }
  return result
}

const DROPPED = 'is undefined, hidden or inherited; leave it out, or give it as a member'

/** Refuses names that `value` has, but not among the members that were read of it. */
export function refuseDropped(value: unknown, members: ReadonlyMap<string, unknown>, names: Iterable<string>, path: string): void {
  reading(path, () => {
    for (const name of names) if (!members.has(name) && name in (value as object)) throw invalid(path === '' ? name : `${path}.${name}`, DROPPED)
  })
}

/** A member that is asked for wherever it may be: hidden or inherited too. */
export function readAny(value: unknown, name: string, path: string): unknown {
  return reading(path, () => (value as { readonly [name: string]: unknown })[name])
}

/** All names that an object has from a prototype of its own kind. */
function inheritedNames(value: object): string[] {
  const names: string[] = []
  for (let object = Reflect.getPrototypeOf(value); object !== null && object !== Object.prototype; object = Reflect.getPrototypeOf(object)) {
    names.push(...Object.getOwnPropertyNames(object).filter((key) => !(key in Object.prototype)))
  }
  return names
}

/**
 * Own members of an object that says what the caller demands. A demand that came out as `undefined`, that is hidden or that
 * only a prototype has would silently not be made, so it is refused; what is not demanded is left out.
 *
 * @param known the names of demands, where others on a prototype are none; default: all that the object has.
 * @throws UsageError ARGUMENT_INVALID as for `ownMembers`, and for such a demand.
 */
export function demandedMembers(value: unknown, path: string, known?: readonly string[]): Map<string, unknown> {
  const dropped: string[] = []
  const members = splitMembers(value, path, dropped)
  const names = reading(path, () => (known === undefined ? [...dropped, ...inheritedNames(value as object)] : new Set([...known, ...Object.keys(value as object)])))
  refuseDropped(value, members, names, path)
  return members
}

/** Such members, all of known names. */
export function readDemands<const K extends string>(value: unknown, known: readonly K[], path: string): Members<K> {
  return onlyKnown(demandedMembers(value, path, known), known, path)
}

/**
 * Such members of an object that nothing else is demanded in: one of another kind (a Date, a Map, an instance of a class with
 * members) would be empty, and pass as a call without options.
 */
export function readOptions<const K extends string>(value: unknown, known: readonly K[], path: string): Members<K> {
  const members = demandedMembers(value, path, known)
  if (reading(path, () => inheritedNames(value as object).length > 0)) throw invalid(path, 'must be a plain object')
  return onlyKnown(members, known, path)
}

/** The items of an array, each read once. @param tooMany the code of more than `limit`. */
export function ownItems(value: unknown, path: string, limit: number, tooMany: 'ARGUMENT_INVALID' | 'INPUT_LIMIT' = 'ARGUMENT_INVALID'): unknown[] {
  if (!isList(value, path)) throw invalid(path, 'must be an array')
  return reading(path, () => {
    const length = Number(value.length)
    if (length > limit) throw new UsageError(tooMany, `${path}: has ${length} items, at most ${limit}`, { path })
    const items: unknown[] = []
    for (let i = 0; i < length; i += 1) {
      const descriptor = Reflect.getOwnPropertyDescriptor(value, i)
      items.push(descriptor && 'value' in descriptor ? descriptor.value : descriptor?.get?.call(value))
    }
    return items
  })
}

/** The items of an array by their index. A hole is no item; an item that is undefined, or another member, is refused. */
export function sparseItems(value: unknown, path: string, limit: number): readonly (readonly [string, unknown])[] {
  const items = ownItems(value, path, limit)
  const keys = reading(path, () => Reflect.ownKeys(value as object).filter((key) => typeof key === 'string' && key !== 'length')) as string[]
  return keys.map((key) => {
    const item = items[Number(key)]
    if (item === undefined) throw invalid(`${path}.${key}`, DROPPED)
    return [key, item] as const
  })
}

// A typed array's own getters: a subclass, a shadowing property or a proxy cannot answer in their place.
const typedArray = /* @__PURE__ */ Object.getPrototypeOf(Uint8Array.prototype) as object
const getter = (prototype: object, key: PropertyKey) =>
  Object.getOwnPropertyDescriptor(prototype, key)?.get as ((this: unknown) => unknown) | undefined
const tagOf = /* @__PURE__ */ getter(typedArray, Symbol.toStringTag)!
const bufferOf = /* @__PURE__ */ getter(typedArray, 'buffer')!
const offsetOf = /* @__PURE__ */ getter(typedArray, 'byteOffset')!
const lengthOf = /* @__PURE__ */ getter(typedArray, 'byteLength')!
const bufferLengthOf = /* @__PURE__ */ getter(ArrayBuffer.prototype, 'byteLength')!
const resizableOf = /* @__PURE__ */ getter(ArrayBuffer.prototype, 'resizable')
const detachedOf = /* @__PURE__ */ getter(ArrayBuffer.prototype, 'detached')

/** @returns the name of the typed array that `value` really is, e.g. `Float32Array`; undefined for anything else. */
export function typedArrayName(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? (tagOf.call(value) as string | undefined) : undefined
}

/** Bytes of a typed array, whatever its members say; 0 when its buffer was transferred away. */
export const byteLengthOf = (value: ArrayBufferView): number => lengthOf.call(value) as number

/** A view of plain memory. @throws UsageError ARGUMENT_INVALID when it is shared, resizable or detached. */
function plainView(buffer: ArrayBuffer, path: string, offset = 0, length?: number): Uint8Array<ArrayBuffer> {
  try {
    bufferLengthOf.call(buffer)
  } catch {
    throw invalid(path, 'lies in shared memory that another thread can change; pass a copy')
  }
  if (resizableOf?.call(buffer) === true) throw invalid(path, 'lies in a resizable buffer; pass a copy of fixed length')
  if (detachedOf?.call(buffer) === true) throw invalid(path, 'its buffer was transferred away')
  try {
    return new Uint8Array(buffer, offset, length)
  } catch (cause) {
    throw invalid(path, 'its buffer was transferred away', cause)
  }
}

/**
 * A view of the very bytes of a typed array, made from its internal slots.
 *
 * @throws UsageError ARGUMENT_INVALID when the memory is shared, resizable or detached.
 */
export function bytesOf(value: ArrayBufferView, path: string): Uint8Array<ArrayBuffer> {
  return plainView(bufferOf.call(value) as ArrayBuffer, path, offsetOf.call(value) as number, lengthOf.call(value) as number)
}

/** The same of a whole buffer. */
export function bytesOfBuffer(buffer: ArrayBuffer, path: string): Uint8Array<ArrayBuffer> {
  return plainView(buffer, path)
}

/** A size above the documented limit of an input; found before anything is copied. */
export function inputLimit(path: string, length: number, limit: number): UsageError {
  return new UsageError('INPUT_LIMIT', `${path}: ${length} bytes, at most ${limit}`, { path })
}

/**
 * A copy of a caller's bytes.
 *
 * @throws UsageError ARGUMENT_INVALID when `value` is no Uint8Array over plain memory; INPUT_LIMIT above `limit` bytes.
 */
export function copyBytes(value: unknown, path: string, limit: number): Uint8Array<ArrayBuffer> {
  const view = viewBytes(value, path, limit)
  const copy = new Uint8Array(view.byteLength)
  copy.set(view)
  return copy
}

/** A copy of at most the first `cut` bytes: one more than the core takes shows it that the input is too long. */
export function cutBytes(value: unknown, path: string, cut: number): Uint8Array<ArrayBuffer> {
  return viewBytes(value, path, Number.MAX_SAFE_INTEGER).slice(0, cut)
}

/** The same without the copy: for use within the same synchronous step only. */
export function viewBytes(value: unknown, path: string, limit: number): Uint8Array<ArrayBuffer> {
  if (typedArrayName(value) !== 'Uint8Array') throw invalid(path, 'must be a Uint8Array')
  const view = bytesOf(value as Uint8Array, path)
  if (view.byteLength > limit) throw inputLimit(path, view.byteLength, limit)
  return view
}

/** Characters of a word: an engine's own encoder costs more to enter. */
const SHORT = 32

/** @returns undefined for other characters than ASCII's. */
function asciiBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return undefined
    bytes[i] = code
  }
  return bytes
}

/**
 * Text as UTF-8 bytes. A byte order mark stays what it is, a character; the core judges it.
 *
 * @throws UsageError ARGUMENT_INVALID for a lone surrogate, which has no UTF-8 form; INPUT_LIMIT above `limit` bytes.
 */
export function encodeText(text: string, path: string, limit: number): Uint8Array<ArrayBuffer> {
  if (text.length > limit) throw inputLimit(path, text.length, limit)
  const short = text.length <= SHORT ? asciiBytes(text) : undefined
  if (short) return short
  if (!isWellFormed(text)) throw invalid(path, 'holds a lone surrogate, which no UTF-8 text can carry')
  const bytes = new TextEncoder().encode(text)
  if (bytes.byteLength > limit) throw inputLimit(path, bytes.byteLength, limit)
  return bytes
}

/** Text or bytes, as a copy. */
export function copyText(value: unknown, path: string, limit: number): Uint8Array<ArrayBuffer> {
  if (typeof value === 'string') return encodeText(value, path, limit)
  if (typedArrayName(value) !== 'Uint8Array') throw invalid(path, 'must be a string or a Uint8Array')
  return copyBytes(value, path, limit)
}

/** The same of text or bytes. */
export function cutText(value: unknown, path: string, cut: number): Uint8Array<ArrayBuffer> {
  return typeof value === 'string' ? encodeText(value, path, Number.MAX_SAFE_INTEGER).subarray(0, cut) : cutBytes(value, path, cut)
}

/** ES2024; engines of 2023 and later have it, and it takes a fifth of the pattern's time. */
type MaybeNative = { isWellFormed?: () => boolean }

/** @returns whether every surrogate of `text` has its other half. */
export function isWellFormed(text: string): boolean {
  return (text as MaybeNative).isWellFormed?.() ?? !/\p{Surrogate}/u.test(text)
}

/**
 * One of a few words.
 *
 * @throws UsageError ARGUMENT_INVALID for any other value.
 */
export function readWord<const W extends string>(value: unknown, words: readonly W[], path: string): W {
  const word = words.find((candidate) => candidate === value)
  if (word === undefined) throw invalid(path, `must be ${words.map((candidate) => `"${candidate}"`).join(' or ')}`)
  return word
}

export { invalid as argumentInvalid }
