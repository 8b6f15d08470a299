// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a settlement chain says under a block that the caller trusts (chain-state.md §10): events of the relay, and words of a
// contract's storage. One server after the other; the core judges what each shows.
import { UsageError } from '../../errors/base.js'
import { ownItems, ownMembers } from '../../loader/input.js'
import { verifyMptProof, verifyReceiptProof, verifySettlement } from '../../verify/index.js'
import type { ProvenAccount, ProvenReceipt } from '../../verify/chain.js'
import type { Settlement, SettlementClaim } from '../../verify/settlement.js'
import type { Check, Refused, TrustLevel, Verdict } from '../../verify/verdict.js'
import { headerRlp } from './block_header.js'
import { evidenceText } from './evidence.js'
import { isUnavailable, refused, unavailable } from './outcomes.js'
import { encodeReceipt, listOf, makeTrie } from './receipts_trie.js'
import { RpcFault } from './rpc.js'
import { checkSignal, readProviders } from './settings.js'
import { provenTransaction } from './transactions.js'
import type { Provider } from './fallback.js'
import type { RpcOptions, RpcSession } from './rpc.js'

type TrustedBlockQuery = Pick<RpcOptions, 'signal'> & {
  /** The settlement chain's servers. */
  readonly endpoints: readonly Provider[]
  readonly contract: string
  /** A block that the caller trusts, and how well: `proven` only from a light client of his own. Default `unproven`. */
  readonly blockHash: string
  readonly source?: TrustLevel
}

/** Words of `contract`'s storage. */
export type AccountQuery = TrustedBlockQuery & { readonly slots: readonly string[] }

/** An event of the relay `contract` in that block, and what of it is to be shown: as for `verifySettlement` of assay-wasm/verify. */
export type SettlementQuery = TrustedBlockQuery &
  SettlementClaim & {
    readonly key?: Uint8Array
    /** Looks at this transaction's events only. Receipts do not hold it: the block's transactions show it, where they are all of a known kind; else it is a server's word, and the verdict `unproven`. */
    readonly transactionHash?: string
  }

/** Where the event stands: the transaction in the block, the log in its receipt. */
export type ProvenSettlement = Settlement & { readonly blockHash: string; readonly transactionIndex: number; readonly logIndex: number }

const TOPICS: readonly unknown[] = ['0xc2aff8d8a10a4543baabf39bd9ff45e7fc3881d19098df350a3b7f339e911127', '0x74e71a1981c03bd0c36f3b1227f3ee2a34dca5d6fef25c4b2787e033ab60b782']
const MAX_LOGS = 1000
/** Proofs that the core takes at once. */
const MAX_SLOTS = 64

const invalid = (path: string, what: string) => new UsageError('ARGUMENT_INVALID', `${path}: ${what}`, { path })
const isHex = (value: unknown, least: number, most: number): value is string => typeof value === 'string' && /^0x[0-9a-fA-F]+$/.test(value) && value.length - 2 >= least && value.length - 2 <= most

/** What every question about a trusted block names. @throws UsageError ARGUMENT_INVALID */
function readBlockQuery<T extends TrustedBlockQuery>(given: T): T {
  const { endpoints, ...members } = Object.fromEntries(ownMembers(given, 'query')) as T
  if (!isHex(members.contract, 40, 40)) throw invalid('contract', 'must be 0x and 40 hex digits')
  if (!isHex(members.blockHash, 64, 64)) throw invalid('blockHash', 'must be 0x and 64 hex digits')
  checkSignal(members.signal, 'ARGUMENT_INVALID')
  return Object.assign(members, { endpoints: readProviders(endpoints, 'endpoints') }) as unknown as T
}

export function readSettlementQuery(given: SettlementQuery): SettlementQuery {
  const query = readBlockQuery(given)
  if (query.transactionHash !== undefined && !isHex(query.transactionHash, 64, 64)) throw invalid('transactionHash', 'must be 0x and 64 hex digits')
  for (const name of ['event', 'emitter'] as const) if (name in query) throw invalid(name, 'comes from the block')
  return query
}

