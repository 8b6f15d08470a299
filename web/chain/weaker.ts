// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Answers without a proof (chain-state.md §9): several operators who must agree, or one server's word. The core applies its
// rules; what its form of an answer does not hold is compared here: block times, and words that are no record.
import { momentText } from '../../verify/time.js'
import { verifyRegistry } from '../../verify/index.js'
import { commonHeight, latestHeight } from './fallback.js'
import { isUnavailable, orSilence, refused, unavailable } from './outcomes.js'
import type { ChainConfig, RegisteredTee, RegistryQuery } from '../../verify/chain.js'
import type { Verdict } from '../../verify/verdict.js'
import type { Provider, ProviderAnswer } from './fallback.js'
import type { RpcSession } from './rpc.js'

type Quorum = NonNullable<ChainConfig['quorum']>

export type WeakerQuestion = {
  readonly rpc: RpcSession
  readonly providers: readonly Provider[]
  /** Without a quorum. */
  readonly config: ChainConfig
  readonly query: RegistryQuery
  readonly ask: (rpc: RpcSession, provider: Provider, height: bigint) => Promise<ProviderAnswer>
}

/** Drift that the core allows where the policy names none. */
const CLOCK_DRIFT_S = 10

type Vote = { readonly provider: Provider; readonly said: ProviderAnswer | undefined }

async function judge({ config, query }: WeakerQuestion, votes: readonly Vote[], height: bigint, quorum?: Quorum): Promise<Verdict<RegisteredTee>> {
  const given = votes.flatMap(({ said }) => said ?? [])
  const common = given[0]
  if (!common) return refused('RPC_UNAVAILABLE', 'load', 'no provider answered')
  if (given.some(({ facts }) => facts !== common.facts)) return refused('QUORUM_DISAGREES', 'rejected', 'two providers answered differently', 'answers')
  const now = config.now === undefined ? BigInt(Math.floor(Date.now() / 1000)) : BigInt(momentText(config.now, 'now').json)
  if (common.timeS > now + BigInt(config.maxClockDriftS ?? CLOCK_DRIFT_S)) return refused('CHAIN_HEADER_FROM_FUTURE', 'rejected', "a block's time lies in the future", 'answers')
  if (common.fault) {
    const operators = new Set(votes.flatMap(({ provider, said }) => (said ? provider.operator : []))).size
    if (quorum && operators < quorum.needed) return refused('QUORUM_TOO_FEW', 'policy', 'fewer operators answered than the quorum asks for', 'answers')
    return common.fault === 'REGISTRY_TEE_UNKNOWN'
      ? refused(common.fault, 'rejected', 'the registry has no TEE of this id', 'answers')
      : refused(common.fault, 'malformed', 'the words are no record of a TEE', 'answers')
  }
  const answers = votes.map(({ provider, said }) => ({ provider: provider.url, operator: provider.operator, answer: said?.answer ?? null }))
  return verifyRegistry({ config: quorum ? { ...config, quorum } : config, query: { ...query, height }, evidence: { answers, state_time_s: common.timeS } })
}

/** All providers, at one height that enough of them have. */
export async function askQuorum(question: WeakerQuestion, quorum: Quorum): Promise<Verdict<RegisteredTee>> {
  const { rpc, providers, ask } = question
  // Who says no height in his share of the time is silent: the others keep theirs.
  const session = rpc.within(rpc.left / 3)
  const heights = await Promise.all(providers.map((provider) => orSilence(latestHeight(session, provider.url).then((height) => ({ provider, operator: provider.operator, height })))))
  const said = heights.flatMap((each) => each ?? [])
  const height = commonHeight(said, quorum.needed)
  if (height === 0n) return refused('RPC_UNAVAILABLE', 'load', 'no provider answered')
  const answers = new Map(await Promise.all(said.map(async ({ provider }) => [provider, await orSilence(ask(rpc, provider, height))] as const)))
  const votes = providers.map((provider) => ({ provider, said: answers.get(provider) }))
  return judge(question, votes, height, quorum)
}

/** The first provider that answers. */
export async function askFirst(question: WeakerQuestion): Promise<Verdict<RegisteredTee>> {
  let last = refused('RPC_UNAVAILABLE', 'load', 'no provider answered')
  for (const [i, provider] of question.providers.entries()) {
    const rpc = question.rpc.within(question.rpc.left / (question.providers.length - i))
    try {
      const height = await latestHeight(rpc, provider.url)
      return await judge(question, [{ provider, said: await question.ask(rpc, provider, height) }], height)
    } catch (error) {
      if (!isUnavailable(error)) throw error
      last = unavailable(error)
    }
  }
  return last
}
