// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What providers of the EVM's RPC say of a TEE without a proof (chain-state.md §9): the words of the contract's storage and
// the block's hash, at one explicit height, read as the core reads proven ones.
import { RpcFault } from './rpc.js'
import type { RpcSession } from './rpc.js'

/** One server and who runs it: operators count, not servers. */
export type Provider = { readonly url: string; readonly operator: string }

export type StorageSlots = { readonly heartbeatMaxAge: string; readonly pcrHash: string; readonly flags: string; readonly lastHeartbeatAt: string }

const WORD = /^0x[0-9a-fA-F]{64}$/
const quantity = (value: unknown): bigint => {
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{1,64}$/.test(value)) throw new RpcFault('RPC_UNAVAILABLE', 'an answer that is no number')
  return BigInt(value)
}
const hex32 = (value: bigint) => `0x${value.toString(16).padStart(64, '0')}`

export async function latestHeight(rpc: RpcSession, url: string): Promise<bigint> {
  return quantity(await rpc.method(url, 'eth_blockNumber', []))
}

/** @param recordSlot of the measurement's approval, from its type and hash */
export async function askProvider(
  rpc: RpcSession, { url }: Provider, address: string, teeId: string, slots: StorageSlots, height: bigint, recordSlot: (teeType: number, pcrHash: string) => Promise<string>,
): Promise<{ answer: object; timeS: bigint }> {
  const at = `0x${height.toString(16)}`
  const read = (slot: string) => ['eth_getStorageAt', [address, slot, at]] as const
  const [block, ...words] = await rpc.methods(url, [['eth_getBlockByNumber', [at, false]], ...[slots.heartbeatMaxAge, slots.pcrHash, slots.flags, slots.lastHeartbeatAt].map(read)])
  const { hash, timestamp, number } = (block ?? {}) as { hash?: unknown; timestamp?: unknown; number?: unknown }
  if (typeof hash !== 'string' || !WORD.test(hash) || quantity(number) !== height) throw new RpcFault('RPC_UNAVAILABLE', 'an answer without the block')
  const [maxAge, pcr, flags, heartbeat] = words.map(quantity) as [bigint, bigint, bigint, bigint]
  const teeType = Number(flags & 0xffn)
  const [record] = await rpc.methods(url, [read(await recordSlot(teeType, hex32(pcr)))])
  const approval = quantity(record)
  const malformed = flags >> 16n !== 0n || ((flags >> 8n) & 0xffn) > 1n || approval >> 16n !== 0n || (approval & 0xffn) > 1n || (approval !== 0n && Number(approval >> 8n) !== teeType) || pcr === 0n || heartbeat >> 64n !== 0n
  if (malformed) throw new RpcFault('RPC_UNAVAILABLE', 'an answer that is no record of a TEE')
  const answer = {
    tee_id: teeId, height: String(height), block_hash: hash.toLowerCase(), enabled: ((flags >> 8n) & 0xffn) === 1n, tee_type: teeType, pcr_hash: hex32(pcr),
    pcr_approved: (approval & 0xffn) === 1n, last_heartbeat_at: String(heartbeat), heartbeat_max_age: String(maxAge),
  }
  return { answer, timeS: quantity(timestamp) }
}
