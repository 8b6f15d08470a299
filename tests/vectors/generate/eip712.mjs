// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rows `eip712` of the family secp256k1: typed data of every kind of member, signed, and data that has no encoding.
import { ecKey, orderOf, rawSignature, signDigest } from './lib/ecdsa.mjs'
import { digestOf, domainSeparator, encodeType, hashStruct, typeHash } from './lib/eip712.mjs'
import { keccak256 } from './lib/keccak.mjs'
import { seeded } from './lib/seed.mjs'

const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`
const key = ecKey('typed data', 'secp256k1')
const address = hex(keccak256(key.point.subarray(1)).subarray(12))
const DOMAIN = { name: 'Assay', version: '1', chainId: '10740', verifyingContract: hex(seeded('typed data contract', 20)) }

function walletSignature(digest) {
  const made = signDigest(key, digest)
  const high = made.s > orderOf(key) / 2n
  const low = { r: made.r, s: high ? orderOf(key) - made.s : made.s }
  return hex(Buffer.concat([rawSignature(key, low), Buffer.from([27 + Number(made.odd !== high)])]))
}

function good(id, types, message, { primaryType = 'M', domain = DOMAIN } = {}) {
  const digest = digestOf(domain, types, primaryType, message)
  return {
    id, domain, types, primaryType, message, expect: 'ok', encode_type: encodeType(types, primaryType), type_hash: hex(typeHash(types, primaryType)),
    domain_separator: hex(domainSeparator(domain)), struct_hash: hex(hashStruct(types, primaryType, message)), digest: hex(digest), signature: walletSignature(digest), address,
  }
}
const bad = (id, types, message, { primaryType = 'M', domain = DOMAIN } = {}) => ({ id, domain, types, primaryType, message, expect: 'TYPED_DATA_INVALID' })
const one = (type) => ({ M: [{ name: 'a', type }] })

const ATOMS = {
  bool: [true, false], address: [`0x${'00'.repeat(20)}`, `0x${'ff'.repeat(20)}`], string: ['', 'caf\u00e9 \u65e5\u672c \ud83d\ude00', 'a'.repeat(200)], bytes: ['0x', '0x00', hex(seeded('typed data bytes', 100))],
  bytes1: ['0x7f'], bytes31: [hex(seeded('typed data bytes31', 31))], bytes32: [hex(seeded('typed data bytes32', 32))],
  uint8: ['0', '255'], uint64: [String((1n << 64n) - 1n)], uint256: ['0', String((1n << 256n) - 1n)], int8: ['-128', '127'], int128: [String(-(1n << 127n))], int256: [String(-(1n << 255n)), '-1'],
}
const WRONG = {
  bool: ['yes', 2], address: ['0x00', `0x${'zz'.repeat(20)}`], bytes1: ['0x', '0x0000'], bytes32: [`0x${'00'.repeat(31)}`], bytes: ['0x0', 'ff'],
  uint8: ['256', '-1'], uint256: [String(1n << 256n)], int8: ['128', '-129'], uint7: ['1'], uint264: ['1'], bytes33: [`0x${'00'.repeat(33)}`], bytes0: ['0x'], function: ['0x'], Unknown: [{}],
}

const NESTED = {
  Leaf: [{ name: 'weight', type: 'uint16' }, { name: 'tags', type: 'string[]' }],
  Branch: [{ name: 'leaves', type: 'Leaf[]' }, { name: 'grid', type: 'int32[2][]' }, { name: 'owner', type: 'address' }],
  M: [{ name: 'left', type: 'Branch' }, { name: 'right', type: 'Branch' }, { name: 'pair', type: 'Leaf[2]' }, { name: 'note', type: 'bytes' }],
}
const leaf = (weight, ...tags) => ({ weight: String(weight), tags })
const branch = (leaves, grid) => ({ leaves, grid: grid.map((row) => row.map(String)), owner: hex(seeded('typed data owner', 20)) })
const TREE = { left: branch([leaf(1, 'a', ''), leaf(65535)], [[-1, 2], [3, -4]]), right: branch([], []), pair: [leaf(2, 'b'), leaf(3)], note: '0xdeadbeef' }

const rows = [
  ...Object.entries(ATOMS).flatMap(([type, list]) => list.map((a, i) => good(`${type} ${i}`, one(type), { a }))),
  ...Object.entries(ATOMS).map(([type, list]) => good(`list of ${type}`, one(`${type}[]`), { a: list })),
  good('empty list', one('uint256[]'), { a: [] }),
  good('no members', { M: [] }, {}),
  good('nested', NESTED, TREE),
  bad('struct that names itself', { M: [{ name: 'children', type: 'M[]' }] }, { children: [{ children: [] }, { children: [{ children: [] }] }] }),
  good('primary type of the domain alone', one('bool'), { a: true }, { domain: { name: 'only a name' } }),
  good('domain with a salt', one('bool'), { a: true }, { domain: { ...DOMAIN, salt: hex(seeded('typed data salt', 32)) } }),
  ...Object.entries(WRONG).flatMap(([type, list]) => list.map((a, i) => bad(`wrong ${type} ${i}`, one(type), { a }))),
  bad('member is missing', one('uint256'), {}),
  bad('list of another length', one('uint256[2]'), { a: ['1'] }),
  bad('no list', one('uint256[]'), { a: '1' }),
  bad('no struct', { M: [{ name: 'a', type: 'N' }], N: [{ name: 'b', type: 'bool' }] }, { a: true }),
  bad('primary type without types', one('bool'), { a: true }, { primaryType: 'N' }),
]

export const files = { 'secp256k1/eip712.jsonl': rows }
