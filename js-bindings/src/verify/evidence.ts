// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Evidence bundles. api.md "Evidence bundle"; the format is described in docs/evidence.md.
import { UsageError } from '../errors/base.js'
import { NO_BYTES, argumentInvalid, copyBytes, copyText, cutText, demandedMembers, readDemands, readMembers, readOptions, typedArrayName } from '../loader/input.js'
import { toHex } from '../loader/hex.js'
import { allPassed, question } from './call.js'
import { readChainPolicy } from './chain_config.js'
import { reviveTee } from './chain.js'
import { jsonItems, jsonObject, jsonString, toBase64 } from './json_text.js'
import { clockMembers, encodeOptions, reviveNitro } from './nitro.js'
import { POLICY_MEMBERS, hex, list, optional, readFlag, readMeasurement as readNitroMeasurement, readObject as readCommon, readPolicyAs, text, whole } from './policy.js'
import { pinBytes } from './pin.js'
import { reviveProof } from './proof_value.js'
import { reviveReceipt } from './receipt.js'
import { reviveSettlement } from './settlement.js'
import { readMeasurement as readSnpMeasurement, readRoots, readTcb, reviveSnp } from './snp.js'
import { MEASURED as TDX_NAMES, readMeasurement as readTdxMeasurement } from './tdx.js'
import type { PreparedCall, Question } from './call.js'
import type { ChainConfig, RegisteredTee } from './chain.js'
import type { Checkpoint } from './chain_config.js'
import type { JsonText } from './json_text.js'
import type { HexOrBytes, Measurement, Policy, Profile, ReadPolicy, Time } from './policy.js'
import type { BundledProof, ProofJson } from './proof_value.js'
import type { ReceiptJson, VerifiedReceipt } from './receipt.js'
import type { Settlement, SettlementJson } from './settlement.js'
import type { SnpMeasurement, SnpPolicy, VerifiedSnpReport } from './snp.js'
import type { Sha256 } from './pin.js'
import type { TdxMeasurement, TdxPolicy, VerifiedTdxQuote } from './tdx.js'
import type { VerifiedNitro } from './nitro.js'

/** A link between two parts of a bundle that a policy may let be assumed. */
export type AssumableLink = 'key' | 'times' | 'zk'

/** A verification key or, for EZKL, the descriptor of `compileEzklKey`. */
export type ProofKey = {
  /** Of the file. */
  readonly digest: Sha256
  /** The file itself, at most 512 KiB, where bundles do not bring it. */
  readonly key?: string | Uint8Array
  /** EZKL: the ceremony's points, for a circuit that does not use the public one; at most 512 KiB. */
  readonly srs?: Uint8Array
}

/** The proof of a bundle, with the key that the policy names. */
export type ProofTask = {
  readonly system: 'groth16' | 'plonk' | 'fflonk' | 'ezkl'
  /** The prover's files, as text; without public signals for EZKL. */
  readonly proof: string
  readonly publicSignals: string
  /** The key's file, hex. */
  readonly key: string
  /** The ceremony's file, hex; empty: the public ceremony. */
  readonly srs: string
  /** SHA-256 of the key and, where there is one, of the ceremony's file, hex, one after the other. */
  readonly pin: string
}
/**
 * Who verifies a bundle's proof; answers with a verdict's text. `judgeProof` of `assay-wasm/zk` promises it: it is for the functions
 * with promises only. The verifier of `loadVerifier()` takes the `judgeProof` of `loadZkVerifier()`, and refuses a promise (ARGUMENT_INVALID).
 */
export type ProofJudge<A extends string | Promise<string> = string | Promise<string>> = (task: ProofTask) => A

/**
 * What the application trusts and demands of a bundle: nothing of it ever comes from the bundle. Members that only one
 * kind of attestation knows need a measurement of that kind.
 */
export type EvidencePolicy = Omit<Policy, 'measurements'> &
  Omit<TdxPolicy, 'measurements' | 'now' | 'root' | 'accept'> &
  Omit<SnpPolicy, 'measurements' | 'now' | 'accept'> & {
    /** Enclaves of all kinds that may speak: PCRs are of Nitro, `measurement` or a bare value of SEV-SNP, all others of TDX. */
    readonly measurements?: readonly (Measurement | TdxMeasurement | SnpMeasurement | HexOrBytes)[]
    /** How the request is read (receipt.md §2); default `sent`. */
    readonly requestIs?: 'sent' | 'sdk-input'
    /** The key of receipts and leaves where no attestation vouches for one: the trust is then `unproven`. */
    readonly signingKey?: { readonly spki: Uint8Array; readonly profile?: Profile }
    /** Settled roots, `0x` and 64 hex digits each, and the address of the relay contract. */
    readonly settlement?: { readonly roots?: readonly string[]; readonly emitter?: string }
    /**
     * The chain of the bundle's registry part, without a clock of its own: as for `verifyRegistry`, or as for
     * `createChainVerifier` with `checkpoint` in the place of `trust` (`endpoints` are not asked).
     */
    readonly chain?: Omit<ChainConfig, 'now'> | (Omit<ChainConfig, 'now' | 'trust'> & { readonly checkpoint: Checkpoint; readonly endpoints?: unknown })
    /** The keys that proofs of computation may be under. Without it a bundle with a proof is refused. */
    readonly zk?: { readonly keys: readonly ProofKey[] }
    /** Links that may be missing; default `require`: none. */
    readonly links?: 'require' | readonly AssumableLink[]
  }

