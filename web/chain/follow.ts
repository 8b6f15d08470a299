// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// From a trusted block to a newer one, with blocks between where too few of the known validators signed (chain-state.md §5.3).
import { verifyHeader } from '../../verify/index.js'
import type { ChainConfig, TrustedBlock } from '../../verify/chain.js'
import type { Verdict } from '../../verify/verdict.js'
import { MAX_BLOCKS, evidenceText, isLarger } from './evidence.js'
import { fetchLightBlock, heightOf } from './light_blocks.js'
import { tooLarge } from './outcomes.js'
import type { LightBlockJson } from './light_blocks.js'
import type { RpcSession } from './rpc.js'

/** Where a path begins: a state that was accepted, or the checkpoint, whose block is then part of the evidence. */
export type Anchor = { readonly height: bigint; readonly state?: string; readonly block?: LightBlockJson }
/** What is trusted and demanded, from a state or from the checkpoint alone. */
export type ConfigFrom = (state: string | undefined) => ChainConfig

export type Followed = { readonly path: LightBlockJson[]; readonly verdict: Verdict<TrustedBlock> }

const MAX_PATH = 64

export const trustedMember = ({ block }: Anchor) => (block ? { trusted: block } : {})

/** @param target none: the anchor's own block */
export async function follow(rpc: RpcSession, base: string, anchor: Anchor, config: ConfigFrom, target: LightBlockJson | undefined): Promise<Followed> {
  const path = target ? [target] : []
  for (;;) {
    const evidence = evidenceText({ ...trustedMember(anchor), path })
    if (isLarger(evidence, MAX_BLOCKS)) return { path, verdict: tooLarge('the blocks') }
    const verdict = await verifyHeader({ config: config(anchor.state), evidence })
    if (verdict.ok || verdict.code !== 'CHAIN_INSUFFICIENT_TRUST' || path.length === MAX_PATH) return { path, verdict }
    const at = Number(/^path\.(\d+)$/.exec(verdict.path ?? '')?.[1] ?? '0')
    const low = at === 0 ? anchor.height : heightOf(path[at - 1]!.signed_header)
    const high = heightOf(path[at]!.signed_header)
    if (high - low < 2n) return { path, verdict }
    path.splice(at, 0, await fetchLightBlock(rpc, base, low + (high - low) / 2n))
  }
}
