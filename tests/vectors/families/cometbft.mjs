// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `cometbft` (chain-state.md §2 to §5): real headers, commits and steps, and the model-based cases
// of CometBFT. The headers of the latter have no app hash, which no light client takes: only the native engine has an
// entry for them.
import { filesUnder } from '../../../js-bindings/scripts/files.mjs'
import { basename, join } from 'node:path'
import { need, readJson } from '../files.mjs'
import { casesOf, json, lower, operationCase } from './chain_cases.mjs'

/** Far enough for every real chain. */
const PERIOD_S = 1_000_000_000
const secondsOf = (text) => Math.floor(Date.parse(text) / 1000)

/** A block under the pin of its own validators: hash, set and signatures are all checked. */
const blockCases = (folder, file) =>
  casesOf(folder, file, ['chain_id', 'height', 'light_block', 'expect']).map(([row, id]) => {
    const { header } = row.light_block.signed_header
    const config = {
      chain_id: row.chain_id, now: secondsOf(header.time) + 1, trusting_period_s: PERIOD_S,
      trust: { height: row.height, validators_hash: row.expect.validators_hash ?? header.validators_hash },
    }
    return operationCase(id, 'verify_header', [json(config), json({ trusted: row.light_block, path: [] })], row.expect, (value) => [
      ['header hash', lower(row.expect.header_hash), value.hash],
      ['validators hash', lower(row.expect.validators_hash), value.validatorsHash],
    ])
  })

const hashCases = (folder, file) =>
  casesOf(folder, file, ['header', 'hash']).map(([row], i) =>
    operationCase(`${i} ${row.header.chain_id}/${row.header.height}`, 'hash_header', [json(row.header)], { ok: true }, (value) => [['hash', lower(row.hash), value.hash]]))

function stepCases(folder, file) {
  const blocks = new Map()
  const blockOf = (id) => {
    if (blocks.size === 0)
      for (const each of need(readJson(folder, 'real-light-blocks.json'), ['cases'], 'real-light-blocks.json').cases) blocks.set(each.id, each.light_block)
    return blocks.get(id)
  }
  return casesOf(folder, file, ['config', 'expect']).map(([row, id]) =>
    operationCase(id, 'verify_header', [json(row.config), json({ trusted: row.trusted ?? blockOf(row.from), path: [row.untrusted ?? blockOf(row.to)] })], row.expect))
}

/** null stands for the empty hash and the empty address there. */
const emptied = (block) => ({
  header: Object.fromEntries(Object.entries(block.header).map(([key, value]) => [key, value === null && key !== 'last_block_id' ? '' : value])),
  commit: { ...block.commit, signatures: block.commit.signatures.map((entry) => ({ ...entry, validator_address: entry.validator_address ?? '' })) },
})

function modelCases(folder) {
  return filesUnder(join(folder, 'mbt')).filter((path) => path.endsWith('.json')).flatMap((path) => {
    const file = `mbt/${basename(path)}`
    const { initial, input } = need(readJson(folder, file), ['initial', 'input'], file)
    /** The block that every input starts from, by the verdicts before it. */
    let trusted = { header: emptied(initial.signed_header).header, validators: initial.next_validator_set.validators }
    return input.map((row, i) => {
      const { signed_header: head, validator_set: set, next_validator_set: next } = row.block
      const block = { signed_header: emptied(head), validators: set.validators }
      const fields = [json({ chain_id: 'test-chain', now: row.now, trusting_period_s: Number(BigInt(initial.trusting_period) / 1_000_000_000n) }), json({ trusted, block })]
      if (row.verdict === 'SUCCESS') trusted = { header: block.signed_header.header, validators: next.validators }
      const expect = row.verdict === 'SUCCESS' ? { ok: true } : row.verdict === 'NOT_ENOUGH_TRUST' ? { ok: false, code: 'CHAIN_INSUFFICIENT_TRUST' } : { ok: false }
      return {
        id: `${file}/${i}`,
        nativeOnly: true,
        run: async (engine) => {
          const verdict = await engine.call('light_step', fields)
          if (row.verdict === 'INVALID' && verdict.code === 'CHAIN_INSUFFICIENT_TRUST') return { expected: 'another code', got: verdict.code }
          return verdict.ok === expect.ok && (!expect.code || verdict.code === expect.code) ? null : { expected: row.verdict, got: verdict.code ?? 'OK' }
        },
      }
    })
  })
}

const LOADERS = [
  // The folder's cases are listed with the file whose blocks they are beside.
  [/^real-light-blocks.*\.json$/, blockCases],
  [/^header-hashes.*\.json$/, hashCases],
  [/^steps.*\.json$/, stepCases],
]

export const name = 'cometbft'
export const folders = /^mbt$/
export const load = (folder, file) => LOADERS.find(([pattern]) => pattern.test(file))?.[1](folder, file) ?? null
export const loadFolder = (folder, sub) => (sub === 'mbt' ? modelCases(folder) : [])
