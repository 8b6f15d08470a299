// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Proven chain state (chain-state.md): what a registry says of a TEE without trusting the node that tells of it, and the
// proofs underneath. Fetching is `assay-wasm/web`'s or the caller's.
import { UsageError } from '../errors/base.js'
import { NO_BYTES, copyBytes, copyText, demandedMembers, encodeText, ownItems, readMembers } from '../loader/input.js'
import { chainSettings } from './chain_config.js'
import { question } from './call.js'
import { deviceClockText } from './time.js'
import { argumentJson, plainJson, settingsJson } from './plain_json.js'
import type { Checkpoint } from './chain_config.js'
import type { PreparedCall, Question } from './call.js'
import type { Time } from './time.js'
import type { TrustLevel } from './verdict.js'

type Bytes = Uint8Array<ArrayBuffer>
/** `0x` and hex digits, or bytes. */
type Hex = string | Uint8Array
/** JSON text, or the value that it stands for: the verdict is the same (an object nested above 130 levels is INPUT_LIMIT). What JSON cannot hold (`undefined`, `NaN`) is a UsageError. */
type Json = string | object

/** Evidence of a chain is at most 4 MiB of text; a receipt's trie may hold larger nodes. */
const MAX_EVIDENCE = 16 << 20
const MAX_PROOF = 1 << 20

export type { Checkpoint }

/** Where the registry's contract keeps its facts; the defaults are those of TEERegistry.sol as specified. */
export type RegistryContract = {
  readonly address: Hex
  readonly slots?: { readonly heartbeatMaxAge?: number; readonly pcrRecords?: number; readonly tees?: number }
  readonly fields?: {
    readonly publicKey?: number; readonly tlsCertificate?: number; readonly pcrHash?: number; readonly flags?: number
    readonly registeredAt?: number; readonly lastHeartbeatAt?: number; readonly ohttpConfig?: number
  }
  /** The contract's code; a proof of it is then required in the evidence (`code_proof`). */
  readonly codeHash?: Hex
  /**
   * What a proxy calls (chain-state.md §7.2): its slot (EIP-1967's, 32 bytes) must hold that address, and the code there have that hash.
   * Needs `codeHash`, the proxy's own; `proof` then covers the slot, `implementation_proof` the code.
   */
  readonly implementation?: { readonly slot: Hex; readonly address: Hex; readonly codeHash: Hex }
}

/** What the application trusts and demands of a chain. */
export type ChainConfig = {
  readonly chainId: string
  /** The moment to judge for; default: this device's clock, which the checks say. RFC 3339 text ends in Z. */
  readonly now?: Time
  /** The checkpoint; it or `state` is required wherever blocks are followed. */
  readonly trust?: Checkpoint
  /** Base64 of the state that an earlier verdict gave (`block.state`). One below `trust` is refused. */
  readonly state?: string
  /** Default 14 days; well below the chain's unbonding period. */
  readonly trustingPeriodS?: number
  /** Default 10. */
  readonly maxClockDriftS?: number
  /** Default 600. */
  readonly maxStateAgeS?: number
  /** In [1/3, 1]; default 1/3. */
  readonly trustLevel?: { readonly numerator: number; readonly denominator: number }
  readonly registry?: RegistryContract
  readonly quorum?: { readonly needed: number; readonly of: number }
  /** Trust levels that pass; default `['proven']`. */
  readonly accept?: readonly TrustLevel[]
  /** What the attestation in a registration leads to, base64; default AWS's root. */
  readonly root?: { readonly name: string; readonly der: string }
}

export type RegistryQuery = {
  /** The height whose state is asked for; the last block of the path is one above. Not for registrations. */
  readonly height?: bigint | number | string
  readonly teeId: Hex
  /** SubjectPublicKeyInfo, DER: must hash to the id. */
  readonly spkiDer?: Hex
  /** Measurements that pass; without it every one that the registry approves does. */
  readonly allowedPcrHashes?: readonly Hex[]
  readonly registeredAt?: boolean
  readonly tlsCertificate?: boolean
  /** The configuration for confidential chat; its place in the contract is inferred. */
  readonly ohttp?: boolean
}

export type RegistryInput = {
  readonly config: ChainConfig
  readonly query: RegistryQuery
  /**
   * `{trusted, path, proof, code_proof?, implementation_proof?}` as the nodes' own answers: light blocks and eth_getProof; or `{calldata}`; or
   * `{answers, state_time_s}`. The way that it goes decides the verdict's `trust`.
   */
  readonly evidence: Json
  readonly now?: Time
}

/** A block that was accepted. */
export type TrustedBlock = {
  readonly height: bigint
  readonly time: string
  readonly hash: string
  readonly appHash: string
  readonly validatorsHash: string
  readonly nextValidatorsHash: string
  /** To store and hand in as `config.state` the next time. */
  readonly state: string
}

