// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `ics23` (chain-state.md §6): proofs of one tree under both shapes, and pairs of store and
// multistore as nodes answer with. The raw folders and Test*Data.json are no cases.
import { hex } from '../files.mjs'
import { casesOf, operationCase } from './chain_cases.mjs'

export const name = 'ics23'
export const ignored = /^Test\w+Data\.json$/
export const folders = /^(iavl|tendermint|smt)$/

const text = (word) => new TextEncoder().encode(word)
const claim = ({ root, key, value }, id) => [text(value === null ? 'absent' : 'present'), hex(root, id), hex(key, id), hex(value ?? '', id)]

const LOADERS = [
  [/^cases.*\.json$/, (folder, file) =>
    casesOf(folder, file, ['spec', 'proof', 'root', 'key', 'value', 'expect']).map(([row, id]) =>
      operationCase(id, 'verify_ics23', [text(row.spec), ...claim(row, id), hex(row.proof, id)], row.expect))],
  [/^real-two-step.*\.json$/, (folder, file) =>
    casesOf(folder, file, ['store', 'key', 'value', 'root', 'proofs', 'expect']).map(([row, id]) =>
      operationCase(id, 'verify_store_proof',
        [text(row.store), ...claim(row, id), hex(row.proofs[0], id), hex(row.proofs[1], id)], row.expect))],
]

export const load = (folder, file) => LOADERS.find(([pattern]) => pattern.test(file))?.[1](folder, file) ?? null