export type EvidenceInput = {
  /** The bundle's text (JSON) or bytes (JSON or CBOR). Never a parsed object: only text is read by one set of rules. At most 48 MiB. */
  readonly bundle: string | Uint8Array
  /** A policy, or the text of a policy file. */
  readonly policy: EvidencePolicy | string
  /** Default: `policy.now`, else the device's clock; the verdict shows which. */
  readonly now?: Time
  /** `judgeProof` of `assay-wasm/zk` (without promises: of its `loadZkVerifier()`), for bundles with a proof of computation: without it they are refused (EVIDENCE_UNSUPPORTED). */
  readonly judgeProof?: ProofJudge
}

/** The enclave that the bundle's attestation shows. */
export type AttestedEnclave = (
  | { readonly kind: 'nitro'; readonly claims: VerifiedNitro }
  | { readonly kind: 'tdx'; readonly claims: VerifiedTdxQuote }
  | { readonly kind: 'snp'; readonly claims: VerifiedSnpReport }
) & {
  /** keccak-256 of the measurements that name its image, the key of `policy.profiles`; null when a PCR is missing. */
  readonly measurementHash: string | null
}

/** What was shown; null where the bundle has no such part. */
export type VerifiedEvidence = {
  readonly attestation: AttestedEnclave | null
  readonly receipt: VerifiedReceipt | null
  readonly registry: RegisteredTee | null
  readonly settlement: Settlement | null
  readonly zk: BundledProof | null
}

const MAX_BUNDLE = 48 << 20
const MAX_KEY = 1 << 16
const MAX_PROOF_KEY = 512 << 10 // all options together: 1 MiB
const MAX_PROOF_KEYS = 256

/** Members that the reader of receipts' and Nitro documents' policies does not know. */
const OWN = ['reportData', 'acceptStatus', 'requireSeptVeDisable', 'hostData', 'maxVmpl', 'minTcb', 'chipId', 'arkSha256',
  'measurements', 'requestIs', 'signingKey', 'settlement', 'links', 'chain', 'zk'] as const

/** An entry is read once, then handed to the reader of its kind. */
function readMeasurement(value: unknown, path: string): JsonText {
  if (typeof value === 'string' || typedArrayName(value) === 'Uint8Array') return readSnpMeasurement(value, path)
  const members = demandedMembers(value, path)
  const once = Object.assign(Object.create(null), Object.fromEntries(members)) as object
  if (members.has('measurement')) return readSnpMeasurement(once, path)
  if (members.has('pcrs') || members.has('pcrHash')) return readNitroMeasurement(once, path)
  if (TDX_NAMES.some((name) => members.has(name))) return readTdxMeasurement(once, path)
  throw argumentInvalid(path, 'must have pcrs or pcrHash (Nitro), mrtd (TDX), mrenclave (SGX) or measurement (SEV-SNP); a policy file is given as its text')
}

function readSigningKey(value: unknown, path: string): JsonText {
  const { spki, profile } = readDemands(value, ['spki', 'profile'], path)
  return jsonObject([
    ['spki', jsonString(toBase64(copyBytes(spki, `${path}.spki`, MAX_KEY)), path)],
    ['profile', optional(profile, `${path}.profile`, text)],
  ], path)
}

function readSettlement(value: unknown, path: string): JsonText {
  const { roots, emitter } = readDemands(value, ['roots', 'emitter'], path)
  return jsonObject([['roots', optional(roots, `${path}.roots`, list(text))], ['emitter', optional(emitter, `${path}.emitter`, text)]], path)
}

function copyKey(value: unknown, path: string): Uint8Array<ArrayBuffer> {
  const bytes = cutText(value, path, MAX_PROOF_KEY + 1)
  if (bytes.byteLength > MAX_PROOF_KEY) throw new UsageError('POLICY_INVALID', `${path}: more than 512 KiB`, { path })
  return bytes
}

function readProofKeys(value: unknown, path: string): JsonText {
  const { keys } = readDemands(value, ['keys'], path)
  const entries = jsonItems(keys, `${path}.keys`, MAX_PROOF_KEYS, (entry, at) => {
    const { digest, key, srs } = readDemands(entry, ['digest', 'key', 'srs'], at)
    return jsonObject([
      ['digest', jsonString(`0x${toHex(pinBytes(digest, `${at}.digest`))}`, at)],
      ['key', optional(key, `${at}.key`, (file) => jsonString(toBase64(copyKey(file, `${at}.key`)), at))],
      ['srs', optional(srs, `${at}.srs`, (file) => jsonString(toBase64(copyKey(file, `${at}.srs`)), at))],
    ], at)
  })
  return jsonObject([['keys', entries]], path)
}

