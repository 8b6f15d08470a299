// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Settlement trees as OpenZeppelin's StandardMerkleTree builds them (receipt.md §11).
import { keccak256 } from './keccak.mjs'

const word = (value) => Buffer.from(BigInt(value).toString(16).padStart(64, '0'), 'hex')
const fromHex = (text) => Buffer.from(text.slice(2), 'hex')
const node = (a, b) => keccak256(Buffer.concat(Buffer.compare(a, b) < 0 ? [a, b] : [b, a]))

/** keccak256(keccak256(abi.encode(leaf))). */
export function leafHash({ teeId, inputHash, outputHash, signature, timestamp }) {
  const raw = fromHex(signature)
  const padding = Buffer.alloc((32 - (raw.length % 32)) % 32)
  const head = [fromHex(teeId), fromHex(inputHash), fromHex(outputHash), word(0xa0), word(timestamp), word(raw.length)]
  return keccak256(keccak256(Buffer.concat([...head, raw, padding])))
}

/** The tree of these leaf hashes. @returns {{root: Buffer, proof: (leaf: Buffer) => Buffer[]}} */
export function tree(hashes) {
  const sorted = [...hashes].sort(Buffer.compare)
  const nodes = new Array(2 * sorted.length - 1)
  sorted.forEach((hash, i) => (nodes[nodes.length - 1 - i] = hash))
  for (let i = sorted.length - 2; i >= 0; i -= 1) nodes[i] = node(nodes[2 * i + 1], nodes[2 * i + 2])
  return {
    root: nodes[0],
    proof: (leaf) => {
      const path = []
      for (let i = nodes.findLastIndex((hash) => hash.equals(leaf)); i > 0; i = (i - 1) >> 1) path.push(nodes[i % 2 ? i + 1 : i - 1])
      return path
    },
  }
}
