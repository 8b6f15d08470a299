// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The proof of a TEE's record over servers that nobody trusts. Blocks come from one kind of server and words from another: the
// side that fails is left for its next server, and each has a share of the time.
import { verifyRegistry } from '../../verify/index.js'
import type { RegisteredTee, RegistryContract, RegistryQuery } from '../../verify/chain.js'
import type { Refused, Verdict } from '../../verify/verdict.js'
import { MAX_BLOCKS, MAX_WORDS_PROOF, evidenceText, isLarger } from './evidence.js'
import { latestHeight } from './fallback.js'
import { trustedMember } from './follow.js'
import { findFork, hashOf } from './fork.js'
import { APART, anchorBelow, fetchHead } from './head.js'
import { fetchLightBlock, fetchSignedHeader, heightOf } from './light_blocks.js'
import { inTime, isAbsent, isUnavailable, orSilence, refused, settled, tooLarge, unavailable } from './outcomes.js'
import { RpcFault } from './rpc.js'
import { fetchClaims, fetchProof } from './slots.js'
import type { Provider } from './fallback.js'
import type { Anchor, ConfigFrom } from './follow.js'
import type { ForkEvidence } from './fork.js'
import type { Head, Standing } from './head.js'
import type { SignedHeader } from './light_blocks.js'
import type { RpcSession } from './rpc.js'
import type { ChainEndpoints } from './settings.js'
import type { Claims, TeeStorage } from './slots.js'

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
type Failed = { readonly fault: 'cometbft' | 'evm'; readonly verdict: Refused; readonly head?: Head }
type Outcome = Judged | Failed

/** Refusals that say nothing of the TEE but of the evidence or the server: another server may do better. */
const TRY_NEXT = /^(CHAIN_|ICS23_|MPT_|TX_|INPUT_LIMIT|REGISTRY_NOT_PROVEN)/
const FINAL = /^CHAIN_(TRUST_EXPIRED|STATE_CORRUPT)$/
/** For what only saves time. */
const HINT_MS = 2000
/** For another server's block, once everything else is there. */
const GRACE_MS = 500

export const forked = (fork: ForkEvidence): Judged => ({ verdict: refused('CHAIN_ANCHOR_MISMATCH', 'rejected', 'two accepted blocks at one height', 'fork'), fork })

function failed(fault: Failed['fault'], error: unknown): Failed {
  if (!isUnavailable(error)) throw error
  return { fault, verdict: unavailable(error) }
}

class Walk {
  readonly #rpc: RpcSession
  readonly #question: ProofQuestion
  readonly #servers: ChainEndpoints
  readonly #retries: number
  readonly #refusals: Refused[] = []
  readonly #refused = new Set<string | Provider>()
  /** CometBFT servers that showed no block. */
  readonly #mute = new Set<string>()
  /** Hashes of accepted blocks under which no server could prove words. */
  readonly #unusable = new Set<string>()
  /** Those that failed under another block come last. */
  #evm: readonly Provider[]
  /** Servers of each kind that have not had their share yet, with the one that is asked. */
  #cometsLeft: number
  #evmLeft = 0

  constructor(rpc: RpcSession, question: ProofQuestion, servers: ChainEndpoints, retries: number) {
    this.#rpc = rpc
    this.#question = question
    this.#servers = servers
    this.#retries = retries
    this.#evm = servers.evm
    this.#cometsLeft = servers.cometbft.length
  }

