// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// createChainVerifier: proven facts of a chain over servers that nobody trusts. It fetches, the core judges; what a server
// says is used as evidence only. A server whose evidence is refused is left for the next one; the last refusal is the verdict.
import { UsageError } from '../../errors/base.js'
import { verifyHeader, verifyRegistry, registrySlots } from '../../verify/index.js'
import type { ChainConfig, Checkpoint, ProvenAccount, RegisteredTee, RegistryContract, TrustedBlock } from '../../verify/chain.js'
import type { Check, Refused, Verdict } from '../../verify/verdict.js'
import { fetchCodeProof } from './code_proof.js'
import { evidenceText } from './evidence.js'
import { askProvider } from './fallback.js'
import { fetchLightBlock, fetchSignedHeader, fetchValidators, heightOf } from './light_blocks.js'
import { endedBy, isAbsent, isUnavailable, refused, unavailable } from './outcomes.js'
import { RpcFault, RpcSession, readLimits } from './rpc.js'
import { proveAccount, proveSettlement } from './settlement.js'
import { joined, readRecord } from './slots.js'
import { askFirst, askQuorum } from './weaker.js'
import type { Provider } from './fallback.js'
import type { LightBlockJson, SignedHeader } from './light_blocks.js'
import type { RpcOptions, Traffic } from './rpc.js'
import type { AccountQuery, ProvenSettlement, SettlementQuery } from './settlement.js'

export type ChainPolicy = Omit<ChainConfig, 'trust' | 'state' | 'registry' | 'now'> & {
  /** Required: the package ships none, since a pin dies with the trusting period (docs/checkpoint.md). */
  readonly checkpoint: Checkpoint
  readonly registry: RegistryContract & { readonly address: string }
  /** Measurements that pass; default every one that the registry approves. */
  readonly allowedPcrHashes?: readonly string[]
}

export type ChainEndpoints = {
  /** Base addresses of CometBFT RPC servers, best first. */
  readonly cometbft: readonly string[]
  /** The chain's EVM RPC servers; the operator's name counts in a quorum. */
  readonly evm: readonly Provider[]
}

export type ChainVerifierOptions = RpcOptions & {
  readonly policy: ChainPolicy
  readonly endpoints: ChainEndpoints
  /** What `state` gave, from the application's own storage. */
  readonly storedState?: string
}

export type VerifyTeeOptions = Pick<RpcOptions, 'signal'> & { readonly spkiDer?: string; readonly now?: ChainConfig['now'] }

/** Two blocks at one height, each accepted from the checkpoint: more than a third of the validators misbehaved. */
export type ForkEvidence = { readonly height: bigint; readonly hashes: readonly [string, string]; readonly blocks: readonly [unknown, unknown] }

const MAX_PATH = 64
/** Refusals that say nothing of the TEE but of the evidence or the server: another server may do better. */
const TRY_NEXT = /^(CHAIN_|ICS23_|MPT_|TX_|INPUT_LIMIT|REGISTRY_NOT_PROVEN)/
const FINAL = /^CHAIN_(TRUST_EXPIRED|STATE_CORRUPT)$/

export class ChainVerifier {
  readonly #options: ChainVerifierOptions
  #state: string | undefined
  #height = 0n
  #hash = ''
  /** The end of the calls before: each starts from the state that the one before left. */
  #turn: Promise<unknown> = Promise.resolve()
  #rejectedState: Check | undefined
  #fork: ForkEvidence | undefined
  #traffic: Traffic = { requests: 0, received: 0 }
  /** Type and measurement seen last, so that the record's slot can be asked for beside the others. */
  readonly #records = new Map<string, readonly [number, string]>()

  constructor(options: ChainVerifierOptions) {
    const { policy, endpoints, storedState } = options
    if (!policy?.checkpoint) throw new UsageError('CONFIG_INVALID', 'policy.checkpoint is required', { path: 'policy.checkpoint' })
    if (!endpoints?.cometbft.length && !endpoints?.evm.length) throw new UsageError('CONFIG_INVALID', 'endpoints: none is named', { path: 'endpoints' })
    if (policy.registry?.codeHash !== undefined && policy.accept?.includes('proven') === false) {
      throw new UsageError('CONFIG_INVALID', 'policy.registry.codeHash: only a proof can show it', { path: 'policy.accept' })
    }
    readLimits(options)
    this.#options = options
    this.#state = storedState
  }

