// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Intel TDX and SGX quotes. attestation.md §0, §2.
import { argumentInvalid, copyText, cutBytes, encodeText, readDemands, readMembers, typedArrayName } from '../loader/input.js'
import { question } from './call.js'
import { jsonObject, jsonQuoted } from './json_text.js'
import { clockMembers, encodeOptions } from './nitro.js'
import { hex, list, optional, readFlag, readPolicyAs, readRoot, text } from './policy.js'
import { momentText } from './time.js'
import type { PreparedCall, Question } from './call.js'
import type { JsonText } from './json_text.js'
import type { HexOrBytes, ReadPolicy, Root, Time } from './policy.js'
import type { TrustLevel } from './verdict.js'

/** TCB statuses as Intel spells them; a revoked platform is never accepted. */
export type TcbStatus =
  | 'UpToDate'
  | 'SWHardeningNeeded'
  | 'ConfigurationNeeded'
  | 'ConfigurationAndSWHardeningNeeded'
  | 'OutOfDate'
  | 'OutOfDateConfigurationNeeded'
  | 'Revoked'

/** Fields of a TD that a measurement may pin, by their names in policies. */
const TD_PINS = {
  mrtd: 'mrtd', rtmr0: 'rtmr0', rtmr1: 'rtmr1', rtmr2: 'rtmr2', rtmr3: 'rtmr3', mrseam: 'mrseam', mrsignerseam: 'mrsignerseam',
  seamattributes: 'seamattributes', tdattributes: 'tdattributes', xfam: 'xfam', mrconfigid: 'mrconfigid', mrowner: 'mrowner',
  mrownerconfig: 'mrownerconfig', teeTcbSvn: 'tee_tcb_svn', teeTcbSvn2: 'tee_tcb_svn_2', mrservicetd: 'mrservicetd',
} as const
/** And those of an SGX enclave. */
const SGX_PINS = { mrenclave: 'mrenclave', mrsigner: 'mrsigner', attributes: 'attributes', miscselect: 'miscselect', cpusvn: 'cpusvn' } as const
const PINS: { readonly [name: string]: string } = { ...TD_PINS, ...SGX_PINS }
/** Names of all of them. */
export const MEASURED: readonly string[] = /* @__PURE__ */ Object.keys(PINS)

type TdPins = { readonly [name in 'mrtd' | 'rtmr0' | 'rtmr1' | 'rtmr2']: HexOrBytes } & { readonly [name in keyof typeof TD_PINS]?: HexOrBytes }
type SgxPins = { readonly mrenclave: HexOrBytes } & { readonly [name in keyof typeof SGX_PINS]?: HexOrBytes }

/** One enclave that may speak; all of its pins must match. Outside `from`…`until` (inclusive) it does not. */
export type TdxMeasurement = (TdPins | SgxPins) & { readonly from?: Time; readonly until?: Time }

/** What the application demands of a quote. Nothing is trusted by default: an empty policy is refused. */
export type TdxPolicy = {
  /** The moment to judge for, when the call itself names none. */
  readonly now?: Time
  /** Default: the Intel SGX Root CA, pinned by its SHA-256. */
  readonly root?: Root
  readonly measurements: readonly TdxMeasurement[]
  /** The 64 bytes that the quote must carry; only a nonce in them shows that a quote is fresh. */
  readonly reportData?: HexOrBytes
  /** Default: all but OutOfDate, OutOfDateConfigurationNeeded and Revoked. */
  readonly acceptStatus?: readonly TcbStatus[]
  /** Whether an enclave in debug mode may pass; default false. */
  readonly allowDebug?: boolean
  /** Whether the TD attribute SEPT_VE_DISABLE must be set; default false. */
  readonly requireSeptVeDisable?: boolean
  /** Trust levels that pass; default `['proven', 'attested']`. */
  readonly accept?: readonly TrustLevel[]
}

/** What Intel publishes about the platform, each member a text as Intel serves it. */
export type TdxCollateral = {
  /** DER in hex. */
  readonly root_ca_crl: string
  /** DER in hex. */
  readonly pck_crl: string
  /** The signed JSON text, byte for byte. */
  readonly tcb_info: string
  /** r‖s in hex. */
  readonly tcb_info_signature: string
  /** PEM: signer, then root. */
  readonly tcb_info_issuer_chain: string
  /** The signed JSON text, byte for byte. */
  readonly qe_identity: string
  /** r‖s in hex. */
  readonly qe_identity_signature: string
  /** PEM: signer, then root. */
  readonly qe_identity_issuer_chain: string
  /** Not used. */
  readonly pck_crl_issuer_chain?: string
}

