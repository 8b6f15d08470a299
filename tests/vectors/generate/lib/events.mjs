// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Logs of the settlement contract (receipt.md §11) as a node hands them over.
import { encode, word } from './abi.mjs'
import { keccak256 } from './keccak.mjs'

const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`
const raw = (text) => Buffer.from(text.slice(2), 'hex')
const topic = (signature) => hex(keccak256(Buffer.from(signature)))

/** A leaf settled by itself. */
export const individualSettlement = (address, payer, { teeId, inputHash, outputHash, timestamp, signature }, blob = 'blob') => ({
  address,
  topics: [topic('IndividualSettlement(bytes32,address,bytes32,bytes32,uint256,bytes,bytes)'), teeId, hex(word(payer))],
  data: hex(encode([BigInt(inputHash), BigInt(outputHash), BigInt(timestamp), blob, raw(signature)])),
})

export const batchSettlement = (address, root, size, blob = 'blob') => ({
  address, topics: [topic('BatchSettlement(bytes32,uint256,bytes)'), root], data: hex(encode([size, blob])),
})
