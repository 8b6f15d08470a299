// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Signatures by themselves. attestation.md §4, §4.1. A verdict says that a key signed; whose key it is, is the caller's
// knowledge, so its trust is `unproven`.
import { copyBytes, readMembers, readWord, typedArrayName } from '../loader/input.js'
import { UsageError } from '../errors/base.js'
import { fromHex, toHex } from '../loader/hex.js'
import { codeVerdict, refuse } from './outcome.js'
import { place } from './machine.js'
import type { Machine } from './machine.js'
import type { Verdict } from './verdict.js'

/** Bytes, or `0x` and hex digits of either case, as Ethereum writes them. */
export type EthBytes = Uint8Array | string

/** Whether s above n / 2 passes. `malleable` is what ecrecover does: anyone can turn such a signature into a second one. */
export type LowS = 'strict' | 'malleable'

/** A digest and the signature over it, in the wallet form or as the words of ecrecover. */
export type RecoverInput = {
  /** 32 bytes. */
  readonly hash: EthBytes
  /** Default `strict`. */
  readonly lowS?: LowS
} & (
  | {
      /** 65 bytes r‖s‖v, v 27 or 28. */
      readonly signature: EthBytes
      readonly v?: never
      readonly r?: never
      readonly s?: never
    }
  | {
      /** 32 bytes each, big-endian; v 27 or 28. */
      readonly v: EthBytes
      readonly r: EthBytes
      readonly s: EthBytes
      readonly signature?: never
    }
)

/** Compare it with the address that you expect. */
export type RecoveredAddress = {
  /** `0x` and 40 lower-case hex digits. */
  readonly address: string
}

export type EcdsaInput = {
  /** 33 bytes 02|03‖x or 65 bytes 04‖x‖y. */
  readonly publicKey: EthBytes
  /** 32 bytes. */
  readonly hash: EthBytes
  /** 64 bytes r‖s. */
  readonly signature: EthBytes
  /** Default `strict`. */
  readonly lowS?: LowS
}

