// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What onnxruntime has and this façade does not is refused where it is asked for, never ignored.
import { UsageError } from '../errors/base.js'

/** @returns the error to throw. @param instead what does the same here, if anything */
export function unsupported(member: string, instead?: string): UsageError {
  return new UsageError('ORT_UNSUPPORTED', `${member} is not offered by assay-wasm/ort.${instead === undefined ? '' : ` ${instead}`}`, { path: member })
}