export function readAccountQuery(given: AccountQuery): AccountQuery {
  const query = readBlockQuery(given)
  const slots = ownItems(query.slots, 'slots', MAX_SLOTS)
  if (!slots.every((slot): slot is string => isHex(slot, 1, 64))) throw invalid('slots', 'must be 0x and up to 64 hex digits each')
  return { ...query, slots }
}

const TRANSACTION = 'transaction'
/** Whether a verdict rests on a server's word for the transaction's hash. */
const rests = (checks: readonly Check[]) => checks.some(({ name, status }) => name === TRANSACTION && status === 'assumed')

/**
 * The first verdict that is ok and rests on no server's word, else one that is ok, else the last refusal: a server may hold back
 * what another one shows. Each once, then the silent ones again.
 */
async function fromAny<T>(rpc: RpcSession, endpoints: readonly Provider[], ask: (rpc: RpcSession, url: string) => Promise<Verdict<T>>): Promise<Verdict<T>> {
  let last: Refused = refused('RPC_UNAVAILABLE', 'load', 'no server is named')
  let weak: Verdict<T> | undefined
  let open = endpoints
  for (const retries of endpoints.length > 1 && rpc.retries > 0 ? [0, rpc.retries] : [rpc.retries]) {
    const silent: Provider[] = []
    for (const [i, provider] of open.entries()) {
      try {
        const verdict = await ask(rpc.within(rpc.left / (open.length - i), retries), provider.url)
        if (verdict.ok && !rests(verdict.checks)) return verdict
        if (verdict.ok) weak ??= verdict
        else last = verdict
      } catch (error) {
        if (!isUnavailable(error)) throw error
        if (last.category === 'load') last = unavailable(error)
        silent.push(provider)
      }
    }
    open = silent
  }
  return weak ?? last
}

const anchorOf = ({ blockHash, source }: TrustedBlockQuery, block: unknown) => ({ blockHash, headerRlp: headerRlp(block), ...(source === undefined ? {} : { source }) })
const sameHex = (a: unknown, b: string) => typeof a === 'string' && a.toLowerCase() === b.toLowerCase()

export function proveAccount(session: RpcSession, given: AccountQuery): Promise<Verdict<ProvenAccount>> {
  const { contract, slots, blockHash } = given
  return fromAny(session, given.endpoints, async (rpc, url) => {
    const block = await rpc.method(url, 'eth_getBlockByHash', [blockHash, false])
    const proof = await rpc.method(url, 'eth_getProof', [contract, slots, (block as { readonly number?: unknown }).number])
    const verdict = await verifyMptProof({ anchor: anchorOf(given, block), proof: evidenceText(proof) })
    const asked = !verdict.ok || (sameHex(verdict.value.address, contract) && slots.every((slot) => verdict.value.storage.some((each) => BigInt(each.slot) === BigInt(slot))))
    return asked ? verdict : refused('MPT_PROOF_INVALID', 'rejected', 'an answer about something else', 'proof')
  })
}

type Place = { readonly transactionIndex: number; readonly logIndex: number }
type Receipt = { readonly transactionHash?: unknown; readonly logs?: unknown }
type Log = { readonly address?: unknown; readonly topics?: readonly unknown[] } | null

/** Where a server says that the relay's events stand. */
function findEvents(receipts: readonly unknown[], { contract, transactionHash }: SettlementQuery): Place[] {
  const found = receipts.flatMap((receipt, transactionIndex) => {
    const { transactionHash: hash, logs } = (receipt ?? {}) as Receipt
    if (transactionHash !== undefined && !sameHex(hash, transactionHash)) return []
    return listOf(logs).flatMap((log, logIndex) => {
      const { address, topics } = (log ?? {}) as NonNullable<Log>
      return sameHex(address, contract) && Array.isArray(topics) && TOPICS.includes(topics[0]) ? [{ transactionIndex, logIndex }] : []
    })
  })
  if (found.length > MAX_LOGS) throw new RpcFault('RPC_UNAVAILABLE', 'more events than a block holds')
  return found
}

