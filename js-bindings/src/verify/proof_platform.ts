// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The proof of computation in a bundle. The module has no pairings: it says what is to be verified, and takes over the
// verdict of the module that has them.
import { NO_BYTES, argumentInvalid, readAny, reading } from '../loader/input.js'
import type { Machine } from './machine.js'
import type { PreparedCall } from './call.js'
import type { ProofJudge, ProofTask } from './evidence.js'

const ENCODER = /* @__PURE__ */ new TextEncoder()

/** @returns what the judge has to verify; undefined for a bundle that cannot be read, has no proof, or has one under a key that the policy does not name. */
export function proofTask(machine: Machine, { fields }: PreparedCall): ProofTask | undefined {
  const answer = JSON.parse(machine.call('evidence_proof_task', fields.slice(0, 2))) as { ok: boolean; value?: ProofTask | null }
  return answer.ok ? (answer.value ?? undefined) : undefined
}

const promises = () => argumentInvalid('judgeProof', 'answers with a promise; without promises it is that of loadZkVerifier()')

/** Refuses a judge that can only promise, before anything is asked of it. @throws UsageError ARGUMENT_INVALID */
export function refuseAsync(judge: ProofJudge): void {
  if (reading('judgeProof', () => Object.prototype.toString.call(judge)) === '[object AsyncFunction]') throw promises()
}

/** What a judge says where nothing is waited for. @throws UsageError ARGUMENT_INVALID for a promise */
export function judgeNow(judge: ProofJudge, task: ProofTask): unknown {
  const said: unknown = judge(task)
  if (typeof said !== 'object' || said === null || readAny(said, 'then', 'judgeProof') === undefined) return said
  Promise.resolve(said).catch(() => undefined) // that it fails later is nobody's concern
  throw promises()
}

/** The fields with the judge's verdict. @throws UsageError ARGUMENT_INVALID for a verdict that is no text. */
export function withProofVerdict({ fields }: PreparedCall, verdict: unknown): readonly Uint8Array[] {
  if (verdict === undefined) return fields
  if (typeof verdict !== 'string') throw argumentInvalid('judgeProof', 'must answer with a verdict')
  return [...fields.slice(0, -1), verdict === '' ? NO_BYTES : ENCODER.encode(verdict)]
}
