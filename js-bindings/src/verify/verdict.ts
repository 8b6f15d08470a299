// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What every verification answers. api.md "Verdict".
import type { Category, ErrorCode } from '../errors/codes.js'

/**
 * The weakest link of the chain behind a verdict, best to worst: `proven` = chain state proven from the checkpoint ·
 * `attested` = a live enclave attestation against pinned measurements · `calldata` = registration calldata verified
 * again · `quorum` · `unproven` = one server's word, or a key that the caller handed in.
 */
export type TrustLevel = 'proven' | 'attested' | 'calldata' | 'quorum' | 'unproven'

/** One row of the tree that a wallet shows. */
export type Check = {
  readonly name: string
  /** `assumed` = taken from policy or an unproven source; `not-covered` = in the answer but bound by no signature. */
  readonly status: 'passed' | 'failed' | 'assumed' | 'not-covered'
  readonly code?: ErrorCode
  readonly detail?: string
  readonly children?: readonly Check[]
}

/** The evidence holds, with the value to use; or it does not, with the code of the first check that failed. */
export type Verdict<T> = Accepted<T> | Refused

export type Accepted<T> = {
  readonly ok: true
  readonly value: T
  readonly checks: readonly Check[]
  readonly trust: TrustLevel
}

export type Refused = {
  readonly ok: false
  readonly code: ErrorCode
  readonly category: Category
  readonly message: string
  /** Member path or byte offset in the evidence. */
  readonly path?: string
  readonly checks: readonly Check[]
}
