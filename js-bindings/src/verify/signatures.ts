// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Signatures by themselves. attestation.md §4, §4.1. A verdict says that a key signed; whose key it is, is the caller's
// knowledge, so its trust is `unproven`.
import { NO_BYTES, copyBytes, encodeText, readMembers, readWord, typedArrayName } from '../loader/input.js'
import { UsageError } from '../errors/base.js'
import { fromHex, toHex } from '../loader/hex.js'
import { codeNumber } from '../errors/codes.js'
import { codeVerdict } from './outcome.js'
import { place } from '../loader/module_machine.js'
import { PLATFORMS } from './platform.js'
import { question } from './call.js'
import type { Answer, PreparedCall, PreparedPrimitive, Question } from './call.js'
import type { Machine } from './machine.js'
import type { Platform } from './platform.js'
import type { PlatformScheme } from './signature_platform.js'

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
  /** DER SubjectPublicKeyInfo, rsaEncryption, 2048 to 8192 bits, exponent below 2^64 (else `SIGNATURE_UNSUPPORTED`). */
  readonly publicKey: Uint8Array
  /** The message itself; it is hashed with SHA-256. */
  readonly message: Uint8Array
  readonly signature: Uint8Array
  /** Asynchronous form only; default `auto`. In a batch `webcrypto` is refused. */
  readonly platform?: Platform
}

/** RSASSA-PKCS1-v1_5 with SHA-256. */
export type RsaPkcs1Input = RsaPssInput

export type P256Input = {
  /** 65 bytes 04‖x‖y. */
  readonly publicKey: Uint8Array
  /** The message itself; it is hashed with SHA-256. */
  readonly message: Uint8Array
  /** 64 bytes r‖s. */
  readonly signature: Uint8Array
}

export type P384Input = {
  /** 97 bytes 04‖x‖y. */
  readonly publicKey: Uint8Array
  /** The message itself; it is hashed with SHA-384. */
  readonly message: Uint8Array
  /** 96 bytes r‖s. */
  readonly signature: Uint8Array
  /** Asynchronous form only; default `auto`. In a batch `webcrypto` is refused. */
  readonly platform?: Platform
}

export type SchnorrInput = {
  /** 32 bytes, the x-coordinate. */
  readonly publicKey: EthBytes
  /** The message itself, of any length; BIP-340 hashes it with its tag. */
  readonly message: Uint8Array
  /** 64 bytes. */
  readonly signature: EthBytes
}

/** `rfc8032` for signatures in general; `zip215` for commits of CometBFT chains, which accept more encodings (chain-state.md §4.4). */
export type Ed25519Rule = 'rfc8032' | 'zip215'

export type Ed25519Input = {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** The message itself. */
  readonly message: Uint8Array
  /** 64 bytes. */
  readonly signature: Uint8Array
  /** Default `rfc8032`. */
  readonly rule?: Ed25519Rule
  /** Asynchronous form only; default `auto`. `zip215` is the module's alone. In a batch `webcrypto` is refused. */
  readonly platform?: Platform
}

/** The key under which the signature holds. */
export type SignedBy = {
  /** As given, lower-case hex. */
  readonly publicKey: string
}

const MAX_MESSAGE = 16 << 20
const MAX_PART = 16_384
const LOW_S = ['strict', 'malleable'] as const
const RULES = ['rfc8032', 'zip215'] as const

/** Bytes of an Ethereum value; undefined when the text is no hex. @throws UsageError for another type. */
export function ethBytes(value: unknown, path: string): Uint8Array<ArrayBuffer> | undefined {
  if (typeof value === 'string') return value.startsWith('0x') && value.length <= 2 * MAX_PART ? fromHex(value.slice(2)) : undefined
  if (typedArrayName(value) !== 'Uint8Array') throw new UsageError('ARGUMENT_INVALID', `${path}: must be a Uint8Array or 0x-hex`, { path })
  return copyBytes(value, path, MAX_PART)
}

