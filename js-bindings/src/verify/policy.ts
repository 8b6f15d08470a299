// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the application trusts and demands: from its JavaScript form (api.md "Policy") to the members that the core
// reads (attestation.md §1.7, receipt.md §2 and §8). The core judges the values; here only types and names are read.
import { UsageError } from '../errors/base.js'
import { NO_BYTES, copyBytes, demandedMembers, isList, readDemands, sparseItems, typedArrayName } from '../loader/input.js'
import { toHex } from '../loader/hex.js'
import { JSON_NULL, fromBase64, jsonBoolean, jsonInteger, jsonItems, jsonObject, jsonString, jsonVerbatim, toBase64 } from './json_text.js'
import { momentText } from './time.js'
import type { JsonText } from './json_text.js'
import type { Time } from './time.js'
import type { TrustLevel } from './verdict.js'

export type { Time } from './time.js'

/** How the gateway build wrote the text that it signs (receipt.md §2). */
export type Profile = ChatProfile | CompletionsProfile | 'sdk'
/** Builds that answer chats. */
export type ChatProfile = 'gw-repr-a' | 'gw-repr-b' | 'gw-verbatim' | 'gw-stripped' | 'legacy-2025-12-chat'
/** Builds that complete prompts. */
export type CompletionsProfile = 'completions-a' | 'completions-b' | 'legacy-2025-12-completions'

/** Bytes, or hex of either case with or without `0x`. */
export type HexOrBytes = string | Uint8Array

/** A root certificate to pin instead of the vendor's. */
export type Root = {
  /** Shown in the verdict, e.g. `demo root`; at most 128 bytes. */
  readonly name: string
  /** X.509 certificate, DER. */
  readonly der: Uint8Array
}

/**
 * One enclave image that may speak: pins by PCR index (0, 1 and 2 at least; 48 bytes each), or
 * `pcrHash` = keccak256(PCR0‖PCR1‖PCR2). Outside `from`…`until` (inclusive) it does not match.
 */
export type Measurement = (
  | { readonly pcrs: { readonly [index: number]: HexOrBytes }; readonly pcrHash?: never }
  | { readonly pcrHash: HexOrBytes; readonly pcrs?: never }
) & { readonly from?: Time; readonly until?: Time }

/** What the application trusts and demands. Nothing is trusted by default: an empty policy is refused. */
export type Policy = {
  /** The moment to judge for, when the call itself names none. */
  readonly now?: Time
  /** Default: the AWS Nitro root, pinned by its published SHA-256. */
  readonly root?: Root
  readonly measurements?: readonly Measurement[]
  /** Oldest accepted attestation, seconds; default 300. */
  readonly maxAgeS?: number | bigint
  /** How far an attestation's time may lie in the future, seconds; default 60. */
  readonly maxSkewS?: number | bigint
  /** Whether an enclave in debug mode (its measurements are zeros) may pass; default false. */
  readonly allowDebug?: boolean
  /** The nonce that the document must carry. */
  readonly nonce?: HexOrBytes
  /** The public key that the document must carry. */
  readonly publicKey?: HexOrBytes
  /** What the user data must be, or which of the two OpenGradient hashes it must bind (attestation.md §1.8). */
  readonly userData?:
    | { readonly exact: HexOrBytes; readonly og?: never }
    | { readonly og: { readonly tlsCertSha256?: HexOrBytes; readonly signingKeySha256?: HexOrBytes }; readonly exact?: never }
  /** Which receipt profile each enclave image speaks, by pcrHash (`0x` and 64 hex digits). */
  readonly profiles?: { readonly [pcrHash: string]: { readonly chat?: ChatProfile; readonly completions?: CompletionsProfile } }
  /** Oldest accepted receipt and how far its time may lie in the future, seconds; `null` = no limit; default 3600 and 300. */
  readonly receipt?: { readonly maxAgeS?: number | bigint | null; readonly futureS?: number | bigint | null }
  /** Trust levels that pass; default `['proven', 'attested']`. */
  readonly accept?: readonly TrustLevel[]
}

/** A policy, or the text of a policy file as the `assay` command reads it (JSON, the core's member names). */
export type PolicyInput = Policy | string

