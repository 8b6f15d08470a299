// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The switch between the module and WebCrypto, wherever there is a choice.
import { UsageError } from '../errors/base.js'

/**
 * Who makes the public-key operations of the asynchronous form:
 *
 * - `auto`: whichever is faster (tests/bench; a key's import included). That is WebCrypto for one RSA signature in browsers
 *   and the module for everything else; always the module where there is no WebCrypto, as on origins that are not secure.
 * - `webcrypto`: WebCrypto for all that it decides as the module does, which makes the rest.
 * - `wasm`: the module.
 *
 * The verdict is the same. The synchronous form and the batches have the module only; a batch refuses `webcrypto`.
 */
export type Platform = 'auto' | 'wasm' | 'webcrypto'

export const PLATFORMS = ['auto', 'wasm', 'webcrypto'] as const

/** @throws UsageError ARGUMENT_INVALID where WebCrypto is demanded and does not do it. */
export function refusePlatform(what: string, cause?: unknown): never {
  throw new UsageError('ARGUMENT_INVALID', `platform: WebCrypto does not check ${what} here`, { path: 'platform', cause })
}