type Sized = { readonly bytes: Uint8Array<ArrayBuffer> | undefined; readonly length: number | undefined }

function primitive(name: PreparedPrimitive['name'], parts: readonly Sized[], lowS: unknown): PreparedPrimitive {
  const mode = readWord(lowS ?? 'strict', LOW_S, 'lowS') === 'strict' ? 1 : 0
  const formed = parts.every(({ bytes, length }) => bytes !== undefined && (length === undefined || bytes.byteLength === length))
  return { kind: 'primitive', name, parts: formed ? parts.map(({ bytes }) => bytes!) : [], mode }
}

function prepareRecover(input: RecoverInput): PreparedPrimitive {
  const given = readMembers(input, ['hash', 'signature', 'v', 'r', 's', 'lowS'], '')
  const part = (value: unknown, path: string, length: number) => ({ bytes: ethBytes(value, path), length })
  const hash = part(given.hash, 'hash', 32)
  const words = given.v !== undefined || given.r !== undefined || given.s !== undefined
  if (!words) return primitive('recoverAddress', [hash, part(given.signature, 'signature', 65)], given.lowS)
  if (given.signature !== undefined) throw new UsageError('ARGUMENT_INVALID', 'signature: give either it, or v, r and s', { path: 'signature' })
  return primitive('recoverAddressWord', [hash, part(given.v, 'v', 32), part(given.r, 'r', 32), part(given.s, 's', 32)], given.lowS)
}

function prepareEcdsa(input: EcdsaInput): PreparedPrimitive {
  const given = readMembers(input, ['publicKey', 'hash', 'signature', 'lowS'], '')
  return primitive(
    'verifyEcdsa',
    [
      { bytes: ethBytes(given.publicKey, 'publicKey'), length: undefined },
      { bytes: ethBytes(given.hash, 'hash'), length: 32 },
      { bytes: ethBytes(given.signature, 'signature'), length: 64 },
    ],
    given.lowS,
  )
}

/** `lowS` as the core reads it. @throws UsageError */
export function lowSField(lowS: unknown): Uint8Array<ArrayBuffer> {
  return encodeText(readWord(lowS ?? 'strict', LOW_S, 'lowS'), 'lowS', MAX_PART)
}

function call(operation: string, fields: readonly Uint8Array<ArrayBuffer>[]): PreparedCall {
  return { kind: 'operation', operation, fields }
}

function messageFields(given: { readonly publicKey?: unknown; readonly message?: unknown; readonly signature?: unknown }): Uint8Array<ArrayBuffer>[] {
  return [copyBytes(given.publicKey, 'publicKey', MAX_PART), copyBytes(given.message, 'message', MAX_MESSAGE), copyBytes(given.signature, 'signature', MAX_PART)]
}

function prepareP256(input: P256Input): PreparedCall {
  return call('verify_p256', messageFields(readMembers(input, ['publicKey', 'message', 'signature'], '')))
}

function signed(scheme: PlatformScheme | undefined, platform: unknown): NonNullable<PreparedCall['signed']> {
  return { scheme, platform: readWord(platform ?? 'auto', PLATFORMS, 'platform') }
}

function prepareMessage(operation: string, scheme: PlatformScheme, input: RsaPssInput | P384Input): PreparedCall {
  const given = readMembers(input, ['publicKey', 'message', 'signature', 'platform'], '')
  return { ...call(operation, messageFields(given)), signed: signed(scheme, given.platform) }
}

function prepareSchnorr(input: SchnorrInput): PreparedPrimitive {
  const given = readMembers(input, ['publicKey', 'message', 'signature'], '')
  return primitive(
    'verifySchnorr',
    [
      { bytes: ethBytes(given.publicKey, 'publicKey'), length: 32 },
      { bytes: copyBytes(given.message, 'message', MAX_MESSAGE), length: undefined },
      { bytes: ethBytes(given.signature, 'signature'), length: 64 },
    ],
    undefined,
  )
}

