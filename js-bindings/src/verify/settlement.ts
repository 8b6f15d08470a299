// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Settlements, on-chain inference and heartbeats. receipt.md §11, §13.
import { NO_BYTES, argumentInvalid, copyBytes, cutBytes, cutText, encodeText, ownMembers, readAny, readMembers, readWord, typedArrayName } from '../loader/input.js'
import { fromHex, toHex } from '../loader/hex.js'
import { JSON_NULL, MAX_VALUES, jsonBoolean, jsonInteger, jsonItems, jsonObject, jsonQuoted } from './json_text.js'
import { clockMembers, encodeOptions } from './nitro.js'
import { seconds } from './policy.js'
import { allPassed, question } from './call.js'
import { KEY_CUT } from './receipt.js'
import type { JsonText } from './json_text.js'
import type { PreparedCall, Question } from './call.js'
import type { Time } from './time.js'
import type { Verdict } from './verdict.js'

/** Bytes, or `0x` and hex digits. */
type Hex = string | Uint8Array
/** An unsigned number: the text of it where it may exceed what a number holds. */
type Unsigned = bigint | number | string

/** The five values of one settled receipt. The verifier computes the leaf's hash from them, and never takes one. */
export type SettlementLeaf = {
  readonly teeId: Hex
  readonly inputHash: Hex
  readonly outputHash: Hex
  /** The raw bytes of the receipt's signature. */
  readonly signature: Hex
  /** Below 2^256. */
  readonly timestamp: Unsigned
}

/** A log as eth_getLogs gives it; members beside these are ignored, but for `removed`: anything in it but `false` is refused. */
export type EventLog = { readonly address: Hex; readonly topics: readonly Hex[]; readonly data: Hex }

/** Where a batch comes from: the root itself, or the event that announces it. */
type SettlementSource = { readonly root: Hex; readonly event?: never } | { readonly event: EventLog; readonly root?: never }

/** What is shown: one leaf, several at once (OpenZeppelin's multiproof), or nothing beside an individual settlement. */
export type SettlementClaim =
  | { readonly leaf: SettlementLeaf; readonly proof: readonly Hex[]; readonly leaves?: never; readonly flags?: never }
  | { readonly leaves: readonly SettlementLeaf[]; readonly proof: readonly Hex[]; readonly flags: readonly boolean[]; readonly leaf?: never }
  | { readonly leaf?: never; readonly leaves?: never; readonly proof?: never; readonly flags?: never }

export type SettlementInput = SettlementSource &
  SettlementClaim & {
    /** SubjectPublicKeyInfo (DER) of the enclave: the signature in every leaf is checked with it. The contract checks none in a batch. */
    readonly key?: Uint8Array
    /**
     * The relay contract that must have emitted the event: a bare `root` is then refused (EMITTER_MISMATCH). Not compared when
     * absent, and the verdict says so.
     */
    readonly emitter?: Hex
  }

/** One leaf that was shown to be settled; `0x` and lower-case hex digits. */
export type SettledLeaf = {
  readonly leafHash: string
  readonly teeId: string
  readonly inputHash: string
  readonly outputHash: string
  readonly signature: string
  /** Unix seconds. */
  readonly timestamp: bigint
}

export type Settlement = {
  readonly kind: 'batch' | 'individual'
  /** Null for an individual settlement. */
  readonly root: string | null
  readonly leaves: readonly SettledLeaf[]
  /** The contract that emitted the event; null when a root was named. */
  readonly emitter: string | null
  /** Hex; nothing binds the stored blob to the hashes. */
  readonly blobId: string
  /** Whether the signatures in the leaves were checked. */
  readonly signaturesChecked: boolean
}

export type EventInput = { readonly event: EventLog; readonly emitter?: Hex }

/** What the settlement relay announced. `blobId` is hex, `blobIdText` the same as text, or null. */
export type SettlementEvent = { readonly emitter: string; readonly blobId: string; readonly blobIdText: string | null } & (
  | { readonly event: 'BatchSettlement'; readonly root: string; readonly size: bigint }
  | { readonly event: 'IndividualSettlement'; readonly leaf: SettledLeaf; readonly payer: string }
)

/** A decimal number as the chain holds it: value / 10^decimals. */
export type ChainNumber = { readonly value: bigint; readonly decimals: bigint }

export type NumberTensor = {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: readonly ChainNumber[]
  /** The values as the network's own library reads them, bit for bit. */
  readonly float32: Float32Array
}

export type StringTensor = { readonly name: string; readonly values: readonly string[] }

export type ModelInput = { readonly numbers: readonly NumberTensor[]; readonly strings: readonly StringTensor[] }

