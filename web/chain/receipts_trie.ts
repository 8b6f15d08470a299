// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Proofs of receipts (chain-state.md §10). No node gives them: the trie is made anew from all receipts of the block, and the
// core compares it with the block's header. Whatever a server changed or left out gives another root.
import { fromHex, toHex } from '../../loader/hex.js'
import { keccak256 } from '../../verify/index.js'
import { digitsOf, rlpList, rlpString } from './rlp.js'
import { RpcFault } from './rpc.js'

type Members = { readonly [name: string]: unknown }
const DEPOSIT = 0x7e

const membersOf = (value: unknown): Members => {
  if (typeof value !== 'object' || value === null) throw new RpcFault('RPC_UNAVAILABLE', 'a receipt that is none')
  return value as Members
}
export const listOf = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new RpcFault('RPC_UNAVAILABLE', 'a list that is none')
  return value
}
const bytes = (value: unknown) => rlpString(digitsOf(value, 'bytes', 'a receipt'))
const integer = (value: unknown) => rlpString(digitsOf(value, 'integer', 'a receipt'))

/** The value in the trie, hex digits. @param receipt one of the answer to eth_getBlockReceipts */
export function encodeReceipt(receipt: unknown): string {
  const { type = '0x0', status, root, cumulativeGasUsed, logsBloom, logs, depositNonce, depositReceiptVersion } = membersOf(receipt)
  const list = [
    status === undefined ? bytes(root) : integer(status), integer(cumulativeGasUsed), bytes(logsBloom),
    rlpList(listOf(logs).map((log) => {
      const { address, topics, data } = membersOf(log)
      return rlpList([bytes(address), rlpList(listOf(topics).map(bytes)), bytes(data)])
    })),
  ]
  const kind = digitsOf(type, 'integer', 'a receipt')
  // OP stack: since Canyon, which brought the version, the hash of a deposit's receipt is over both.
  if (parseInt(kind, 16) === DEPOSIT && typeof depositReceiptVersion === 'string') list.push(integer(depositNonce), integer(depositReceiptVersion))
  return kind + rlpList(list)
}

type Node = { readonly rlp: string; readonly next: (path: string) => Node | undefined }

/** Hex-prefix encoding; a path is its nibbles as digits. */
function packed(path: string, isLeaf: boolean): string {
  const flag = isLeaf ? 2 : 0
  return rlpString(path.length % 2 ? `${flag + 1}${path}` : `${flag}0${path}`)
}

const HASHED_FROM = 64

async function referenceTo({ rlp }: Node): Promise<string> {
  if (rlp.length < HASHED_FROM) return rlp
  return rlpString(toHex(await keccak256(fromHex(rlp)!)))
}

async function build(entries: readonly (readonly [path: string, value: string])[], depth: number): Promise<Node> {
  const [first, last] = [entries[0]!, entries.at(-1)!]
  if (entries.length === 1) return { rlp: rlpList([packed(first[0].slice(depth), true), rlpString(first[1])]), next: () => undefined }
  // Sorted: what the first and the last share, all share.
  let shared = depth
  while (first[0][shared] === last[0][shared]) shared += 1
  if (shared > depth) {
    const child = await build(entries, shared)
    return { rlp: rlpList([packed(first[0].slice(depth, shared), false), await referenceTo(child)]), next: () => child }
  }
  const children = await Promise.all(Array.from({ length: 16 }, (_, i) => {
    const below = entries.filter(([path]) => parseInt(path[depth]!, 16) === i)
    return below.length > 0 ? build(below, depth + 1) : undefined
  }))
  const references = await Promise.all(children.map((child) => (child ? referenceTo(child) : rlpString(''))))
  return { rlp: rlpList([...references, rlpString('')]), next: (path) => children[parseInt(path[depth]!, 16)] }
}

const keyOf = (index: number) => rlpString(digitsOf(`0x${index.toString(16)}`, 'integer', 'an index'))

/** @param values encoded receipts or transactions in the block's order, at least one. @returns the proof of that at an index, the root's node first */
export async function makeTrie(values: readonly string[]): Promise<(index: number) => string[]> {
  const entries = values.map((value, index) => [keyOf(index), value] as const).sort(([a], [b]) => (a < b ? -1 : 1))
  const top = await build(entries, 0)
  return (index) => {
    const nodes = []
    for (let at: Node | undefined = top; at; at = at.next(keyOf(index))) if (at === top || at.rlp.length >= HASHED_FROM) nodes.push(`0x${at.rlp}`)
    return nodes
  }
}
