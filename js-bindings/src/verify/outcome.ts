// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// From what the core says to what a caller gets: verdict, thrown error, value or boolean.
import { InternalError, UsageError, VerificationError } from '../errors/base.js'
import { CODE_MESSAGES } from '../errors/codes.generated.js'
import { categoryOf, codeNumbered, isErrorCode } from '../errors/codes.js'
import type { CodeOf, ErrorCode } from '../errors/codes.js'
import type { VerdictCode } from '../errors/base.js'
import type { Refused, Verdict } from './verdict.js'

/** The verdict's JSON text, before its 64-bit integers are made bigint. */
type RawVerdict = { ok: true; value: unknown; checks: []; trust: 'unproven' } | Omit<Refused, 'message'>

/** A refusal that JavaScript itself finds. */
export function refuse(code: VerdictCode, path?: string): Refused {
  return {
    ok: false,
    code,
    category: categoryOf(code),
    message: CODE_MESSAGES[code],
    ...(path === undefined ? {} : { path }),
    checks: [],
  }
}

/** Throws what no verdict can say: usage codes are the caller's bug, internal ones are ours. */
function throwUnlessVerdict(code: unknown, message: string, path: string | undefined): void {
  if (!isErrorCode(code)) throw new InternalError('TRAP', `The module answered with an unknown code: ${String(code)}`)
  const category = categoryOf(code)
  const details = path === undefined ? {} : { path }
  if (category === 'usage') throw new UsageError(code as CodeOf<'usage'>, path === undefined ? message : `${path}: ${message}`, details)
  if (category === 'internal') throw new InternalError(code as CodeOf<'internal'>, message, details)
}

/**
 * Reads the core's verdict.
 *
 * @param revive turns the value's decimal strings into bigint.
 * @throws UsageError for usage codes, InternalError for internal ones.
 */
export function readVerdict<T>(json: string, revive: (value: never) => T): Verdict<T> {
  const raw = JSON.parse(json) as RawVerdict
  if (raw.ok) return { ok: true, value: revive(raw.value as never), checks: raw.checks, trust: raw.trust }
  const message = CODE_MESSAGES[raw.code]
  throwUnlessVerdict(raw.code, message, raw.path)
  return { ...raw, message }
}

/** The verdict of a signature primitive: code 0 is yes. The key is the caller's word, so the trust is `unproven`. */
export function codeVerdict<T>(number: number, name: string, value: () => T): Verdict<T> {
  if (number === 0) return { ok: true, value: value(), checks: [{ name, status: 'passed' }], trust: 'unproven' }
  const code: ErrorCode | undefined = codeNumbered(number)
  if (code === undefined) throw new InternalError('TRAP', `The module answered with an unknown code: ${number}`)
  throwUnlessVerdict(code, CODE_MESSAGES[code], undefined)
  return { ...refuse(code as VerdictCode), checks: [{ name, status: 'failed', code }] }
}

/** @returns the verdict for an INPUT_LIMIT error, with the code that this family has for it. @throws every other error again. */
export function limitVerdict(error: unknown, code: CodeOf<'limit'> = 'INPUT_LIMIT'): Refused {
  if (error instanceof UsageError && error.code === 'INPUT_LIMIT') return refuse(code, error.path)
  throw error
}

/** @throws VerificationError for a verdict that is not ok. */
export function valueOf<T>(verdict: Verdict<T>): T {
  if (verdict.ok) return verdict.value
  throw new VerificationError(verdict.code as VerdictCode, verdict.message, verdict.checks, verdict.path === undefined ? {} : { path: verdict.path })
}
