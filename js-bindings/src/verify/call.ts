// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A question to the core: what the caller handed in, read and copied; how it is put; how the answer is read. Everything
// between the reading and the answer is the same for all questions, in the page, in a worker, with or without promises.
import { readVerdict } from './outcome.js'
import type { ProofJudge } from './evidence.js'
import type { Platform } from './platform.js'
import type { PlatformScheme } from './signature_platform.js'
import type { Verdict } from './verdict.js'

/** An operation of core/api/operations.hpp. Nobody can change the fields any more; may cross to a worker. */
export type PreparedCall = {
  readonly kind: 'operation'
  readonly operation: string
  readonly fields: readonly Uint8Array<ArrayBuffer>[]
  /**
   * Set when the operation's last field, which `fields` leaves out, takes the platform's answers for the P-384
   * signatures of this document.
   */
  readonly attested?: {
    readonly document: Uint8Array<ArrayBuffer>
    readonly rootDer: Uint8Array<ArrayBuffer>
    readonly platform: Platform
  }
  /**
   * Set when the operation's last field, which is empty in `fields`, takes a verdict on the bundle's proof of computation:
   * the first two of the fields are the bundle and the options. Does not cross to a worker.
   */
  readonly judgeProof?: ProofJudge
  /** Set when the fields are key, message and signature, and the caller may say who checks them. Without a scheme it is the module. */
  readonly signed?: { readonly scheme: PlatformScheme | undefined; readonly platform: Platform }
}

/** A primitive with an export of its own: no text between. */
export type PreparedPrimitive = {
  readonly kind: 'primitive'
  readonly name: 'recoverAddress' | 'recoverAddressWord' | 'verifyEcdsa' | 'verifySchnorr'
  /** Empty: the form of the input alone refuses it. */
  readonly parts: readonly Uint8Array<ArrayBuffer>[]
  /** 1 = low s only, 0 = either. */
  readonly mode: 0 | 1
}

export type Prepared = PreparedCall | PreparedPrimitive

/** What the module said: a verdict's text, or a primitive's code and output. */
export type Answer = string | { readonly code: number; readonly output: Uint8Array<ArrayBuffer> }

/** How one kind of input becomes one kind of verdict. */
export type Question<I, T> = {
  /** Reads the inputs, once and before anything else happens. @throws UsageError */
  readonly prepare: (input: I) => Prepared
  /** @throws UsageError, InternalError for what no verdict can say. */
  readonly read: (answer: Answer) => Verdict<T>
  /** See `isYes` below. For verdicts that leave to their reader what is the caller's word. */
  isYes?(verdict: Verdict<T>): boolean
}

/** Whether a verdict is a plain yes: when the question says so, or else when it is ok. */
export const isYes = <I, T>(question: Pick<Question<I, T>, 'isYes'>, verdict: Verdict<T>): boolean => question.isYes?.(verdict) ?? verdict.ok

/** Whether no check of that name ended in anything but passed. */
export const allPassed = (verdict: Verdict<unknown>, row: string): boolean => !verdict.checks.some(({ name, status }) => name === row && status !== 'passed')

/**
 * A question that an operation answers.
 *
 * @param revive turns the decimal strings of the value into bigint.
 */
export function question<I, J, T>(prepare: (input: I) => PreparedCall, revive: (json: J) => T): Question<I, T> {
  return { prepare, read: (answer) => readVerdict(answer as string, revive as (json: never) => T) }
}
