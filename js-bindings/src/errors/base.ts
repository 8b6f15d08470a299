// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The closed family of things that Assay throws (STYLE: error model; anatomy after viem).
import { categoryOf, docsPathOf } from './codes.js'
import type { Category, CodeOf, ErrorCode } from './codes.js'
import type { Check } from '../verify/verdict.js'

/** Beside the code. */
export type ErrorDetails = {
  /** Further lines: expected and got, what to do. Never evidence bytes or credentials. */
  readonly metaMessages?: readonly string[]
  /** Member path or byte offset in the input. */
  readonly path?: string
  readonly cause?: unknown
}

/** What every thrown error carries. Catch the classes below, branch on `code`. */
export abstract class BaseError<C extends ErrorCode = ErrorCode> extends Error {
  abstract override readonly name: string
  /** The stable part: text may change, codes do not. */
  readonly code: C
  readonly category: Category
  /** First line of `message`. */
  readonly shortMessage: string
  readonly metaMessages: readonly string[]
  /** Anchor in the package's `docs/codes.md`. */
  readonly docsPath: string
  /** Member path or byte offset in the input, where there is one. */
  readonly path?: string

  constructor(code: C, shortMessage: string, details: ErrorDetails = {}) {
    const { metaMessages = [], path, cause } = details
    const docsPath = docsPathOf(code)
    super([shortMessage, ...metaMessages, `Code: ${code} (${docsPath})`].join('\n'), cause === undefined ? undefined : { cause })
    this.code = code
    this.category = categoryOf(code)
    this.shortMessage = shortMessage
    this.metaMessages = metaMessages
    this.docsPath = docsPath
    if (path !== undefined) this.path = path
  }

  /** @returns the first error of the chain of causes that `accept` takes, this one included; without `accept` the innermost. */
  walk(): unknown
  walk(accept: (error: unknown) => boolean): unknown
  walk(accept?: (error: unknown) => boolean): unknown {
    let error: unknown = this
    for (let depth = 0; depth < 32; depth += 1) {
      if (accept?.(error)) return error
      const cause = error instanceof Error ? error.cause : undefined
      if (cause === undefined) return accept ? undefined : error
      error = cause
    }
    return undefined
  }
}

/** Codes with which evidence is refused. */
export type VerdictCode = CodeOf<'malformed' | 'rejected' | 'policy' | 'unsupported' | 'limit'>

/** Thrown by the `assert…` functions for a verdict that is not ok: the evidence does not hold. */
export class VerificationError extends BaseError<VerdictCode> {
  override readonly name = 'VerificationError'
  /** The checks up to the one that failed, as in the verdict. */
  readonly checks: readonly Check[]

  constructor(code: VerdictCode, shortMessage: string, checks: readonly Check[], details: ErrorDetails = {}) {
    super(code, shortMessage, details)
    this.checks = checks
  }
}

/** The call cannot be answered as it is: a bug in the calling code, its policy, or a size above the documented limit. */
export class UsageError extends BaseError<CodeOf<'usage' | 'limit'>> {
  override readonly name = 'UsageError'
}

/** An asset (WebAssembly module, model) could not be loaded, or is not the one of this release. */
export class LoadError extends BaseError<CodeOf<'load'>> {
  override readonly name = 'LoadError'
}

/** A trap or a bug of Assay; the next call starts afresh. */
export class InternalError extends BaseError<CodeOf<'internal'>> {
  override readonly name = 'InternalError'
}

/** Thrown by `loadModel` for a model that is malformed, unsupported, too large, or not the one of the digest. */
export class ModelError extends BaseError<VerdictCode> {
  override readonly name = 'ModelError'
}
