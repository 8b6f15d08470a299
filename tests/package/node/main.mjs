// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What an application in Node does: runs beside the installed package, prints one JSON line.
import { readFileSync } from 'node:fs'

import { VERSION, WASM_SHA256 } from 'assay-wasm'
import { UsageError, explain } from 'assay-wasm/errors'
import { Tensor, loadModel } from 'assay-wasm/infer'
import { InferenceSession, Tensor as OrtTensor } from 'assay-wasm/ort'
import { slidingWindows } from 'assay-wasm/preprocess'
import { keccak256, verifyReceipt } from 'assay-wasm/verify'
import { loadVerifierSync } from 'assay-wasm/verify-inline'
import { createWorkerHost } from 'assay-wasm/web'
import { verifyGroth16ProofUnpinned } from 'assay-wasm/zk'

const input = JSON.parse(readFileSync(new URL('input.json', import.meta.url)))
const bytes = (base64) => new Uint8Array(Buffer.from(base64, 'base64'))
const receipt = { ...input.receipt, attestation: { document: bytes(input.document), key: bytes(input.key) } }

const verdict = await verifyReceipt(receipt)
const inline = loadVerifierSync().verifyReceipt(receipt)
const usage = await verifyReceipt({ ...receipt, policy: {} }).catch((error) => error)
const model = await loadModel(new URL('model.onnx', import.meta.url))
const { [input.model.output]: output } = await model.run({ [input.model.input]: new Tensor('float32', Float32Array.from(input.model.data), input.model.dims) })
const session = await InferenceSession.create(readFileSync(new URL('model.onnx', import.meta.url)))
const same = (await session.run({ [input.model.input]: new OrtTensor(Float32Array.from(input.model.data), input.model.dims) }))[input.model.output]
const proof = await verifyGroth16ProofUnpinned({ vk: '{}', publicSignals: '[]', proof: '{}' })
const wasm = readFileSync(new URL(import.meta.resolve('assay-wasm/wasm/verify.wasm')))

console.log(JSON.stringify({
  version: VERSION,
  digests: Object.keys(WASM_SHA256).length,
  ok: verdict.ok,
  inline: inline.ok,
  usage: usage instanceof UsageError ? usage.code : String(usage),
  proof: proof.code,
  explained: explain('TRAP').category,
  keccak: Buffer.from(await keccak256(new Uint8Array(0))).toString('hex').slice(0, 8),
  output: [...output.data],
  ort: same.data[0] === output.data[0],
  windows: slidingWindows([1, 2, 3], { length: 2 }).dims,
  wasmBytes: wasm.length,
  host: typeof createWorkerHost().verifyReceipt,
}))
