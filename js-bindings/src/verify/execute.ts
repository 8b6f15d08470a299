// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// From a prepared question to the module's answer.
import { NO_BYTES } from '../loader/input.js'
import { answerByPlatform } from './p384_platform.js'
import { judgeNow, proofTask, refuseAsync, withProofVerdict } from './proof_platform.js'
import { holdsByPlatform } from './signature_platform.js'
import { executePrimitive, signedByText } from './signatures.js'
import type { Answer, Prepared } from './call.js'
import type { Epoch, Machine } from './machine.js'

/** @param answers the platform's, one byte a signature; empty = the module checks the signatures itself. */
export function execute(machine: Machine, prepared: Prepared, answers: Uint8Array = NO_BYTES, epoch?: Epoch): Answer {
  if (prepared.kind === 'primitive') return executePrimitive(machine, prepared)
  const { operation, fields, attested, judgeProof } = prepared
  if (judgeProof !== undefined) {
    refuseAsync(judgeProof)
    const task = proofTask(machine, prepared)
    return machine.call(operation, withProofVerdict(prepared, task && judgeNow(judgeProof, task)))
  }
  return machine.call(operation, attested === undefined ? fields : [...fields, answers], epoch)
}

/** With the platform's answers, where there are some; a trap of another call in between ends this one too. */
export async function executeWithPlatform(machine: Machine, prepared: Prepared): Promise<Answer> {
  if (prepared.kind === 'primitive') return execute(machine, prepared)
  if (prepared.signed !== undefined && (await holdsByPlatform(prepared.signed, prepared.fields))) return signedByText(prepared.fields[0]!)
  const { judgeProof } = prepared
  if (judgeProof !== undefined) {
    const task = proofTask(machine, prepared)
    // Complete in itself: a trap of another call in between does not concern it.
    return machine.call(prepared.operation, withProofVerdict(prepared, task && (await judgeProof(task))))
  }
  if (prepared.attested === undefined) return execute(machine, prepared)
  const epoch = machine.epoch
  return execute(machine, prepared, await answerByPlatform(machine, prepared.attested, epoch), epoch)
}
