// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Typed data (EIP-712). attestation.md §4, §4.1. The core reads JSON text; here a caller's object becomes that text,
// each member read once, without asking a toJSON method. A member that would be left out (undefined, hidden or of a
// prototype) is refused: a domain without it is bound to less than it says.
import { UsageError } from '../errors/base.js'
import { copyBytes, demandedMembers, encodeText, inputLimit, isList, ownItems, readMembers, reading, typedArrayName } from '../loader/input.js'
import { toHex } from '../loader/hex.js'
import { question } from './call.js'
import { walletFields } from './message.js'
import type { PreparedCall, Question } from './call.js'
import type { SignedByAccount, WalletSignature } from './message.js'

/** Integers as bigint, safe number, decimal or 0x-hex text; bytes and addresses as 0x-hex text or Uint8Array. */
export type TypedDataValue = string | number | bigint | boolean | Uint8Array | readonly TypedDataValue[] | { readonly [member: string]: TypedDataValue }

/** What eth_signTypedData_v4 takes. */
export type TypedData = {
  readonly domain: {
    readonly name?: string
    readonly version?: string
    readonly chainId?: string | number | bigint
    readonly verifyingContract?: string | Uint8Array
    readonly salt?: string | Uint8Array
  }
  /** `EIP712Domain` may be among them, and must then be what the domain's members make it. */
  readonly types: { readonly [name: string]: readonly { readonly name: string; readonly type: string }[] }
  readonly primaryType: string
  readonly message: { readonly [member: string]: TypedDataValue }
}

/** An object, or the JSON text that a wallet was given. */
export type TypedDataInput = TypedData | string

/** Every hash on the way to the digest; `0x` and lower-case hex digits. */
export type TypedDataHashes = {
  readonly primaryType: string
  readonly encodeType: string
  readonly typeHash: string
  /** Type hash ‖ encoded members of the primary type. */
  readonly encodedData: string
  readonly structHash: string
  readonly domainSeparator: string
  readonly digest: string
}

export type TypedDataSignature = WalletSignature & { readonly typedData: TypedDataInput }

const MAX_TEXT = 16 << 20
/** Deeper than any value that the core reads. */
const MAX_DEPTH = 130
const MAX_ITEMS = 1 << 20

function invalid(path: string, what: string): UsageError {
  return new UsageError('ARGUMENT_INVALID', `${path}: ${what}`, { path })
}

/** Where the writing has got to. */
type Place = {
  /** The way to the value, for what is thrown; as long after the value as before. */
  readonly steps: (string | number)[]
  /** Characters in all; escapes count as what they stand for. */
  size: number
}

/** Counts text before it is made: one value may stand in many places. @throws UsageError INPUT_LIMIT */
function count(at: Place, characters: number): void {
  at.size += characters
  if (at.size > MAX_TEXT) throw inputLimit(TYPED_DATA_PATH, at.size, MAX_TEXT)
}

function quoted(value: string, at: Place): string {
  count(at, value.length + 2)
  return JSON.stringify(value)
}

function counted(text: string, at: Place): string {
  count(at, text.length)
  return text
}

/**
 * JSON text of a value; the core judges whether it fits its type.
 *
 * @throws UsageError for what JSON cannot carry exactly; INPUT_LIMIT as soon as it is too long.
 */
function json(value: unknown, at: Place): string {
  const { steps } = at
  if (typeof value === 'string') return quoted(value, at)
  if (typeof value === 'bigint') return counted(`"${value}"`, at)
  if (typeof value === 'boolean') return counted(value ? 'true' : 'false', at)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw invalid(pathOf(steps), 'must be a safe integer; pass a bigint or decimal text')
    return counted(String(value), at)
  }
  if (value === null) return counted('null', at)
  if (typedArrayName(value) === 'Uint8Array') {
    const bytes = copyBytes(value, pathOf(steps), MAX_TEXT / 4)
    count(at, 2 * bytes.byteLength + 4)
    return `"0x${toHex(bytes)}"`
  }
  if (typeof value !== 'object') throw invalid(pathOf(steps), `a ${typeof value} has no JSON form`)
  if (steps.length === MAX_DEPTH) throw invalid(pathOf(steps), 'is nested too deeply')
  const list = isList(value, TYPED_DATA_PATH)
  let text = counted(list ? '[' : '{', at)
  const append = (step: string | number, member: unknown) => {
    count(at, 1)
    if (text.length > 1) text += ','
    if (typeof step === 'string') text += `${quoted(step, at)}:`
    steps.push(step)
    text += json(member, at)
    steps.pop()
  }
  if (list) itemsAt(value, steps).forEach((item, i) => append(i, item))
  else for (const [name, member] of membersAt(value, steps)) append(name, member)
  return text + (list ? ']' : '}')
}

const TYPED_DATA_PATH = 'typedData'

/** All members. The place of a refused one is written out only then: that takes longer than the reading. */
function membersAt(value: object, steps: readonly (string | number)[]): Map<string, unknown> {
  try {
    return demandedMembers(value, TYPED_DATA_PATH)
  } catch (cause) {
    demandedMembers(value, pathOf(steps))
    throw cause
  }
}

/** All items. A list that has other members too is refused. */
function itemsAt(value: object, steps: readonly (string | number)[]): unknown[] {
  const items = ownItems(value, TYPED_DATA_PATH, MAX_ITEMS)
  const keys = reading(TYPED_DATA_PATH, () => Reflect.ownKeys(value))
  // A hole is refused as an item, so that the count tells; the items have one member more, their length.
  const other = keys.length > items.length + 1 ? keys.find((key) => typeof key === 'string' && !Object.hasOwn(items, key)) : undefined
  if (other !== undefined) throw invalid(pathOf([...steps, other as string]), 'is no item of the list')
  return items
}

function pathOf(steps: readonly (string | number)[]): string {
  return steps.reduce<string>((path, step) => (typeof step === 'number' ? `${path}[${step}]` : `${path}.${step}`), TYPED_DATA_PATH)
}

function readTypedData(value: unknown): Uint8Array<ArrayBuffer> {
  return encodeText(typeof value === 'string' ? value : json(value, { steps: [], size: 0 }), TYPED_DATA_PATH, MAX_TEXT)
}

function prepareHash(input: TypedDataInput): PreparedCall {
  return { kind: 'operation', operation: 'hash_typed_data', fields: [readTypedData(input)] }
}

function prepareVerify(input: TypedDataSignature): PreparedCall {
  const given = readMembers(input, ['typedData', 'address', 'signature', 'lowS'], '')
  return { kind: 'operation', operation: 'verify_typed_data', fields: [readTypedData(given.typedData), ...walletFields(given)] }
}

export const TYPED_DATA_HASH: Question<TypedDataInput, TypedDataHashes> = /* @__PURE__ */ question(prepareHash, (value: TypedDataHashes) => value)
export const TYPED_DATA: Question<TypedDataSignature, SignedByAccount> = /* @__PURE__ */ question(prepareVerify, (value: SignedByAccount) => value)
