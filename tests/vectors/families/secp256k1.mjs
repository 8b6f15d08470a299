// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `secp256k1` (attestation.md §4): recovery, plain ECDSA, Keccak-256 and SHA-256. The
// data hold no codes; which one a refusal must have follows from §4.1 (form before scalars).
import { hex, need, readJson, readRows } from '../files.mjs'

const lower = (address) => address.toLowerCase().replace(/^0x/, '')

function recoverCase(row, i, where) {
  need(row, ['hash', 'v', 'r', 's', 'ecrecover', 'strict'], where)
  const call = { hash: hex(row.hash, where), v: hex(row.v, where), r: hex(row.r, where), s: hex(row.s, where) }
  const refusal = [27n, 28n].includes(BigInt(row.v)) ? 'SIGNATURE_INVALID' : 'SIGNATURE_MALFORMED'
  return {
    id: row.id ?? i,
    run: async (engine) => {
      for (const [mode, want] of [['malleable', row.ecrecover], ['strict', row.strict]]) {
        const verdict = await engine.recoverAddress({ ...call, mode })
        const got = verdict.ok ? lower(verdict.value) : verdict.code
        const expected = want === null ? refusal : lower(want)
        if (got !== expected) return { expected, got: `${got} (${mode})` }
      }
      return null
    },
  }
}

function ecdsaCase(row, i, where) {
  need(row, ['hash', 'pubkey', 'pubkey_compressed', 'r', 's', 'valid', 'valid_low_s'], where)
  const hash = hex(row.hash, where)
  const signature = new Uint8Array(Buffer.concat([hex(row.r, where), hex(row.s, where)]))
  const keys = [hex(row.pubkey, where), hex(row.pubkey_compressed, where)]
  return {
    id: row.id ?? i,
    run: async (engine) => {
      for (const key of keys)
        for (const [mode, valid] of [['malleable', row.valid], ['strict', row.valid_low_s]]) {
          const verdict = await engine.verifyEcdsa({ key, hash, signature, mode })
          const refused = verdict.code === 'SIGNATURE_INVALID' || verdict.code === 'SIGNATURE_MALFORMED'
          if (valid ? !verdict.ok : !refused)
            return { expected: valid ? 'OK' : 'SIGNATURE_INVALID or SIGNATURE_MALFORMED', got: `${verdict.ok ? 'OK' : verdict.code} (${mode}, ${key.length} bytes)` }
        }
      return null
    },
  }
}

const hashCase = (id, data, digests) => ({
  id,
  run: async (engine) => {
    for (const [algorithm, want] of digests) {
      const got = await engine[algorithm](data)
      if (got !== lower(want)) return { expected: lower(want), got: `${got} (${algorithm})` }
    }
    return null
  },
})

function keccakCase(row, i, where) {
  need(row, ['keccak256'], where)
  const data = row.data === undefined ? new Uint8Array(need(row, ['len', 'fill'], where).len).fill(row.fill) : hex(row.data, where)
  return hashCase(row.id ?? i, data, [['keccak256', row.keccak256]])
}

const ROWS = [
  [/^recover.*\.jsonl$/, recoverCase],
  [/^ecdsa.*\.jsonl$/, ecdsaCase],
  [/^keccak.*\.jsonl$/, keccakCase],
]

export const name = 'secp256k1'

export function load(folder, file) {
  if (/^ethers_hashes.*\.json$/.test(file))
    return readJson(folder, file).map((row, i) => {
      need(row, ['data', 'keccak256', 'sha256'], `${file}, row ${i}`)
      return hashCase(row.name ?? i, hex(row.data, file), [['keccak256', row.keccak256], ['sha256', row.sha256]])
    })
  const kind = ROWS.find(([pattern]) => pattern.test(file))
  return kind ? readRows(folder, file).map((row, i) => kind[1](row, i, `${file}, row ${i}`)) : null
}
