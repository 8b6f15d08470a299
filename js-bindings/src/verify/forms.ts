// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The names of the forms in which every question is asked.

/** `verifyReceipt`, `checkTdxQuoteSignature` → `assert…`, `authenticateNitro` → `assertGenuineNitro`, `recoverAddress` → `assertRecoverAddress`. */
export type AssertName<N extends string> = N extends `verify${infer X}` | `check${infer X}` ? `assert${X}` : N extends `authenticate${infer X}` ? `assertGenuine${X}` : `assert${Capitalize<N>}`
/** `verifyReceipt` → `isValidReceipt`, `authenticateNitro` → `isGenuineNitro`; other verbs have no such form. */
export type IsName<N extends string> = N extends `verify${infer X}` ? `isValid${X}` : N extends `authenticate${infer X}` ? `isGenuine${X}` : never

const VERB = /^(verify|check|authenticate)(.+)$/

/** The names of the two other forms, as the types above say them. */
export function formNames(name: string): { readonly assert: string; readonly is: string | undefined } {
  const [, verb, subject] = VERB.exec(name) ?? []
  if (subject === undefined) return { assert: `assert${name[0]!.toUpperCase()}${name.slice(1)}`, is: undefined }
  if (verb === 'authenticate') return { assert: `assertGenuine${subject}`, is: `isGenuine${subject}` }
  return { assert: `assert${subject}`, is: verb === 'verify' ? `isValid${subject}` : undefined }
}