  #share(parts: number): RpcSession {
    return this.#rpc.within(this.#rpc.left / Math.max(1, parts), this.#retries)
  }

  /** Servers that may do better when they are asked again: words that were refused may fit the block of one that was mute. */
  #silent(): ChainEndpoints {
    const { cometbft, evm } = this.#servers
    const open = (each: string | Provider) => !this.#refused.has(each)
    return { cometbft: cometbft.filter(open), evm: this.#mute.size > 0 ? evm : evm.filter(open) }
  }

  /** Until a verdict stands or no server is left. */
  async run(): Promise<{ readonly judged: Judged | undefined; readonly refusals: readonly Refused[]; readonly silent: ChainEndpoints }> {
    let judged: Judged | undefined
    for (const base of this.#servers.cometbft) {
      judged = await this.#under(base)
      if (judged) break
      this.#cometsLeft -= 1
    }
    return { judged, refusals: this.#refusals, silent: this.#silent() }
  }

  /** All servers of words under one server's block. */
  async #under(base: string): Promise<Judged | undefined> {
    const providers = this.#evm
    const late: Provider[] = []
    let head: Head | undefined
    for (const [i, provider] of providers.entries()) {
      this.#evmLeft = providers.length - i
      const outcome = await this.#attempt(base, provider, head)
      if (!outcome || !('fault' in outcome)) return outcome
      const isSilent = outcome.verdict.category === 'load'
      this.#refusals.push(outcome.verdict)
      if (outcome.fault === 'cometbft') {
        if (isSilent) this.#mute.add(base)
        else this.#refused.add(base)
        return undefined
      }
      head = outcome.head
      this.#evm = [...this.#evm.filter((each) => each !== provider), provider]
      if (isSilent) {
        late.push(provider)
        this.#refused.delete(provider)
      } else this.#refused.add(provider)
    }
    return head && (await this.#withoutWords(head, late))
  }

  /** Words that no server can prove under an accepted block: the block may be of another branch, or the servers behind. */
  async #withoutWords(head: Head, late: readonly Provider[]): Promise<Judged | undefined> {
    const fork = await this.#crossCheck(head)
    if (fork) return fork
    if (head.hash !== undefined) this.#unusable.add(head.hash)
    const outcome = await this.#older(head, late)
    if (!outcome || !('fault' in outcome)) return outcome
    this.#refusals.push(outcome.verdict)
    return undefined
  }

  /** @returns undefined for a block under which words were asked for in vain */
  async #attempt(base: string, provider: Provider, known: Head | undefined): Promise<Outcome | undefined> {
    if (known) return await this.#judge(known, await settled(this.#proof(provider, known.height - 1n, this.#question.claims)))
    // Nothing goes without a block: all words together have the share of one server of blocks.
    const comet = this.#share(this.#cometsLeft + 1)
    const { standing, claims } = this.#question
    const { anchor, hash } = standing
    // First round: the newest block, without a state the checkpoint's, and what the other server says of itself.
    const hint = this.#hint(provider, comet.left / 3)
    try {
      const [signed, block] = await Promise.all([fetchSignedHeader(comet, base), anchor.state === undefined ? fetchLightBlock(comet, base, anchor.height) : undefined])
      const newest = heightOf(signed)
      if (newest < 2n) throw new RpcFault('RPC_UNAVAILABLE', 'a chain without a state')
      if (newest === anchor.height && hash !== undefined && hashOf(signed) !== hash) return await this.#other(base, signed, hash)
      if (this.#unusable.has(hashOf(signed))) return undefined
      // Second round: its validators, the proof, and what another server has at this height.
      const said = (await hint)()
      const height = this.#commonHeight(newest, said?.height)
      const proof = settled(this.#proof(provider, height - 1n, claims ?? said?.claims))
      const below = anchorBelow(standing, height) ?? anchor
      const from = below === anchor && block ? { ...anchor, block } : below
      const head = await this.#head(comet, base, from, height, height === newest ? signed : undefined)
      return await this.#judge(head, await proof)
    } catch (error) {
      return failed('cometbft', error)
    }
  }

  /** How far a server of words is, and a guess at the leading ones. */
  #hint(provider: Provider, ms: number): Promise<() => { readonly height: bigint; readonly claims?: Claims } | undefined> {
    const { registry, storage, claims } = this.#question
    const session = this.#rpc.within(Math.min(HINT_MS, ms), 0)
    return settled(orSilence(claims ? latestHeight(session, provider.url).then((height) => ({ height })) : fetchClaims(session, provider, registry.address, storage)))
  }

  /** The block to ask for: the newest, or that above the words of a server which is a few blocks behind it. */
  #commonHeight(newest: bigint, words: bigint | undefined): bigint {
    const height = words === undefined ? newest : words + 1n
    const isBehind = height >= 2n && height < newest && newest - height <= APART
    return isBehind && anchorBelow(this.#question.standing, height) ? height : newest
  }

  #proof(provider: Provider, height: bigint, claims: Claims | undefined): Promise<object> {
    const { registry, storage } = this.#question
    return fetchProof(this.#share(this.#cometsLeft - 1 + this.#evmLeft), provider, registry.address, storage, claims ?? new Map<bigint, bigint>(), height)
  }

  #head(comet: RpcSession, base: string, anchor: Anchor, height: bigint, signed?: SignedHeader): Promise<Head> {
    const { endpoints: { cometbft }, config, registry, storage } = this.#question
    return fetchHead({ comet, base, anchor, height, signed, rpc: this.#rpc, cometbft, config, registry, codeHashKey: storage.slots.codeHashKey })
  }

  async #verify(head: Head, proof: object | undefined): Promise<Verdict<RegisteredTee>> {
    const blocks = { ...trustedMember(head.anchor), path: head.path, ...head.code }
    if (isLarger(evidenceText(blocks), MAX_BLOCKS)) return tooLarge('the blocks')
    return verifyRegistry({ config: this.#question.config(head.anchor.state), query: { ...this.#question.query, height: head.height - 1n }, evidence: evidenceText({ ...blocks, proof }) })
  }

  /** Whose fault a refusal is: the blocks are judged alone, too. */
  async #judge(head: Head, answer: () => object): Promise<Outcome> {
    // No step leads to the anchor's own block: what this server has there is compared.
    if (!head.target && head.hash !== undefined && hashOf(head.signed) !== head.hash) return this.#other(head.base, head.signed, head.hash)
    let proof: object | undefined
    let fault: Refused | undefined
    try {
      proof = answer()
      if (isLarger(evidenceText(proof), MAX_WORDS_PROOF)) [proof, fault] = [undefined, tooLarge('the proofs of the words')]
    } catch (error) {
      fault = failed('evm', error).verdict
    }
    const verdict = await this.#verify(head, proof)
    if (verdict.ok) return (await this.#crossCheck(head)) ?? { verdict, shown: { head, proof: proof! } }
    // Only of what the verifier stands on, not of what it stood on before, which a lagging server makes it use.
    const isFinal = FINAL.test(verdict.code) && head.anchor.height === this.#question.standing.anchor.height
    if (!TRY_NEXT.test(verdict.code) || isFinal) return (await this.#crossCheck(head)) ?? { verdict }
    const blocks = proof === undefined ? verdict : await this.#verify(head, undefined)
    const ofBlocks = blocks.ok || blocks.code !== 'REGISTRY_NOT_PROVEN' || verdict.checks.some(({ name, status }) => name === 'contract code' && status === 'failed')
    return ofBlocks ? { fault: 'cometbft', verdict } : { fault: 'evm', verdict: fault ?? verdict, head }
  }

  /** Whether another server has another accepted block at this height. One whose commit names the accepted block can show no other. */
  async #crossCheck({ height, hash, target, anchor, rival }: Head): Promise<Judged | undefined> {
    const { standing, config } = this.#question
    const said = rival && (await inTime(GRACE_MS, rival.said))?.()
    if (!rival || !said || hash === undefined || hashOf(said) === hash) return undefined
    const stands = height === standing.anchor.height
    const below = stands ? standing.earlier : anchor
    const fork = below && (await findFork(this.#rpc, this.#from(rival.base), said, { height, hash, block: stands ? standing.block : target }, below, config))
    return fork && forked(fork)
  }

  /** All CometBFT servers, this one first. */
  #from(base: string): readonly [string, ...string[]] {
    return [base, ...this.#servers.cometbft.filter((each) => each !== base)]
  }

  /** A server whose block at a trusted height is another one: a liar, or the other side of a fork. */
  async #other(base: string, signed: SignedHeader, hash: string): Promise<Outcome> {
    const { standing: { anchor: { height }, block, earlier }, config } = this.#question
    const fork = earlier && heightOf(signed) === height && (await findFork(this.#rpc, this.#from(base), signed, { height, hash, block }, earlier, config))
    return fork ? forked(fork) : { fault: 'cometbft', verdict: refused('CHAIN_ANCHOR_MISMATCH', 'rejected', 'another block at the trusted height', 'path') }
  }

  /** Servers that are some blocks behind are asked once for the newest words they have: how old is too old, the policy says. */
  async #older(head: Head, providers: readonly Provider[]): Promise<Outcome | undefined> {
    const { standing, claims } = this.#question
    const said = await Promise.all(providers.map(async (provider) => ({ provider, height: (await orSilence(latestHeight(this.#rpc.within(HINT_MS, 0), provider.url))) ?? 0n })))
    const usable = said.filter(({ height }) => height > 0n && height < head.height - 1n && anchorBelow(standing, height + 1n))
    let outcome: Outcome | undefined
    for (const [i, { provider, height }] of usable.sort((a, b) => Number(b.height - a.height)).entries()) {
      this.#evmLeft = usable.length - i
      try {
        const proof = settled(this.#proof(provider, height, claims))
        const below = anchorBelow(standing, height + 1n)!
        const from = below.height === head.anchor.height ? head.anchor : below // with its block, where that was fetched
        outcome = await this.#judge(await this.#head(this.#share(this.#cometsLeft), head.base, from, height + 1n), await proof)
      } catch (error) {
        outcome = failed('cometbft', error)
      }
      if (!('fault' in outcome)) break
    }
    return outcome
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
