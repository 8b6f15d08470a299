// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// How a verdict is compared with what a row expects.

/** What a row says: OK, the exact code, or only that it is refused. */
const wanted = (expect) => (expect.ok ? 'OK' : (expect.code ?? 'a refusal'))

/**
 * Compares ok, the code where the row has one, and for an accepted row the values of `pairs`: [name, want, got].
 * Returns null, or what the runner prints.
 */
export function compare(verdict, expect, pairs = () => []) {
  const got = verdict.ok ? 'OK' : verdict.code
  if (verdict.ok !== expect.ok || (!expect.ok && expect.code && got !== expect.code)) return { expected: wanted(expect), got }
  if (!expect.ok) return null
  for (const [name, want, have] of pairs(verdict.value))
    if (want !== undefined && want !== have) return { expected: `${name} ${want}`, got: String(have) }
  return null
}
