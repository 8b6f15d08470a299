// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The caller's settings and questions, read once and refused by name before any server is asked.
import { UsageError } from '../../errors/base.js'
import { demandedMembers, ownItems, ownMembers, readMembers, refuseDropped } from '../../loader/input.js'
import { readCheckpoint } from '../../verify/chain_config.js'
import { copySettings, settingsJson } from '../../verify/plain_json.js'
import type { ChainConfig, Checkpoint, RegistryContract } from '../../verify/chain.js'
import type { TrustLevel } from '../../verify/verdict.js'
import { readLimits } from './rpc.js'
import type { Provider } from './fallback.js'
import type { RpcOptions } from './rpc.js'

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
  /** What `state` gave, from the application's own storage; null is how `localStorage` says that there is none. */
  readonly storedState?: string | null | undefined
}

export type VerifyTeeOptions = Pick<RpcOptions, 'signal'> & {
  /** Must hash to the id. */
  readonly spkiDer?: string
  readonly now?: ChainConfig['now']
  /** What is to be proven beside the record: never answered by anything weaker than a proof. */
  readonly registeredAt?: boolean
  readonly tlsCertificate?: boolean
  readonly ohttp?: boolean
}

/** The settings, with what is trusted by default filled in; `height` is the checkpoint's. */
export type ChainSettings = { readonly policy: ChainPolicy; readonly accept: readonly TrustLevel[]; readonly height: bigint; readonly endpoints: ChainEndpoints; readonly transport: RpcOptions }

const LEVELS: readonly string[] = ['proven', 'attested', 'calldata', 'quorum', 'unproven'] satisfies TrustLevel[]
const OPTIONS = ['policy', 'endpoints', 'storedState', 'fetch', 'timeoutMs', 'totalMs', 'retries', 'backoffMs', 'maxBytes', 'signal'] as const satisfies (keyof ChainVerifierOptions)[]
const POLICY = [
  'chainId', 'checkpoint', 'registry', 'allowedPcrHashes', 'trustingPeriodS', 'maxClockDriftS', 'maxStateAgeS', 'trustLevel', 'quorum', 'accept', 'root',
] as const satisfies (keyof ChainPolicy)[]
const MAX_SERVERS = 64
/** What the verifier says itself, or takes for each call. */
const NOT_OF_A_POLICY: { readonly [name: string]: string } = {
  now: 'the moment is an option of each call', trust: 'the block that is trusted is policy.checkpoint', state: 'a stored state is the option storedState',
}

const invalid = (path: string, what: string, code: 'CONFIG_INVALID' | 'QUORUM_CONFIG_INVALID' | 'ARGUMENT_INVALID' = 'CONFIG_INVALID') =>
  new UsageError(code, `${path}: ${what}`, { path })

/** Options, whose members are known by their names alone. */
function readNamed<const K extends string>(value: unknown, known: readonly K[], what: string, demands: readonly K[] = []) {
  const members = ownMembers(value, what)
  refuseDropped(value, members, demands, '')
  return { ...readMembers(Object.fromEntries(members), known, '') }
}

/** What the readers of inputs refuse is here a configuration's fault. */
function configured<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UsageError) || error.code !== 'ARGUMENT_INVALID') throw error
    throw new UsageError('CONFIG_INVALID', error.shortMessage, { cause: error, ...(error.path === undefined ? {} : { path: error.path }) })
  }
}

function readAccept(value: unknown): readonly TrustLevel[] {
  if (value === undefined) return ['proven']
  const levels = ownItems(value, 'policy.accept', LEVELS.length)
  for (const level of levels) {
    if (typeof level !== 'string' || !LEVELS.includes(level)) throw invalid('policy.accept', `known are ${LEVELS.join(', ')}`)
    if (level === 'calldata') throw invalid('policy.accept', 'no server is asked for registration calldata; verify it with verifyRegistry')
  }
  return levels as TrustLevel[]
}

function heightOf(value: unknown): bigint {
  const text = typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  if (!/^[1-9]\d{0,18}$/.test(text)) throw invalid('policy.checkpoint.height', 'must be a height')
  return BigInt(text)
}

/** More than half, and more than one (chain-state.md §9): no two quorums without a common operator. */
function checkQuorum(value: unknown, accept: readonly TrustLevel[], servers: number): void {
  if (value === undefined) {
    if (accept.includes('quorum')) throw invalid('policy.quorum', 'required where policy.accept names quorum')
    return
  }
  const { needed, of } = readMembers(value, ['needed', 'of'], 'policy.quorum')
  const sound = typeof needed === 'number' && typeof of === 'number' && Number.isInteger(needed) && Number.isInteger(of) && needed >= 2 && needed <= of && 2 * needed > of
  if (!sound) throw invalid('policy.quorum', 'needed must be at least 2, more than half and at most all', 'QUORUM_CONFIG_INVALID')
  if (accept.includes('quorum') && servers > of) throw invalid('policy.quorum', `of is ${of}, endpoints.evm names ${servers}`, 'QUORUM_CONFIG_INVALID')
}

