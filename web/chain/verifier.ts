// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// createChainVerifier: proven facts of a chain over servers that nobody trusts. It fetches, the core judges; what a server
// says is used as evidence only. A server whose evidence is refused is left for the next one; the last refusal is the verdict.
import { verifyHeader, verifyRegistry } from '../../verify/index.js'
import type { ChainConfig, ProvenAccount, RegisteredTee } from '../../verify/chain.js'
import type { Check, Refused, Verdict } from '../../verify/verdict.js'
import { askProvider } from './fallback.js'
import { forkMark, readForkMark } from './fork.js'
import { endedBy, inTime, isAbsent, refused } from './outcomes.js'
import { forked, proveTee } from './prover.js'
import { RpcSession } from './rpc.js'
import { proveAccount, proveSettlement, readAccountQuery, readSettlementQuery } from './settlement.js'
import { readSettings, readTeeOptions } from './settings.js'
import { TeeStorage, claimsOf } from './slots.js'
import { askFirst, askQuorum } from './weaker.js'
import type { ForkEvidence } from './fork.js'
import type { Head, Standing } from './head.js'
import type { RpcOptions, Traffic } from './rpc.js'
import type { AccountQuery, ProvenSettlement, SettlementQuery } from './settlement.js'
import type { ChainSettings, ChainVerifierOptions, VerifyTeeOptions } from './settings.js'
import type { Claims } from './slots.js'

/** What proved a TEE, for `verifyRegistry` and, as its `registry`, for a bundle. */
export type ChainEvidence = {
  readonly query: object
  readonly evidence: object
  /** The state that the path begins at, `config.state`; without it the path begins at the checkpoint. */
  readonly state?: string
}

/** Part of the time that is kept for answers without a proof, where the policy takes them. */
const RESERVED = 1 / 3
/** Blocks' receipts are larger than anything else that is asked for. */
const RECEIPTS_BYTES = 32 << 20

export class ChainVerifier {
  readonly #settings: ChainSettings
  #stored: string | undefined
  #standing: Standing
  /** The end of the calls before: each starts from the state that the one before left. */
  #turn: Promise<unknown> = Promise.resolve()
  #rejectedState: Check | undefined
  #fork: ForkEvidence | undefined
  #traffic: Traffic = { requests: 0, received: 0 }
  /** Leading words seen last by id, so that one question asks for all of a TEE's. */
  readonly #claims = new Map<string, Claims>()
  readonly #evidence = new WeakMap<object, ChainEvidence>()

  constructor(options: ChainVerifierOptions) {
    const { storedState, ...settings } = readSettings(options)
    this.#settings = settings
    const mark = readForkMark(storedState, settings.policy.chainId, settings.height)
    if (typeof mark === 'object') this.#fork = mark
    else if (mark) this.#rejectedState = rejectedState(mark)
    else this.#stored = storedState
    this.#standing = { anchor: { height: settings.height } }
  }

  /**
   * Store it, and hand it in as `storedState` the next time; undefined until a block was accepted. After a fork it is a mark of that
   * fork, never a block of either side: a verifier of the same chain that gets it refuses every call until the checkpoint is at or above the fork.
   */
  get state(): string | undefined {
    return this.#fork ? forkMark(this.#settings.policy.chainId, this.#fork) : (this.#standing.anchor.state ?? this.#stored)
  }
  /** Set once two servers showed different accepted blocks at one height, also before this page: the checkpoint is not to be trusted any more. */
  get forkEvidence(): ForkEvidence | undefined {
    return this.#fork
  }
  /** Of the last call. */
  get traffic(): Traffic {
    return this.#traffic
  }
  /** What showed a proven verdict of `verifyTee`; undefined for any other. */
  evidenceOf(verdict: Verdict<RegisteredTee>): ChainEvidence | undefined {
    return verdict.ok ? this.#evidence.get(verdict.value) : undefined
  }