export type RsaPssInput = {
  /** DER SubjectPublicKeyInfo, rsaEncryption, 2048 to 8192 bits. */
  readonly publicKey: Uint8Array
  /** The message itself; it is hashed with SHA-256. */
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

export type P384Input = {
  /** 97 bytes 04‖x‖y. */
  readonly publicKey: Uint8Array
  /** The message itself; it is hashed with SHA-384. */
  readonly message: Uint8Array
  /** 96 bytes r‖s. */
  readonly signature: Uint8Array
}

/** The key under which the signature holds. */
export type SignedBy = {
  /** As given, lower-case hex. */
  readonly publicKey: string
}

/** A call whose inputs nobody can change any more; undefined = the form alone refuses it. */
export type PreparedSignature = {
  readonly call: 'recoverAddress' | 'recoverAddressWord' | 'verifyEcdsa' | 'verifyRsaPss' | 'verifyP384'
  readonly parts: readonly Uint8Array<ArrayBuffer>[]
  readonly lowS: LowS
  /** Whether every part has the length that its form demands. */
  readonly formed: boolean
}

const MAX_MESSAGE = 16 << 20
const MAX_PART = 16_384
const LOW_S = ['strict', 'malleable'] as const

/** Bytes of an Ethereum value; undefined when the text is no hex. @throws UsageError for another type. */
function ethBytes(value: unknown, path: string): Uint8Array<ArrayBuffer> | undefined {
  if (typeof value === 'string') return value.startsWith('0x') && value.length <= 2 * MAX_PART ? fromHex(value.slice(2)) : undefined
  if (typedArrayName(value) !== 'Uint8Array') throw new UsageError('ARGUMENT_INVALID', `${path}: must be a Uint8Array or 0x-hex`, { path })
  return copyBytes(value, path, MAX_PART)
}

type Sized = { readonly bytes: Uint8Array<ArrayBuffer> | undefined; readonly length: number | undefined }

function prepared(call: PreparedSignature['call'], parts: readonly Sized[], lowS: LowS): PreparedSignature {
  const formed = parts.every(({ bytes, length }) => bytes !== undefined && (length === undefined || bytes.byteLength === length))
  return { call, parts: formed ? parts.map(({ bytes }) => bytes!) : [], lowS, formed }
}

export function prepareRecover(input: RecoverInput): PreparedSignature {
  const given = readMembers(input, ['hash', 'signature', 'v', 'r', 's', 'lowS'], '')
  const lowS = readWord(given.lowS ?? 'strict', LOW_S, 'lowS')
  const hash = { bytes: ethBytes(given.hash, 'hash'), length: 32 }
  const words = given.v !== undefined || given.r !== undefined || given.s !== undefined
  if (!words) return prepared('recoverAddress', [hash, { bytes: ethBytes(given.signature, 'signature'), length: 65 }], lowS)
  if (given.signature !== undefined) throw new UsageError('ARGUMENT_INVALID', 'signature: give either it, or v, r and s', { path: 'signature' })
  const word = (value: unknown, path: string) => ({ bytes: ethBytes(value, path), length: 32 })
  return prepared('recoverAddressWord', [hash, word(given.v, 'v'), word(given.r, 'r'), word(given.s, 's')], lowS)
}

export function prepareEcdsa(input: EcdsaInput): PreparedSignature {
  const given = readMembers(input, ['publicKey', 'hash', 'signature', 'lowS'], '')
  return prepared(
    'verifyEcdsa',
    [
      { bytes: ethBytes(given.publicKey, 'publicKey'), length: undefined },
      { bytes: ethBytes(given.hash, 'hash'), length: 32 },
      { bytes: ethBytes(given.signature, 'signature'), length: 64 },
    ],
    readWord(given.lowS ?? 'strict', LOW_S, 'lowS'),
  )
}

function prepareMessage(call: 'verifyRsaPss' | 'verifyP384', input: RsaPssInput | P384Input): PreparedSignature {
  const given = readMembers(input, ['publicKey', 'message', 'signature'], '')
  return prepared(
    call,
    [
      { bytes: copyBytes(given.publicKey, 'publicKey', MAX_PART), length: undefined },
      { bytes: copyBytes(given.message, 'message', MAX_MESSAGE), length: undefined },
      { bytes: copyBytes(given.signature, 'signature', MAX_PART), length: undefined },
    ],
    'strict',
  )
}

export const prepareRsaPss = (input: RsaPssInput): PreparedSignature => prepareMessage('verifyRsaPss', input)
export const prepareP384 = (input: P384Input): PreparedSignature => prepareMessage('verifyP384', input)

/** Both recovery calls. */
export function executeRecover(machine: Machine, input: PreparedSignature): Verdict<RecoveredAddress> {
  if (!input.formed) return malformed()
  const address = new Uint8Array(20)
  const mode = input.lowS === 'strict' ? 1 : 0
  const number = machine.use((module) => {
    const at = place(module, [...input.parts, address]) as [number, number, number, number, number]
    const out = at[input.parts.length]!
    const code =
      input.call === 'recoverAddress'
        ? module.recoverAddress(at[0], at[1], mode, out)
        : module.recoverAddressWord(at[0], at[1], at[2], at[3], mode, out)
    address.set(module.HEAPU8.subarray(out, out + address.byteLength))
    return code
  })
  return codeVerdict(number, 'signature', () => ({ address: `0x${toHex(address)}` }))
}

/** The calls that ask whether a key signed. */
export function executeSigned(machine: Machine, input: PreparedSignature): Verdict<SignedBy> {
  if (!input.formed) return malformed()
  const [key, second, third] = input.parts as [Uint8Array, Uint8Array, Uint8Array]
  const number = machine.use((module) => {
    const [keyAt, secondAt, thirdAt] = place(module, input.parts) as [number, number, number]
    if (input.call === 'verifyEcdsa') return module.verifyEcdsa(keyAt, key.byteLength, secondAt, thirdAt, input.lowS === 'strict' ? 1 : 0)
    const call = input.call === 'verifyRsaPss' ? 'verifyRsaPss' : 'verifyP384'
    return module[call](keyAt, key.byteLength, secondAt, second.byteLength, thirdAt, third.byteLength)
  })
  return codeVerdict(number, 'signature', () => ({ publicKey: toHex(key) }))
}

function malformed(): Verdict<never> {
  return { ...refuse('SIGNATURE_MALFORMED'), checks: [{ name: 'signature', status: 'failed', code: 'SIGNATURE_MALFORMED' }] }
}
