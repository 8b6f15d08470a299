// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The synchronous form: everything that the asynchronous functions do, once the module is there.
import { execute } from './execute.js'
import { executeHash } from './hashes.js'
import { isYes } from './call.js'
import { forkNow } from './fork.js'
import { limitVerdict, valueOf } from './outcome.js'
import { Machine } from './machine.js'
import { QUESTIONS, formNames } from './questions.js'
import { ohttpStreamNow } from './ohttp_stream.js'
import { receiptStreamNow } from './receipt_stream.js'
import { storageSlotNow } from './storage_slot.js'
import { EVIDENCE_CALL, withArguments } from './evidence.js'
import type { EvidenceArguments, ProofJudge } from './evidence.js'
import type { AssertName, InputOf, IsName, QuestionName, ValueOf } from './questions.js'
import type { Prepared, Question } from './call.js'
import type { Fork, ForkInput } from './fork.js'
import type { OhttpStreamClass, OpenedOhttpStream } from './ohttp_stream.js'
import type { ReceiptStreamClass, UnkeptReceipt } from './receipt_stream.js'
import type { StorageSlotInput } from './storage_slot.js'
import type { VerifiedReceipt } from './receipt.js'
import type { Verdict } from './verdict.js'

/**
 * The functions of this package without promises. Each does what the function of the same name of
 * `assay-wasm/verify` does, always by the module (`platform` is read and ignored).
 */
export type Verifier = { readonly [N in QuestionName]: (...given: ArgumentsOf<N>) => Verdict<ValueOf<N>> } & {
  readonly [N in QuestionName as AssertName<N>]: (...given: ArgumentsOf<N>) => ValueOf<N>
} & { readonly [N in QuestionName as IsName<N>]: (...given: ArgumentsOf<N>) => boolean } & {
  readonly ReceiptStream: ReceiptStreamClass<Verdict<VerifiedReceipt>, Verdict<UnkeptReceipt>>
  readonly OhttpResponseStream: OhttpStreamClass<Uint8Array<ArrayBuffer>[], Verdict<OpenedOhttpStream>>
  readonly keccak256: (bytes: Uint8Array) => Uint8Array<ArrayBuffer>
  readonly sha256: (bytes: Uint8Array) => Uint8Array<ArrayBuffer>
  readonly storageSlot: (input: StorageSlotInput) => string
  readonly detectFork: (input: ForkInput) => Verdict<Fork | null>
}

/** One input; only a bundle and its policy are two. */
type ArgumentsOf<N extends QuestionName> = N extends 'verifyEvidence' ? EvidenceArguments<ProofJudge<string>> : [input: InputOf<N>]

function askNow<I, T>(machine: Machine, { prepare, read }: Question<I, T>, input: I): Verdict<T> {
  let prepared: Prepared
  try {
    prepared = prepare(input)
  } catch (error) {
    return limitVerdict(error)
  }
  return read(execute(machine, prepared))
}

/** @throws LoadError WASM_UNAVAILABLE when the module cannot be started. */
export function createVerifier(compiled: WebAssembly.Module): Verifier {
  const machine = new Machine(compiled)
  const functions: Record<string, unknown> = {
    ReceiptStream: receiptStreamNow(machine),
    OhttpResponseStream: ohttpStreamNow(machine),
    keccak256: (bytes: Uint8Array) => executeHash(machine, 'keccak256', bytes),
    sha256: (bytes: Uint8Array) => executeHash(machine, 'sha256', bytes),
    storageSlot: storageSlotNow(machine),
    detectFork: forkNow((input) => askNow(machine, QUESTIONS.verifyHeader, input)),
  }
  for (const [name, question] of Object.entries({ ...QUESTIONS, verifyEvidence: EVIDENCE_CALL })) {
    const own = question as Question<unknown, unknown>
    const asked = (input: unknown) => askNow(machine, own, input)
    const { assert, is } = formNames(name)
    functions[name] = asked
    functions[assert] = (input: unknown) => valueOf(asked(input))
    if (is !== undefined) functions[is] = (input: unknown) => isYes(own, asked(input))
  }
  for (const name of ['verifyEvidence', 'assertEvidence', 'isValidEvidence']) functions[name] = withArguments(functions[name] as (given: EvidenceArguments) => unknown)
  return functions as Verifier
}
