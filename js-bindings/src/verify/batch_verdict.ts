// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// One verdict of many, as the core's verify_batch gives it for signatures, with each item's own checks below its row.
import type { Check, Refused, Verdict } from './verdict.js'

/** The place of an item, or of something in it. */
export const placeOf = (index: number, path: string | undefined): string => `[${index}]${path ? `.${path}` : ''}`

/**
 * @param text a list of the core's verdicts, in order, or one that refuses them all.
 * @returns the text of one verdict: ok when all are, else with the code of the first that is not.
 */
export function joinVerdicts(text: string): string {
  const verdicts = JSON.parse(text) as Verdict<unknown>[] | Refused
  if (!Array.isArray(verdicts)) return text
  const checks = verdicts.map((verdict, index): Check => {
    const row = { name: `signature[${index}]`, children: verdict.checks }
    return verdict.ok ? { ...row, status: 'passed' } : { ...row, status: 'failed', code: verdict.code }
  })
  const first = verdicts.findIndex(({ ok }) => !ok)
  const refused = verdicts[first]
  if (refused === undefined || refused.ok) {
    return JSON.stringify({ ok: true, value: { items: verdicts.map((verdict) => (verdict as { readonly value: unknown }).value) }, checks, trust: 'unproven' })
  }
  return JSON.stringify({ ok: false, code: refused.code, category: refused.category, path: placeOf(first, refused.path), checks })
}
