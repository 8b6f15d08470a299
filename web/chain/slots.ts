// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Which words of the registry's storage a question needs, and servers' answers to eth_getProof put together. What they claim
// only decides what to ask for next: the core judges the words.
import { UsageError } from '../../errors/base.js'
import { toHex } from '../../loader/hex.js'
import { registrySlots, storageSlot } from '../../verify/index.js'
import type { RegistryContract, RegistrySlots } from '../../verify/chain.js'
import { shaped } from './evidence.js'
import { quantity } from './fallback.js'
import type { Provider } from './fallback.js'
import type { RpcSession } from './rpc.js'
import type { VerifyTeeOptions } from './settings.js'

/** Words by slot, as somebody says. */
export type Claims = ReadonlyMap<bigint, bigint>
export type AskedFacts = Pick<VerifyTeeOptions, 'registeredAt' | 'tlsCertificate' | 'ohttp'>

/** Members of the configuration for confidential chat: ids, key, key configuration, time (chain-state.md §7.2). */
const OHTTP_MEMBERS = 4n
/** The core takes no more proofs than this. */
const MAX_WORDS = 64n
/** The words that name others, each in a wave of its own at most: the record, then data. */
const MAX_WAVES = 3

/** Hex of an address or a word, and of a proof: one that is longer is refused by the core. */
const TEXT = 128
const ANSWER = { address: TEXT, storageProof: [{ key: TEXT, value: TEXT, proof: [2 + (128 << 10)] }] } as const

const WORD = /^0x[0-9a-fA-F]{1,64}$/
const slotText = (slot: bigint) => `0x${slot.toString(16).padStart(64, '0')}`

type Slot = { readonly key?: unknown; readonly value?: unknown }
const slotsOf = (proof: unknown): readonly Slot[] => {
  const list = (proof as { readonly storageProof?: unknown } | null)?.storageProof
  return Array.isArray(list) ? list.filter((each): each is Slot => typeof each === 'object' && each !== null) : []
}
const joined = (proof: object, more: object): object => ({ ...proof, storageProof: [...slotsOf(proof), ...slotsOf(more)] })
const number = (value: unknown) => (typeof value === 'string' && WORD.test(value) ? BigInt(value) : undefined)

export function claimsOf(proof: unknown): Claims {
  return new Map(slotsOf(proof).flatMap(({ key, value }) => {
    const [slot, word] = [number(key), number(value)]
    return slot === undefined || word === undefined ? [] : [[slot, word] as const]
  }))
}

/** One TEE's place in the contract's storage. */
export class TeeStorage {
  readonly #registry: RegistryContract
  readonly #teeId: string
  readonly #facts: AskedFacts
  readonly slots: RegistrySlots

  private constructor(registry: RegistryContract, teeId: string, facts: AskedFacts, slots: RegistrySlots) {
    this.#registry = registry
    this.#teeId = teeId
    this.#facts = facts
    this.slots = slots
  }

  /** @throws UsageError CONFIG_INVALID */
  static async of(registry: RegistryContract, teeId: string, facts: AskedFacts = {}): Promise<TeeStorage> {
    return new TeeStorage(registry, teeId, facts, await slotsFor({ registry, teeId }))
  }

  async record(teeType: number, pcrHash: string): Promise<string> {
    return (await slotsFor({ registry: this.#registry, teeId: this.#teeId, teeType, pcrHash })).pcrRecord!
  }

  /** Words of byte strings: a long one's says how many words its data has. */
  #strings(): bigint[] {
    const { tlsCertificate, ohttpConfig } = this.slots
    return [...(this.#facts.tlsCertificate ? [BigInt(tlsCertificate)] : []), ...(this.#facts.ohttp ? [BigInt(ohttpConfig) + 1n, BigInt(ohttpConfig) + 2n] : [])]
  }

  /** The words that lead to others. */
  leads(): bigint[] {
    return [BigInt(this.slots.pcrHash), BigInt(this.slots.flags), ...this.#strings()]
  }

  /** All words that the question needs, as far as claims show them. */
  async needed(claims: Claims): Promise<bigint[]> {
    const { heartbeatMaxAge, pcrHash, flags, lastHeartbeatAt, registeredAt, ohttpConfig } = this.slots
    const needed = [heartbeatMaxAge, pcrHash, flags, lastHeartbeatAt].map(BigInt)
    const [pcr, flagsWord] = [claims.get(BigInt(pcrHash)), claims.get(BigInt(flags))]
    if (pcr !== undefined && flagsWord !== undefined) needed.push(BigInt(await this.record(Number(flagsWord & 0xffn), slotText(pcr))))
    const proxied = this.#registry.implementation?.slot
    if (proxied !== undefined) needed.push(BigInt(typeof proxied === 'string' ? proxied : `0x${toHex(proxied)}`))
    if (this.#facts.registeredAt) needed.push(BigInt(registeredAt))
    if (this.#facts.ohttp) for (let i = 0n; i < OHTTP_MEMBERS; i += 1n) needed.push(BigInt(ohttpConfig) + i)
    if (this.#facts.tlsCertificate) needed.push(...this.#strings().slice(0, 1))
    for (const slot of this.#strings()) {
      const word = claims.get(slot) ?? 0n
      const words = word & 1n ? ((word >> 1n) + 31n) / 32n : 0n
      const data = words === 0n ? 0n : BigInt(await storageSlot({ slot, steps: [{ data: true }] }))
      for (let i = 0n; i < words && i < MAX_WORDS; i += 1n) needed.push(data + i)
    }
    return needed
  }
}

async function slotsFor(input: Parameters<typeof registrySlots>[0]): Promise<RegistrySlots> {
  const verdict = await registrySlots(input)
  if (!verdict.ok) throw new UsageError('CONFIG_INVALID', 'policy.registry or the id is not of its form', { path: 'registry' })
  return verdict.value
}

/** What a server says of the leading words now, so that the proof of all is one question, and its newest block. */
export async function fetchClaims(rpc: RpcSession, { url }: Provider, address: string, storage: TeeStorage): Promise<{ readonly claims: Claims; readonly height: bigint }> {
  const leads = storage.leads()
  const words = await rpc.methods(url, [...leads.map((slot) => ['eth_getStorageAt', [address, slotText(slot), 'latest']] as const), ['eth_blockNumber', []]])
  const claims = new Map(leads.flatMap((slot, i) => (number(words[i]) === undefined ? [] : [[slot, number(words[i])!] as const])))
  return { claims, height: quantity(words.at(-1)) }
}

/** The proofs of all words; one question where the claims are right. */
export async function fetchProof(rpc: RpcSession, { url }: Provider, address: string, storage: TeeStorage, claims: Claims, height: bigint): Promise<object> {
  let [answer, known]: [object | undefined, Claims] = [undefined, claims]
  const asked = new Set<bigint>()
  for (let wave = 0; wave < MAX_WAVES; wave += 1) {
    const missing = [...new Set(await storage.needed(known))].filter((slot) => !asked.has(slot))
    if (missing.length === 0) break
    for (const slot of missing) asked.add(slot)
    const more = shaped(await rpc.method(url, 'eth_getProof', [address, missing.map(slotText), `0x${height.toString(16)}`]), ANSWER) ?? {}
    answer = answer ? joined(answer, more) : more
    known = claimsOf(answer)
  }
  return answer!
}
