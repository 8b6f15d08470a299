// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What providers of the EVM's RPC say of a TEE without a proof (chain-state.md §9): the words of the contract's storage and
// the block's hash and time, at one explicit height, read as the core reads proven ones.
import { RpcFault } from './rpc.js'
import type { RpcSession } from './rpc.js'
import type { TeeStorage } from './slots.js'

/** One server and who runs it: operators count, not servers. */
export type Provider = { readonly url: string; readonly operator: string }

export type ProviderAnswer = {
  /** What the core judges. */
  readonly answer: object
  /** All that was said, the block's time too: two providers agree when these are equal. */
  readonly facts: string
  readonly timeS: bigint
  /** Why the words are no record of a TEE. It is an answer all the same: only a fault of transport is silence. */
  readonly fault?: 'REGISTRY_TEE_UNKNOWN' | 'REGISTRY_SLOT_MALFORMED'
}

const WORD = /^0x[0-9a-fA-F]{64}$/
const number = (value: unknown): bigint | undefined => (typeof value === 'string' && /^0x[0-9a-fA-F]{1,64}$/.test(value) ? BigInt(value) : undefined)
/** A height or a time: whatever does not fit 63 bits is none. */
export function quantity(value: unknown): bigint {
  const read = number(value)
  if (read === undefined || read >> 63n !== 0n) throw new RpcFault('RPC_UNAVAILABLE', 'an answer that is no number')
  return read
}
const hex32 = (value: bigint) => `0x${value.toString(16).padStart(64, '0')}`

export async function latestHeight(rpc: RpcSession, url: string): Promise<bigint> {
  return quantity(await rpc.method(url, 'eth_blockNumber', []))
}

/**
 * The highest block that as many operators as needed claim to have: fewer than that move it neither back nor ahead.
 *
 * @param heights at least one
 */
export function commonHeight(heights: readonly { readonly operator: string; readonly height: bigint }[], needed: number): bigint {
  const highest = new Map<string, bigint>()
  for (const { operator, height } of heights) if (height > (highest.get(operator) ?? 0n)) highest.set(operator, height)
  const falling = [...highest.values()].sort((a, b) => (a > b ? -1 : 1))
  return falling[needed - 1] ?? falling.at(-1) ?? 0n
}

/** What one provider says of a TEE at a height. */
export const askProvider = (address: string, teeId: string, storage: TeeStorage) => async (rpc: RpcSession, { url }: Provider, height: bigint): Promise<ProviderAnswer> => {
  const { slots } = storage
  const at = `0x${height.toString(16)}`
  const read = (slot: string) => ['eth_getStorageAt', [address, slot, at]] as const
  const [block, ...words] = await rpc.methods(url, [['eth_getBlockByNumber', [at, false]], ...[slots.heartbeatMaxAge, slots.pcrHash, slots.flags, slots.lastHeartbeatAt].map(read)])
  const { hash, timestamp, number: blockNumber } = (block ?? {}) as { hash?: unknown; timestamp?: unknown; number?: unknown }
  if (typeof hash !== 'string' || !WORD.test(hash) || quantity(blockNumber) !== height) throw new RpcFault('RPC_UNAVAILABLE', 'an answer without the block')
  const timeS = quantity(timestamp)
  const [maxAge, pcr, flags, heartbeat] = words.map(number)
  const teeType = Number((flags ?? 0n) & 0xffn)
  const [record] = await rpc.methods(url, [read(await storage.record(teeType, hex32(pcr ?? 0n)))])
  const approval = number(record)
  const facts = JSON.stringify([hash.toLowerCase(), timeS, maxAge, pcr, flags, heartbeat, approval].map(String))
  const answer = {
    tee_id: teeId, height: String(height), block_hash: hash.toLowerCase(), enabled: (((flags ?? 0n) >> 8n) & 0xffn) === 1n, tee_type: teeType, pcr_hash: hex32(pcr ?? 0n),
    pcr_approved: ((approval ?? 0n) & 0xffn) === 1n, last_heartbeat_at: String(heartbeat), heartbeat_max_age: String(maxAge),
  }
  const said = { answer, facts, timeS }
  if (pcr === 0n) return { ...said, fault: 'REGISTRY_TEE_UNKNOWN' }
  const formed = maxAge !== undefined && pcr !== undefined && flags !== undefined && heartbeat !== undefined && approval !== undefined
    && flags >> 16n === 0n && flags >> 8n <= 1n && approval >> 16n === 0n && (approval & 0xffn) <= 1n && (approval === 0n || Number(approval >> 8n) === teeType) && heartbeat <= timeS
  return formed ? said : { ...said, fault: 'REGISTRY_SLOT_MALFORMED' }
}