/** A policy in the core's form. */
export type ReadPolicy = {
  readonly text: JsonText
  /** `now` of the JavaScript form. */
  readonly now: unknown
  /** The pinned root, DER; empty = the vendor's. */
  readonly rootDer: Uint8Array<ArrayBuffer>
}

const MAX_ITEMS = 4096
const MAX_TEXT = 1 << 20

function invalid(path: string, what: string, cause?: unknown): UsageError {
  return new UsageError('POLICY_INVALID', `${path}: ${what}`, cause === undefined ? { path } : { path, cause })
}

export function text(value: unknown, path: string): JsonText {
  if (typeof value !== 'string') throw invalid(path, 'must be a string')
  return jsonString(value, path)
}

export function hex(value: unknown, path: string): JsonText {
  return typedArrayName(value) === 'Uint8Array' ? jsonString(toHex(copyBytes(value, path, MAX_TEXT / 4)), path) : text(value, path)
}

export function whole(value: unknown, path: string, of = ''): JsonText {
  if (typeof value === 'bigint') return jsonInteger(value)
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw invalid(path, `must be a whole number${of}`)
  return jsonInteger(BigInt(value))
}

export const seconds = (value: unknown, path: string): JsonText => whole(value, path, ' of seconds')

export function optional<T>(value: unknown, path: string, read: (value: unknown, path: string) => T): T | undefined {
  return value === undefined ? undefined : read(value, path)
}

/** Reads {name, der}. */
export function readRoot(value: unknown, path: string): { text: JsonText; der: Uint8Array<ArrayBuffer> } {
  const { name, der } = readDemands(value, ['name', 'der'], path)
  const bytes = copyBytes(der, `${path}.der`, MAX_TEXT / 4)
  return {
    text: jsonObject([['name', text(name, `${path}.name`)], ['der', jsonString(toBase64(bytes), path)]], path),
    der: bytes,
  }
}

const MOST_PCRS = 32

/** Index and pin; a list has them in order, and its holes pin nothing. */
function readPins(pcrs: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (!isList(pcrs, path)) return [...demandedMembers(pcrs, path)]
  return sparseItems(pcrs, path, MOST_PCRS)
}

export function readMeasurement(value: unknown, path: string): JsonText {
  const { pcrs, pcrHash, from, until } = readDemands(value, ['pcrs', 'pcrHash', 'from', 'until'], path)
  const members: [string, JsonText | undefined][] = []
  if (pcrs !== undefined) for (const [index, pin] of readPins(pcrs, `${path}.pcrs`)) {
    // The core reads pins and the other members from one object: only an index may come from here.
    if (!/^(0|[1-9]\d*)$/.test(index)) throw invalid(`${path}.pcrs`, `${index} is no PCR index`)
    members.push([index, hex(pin, `${path}.pcrs.${index}`)])
  }
  members.push(['og_pcr_hash', optional(pcrHash, `${path}.pcrHash`, hex)])
  members.push(['from', optional(from, `${path}.from`, momentText)])
  members.push(['until', optional(until, `${path}.until`, momentText)])
  return jsonObject(members, path)
}

function readUserData(value: unknown, path: string): JsonText {
  const { exact, og } = readDemands(value, ['exact', 'og'], path)
  return jsonObject([['exact', optional(exact, `${path}.exact`, hex)], ['og', optional(og, `${path}.og`, (hashes, at) => {
    const { tlsCertSha256, signingKeySha256 } = readDemands(hashes, ['tlsCertSha256', 'signingKeySha256'], at)
    return jsonObject([
      ['tls_cert_sha256', optional(tlsCertSha256, `${at}.tlsCertSha256`, hex)],
      ['signing_key_sha256', optional(signingKeySha256, `${at}.signingKeySha256`, hex)],
    ], at)
  })]], path)
}

/** Keys are data here: whatever they are, also `__proto__`, they reach the core as written. */
function readProfiles(value: unknown, path: string): JsonText {
  const rows = demandedMembers(value, path)
  if (rows.size > MAX_ITEMS) throw invalid(path, `has ${rows.size} rows, at most ${MAX_ITEMS}`)
  return jsonObject([...rows].map(([pcrHash, row]) => {
    const routes = [...demandedMembers(row, path)].map(([route, profile]) => [route, text(profile, `${path}.${route}`)] as const)
    return [pcrHash, jsonObject(routes, path)] as const
  }), path)
}