/** A quote, what Intel publishes about its platform, and what the application demands of it. */
export type TdxInput = {
  /** At most 32 768 bytes. */
  readonly quote: Uint8Array
  /** The object, or its JSON text. Without it: TDX_COLLATERAL_MISSING. */
  readonly collateral: TdxCollateral | string | Uint8Array
  /** Default: `policy.root`, else the Intel SGX Root CA. */
  readonly root?: Root
  /** Default: `policy.now`, else the device's clock; the verdict shows which. */
  readonly now?: Time
  /** A policy, or the text of a policy file. Required: without measurements nothing is verified (`TDX_POLICY_EMPTY`). */
  readonly policy: TdxPolicy | string
}

/** A quote whose origin and platform are asked, and nothing else. */
export type TdxGenuineInput = Omit<TdxInput, 'policy'>

/** A quote of which only the signatures are asked. */
export type TdxSignatureInput = Omit<TdxInput, 'policy' | 'collateral'>

/** What the collateral says about the platform. */
export type PlatformTcb = {
  readonly status: TcbStatus
  readonly qeStatus: TcbStatus
  /** Null for SGX and for TDX modules without levels of their own. */
  readonly moduleStatus: TcbStatus | null
  readonly advisories: readonly string[]
  /** tcbEvaluationDataNumber of the TCB info. */
  readonly evaluationDataNumber: number
}

type QuoteClaims = {
  /** Of the quote: 3, 4 or 5. */
  readonly version: number
  /** 1 SGX, 2 TD 1.0, 3 TD 1.5. */
  readonly bodyType: number
  readonly debug: boolean
  /** 128 hex digits. */
  readonly reportData: string
  readonly fmspc: string
  readonly pceId: string
  readonly pckIssuer: string
  /** Null when only the signature was checked. */
  readonly tcb: PlatformTcb | null
}

/** What a TD's quote says; bytes as hex. */
export type TdClaims = QuoteClaims & {
  readonly kind: 'tdx'
  readonly teeTcbSvn: string
  readonly mrseam: string
  readonly mrsignerseam: string
  readonly seamattributes: string
  readonly tdattributes: string
  readonly xfam: string
  readonly mrtd: string
  readonly mrconfigid: string
  readonly mrowner: string
  readonly mrownerconfig: string
  /** RTMR 0 to 3. */
  readonly rtmr: readonly [string, string, string, string]
  /** TD 1.5 only. */
  readonly teeTcbSvn2?: string
  /** TD 1.5 only. */
  readonly mrservicetd?: string
}

/** What an SGX enclave's quote says; bytes as hex. */
export type SgxClaims = QuoteClaims & {
  readonly kind: 'sgx'
  readonly cpusvn: string
  readonly miscselect: string
  readonly attributes: string
  readonly mrenclave: string
  readonly mrsigner: string
  readonly isvprodid: number
  readonly isvsvn: number
}

export type TdxClaims = TdClaims | SgxClaims

/** The claims of a quote that satisfies the policy. */
export type VerifiedTdxQuote = TdxClaims & { readonly tcb: PlatformTcb }

/** The claims of a genuine quote; **no policy was applied**, so they say nothing about what runs there. */
export type GenuineTdxQuote = TdxClaims & { readonly genuine: true; readonly tcb: PlatformTcb }

/** The claims of a quote whose signatures hold; neither revocation nor TCB, debug mode or a policy was looked at. */
export type SignedTdxQuote = TdxClaims & { readonly genuine: true; readonly tcb: null }

/** One above the core's limits, which then answers TDX_LIMIT in its own order of checks. */
const QUOTE_CUT = 32_769
const COLLATERAL_CUT = (1 << 20) + 1
const COLLATERAL = [
  'root_ca_crl', 'pck_crl', 'tcb_info', 'tcb_info_signature', 'tcb_info_issuer_chain', 'qe_identity', 'qe_identity_signature',
  'qe_identity_issuer_chain', 'pck_crl_issuer_chain',
] as const

const copyQuote = (value: unknown) => cutBytes(value, 'quote', QUOTE_CUT)

