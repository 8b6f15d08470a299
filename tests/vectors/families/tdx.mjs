// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `tdx` (index.json): quotes of TDX and SGX, each with collateral files, with one byte changed,
// and by signature only. attestation.md §2.
import { need, readBytes, readJson } from '../files.mjs'
import { attestedCase, json, mutate } from './attested.mjs'

const lower = (text) => text?.toLowerCase()
/** The names that an index gives to what the API returns. */
const claims = (value) => ({
  version: value.version,
  tee: value.kind.toUpperCase(),
  body_type: value.bodyType,
  fmspc: value.fmspc,
  pck_issuer: value.pckIssuer,
  debug: value.debug,
  mrtd: value.mrtd,
  rtmr: value.rtmr,
  mrseam: value.mrseam,
  mrsignerseam: value.mrsignerseam,
  seamattributes: value.seamattributes,
  tdattributes: value.tdattributes,
  xfam: value.xfam,
  mrconfigid: value.mrconfigid,
  mrowner: value.mrowner,
  mrownerconfig: value.mrownerconfig,
  tee_tcb_svn: value.teeTcbSvn,
  report_data: value.reportData,
  mrenclave: value.mrenclave,
  mrsigner: value.mrsigner,
  tcb_status: value.tcb?.status,
  qe_status: value.tcb?.qeStatus,
  module_status: value.tcb?.moduleStatus,
  advisories: value.tcb?.advisories,
})

function quoteCases(folder, file, index, quote) {
  need(quote, ['file', 'signature_only', 'cases', 'mutations'], file)
  const bytes = readBytes(folder, quote.file)
  const root = { name: 'pinned root', der: Buffer.from(readBytes(folder, index.root)).toString('base64') }
  const recorded = { ...quote, fmspc: lower(quote.fmspc) }
  const signature = need(quote.signature_only, ['now', 'expect'], quote.file)
  const bySignature = (id, evidence, expect, values) =>
    attestedCase(`${quote.file}/${id}`, 'check_tdx_quote_signature', [evidence, json({ now: signature.now, root })], expect, claims, values)

  const whole = quote.cases.map((entry, i) => {
    need(entry, ['collateral', 'now', 'expect'], quote.file)
    const authenticate = entry.policy === undefined || entry.policy === null
    const options = authenticate ? { now: entry.now, root } : { now: entry.now, policy: { ...entry.policy, root } }
    return attestedCase(`${quote.file}/${i}`, authenticate ? 'authenticate_tdx_quote' : 'verify_tdx_quote',
      [bytes, readBytes(folder, entry.collateral), json(options)], entry.expect, claims, { ...recorded, ...entry })
  })
  return [
    bySignature('signature_only', bytes, signature.expect, recorded),
    ...whole,
    ...quote.mutations.map((entry, i) => {
      need(entry, ['expect'], quote.file)
      return bySignature(`mutation ${i} ${entry.what}`, mutate(bytes, entry, quote.file), entry.expect, {})
    }),
  ]
}

export const name = 'tdx'
export const required = ['index.json']
export const ignored = /(?<!^index)\.json$/
export function load(folder, file) {
  if (file !== 'index.json') return null
  const index = need(readJson(folder, file), ['root', 'quotes'], file)
  return index.quotes.flatMap((quote) => quoteCases(folder, file, index, quote))
}
