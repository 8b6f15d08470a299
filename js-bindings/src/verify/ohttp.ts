// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Confidential chat: requests that only one enclave can read, and its replies. receipt.md §12.
import { copyBytes, cutBytes, cutText, ownMembers, readMembers, readWord } from '../loader/input.js'
import { fromHex } from '../loader/hex.js'
import { JSON_NULL, jsonInteger, jsonObject, jsonQuoted, jsonVerbatim } from './json_text.js'
import { question } from './call.js'
import { KEY_CUT } from './receipt.js'
import type { JsonText } from './json_text.js'
import type { PreparedCall, Question } from './call.js'

/** The key configuration as a gateway publishes it (`/v1/ohttp/config`); members that are not named here are ignored. */
export type OhttpConfig = {
  readonly key_id: number
  readonly kem_id: number
  readonly kdf_id: number
  readonly aead_id: number
  /** Hex. */
  readonly public_key: string
  /** Base64. */
  readonly key_config: string
  /** Base64, by the enclave's RSA key. A configuration without one is refused. */
  readonly signature: string
  readonly tee_id?: string
  readonly signature_hash?: string
}

export type OhttpConfigInput = {
  /** The object, or its JSON text. */
  readonly config: OhttpConfig | string
  /** SubjectPublicKeyInfo (DER) of the enclave's signing key, from a verified attestation. */
  readonly key: Uint8Array
}

/** A key for encryption that the enclave has signed. */
export type VerifiedOhttpConfig = {
  /** `0x` and 64 hex digits. */
  readonly teeId: string
  readonly keyId: number
  /** X25519, hex. */
  readonly publicKey: string
  readonly configHash: string
}

export type SealInput = OhttpConfigInput & {
  /** The request body, JSON; at most 524,233 bytes. */
  readonly request: string | Uint8Array
  /** 32 bytes of fresh randomness, never used before; default: from crypto.getRandomValues. */
  readonly entropy?: Uint8Array
}

/** What opens the replies to one request. Secret, and of no use for another request. */
export type OhttpContext = {
  readonly enc: Uint8Array
  readonly responseSecret: Uint8Array
  readonly chunkedResponseSecret: Uint8Array
}

export type SealedOhttpRequest = VerifiedOhttpConfig & {
  /** Media type message/ohttp-req. */
  readonly request: Uint8Array<ArrayBuffer>
  readonly context: OhttpContext
}

/** `message/ohttp-res` in one piece, or `message/ohttp-chunked-res`. */
export type OhttpMediaType = 'message/ohttp-res' | 'message/ohttp-chunked-res'

export type OpenInput = {
  /** From `sealOhttpRequest`. */
  readonly context: OhttpContext
  /** The whole body of a reply with a 2xx status, below 64 MiB. Error replies are not sealed and carry no authority. */
  readonly response: Uint8Array
  /** As the reply's content-type says; default `message/ohttp-res`. */
  readonly mediaType?: OhttpMediaType
}

/** A whole reply that the enclave sealed for this request. The receipt inside is still to be verified. */
export type OpenedOhttpResponse = {
  readonly plaintext: Uint8Array<ArrayBuffer>
  /** The chunks of a chunked reply; one otherwise. */
  readonly chunks: readonly Uint8Array<ArrayBuffer>[]
}

const MAX_ENTROPY = 16_384
/** One above the core's limits, which then answers in its own order of checks. */
const CONFIG_CUT = (64 << 10) + 1
/** One above the core's limit, which then answers OHTTP_LIMIT. */
const REQUEST_CUT = 524_289
const RESPONSE_CUT = (64 << 20) + 1
const SECRET_BYTES = 32
const MEMBERS = ['tee_id', 'key_id', 'kem_id', 'kdf_id', 'aead_id', 'public_key', 'key_config', 'signature', 'signature_hash'] as const

/** A member as it would stand in JSON; what has no such form is null, which the core refuses. */
function memberText(value: unknown, path: string): JsonText {
  if (typeof value === 'string') return jsonQuoted(value, path) // a lone surrogate too: the core judges it
  if (typeof value === 'bigint') return jsonInteger(value)
  return typeof value === 'number' && Number.isFinite(value) ? jsonVerbatim(String(value)) : JSON_NULL
}

