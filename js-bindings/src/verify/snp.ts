// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// AMD SEV-SNP attestation reports. attestation.md §0, §3.
import { cutBytes, cutText, ownItems, readDemands, readMembers, typedArrayName } from '../loader/input.js'
import { question } from './call.js'
import { jsonObject } from './json_text.js'
import { clockMembers, encodeOptions } from './nitro.js'
import { hex, list, optional, readFlag, readPolicyAs, text, whole } from './policy.js'
import { momentText } from './time.js'
import type { PreparedCall, Question } from './call.js'
import type { JsonText } from './json_text.js'
import type { HexOrBytes, ReadPolicy, Time } from './policy.js'
import type { TrustLevel } from './verdict.js'

/** AMD's product lines; each has a root of its own. */
export type SnpLine = 'Milan' | 'Genoa' | 'Turin'

/** SHA-256 of the root (ARK) of each product line that may speak, hex; at least one. */
export type SnpRoots = { readonly [line in SnpLine]?: HexOrBytes }

/** Security versions of the firmware's parts; `fmc` on Turin only. */
export type SnpTcb = { readonly bl: number; readonly tee: number; readonly snp: number; readonly ucode: number; readonly fmc?: number }

/** One guest that may speak. Outside `from`…`until` (inclusive) it may not. */
export type SnpMeasurement = { readonly measurement: HexOrBytes; readonly from?: Time; readonly until?: Time }

/** What the application demands of a report. Nothing is trusted by default: an empty policy is refused. */
export type SnpPolicy = {
  /** The moment to judge for, when the call itself names none. */
  readonly now?: Time
  /** Default: AMD's own three roots. */
  readonly arkSha256?: SnpRoots
  readonly measurements: readonly (HexOrBytes | SnpMeasurement)[]
  /** The 64 bytes that the report must carry; only a nonce in them shows that a report is fresh. */
  readonly reportData?: HexOrBytes
  /** The 32 bytes that the host gave at launch. */
  readonly hostData?: HexOrBytes
  /** Least privileged level that may have asked for the report; default 0. */
  readonly maxVmpl?: 0 | 1 | 2 | 3
  /** Least security version of each part; a part that is not named has none. */
  readonly minTcb?: Partial<SnpTcb>
  /** The chip that the endorsement key must be of, 64 bytes. Needed for a report that leaves its own out. */
  readonly chipId?: HexOrBytes
  /** Whether a guest that its host may debug may pass; default false. */
  readonly allowDebug?: boolean
  /** Trust levels that pass; default `['proven', 'attested']`. */
  readonly accept?: readonly TrustLevel[]
}

/** What vouches for the key that signed the report. */
export type SnpCertificates = {
  /** VCEK or VLEK, DER. */
  readonly vek: Uint8Array
  /** ASK or ASVK, then ARK, PEM: as AMD serves them. */
  readonly chain: string | Uint8Array
  /** Revocation lists, DER: of the ARK, of the ASK. Without them revocation is reported as not covered. */
  readonly crls?: readonly Uint8Array[]
}

export type SnpInput = {
  /** 1184 bytes. */
  readonly report: Uint8Array
  readonly certificates: SnpCertificates
  /** Default: `policy.now`, else the device's clock; the verdict shows which. */
  readonly now?: Time
  /** A policy, or the text of a policy file. Required: without measurements nothing is verified (`SNP_POLICY_EMPTY`). */
  readonly policy: SnpPolicy | string
}

/** A report whose origin is asked, and nothing else. */
export type SnpGenuineInput = Omit<SnpInput, 'policy'> & {
  /** Default: AMD's own three roots. */
  readonly arkSha256?: SnpRoots
}

/** What a report says; bytes as hex. */
export type SnpClaims = {
  readonly kind: 'snp'
  /** Of the report: 2, 3 or 5. */
  readonly version: number
  /** Whether the guest's policy lets its host read and change it. */
  readonly debug: boolean
  readonly vmpl: number
  readonly guestSvn: number
  readonly guestPolicy: bigint
  readonly platformInfo: bigint
  readonly keyKind: 'VCEK' | 'VLEK'
  readonly productLine: SnpLine
  /** As the endorsement key's certificate names it, e.g. `Milan-B0`. */
  readonly product: string
  /** The cloud that a VLEK is of; empty for a VCEK. */
  readonly cspId: string
  readonly familyId: string
  readonly imageId: string
  readonly reportData: string
  readonly measurement: string
  readonly hostData: string
  readonly idKeyDigest: string
  readonly authorKeyDigest: string
  readonly reportId: string
  readonly reportIdMa: string
  readonly chipId: string
  readonly currentTcb: string
  readonly reportedTcb: string
  readonly committedTcb: string
  readonly launchTcb: string
  /** The parts of the reported TCB. */
  readonly tcb: SnpTcb
}

/** The claims of a report that satisfies the policy. */
export type VerifiedSnpReport = SnpClaims

/** The claims of a report that AMD hardware made; **no policy was applied**, so they say nothing about what runs there. */
export type GenuineSnpReport = SnpClaims & { readonly genuine: true }

/** One above the length of a report: a longer one is judged by its length. */
const REPORT_CUT = 1185
const CERTIFICATES_CUT = (1 << 20) + 1
const MAX_LISTS = 16

