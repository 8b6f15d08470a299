// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The proof of a TEE's record over servers that nobody trusts. Blocks come from one kind of server and words from another: the
// side that fails is left for its next server, and each has a share of the time.
import { verifyRegistry } from '../../verify/index.js'
import type { RegisteredTee, RegistryContract, RegistryQuery } from '../../verify/chain.js'
import type { Refused, Verdict } from '../../verify/verdict.js'
import { fetchCodeProofs } from './code_proof.js'
import { evidenceText } from './evidence.js'
import { latestHeight } from './fallback.js'
import { follow, trustedMember } from './follow.js'
import { askRival, differs, findFork, hashOf } from './fork.js'
import { fetchLightBlock, fetchSignedHeader, fetchValidators, heightOf } from './light_blocks.js'
import { isAbsent, isUnavailable, orSilence, refused, settled, unavailable } from './outcomes.js'
import { RpcFault } from './rpc.js'
import { fetchClaims, fetchProof } from './slots.js'
import type { CodeProofs } from './code_proof.js'
import type { Provider } from './fallback.js'
import type { Anchor, ConfigFrom } from './follow.js'
import type { ForkEvidence } from './fork.js'
import type { LightBlockJson, SignedHeader } from './light_blocks.js'
import type { RpcSession } from './rpc.js'
import type { ChainEndpoints } from './settings.js'
import type { Claims, TeeStorage } from './slots.js'

/** The block that the verifier stands on, and the one before it: a fork is shown from below. */
export type Standing = { readonly anchor: Anchor; readonly hash?: string; readonly block?: LightBlockJson; readonly earlier?: Anchor }

export type ProofQuestion = {
  readonly endpoints: ChainEndpoints
  readonly registry: RegistryContract & { readonly address: string }
  readonly config: ConfigFrom
  readonly standing: Standing
  readonly query: Omit<RegistryQuery, 'height'>
  readonly storage: TeeStorage
  /** The leading words as they were the last time. */
  readonly claims: Claims | undefined
}

/** A verdict that no other server would change, with what showed it. */
export type Judged = {
  readonly verdict: Verdict<RegisteredTee>
  readonly fork?: ForkEvidence
  readonly shown?: { readonly head: Head; readonly proof: object }
}
/** A newer block and the way to it; `hash` once it was accepted. */
export type Head = { readonly base: string; readonly height: bigint; readonly hash: string | undefined; readonly target: LightBlockJson; readonly anchor: Anchor; readonly path: readonly LightBlockJson[]; readonly code: CodeProofs; readonly rival: Rival | undefined }
type Rival = { readonly base: string; readonly said: ReturnType<typeof askRival> }

type Failed = { readonly fault: 'cometbft' | 'evm'; readonly verdict: Refused; readonly head?: Head }
type Outcome = Judged | Failed

/** Refusals that say nothing of the TEE but of the evidence or the server: another server may do better. */
const TRY_NEXT = /^(CHAIN_|ICS23_|MPT_|TX_|INPUT_LIMIT|REGISTRY_NOT_PROVEN)/
const FINAL = /^CHAIN_(TRUST_EXPIRED|STATE_CORRUPT)$/
/** For what only saves time. */
const HINT_MS = 2000

export const forked = (fork: ForkEvidence): Judged => ({ verdict: refused('CHAIN_ANCHOR_MISMATCH', 'rejected', 'two accepted blocks at one height', 'fork'), fork })

function failed(fault: Failed['fault'], error: unknown, head?: Head): Failed {
  if (!isUnavailable(error)) throw error
  return { fault, verdict: unavailable(error), ...(head ? { head } : {}) }
}

class Walk {
  readonly #rpc: RpcSession
  readonly #question: ProofQuestion
  readonly #servers: ChainEndpoints
  readonly #retries: number
  readonly #refused = new Set<string | Provider>()
  #comet = 0
  #evm = 0

  constructor(rpc: RpcSession, question: ProofQuestion, servers: ChainEndpoints, retries: number) {
    this.#rpc = rpc
    this.#question = question
    this.#servers = servers
    this.#retries = retries
  }

