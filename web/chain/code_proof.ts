// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The proofs of pinned code (chain-state.md §7.2), which eth_getProof does not give: of the contract, and of what a proxy calls.
import { toHex } from '../../loader/hex.js'
import type { RegistryContract } from '../../verify/chain.js'
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
async function fetchCodeProof(rpc: RpcSession, base: string, key: string, height: bigint): Promise<string[]> {
  const path = encodeURIComponent('"/store/evm/key"')
  const result = await rpc.comet(base, `abci_query?path=${path}&data=0x${key}&height=${height}&prove=true`)
  const ops = (result as { readonly response?: { readonly proofOps?: { readonly ops?: unknown } | null } | null }).response?.proofOps?.ops
  return Array.isArray(ops) ? (ops as (Op | null)[]).map((op) => hexOf(op?.data)) : []
}

/** As members of the evidence; none where nothing is pinned. */
export type CodeProofs = { readonly code_proof?: string[]; readonly implementation_proof?: string[] }

const digitsOf = (address: string | Uint8Array) => (typeof address === 'string' ? address.replace(/^0x/, '') : toHex(address))

/** @param key of the contract's own code */
export async function fetchCodeProofs(rpc: RpcSession, base: string, { codeHash, implementation }: RegistryContract, key: string, height: bigint): Promise<CodeProofs> {
  if (codeHash === undefined) return {}
  const [code_proof, implementation_proof] = await Promise.all([
    fetchCodeProof(rpc, base, key, height),
    implementation && fetchCodeProof(rpc, base, `04${digitsOf(implementation.address)}`, height),
  ])
  return { code_proof, ...(implementation_proof ? { implementation_proof } : {}) }
}
