// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// mbedTLS 3.6 in WebAssembly, built by build.sh.
import create from '../../../build/bench/mbedtls.mjs'

/** @returns {verifyP384, verifyRsaPss}, both synchronous. */
export async function openMbedtls() {
  const module = await create()
  const place = (...parts) => {
    let at = module._arena()
    for (const part of parts) {
      module.HEAPU8.set(part, at)
      at += part.length
    }
  }
  return {
    verifyP384: ({ point, message, signature }) => {
      place(point, signature, message)
      return module._verify_p384(message.length) === 1
    },
    verifyRsaPss: ({ spki, message, signature }) => {
      place(spki, signature, message)
      return module._verify_rsa_pss(spki.length, signature.length, message.length) === 1
    },
  }
}