  #config(now: ChainConfig['now'], anchored: boolean, state?: string): ChainConfig {
    const { checkpoint, allowedPcrHashes: _, ...rest } = this.#settings.policy
    return { ...rest, ...(anchored ? { trust: checkpoint } : {}), ...(state === undefined ? {} : { state }), ...(now === undefined ? {} : { now }) }
  }

  #query<T extends object>(claim: T) {
    const { allowedPcrHashes } = this.#settings.policy
    return { ...claim, ...(allowedPcrHashes === undefined ? {} : { allowedPcrHashes }) }
  }

  /** What no server can change: settings that are none, a key of another id. Without blocks the core judges nothing else. */
  async #checkQuestion(teeId: string, { now, signal: _, ...facts }: VerifyTeeOptions): Promise<Refused | undefined> {
    const verdict = await verifyRegistry({ config: this.#config(now, true), query: { ...this.#query({ teeId, ...facts }), height: 1n }, evidence: {} })
    return !verdict.ok && verdict.code === 'REGISTRY_KEY_MISMATCH' ? verdict : undefined
  }

  /** A stored state that is damaged, of another chain or below the checkpoint is refused; the checkpoint goes in its place. */
  async #checkState(now: ChainConfig['now']): Promise<Refused | undefined> {
    if (this.#stored === undefined || this.#standing.anchor.state !== undefined) return undefined
    const verdict = await verifyHeader({ config: this.#config(now, true, this.#stored), evidence: { path: [] } })
    if (!verdict.ok && verdict.code === 'CHAIN_ANCHOR_MISMATCH') return verdict // two blocks at one height: nothing to choose between
    if (verdict.ok) {
      const { height, hash } = verdict.value
      this.#standing = { anchor: { height, state: this.#stored }, hash, earlier: { height: this.#settings.height } }
    } else {
      this.#rejectedState = rejectedState(verdict.code)
    }
    // A clock that is wrong once must not cost the state.
    if (verdict.ok || verdict.code !== 'CHAIN_TRUST_EXPIRED') this.#stored = undefined
    return undefined
  }

  /**
   * Whether the TEE of this id is registered, enabled, alive and runs an approved measurement. One call after the other: the wait
   * for those before is part of `totalMs`.
   *
   * @returns never `ok` for less than the policy accepts; RPC_UNAVAILABLE or TIMEOUT when no server answered.
   * @throws UsageError for a call or a configuration that cannot be answered, and ABORTED.
   */
  async verifyTee(teeId: string, options: VerifyTeeOptions = {}): Promise<Verdict<RegisteredTee>> {
    const given = readTeeOptions(options)
    // The clock runs while the call waits.
    const rpc = this.#session(given.signal)
    const turn = this.#turn
    const begun = inTime(rpc.left, turn.then(() => true))
    const result = begun.then((isTurn) => (isTurn ? this.#verify(rpc, teeId, given) : refused('TIMEOUT', 'load', 'calls before this one took its time')))
    this.#turn = Promise.allSettled([turn, result]).then(() => undefined) // which keeps no verdict alive
    return endedBy(given.signal ?? this.#settings.transport.signal, result)
  }

  async #verify(rpc: RpcSession, teeId: string, options: VerifyTeeOptions): Promise<Verdict<RegisteredTee>> {
    if (this.#fork) return forked(this.#fork).verdict
    const { accept, policy } = this.#settings
    const refusal = (await this.#checkQuestion(teeId, options)) ?? (await this.#checkState(options.now))
    if (refusal) return refusal
    const facts = options.registeredAt || options.tlsCertificate || options.ohttp
    const weaker = !facts && policy.registry.codeHash === undefined && (accept.includes('quorum') || accept.includes('unproven'))
    let verdict: Verdict<RegisteredTee> = refused('TRUST_INSUFFICIENT', 'policy', 'the policy takes nothing that servers can show', 'policy.accept')
    if (accept.includes('proven')) verdict = await this.#prove(weaker ? rpc.within(rpc.left * (1 - RESERVED)) : rpc, teeId, options)
    if (weaker && !verdict.ok && (isAbsent(verdict) || !accept.includes('proven'))) verdict = await this.#ask(rpc, teeId, options)
    const row = this.#rejectedState
    this.#rejectedState = undefined
    return row ? { ...verdict, checks: [row, ...verdict.checks] } : verdict
  }

  async #prove(rpc: RpcSession, teeId: string, options: VerifyTeeOptions): Promise<Verdict<RegisteredTee>> {
    const { endpoints, policy } = this.#settings
    const { now, signal: _, spkiDer, ...facts } = options
    const storage = await TeeStorage.of(policy.registry, teeId, facts)
    const claim = { teeId, ...(spkiDer === undefined ? {} : { spkiDer }), ...facts }
    const query = this.#query(claim)
    const known = this.#claims.get(storage.slots.teeId)
    const claims = known && storage.leads().every((slot) => known.has(slot)) ? known : undefined
    const { verdict, fork, shown } = await proveTee(rpc, {
      endpoints, registry: policy.registry, config: (state) => this.#config(now, true, state), standing: this.#standing, query, storage, claims,
    })
    this.#fork = fork
    if (!verdict.ok || !shown) return verdict
    const { head, proof } = shown
    this.#claims.set(storage.slots.teeId, new Map([...claimsOf(proof)].filter(([slot]) => storage.leads().includes(slot))))
    this.#evidence.set(verdict.value, {
      query: { ...inJson(claim), height: String(head.height - 1n) },
      evidence: { ...(head.anchor.block ? { trusted: head.anchor.block } : {}), path: head.path, proof, ...head.code },
      ...(head.anchor.state === undefined ? {} : { state: head.anchor.state }),
    })
    this.#stand(verdict.value.block!, head)
    return verdict
  }

  /** Never back: a proof may be of a block below. */
  #stand({ state, height, hash }: { readonly state: string; readonly height: bigint; readonly hash: string }, { target, anchor }: Head): void {
    const { anchor: old } = this.#standing
    if (height > old.height) this.#standing = { anchor: { height, state }, hash, ...(target ? { block: target } : {}), earlier: anchor }
    else if (height === old.height && old.state === undefined) this.#standing = { anchor: { height, state }, hash }
  }

  async #ask(rpc: RpcSession, teeId: string, options: VerifyTeeOptions): Promise<Verdict<RegisteredTee>> {
    const { policy, endpoints, accept } = this.#settings
    const storage = await TeeStorage.of(policy.registry, teeId)
    const { quorum, ...config } = this.#config(options.now, false)
    const query = this.#query({ teeId, ...(options.spkiDer === undefined ? {} : { spkiDer: options.spkiDer }) })
    const question = { rpc, providers: endpoints.evm, config, query, ask: askProvider(policy.registry.address, teeId, storage) }
    return accept.includes('quorum') && quorum ? askQuorum(question, quorum) : askFirst(question)
  }

  #session(signal: AbortSignal | undefined, more: RpcOptions = {}): RpcSession {
    const rpc = new RpcSession({ ...this.#settings.transport, ...more, ...(signal ? { signal } : {}) })
    this.#traffic = rpc.traffic
    return rpc
  }

  /** What the caller's block is worth is for the policy, too. */
  #accepted<T>(verdict: Verdict<T>): Verdict<T> {
    if (!verdict.ok || this.#settings.accept.includes(verdict.trust)) return verdict
    return { ...refused('TRUST_INSUFFICIENT', 'policy', 'the policy does not take what the block rests on', 'policy.accept'), checks: verdict.checks }
  }

  /**
   * Whether a receipt was settled: finds the relay's events in a block of the settlement chain that the caller trusts, proves
   * the receipt that holds one, and judges what is to be shown of it. `trust` is the block's.
   *
   * @returns TRUST_INSUFFICIENT where `policy.accept` does not name `source`.
   * @throws UsageError for a claim that is none, and ABORTED.
   */
  async verifySettlement(given: SettlementQuery): Promise<Verdict<ProvenSettlement>> {
    const query = readSettlementQuery(given)
    const { maxBytes = RECEIPTS_BYTES } = this.#settings.transport
    return this.#accepted(await proveSettlement(this.#session(query.signal, { maxBytes }), query))
  }

  /** A contract of the settlement chain and words of its storage, under a block that the caller trusts. As `verifySettlement`. */
  async verifyAccount(given: AccountQuery): Promise<Verdict<ProvenAccount>> {
    const query = readAccountQuery(given)
    return this.#accepted(await proveAccount(this.#session(query.signal), query))
  }
}

const rejectedState = (code: Refused['code']): Check => ({ name: 'stored state', status: 'assumed', code, detail: 'refused; the checkpoint was used' })

/** Names as a bundle has them. */
const inJson = (claim: object) => Object.fromEntries(Object.entries(claim).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value as unknown]))

/** @throws UsageError CONFIG_INVALID, QUORUM_CONFIG_INVALID for settings that no call could use */
export function createChainVerifier(options: ChainVerifierOptions): ChainVerifier {
  return new ChainVerifier(options)
}