export type RegisteredTee = {
  readonly teeId: string
  readonly teeType: number
  readonly pcrHash: string
  /** The facts of the contract; absent when only a registration was shown (`trust` is `calldata`). */
  readonly enabled?: boolean
  readonly pcrApproved?: boolean
  readonly lastHeartbeatAt?: bigint
  readonly heartbeatMaxAge?: bigint
  readonly height?: bigint
  readonly registeredAt?: bigint
  readonly tlsCertificate?: string
  readonly ohttp?: {
    readonly keyId: number; readonly kemId: number; readonly kdfId: number; readonly aeadId: number
    readonly publicKey: string; readonly keyConfig: string; readonly registeredAt: bigint
  }
  /** Of a registration: when its attestation says that it was made, and what it binds. */
  readonly attestedAt?: bigint
  readonly signingKey?: string
  readonly endpoint?: string
  /** Of a quorum. */
  readonly agree?: number
  readonly of?: number
  readonly blockHash?: string
  /** Of a proof: the block whose state it is, plus one. */
  readonly block?: TrustedBlock
}

export type HeaderInput = { readonly config: ChainConfig; readonly evidence: Json; readonly now?: Time }

export type Ics23Input = {
  readonly spec: 'iavl' | 'simple'
  readonly root: Uint8Array
  readonly key: Uint8Array
  /** null: the absence of the key is shown. */
  readonly value: Uint8Array | null
  readonly proof: Uint8Array
}

export type StoreProofInput = Omit<Ics23Input, 'spec' | 'proof'> & {
  /** The app hash of a header that the caller trusts. */
  readonly root: Uint8Array
  readonly store: string
  /** In the store, then in the multistore. */
  readonly proofs: readonly [Uint8Array, Uint8Array]
}

/** The trusted block of an Ethereum-like chain, or a root itself. `source` says what the hash is worth; default `unproven`. */
export type BlockAnchor =
  | { readonly blockHash: Hex; readonly headerRlp: Hex; readonly height?: bigint | number; readonly source?: TrustLevel }
  | { readonly stateRoot: Hex; readonly source?: TrustLevel }
  | { readonly receiptsRoot: Hex; readonly source?: TrustLevel }

export type MptInput = { readonly anchor: BlockAnchor; /** The result of eth_getProof. */ readonly proof: Json }
export type ProvenAccount = {
  readonly address: string
  readonly exists: boolean
  readonly nonce: bigint
  readonly balance: bigint
  readonly storageHash: string
  readonly codeHash: string
  readonly storage: readonly { readonly slot: string; readonly value: bigint }[]
}

export type ReceiptProofInput = { readonly anchor: BlockAnchor; readonly index: number; readonly proof: readonly Hex[] }
export type ProvenReceipt = {
  readonly type: number
  /** 1 = success; null before Byzantium. */
  readonly status: number | null
  readonly raw: string
  readonly logs: readonly { readonly address: string; readonly topics: readonly string[]; readonly data: string }[]
}

const operation = (name: string, ...fields: Bytes[]): PreparedCall => ({ kind: 'operation', operation: name, fields })
const jsonField = (value: unknown, path: string): Bytes => encodeText(typeof value === 'string' ? value : plainJson(value, path).json, path, MAX_EVIDENCE)

function configField(value: unknown, now: unknown): Bytes {
  const members = demandedMembers(value, 'config')
  if (members.has('now') && now !== undefined) throw new UsageError('ARGUMENT_INVALID', 'now: stands in the config as well', { path: 'now' })
  const moment = now ?? members.get('now')
  members.delete('now')
  const text = chainSettings(members, 'config').json
  const clock = moment === undefined
    ? `"now":${deviceClockText().json},"now_source":"device"`
    : `"now":${argumentJson(moment, 'now').json}`
  return encodeText(text === '{}' ? `{${clock}}` : `${text.slice(0, -1)},${clock}}`, 'config', 1 << 20)
}

function prepareRegistry(input: RegistryInput): PreparedCall {
  const { config, query, evidence, now } = readMembers(input, ['config', 'query', 'evidence', 'now'], '')
  return operation('verify_registry', configField(config, now), encodeText(settingsJson(query, 'query').json, 'query', 1 << 20), jsonField(evidence, 'evidence'))
}

const prepareHeader = (name: string) => (input: HeaderInput): PreparedCall => {
  const { config, evidence, now } = readMembers(input, ['config', 'evidence', 'now'], '')
  return operation(name, configField(config, now), jsonField(evidence, 'evidence'))
}

/** What is claimed of a key, and the proofs. */
function claimFields(root: unknown, key: unknown, value: unknown, proofs: readonly unknown[]): Bytes[] {
  const bytes = (each: unknown, path: string) => copyBytes(each, path, MAX_PROOF)
  const claim = value === null ? [text('absent'), NO_BYTES] : [text('present'), bytes(value, 'value')]
  return [claim[0]!, bytes(root, 'root'), bytes(key, 'key'), claim[1]!, ...proofs.map((proof, i) => bytes(proof, proofs.length > 1 ? `proofs[${i}]` : 'proof'))]
}
const text = (word: string) => encodeText(word, 'statement', MAX_PROOF)

function prepareIcs23(input: Ics23Input): PreparedCall {
  const { spec, root, key, value, proof } = readMembers(input, ['spec', 'root', 'key', 'value', 'proof'], '')
  return operation('verify_ics23', copyText(spec, 'spec', MAX_PROOF), ...claimFields(root, key, value, [proof]))
}

