// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `receipts` (receipt.md): whole receipts, canonical text, choice of the profile.
import { base64, need, readRows } from '../files.mjs'

const text = (value) => new TextEncoder().encode(value)
const json = (value) => text(JSON.stringify(value))
const strip = (value) => (typeof value === 'string' ? value.toLowerCase().replace(/^0x/, '') : value)

/** Names the first value of a verdict that differs from the expected one. */
function valueFault(want, got) {
  const same = (name, a, b) => (a === b ? null : `${name} ${JSON.stringify(b)}, want ${JSON.stringify(a)}`)
  const covered = (list) => JSON.stringify([...new Set(list ?? [null])].sort())
  return (
    same('output_kind', want.output_kind, got.kind) ??
    same('output', want.output, got.output) ??
    same('kind_ambiguous', want.kind_ambiguous, got.kindAmbiguous) ??
    same('timestamp', String(want.timestamp), String(got.timestamp)) ??
    same('tee_id', strip(want.tee_id), strip(got.teeId)) ??
    same('request_hash', strip(want.request_hash), strip(got.requestHash)) ??
    same('output_hash', strip(want.output_hash), strip(got.outputHash)) ??
    same('not_covered', covered(want.not_covered), covered(got.notCovered))
  )
}

/** Compares a verdict with `expect` {ok, code, value}. @returns null when they agree. */
function compare(expect, verdict, fault) {
  const expected = expect.ok ? 'OK' : expect.code
  const got = verdict.ok ? 'OK' : verdict.code
  if (expected !== got) return { expected, got: verdict.ok ? got : `${got}${verdict.path ? ` (${verdict.path})` : ''}` }
  const difference = expect.ok ? fault(expect.value, verdict.value) : null
  return difference === null ? null : { expected: 'OK', got: `OK with ${difference}` }
}

function receiptCase(row, where) {
  need(row, ['id', 'profile', 'request_json', 'response', 'spki_der_b64', 'now', 'policy', 'expect'], where)
  need(row.expect, row.expect.ok ? ['ok', 'value'] : ['ok', 'code'], where)
  const streamed = row.response.sse !== undefined
  const call = {
    request: text(row.request_json),
    response: text(streamed ? row.response.sse.join('\n') : row.response.json),
    document: new Uint8Array(0),
    key: base64(row.spki_der_b64, where),
    options: json({
      now: row.now,
      profile: row.profile,
      response_is: streamed ? 'stream' : 'json',
      policy: { receipt: row.policy ?? {}, accept: ['unproven'] },
    }),
  }
  return {
    id: row.id,
    run: async (engine) => {
      for (const path of engine.receiptPaths) {
        const difference = compare(row.expect, await engine.verifyReceipt(call, path), valueFault)
        if (difference) return { ...difference, got: `${difference.got} (${path})` }
      }
      const difference = streamed ? compare(row.expect, await engine.streamReceipt(call), valueFault) : null
      return difference && { ...difference, got: `${difference.got} (in pieces)` }
    },
  }
}

function profileCase(row, where) {
  need(row, ['id', 'pcr_hash', 'request_json', 'request_is', 'profiles', 'expect'], where)
  const options = json({ pcr_hash: row.pcr_hash, request_is: row.request_is, profiles: row.profiles })
  const fault = (want, got) =>
    want.route === got.route && want.profile === got.profile ? null : `value ${JSON.stringify(got)}, want ${JSON.stringify(want)}`
  return {
    id: row.id,
    run: async (engine) => compare(row.expect, await engine.chooseProfile(text(row.request_json), options), fault),
  }
}

const shown = (value) => JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)
const textCase = (id, checks) => ({
  id,
  run: async (engine) => {
    for (const [mode, source, want] of checks) {
      const got = await engine.canonicalJson(text(source), mode)
      const result = got.ok ? got.value : null
      if (result !== want)
        return { expected: want === null ? 'a refusal' : shown(want), got: result === null ? got.code : `${shown(result)} (${mode})` }
    }
    return null
  },
})

const KINDS = [
  [/^(receipts.*|real_.*)\.jsonl$/, (row, i, where) => [receiptCase(row, where)]],
  [/^profiles.*\.jsonl$/, (row, i, where) => [profileCase(row, where)]],
  [/^floats.*\.jsonl$/, (row, i, where) => [
    textCase(i, [
      ['value', need(row, ['token', 'json', 'as_temperature'], where).token, row.json],
      ['temperature', row.token, row.as_temperature],
      ...('repr' in row ? [['python', row.token, row.repr]] : []),
    ]),
  ]],
  [/^strings.*\.jsonl$/, (row, i, where) => [
    textCase(i, [
      ['value', need(row, ['literal', 'json'], where).literal, row.json],
      ...('repr' in row ? [['python', row.literal, row.repr]] : []),
    ]),
  ]],
  [/^values.*\.jsonl$/, (row, i, where) => [
    textCase(i, [
      ['value', need(row, ['text', 'json'], where).text, row.json],
      ...('str' in row ? [['python', row.text, row.str]] : []),
    ]),
  ]],
]

export const name = 'receipts'
/** A table for the repr profiles; holds no case. */
export const ignored = /^py_printable\.json$/

/** @returns the cases of one file, or null when the file's kind is unknown. */
export function load(folder, file) {
  const kind = KINDS.find(([pattern]) => pattern.test(file))
  return kind ? readRows(folder, file).flatMap((row, i) => kind[1](row, i, `${file}, row ${i}`)) : null
}
