// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The RLP of a block header from the JSON that nodes answer with (chain-state.md §10). The core hashes what comes out and
// compares it with the trusted hash: a wrong encoding can only be refused.
import { RpcFault } from './rpc.js'

/** In the order of the list; integers are written without leading zeros. Absent ones end the list. */
const FIELDS = [
  'parentHash', 'sha3Uncles', 'miner', 'stateRoot', 'transactionsRoot', 'receiptsRoot', 'logsBloom', '#difficulty', '#number', '#gasLimit', '#gasUsed',
  '#timestamp', 'extraData', 'mixHash', 'nonce', '#baseFeePerGas', 'withdrawalsRoot', '#blobGasUsed', '#excessBlobGas', 'parentBeaconBlockRoot', 'requestsHash',
] as const

function prefixed(content: string, short: number): string {
  const size = content.length / 2
  if (size < 56) return (short + size).toString(16).padStart(2, '0') + content
  const digits = size.toString(16)
  const length = digits.length % 2 ? `0${digits}` : digits
  return (short + 55 + length.length / 2).toString(16) + length + content
}

/** @param block the result of eth_getBlockByHash */
export function headerRlp(block: unknown): string {
  const members = (typeof block === 'object' && block !== null ? block : {}) as { readonly [name: string]: unknown }
  let list = ''
  for (const field of FIELDS) {
    const integer = field.startsWith('#')
    const value = members[integer ? field.slice(1) : field]
    if (value === undefined || value === null) break
    if (typeof value !== 'string' || !/^0x[0-9a-fA-F]*$/.test(value) || value.length > 1 << 13) throw new RpcFault('RPC_UNAVAILABLE', 'a block that is none')
    const digits = integer ? value.slice(2).replace(/^0+/, '') : value.slice(2)
    const content = digits.length % 2 ? `0${digits}` : digits
    list += content.length === 2 && parseInt(content, 16) < 0x80 ? content : prefixed(content, 0x80)
  }
  return `0x${prefixed(list, 0xc0)}`
}
