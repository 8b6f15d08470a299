// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Two accepted blocks at one height (chain-state.md §5.3): what a light client does when two servers disagree, for callers
// with a transport of their own. Both paths are judged by `verifyHeader` under one configuration.
import { argumentInvalid, ownItems, readMembers } from '../loader/input.js'
import type { ChainConfig, HeaderInput, TrustedBlock } from './chain.js'
import type { Check, Refused, Verdict } from './verdict.js'
import type { Time } from './time.js'

export type ForkInput = {
  /** One checkpoint or stored state for both. */
  readonly config: ChainConfig
  /** `{trusted?, path}` each, as for `verifyHeader`, that end at the same height. */
  readonly evidence: readonly [HeaderInput['evidence'], HeaderInput['evidence']]
  readonly now?: Time
}

/** More than a third of the validators misbehaved: keep the evidence, and trust the checkpoint no more. */
export type Fork = { readonly height: bigint; readonly blocks: readonly [TrustedBlock, TrustedBlock] }

type Pair<T> = readonly [T, T]

function readPair(input: ForkInput): Pair<HeaderInput> {
  const { evidence, ...rest } = readMembers(input, ['config', 'evidence', 'now'], '')
  const paths = ownItems(evidence, 'evidence', 2).map((each) => ({ ...rest, evidence: each }) as HeaderInput)
  if (paths.length !== 2) throw argumentInvalid('evidence', 'must be two paths')
  return paths as unknown as Pair<HeaderInput>
}

function judge(verdicts: Pair<Verdict<TrustedBlock>>): Verdict<Fork | null> {
  const checks: Check[] = verdicts.map(({ ok, checks: children }, i) => ({ name: `block ${i + 1}`, status: ok ? 'passed' : 'failed', children }))
  const [first, second] = verdicts
  for (const [i, verdict] of verdicts.entries()) {
    if (!verdict.ok) return { ...verdict, checks, path: verdict.path === undefined ? `evidence[${i}]` : `evidence[${i}].${verdict.path}` }
  }
  const [a, b] = [(first as { value: TrustedBlock }).value, (second as { value: TrustedBlock }).value]
  if (a.height !== b.height) {
    const message = 'the two paths end at different heights'
    return { ok: false, code: 'CHAIN_HEIGHT_MISMATCH', category: 'rejected', message, path: 'evidence', checks } satisfies Refused
  }
  return { ok: true, value: a.hash === b.hash ? null : { height: a.height, blocks: [a, b] }, checks, trust: 'proven' }
}

/** The asynchronous form; both inputs are read before the first wait. */
export const forkWith = (verifyHeader: (input: HeaderInput) => Promise<Verdict<TrustedBlock>>) => async (input: ForkInput): Promise<Verdict<Fork | null>> =>
  judge((await Promise.all(readPair(input).map(verifyHeader))) as unknown as Pair<Verdict<TrustedBlock>>)

/** The synchronous form. */
export const forkNow = (verifyHeader: (input: HeaderInput) => Verdict<TrustedBlock>) => (input: ForkInput): Verdict<Fork | null> =>
  judge(readPair(input).map(verifyHeader) as unknown as Pair<Verdict<TrustedBlock>>)