/** @throws UsageError ARGUMENT_INVALID */
export function readProviders(value: unknown, path: string): Provider[] {
  return ownItems(value, path, MAX_SERVERS).map((item, i) => {
    const { url, operator } = readMembers(item, ['url', 'operator'], `${path}[${i}]`)
    if (typeof url !== 'string' || typeof operator !== 'string' || operator === '') throw invalid(`${path}[${i}]`, 'needs url and operator', 'ARGUMENT_INVALID')
    return { url, operator }
  })
}

function readEndpoints(value: unknown): ChainEndpoints {
  const { cometbft, evm } = readMembers(value, ['cometbft', 'evm'], 'endpoints')
  const bases = ownItems(cometbft, 'endpoints.cometbft', MAX_SERVERS)
  if (!bases.every((base): base is string => typeof base === 'string')) throw invalid('endpoints.cometbft', 'must be addresses')
  const providers = readProviders(evm, 'endpoints.evm')
  if (bases.length + providers.length === 0) throw invalid('endpoints', 'none is named')
  return { cometbft: bases, evm: providers }
}

export function checkSignal(signal: unknown, code: 'CONFIG_INVALID' | 'ARGUMENT_INVALID'): void {
  if (signal === undefined) return
  const { aborted, addEventListener } = (signal ?? {}) as Partial<AbortSignal>
  if (typeof aborted !== 'boolean' || typeof addEventListener !== 'function') throw invalid('signal', 'must be an AbortSignal', code)
}

/** @throws UsageError CONFIG_INVALID, QUORUM_CONFIG_INVALID */
export function readSettings(options: ChainVerifierOptions): ChainSettings & { readonly storedState: string | undefined } {
  return configured(() => {
    const { policy, endpoints, storedState, ...transport } = readNamed(options, OPTIONS, 'options') as Partial<ChainVerifierOptions>
    const members = demandedMembers(policy, 'policy', POLICY)
    for (const [name, instead] of Object.entries(NOT_OF_A_POLICY)) if (members.has(name)) throw invalid(`policy.${name}`, instead)
    const rules = copySettings({ ...readMembers(Object.fromEntries(members), POLICY, 'policy') }, 'policy') as ChainPolicy
    for (const name of ['checkpoint', 'registry'] as const) if (typeof rules[name] !== 'object' || rules[name] === null) throw invalid(`policy.${name}`, 'required')
    if (typeof rules.registry.address !== 'string') throw invalid('policy.registry.address', 'must be 0x and 40 hex digits')
    const checkpoint = readCheckpoint(rules.checkpoint, rules.chainId, 'policy.checkpoint')
    const height = heightOf(checkpoint.height)
    const [accept, servers] = [readAccept(rules.accept), readEndpoints(endpoints)]
    checkQuorum(rules.quorum, accept, servers.evm.length)
    if (rules.registry.codeHash !== undefined && !accept.includes('proven')) throw invalid('policy.registry.codeHash', 'only a proof can show it')
    if (storedState !== undefined && storedState !== null && typeof storedState !== 'string') throw invalid('storedState', 'must be what `state` gave')
    readLimits(transport)
    if (transport.fetch !== undefined && typeof transport.fetch !== 'function') throw invalid('fetch', 'must be a function')
    checkSignal(transport.signal, 'CONFIG_INVALID')
    settingsJson(rules, 'policy') // values that no configuration holds: which of the others fit, the core says before each call
    return { policy: { ...rules, checkpoint, accept }, accept, height, endpoints: servers, transport, storedState: storedState ?? undefined }
  })
}

/** @throws UsageError ARGUMENT_INVALID for an option that does not exist: a misspelt one must not be ignored */
export function readTeeOptions(options: VerifyTeeOptions): VerifyTeeOptions {
  const read = readNamed(options, ['signal', 'spkiDer', 'now', 'registeredAt', 'tlsCertificate', 'ohttp'], 'options', ['spkiDer', 'registeredAt', 'tlsCertificate', 'ohttp'])
  for (const name of ['registeredAt', 'tlsCertificate', 'ohttp'] as const) {
    if (read[name] !== undefined && typeof read[name] !== 'boolean') throw invalid(name, 'must be true or false', 'ARGUMENT_INVALID')
  }
  checkSignal(read.signal, 'ARGUMENT_INVALID')
  return read as VerifyTeeOptions
}
