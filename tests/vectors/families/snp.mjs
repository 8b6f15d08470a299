// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `snp` (index.json): SEV-SNP reports with their certificates, also with one byte changed.
// attestation.md §3.
import { need, readBytes, readJson } from '../files.mjs'
import { attestedCase, json, mutate } from './attested.mjs'

const NO_LISTS = new Uint8Array(0)

/** The names that an index gives to what the API returns; `policy` is that of the guest. */
const claims = (value) => ({
  version: value.version,
  policy: Number(value.guestPolicy),
  vmpl: value.vmpl,
  key_kind: value.keyKind,
  measurement: value.measurement,
  report_data: value.reportData,
  host_data: value.hostData,
  chip_id: value.chipId,
  reported_tcb: value.reportedTcb,
  platform_info: Number(value.platformInfo),
  product: value.product,
})

function reportCases(folder, file, index, report) {
  need(report, ['file', 'cases', 'mutations'], file)
  const bytes = readBytes(folder, report.file)
  const roots = { ark_sha256: index.ark_sha256 }
  const reportCase = (id, evidence, entry, recorded) => {
    need(entry, ['vek', 'chain', 'now', 'expect'], report.file)
    const authenticate = entry.policy === undefined || entry.policy === null
    const options = authenticate ? { now: entry.now, ...roots } : { now: entry.now, policy: { ...entry.policy, ...roots } }
    const product = entry.product === undefined || entry.product === null ? {} : { product: entry.product }
    return attestedCase(`${report.file}/${id}`, authenticate ? 'authenticate_snp_report' : 'verify_snp_report',
      [evidence, readBytes(folder, entry.vek), readBytes(folder, entry.chain), NO_LISTS, json(options)],
      entry.expect, claims, { ...recorded, ...product })
  }
  return [
    ...report.cases.map((entry, i) => reportCase(String(i), bytes, entry, report)),
    ...report.mutations.map((entry, i) =>
      reportCase(`mutation ${i} ${entry.what}`, mutate(bytes, entry, report.file), { ...entry, policy: undefined }, {})),
  ]
}

export const name = 'snp'
export const required = ['index.json']
export const ignored = /(?<!^index)\.json$/
export function load(folder, file) {
  if (file !== 'index.json') return null
  const index = need(readJson(folder, file), ['ark_sha256', 'reports'], file)
  return index.reports.flatMap((report) => reportCases(folder, file, index, report))
}