  /** Store it, and hand it in as `storedState` the next time; undefined until a block was accepted. */
  get state(): string | undefined {
    return this.#state
  }
  /** Set once two servers showed different accepted blocks at one height: the checkpoint is not to be trusted any more. */
  get forkEvidence(): ForkEvidence | undefined {
    return this.#fork
  }
  /** Of the last call. */
  get traffic(): Traffic {
    return this.#traffic
  }

  #config(now: ChainConfig['now'], anchored: boolean): ChainConfig {
    const { checkpoint, allowedPcrHashes: _, ...rest } = this.#options.policy
    const anchor = anchored ? (this.#state === undefined ? { trust: checkpoint } : { trust: checkpoint, state: this.#state }) : {}
    return { ...rest, ...anchor, ...(now === undefined ? {} : { now }) }
  }

  /** A stored state that is damaged, of another chain or below the checkpoint is refused; the checkpoint goes in its place. */
  async #checkState(now: ChainConfig['now']): Promise<Refused | undefined> {
    if (this.#state === undefined || this.#height > 0n) return undefined
    const verdict = await verifyHeader({ config: this.#config(now, true), evidence: { path: [] } })
    if (verdict.ok) {
      this.#height = verdict.value.height
      this.#hash = verdict.value.hash
      return undefined
    }
    if (verdict.code === 'CHAIN_ANCHOR_MISMATCH') return verdict // two blocks at one height: nothing to choose between
    this.#rejectedState = { name: 'stored state', status: 'failed', code: verdict.code, detail: 'refused; the checkpoint was used' }
    this.#state = undefined
    return undefined
  }

  /**
   * Whether the TEE of this id is registered, enabled, alive and runs an approved measurement.
   *
   * @returns never `ok` for less than the policy accepts; RPC_UNAVAILABLE or TIMEOUT when no server answered.
   * @throws UsageError for a call or a configuration that cannot be answered, and ABORTED.
   */
  async verifyTee(teeId: string, options: VerifyTeeOptions = {}): Promise<Verdict<RegisteredTee>> {
    const result = this.#turn.then(() => this.#verify(teeId, options))
    this.#turn = result.catch(() => undefined)
    return endedBy(options.signal ?? this.#options.signal, result)
  }

  async #verify(teeId: string, options: VerifyTeeOptions): Promise<Verdict<RegisteredTee>> {
    if (this.#fork) return refused('CHAIN_ANCHOR_MISMATCH', 'rejected', 'two accepted blocks at one height', 'fork')
    const rpc = this.#session(options.signal)
    const conflict = await this.#checkState(options.now)
    if (conflict) return conflict
    const accept = this.#options.policy.accept ?? ['proven']
    let verdict: Verdict<RegisteredTee> = refused('RPC_UNAVAILABLE', 'load', 'no server for a proof is named')
    if (accept.includes('proven')) verdict = await this.#prove(rpc, teeId, options)
    const open = !verdict.ok && isAbsent(verdict) && this.#options.policy.registry.codeHash === undefined
    if (open && (accept.includes('quorum') || accept.includes('unproven'))) verdict = await this.#ask(rpc, teeId, options, accept.includes('quorum'))
    return this.#rejectedState ? { ...verdict, checks: [this.#rejectedState, ...verdict.checks] } : verdict
  }

  /** One server of each kind after the other. */
  async #prove(rpc: RpcSession, teeId: string, options: VerifyTeeOptions): Promise<Verdict<RegisteredTee>> {
    const { cometbft, evm } = this.#options.endpoints
    let last: Refused = refused('RPC_UNAVAILABLE', 'load', 'no server for a proof is named')
    for (let i = 0; i < Math.max(cometbft.length, evm.length) && cometbft.length > 0 && evm.length > 0; i += 1) {
      const [base, provider] = [cometbft[i % cometbft.length]!, evm[i % evm.length]!]
      try {
        const verdict = await this.#proveWith(rpc, base, provider, teeId, options)
        if (verdict.ok || !TRY_NEXT.test(verdict.code) || FINAL.test(verdict.code)) return verdict
        if (isAbsent(last) || !isAbsent(verdict)) last = verdict
      } catch (error) {
        if (!isUnavailable(error)) throw error
        if (last.category === 'load') last = unavailable(error)
      }
    }
    return last
  }

  async #proveWith(rpc: RpcSession, base: string, provider: Provider, teeId: string, options: VerifyTeeOptions): Promise<Verdict<RegisteredTee>> {
    const { policy } = this.#options
    const registry = policy.registry
    // First round: the newest block and, without a stored state, the checkpoint's.
    const anchorHeight = BigInt(policy.checkpoint.height)
    const [signed, anchor] = await Promise.all([
      fetchSignedHeader(rpc, base),
      this.#state === undefined ? fetchLightBlock(rpc, base, anchorHeight) : undefined,
    ])
    const tip = heightOf(signed)
    const from = this.#state === undefined ? anchorHeight : this.#height
    const isAnchor = tip === from
    const height = tip - 1n
    if (height === 0n) throw new RpcFault('RPC_UNAVAILABLE', 'a chain without a state')
    if (isAnchor && this.#state !== undefined && hashOf(signed) !== this.#hash.toLowerCase()) {
      return refused('CHAIN_ANCHOR_MISMATCH', 'rejected', 'another block at the trusted height', 'path')
    }
    // Second round: its validators and the slots, the record's too where the measurement is known.
    const known = this.#records.get(teeId)
    const slots = await this.#slots(teeId, known)
    const wanted = [slots.heartbeatMaxAge, slots.pcrHash, slots.flags, slots.lastHeartbeatAt, ...(slots.pcrRecord ? [slots.pcrRecord] : [])]
    const ask = (list: readonly string[]) => rpc.method(provider.url, 'eth_getProof', [registry.address, list, `0x${height.toString(16)}`])
    const [validators, proof, code] = await Promise.all([
      isAnchor ? [] : fetchValidators(rpc, base, tip), ask(wanted),
      registry.codeHash === undefined ? undefined : fetchCodeProof(rpc, base, slots.codeHashKey, height),
    ])
    const [teeType, pcrHash] = readRecord(proof, slots.flags, slots.pcrHash)
    let answer = proof
    if (!known || known[0] !== teeType || BigInt(known[1]) !== BigInt(pcrHash)) {
      const { pcrRecord } = await this.#slots(teeId, [teeType, pcrHash])
      answer = joined(proof, await ask([pcrRecord!]))
    }
    const target: LightBlockJson = { signed_header: signed, validators }
    const path = isAnchor ? [] : await this.#path(rpc, base, options.now, from, anchor, target)
    const query = {
      teeId, height,
      ...(options.spkiDer === undefined ? {} : { spkiDer: options.spkiDer }),
      ...(policy.allowedPcrHashes === undefined ? {} : { allowedPcrHashes: policy.allowedPcrHashes }),
    }
    const evidence = evidenceText({ ...(anchor ? { trusted: anchor } : {}), path, proof: answer, code_proof: code })
    const verdict = await verifyRegistry({ config: this.#config(options.now, true), query, evidence })
    if (!verdict.ok) return verdict
    const fork = await this.#crossCheck(rpc, base, verdict.value.block!, target, options.now)
    if (fork) return fork
    this.#records.set(teeId, [verdict.value.teeType, verdict.value.pcrHash])
    this.#accept(verdict.value.block!)
    return verdict
  }

  #accept({ state, height, hash }: TrustedBlock): void {
    this.#state = state
    this.#height = height
    this.#hash = hash
  }

  async #slots(teeId: string, record: readonly [number, string] | undefined) {
    const verdict = await registrySlots({ registry: this.#options.policy.registry, teeId, ...(record ? { teeType: record[0], pcrHash: record[1] } : {}) })
    if (!verdict.ok) throw new UsageError('CONFIG_INVALID', 'policy.registry or the id is not of its form', { path: 'registry' })
    return verdict.value
  }

  /** Blocks from the anchor to the target; one between where too few of the known validators signed (§5.3). */
  async #path(rpc: RpcSession, base: string, now: ChainConfig['now'], from: bigint, anchor: LightBlockJson | undefined, target: LightBlockJson): Promise<LightBlockJson[]> {
    const path = [target]
    for (let fetched = 0; fetched < MAX_PATH; fetched += 1) {
      const evidence = evidenceText({ ...(anchor ? { trusted: anchor } : {}), path })
      const verdict = await verifyHeader({ config: this.#config(now, true), evidence })
      if (verdict.ok || verdict.code !== 'CHAIN_INSUFFICIENT_TRUST' || path.length === MAX_PATH) return path
      const at = Number(/^path\.(\d+)$/.exec(verdict.path ?? '')?.[1] ?? '0')
      const low = at === 0 ? from : heightOf(path[at - 1]!.signed_header)
      const high = heightOf(path[at]!.signed_header)
      if (high - low < 2n) return path
      path.splice(at, 0, await fetchLightBlock(rpc, base, low + (high - low) / 2n))
    }
    return path
  }

  /** Another server's block at the same height. Silence is no objection, another accepted block is. */
  async #crossCheck(rpc: RpcSession, base: string, block: TrustedBlock, target: LightBlockJson, now: ChainConfig['now']): Promise<Refused | undefined> {
    const other = this.#options.endpoints.cometbft.find((each) => each !== base)
    if (other === undefined) return undefined
    try {
      const signed = await fetchSignedHeader(rpc, other, block.height)
      if (JSON.stringify(signed.header) === JSON.stringify(target.signed_header.header)) return undefined
      const rival = { signed_header: signed, validators: await fetchValidators(rpc, other, block.height) }
      const anchor = this.#state === undefined ? { trusted: await fetchLightBlock(rpc, other, BigInt(this.#options.policy.checkpoint.height)) } : {}
      const verdict = await verifyHeader({ config: this.#config(now, true), evidence: evidenceText({ ...anchor, path: [rival] }) })
      if (!verdict.ok || verdict.value.height !== block.height || verdict.value.hash === block.hash) return undefined
      this.#fork = { height: block.height, hashes: [block.hash, verdict.value.hash], blocks: [target, rival] }
      return refused('CHAIN_ANCHOR_MISMATCH', 'rejected', 'two accepted blocks at one height', 'fork')
    } catch (error) {
      if (!isUnavailable(error)) throw error
      return undefined
    }
  }

  async #ask(rpc: RpcSession, teeId: string, options: VerifyTeeOptions, together: boolean): Promise<Verdict<RegisteredTee>> {
    const { policy, endpoints } = this.#options
    const slots = await this.#slots(teeId, undefined)
    const { quorum, ...config } = this.#config(options.now, false)
    const query = { teeId, ...(policy.allowedPcrHashes === undefined ? {} : { allowedPcrHashes: policy.allowedPcrHashes }), ...(options.spkiDer === undefined ? {} : { spkiDer: options.spkiDer }) }
    const ask = (provider: Provider, height: bigint) =>
      askProvider(rpc, provider, policy.registry.address, teeId, slots, height, async (teeType, pcrHash) => (await this.#slots(teeId, [teeType, pcrHash])).pcrRecord!)
    const question = { rpc, providers: endpoints.evm, config, query, ask }
    return together && quorum ? askQuorum(question, quorum) : askFirst(question)
  }

  #session(signal: AbortSignal | undefined): RpcSession {
    const rpc = new RpcSession({ ...this.#options, ...(signal ? { signal } : {}) })
    this.#traffic = rpc.traffic
    return rpc
  }

  /**
   * Whether a receipt was settled: finds the relay's events in a block of the settlement chain that the caller trusts, proves
   * the receipt that holds one, and judges what is to be shown of it. `trust` is the block's.
   *
   * @throws UsageError for a claim that is none, and ABORTED.
   */
  verifySettlement(given: SettlementQuery): Promise<Verdict<ProvenSettlement>> {
    return proveSettlement(this.#session(given.signal), given)
  }

  /** A contract of the settlement chain and words of its storage, under a block that the caller trusts. */
  verifyAccount(given: AccountQuery): Promise<Verdict<ProvenAccount>> {
    return proveAccount(this.#session(given.signal), given)
  }
}

/** The block that a commit names, as the server says. */
const hashOf = ({ commit }: SignedHeader) => String((commit as { readonly block_id?: { readonly hash?: unknown } | null } | null | undefined)?.block_id?.hash).toLowerCase()

/** @throws UsageError CONFIG_INVALID without a checkpoint or endpoints */
export function createChainVerifier(options: ChainVerifierOptions): ChainVerifier {
  return new ChainVerifier(options)
}
