// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Typed data (EIP-712). attestation.md §4, §4.1. The core reads JSON text; here a caller's object becomes that text,
// each member read once, without asking a toJSON method. A member that would be left out (undefined, hidden or of a
// prototype) is refused: a domain without it is bound to less than it says.
import { argumentInvalid, demandedMembers, encodeText, readMembers, reading } from '../loader/input.js'
import { MAX_TEXT } from './json_text.js'
import { question } from './call.js'
import { walletFields } from './message.js'
import { writeValue } from './json_value.js'
import type { Form } from './json_value.js'
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

const TYPED_DATA_PATH = 'typedData'

/** A list that has other members than its items is refused. */
function onlyItems(list: object, items: readonly unknown[], path: string): void {
  const keys = reading(path, () => Reflect.ownKeys(list))
  // A hole is refused as an item, so that the count tells; the items have one member more, their length.
  const other = keys.length > items.length + 1 ? keys.find((key) => typeof key === 'string' && !Object.hasOwn(items, key)) : undefined
  if (other !== undefined) throw argumentInvalid(`${path}.${other as string}`, 'is no item of the list')
}

/** The core judges whether a value fits its type. */
const FORM: Form = {
  members: demandedMembers,
  list: onlyItems,
  bigint: (value) => `"${value}"`,
  number: { fits: Number.isSafeInteger, else: 'must be a safe integer; pass a bigint or decimal text' },
}

function readTypedData(value: unknown): Uint8Array<ArrayBuffer> {
  return encodeText(typeof value === 'string' ? value : writeValue(value, TYPED_DATA_PATH, FORM), TYPED_DATA_PATH, MAX_TEXT)
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
