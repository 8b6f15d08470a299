// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A block of one CometBFT server and the way to it from what is trusted, with what another server has at its height.
import { fetchCodeProofs } from './code_proof.js'
import { follow } from './follow.js'
import { askRival } from './fork.js'
import { fetchLightBlock, fetchSignedHeader, fetchValidators } from './light_blocks.js'
import type { RegistryContract } from '../../verify/chain.js'
import type { CodeProofs } from './code_proof.js'
import type { Anchor, ConfigFrom } from './follow.js'
import type { LightBlockJson, SignedHeader } from './light_blocks.js'
import type { RpcSession } from './rpc.js'

/** The block that the verifier stands on, as it was accepted on this page, and the one before it: a fork is shown from below. */
export type Standing = { readonly anchor: Anchor; readonly hash?: string; readonly block?: LightBlockJson; readonly earlier?: Anchor }

/** A newer block and the way to it; `hash` once it was accepted. */
export type Head = {
  readonly base: string
  readonly height: bigint
  readonly hash: string | undefined
  /** What the server says at this height. */
  readonly signed: SignedHeader
  /** The last block of the path; none at the anchor's own height, where the core judges nothing that the server says. */
  readonly target: LightBlockJson | undefined
  readonly anchor: Anchor
  readonly path: readonly LightBlockJson[]
  readonly code: CodeProofs
  readonly rival: Rival | undefined
}
type Rival = { readonly base: string; readonly said: ReturnType<typeof askRival> }

export type HeadQuestion = {
  /** For the server itself. */
  readonly comet: RpcSession
  readonly base: string
  readonly anchor: Anchor
  readonly height: bigint
  /** As far as it is known. */
  readonly signed: SignedHeader | undefined
  readonly rpc: RpcSession
  readonly cometbft: readonly string[]
  readonly config: ConfigFrom
  readonly registry: RegistryContract
  readonly codeHashKey: string
}

/** Blocks that servers of a healthy chain are apart: so far back, and no further, goes a verifier that stood higher. */
export const APART = 4n

/** Where the way to a block of this height begins. */
export function anchorBelow({ anchor, earlier }: Standing, height: bigint): Anchor | undefined {
  if (height >= anchor.height) return anchor
  return earlier && height >= earlier.height && anchor.height - height <= APART ? earlier : undefined
}

export async function fetchHead({ comet, base, anchor: from, height, signed: known, rpc, cometbft, config, registry, codeHashKey }: HeadQuestion): Promise<Head> {
  const other = cometbft[cometbft.indexOf(base) + 1] ?? cometbft.find((each) => each !== base)
  const rival = other === undefined ? undefined : { base: other, said: askRival(rpc, other, height) }
  const [block, signed, validators, code] = await Promise.all([
    from.state === undefined ? (from.block ?? fetchLightBlock(comet, base, from.height)) : undefined,
    known ?? fetchSignedHeader(comet, base, height),
    height === from.height ? undefined : fetchValidators(comet, base, height),
    fetchCodeProofs(comet, base, registry, codeHashKey, height - 1n),
  ])
  const anchor = { ...from, ...(block ? { block } : {}) }
  const target = validators && { signed_header: signed, validators }
  const { path, verdict } = await follow(comet, base, anchor, config, target)
  return { base, height, hash: verdict.ok ? verdict.value.hash : undefined, signed, target, anchor, path, code, rival }
}
