// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the families cometbft, ics23, registry and mpt share (chain-state.md).
import { need, readJson } from '../files.mjs'
import { compare } from './compare.mjs'

export const json = (value) => new TextEncoder().encode(JSON.stringify(value))
export const lower = (text) => (typeof text === 'string' ? text.toLowerCase() : text)

/** One row that one operation answers. @param pairs (value) → [name, want, got] */
export const operationCase = (id, operation, fields, expect, pairs) => ({
  id,
  run: async (engine) => compare(await engine.call(operation, fields), expect, pairs),
})

/** The rows of a file, each with the members that its format promises. */
export function casesOf(folder, file, members) {
  const { cases } = need(readJson(folder, file), ['cases'], file)
  return cases.map((row, i) => [need(row, members, `${file}, case ${i}`), row.id ?? row.about ?? String(i)])
}
