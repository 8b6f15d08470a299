// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Merkle-Patricia tries of an Ethereum-like chain (Yellow Paper, appendix D; chain-state.md §10), for tests: tries over
// given entries with a proof of every key, proofs as deep as a large state's, block headers, receipts.
import { keccak } from './chain.mjs'
import { seeded } from './seed.mjs'

const byte = (...values) => Buffer.from(values)
const nibbles = (bytes) => [...bytes].flatMap((value) => [value >> 4, value & 15])
/** Big endian without leading zeros. */
export const integer = (value) => {
  const digits = BigInt(value).toString(16)
  return BigInt(value) === 0n ? byte() : Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
}

/** RLP of bytes, or of a list of such; {rlp} stands for what is written already. */
export function rlp(item) {
  if (item.rlp) return item.rlp
  const list = Array.isArray(item)
  const content = list ? Buffer.concat(item.map(rlp)) : Buffer.from(item)
  if (!list && content.length === 1 && content[0] < 0x80) return content
  const first = list ? 0xc0 : 0x80
  const size = integer(content.length)
  return Buffer.concat([content.length < 56 ? byte(first + content.length) : Buffer.concat([byte(first + 55 + size.length), size]), content])
}

/** Hex-prefix encoding of a path. */
const packed = (path, isLeaf) => {
  const flag = isLeaf ? 2 : 0
  const all = path.length % 2 ? [flag + 1, ...path] : [flag, 0, ...path]
  return Buffer.from(Array.from({ length: all.length / 2 }, (_, i) => all[2 * i] * 16 + all[2 * i + 1]))
}
const referenceTo = (node) => (node.length < 32 ? { rlp: node } : keccak(node))

/** @param entries [key, value] pairs of bytes; none is another's prefix */
export function makeTrie(entries) {
  const build = (list, depth) => {
    const paths = list.map(([key]) => nibbles(key))
    if (list.length === 1) return { node: rlp([packed(paths[0].slice(depth), true), list[0][1]]), next: () => undefined }
    let shared = 0
    while (paths.every((path) => path[depth + shared] === paths[0][depth + shared])) shared += 1
    if (shared > 0) {
      const child = build(list, depth + shared)
      return { node: rlp([packed(paths[0].slice(depth, depth + shared), false), referenceTo(child.node)]), next: () => child }
    }
    const children = Array.from({ length: 16 }, (_, i) => {
      const below = list.filter((_, at) => paths[at][depth] === i)
      return below.length > 0 ? build(below, depth + 1) : undefined
    })
    return { node: rlp([...children.map((child) => (child ? referenceTo(child.node) : byte())), byte()]), next: (path) => children[path[depth]], depth }
  }
  const top = entries.length > 0 ? build(entries, 0) : { node: byte(0x80), next: () => undefined }
  /** Of a key that is there or not. */
  const proof = (key) => {
    const path = nibbles(key)
    const nodes = []
    for (let at = top; at; at = at.next(path)) if (at === top || at.node.length >= 32) nodes.push(at.node)
    return nodes
  }
  return { root: keccak(top.node), proof }
}

/** A proof of one key through `depth` full branches, as large states have them: the neighbours are hashes of nothing. */
export function deepProof(key, value, depth, label) {
  const path = nibbles(key)
  let node = rlp([packed(path.slice(depth), true), value])
  const nodes = [node]
  for (let at = depth; at-- > 0;) {
    const below = keccak(node)
    node = rlp([...Array.from({ length: 16 }, (_, i) => (i === path[at] ? below : seeded(`${label}/${at}/${i}`, 32))), byte()])
    nodes.unshift(node)
  }
  return { root: keccak(node), nodes }
}

const GAS = { limit: 60_000_000, used: 1_234_567, fee: 7 }
const EMPTY_TRIE = keccak(byte(0x80))

/** A header of the London fork, and the hashes in it that come from nothing. */
export function encodeEvmHeader({ number, stateRoot = EMPTY_TRIE, receiptsRoot = EMPTY_TRIE, transactionsRoot, timestamp = 1_772_000_000 }) {
  const [parent, ommers, randao, filler] = ['parent', 'ommers', 'randao', 'transactions'].map((label) => seeded(`evm block ${number} ${label}`, 32))
  const transactions = transactionsRoot ?? filler
  const miner = Buffer.alloc(20, 0x11)
  const header = rlp([
    parent, ommers, miner, stateRoot, transactions, receiptsRoot, Buffer.alloc(256), byte(), integer(number), integer(GAS.limit), integer(GAS.used), integer(timestamp), byte(), randao,
    Buffer.alloc(8), integer(GAS.fee),
  ])
  return { header, parent, ommers, miner, stateRoot, transactions, receiptsRoot, randao, number, timestamp }
}

/** A block as eth_getBlockByHash answers, with the hash of its header. */
export function makeEvmBlock(given) {
  const { header, parent, ommers, miner, stateRoot, transactions, receiptsRoot, randao, number, timestamp } = encodeEvmHeader(given)
  const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`
  const quantity = (value) => `0x${BigInt(value).toString(16)}`
  return {
    hash: hex(keccak(header)), number: quantity(number), parentHash: hex(parent), sha3Uncles: hex(ommers), miner: hex(miner), stateRoot: hex(stateRoot), transactionsRoot: hex(transactions),
    receiptsRoot: hex(receiptsRoot), logsBloom: hex(Buffer.alloc(256)), difficulty: '0x0', gasLimit: quantity(GAS.limit), gasUsed: quantity(GAS.used), timestamp: quantity(timestamp), extraData: '0x',
    mixHash: hex(randao), nonce: hex(Buffer.alloc(8)), baseFeePerGas: quantity(GAS.fee),
  }
}

/** The encoding of a receipt as in the trie. @param receipt as eth_getBlockReceipts answers; a deposit of the OP stack has two members more */
export function encodeReceipt({ type, status, cumulativeGasUsed, logsBloom, logs, depositNonce, depositReceiptVersion }) {
  const raw = (text) => Buffer.from(text.slice(2), 'hex')
  const deposit = depositReceiptVersion === undefined ? [] : [integer(depositNonce), integer(depositReceiptVersion)]
  const body = rlp([integer(status), integer(cumulativeGasUsed), raw(logsBloom), logs.map(({ address, topics, data }) => [raw(address), topics.map(raw), raw(data)]), ...deposit])
  return Number(type) === 0 ? body : Buffer.concat([byte(Number(type)), body])
}

/** Receipts of a block with these logs, by transaction, as eth_getBlockReceipts answers; the first is a deposit. */
export const makeReceipts = (logsOf) =>
  logsOf.map((logs, i) => ({
    type: ['0x7e', '0x0', '0x2', '0x1'][i === 0 ? 0 : 1 + (i % 3)], status: '0x1', cumulativeGasUsed: `0x${(21_000 * (i + 1)).toString(16)}`, logsBloom: `0x${Buffer.alloc(256, i).toString('hex')}`,
    transactionHash: `0x${seeded(`transaction ${i}`, 32).toString('hex')}`, transactionIndex: `0x${i.toString(16)}`, logs, ...(i === 0 ? { depositNonce: '0x12d687', depositReceiptVersion: '0x1' } : {}),
  }))

export const receiptsTrie = (receipts) => makeTrie(receipts.map((receipt, i) => [rlp(integer(i)), encodeReceipt(receipt)]))
