// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Errors as plain objects, for the way between threads: structured cloning keeps neither class nor members.
import { InternalError, LoadError, ModelError, UsageError, VerificationError, BaseError } from './base.js'
import type { CodeOf } from './codes.js'
import type { VerdictCode } from './base.js'
import type { ErrorCode } from './codes.js'
import type { Check } from '../verify/verdict.js'

/** An error without its class. */
export type WireError = {
  readonly name: string
  readonly code: ErrorCode
  readonly shortMessage: string
  readonly metaMessages: readonly string[]
  readonly path?: string
  readonly checks?: readonly Check[]
  /** Text of the cause; the object itself may not be cloneable. */
  readonly cause?: string
}

/** @returns the error as data. What is not one of ours is a bug and becomes TRAP. */
export function toWire(error: unknown): WireError {
  if (!(error instanceof BaseError)) {
    return { name: 'InternalError', code: 'TRAP', shortMessage: 'An unexpected error ended the call.', metaMessages: [], cause: String(error) }
  }
  return {
    name: error.name,
    code: error.code,
    shortMessage: error.shortMessage,
    metaMessages: error.metaMessages,
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(error instanceof VerificationError ? { checks: error.checks } : {}),
    ...(error.cause === undefined ? {} : { cause: String(error.cause) }),
  }
}

/** @returns the error that `toWire` took apart. */
export function fromWire(wire: WireError): BaseError {
  const details = {
    metaMessages: wire.metaMessages,
    ...(wire.path === undefined ? {} : { path: wire.path }),
    ...(wire.cause === undefined ? {} : { cause: wire.cause }),
  }
  switch (wire.name) {
    case 'VerificationError':
      return new VerificationError(wire.code as VerdictCode, wire.shortMessage, wire.checks ?? [], details)
    case 'UsageError':
      return new UsageError(wire.code as CodeOf<'usage' | 'limit'>, wire.shortMessage, details)
    case 'LoadError':
      return new LoadError(wire.code as CodeOf<'load'>, wire.shortMessage, details)
    case 'ModelError':
      return new ModelError(wire.code as VerdictCode, wire.shortMessage, details)
    default:
      return new InternalError(wire.code as CodeOf<'internal'>, wire.shortMessage, details)
  }
}
