// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Inference receipts of a TEE gateway. receipt.md §1 to §8.
import { UsageError } from '../errors/base.js'
import { copyBytes, copyText, readMembers, readWord, viewBytes } from '../loader/input.js'
import { jsonString } from './json_text.js'
import { NO_BYTES, PLATFORMS, clockMembers, copyDocument, encodeOptions, reviveNitro } from './nitro.js'
import { readPolicy } from './policy.js'
import { readVerdict } from './outcome.js'
import { place, readText } from './machine.js'
import type { Epoch, Machine } from './machine.js'
import type { Platform, VerifiedNitro } from './nitro.js'
import type { PolicyInput, Profile, Time } from './policy.js'
import type { Verdict } from './verdict.js'

/** What vouches for the signing key: an attestation that binds it, or the caller's own word. */
export type ReceiptAnchor =
  | {
      /** The enclave's document, and the signing key (DER SubjectPublicKeyInfo) that it must bind. */
      readonly attestation: { readonly document: Uint8Array; readonly key: Uint8Array }
      /** Whether `request` is the body that was sent, or the one that was handed to the client library (receipt.md §2). */
      readonly requestIs: 'sent' | 'sdk-input'
      readonly key?: never
      readonly profile?: never
    }
  | {
      /** DER SubjectPublicKeyInfo, pinned by the caller: the trust is `unproven`, which `policy.accept` must name. */
      readonly key: Uint8Array
      readonly profile: Profile
      readonly requestIs?: 'sent' | 'sdk-input'
      readonly attestation?: never
    }

/** A request, the reply to it and what vouches for the key that signed. */
export type ReceiptInput = ReceiptAnchor & {
  /** Raw JSON text of the request, as sent or as handed to the library: never parsed and printed again. At most 16 MiB. */
  readonly request: string | Uint8Array
  /** Raw JSON reply, or the lines of the event stream. At most 16 MiB. */
  readonly response: string | Uint8Array
  /** Default: `json` when the reply's first character is `{`, else `stream`. */
  readonly responseIs?: 'json' | 'stream'
  /** `0x` and 64 hex digits; when given, the key must have this id. */
  readonly expectedTeeId?: string
  /** Default: `policy.now`, else the device's clock; the verdict shows which. */
  readonly now?: Time
  readonly policy: PolicyInput
  /** Asynchronous form only; default `auto`. */
  readonly platform?: Platform
}

/** What the enclave signed. Show `output`; never read the reply again. */
export type VerifiedReceipt = {
  readonly kind: 'text' | 'tool_calls'
  /** Set when a text could be read as tool calls (receipt.md §5.4): do not execute them as such. */
  readonly kindAmbiguous: boolean
  /** The signed text, or the canonical JSON text of the tool calls. */
  readonly output: string
  /** Unix seconds. */
  readonly timestamp: bigint
  /** `0x` and 64 hex digits, as the two hashes. */
  readonly teeId: string
  readonly requestHash: string
  readonly outputHash: string
  readonly profile: Profile
  /** Members of request and reply that nothing binds (receipt.md §4, §5.5). */
  readonly notCovered: readonly string[]
  /** The claims of the attestation, where one was given. */
  readonly attestation?: VerifiedNitro
}

/** A call whose inputs nobody can change any more; may cross to a worker. */
export type PreparedReceipt = {
  readonly call: 'verifyReceipt'
  readonly request: Uint8Array<ArrayBuffer>
  readonly response: Uint8Array<ArrayBuffer>
  readonly document: Uint8Array<ArrayBuffer>
  readonly key: Uint8Array<ArrayBuffer>
  readonly options: Uint8Array<ArrayBuffer>
  readonly rootDer: Uint8Array<ArrayBuffer>
  readonly platform: Platform
}

const MAX_TEXT = 16 << 20
/** One above the core's limit for keys, which then answers in its own order of checks. */
const KEY_CUT = 8193

function copyKey(value: unknown, path: string): Uint8Array<ArrayBuffer> {
  return copyBytes(viewBytes(value, path, Number.MAX_SAFE_INTEGER).subarray(0, KEY_CUT), path, KEY_CUT)
}

function readAnchor(given: { readonly attestation?: unknown; readonly key?: unknown; readonly profile?: unknown }) {
  const pinned = given.key !== undefined || given.profile !== undefined
  if ((given.attestation !== undefined) === pinned) {
    throw new UsageError('ARGUMENT_INVALID', 'attestation: give either it, or key and profile', { path: 'attestation' })
  }
  if (pinned) return { document: NO_BYTES, key: copyKey(given.key, 'key') }
  const { document, key } = readMembers(given.attestation, ['document', 'key'], 'attestation')
  const copy = copyDocument(document, 'attestation.document')
  // To the core an empty document means "none": it must not turn an attested call into one by the caller's word.
  if (copy.byteLength === 0) throw new UsageError('ARGUMENT_INVALID', 'attestation.document: is empty', { path: 'attestation.document' })
  return { document: copy, key: copyKey(key, 'attestation.key') }
}

/** Reads the inputs, once and before anything else happens. @throws UsageError */
export function prepareReceipt(input: ReceiptInput): PreparedReceipt {
  const given = readMembers(
    input,
    ['request', 'requestIs', 'response', 'responseIs', 'attestation', 'key', 'profile', 'expectedTeeId', 'now', 'policy', 'platform'],
    '',
  )
  const anchor = readAnchor(given)
  const policy = readPolicy(given.policy)
  const word = (value: unknown, path: string) => {
    if (value === undefined) return undefined
    if (typeof value !== 'string') throw new UsageError('ARGUMENT_INVALID', `${path}: must be a string`, { path })
    return jsonString(value, path)
  }
  return {
    call: 'verifyReceipt',
    request: copyText(given.request, 'request', MAX_TEXT),
    response: copyText(given.response, 'response', MAX_TEXT),
    ...anchor,
    options: encodeOptions([
      ...clockMembers(given.now, policy),
      ['policy', policy?.text],
      ['request_is', word(given.requestIs, 'requestIs')],
      ['response_is', word(given.responseIs, 'responseIs')],
      ['profile', word(given.profile, 'profile')],
      ['expected_tee_id', word(given.expectedTeeId, 'expectedTeeId')],
    ]),
    rootDer: policy?.rootDer ?? NO_BYTES,
    platform: readWord(given.platform ?? 'auto', PLATFORMS, 'platform'),
  }
}

type ReceiptJson = Omit<VerifiedReceipt, 'timestamp' | 'attestation'> & {
  readonly timestamp: string
  readonly attestation?: Parameters<typeof reviveNitro>[0]
}

function revive({ timestamp, attestation, ...rest }: ReceiptJson): VerifiedReceipt {
  return {
    ...rest,
    timestamp: BigInt(timestamp),
    ...(attestation === undefined ? {} : { attestation: reviveNitro<VerifiedNitro>(attestation) }),
  }
}

/** @param p384 the platform's answers, one byte each; empty = the module checks the signatures itself. */
export function executeReceipt(machine: Machine, prepared: PreparedReceipt, p384: Uint8Array = NO_BYTES, epoch?: Epoch): Verdict<VerifiedReceipt> {
  const { request, response, document, key, options } = prepared
  const text = machine.use((module) => {
    const parts = [request, response, document, key, options, p384] as const
    const at = place(module, parts) as [number, number, number, number, number, number]
    return readText(module, module.verifyReceipt(
      at[0], request.byteLength, at[1], response.byteLength, at[2], document.byteLength,
      at[3], key.byteLength, at[4], options.byteLength, at[5], p384.byteLength,
    ))
  }, epoch)
  return readVerdict(text, revive)
}
