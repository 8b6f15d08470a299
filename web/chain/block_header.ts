// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The RLP of a block header from the JSON that nodes answer with (chain-state.md §10).
import { digitsOf, rlpList, rlpString } from './rlp.js'
import { RpcFault } from './rpc.js'

/** In the order of the list; integers are written without leading zeros. Absent ones end the list. */
const FIELDS = [
  'parentHash', 'sha3Uncles', 'miner', 'stateRoot', 'transactionsRoot', 'receiptsRoot', 'logsBloom', '#difficulty', '#number', '#gasLimit', '#gasUsed',
  '#timestamp', 'extraData', 'mixHash', 'nonce', '#baseFeePerGas', 'withdrawalsRoot', '#blobGasUsed', '#excessBlobGas', 'parentBeaconBlockRoot', 'requestsHash',
] as const
const MAX_DIGITS = 1 << 13

/** @param block the result of eth_getBlockByHash */
export function headerRlp(block: unknown): string {
  const members = (typeof block === 'object' && block !== null ? block : {}) as { readonly [name: string]: unknown }
  const items = []
  for (const field of FIELDS) {
    const integer = field.startsWith('#')
    const value = members[integer ? field.slice(1) : field]
    if (value === undefined || value === null) break
    const digits = digitsOf(value, integer ? 'integer' : 'bytes', 'a block')
    if (digits.length > MAX_DIGITS) throw new RpcFault('RPC_UNAVAILABLE', 'a block that is none')
    items.push(rlpString(digits))
  }
  return `0x${rlpList(items)}`
}
