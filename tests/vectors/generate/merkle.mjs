// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rows of the family `merkle` (receipt.md §11): trees of settlement leaves, all their proofs, and proofs that prove
// nothing.
import { leafHash, tree } from './lib/merkle.mjs'
import { seeded } from './lib/seed.mjs'

const TYPES = ['bytes32', 'bytes32', 'bytes32', 'bytes', 'uint256']
const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`
const flip = (text) => `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`
const MAX = (1n << 256n) - 1n

const values = (name, i, signatureBytes = 256, timestamp = 1795000000 + i) => [
  ...['tee', 'input', 'output'].map((part) => hex(seeded(`merkle ${name} ${part} ${i}`, 32))),
  hex(seeded(`merkle ${name} signature ${i}`, signatureBytes)), String(timestamp),
]
const hashOf = ([teeId, inputHash, outputHash, signature, timestamp]) => leafHash({ teeId, inputHash, outputHash, signature, timestamp })

/** Proofs that must fail; `first` is the tree's first value. */
function badProofs(first, proof, root, other) {
  const bad = [
    ['root changed', first, proof, flip(root)],
    ['another leaf', other, proof, root],
    ['one node more', first, [...proof, hex(seeded('merkle node', 32))], root],
    ['the timestamp 2^256', [...first.slice(0, 4), (MAX + 1n).toString()], proof, root],
    ['a tee id of 31 bytes', [first[0].slice(0, -2), ...first.slice(1)], proof, root],
    ['an odd digit in the signature', [...first.slice(0, 3), `${first[3]}0`, first[4]], proof, root],
    ...[0, 1, 2].map((part) => [`member ${part} changed`, first.map((value, i) => (i === part ? flip(value) : value)), proof, root]),
    ['signature longer by a zero byte', [...first.slice(0, 3), `${first[3]}00`, first[4]], proof, root],
    ['timestamp changed', [...first.slice(0, 4), String(BigInt(first[4]) ^ 1n)], proof, root],
  ]
  if (proof.length > 0) bad.push(['one node less', first, proof.slice(1), root], ['first node changed', first, [flip(proof[0]), ...proof.slice(1)], root])
  if (proof.length > 1) bad.push(['nodes in another order', first, [...proof].reverse(), root])
  return bad.map(([note, value, given, claimed]) => ({ note, value, proof: given, root: claimed, valid: false }))
}

function file(name, leaves) {
  const hashes = leaves.map(hashOf)
  const made = tree(hashes)
  const proofs = hashes.map((hash, index) => ({ index, leaf_hash: hex(hash), proof: made.proof(hash).map(hex), valid: true }))
  const root = hex(made.root)
  return { name, types: TYPES, root, size: leaves.length, values: leaves, proofs, bad: badProofs(leaves[0], proofs[0].proof, root, values(name, 'stranger')) }
}

const many = (name, count) => Array.from({ length: count }, (_, i) => values(name, i))
const twice = values('equal', 0)

/** One object a file. */
export const files = {
  'merkle/one.json': [file('one leaf', many('one', 1))],
  'merkle/seven.json': [file('seven leaves', many('seven', 7))],
  'merkle/equal.json': [file('two equal leaves', [twice, twice, values('equal', 1)])],
  'merkle/signatures.json': [file('signatures of many lengths', [0, 1, 31, 32, 33, 512].map((length, i) => values('signatures', i, length)))],
  'merkle/timestamps.json': [file('the ends of uint256', [0n, 1n, (1n << 64n) - 1n, 1n << 64n, MAX].map((time, i) => values('timestamps', i, 64, time)))],
}