function prepareEd25519(input: Ed25519Input): PreparedCall {
  const given = readMembers(input, ['publicKey', 'message', 'signature', 'rule', 'platform'], '')
  const rule = readWord(given.rule ?? 'rfc8032', RULES, 'rule')
  const asked = signed(rule === 'rfc8032' ? 'ed25519' : undefined, given.platform)
  return { ...call('verify_ed25519', [...messageFields(given), encodeText(rule, 'rule', MAX_PART)]), signed: asked }
}

const CHECK = 'signature'

/** Reads a primitive's answer; without one, the form of the input was refused. */
function primitiveQuestion<I, T>(prepare: (input: I) => PreparedPrimitive, value: (output: Uint8Array) => T): Question<I, T> {
  return {
    prepare,
    read: (answer) => {
      const { code, output } = answer as Exclude<Answer, string>
      return codeVerdict(code, CHECK, () => value(output))
    },
  }
}

/** The module's answer for a signature that holds. */
export function signedByText(key: Uint8Array): string {
  return JSON.stringify({ ok: true, value: { publicKey: toHex(key) }, checks: [{ name: CHECK, status: 'passed' }], trust: 'unproven' })
}

const signedBy = ({ publicKey }: SignedBy): SignedBy => ({ publicKey })

export const RECOVER: Question<RecoverInput, RecoveredAddress> = /* @__PURE__ */ primitiveQuestion(prepareRecover, (output) => ({ address: `0x${toHex(output)}` }))
export const ECDSA: Question<EcdsaInput, SignedBy> = /* @__PURE__ */ primitiveQuestion(prepareEcdsa, (output) => ({ publicKey: toHex(output) }))
export const RSA_PSS: Question<RsaPssInput, SignedBy> = /* @__PURE__ */ question((input: RsaPssInput) => prepareMessage('verify_rsa_pss', 'rsa-pss', input), signedBy)
export const RSA_PKCS1: Question<RsaPkcs1Input, SignedBy> = /* @__PURE__ */ question((input: RsaPkcs1Input) => prepareMessage('verify_rsa_pkcs1', 'rsa-pkcs1', input), signedBy)
export const P256: Question<P256Input, SignedBy> = /* @__PURE__ */ question(prepareP256, signedBy)
export const SCHNORR: Question<SchnorrInput, SignedBy> = /* @__PURE__ */ primitiveQuestion(prepareSchnorr, (output) => ({ publicKey: toHex(output) }))
export const ED25519: Question<Ed25519Input, SignedBy> = /* @__PURE__ */ question(prepareEd25519, signedBy)
export const P384: Question<P384Input, SignedBy> = /* @__PURE__ */ question((input: P384Input) => prepareMessage('verify_p384', 'p384', input), signedBy)

const ADDRESS_BYTES = 20

/** Runs a primitive, or refuses it by its form alone. Its output: the address, or the key under which the signature holds. */
export function executePrimitive(machine: Machine, { name, parts, mode }: PreparedPrimitive): Answer {
  if (parts.length === 0) return { code: codeNumber('SIGNATURE_MALFORMED'), output: NO_BYTES }
  return machine.use((module) => {
    if (name === 'verifyEcdsa' || name === 'verifySchnorr') {
      const at = place(module, parts) as [number, number, number]
      const [key, second] = parts as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>]
      const code = name === 'verifyEcdsa' ? module.verifyEcdsa(at[0], key.byteLength, at[1], at[2], mode) : module.verifySchnorr(at[0], at[1], second.byteLength, at[2])
      return { code, output: key }
    }
    const output = new Uint8Array(ADDRESS_BYTES)
    const at = place(module, [...parts, output]) as [number, number, number, number, number]
    const out = at[parts.length]!
    const code = name === 'recoverAddress' ? module.recoverAddress(at[0], at[1], mode, out) : module.recoverAddressWord(at[0], at[1], at[2], at[3], mode, out)
    output.set(module.HEAPU8.subarray(out, out + ADDRESS_BYTES))
    return { code, output }
  })
}
