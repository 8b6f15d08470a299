// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Light blocks from CometBFT's RPC, in the form that the core reads. Nothing here is believed.
import { RpcFault } from './rpc.js'
import type { RpcSession } from './rpc.js'

export type LightBlockJson = { readonly signed_header: { readonly header: { readonly height?: unknown; readonly chain_id?: unknown }; readonly commit: unknown }; readonly validators: readonly unknown[] }

const PAGE = 100
/** Pages of the largest set that the core takes. */
const MAX_PAGES = 10

type Members = { readonly [name: string]: unknown }
const member = (value: unknown, name: string) => (typeof value === 'object' && value !== null ? (value as Members)[name] : undefined)

export type SignedHeader = LightBlockJson['signed_header']

/** @param height none: the latest */
export async function fetchSignedHeader(rpc: RpcSession, base: string, height?: bigint): Promise<SignedHeader> {
  const result = await rpc.comet(base, height === undefined ? 'commit' : `commit?height=${height}`)
  const signed = member(result, 'signed_header')
  const header = member(signed, 'header')
  if (typeof member(header, 'height') !== 'string') throw new RpcFault('RPC_UNAVAILABLE', 'an answer without a header')
  return { header: header as SignedHeader['header'], commit: member(signed, 'commit') }
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
    return { list: list as unknown[], total: countOf(member(result, 'total') ?? list.length) }
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
