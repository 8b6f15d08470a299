// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Inference receipts of a TEE gateway. receipt.md §1 to §9.
import { UsageError } from '../errors/base.js'
import { NO_BYTES, copyText, cutBytes, readMembers, readWord } from '../loader/input.js'
import { jsonString } from './json_text.js'
import { clockMembers, copyDocument, encodeOptions, reviveNitro } from './nitro.js'
import { readPolicy } from './policy.js'
import { question } from './call.js'
import { PLATFORMS } from './platform.js'
import type { Members } from '../loader/input.js'
import type { PreparedCall, Question } from './call.js'
import type { VerifiedNitro } from './nitro.js'
import type { Platform } from './platform.js'
import type { PolicyInput, Profile, Time } from './policy.js'

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
export type ReceiptInput = ReceiptStatement & {
  /** Raw JSON reply, or the lines of the event stream. At most 16 MiB. */
  readonly response: string | Uint8Array
  /** Default: `json` when the reply's first character is `{`, else `stream`. */
  readonly responseIs?: 'json' | 'stream'
}

/** A request and what vouches for the key that signs: all that is known before the reply. */
export type ReceiptStatement = ReceiptAnchor & {
  /** Raw JSON text of the request, as sent or as handed to the library: never parsed and printed again. At most 16 MiB. */
  readonly request: string | Uint8Array
  /** `0x` and 64 hex digits; when given, the key must have this id. */
  readonly expectedTeeId?: string
  /** Default: `policy.now`, else the device's clock; the verdict shows which. */
  readonly now?: Time
  readonly policy: PolicyInput
  /** Asynchronous form only; default `auto`. */
  readonly platform?: Platform
}

/** What `ReceiptStream` is made of. */
export type ReceiptStreamInput = ReceiptStatement & {
  /**
   * Gets the text that each chunk adds, in order: what may be shown before the verdict, as provisional (receipt.md §5.6). It
   * must be withdrawn when the verdict is not ok, and when its `kind` is `tool_calls`. What it throws ends the stream and comes out
   * of `push`, or of `finish` for what came before the module was there.
   */
  readonly onText?: (text: string) => void
  /**
   * Default true. False: the text is hashed and let go, so that memory does not grow with it; the verdict's `output` is null
   * then, and the signed text is what `onText` was given, joined. Tool calls are kept and given as ever.
   */
  readonly keepOutput?: boolean
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
  /** Null for the two legacy profiles, which sign the output itself (receipt.md §9). */
  readonly outputHash: string | null
  readonly profile: Profile
  /** Members of request and reply that nothing binds (receipt.md §4, §5.5). */
  readonly notCovered: readonly string[]
  /** The claims of the attestation, where one was given. */
  readonly attestation?: VerifiedNitro
}

const MAX_TEXT = 16 << 20
/** One above the core's limit for signing keys, which then answers in its own order of checks. */
export const KEY_CUT = 8193

function readAnchor(given: { readonly attestation?: unknown; readonly key?: unknown; readonly profile?: unknown }) {
  const pinned = given.key !== undefined || given.profile !== undefined
  if ((given.attestation !== undefined) === pinned) {
    throw new UsageError('ARGUMENT_INVALID', 'attestation: give either it, or key and profile', { path: 'attestation' })
  }
  if (pinned) return { document: NO_BYTES, key: cutBytes(given.key, 'key', KEY_CUT) }
  const { document, key } = readMembers(given.attestation, ['document', 'key'], 'attestation')
  const copy = copyDocument(document, 'attestation.document')
  // To the core an empty document means "none": it must not turn an attested call into one by the caller's word.
  if (copy.byteLength === 0) throw new UsageError('ARGUMENT_INVALID', 'attestation.document: is empty', { path: 'attestation.document' })
  return { document: copy, key: cutBytes(key, 'attestation.key', KEY_CUT) }
}

/** What is known before the reply. */
export type PreparedStatement = {
  readonly request: Uint8Array<ArrayBuffer>
  readonly key: Uint8Array<ArrayBuffer>
  readonly options: Uint8Array<ArrayBuffer>
  readonly attested: NonNullable<PreparedCall['attested']>
}

type Given = Members<'request' | 'requestIs' | 'responseIs' | 'attestation' | 'key' | 'profile' | 'expectedTeeId' | 'now' | 'policy' | 'platform'>

const STATEMENT = ['request', 'requestIs', 'attestation', 'key', 'profile', 'expectedTeeId', 'now', 'policy', 'platform'] as const
const DEMANDS = ['expectedTeeId'] as const

function readStatement(given: Given): PreparedStatement {
  const anchor = readAnchor(given)
  const policy = readPolicy(given.policy)
  const word = (value: unknown, path: string) => {
    if (value === undefined) return undefined
    if (typeof value !== 'string') throw new UsageError('ARGUMENT_INVALID', `${path}: must be a string`, { path })
    return jsonString(value, path)
  }
  const options = encodeOptions([
    ...clockMembers(given.now, policy),
    ['policy', policy?.text],
    ['request_is', word(given.requestIs, 'requestIs')],
    ['response_is', word(given.responseIs, 'responseIs')],
    ['profile', word(given.profile, 'profile')],
    ['expected_tee_id', word(given.expectedTeeId, 'expectedTeeId')],
  ])
  return {
    request: copyText(given.request, 'request', MAX_TEXT),
    key: anchor.key,
    options,
    attested: {
      document: anchor.document,
      rootDer: policy?.rootDer ?? NO_BYTES,
      platform: readWord(given.platform ?? 'auto', PLATFORMS, 'platform'),
    },
  }
}

function prepareReceipt(input: ReceiptInput): PreparedCall {
  const given = readMembers(input, [...STATEMENT, 'response', 'responseIs'], '', DEMANDS)
  const { request, key, options, attested } = readStatement(given)
  const response = copyText(given.response, 'response', MAX_TEXT)
  return { kind: 'operation', operation: 'verify_receipt', fields: [request, response, attested.document, key, options], attested }
}

/** A stream's statement, and what becomes of the text. */
export type PreparedStream = PreparedStatement & {
  readonly keepOutput: boolean
  readonly onText: ((text: string) => void) | undefined
}

/** Reads everything but the reply, once and before anything else happens. @throws UsageError */
export function prepareStream(input: ReceiptStreamInput): PreparedStream {
  const given = readMembers(input, [...STATEMENT, 'onText', 'keepOutput'], '', DEMANDS)
  const { onText, keepOutput = true } = given
  if (onText !== undefined && typeof onText !== 'function') throw new UsageError('ARGUMENT_INVALID', 'onText: must be a function', { path: 'onText' })
  if (typeof keepOutput !== 'boolean') throw new UsageError('ARGUMENT_INVALID', 'keepOutput: must be a boolean', { path: 'keepOutput' })
  return { ...readStatement(given), keepOutput, onText: onText as PreparedStream['onText'] }
}

export type ReceiptJson = Omit<VerifiedReceipt, 'timestamp' | 'attestation'> & {
  readonly timestamp: string
  readonly attestation?: Parameters<typeof reviveNitro>[0]
}

/** The value of a receipt's verdict with its 64-bit integers as bigint. */
export function reviveReceipt({ timestamp, attestation, ...rest }: ReceiptJson): VerifiedReceipt {
  return {
    ...rest,
    timestamp: BigInt(timestamp),
    ...(attestation === undefined ? {} : { attestation: reviveNitro<VerifiedNitro>(attestation) }),
  }
}

export const RECEIPT: Question<ReceiptInput, VerifiedReceipt> = /* @__PURE__ */ question(prepareReceipt, reviveReceipt)