export type ModelOutput = ModelInput & {
  /** JSON texts as the model wrote them. */
  readonly jsons: readonly { readonly name: string; readonly value: string }[]
  readonly isSimulationResult: boolean
}

/** What an event of on-chain inference says. No signature is in it: its origin is the block that holds it. */
export type InferenceEvent = {
  readonly event: 'InferenceResult' | 'ModelInferenceEvent'
  readonly emitter: string
  /** Null for InferenceResult, which carries the output only. */
  readonly request: (ModelInput & { readonly inferenceId: string; readonly mode: number; readonly modelCid: string }) | null
  readonly output: ModelOutput
}

/** The pair of a number, or its two ABI words (64 bytes). */
export type DecodeNumberInput = { readonly value: bigint | string; readonly decimals: bigint | number | string; readonly words?: never } | { readonly words: Hex }

export type DecodedNumber = ChainNumber & {
  /** As the network's own library reads it, bit for bit. */
  readonly float32: number
  /** The shortest text of the float, in Python's form. */
  readonly text: string
}

export type EncodeNumberInput =
  | { readonly type: 'float32' | 'float64'; readonly value: number }
  | { readonly type: 'int'; readonly value: bigint | number | string }

export type EncodedNumber = ChainNumber & {
  /** The two ABI words. */
  readonly words: Uint8Array<ArrayBuffer>
}

/** What a gateway sends to the registry to say that its key is alive. */
export type Heartbeat = { readonly tee_id: string; readonly timestamp: Unsigned; readonly signature: string }

export type HeartbeatInput = {
  /** The object, or its JSON text. */
  readonly heartbeat: Heartbeat | string | Uint8Array
  /** SubjectPublicKeyInfo (DER) of the enclave's signing key, from a verified attestation. */
  readonly key: Uint8Array
  /** Default: the device's clock; the verdict shows which. */
  readonly now?: Time
  /** Oldest accepted heartbeat, seconds; the protocol has no default, and without it and `futureS` no heartbeat is a plain yes. The registry's own limit is 1800. */
  readonly maxAgeS?: number | bigint
  /** How far its time may lie in the future, seconds; no default either. */
  readonly futureS?: number | bigint
}

/** A key was alive at that time; nothing about any reply follows from it. */
export type VerifiedHeartbeat = { readonly teeId: string; readonly timestamp: bigint }

const MAX_EVIDENCE = 16 << 20
const MAX_NUMBER = 16_384
/** One above the core's limit. */
const HEARTBEAT_CUT = 16_385
const MAX_PART = MAX_EVIDENCE / 2

/** Bytes as 0x-hex; text stays as it is, the core judges it. */
function hexText(value: unknown, path: string): JsonText {
  if (typeof value === 'string') return jsonQuoted(value, path)
  if (typedArrayName(value) !== 'Uint8Array') throw argumentInvalid(path, 'must be a Uint8Array or 0x-hex')
  return jsonQuoted(`0x${toHex(copyBytes(value, path, MAX_PART))}`, path)
}

/** A whole number as text; what is no such number is left to the core, but for what JavaScript has already rounded. */
function digits(value: unknown, path: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  throw argumentInvalid(path, 'must be a bigint, a safe integer or decimal text')
}

const listOf = (read: (item: unknown, path: string) => JsonText) => (value: unknown, path: string): JsonText => jsonItems(value, path, MAX_VALUES, read)
const hexList = /* @__PURE__ */ listOf(hexText)

function readLeaf(value: unknown, path: string): JsonText {
  const given = readMembers(value, ['teeId', 'inputHash', 'outputHash', 'signature', 'timestamp'], path)
  return jsonObject([
    ...(['teeId', 'inputHash', 'outputHash', 'signature'] as const).map((name) => [name, hexText(given[name], `${path}.${name}`)] as const),
    ['timestamp', jsonQuoted(digits(given.timestamp, `${path}.timestamp`), `${path}.timestamp`)],
  ], path)
}

function readLog(value: unknown, path: string): JsonText {
  const given = ownMembers(value, path)
  // However it says so: hidden and inherited too.
  const removed = given.has('removed') ? given.get('removed') : readAny(value, 'removed', path)
  if (removed !== undefined && removed !== false) throw argumentInvalid(`${path}.removed`, 'the node took this log back')
  return jsonObject([
    ['address', hexText(given.get('address'), `${path}.address`)],
    ['topics', hexList(given.get('topics'), `${path}.topics`)],
    ['data', hexText(given.get('data'), `${path}.data`)],
  ], path)
}

function readFlag(value: unknown, path: string): JsonText {
  if (typeof value !== 'boolean') throw argumentInvalid(path, 'must be true or false')
  return jsonBoolean(value)
}

