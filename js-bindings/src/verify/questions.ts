// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Every question that the package answers, by the name of its function.
import { ECDSA, P384, RECOVER, RSA_PSS } from './signatures.js'
import { GENUINE_NITRO, NITRO } from './nitro.js'
import { RECEIPT } from './receipt.js'
import type { Question } from './call.js'

// Functions of the asynchronous form are documented in index.ts.
export const QUESTIONS = {
  verifyReceipt: RECEIPT,
  verifyNitroAttestation: NITRO,
  authenticateNitro: GENUINE_NITRO,
  recoverAddress: RECOVER,
  verifyEcdsa: ECDSA,
  verifyRsaPss: RSA_PSS,
  verifyP384: P384,
} as const

export type Questions = typeof QUESTIONS
export type QuestionName = keyof Questions
/** What a question takes. */
export type InputOf<N extends QuestionName> = Questions[N] extends Question<infer I, unknown> ? I : never
/** What its verdict carries. */
export type ValueOf<N extends QuestionName> = Questions[N] extends Question<never, infer T> ? T : never

/** `verifyReceipt` → `assertReceipt`, `authenticateNitro` → `assertGenuineNitro`, `recoverAddress` → `assertRecoverAddress`. */
export type AssertName<N extends string> = N extends `verify${infer X}` ? `assert${X}` : N extends `authenticate${infer X}` ? `assertGenuine${X}` : `assert${Capitalize<N>}`
/** `verifyReceipt` → `isValidReceipt`, `authenticateNitro` → `isGenuineNitro`; other verbs have no such form. */
export type IsName<N extends string> = N extends `verify${infer X}` ? `isValid${X}` : N extends `authenticate${infer X}` ? `isGenuine${X}` : never

const VERB = /^(verify|authenticate)(.+)$/

/** The names of the two other forms, as the types above say them. */
export function formNames(name: string): { readonly assert: string; readonly is: string | undefined } {
  const [, verb, subject] = VERB.exec(name) ?? []
  if (subject === undefined) return { assert: `assert${name[0]!.toUpperCase()}${name.slice(1)}`, is: undefined }
  return verb === 'verify' ? { assert: `assert${subject}`, is: `isValid${subject}` } : { assert: `assertGenuine${subject}`, is: `isGenuine${subject}` }
}