function prepareStore(input: StoreProofInput): PreparedCall {
  const { store, root, key, value, proofs } = readMembers(input, ['store', 'root', 'key', 'value', 'proofs'], '')
  const [first, second] = ownItems(proofs, 'proofs', 2)
  return operation('verify_store_proof', copyText(store, 'store', MAX_PROOF), ...claimFields(root, key, value, [first, second]))
}

const anchorField = (value: unknown) => encodeText(settingsJson(value, 'anchor').json, 'anchor', 1 << 20)

function prepareMpt(input: MptInput): PreparedCall {
  const { anchor, proof } = readMembers(input, ['anchor', 'proof'], '')
  return operation('verify_mpt_proof', anchorField(anchor), jsonField(proof, 'proof'))
}

function prepareReceiptProof(input: ReceiptProofInput): PreparedCall {
  const { anchor, index, proof } = readMembers(input, ['anchor', 'index', 'proof'], '')
  return operation('verify_receipt_proof', anchorField(anchor), encodeText(`{"index":${argumentJson(index, 'index').json},"proof":${plainJson(proof, 'proof').json}}`, 'proof', MAX_EVIDENCE))
}

/** Decimal strings of the core. */
type Wire<T> = { readonly [K in keyof T]: bigint extends T[K] ? string | Exclude<T[K], bigint> : T[K] }

const reviveBlock = (block: Wire<TrustedBlock>): TrustedBlock => ({ ...block, height: BigInt(block.height) })

const COUNTS = ['lastHeartbeatAt', 'heartbeatMaxAge', 'height', 'registeredAt', 'attestedAt'] as const

export function reviveTee(json: { readonly [name: string]: unknown }): RegisteredTee {
  const value: { [name: string]: unknown } = { ...json }
  for (const name of COUNTS) if (typeof json[name] === 'string') value[name] = BigInt(json[name])
  const ohttp = json['ohttp'] as { readonly registeredAt: string } | undefined
  if (ohttp) value['ohttp'] = { ...ohttp, registeredAt: BigInt(ohttp.registeredAt) }
  if (json['block']) value['block'] = reviveBlock(json['block'] as Wire<TrustedBlock>)
  return value as unknown as RegisteredTee
}

type AccountJson = Omit<ProvenAccount, 'nonce' | 'balance' | 'storage'> & {
  readonly nonce: string
  readonly balance: string
  readonly storage: readonly { readonly slot: string; readonly value: string }[]
}
const reviveAccount = ({ nonce, balance, storage, ...rest }: AccountJson): ProvenAccount => ({
  ...rest, nonce: BigInt(nonce), balance: BigInt(balance), storage: storage.map(({ slot, value }) => ({ slot, value: BigInt(value) })),
})
const same = <T>(json: T): T => json

export const REGISTRY: Question<RegistryInput, RegisteredTee> = /* @__PURE__ */ question(prepareRegistry, reviveTee)
export const HEADER: Question<HeaderInput, TrustedBlock> = /* @__PURE__ */ question(/* @__PURE__ */ prepareHeader('verify_header'), reviveBlock)
export const TRUSTED_STATE: Question<HeaderInput, TrustedBlock> = /* @__PURE__ */ question(/* @__PURE__ */ prepareHeader('advance_trusted_state'), reviveBlock)
export const ICS23: Question<Ics23Input, true> = /* @__PURE__ */ question(prepareIcs23, same<true>)
export const STORE_PROOF: Question<StoreProofInput, true> = /* @__PURE__ */ question(prepareStore, same<true>)
export const MPT_PROOF: Question<MptInput, ProvenAccount> = /* @__PURE__ */ question(prepareMpt, reviveAccount)
export const RECEIPT_PROOF: Question<ReceiptProofInput, ProvenReceipt> = /* @__PURE__ */ question(prepareReceiptProof, same<ProvenReceipt>)

/** The slots of one TEE, `0x` hex: what eth_getProof is asked for. */
export type RegistrySlots = {
  readonly teeId: string
  readonly heartbeatMaxAge: string
  readonly pcrHash: string
  readonly flags: string
  readonly registeredAt: string
  readonly lastHeartbeatAt: string
  readonly tlsCertificate: string
  readonly ohttpConfig: string
  /** Where `teeType` and `pcrHash` are given. */
  readonly pcrRecord?: string
  /** Hex: the key of the contract's code in the store `evm`. */
  readonly codeHashKey: string
}
export type RegistrySlotsInput = { readonly registry: RegistryContract; readonly teeId: Hex; readonly teeType?: number; readonly pcrHash?: Hex }

export const REGISTRY_SLOTS: Question<RegistrySlotsInput, RegistrySlots> = /* @__PURE__ */ question(
  (input: RegistrySlotsInput) => operation('registry_slots', encodeText(settingsJson(readMembers(input, ['registry', 'teeId', 'teeType', 'pcrHash'], ''), '').json, 'query', 1 << 20)),
  same<RegistrySlots>,
)