function readCollateral(value: unknown): Uint8Array<ArrayBuffer> {
  if (value === undefined) return new Uint8Array(0)
  if (typeof value === 'string' || typedArrayName(value) === 'Uint8Array') return copyText(value, 'collateral', COLLATERAL_CUT)
  const members = readMembers(value, COLLATERAL, 'collateral')
  const texts = COLLATERAL.filter((name) => members[name] !== undefined).map((name) => {
    const member = members[name]
    if (typeof member !== 'string') throw argumentInvalid(`collateral.${name}`, 'must be a string')
    return [name, jsonQuoted(member, `collateral.${name}`)] as const
  })
  return encodeText(jsonObject(texts, 'collateral').json, 'collateral', COLLATERAL_CUT)
}

export function readMeasurement(value: unknown, path: string): JsonText {
  const given = readDemands(value, [...MEASURED, 'from', 'until'], path) as { readonly [name: string]: unknown }
  const pins = MEASURED.map((name) => [PINS[name]!, optional(given[name], `${path}.${name}`, hex)] as const)
  return jsonObject([
    ...pins,
    ['from', optional(given['from'], `${path}.from`, momentText)],
    ['until', optional(given['until'], `${path}.until`, momentText)],
  ], path)
}

function readObject(value: unknown, root: JsonText | undefined): ReadPolicy {
  const given = readDemands(value, ['now', 'root', 'measurements', 'reportData', 'acceptStatus', 'allowDebug', 'requireSeptVeDisable', 'accept'], 'policy')
  if (root !== undefined && given.root !== undefined) throw argumentInvalid('root', 'given both in the call and in its policy')
  return {
    text: jsonObject([
      ['root', root ?? optional(given.root, 'policy.root', readRoot)?.text],
      ['measurements', optional(given.measurements, 'policy.measurements', list(readMeasurement))],
      ['report_data', optional(given.reportData, 'policy.reportData', hex)],
      ['accept_status', optional(given.acceptStatus, 'policy.acceptStatus', list(text))],
      ['allow_debug', optional(given.allowDebug, 'policy.allowDebug', readFlag)],
      ['require_sept_ve_disable', optional(given.requireSeptVeDisable, 'policy.requireSeptVeDisable', readFlag)],
      ['accept', optional(given.accept, 'policy.accept', list(text))],
    ], 'policy'),
    now: given.now,
    rootDer: new Uint8Array(0),
  }
}

function prepareTdx(input: TdxInput): PreparedCall {
  const given = readMembers(input, ['quote', 'collateral', 'root', 'now', 'policy'], '')
  const root = optional(given.root, 'root', readRoot)?.text
  if (root !== undefined && typeof given.policy === 'string') throw argumentInvalid('root', 'belongs into the policy file')
  const policy = readPolicyAs(given.policy, (value) => readObject(value, root))
  return {
    kind: 'operation',
    operation: 'verify_tdx_quote',
    fields: [copyQuote(given.quote), readCollateral(given.collateral), encodeOptions([...clockMembers(given.now, policy), ['policy', policy?.text]])],
  }
}

function genuineOptions(given: { readonly root?: unknown; readonly now?: unknown }): Uint8Array<ArrayBuffer> {
  return encodeOptions([...clockMembers(given.now, undefined), ['root', optional(given.root, 'root', readRoot)?.text]])
}

function prepareGenuine(input: TdxGenuineInput): PreparedCall {
  const given = readMembers(input, ['quote', 'collateral', 'root', 'now'], '')
  return {
    kind: 'operation',
    operation: 'authenticate_tdx_quote',
    fields: [copyQuote(given.quote), readCollateral(given.collateral), genuineOptions(given)],
  }
}

function prepareSignature(input: TdxSignatureInput): PreparedCall {
  const given = readMembers(input, ['quote', 'root', 'now'], '')
  return { kind: 'operation', operation: 'check_tdx_quote_signature', fields: [copyQuote(given.quote), genuineOptions(given)] }
}

/** All numbers of a quote fit the safe range. */
const asIs = <T>(json: T): T => json

export const TDX_QUOTE: Question<TdxInput, VerifiedTdxQuote> = /* @__PURE__ */ question(prepareTdx, asIs<VerifiedTdxQuote>)
export const GENUINE_TDX_QUOTE: Question<TdxGenuineInput, GenuineTdxQuote> = /* @__PURE__ */ question(prepareGenuine, asIs<GenuineTdxQuote>)
export const TDX_SIGNATURE: Question<TdxSignatureInput, SignedTdxQuote> = /* @__PURE__ */ question(prepareSignature, asIs<SignedTdxQuote>)
