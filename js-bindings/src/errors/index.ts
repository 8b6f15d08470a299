// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
export { explain, isErrorCode } from './codes.js'
export type { Category, CodeOf, ErrorCode, Explanation } from './codes.js'
export { BaseError, InternalError, LoadError, ModelError, UsageError, VerificationError } from './base.js'
export type { ErrorDetails, VerdictCode } from './base.js'
