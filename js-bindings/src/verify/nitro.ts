// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// AWS Nitro attestation documents. attestation.md §0, §1.
import { UsageError } from '../errors/base.js'
import { NO_BYTES, copyBytes, encodeText, readMembers, readWord, viewBytes } from '../loader/input.js'
import { jsonObject, jsonString } from './json_text.js'
import { clockText, deviceClockText } from './time.js'
import { readPolicy, readRoot } from './policy.js'
import { question } from './call.js'
import { PLATFORMS } from './platform.js'
import type { JsonText } from './json_text.js'
import type { PolicyInput, ReadPolicy, Root, Time } from './policy.js'
import type { PreparedCall, Question } from './call.js'
import type { Platform } from './platform.js'

/** A document and what the application demands of it. */
export type NitroInput = {
  /** The COSE_Sign1 bytes (decode base64 first); at most 16 384. */
  readonly document: Uint8Array
  /** Default: `policy.root`, else the AWS root. */
  readonly root?: Root
  /** Default: `policy.now`, else the device's clock; the verdict shows which. */
  readonly now?: Time
  /** Required: without measurements nothing is verified (`NITRO_PCR_POLICY_EMPTY`). */
  readonly policy: PolicyInput
  /** Asynchronous form only; default `auto`. */
  readonly platform?: Platform
}

/** A document whose origin is asked, and nothing else. */
export type NitroGenuineInput = Omit<NitroInput, 'policy'>

/** What the enclave's document says. */
export type NitroClaims = {
  readonly kind: 'nitro'
  readonly moduleId: string
  /** Milliseconds since 1970. */
  readonly timestampMs: bigint
  /** By PCR index; 96 hex digits each. */
  readonly pcrs: { readonly [index: string]: string }
  /** keccak256(PCR0‖PCR1‖PCR2), `0x` and 64 hex digits; null when one of the three is missing. */
  readonly pcrHash: string | null
  /** Hex; empty when absent. */
  readonly publicKey: string
  /** Hex; empty when absent. */
  readonly userData: string
  /** Hex; empty when absent. */
  readonly nonce: string
  /** Whether PCR0, 1 or 2 is all zeros. */
  readonly debug: boolean
  /** Number of certificates from the root to the leaf. */
  readonly certificates: number
  /** Unix seconds. */
  readonly leafNotBefore: bigint
  /** Unix seconds. */
  readonly leafNotAfter: bigint
  /** The two hashes of an OpenGradient user data (attestation.md §1.8); null for another layout. */
  readonly binding: { readonly tlsCertificateSha256: string; readonly signingKeySha256: string } | null
}

/** The claims of a document that satisfies the policy. */
export type VerifiedNitro = NitroClaims

/** The claims of a document that AWS hardware made; **no policy was applied**, so they say nothing about what runs there. */
export type GenuineNitro = NitroClaims & { readonly genuine: true }

/** One above the core's limit, which then answers NITRO_LIMIT in its own order of checks. */
const DOCUMENT_CUT = 16_385
const MAX_OPTIONS = 1 << 20

/** A copy of the document; of an oversized one only as much as shows that it is. */
export function copyDocument(value: unknown, path: string): Uint8Array<ArrayBuffer> {
  return copyBytes(viewBytes(value, path, Number.MAX_SAFE_INTEGER).subarray(0, DOCUMENT_CUT), path, DOCUMENT_CUT)
}

/** `now` and `now_source` of the options: the call's, else the policy's, else the device's. */
export function clockMembers(now: unknown, policy: ReadPolicy | undefined): [string, JsonText | undefined][] {
  const policyNow = policy?.now
  if (now !== undefined && policyNow !== undefined) throw twice('now')
  const given = now === undefined ? policyNow : now
  if (given === undefined) return [['now', deviceClockText()], ['now_source', jsonString('device', 'now')]]
  return [['now', clockText(given, 'now')]]
}

function twice(name: string): UsageError {
  return new UsageError('POLICY_INVALID', `${name}: given both in the call and in its policy`, { path: name })
}

export function encodeOptions(members: readonly (readonly [string, JsonText | undefined])[]): Uint8Array<ArrayBuffer> {
  const { json } = jsonObject(members, 'options')
  try {
    return encodeText(json, 'policy', MAX_OPTIONS)
  } catch (cause) {
    if (!(cause instanceof UsageError) || cause.code !== 'INPUT_LIMIT') throw cause
    throw new UsageError('POLICY_INVALID', 'policy: more than 1 MiB in all', { path: 'policy', cause }) // the caller's, not the evidence's
  }
}

/** The policy's text with the call's own root in it. */
function policyWithRoot(policy: ReadPolicy | undefined, root: { text: JsonText; der: Uint8Array<ArrayBuffer> } | undefined) {
  if (root === undefined || policy === undefined) return policy
  if (policy.rootDer.byteLength > 0) throw twice('root')
  const inner = policy.text.json.trim().slice(1, -1)
  const separator = inner.trim() === '' ? '' : ','
  return { ...policy, text: { json: `{"root":${root.text.json}${separator}${inner}}` }, rootDer: root.der }
}

function call(operation: string, document: unknown, options: Uint8Array<ArrayBuffer>, rootDer: Uint8Array<ArrayBuffer>, platform: unknown): PreparedCall {
  const copy = copyDocument(document, 'document')
  return {
    kind: 'operation',
    operation,
    fields: [copy, options],
    attested: { document: copy, rootDer, platform: readWord(platform ?? 'auto', PLATFORMS, 'platform') },
  }
}

function prepareNitro(input: NitroInput): PreparedCall {
  const given = readMembers(input, ['document', 'root', 'now', 'policy', 'platform'], '')
  const root = given.root === undefined ? undefined : readRoot(given.root, 'root')
  const policy = policyWithRoot(readPolicy(given.policy), root)
  const options = encodeOptions([...clockMembers(given.now, policy), ['policy', policy?.text]])
  return call('verify_nitro', given.document, options, policy?.rootDer ?? NO_BYTES, given.platform)
}

function prepareGenuine(input: NitroGenuineInput): PreparedCall {
  const given = readMembers(input, ['document', 'root', 'now', 'platform'], '')
  const root = given.root === undefined ? undefined : readRoot(given.root, 'root')
  const options = encodeOptions([...clockMembers(given.now, undefined), ['root', root?.text]])
  return call('authenticate_nitro', given.document, options, root?.der ?? NO_BYTES, given.platform)
}

type NitroJson = Omit<NitroClaims, 'timestampMs' | 'leafNotBefore' | 'leafNotAfter'> & {
  readonly timestampMs: string
  readonly leafNotBefore: string
  readonly leafNotAfter: string
}

/** The claims with their 64-bit integers as bigint. */
export function reviveNitro<T extends NitroClaims>(json: NitroJson): T {
  return {
    ...json,
    timestampMs: BigInt(json.timestampMs),
    leafNotBefore: BigInt(json.leafNotBefore),
    leafNotAfter: BigInt(json.leafNotAfter),
  } as unknown as T
}

export const NITRO: Question<NitroInput, VerifiedNitro> = /* @__PURE__ */ question(prepareNitro, reviveNitro<VerifiedNitro>)
export const GENUINE_NITRO: Question<NitroGenuineInput, GenuineNitro> = /* @__PURE__ */ question(prepareGenuine, reviveNitro<GenuineNitro>)
