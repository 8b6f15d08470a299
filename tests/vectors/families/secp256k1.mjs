// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `secp256k1` (attestation.md §4): recovery, plain ECDSA, BIP-340, personal messages, typed
// data, Keccak-256 and SHA-256. The data hold no codes; which one a refusal must have follows from §4.1 (form
// before scalars, typed data before any signature).
import { createECDH } from 'node:crypto'

import { BadFile, hex, need, readCsv, readJson, readRows } from '../files.mjs'

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

/** Names the first value that differs. */
const difference = (value, wanted) => {
  for (const [name, want] of Object.entries(wanted))
    if (value[name]?.toLowerCase() !== want.toLowerCase()) return { expected: `${name} ${want}`, got: String(value[name]) }
  return null
}

const MODE = Buffer.from('malleable')

/** Whether the wallet signature over what `operation` hashes is that of `address`, and of no other. */
async function signerFault(engine, operation, data, signature, address) {
  const owner = hex(address, operation)
  const verdict = await engine.call(operation, [data, signature, owner, MODE])
  if (!verdict.ok) return { expected: address, got: `${verdict.code} (${operation})` }
  const other = owner.map((byte, i) => (i === 0 ? byte ^ 1 : byte))
  const refused = await engine.call(operation, [data, signature, other, MODE])
  return refused.code === 'SIGNATURE_INVALID' ? null : { expected: 'SIGNATURE_INVALID', got: `${refused.code ?? 'OK'} (another address)` }
}

function personalCase(row, i, where) {
  need(row, ['message_hex', 'digest', 'signature', 'address'], where)
  const message = hex(row.message_hex, where)
  const signature = hex(row.signature, where)
  return {
    id: row.id ?? i,
    run: async (engine) => {
      const { value } = await engine.call('hash_message', [message])
      return difference(value, { digest: row.digest }) ?? signerFault(engine, 'verify_message', message, signature, row.address)
    },
  }
}

/** The text of typed data; a number that JSON.parse has rounded would test another text than the row's. */
function typedDataText(row, message, where) {
  const exact = (value) => typeof value !== 'number' || Number.isSafeInteger(value)
  const text = JSON.stringify({ domain: row.domain, types: row.types, primaryType: row.primaryType, message }, (_, value) => {
    if (!exact(value)) throw new BadFile(`${where}: the number ${value} is not exact`)
    return value
  })
  return new TextEncoder().encode(text)
}

function typedDataCase(row, i, where) {
  need(row, ['domain', 'types', 'primaryType', 'message', 'expect'], where)
  const data = typedDataText(row, row.message, where)
  const id = row.id ?? i
  if (row.expect !== 'ok')
    return {
      id,
      run: async (engine) => {
        for (const [operation, ...rest] of [['hash_typed_data'], ['verify_typed_data', new Uint8Array(65), new Uint8Array(20), MODE]]) {
          const verdict = await engine.call(operation, [data, ...rest])
          if (verdict.code !== 'TYPED_DATA_INVALID') return { expected: 'TYPED_DATA_INVALID', got: `${verdict.ok ? 'OK' : verdict.code} (${operation})` }
        }
        return null
      },
    }
  need(row, ['encode_type', 'type_hash', 'domain_separator', 'struct_hash', 'digest', 'signature', 'address'], where)
  const signature = hex(row.signature, where)
  const { encode_type: encodeType, type_hash: typeHash, domain_separator: domainSeparator, struct_hash: structHash, digest } = row
  return {
    id,
    run: async (engine) => {
      const verdict = await engine.call('hash_typed_data', [data])
      if (!verdict.ok) return { expected: 'OK', got: `${verdict.code} ${verdict.path ?? ''}` }
      return difference(verdict.value, { encodeType, typeHash, domainSeparator, structHash, digest }) ?? signerFault(engine, 'verify_typed_data', data, signature, row.address)
    },
  }
}

function ethersTypedDataCase(row, i, where) {
  need(row, ['domain', 'types', 'primaryType', 'data', 'encoded', 'digest'], where)
  const data = typedDataText(row, row.data, where)
  return {
    id: row.name ?? i,
    run: async (engine) => {
      const verdict = await engine.call('hash_typed_data', [data])
      if (!verdict.ok) return { expected: 'OK', got: `${verdict.code} ${verdict.path ?? ''}` }
      const structHash = `0x${await engine.keccak256(hex(row.encoded, where))}`
      const fault = difference(verdict.value, { encodedData: row.encoded, structHash, digest: row.digest })
      if (fault !== null || row.signature === undefined) return fault
      const key = createECDH('secp256k1')
      key.setPrivateKey(hex(need(row, ['privateKey'], where).privateKey, where))
      const address = `0x${(await engine.keccak256(new Uint8Array(key.getPublicKey()).subarray(1))).slice(24)}`
      return signerFault(engine, 'verify_typed_data', data, hex(row.signature, where), address)
    },
  }
}

function bip340Case(row, i, where) {
  need(row, ['public key', 'message', 'signature', 'verification result'], where)
  const fields = [row['public key'], row.message, row.signature].map((digits) => hex(digits, where))
  const valid = row['verification result'] === 'TRUE'
  if (!valid && row['verification result'] !== 'FALSE') throw new BadFile(`${where}: verification result ${row['verification result']}`)
  return {
    id: row.index ?? i,
    run: async (engine) => {
      const verdict = await engine.call('verify_schnorr', fields)
      const refused = verdict.code === 'SIGNATURE_INVALID' || verdict.code === 'SIGNATURE_MALFORMED'
      return (valid ? verdict.ok : refused) ? null : { expected: valid ? 'OK' : 'SIGNATURE_INVALID or SIGNATURE_MALFORMED', got: verdict.ok ? 'OK' : verdict.code }
    },
  }
}

const ROWS = [
  [/^recover.*\.jsonl$/, recoverCase],
  [/^ecdsa.*\.jsonl$/, ecdsaCase],
  [/^keccak.*\.jsonl$/, keccakCase],
  [/^eip191.*\.jsonl$/, personalCase],
  [/^eip712.*\.jsonl$/, typedDataCase],
]

export const name = 'secp256k1'

export function load(folder, file) {
  if (/^ethers_hashes.*\.json$/.test(file))
    return readJson(folder, file).map((row, i) => {
      need(row, ['data', 'keccak256', 'sha256'], `${file}, row ${i}`)
      return hashCase(row.name ?? i, hex(row.data, file), [['keccak256', row.keccak256], ['sha256', row.sha256]])
    })
  if (/^ethers_typed-data.*\.json$/.test(file)) return readJson(folder, file).map((row, i) => ethersTypedDataCase(row, i, `${file}, row ${i}`))
  if (/^bip340.*\.csv$/.test(file)) return readCsv(folder, file).map((row, i) => bip340Case(row, i, `${file}, row ${i}`))
  const kind = ROWS.find(([pattern]) => pattern.test(file))
  return kind ? readRows(folder, file).map((row, i) => kind[1](row, i, `${file}, row ${i}`)) : null
}
