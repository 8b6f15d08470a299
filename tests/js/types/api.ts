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
import { loadVerifier, verifyEcdsa, verifyNitroAttestation, verifyReceipt } from 'assay-wasm/verify'
import type { Policy, ReceiptInput, VerifiedReceipt } from 'assay-wasm/verify'
import { loadVerifierSync } from 'assay-wasm/verify-inline'
import { createChainVerifier, createWorkerHost } from 'assay-wasm/web'
import type { ChainEvidence, ChainPolicy, HostedCheckpoint } from 'assay-wasm/web'

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

declare const hosted: HostedCheckpoint
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
