// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `mpt` (chain-state.md §10): answers to eth_getProof, tries, receipts, and Ethereum's own tests
// of RLP.
import { hex, need, readJson } from '../files.mjs'
import { casesOf, json, operationCase } from './chain_cases.mjs'

const REFUSED = { ok: false }
const OK = { ok: true }

const account = (expect) => (value) => [
  ['exists', expect.exists, value.exists],
  ['nonce', expect.nonce, value.nonce],
  ['balance', expect.balance, value.balance],
  ['storage root', expect.storage_hash, value.storageHash],
  ['code hash', expect.code_hash, value.codeHash],
  ['number of slots', Object.keys(expect.storage).length, value.storage.length],
  ...Object.entries(expect.storage).map(([slot, word]) => {
    const found = value.storage.find((entry) => BigInt(entry.slot) === BigInt(slot))
    return [`slot ${slot}`, BigInt(word), found && BigInt(found.value)]
  }),
]

const accountCases = (folder, file) =>
  casesOf(folder, file, ['expect']).map(([row, id]) => {
    if (row.raw_trie) return operationCase(id, 'verify_trie_proof', [json(need(row.raw_trie, ['root', 'key', 'proof'], id))], row.expect, () => [])
    need(row, ['state_root', 'proof'], id)
    return operationCase(id, 'verify_mpt_proof', [json({ state_root: row.state_root }), json(row.proof)], row.expect, account(row.expect))
  })

const trieCases = (folder, file) =>
  casesOf(folder, file, ['root', 'proofs']).flatMap(([trie, id]) =>
    trie.proofs.map((row, i) => {
      need(row, ['key', 'proof', 'value'], `${id}/${i}`)
      return operationCase(`${id}/${i}`, 'verify_trie_proof', [json({ root: trie.root, key: row.key, proof: row.proof })], OK, (value) => [['value', row.value, value]])
    }))

const log = ({ address, topics, data }) => JSON.stringify([address, topics, data])
const receiptCases = (folder, file) =>
  casesOf(folder, file, ['index', 'receipts_root', 'proof', 'expect']).map(([row, id], i) =>
    operationCase(`${i} ${id}`, 'verify_receipt_proof', [json({ receipts_root: row.receipts_root }), json({ index: row.index, proof: row.proof })], row.expect, (value) => [
      ['type', row.expect.type, value.type],
      ['status', row.expect.status, value.status],
      ['receipt', row.receipt, value.raw],
      ['logs', JSON.stringify(row.expect.logs.map(log)), JSON.stringify(value.logs.map(log))],
    ]))

/** What an official `in` stands for, as decode_rlp writes it. */
function rlpForm(value) {
  if (Array.isArray(value)) return value.map(rlpForm)
  const number = typeof value === 'number' ? BigInt(value) : /^#\d+$/.test(value) ? BigInt(value.slice(1)) : undefined
  if (number === undefined) return `0x${Buffer.from(value, 'utf8').toString('hex')}`
  const digits = number === 0n ? '' : number.toString(16)
  return `0x${digits.length % 2 ? '0' : ''}${digits}`
}
const rlpCases = (folder, file, invalid) =>
  Object.entries(readJson(folder, file)).map(([id, row]) =>
    operationCase(id, 'decode_rlp', [hex(need(row, ['in', 'out'], id).out, id)], invalid ? REFUSED : OK,
      (value) => [['item', JSON.stringify(rlpForm(row.in)), JSON.stringify(value)]]))

const LOADERS = [
  [/^eth-getproof.*\.json$/, accountCases],
  [/^tries.*\.json$/, trieCases],
  [/^receipts.*\.json$/, receiptCases],
  [/^ethereum-tests-invalid.*\.json$/, (folder, file) => rlpCases(folder, file, true)],
  [/^ethereum-tests-.*\.json$/, (folder, file) => rlpCases(folder, file, false)],
]

export const name = 'mpt'
export const load = (folder, file) => LOADERS.find(([pattern]) => pattern.test(file))?.[1](folder, file) ?? null
