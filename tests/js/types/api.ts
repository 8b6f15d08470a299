// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Compiled by types.test.mjs, never run.
import { SOURCE_COMMIT, VERSION, WASM_SHA256 } from 'assay-wasm'
import type { Verdict } from 'assay-wasm'
import { LoadError, UsageError, VerificationError, explain } from 'assay-wasm/errors'
import type { CodeOf, ErrorCode } from 'assay-wasm/errors'
import { Tensor, loadModel } from 'assay-wasm/infer'
import {
  authenticateNitro, authenticateSnpReport, authenticateTdxQuote, checkTdxQuoteSignature, detectFork, loadVerifier, readStorageBytes, storageSlot, verifyEcdsa, verifyEvidence, verifyHeader,
  verifyMptProof, verifyNitroAttestation, verifyReceipt, verifyRegistry, verifySnpReport, verifyTdxQuote, verifyTxResult,
} from 'assay-wasm/verify'
import type {
  AttestationVerdict, BundledProof, ChainConfig, Checkpoint, EvidenceArguments, EzklInstance, EzklProof, GenuineAttestationVerdict, NitroInput, OhttpStreamClass, Policy, ProofJudge, ProofKey,
  ProofTask, ReceiptInput, RegistryContract, SettlementClaim, SettlementInput, Sha256, SnarkProof, SnpInput, TdxInput, TrustLevel, VerifiedEvidence, VerifiedNitro, VerifiedReceipt,
} from 'assay-wasm/verify'
import { loadVerifierSync } from 'assay-wasm/verify-inline'
import { createChainVerifier, createWorkerHost } from 'assay-wasm/web'
import type { ChainEvidence, ChainPolicy } from 'assay-wasm/web'
import { judgeProof, loadZkVerifier } from 'assay-wasm/zk'

declare const bytes: Uint8Array
const policy: Policy = { measurements: [{ pcrs: { 0: 'aa', 1: bytes, 2: 'cc' } }], profiles: { '0x00': { chat: 'gw-stripped' } } }
const base = { request: 'x', response: bytes, policy }

export async function verdicts(): Promise<void> {
  const verdict = await verifyReceipt({ ...base, attestation: { document: bytes, key: bytes }, requestIs: 'sent', now: 5n })
  // @ts-expect-error a value before the verdict is known to be ok
  verdict.value
  if (verdict.ok) {
    const time: bigint = verdict.value.timestamp
    const text: string = verdict.value.output
    void [time, text, verdict.trust, verdict.value.attestation?.pcrs['0']]
    // @ts-expect-error an accepted verdict has no code
    verdict.code
  } else {
    const code: ErrorCode = verdict.code
    void [code, verdict.category, verdict.message]
    // @ts-expect-error a refused verdict has no trust
    verdict.trust
  }
  const other: Verdict<VerifiedReceipt> = verdict
  void other

  // @ts-expect-error a policy is required
  await verifyReceipt({ request: 'x', response: 'y', attestation: { document: bytes, key: bytes }, requestIs: 'sent' })
  // @ts-expect-error what vouches for the key is required
  await verifyReceipt({ ...base })
  // @ts-expect-error a pinned key needs its profile
  await verifyReceipt({ ...base, key: bytes })
  // @ts-expect-error requestIs decides the profile of an attested enclave
  await verifyReceipt({ ...base, attestation: { document: bytes, key: bytes } })
  // @ts-expect-error an attestation and a pinned key are two calls
  await verifyReceipt({ ...base, attestation: { document: bytes, key: bytes }, requestIs: 'sent', key: bytes, profile: 'sdk' })
  // @ts-expect-error a request is text or bytes, never an object that would be printed again
  await verifyReceipt({ ...base, request: { model: 'm' }, key: bytes, profile: 'sdk' })
  // @ts-expect-error verified needs a policy; for less there is authenticateNitro
  await verifyNitroAttestation({ document: bytes })
  // @ts-expect-error a word
  await verifyEcdsa({ publicKey: bytes, hash: '0x', signature: bytes, lowS: true })
  // @ts-expect-error no such member
  const misspelt: Policy = { maxAge: 5 }
  void misspelt
  const pinned: ReceiptInput = { ...base, key: bytes, profile: 'sdk' }
  void pinned
}

