// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Another server's block at a height that was accepted. Silence is no objection and delays nothing for long; another accepted
// block is a fork (chain-state.md §5.3).
import { sha256HexSync } from '../../loader/digest.js'
import { follow } from './follow.js'
import { fetchLightBlock, fetchSignedHeader, fetchValidators } from './light_blocks.js'
import { orSilence, settled } from './outcomes.js'
import type { Anchor, ConfigFrom } from './follow.js'
import type { LightBlockJson, SignedHeader } from './light_blocks.js'
import type { RpcSession } from './rpc.js'

/** Two blocks at one height, each accepted from the checkpoint: more than a third of the validators misbehaved. */
export type ForkEvidence = {
  readonly height: bigint
  readonly hashes: readonly [string, string]
  /** Of what servers showed, what the core read and accepted; null where only the hash is stored. */
  readonly blocks: readonly [unknown, unknown]
}

const MARK = /^(fork1:([^:]*):([1-9]\d{0,18}):([0-9a-f]{64}):([0-9a-f]{64})):([0-9a-f]{64})$/

/**
 * A fork in place of a state, for the application's storage: it outlives the page. `fork1:CHAIN:HEIGHT:HASH:HASH:DIGEST`; the first
 * is the form's version, CHAIN is escaped as in an address, DIGEST is SHA-256 of all before its colon.
 */
export function forkMark(chainId: string, { height, hashes }: ForkEvidence): string {
  const body = `fork1:${encodeURIComponent(chainId)}:${height}:${hashes.join(':')}`
  return `${body}:${sha256HexSync(new TextEncoder().encode(body))}`
}

/**
 * @param above the checkpoint's height: one from the fork on is a new decision.
 * @returns the fork, or why a mark stands for none of this chain above that height; undefined for what is no mark
 */
export function readForkMark(stored: string | undefined, chainId: string, above: bigint): ForkEvidence | 'CHAIN_ID_MISMATCH' | 'CHAIN_HEIGHT_MISMATCH' | undefined {
  const [, body, chain, digits, first, second, digest] = MARK.exec(stored ?? '') ?? []
  if (body === undefined || first === second || sha256HexSync(new TextEncoder().encode(body)) !== digest) return undefined
  const height = BigInt(digits!)
  if (height >> 63n !== 0n) return undefined
  if (chain !== encodeURIComponent(chainId)) return 'CHAIN_ID_MISMATCH'
  return height > above ? { height, hashes: [first!, second!], blocks: [null, null] } : 'CHAIN_HEIGHT_MISMATCH'
}

/** @param block what was accepted there; none where only the hash is known */
export type KnownBlock = { readonly height: bigint; readonly hash: string; readonly block: LightBlockJson | undefined }

/** For the question what block another server has, asked beside what is needed anyway. */
const QUESTION_MS = 2000
/** For showing that the other block is accepted too. */
const RIVAL_MS = 3000

/** @returns what that server says when it is asked for, undefined for silence */
export function askRival(rpc: RpcSession, base: string, height: bigint): Promise<() => SignedHeader | undefined> {
  return settled(orSilence(fetchSignedHeader(rpc.within(QUESTION_MS, 0), base, height)))
}

/** The block that a commit names, as the server says. */
export function hashOf({ commit }: SignedHeader): string {
  const hash = (commit as { readonly block_id?: { readonly hash?: unknown } | null } | null | undefined)?.block_id?.hash
  return typeof hash === 'string' ? hash.toLowerCase() : ''
}

/**
 * A claim of a fork rests on two blocks that the core accepted: the known one, and the other server's from below it.
 *
 * @param bases the other server, then the rest: the anchor's block may be anybody's, and the core tells whether it is that.
 * @param anchor below the known block. @returns undefined unless the other server's block is accepted from there, and another one
 */
export async function findFork(rpc: RpcSession, [base, ...others]: readonly [string, ...string[]], signed: SignedHeader, known: KnownBlock, anchor: Anchor, config: ConfigFrom): Promise<ForkEvidence | undefined> {
  if (anchor.height >= known.height) return undefined
  const session = rpc.within(Math.min(RIVAL_MS, rpc.left / 2), 0)
  const asked = async () => {
    // Blocks of one height mostly have one set of validators: then nothing more is asked for.
    const { block: shown } = known
    const same = shown && shown.signed_header.header.validators_hash === signed.header.validators_hash
    const set = settled(same ? Promise.resolve(shown.validators) : fetchValidators(session, base, known.height))
    const fromBlock = async (block: LightBlockJson | undefined) => {
      const rival = { signed_header: signed, validators: (await set)() }
      return { rival, ...(await follow(session, base, { ...anchor, ...(block ? { block } : {}) }, config, rival)) }
    }
    if (anchor.state !== undefined || anchor.block) return await fromBlock(anchor.block)
    for (const each of [base, ...others]) {
      const block = await orSilence(fetchLightBlock(session.within(session.left / 2, 0), each, anchor.height))
      const found = block && (await fromBlock(block))
      if (found?.verdict.ok) return found // else it may be another block than the trusted one
    }
    return undefined
  }
  const found = await orSilence(asked())
  if (!found?.verdict.ok || found.verdict.value.height !== known.height || found.verdict.value.hash === known.hash) return undefined
  return { height: known.height, hashes: [known.hash, found.verdict.value.hash], blocks: [known.block ?? null, found.rival] }
}
