// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Verifies inside the service worker: static imports only, the module comes with the JavaScript.
import { verifyReceipt } from './assay/verify/inline.js'

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  verifyReceipt({ ...message.receipt, attestation: { document: bytes(message.document), key: bytes(message.key) } }).then(
    (verdict) => reply({ ok: verdict.ok, code: verdict.code }),
    (error) => reply({ error: error.code }),
  )
  return true
})