export async function forms(): Promise<void> {
  const verifier = await loadVerifier({ wasm: bytes, digest: 'x' })
  const ok: boolean = verifier.isValidNitroAttestation({ document: bytes, policy })
  const hash: Uint8Array = loadVerifierSync().keccak256(bytes)
  void [ok, hash, VERSION, SOURCE_COMMIT, WASM_SHA256['verify.wasm']]
  // @ts-expect-error no such file
  WASM_SHA256['other.wasm']
}

/** One type for attestations of every family. */
export async function attestations(nitro: NitroInput, tdx: TdxInput, snp: SnpInput): Promise<string> {
  const verifier = await loadVerifier()
  const verdicts: AttestationVerdict[] = [await verifyNitroAttestation(nitro), await verifyTdxQuote(tdx), await verifySnpReport(snp), verifier.verifyTdxQuote(tdx)]
  const genuine: GenuineAttestationVerdict[] = [await authenticateNitro(nitro), await authenticateTdxQuote(tdx), await checkTdxQuoteSignature(tdx), await authenticateSnpReport(snp)]
  const own: AttestationVerdict<VerifiedNitro> = await verifyNitroAttestation(nitro)
  // @ts-expect-error what is genuine is not verified: another family's claims at least have no TCB
  verdicts.push(await checkTdxQuoteSignature(tdx))
  const [verdict] = verdicts
  if (verdict === undefined || !verdict.ok) return genuine.length + (own.ok ? own.value.moduleId : own.code)
  return verdict.value.kind === 'snp' ? verdict.value.measurement : verdict.value.kind === 'nitro' ? verdict.value.moduleId : verdict.value.tcb.status
}

/** The judge of the form without promises has none. */
export async function judged(): Promise<void> {
  const [verifier, { judgeProof: now }] = [await loadVerifier(), await loadZkVerifier()]
  verifier.verifyEvidence('{}', '{}', { judgeProof: now })
  // @ts-expect-error answers with a promise
  verifier.isValidEvidence('{}', '{}', { judgeProof })
  await verifyEvidence('{}', '{}', { judgeProof: now })
}

/** What signatures name can be named. */
export const judge: ProofJudge = (task: ProofTask) => judgeProof(task)
export const evidence = (proof: SnarkProof | EzklProof, keySha256: string): Pick<VerifiedEvidence, 'zk'> => ({ zk: { ...proof, keySha256 } satisfies BundledProof })
export const named = (digest: Sha256, claim: SettlementClaim, instance: EzklInstance): [ProofKey, EvidenceArguments, SettlementInput, string, OhttpStreamClass<Uint8Array, unknown>?] =>
  [{ digest }, ['{}', { zk: { keys: [{ digest }] } }, { judgeProof: judge }], { root: '0x', ...claim }, instance.felt]

declare const hosted: { chainId: string; height: string; headerHash: string; time: string }
const registry = { address: '0x00', codeHash: bytes, implementation: { slot: '0x00', address: '0x00', codeHash: '0x00' } } satisfies RegistryContract