const optional = <T>(value: unknown, path: string, read: (value: unknown, path: string) => T): T | undefined =>
  value === undefined ? undefined : read(value, path)

const evidence = (text: JsonText, path: string) => encodeText(text.json, path, MAX_EVIDENCE)
const emitterOption = (emitter: unknown) => encodeOptions([['emitter', optional(emitter, 'emitter', hexText)]])

function prepareSettlement(input: SettlementInput): PreparedCall {
  const given = readMembers(input, ['root', 'event', 'leaf', 'leaves', 'proof', 'flags', 'key', 'emitter'], '', ['key', 'emitter'])
  const text = jsonObject([
    ['root', optional(given.root, 'root', hexText)],
    ['event', optional(given.event, 'event', readLog)],
    ['leaf', optional(given.leaf, 'leaf', readLeaf)],
    ['leaves', optional(given.leaves, 'leaves', listOf(readLeaf))],
    ['proof', optional(given.proof, 'proof', hexList)],
    ['flags', optional(given.flags, 'flags', listOf(readFlag))],
  ], 'settlement')
  const key = given.key === undefined ? NO_BYTES : cutBytes(given.key, 'key', KEY_CUT)
  // No bytes stand for no key; a key that was handed in and is empty is none.
  if (given.key !== undefined && key.byteLength === 0) throw argumentInvalid('key', 'is empty')
  return { kind: 'operation', operation: 'verify_settlement', fields: [evidence(text, 'settlement'), key, emitterOption(given.emitter)] }
}

const prepareEvent = (operation: string) => (input: EventInput): PreparedCall => {
  const given = readMembers(input, ['event', 'emitter'], '', ['emitter'])
  return { kind: 'operation', operation, fields: [evidence(readLog(given.event, 'event'), 'event'), emitterOption(given.emitter)] }
}

const asText = (value: string, path: string) => encodeText(value, path, MAX_NUMBER)

function prepareDecode(input: DecodeNumberInput): PreparedCall {
  const given = readMembers(input, ['value', 'decimals', 'words'], '')
  if (given.words === undefined)
    return { kind: 'operation', operation: 'decode_number', fields: [asText(digits(given.value, 'value'), 'value'), asText(digits(given.decimals, 'decimals'), 'decimals')] }
  if (given.value !== undefined || given.decimals !== undefined) throw argumentInvalid('words', 'give either them, or value and decimals')
  const words = typeof given.words === 'string' ? fromHex(given.words.replace(/^0x/, '')) : copyBytes(given.words, 'words', MAX_NUMBER)
  return { kind: 'operation', operation: 'decode_number_words', fields: [words ?? NO_BYTES] }
}

function prepareEncode(input: EncodeNumberInput): PreparedCall {
  const given = readMembers(input, ['type', 'value'], '')
  const type = readWord(given.type, ['float32', 'float64', 'int'], 'type')
  if (type === 'int') return { kind: 'operation', operation: 'encode_number', fields: [asText(type, 'type'), asText(digits(given.value, 'value'), 'value')] }
  if (typeof given.value !== 'number') throw argumentInvalid('value', 'must be a number')
  const bytes = new Uint8Array(type === 'float32' ? 4 : 8)
  const view = new DataView(bytes.buffer)
  if (type === 'float32') view.setFloat32(0, given.value)
  else view.setFloat64(0, given.value)
  return { kind: 'operation', operation: 'encode_number', fields: [asText(type, 'type'), bytes] }
}

function readHeartbeat(value: unknown): Uint8Array<ArrayBuffer> {
  if (typeof value === 'string' || typedArrayName(value) === 'Uint8Array') return cutText(value, 'heartbeat', HEARTBEAT_CUT)
  const given = ownMembers(value, 'heartbeat')
  const text = (name: string) => {
    const member = given.get(name)
    return member === undefined ? undefined : typeof member === 'string' ? jsonQuoted(member, `heartbeat.${name}`) : JSON_NULL
  }
  const time = given.get('timestamp')
  const timestamp = typeof time === 'bigint' ? jsonInteger(time) : optional(time, 'heartbeat.timestamp', (number, path) => jsonQuoted(digits(number, path), path))
  return cutText(jsonObject([['tee_id', text('tee_id')], ['timestamp', timestamp], ['signature', text('signature')]], 'heartbeat').json, 'heartbeat', HEARTBEAT_CUT)
}

function prepareHeartbeat(input: HeartbeatInput): PreparedCall {
  const given = readMembers(input, ['heartbeat', 'key', 'now', 'maxAgeS', 'futureS'], '', ['maxAgeS', 'futureS'])
  const options = encodeOptions([
    ...clockMembers(given.now, undefined),
    ['max_age_s', optional(given.maxAgeS, 'maxAgeS', seconds)],
    ['future_s', optional(given.futureS, 'futureS', seconds)],
  ])
  return { kind: 'operation', operation: 'verify_heartbeat', fields: [readHeartbeat(given.heartbeat), cutBytes(given.key, 'key', KEY_CUT), options] }
}

