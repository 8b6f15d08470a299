// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// An engine that asks for every verified receipt, document, quote and report as an evidence bundle, in JSON and in
// CBOR by turns: the codes and values must be those of the single family. What no bundle can carry is asked as ever.
import { encode } from '../generate/lib/cbor.mjs'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const bytes = (text) => new TextEncoder().encode(text)

/** Values as they are in CBOR; Uint8Arrays are byte strings there, base64 in JSON. */
export function toCbor(value) {
  const form = (item) =>
    item instanceof Uint8Array || typeof item !== 'object' || item === null ? item
      : Array.isArray(item) ? item.map(form)
        : new Map(Object.entries(item).map(([name, member]) => [name, form(member)]))
  return new Uint8Array(encode(form(value)))
}
export function toJson(value) {
  const form = (item) =>
    item instanceof Uint8Array ? Buffer.from(item).toString('base64')
      : typeof item !== 'object' || item === null ? item
        : Array.isArray(item) ? item.map(form)
          : Object.fromEntries(Object.entries(item).map(([name, member]) => [name, form(member)]))
  return bytes(JSON.stringify(form(value)))
}

/** @returns the text, or undefined when the bytes are not UTF-8. */
function textOf(field) {
  try {
    return utf8.decode(field)
  } catch {
    return undefined
  }
}

function jsonOf(field) {
  try {
    return JSON.parse(textOf(field))
  } catch {
    return undefined
  }
}

const COLLATERAL = ['root_ca_crl', 'pck_crl', 'pck_crl_issuer_chain', 'tcb_info', 'tcb_info_signature', 'tcb_info_issuer_chain',
  'qe_identity', 'qe_identity_signature', 'qe_identity_issuer_chain']

/** The bundle's attestation that stands for a call; undefined: none can. */
const ATTESTATIONS = {
  verify_nitro: ([document]) => ({ kind: 'nitro', document }),
  verify_tdx_quote: ([quote, text]) => {
    if (text.length === 0) return { kind: 'tdx', quote }
    const collateral = jsonOf(text)
    return collateral && Object.keys(collateral).every((name) => COLLATERAL.includes(name)) ? { kind: 'tdx', quote, collateral } : undefined
  },
  verify_snp_report: ([report, vek, chain, crls]) => {
    const text = textOf(chain)
    return text === undefined ? undefined : { kind: 'snp', report, certificates: { vek, chain: text, ...(crls.length ? { crls } : {}) } }
  },
}

/** The bundle and options that stand for verify_receipt with a key that the caller names. */
function receiptBundle({ request, response, document, key, options }) {
  const [asked, answered, rules] = [textOf(request), textOf(response), jsonOf(options)]
  const form = /^[ \t\r\n]*\{/.test(answered ?? '') ? 'json' : 'stream'
  if (document.length || key.length === 0 || asked === undefined || answered === undefined || rules?.expected_tee_id) return undefined
  if (rules?.profile === undefined || (rules.response_is ?? form) !== form) return undefined
  const { policy, now, profile } = rules
  return {
    bundle: { assay: 1, request: { text: asked }, response: { text: answered } },
    options: { now, policy: { ...policy, signing_key: { spki: Buffer.from(key).toString('base64'), profile } } },
  }
}

export function throughBundles(engine) {
  let asked = 0
  const ask = async (bundle, options, part) => {
    const encoded = (asked += 1) % 2 ? toJson(bundle) : toCbor(bundle)
    const verdict = await engine.call('verify_evidence', [encoded, typeof options === 'object' && !(options instanceof Uint8Array) ? bytes(JSON.stringify(options)) : options, new Uint8Array(0), new Uint8Array(0)])
    return verdict.ok ? { ...verdict, value: part(verdict.value) } : verdict
  }
  const call = async (operation, fields) => {
    const attestation = ATTESTATIONS[operation]?.(fields)
    if (attestation === undefined) return engine.call(operation, fields)
    const options = fields[operation === 'verify_tdx_quote' ? 2 : operation === 'verify_snp_report' ? 4 : 1]
    return ask({ assay: 1, attestation }, options, (value) => value.attestation.claims)
  }
  return {
    ...engine,
    /** How many calls went as bundles. */
    bundles: () => asked,
    call,
    verifyNitro: (nitro) => call('verify_nitro', [nitro.document, nitro.options]),
    verifyReceipt: (receipt, path) => {
      const made = receiptBundle(receipt)
      return made ? ask(made.bundle, made.options, (value) => value.receipt) : engine.verifyReceipt(receipt, path)
    },
  }
}