export async function chains(): Promise<void> {
  const verifier = createChainVerifier({
    policy: { chainId: '10740', checkpoint: hosted, registry, accept: ['proven', 'quorum'], quorum: { needed: 2, of: 3 } },
    endpoints: { cometbft: ['https://comet.example'], evm: [{ url: 'https://evm.example', operator: 'one' }] }, timeoutMs: 5000,
  })
  const verdict = await verifier.verifyTee('0x00', { now: 5n, signal: new AbortController().signal })
  if (verdict.ok) {
    const heartbeat: bigint | undefined = verdict.value.lastHeartbeatAt
    const trust: TrustLevel = verdict.trust
    void [heartbeat, trust, verdict.value.block?.state]
  }
  const [state, height]: [string | undefined, bigint | undefined] = [verifier.state, verifier.forkEvidence?.height]
  void [state, height]
  // @ts-expect-error a checkpoint is required
  createChainVerifier({ policy: { chainId: '10740', registry }, endpoints: { cometbft: [], evm: [] } })
  // @ts-expect-error no such level
  const config: ChainConfig = { chainId: '10740', accept: ['prooven'] }
  void config
  // @ts-expect-error exactly one hash
  const both: Checkpoint = { height: 1, headerHash: '00', validatorsHash: '00' }
  void both
  // @ts-expect-error a proxy's code is pinned by all three
  const proxy: RegistryContract = { address: '0x00', implementation: { slot: '0x00', address: '0x00' } }
  void proxy

  const path = { trusted: {}, path: [] }
  await verifyRegistry({ config: { chainId: '10740', trust: hosted, registry }, query: { height: 5n, teeId: bytes }, evidence: path })
  await verifyHeader({ config: { chainId: '10740', state: 'AAAA' }, evidence: JSON.stringify(path), now: '2026-01-01T00:00:00Z' })
  await verifyEvidence('{}', { chain: { chainId: '10740', checkpoint: hosted, registry } })
  await verifyEvidence('{}', { chain: { chainId: '10740', trust: hosted, registry } })
  const fork = await detectFork({ config: { chainId: '10740', trust: hosted }, evidence: [path, path] })
  if (fork.ok) void fork.value?.blocks[1].hash
  // @ts-expect-error two paths
  await detectFork({ config: { chainId: '10740' }, evidence: [path] })
  const slot: string = await storageSlot({ slot: 7, steps: [{ key: bytes }, { offset: 5n }, { data: true }] })
  // @ts-expect-error no such step
  await storageSlot({ slot: 7, steps: [{ field: 1 }] })
  const account = await verifyMptProof({ anchor: { stateRoot: '0x00', source: 'quorum' }, proof: '{}' })
  if (account.ok) await readStorageBytes({ slot, words: account.value.storage })
  // @ts-expect-error evm or any
  await verifyTxResult({ index: 0, total: 1, tx: '', dataHash: '', txAunts: [], result: '', lastResultsHash: '', resultAunts: [], execution: 'all' })
}

export async function models(): Promise<void> {
  using model = await loadModel('model.onnx', { variant: 'relaxed', digest: 'sha256:00' })
  const outputs = await model.run({ x: new Tensor('float32', new Float32Array(8), [1, 8]), y: new BigInt64Array(1) })
  // @ts-expect-error an output may be missing
  outputs['y'].data
  // @ts-expect-error the array of the type
  new Tensor('float32', new Float64Array(8), [1, 8])
  // @ts-expect-error no such variant
  await loadModel('model.onnx', { variant: 'scalar' })
  const host = createWorkerHost()
  const hosted = await host.loadModel(new URL('https://example.org/m.onnx'))
  void hosted.run({ x: new Float32Array(1) }, { signal: new AbortController().signal })
}

export function errors(error: unknown): string {
  if (error instanceof UsageError) {
    const code: CodeOf<'usage' | 'limit'> = error.code
    return explain(code).message
  }
  if (error instanceof LoadError && error.code === 'WASM_DIGEST_MISMATCH') return error.shortMessage
  // @ts-expect-error a code of another category
  if (error instanceof LoadError && error.code === 'RECEIPT_TOO_OLD') return ''
  return error instanceof VerificationError ? String(error.checks.length) : ''
}

const chain: ChainPolicy = { chainId: '10740', checkpoint: hosted, registry: { address: '0x' }, accept: ['proven', 'quorum'], quorum: { needed: 2, of: 3 } }

export async function chainState(stored: string | null): Promise<void> {
  const verifier = createChainVerifier({ policy: chain, endpoints: { cometbft: ['https://comet.example'], evm: [{ url: 'https://evm.example', operator: 'one' }] }, storedState: stored })
  const verdict = await verifier.verifyTee('0x', { ohttp: true, now: 5n })
  const evidence: ChainEvidence | undefined = verifier.evidenceOf(verdict)
  const state: string | undefined = verifier.state
  void [evidence?.query, evidence?.state, state]
  // @ts-expect-error an option that does not exist
  await verifier.verifyTee('0x', { ohttpp: true })
  // @ts-expect-error the moment is an option of each call
  createChainVerifier({ policy: { ...chain, now: 5 }, endpoints: { cometbft: [], evm: [] } })
  // @ts-expect-error no such level of trust
  const misspelt: ChainPolicy = { ...chain, accept: ['provn'] }
  void misspelt
}
