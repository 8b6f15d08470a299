// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Single steps of chain-state.md for callers with a transport of their own: byte strings in storage, results of
// transactions, registrations, a bare walk in a trie. What the roots and words are worth is the caller's knowledge, so
// every verdict here is `unproven`.
import { argumentInvalid, copyBytes, encodeText, ownItems, readMembers, typedArrayName } from '../loader/input.js'
import { fromHex, toHex } from '../loader/hex.js'
import { jsonItems, jsonObject, jsonQuoted } from './json_text.js'
import { argumentJson } from './plain_json.js'
import { question } from './call.js'
import type { JsonText } from './json_text.js'
import type { PreparedCall, Question } from './call.js'

/** Hex digits, with or without `0x`, or bytes. */
type Hex = string | Uint8Array

export type StorageBytesInput = {
  /** Of the `bytes` or `string` variable. */
  readonly slot: Hex
  /** Slots and what they hold, as `verifyMptProof` gives them in `storage`; a slot that was never written holds 0. */
  readonly words: readonly { readonly slot: Hex; readonly value: bigint | Hex }[]
}

export type TxResultInput = {
  /** Place in the block, of both the transaction and its result. */
  readonly index: number | bigint
  /** Transactions in the block. */
  readonly total: number | bigint
  readonly tx: Hex
  /** `data_hash` of header H, which the caller trusts. */
  readonly dataHash: Hex
  /** From the leaf to the root. */
  readonly txAunts: readonly Hex[]
  /** The deterministic result: protobuf `{1: code, 2: data, 5: gas_wanted, 6: gas_used}`. */
  readonly result: Hex
  /** `last_results_hash` of header H + 1. */
  readonly lastResultsHash: Hex
  readonly resultAunts: readonly Hex[]
  /** `evm` (default): `data` must hold the response of an EVM call that did not revert; `any`: only the code counts. */
  readonly execution?: 'evm' | 'any'
}

export type DecodedRegistration = {
  /** Hex with `0x`, as are all byte strings here. The attestation is not verified: `verifyRegistry` does that. */
  readonly attestation: string
  readonly signingPublicKey: string
  /** keccak256 of the signing key. */
  readonly teeId: string
  readonly tlsCertificate: string
  readonly paymentAddress: string
  readonly endpoint: string
  readonly teeType: number
}

export type TrieProofInput = {
  readonly root: Hex
  /** As it is in the trie: already hashed where the trie hashes its keys. */
  readonly key: Hex
  /** From the root down. */
  readonly proof: readonly Hex[]
}

const MAX_TEXT = 16 << 20
const MAX_CALLDATA = 1 << 20
const MAX_AUNTS = 1024
const MAX_NODES = 1024

const ask = (name: string, members: readonly (readonly [string, JsonText | undefined])[]): PreparedCall =>
  ({ kind: 'operation', operation: name, fields: [encodeText(jsonObject(members, '').json, '', MAX_TEXT)] })

const digitsOf = (value: string) => (value.startsWith('0x') ? value.slice(2) : value)

/** Digits as the caller wrote them: the core judges what they are. */
const hexText = (prefix: string) => (value: unknown, path: string): JsonText => {
  if (typeof value === 'string') return jsonQuoted(`${prefix}${digitsOf(value)}`, path)
  return jsonQuoted(`${prefix}${toHex(copyBytes(value, path, MAX_TEXT))}`, path)
}
const bare = /* @__PURE__ */ hexText('')
const prefixed = /* @__PURE__ */ hexText('0x')
const listOf = (read: typeof bare, value: unknown, path: string, limit: number) => jsonItems(value, path, limit, read)

/** A word as 64 digits: slots are looked up by their text. */
function wordText(value: unknown, path: string): string {
  const digits = typeof value === 'bigint' ? (value < 0n ? '' : value.toString(16))
    : typeof value === 'string' ? digitsOf(value) : typedArrayName(value) === undefined ? '' : toHex(copyBytes(value, path, 32))
  if (!/^[0-9a-fA-F]{1,64}$/.test(digits)) throw argumentInvalid(path, 'must be a number below 2^256')
  return `0x${digits.toLowerCase().padStart(64, '0')}`
}

function prepareStorageBytes(input: StorageBytesInput): PreparedCall {
  const { slot, words } = readMembers(input, ['slot', 'words'], '')
  const bySlot = new Map<string, JsonText>()
  ownItems(words, 'words', MAX_NODES * 4, 'INPUT_LIMIT').forEach((item, i) => {
    const path = `words[${i}]`
    const given = readMembers(item, ['slot', 'value'], path)
    const name = wordText(given.slot, `${path}.slot`)
    if (bySlot.has(name)) throw argumentInvalid(path, 'names a slot twice')
    bySlot.set(name, jsonQuoted(wordText(given.value, `${path}.value`), path))
  })
  return ask('read_storage_bytes', [['slot', jsonQuoted(wordText(slot, 'slot'), 'slot')], ['words', jsonObject([...bySlot], 'words')]])
}

function prepareTxResult(input: TxResultInput): PreparedCall {
  const given = readMembers(input, ['index', 'total', 'tx', 'dataHash', 'txAunts', 'result', 'lastResultsHash', 'resultAunts', 'execution'], '')
  return ask('verify_tx_result', [
    ['index', argumentJson(given.index, 'index')],
    ['total', argumentJson(given.total, 'total')],
    ['tx', bare(given.tx, 'tx')],
    ['data_hash', bare(given.dataHash, 'dataHash')],
    ['tx_aunts', listOf(bare, given.txAunts, 'txAunts', MAX_AUNTS)],
    ['result', bare(given.result, 'result')],
    ['last_results_hash', bare(given.lastResultsHash, 'lastResultsHash')],
    ['result_aunts', listOf(bare, given.resultAunts, 'resultAunts', MAX_AUNTS)],
    ['execution', given.execution === undefined ? undefined : argumentJson(given.execution, 'execution')],
  ])
}

function prepareRegistration(input: { readonly calldata: Hex }): PreparedCall {
  const { calldata } = readMembers(input, ['calldata'], '')
  const bytes = typeof calldata === 'string' ? fromHex(digitsOf(calldata)) : copyBytes(calldata, 'calldata', MAX_CALLDATA)
  if (bytes === undefined) throw argumentInvalid('calldata', 'must be hex digits or bytes')
  return { kind: 'operation', operation: 'decode_registration', fields: [bytes] }
}

function prepareTrieProof(input: TrieProofInput): PreparedCall {
  const { root, key, proof } = readMembers(input, ['root', 'key', 'proof'], '')
  return ask('verify_trie_proof', [['root', prefixed(root, 'root')], ['key', prefixed(key, 'key')], ['proof', listOf(prefixed, proof, 'proof', MAX_NODES)]])
}

const same = <T>(json: T): T => json

export const STORAGE_BYTES: Question<StorageBytesInput, string> = /* @__PURE__ */ question(prepareStorageBytes, same<string>)
export const TX_RESULT: Question<TxResultInput, true> = /* @__PURE__ */ question(prepareTxResult, same<true>)
export const REGISTRATION: Question<{ readonly calldata: Hex }, DecodedRegistration> = /* @__PURE__ */ question(prepareRegistration, same<DecodedRegistration>)
export const TRIE_PROOF: Question<TrieProofInput, string | null> = /* @__PURE__ */ question(prepareTrieProof, same<string | null>)