function readLists(value: unknown): Uint8Array<ArrayBuffer> {
  const lists = ownItems(value, 'certificates.crls', MAX_LISTS, 'INPUT_LIMIT').map((item, i) => {
    const list = cutBytes(item, `certificates.crls[${i}]`, CERTIFICATES_CUT)
    return list.byteLength === 0 ? new Uint8Array(1) : list // a list that does not parse, not the lack of one
  })
  const all = new Uint8Array(lists.reduce((sum, each) => sum + each.byteLength, 0))
  let at = 0
  for (const each of lists) {
    all.set(each, at)
    at += each.byteLength
  }
  return all
}

/** Report, endorsement key, chain, revocation lists. */
function evidence(report: unknown, certificates: unknown): Uint8Array<ArrayBuffer>[] {
  const { vek, chain, crls } = readMembers(certificates, ['vek', 'chain', 'crls'], 'certificates')
  return [
    cutBytes(report, 'report', REPORT_CUT),
    cutBytes(vek, 'certificates.vek', CERTIFICATES_CUT),
    cutText(chain, 'certificates.chain', CERTIFICATES_CUT),
    crls === undefined ? new Uint8Array(0) : readLists(crls),
  ]
}

export function readRoots(value: unknown, path: string): JsonText {
  const given = readDemands(value, ['Milan', 'Genoa', 'Turin'], path)
  return jsonObject((['Milan', 'Genoa', 'Turin'] as const).map((line) => [line, optional(given[line], `${path}.${line}`, hex)] as const), path)
}

export function readMeasurement(value: unknown, path: string): JsonText {
  if (typeof value === 'string' || typedArrayName(value) === 'Uint8Array') return hex(value, path)
  const { measurement, from, until } = readDemands(value, ['measurement', 'from', 'until'], path)
  return jsonObject([
    ['measurement', optional(measurement, `${path}.measurement`, hex)],
    ['from', optional(from, `${path}.from`, momentText)],
    ['until', optional(until, `${path}.until`, momentText)],
  ], path)
}

export function readTcb(value: unknown, path: string): JsonText {
  const parts = ['fmc', 'bl', 'tee', 'snp', 'ucode'] as const
  const given = readDemands(value, parts, path)
  return jsonObject(parts.map((part) => [part, optional(given[part], `${path}.${part}`, whole)] as const), path)
}

function readObject(value: unknown): ReadPolicy {
  const given = readDemands(value, [
    'now', 'arkSha256', 'measurements', 'reportData', 'hostData', 'maxVmpl', 'minTcb', 'chipId', 'allowDebug', 'accept',
  ], 'policy')
  return {
    text: jsonObject([
      ['ark_sha256', optional(given.arkSha256, 'policy.arkSha256', readRoots)],
      ['measurements', optional(given.measurements, 'policy.measurements', list(readMeasurement))],
      ['report_data', optional(given.reportData, 'policy.reportData', hex)],
      ['host_data', optional(given.hostData, 'policy.hostData', hex)],
      ['max_vmpl', optional(given.maxVmpl, 'policy.maxVmpl', whole)],
      ['min_tcb', optional(given.minTcb, 'policy.minTcb', readTcb)],
      ['chip_id', optional(given.chipId, 'policy.chipId', hex)],
      ['allow_debug', optional(given.allowDebug, 'policy.allowDebug', readFlag)],
      ['accept', optional(given.accept, 'policy.accept', list(text))],
    ], 'policy'),
    now: given.now,
    rootDer: new Uint8Array(0),
  }
}

function prepareSnp(input: SnpInput): PreparedCall {
  const given = readMembers(input, ['report', 'certificates', 'now', 'policy'], '')
  const policy = readPolicyAs(given.policy, readObject)
  return {
    kind: 'operation',
    operation: 'verify_snp_report',
    fields: [...evidence(given.report, given.certificates), encodeOptions([...clockMembers(given.now, policy), ['policy', policy?.text]])],
  }
}

function prepareGenuine(input: SnpGenuineInput): PreparedCall {
  const given = readMembers(input, ['report', 'certificates', 'now', 'arkSha256'], '')
  const options = encodeOptions([...clockMembers(given.now, undefined), ['ark_sha256', optional(given.arkSha256, 'arkSha256', readRoots)]])
  return { kind: 'operation', operation: 'authenticate_snp_report', fields: [...evidence(given.report, given.certificates), options] }
}

type SnpJson = Omit<SnpClaims, 'guestPolicy' | 'platformInfo'> & { readonly guestPolicy: string; readonly platformInfo: string }

/** The claims with their 64-bit integers as bigint. */
export function reviveSnp<T extends SnpClaims>(json: SnpJson): T {
  return { ...json, guestPolicy: BigInt(json.guestPolicy), platformInfo: BigInt(json.platformInfo) } as unknown as T
}

export const SNP_REPORT: Question<SnpInput, VerifiedSnpReport> = /* @__PURE__ */ question(prepareSnp, reviveSnp<VerifiedSnpReport>)
export const GENUINE_SNP_REPORT: Question<SnpGenuineInput, GenuineSnpReport> = /* @__PURE__ */ question(prepareGenuine, reviveSnp<GenuineSnpReport>)
