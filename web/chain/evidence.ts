// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Servers' answers as text for the core. What a server can put into JSON must not look like a mistake of the caller.
import { RpcFault } from './rpc.js'

/** @throws RpcFault for what cannot be written again, such as very deep nesting */
export function evidenceText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    throw new RpcFault('RPC_UNAVAILABLE', 'an answer that cannot be evidence', { cause })
  }
}
