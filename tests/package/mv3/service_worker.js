// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Verifies and runs a model inside the service worker: static imports only; the verifier comes with the JavaScript, the
// runtime's file with the extension.
import { loadModel } from './assay/infer/index.js'
import { verifyReceipt } from './assay/verify/inline.js'

async function run({ bytes, input, output, data }) {
  const model = await loadModel(Uint8Array.from(bytes), { variant: 'simd' })
  const outputs = model.runSync({ [input]: { type: 'float32', data: Float32Array.from(data), dims: [1, data.length] } })
  return { ok: true, elements: [...outputs[output].data] }
}

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  if (message.run !== undefined) {
    run(message.run).then(reply, (error) => reply({ error: error.code }))
    return true
  }
  const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  verifyReceipt({ ...message.receipt, attestation: { document: bytes(message.document), key: bytes(message.key) } }).then(
    (verdict) => reply({ ok: verdict.ok, code: verdict.code }),
    (error) => reply({ error: error.code }),
  )
  return true
})