function readLinks(value: unknown, path: string): JsonText {
  return typeof value === 'string' ? text(value, path) : jsonItems(value, path, OWN.length, text)
}

function readObject(value: unknown): ReadPolicy {
  const members = demandedMembers(value, 'policy', [...OWN, ...POLICY_MEMBERS])
  const take = (name: (typeof OWN)[number], read: (given: unknown, path: string) => JsonText) => {
    const given = members.get(name)
    members.delete(name)
    return optional(given, `policy.${name}`, read)
  }
  const own = jsonObject([
    ['measurements', take('measurements', list(readMeasurement))],
    ['report_data', take('reportData', hex)],
    ['accept_status', take('acceptStatus', list(text))],
    ['require_sept_ve_disable', take('requireSeptVeDisable', readFlag)],
    ['host_data', take('hostData', hex)],
    ['max_vmpl', take('maxVmpl', whole)],
    ['min_tcb', take('minTcb', readTcb)],
    ['chip_id', take('chipId', hex)],
    ['ark_sha256', take('arkSha256', readRoots)],
    ['request_is', take('requestIs', text)],
    ['signing_key', take('signingKey', readSigningKey)],
    ['settlement', take('settlement', readSettlement)],
    ['links', take('links', readLinks)],
    ['chain', take('chain', readChainPolicy)],
    ['zk', take('zk', readProofKeys)],
  ], 'policy')
  const common = readCommon(Object.assign(Object.create(null), Object.fromEntries(members)))
  const inner = [own, common.text].map(({ json }) => json.slice(1, -1)).filter((part) => part !== '')
  return { ...common, text: { json: `{${inner.join(',')}}` } }
}

function prepareEvidence(input: EvidenceInput): PreparedCall {
  const given = readMembers(input, ['bundle', 'policy', 'now', 'judgeProof'], '')
  const policy = readPolicyAs(given.policy, readObject)
  const options = encodeOptions([...clockMembers(given.now, policy), ['policy', policy?.text]])
  const answers = NO_BYTES // the module's own P-384 is the fastest
  const judge = given.judgeProof
  if (judge !== undefined && typeof judge !== 'function') throw argumentInvalid('judgeProof', 'must be a function')
  return {
    kind: 'operation',
    operation: 'verify_evidence',
    fields: [copyText(given.bundle, 'bundle', MAX_BUNDLE), options, answers, NO_BYTES],
    ...(judge === undefined ? {} : { judgeProof: judge as ProofJudge }),
  }
}

type EvidenceJson = {
  readonly attestation: { readonly kind: AttestedEnclave['kind']; readonly measurementHash: string | null; readonly claims: unknown } | null
  readonly receipt: ReceiptJson | null
  readonly registry: { readonly [name: string]: unknown } | null
  readonly settlement: SettlementJson | null
  readonly zk: ProofJson | null
}

const CLAIMS: { readonly [kind in AttestedEnclave['kind']]: (json: never) => unknown } = {
  nitro: reviveNitro,
  tdx: (json) => json,
  snp: reviveSnp,
}

function reviveEvidence({ attestation, receipt, registry, settlement, zk }: EvidenceJson): VerifiedEvidence {
  return {
    attestation: attestation && ({ ...attestation, claims: CLAIMS[attestation.kind](attestation.claims as never) } as AttestedEnclave),
    receipt: receipt && reviveReceipt(receipt),
    registry: registry && reviveTee(registry),
    settlement: settlement && reviveSettlement(settlement),
    zk: zk && reviveProof(zk),
  }
}

export const EVIDENCE: Question<EvidenceInput, VerifiedEvidence> = {
  .../* @__PURE__ */ question(prepareEvidence, reviveEvidence),
  isYes: (verdict) =>
    verdict.ok && allPassed(verdict, 'request') && allPassed(verdict, 'leaf age') && verdict.value.settlement?.signaturesChecked !== false,
}

/** The arguments of `verifyEvidence`: bundle, policy and, where the policy names no moment, the clock; for proofs their judge. */
export type EvidenceArguments<J extends ProofJudge = ProofJudge> = [
  bundle: EvidenceInput['bundle'], policy: EvidenceInput['policy'], options?: Pick<EvidenceInput, 'now'> & { readonly judgeProof?: J },
]

const withOptions = (asked: Question<EvidenceInput, VerifiedEvidence>): Question<EvidenceArguments, VerifiedEvidence> => ({
  ...asked,
  prepare: ([bundle, policy, options = {}]) => asked.prepare({ bundle, policy, ...readOptions(options, ['now', 'judgeProof'], 'options') } as EvidenceInput),
})
/** The same, asked with arguments. */
export const EVIDENCE_CALL: Question<EvidenceArguments, VerifiedEvidence> = /* @__PURE__ */ withOptions(EVIDENCE)

/** The form of such a function that takes them one by one. */
export function withArguments<R>(asked: (given: EvidenceArguments) => R): (...given: EvidenceArguments) => R {
  return (...given) => asked(given)
}