/** Judges the event of one log of a proven receipt. */
async function judgeLog(given: SettlementQuery, proven: Verdict<ProvenReceipt> & { readonly ok: true }, named: readonly Check[], place: Place): Promise<Verdict<ProvenSettlement>> {
  const { endpoints: _, contract, blockHash, source: __, transactionHash: ___, signal: ____, ...claim } = given
  const event = proven.value.logs[place.logIndex]
  if (proven.value.status !== 1) return refused('TX_NOT_SUCCESSFUL', 'rejected', 'the transaction failed', 'receipt')
  if (!event) return refused('MPT_PROOF_INVALID', 'rejected', 'the proven receipt has no such log', 'receipt')
  const settled = await verifySettlement({ ...claim, event, emitter: contract })
  // The log is not as somebody gave it any more: the block holds it.
  const rows = settled.checks.map((row) => (row.name === 'settlement event' && row.status === 'assumed' ? { ...row, status: 'passed' as const, detail: 'a log of the proven receipt' } : row))
  const checks = [...proven.checks, ...named, ...rows]
  return settled.ok ? { ok: true, value: { ...settled.value, blockHash, ...place }, checks, trust: rests(named) ? 'unproven' : proven.trust } : { ...settled, checks }
}

/** Whether a receipt that is proven is the asked transaction's. @returns a refusal where the block shows that it is another one's */
async function judgeHash(block: object, index: number, asked: string | undefined): Promise<readonly Check[] | Refused> {
  if (asked === undefined) return []
  const hash = await provenTransaction(block as { readonly [name: string]: unknown }, index)
  if (hash === undefined) return [{ name: TRANSACTION, status: 'assumed', detail: 'that the receipt is of this hash is the server\'s word' }]
  return sameHex(hash, asked) ? [{ name: TRANSACTION, status: 'passed', detail: 'in the block\'s trie' }] : refused('MPT_PROOF_INVALID', 'rejected', 'the receipt is of another transaction', 'transactionHash')
}

export function proveSettlement(session: RpcSession, given: SettlementQuery): Promise<Verdict<ProvenSettlement>> {
  const { blockHash } = given
  return fromAny(session, given.endpoints, async (rpc, url) => {
    const [block, answer] = await rpc.methods(url, [['eth_getBlockByHash', [blockHash, given.transactionHash !== undefined]], ['eth_getBlockReceipts', [blockHash]]])
    const receipts = listOf(answer)
    const places = findEvents(receipts, given)
    if (places.length === 0) return refused('EMITTER_MISMATCH', 'rejected', 'the server shows no settlement of this contract in the block', 'receipts')
    // A transaction has one receipt, and showing whose it is takes the whole block.
    if (given.transactionHash !== undefined && places.some(({ transactionIndex }) => transactionIndex !== places[0]!.transactionIndex)) throw new RpcFault('RPC_UNAVAILABLE', 'one transaction at several receipts')
    const proofOf = await makeTrie(receipts.map(encodeReceipt))
    const anchor = anchorOf(given, block)
    let last: Verdict<ProvenSettlement> | undefined
    let proven: Verdict<ProvenReceipt> | undefined
    let named: readonly Check[] | Refused = []
    for (const [i, place] of places.entries()) {
      const index = place.transactionIndex
      if (i === 0 || places[i - 1]!.transactionIndex !== index) {
        proven = await verifyReceiptProof({ anchor, index, proof: proofOf(index) })
        if (proven.ok) named = await judgeHash(block as object, index, given.transactionHash)
      }
      last = !proven!.ok ? proven! : 'code' in named ? named : await judgeLog(given, proven!, named, place)
      if (last.ok) return last
    }
    return last!
  })
}