function readFreshness(value: unknown, path: string): JsonText {
  const { maxAgeS, futureS } = readDemands(value, ['maxAgeS', 'futureS'], path)
  const limit = (given: unknown, at: string) => (given === null ? JSON_NULL : seconds(given, at))
  return jsonObject([
    ['max_age_s', optional(maxAgeS, `${path}.maxAgeS`, limit)],
    ['future_s', optional(futureS, `${path}.futureS`, limit)],
  ], path)
}

export function readFlag(value: unknown, path: string): JsonText {
  if (typeof value !== 'boolean') throw invalid(path, 'must be true or false')
  return jsonBoolean(value)
}

export function list(read: (value: unknown, path: string) => JsonText) {
  return (value: unknown, path: string): JsonText =>
    jsonItems(value, path, MAX_ITEMS, read)
}

/** Names of the members of `Policy`. */
export const POLICY_MEMBERS = [
  'now', 'root', 'measurements', 'maxAgeS', 'maxSkewS', 'allowDebug', 'nonce', 'publicKey', 'userData', 'profiles', 'receipt', 'accept',
] as const

/** Reads the JavaScript form. */
export function readObject(value: unknown): ReadPolicy {
  const given = readDemands(value, POLICY_MEMBERS, 'policy')
  const root = optional(given.root, 'policy.root', readRoot)
  return {
    text: jsonObject([
      ['root', root?.text],
      ['measurements', optional(given.measurements, 'policy.measurements', list(readMeasurement))],
      ['max_age_s', optional(given.maxAgeS, 'policy.maxAgeS', seconds)],
      ['max_skew_s', optional(given.maxSkewS, 'policy.maxSkewS', seconds)],
      ['allow_debug', optional(given.allowDebug, 'policy.allowDebug', readFlag)],
      ['nonce', optional(given.nonce, 'policy.nonce', hex)],
      ['public_key', optional(given.publicKey, 'policy.publicKey', hex)],
      ['user_data', optional(given.userData, 'policy.userData', readUserData)],
      ['profiles', optional(given.profiles, 'policy.profiles', readProfiles)],
      ['receipt', optional(given.receipt, 'policy.receipt', readFreshness)],
      ['accept', optional(given.accept, 'policy.accept', list(text))],
    ], 'policy'),
    now: given.now,
    rootDer: root?.der ?? NO_BYTES,
  }
}

/** The text is handed to the core as it stands, once it is known to be one JSON value. */
function readFileText(json: string): ReadPolicy {
  if (json.length > MAX_TEXT) throw invalid('policy', 'is larger than 1 MiB')
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (cause) {
    throw invalid('policy', 'is no JSON text', cause)
  }
  if (typeof parsed !== 'object' || parsed === null) throw invalid('policy', 'must be a JSON object')
  // Only to ask the platform the right questions; the core reads the root itself.
  const root = (parsed as { root?: { der?: unknown } | null }).root
  const der = typeof root?.der === 'string' ? fromBase64(root.der) : undefined
  return { text: jsonVerbatim(json), now: undefined, rootDer: der ?? NO_BYTES }
}

/**
 * Reads a policy of any family: the text of a policy file, or the form that `readObject` knows. undefined stays
 * undefined, and the core then says which code that is.
 *
 * @throws UsageError POLICY_INVALID for a member of another name or type.
 */
export function readPolicyAs(value: unknown, readObject: (value: unknown) => ReadPolicy): ReadPolicy | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') return readFileText(value)
  try {
    if (typeof value !== 'object' || value === null || typedArrayName(value) !== undefined || isList(value, 'policy')) throw invalid('policy', 'must be an object, or the text of a policy file')
    return readObject(value)
  } catch (cause) {
    if (!(cause instanceof UsageError) || cause.code === 'POLICY_INVALID') throw cause
    throw new UsageError('POLICY_INVALID', cause.shortMessage, { cause, ...(cause.path === undefined ? {} : { path: cause.path }) })
  }
}

/** Reads the policy of receipts and Nitro documents. @throws UsageError POLICY_INVALID */
export function readPolicy(value: unknown): ReadPolicy | undefined {
  return readPolicyAs(value, readObject)
}
