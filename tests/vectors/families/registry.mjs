// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `registry` (chain-state.md): whole flows over a synthetic chain, and single functions.
import { hex } from '../files.mjs'
import { casesOf, json, lower, operationCase } from './chain_cases.mjs'

const facts = (expect) => (value) => [
  ['height', expect.height, value.height],
  ['state time', expect.state_time, value.block?.time],
  ['header hash', lower(expect.header_hash), value.block?.hash],
  ['app hash', lower(expect.app_hash), value.block?.appHash],
  ['tee id', expect.tee_id, value.teeId],
  ['tee type', expect.tee_type, value.teeType],
  ['enabled', expect.enabled, value.enabled],
  ['pcr hash', expect.pcr_hash, value.pcrHash],
  ['approved', expect.pcr_approved, value.pcrApproved],
  ['heartbeat', expect.last_heartbeat_at?.toString(), value.lastHeartbeatAt],
  ['max age', expect.heartbeat_max_age?.toString(), value.heartbeatMaxAge],
  ['registered at', expect.registered_at?.toString(), value.registeredAt],
]

/** ok, code, values, and the trust that the verdict says. */
function flowCase(id, fields, expect, pairs) {
  const plain = operationCase(id, 'verify_registry', fields, expect, pairs)
  return {
    id,
    run: async (engine) => {
      const failed = await plain.run(engine)
      if (failed || !expect.ok) return failed
      const { trust } = await engine.call('verify_registry', fields)
      return trust === expect.assurance ? null : { expected: `trust ${expect.assurance}`, got: trust }
    },
  }
}

const flows = (folder, file) =>
  casesOf(folder, file, ['config', 'query', 'evidence', 'expect']).map(([row, id]) =>
    flowCase(id, [json(row.config), json(row.query), json(row.evidence)], row.expect, facts(row.expect)))

const ZERO = `0x${'00'.repeat(32)}`
const quorums = (folder, file) =>
  casesOf(folder, file, ['k', 'n', 'state_time_s', 'answers', 'expect']).map(([row, id]) => {
    const first = row.answers.find(({ answer }) => answer !== null)?.answer
    const config = { chain_id: '10740', now: row.state_time_s, quorum: { needed: row.k, of: row.n }, accept: ['quorum'] }
    const query = { tee_id: first?.tee_id ?? ZERO, ...(first ? { height: String(first.height) } : {}) }
    return flowCase(id, [json(config), json(query), json({ answers: row.answers, state_time_s: row.state_time_s })], row.expect,
      (value) => [['agree', row.expect.agree, value.agree], ['of', row.expect.of, value.of]])
  })

const unit = (members, operation, fields, pairs) => (folder, file) =>
  casesOf(folder, file, members).map(([row, id], i) => operationCase(`${i} ${id}`, operation, fields(row, id), row.expect ?? { ok: true }, pairs(row)))

const leaves = (row) => (value) => [['hash', lower(row.hash), value.hash], ['leaves', JSON.stringify(row.leaves), JSON.stringify(value.leaves)]]

const slots = unit(['spki_der', 'registry', 'tee_type', 'pcr_hash'], 'registry_slots',
  (row) => [json({ registry: { address: row.registry }, spki_der: row.spki_der, tee_type: row.tee_type, pcr_hash: row.pcr_hash })],
  (row) => (value) => [
    ['tee_id', row.tee_id, value.teeId],
    ['tee_base', row.tee_base, value.base],
    ['pcr_hash_slot', row.pcr_hash_slot, value.pcrHash],
    ['type_enabled_slot', row.type_enabled_slot, value.flags],
    ['registered_at_slot', row.registered_at_slot, value.registeredAt],
    ['last_heartbeat_slot', row.last_heartbeat_slot, value.lastHeartbeatAt],
    ['pcr_record_slot', row.pcr_record_slot, value.pcrRecord],
    ['tls_certificate_slot', row.tls_certificate_slot, value.tlsCertificate],
    ['tls_certificate_data_slot', row.tls_certificate_data_slot, value.tlsCertificateData],
    ['store_key_of_pcr_record', row.store_key_of_pcr_record, value.pcrRecordKey],
    ['store_key_of_code_hash', row.store_key_of_code_hash, value.codeHashKey],
  ])

const calldata = unit(['input', 'expect'], 'decode_registration', (row, id) => [hex(row.input, id)], ({ expect }) => (value) => [
  ['attestation', expect.attestation, value.attestation],
  ['signing_public_key', expect.signing_public_key, value.signingPublicKey],
  ['tee_id', expect.tee_id, value.teeId],
  ['tls_certificate', expect.tls_certificate, value.tlsCertificate],
  ['payment_address', expect.payment_address, value.paymentAddress],
  ['endpoint', expect.endpoint, value.endpoint],
  ['tee_type', expect.tee_type, value.teeType],
])

const LOADERS = [
  [/^unit-calldata.*\.json$/, calldata],
  [/^unit-header-hash.*\.json$/, unit(['header', 'leaves', 'hash'], 'hash_header', (row) => [json(row.header)], leaves)],
  [/^unit-merkle.*\.json$/, unit(['items', 'root'], 'merkle_root', (row) => [json(row.items)], (row) => (value) => [['root', row.root, value]])],
  [/^unit-quorum.*\.json$/, quorums],
  [/^unit-slots.*\.json$/, slots],
  [/^unit-storage-bytes.*\.json$/, unit(['slot', 'words', 'expect'], 'read_storage_bytes', (row) => [json({ slot: row.slot, words: row.words })], (row) => (value) => [['data', row.expect.data, value]])],
  [/^unit-tx-result.*\.json$/, unit(['index', 'total', 'tx', 'data_hash', 'tx_aunts', 'result', 'last_results_hash', 'result_aunts', 'expect'], 'verify_tx_result', (row) => [json({ ...row, expect: undefined, execution: 'any' })], () => () => [])],
  [/^unit-valset-hash.*\.json$/, unit(['validators', 'leaves', 'hash'], 'hash_validators', (row) => [json(row.validators)], leaves)],
  [/^unit-vote-bytes.*\.json$/, unit(['vote', 'bytes'], 'encode_vote', (row) => [json(row.vote)], (row) => (value) => [['bytes', row.bytes, value]])],
  [/^(valid|invalid).*\.json$/, flows],
]

export const name = 'registry'
export const load = (folder, file) => LOADERS.find(([pattern]) => pattern.test(file))?.[1](folder, file) ?? null
