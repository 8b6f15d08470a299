// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Light blocks from CometBFT's RPC, in the form that the core reads. Nothing here is believed.
import { shaped } from './evidence.js'
import { RpcFault } from './rpc.js'
import type { RpcSession } from './rpc.js'

export type LightBlockJson = { readonly signed_header: { readonly header: { readonly height?: unknown; readonly validators_hash?: unknown }; readonly commit: unknown }; readonly validators: readonly unknown[] }

const PAGE = 100
/** Pages of the largest set that the core takes. */
const MAX_PAGES = 10

/** No text of a block that is one has more characters. */
const TEXT = 128
const BLOCK_ID = { hash: TEXT, parts: { total: TEXT, hash: TEXT }, part_set_header: { total: TEXT, hash: TEXT } }
const SIGNED_HEADER = {
  header: {
    version: { block: TEXT, app: TEXT }, chain_id: TEXT, height: TEXT, time: TEXT, last_block_id: BLOCK_ID, last_commit_hash: TEXT, data_hash: TEXT, validators_hash: TEXT,
    next_validators_hash: TEXT, consensus_hash: TEXT, app_hash: TEXT, last_results_hash: TEXT, evidence_hash: TEXT, proposer_address: TEXT,
  },
  commit: { height: TEXT, round: TEXT, block_id: BLOCK_ID, signatures: [{ block_id_flag: TEXT, validator_address: TEXT, timestamp: TEXT, signature: TEXT }] },
} as const
const VALIDATOR = { address: TEXT, pub_key: { type: TEXT, value: TEXT }, voting_power: TEXT }

type Members = { readonly [name: string]: unknown }
const member = (value: unknown, name: string) => (typeof value === 'object' && value !== null ? (value as Members)[name] : undefined)

export type SignedHeader = LightBlockJson['signed_header']

/** @param height none: the latest */
export async function fetchSignedHeader(rpc: RpcSession, base: string, height?: bigint): Promise<SignedHeader> {
  const result = await rpc.comet(base, height === undefined ? 'commit' : `commit?height=${height}`)
  const signed = shaped(member(result, 'signed_header'), SIGNED_HEADER)
  if (typeof member(member(signed, 'header'), 'height') !== 'string') throw new RpcFault('RPC_UNAVAILABLE', 'an answer without a header')
  return signed as SignedHeader
}

export function heightOf({ header }: SignedHeader): bigint {
  const text = String(header.height)
  if (!/^[1-9]\d{0,18}$/.test(text) || BigInt(text) >> 63n !== 0n) throw new RpcFault('RPC_UNAVAILABLE', 'a header without a height')
  return BigInt(text)
}

function countOf(value: unknown): number {
  if ((typeof value === 'string' && /^\d{1,9}$/.test(value)) || Number.isSafeInteger(value)) return Number(value)
  throw new RpcFault('RPC_UNAVAILABLE', 'a count that is none')
}

/** All pages of the set, in order. The second is asked for beside the first: most sets have one or two. */
export async function fetchValidators(rpc: RpcSession, base: string, height: bigint): Promise<unknown[]> {
  const page = async (number: number) => {
    const result = await rpc.comet(base, `validators?height=${height}&per_page=${PAGE}&page=${number}`)
    const list = member(result, 'validators')
    if (!Array.isArray(list)) throw new RpcFault('RPC_UNAVAILABLE', 'an answer without validators')
    return { list: list.map((each) => shaped(each, VALIDATOR)), total: countOf(member(result, 'total') ?? list.length) }
  }
  const second = page(2).then((value) => value, () => undefined)
  const first = await page(1)
  const pages = Math.min(MAX_PAGES, Math.ceil(first.total / PAGE))
  if (!(pages > 1)) return first.list
  const rest = await Promise.all(Array.from({ length: pages - 2 }, (_, i) => page(i + 3)))
  const two = (await second) ?? (await page(2))
  return [first, two, ...rest].flatMap(({ list }) => list)
}

export async function fetchLightBlock(rpc: RpcSession, base: string, height: bigint): Promise<LightBlockJson> {
  const [signed_header, validators] = await Promise.all([fetchSignedHeader(rpc, base, height), fetchValidators(rpc, base, height)])
  return { signed_header, validators }
}