  /** @param less servers that have had their share already */
  #share(less: number): RpcSession {
    const { cometbft, evm } = this.#servers
    return this.#rpc.within(this.#rpc.left / Math.max(1, cometbft.length - this.#comet + evm.length - this.#evm - less), this.#retries)
  }

  /** Servers that may do better when they are asked again. */
  #silent(): ChainEndpoints {
    const { cometbft, evm } = this.#servers
    return { cometbft: cometbft.filter((each) => !this.#refused.has(each)), evm: evm.filter((each) => !this.#refused.has(each)) }
  }

  /** Until a verdict stands or one side has no more servers. */
  async run(): Promise<{ readonly judged?: Judged; readonly refusals: readonly Refused[]; readonly silent: ChainEndpoints }> {
    const { cometbft, evm } = this.#servers
    const refusals: Refused[] = []
    const late: Provider[] = []
    let head: Head | undefined
    for (let older = false; !older; ) {
      older = this.#comet === cometbft.length || this.#evm === evm.length
      // Words that no server can prove under an accepted block: the block may be of another branch.
      const fork = older && head ? await this.#crossCheck(head) : undefined
      if (fork) return { judged: fork, refusals, silent: this.#silent() }
      const outcome = older ? await this.#older(head, late) : await this.#attempt(cometbft[this.#comet]!, evm[this.#evm]!, head)
      if (!outcome) break
      if (!('fault' in outcome)) return { judged: outcome, refusals, silent: this.#silent() }
      refusals.push(outcome.verdict)
      head = outcome.head
      if (older) break
      const server = outcome.fault === 'evm' ? evm[this.#evm++]! : cometbft[this.#comet++]!
      if (outcome.verdict.category !== 'load') this.#refused.add(server)
      else if (typeof server !== 'string') late.push(server)
    }
    return { refusals, silent: this.#silent() }
  }

  async #attempt(base: string, provider: Provider, known: Head | undefined): Promise<Outcome> {
    const { registry, storage } = this.#question
    if (known) return await this.#judge(known, await settled(this.#proof(provider, known.height - 1n, this.#question.claims)))
    // First round: the newest block, without a state the checkpoint's, and a guess at the words.
    const comet = this.#share(0)
    const { anchor: from, hash } = this.#question.standing
    const guess = this.#question.claims ? undefined : settled(orSilence(fetchClaims(this.#rpc.within(Math.min(HINT_MS, comet.left / 3), 0), provider, registry.address, storage)))
    try {
      const [signed, block] = await Promise.all([fetchSignedHeader(comet, base), from.state === undefined ? fetchLightBlock(comet, base, from.height) : undefined])
      const height = heightOf(signed)
      if (height < 2n) throw new RpcFault('RPC_UNAVAILABLE', 'a chain without a state')
      if (height === from.height && hash !== undefined && hashOf(signed) !== hash) return await this.#other(base, signed)
      // Second round: its validators, the proof, and what another server has at this height.
      const proof = settled(this.#proof(provider, height - 1n, this.#question.claims ?? (await guess)?.()))
      const head = await this.#head(comet, base, { ...from, ...(block ? { block } : {}) }, signed)
      return await this.#judge(head, await proof)
    } catch (error) {
      return failed('cometbft', error)
    }
  }

  async #proof(provider: Provider, height: bigint, claims: Claims | undefined): Promise<object> {
    const { registry, storage } = this.#question
    const proof = await fetchProof(this.#share(1), provider, registry.address, storage, claims ?? new Map<bigint, bigint>(), height)
    evidenceText(proof) // an answer that cannot be written is this server's fault
    return proof
  }

  async #head(comet: RpcSession, base: string, anchor: Anchor, signed: SignedHeader, fetched?: readonly unknown[]): Promise<Head> {
    const { registry, storage, config } = this.#question
    const height = heightOf(signed)
    const { cometbft } = this.#question.endpoints
    const other = cometbft[cometbft.indexOf(base) + 1] ?? cometbft.find((each) => each !== base)
    const rival = other === undefined ? undefined : { base: other, said: askRival(this.#rpc, other, height) }
    const [validators, code] = await Promise.all([
      fetched ?? (height === anchor.height ? (anchor.block?.validators ?? []) : fetchValidators(comet, base, height)),
      fetchCodeProofs(comet, base, registry, storage.slots.codeHashKey, height - 1n),
    ])
    const target = { signed_header: signed, validators }
    const { path, verdict } = await follow(comet, base, anchor, config, target)
    return { base, height, hash: verdict.ok ? verdict.value.hash : undefined, target, anchor, path, code, rival }
  }

  async #verify(head: Head, proof: object | undefined): Promise<Verdict<RegisteredTee>> {
    const evidence = evidenceText({ ...trustedMember(head.anchor), path: head.path, proof, ...head.code })
    return verifyRegistry({ config: this.#question.config(head.anchor.state), query: { ...this.#question.query, height: head.height - 1n }, evidence })
  }

  /** Whose fault a refusal is: the blocks are judged alone, too. */
  async #judge(head: Head, answer: () => object): Promise<Outcome> {
    let proof: object | undefined
    let silence: Refused | undefined
    try {
      proof = answer()
    } catch (error) {
      silence = failed('evm', error).verdict
    }
    let verdict: Verdict<RegisteredTee>
    try {
      verdict = await this.#verify(head, proof)
    } catch (error) {
      // What could be written alone cannot be beside the blocks: nothing that a server has to answer is so deep.
      if (proof === undefined) throw error
      return failed('evm', error, head)
    }
    if (verdict.ok) return (await this.#crossCheck(head)) ?? { verdict, shown: { head, proof: proof! } }
    if (!TRY_NEXT.test(verdict.code) || FINAL.test(verdict.code)) return (await this.#crossCheck(head)) ?? { verdict }
    const blocks = proof === undefined ? verdict : await this.#verify(head, undefined)
    const ofBlocks = blocks.ok || blocks.code !== 'REGISTRY_NOT_PROVEN' || verdict.checks.some(({ name, status }) => name === 'contract code' && status === 'failed')
    return ofBlocks ? { fault: 'cometbft', verdict } : { fault: 'evm', verdict: silence ?? verdict, head }
  }

  /** Whether another server has another accepted block at this height. */
  async #crossCheck({ height, hash, target, anchor, rival }: Head): Promise<Judged | undefined> {
    const { standing, config } = this.#question
    const said = (await rival?.said)?.()
    if (!rival || !said || hash === undefined || !differs(said, target.signed_header)) return undefined
    const below = height === standing.anchor.height ? standing.earlier : anchor
    const fork = below && (await findFork(this.#rpc, rival.base, said, { height, hash, block: target }, below, config))
    return fork && forked(fork)
  }

  /** A server whose block at the trusted height is another one: a liar, or the other side of a fork. */
  async #other(base: string, signed: SignedHeader): Promise<Outcome> {
    const { standing: { anchor, hash, block, earlier }, config } = this.#question
    const fork = earlier && (await findFork(this.#rpc, base, signed, { height: anchor.height, hash: hash!, block }, earlier, config))
    return fork ? forked(fork) : { fault: 'cometbft', verdict: refused('CHAIN_ANCHOR_MISMATCH', 'rejected', 'another block at the trusted height', 'path') }
  }

  /** Servers that are some blocks behind are asked once for the newest words they have: how old is too old, the policy says. */
  async #older(head: Head | undefined, providers: readonly Provider[]): Promise<Outcome | undefined> {
    if (!head) return undefined
    const { anchor } = head
    const said = await Promise.all(providers.map(async (provider) => ({ provider, height: (await orSilence(latestHeight(this.#rpc.within(HINT_MS, 0), provider.url))) ?? 0n })))
    const usable = said.filter(({ height }) => height > 0n && height < head.height - 1n && height + 1n >= anchor.height)
    if (usable.length === 0) return undefined
    const { provider, height } = usable.reduce((a, b) => (b.height > a.height ? b : a))
    try {
      const comet = this.#share(0)
      const proof = settled(this.#proof(provider, height, this.#question.claims))
      const block = await fetchLightBlock(comet, head.base, height + 1n)
      return await this.#judge(await this.#head(comet, head.base, anchor, block.signed_header, block.validators), await proof)
    } catch (error) {
      return failed('cometbft', error)
    }
  }
}

/** Every server once, then those again that may do better. @returns the last refusal that says most */
export async function proveTee(rpc: RpcSession, question: ProofQuestion): Promise<Judged> {
  let servers = question.endpoints
  let last: Refused = refused('RPC_UNAVAILABLE', 'load', 'no server for a proof is named')
  const rounds = servers.cometbft.length + servers.evm.length > 2 && rpc.retries > 0 ? [0, rpc.retries] : [rpc.retries]
  for (const [round, retries] of rounds.entries()) {
    if (round > 0) await rpc.pause(0)
    const { judged, refusals, silent } = await new Walk(rpc, question, servers, retries).run()
    if (judged) return judged
    for (const refusal of refusals) if (refusal.category === 'load' ? last.category === 'load' : isAbsent(last) || !isAbsent(refusal)) last = refusal
    servers = silent
  }
  return { verdict: last }
}
