// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The proof of a contract's code hash (chain-state.md §7.2), which eth_getProof does not give.
import { toHex } from '../../loader/hex.js'
import type { RpcSession } from './rpc.js'

type Op = { readonly data?: unknown }

function hexOf(base64: unknown): string {
  try {
    return `0x${toHex(Uint8Array.from(atob(String(base64)), (char) => char.charCodeAt(0)))}`
  } catch {
    return ''
  }
}

/**
 * The two proofs of a key in the store `evm`; none when the server shows none.
 *
 * @param key hex
 */
export async function fetchCodeProof(rpc: RpcSession, base: string, key: string, height: bigint): Promise<string[]> {
  const path = encodeURIComponent('"/store/evm/key"')
  const result = await rpc.comet(base, `abci_query?path=${path}&data=0x${key}&height=${height}&prove=true`)
  const ops = (result as { readonly response?: { readonly proofOps?: { readonly ops?: unknown } | null } | null }).response?.proofOps?.ops
  return Array.isArray(ops) ? (ops as (Op | null)[]).map((op) => hexOf(op?.data)) : []
}
