// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Logs of the settlement contract (receipt.md §11) as a node hands them over.
import { keccak256 } from './keccak.mjs'

const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`
const raw = (text) => Buffer.from(text.slice(2), 'hex')
const word = (value) => Buffer.from(BigInt(value).toString(16).padStart(64, '0'), 'hex')
const topic = (signature) => hex(keccak256(Buffer.from(signature)))
const dynamic = (bytes) => Buffer.concat([word(bytes.length), bytes, Buffer.alloc((32 - (bytes.length % 32)) % 32)])

/** Fixed words, then byte strings behind their offsets. */
function data(words, strings) {
  let at = 32 * (words.length + strings.length)
  const [offsets, tails] = [[], []]
  for (const tail of strings.map(dynamic)) {
    offsets.push(word(at))
    tails.push(tail)
    at += tail.length
  }
  return hex(Buffer.concat([...words, ...offsets, ...tails]))
}

/** A leaf settled by itself. */
export const individualSettlement = (address, payer, { teeId, inputHash, outputHash, timestamp, signature }, blob = 'blob') => ({
  address,
  topics: [topic('IndividualSettlement(bytes32,address,bytes32,bytes32,uint256,bytes,bytes)'), teeId, hex(word(payer))],
  data: data([raw(inputHash), raw(outputHash), word(timestamp)], [Buffer.from(blob), raw(signature)]),
})

export const batchSettlement = (address, root, size, blob = 'blob') => ({
  address, topics: [topic('BatchSettlement(bytes32,uint256,bytes)'), root], data: data([word(size)], [Buffer.from(blob)]),
})