function readConfig(value: unknown): Uint8Array<ArrayBuffer> {
  if (typeof value === 'string') return cutText(value, 'config', CONFIG_CUT)
  const given = ownMembers(value, 'config')
  const members = MEMBERS.map((name) => [name, given.has(name) ? memberText(given.get(name), `config.${name}`) : undefined] as const)
  return cutText(jsonObject(members, 'config').json, 'config', CONFIG_CUT)
}

function prepareConfig(input: OhttpConfigInput): PreparedCall {
  const given = readMembers(input, ['config', 'key'], '')
  return { kind: 'operation', operation: 'verify_ohttp_config', fields: [readConfig(given.config), cutBytes(given.key, 'key', KEY_CUT)] }
}

function prepareSeal(input: SealInput): PreparedCall {
  const given = readMembers(input, ['config', 'key', 'request', 'entropy'], '')
  const entropy = given.entropy === undefined ? crypto.getRandomValues(new Uint8Array(SECRET_BYTES)) : copyBytes(given.entropy, 'entropy', MAX_ENTROPY)
  return {
    kind: 'operation',
    operation: 'seal_ohttp_request',
    fields: [readConfig(given.config), cutBytes(given.key, 'key', KEY_CUT), cutText(given.request, 'request', REQUEST_CUT), entropy],
  }
}

/** `enc` and the secret of the reply's type. @throws UsageError */
export function contextFields(value: unknown, mediaType: OhttpMediaType): [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] {
  const given = readMembers(value, ['enc', 'responseSecret', 'chunkedResponseSecret'], 'context')
  const secret = mediaType === 'message/ohttp-res' ? 'responseSecret' : 'chunkedResponseSecret'
  return [copyBytes(given.enc, 'context.enc', SECRET_BYTES), copyBytes(given[secret], `context.${secret}`, SECRET_BYTES)]
}

/** Whether more of a chunked reply comes. Never handed to the host of a worker as it is: what crosses is gone here. */
export const END: Uint8Array<ArrayBuffer> = /* @__PURE__ */ new TextEncoder().encode('end') as Uint8Array<ArrayBuffer>
export const MORE: Uint8Array<ArrayBuffer> = /* @__PURE__ */ new TextEncoder().encode('more') as Uint8Array<ArrayBuffer>

function prepareOpen(input: OpenInput): PreparedCall {
  const given = readMembers(input, ['context', 'response', 'mediaType'], '')
  const mediaType = readWord(given.mediaType ?? 'message/ohttp-res', ['message/ohttp-res', 'message/ohttp-chunked-res'], 'mediaType')
  const context = contextFields(given.context, mediaType)
  const response = cutBytes(given.response, 'response', RESPONSE_CUT)
  return mediaType === 'message/ohttp-res'
    ? { kind: 'operation', operation: 'open_ohttp_response', fields: [...context, response] }
    : { kind: 'operation', operation: 'open_ohttp_chunks', fields: [...context, new Uint8Array(0), response, END.slice()] }
}

type ContextJson = { readonly [name in keyof OhttpContext]: string }
type SealedJson = VerifiedOhttpConfig & { readonly request: string; readonly context: ContextJson }
/** The chunks of a reply, or all of it. */
type OpenedJson = string | { readonly chunks: readonly string[] }

export const bytesOfHex = (hex: string) => fromHex(hex) as Uint8Array<ArrayBuffer>

function reviveSealed({ context, ...json }: SealedJson): SealedOhttpRequest {
  return {
    ...json,
    request: bytesOfHex(json.request),
    context: {
      enc: bytesOfHex(context.enc),
      responseSecret: bytesOfHex(context.responseSecret),
      chunkedResponseSecret: bytesOfHex(context.chunkedResponseSecret),
    },
  }
}

export function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.byteLength
  }
  return all
}

function reviveOpened(json: OpenedJson): OpenedOhttpResponse {
  const chunks = (typeof json === 'string' ? [json] : json.chunks).map(bytesOfHex)
  return { plaintext: chunks.length === 1 ? chunks[0]! : joined(chunks), chunks }
}

export const OHTTP_CONFIG: Question<OhttpConfigInput, VerifiedOhttpConfig> = /* @__PURE__ */ question(prepareConfig, (json: VerifiedOhttpConfig) => json)
export const SEAL_OHTTP: Question<SealInput, SealedOhttpRequest> = /* @__PURE__ */ question(prepareSeal, reviveSealed)
export const OPEN_OHTTP: Question<OpenInput, OpenedOhttpResponse> = /* @__PURE__ */ question(prepareOpen, reviveOpened)