type Json<T, K extends keyof T> = Omit<T, K> & { readonly [key in K]: string }
type LeafJson = Json<SettledLeaf, 'timestamp'>
export type SettlementJson = Omit<Settlement, 'leaves'> & { readonly leaves: readonly LeafJson[] }
type EventJson = { readonly event: 'BatchSettlement'; readonly size: string } | { readonly event: 'IndividualSettlement'; readonly leaf: LeafJson }
type TensorJson = Omit<NumberTensor, 'values' | 'float32'> & { readonly values: readonly (readonly [string, string])[]; readonly float32: string }
type TensorsJson = { readonly numbers: readonly TensorJson[] }
type InferenceJson = { readonly request: TensorsJson | null; readonly output: TensorsJson }
type NumberJson = Json<ChainNumber, 'value' | 'decimals'>
type DecodedJson = NumberJson & { readonly float32Bits: string; readonly text: string }
type EncodedJson = NumberJson & { readonly words: string }

const bytes = (hex: string) => fromHex(hex) as Uint8Array<ArrayBuffer>
const reviveLeaf = (json: LeafJson): SettledLeaf => ({ ...json, timestamp: BigInt(json.timestamp) })

function reviveEvent(json: EventJson): SettlementEvent {
  const revived = json.event === 'BatchSettlement' ? { ...json, size: BigInt(json.size) } : { ...json, leaf: reviveLeaf(json.leaf) }
  return revived as unknown as SettlementEvent
}

function floats(hex: string): Float32Array {
  const view = new DataView(bytes(hex).buffer)
  return Float32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i))
}

const reviveTensors = <T extends TensorsJson>(json: T) => ({
  ...json,
  numbers: json.numbers.map((tensor) => ({
    ...tensor,
    values: tensor.values.map(([value, decimals]) => ({ value: BigInt(value), decimals: BigInt(decimals) })),
    float32: floats(tensor.float32),
  })),
})

function reviveInference(json: InferenceJson): InferenceEvent {
  const revived = { ...json, request: json.request === null ? null : reviveTensors(json.request), output: reviveTensors(json.output) }
  return revived as unknown as InferenceEvent
}

const reviveNumber = ({ value, decimals }: NumberJson): ChainNumber => ({ value: BigInt(value), decimals: BigInt(decimals) })

/** The value of a settlement's verdict with its 64-bit integers as bigint. */
export const reviveSettlement = (json: SettlementJson): Settlement => ({ ...json, leaves: json.leaves.map(reviveLeaf) })

/** Nothing of it is the caller's word but the root or the contract that he names: a yes can say no more. */
const isSettled = (verdict: Verdict<Settlement>): boolean => verdict.ok && verdict.value.signaturesChecked && allPassed(verdict, 'emitter')
/** A key that was alive at some time says nothing of now. */
const isAlive = (verdict: Verdict<VerifiedHeartbeat>): boolean => verdict.ok && allPassed(verdict, 'freshness')

export const SETTLEMENT: Question<SettlementInput, Settlement> = {
  .../* @__PURE__ */ question(prepareSettlement, reviveSettlement),
  isYes: isSettled,
}
export const SETTLEMENT_EVENT: Question<EventInput, SettlementEvent> = /* @__PURE__ */ question(/* @__PURE__ */ prepareEvent('decode_settlement_event'), reviveEvent)
export const INFERENCE_EVENT: Question<EventInput, InferenceEvent> = /* @__PURE__ */ question(/* @__PURE__ */ prepareEvent('decode_inference_event'), reviveInference)
export const DECODE_NUMBER: Question<DecodeNumberInput, DecodedNumber> = /* @__PURE__ */ question(
  prepareDecode,
  (json: DecodedJson): DecodedNumber => ({ ...reviveNumber(json), float32: floats(json.float32Bits)[0]!, text: json.text }),
)
export const ENCODE_NUMBER: Question<EncodeNumberInput, EncodedNumber> = /* @__PURE__ */ question(
  prepareEncode,
  (json: EncodedJson): EncodedNumber => ({ ...reviveNumber(json), words: bytes(json.words) }),
)
export const HEARTBEAT: Question<HeartbeatInput, VerifiedHeartbeat> = {
  .../* @__PURE__ */ question(prepareHeartbeat, (json: Json<VerifiedHeartbeat, 'timestamp'>): VerifiedHeartbeat => ({ ...json, timestamp: BigInt(json.timestamp) })),
  isYes: isAlive,
}
