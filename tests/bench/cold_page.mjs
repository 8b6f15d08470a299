// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// One cold start in a fresh page: from the import to the first answer. Query: what=verify|infer|ort|tfjs, model.
const query = new URLSearchParams(location.search)
const what = query.get('what')
const model = query.get('model')
const bytesAt = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer())
const { makeInputs } = await import('/cases/models.mjs')
const entry = model && (await (await fetch('/models/manifest.json')).json())[model]
const digest = new Uint8Array(32)

let variant = 'baseline'
const start = performance.now()
if (what === 'verify') {
  const { loadVerifier } = await import('/package/dist/verify/index.js')
  const assay = await loadVerifier()
  window.kept = assay.keccak256(digest)
} else if (what === 'infer') {
  const { loadModel, Tensor } = await import('/package/dist/infer/index.js')
  const loaded = await loadModel(`/models/${model}.onnx`)
  variant = loaded.variant
  window.kept = await loaded.run(Object.fromEntries(makeInputs(entry).map((input) => [input.name, new Tensor(input.type, input.data, input.shape)])))
} else if (what === 'tfjs') {
  const { loadTfjs } = await import('/networks/peers.mjs')
  const { tfjsNetwork } = await import('/networks/tfjs.mjs')
  window.kept = await tfjsNetwork(await loadTfjs(1), model).run()
} else {
  const ort = await import('/nm/onnxruntime-web/dist/ort.wasm.min.mjs')
  ort.env.wasm.numThreads = 1
  ort.env.wasm.wasmPaths = '/nm/onnxruntime-web/dist/'
  const session = await ort.InferenceSession.create(`/models/${model}.onnx`, { executionProviders: ['wasm'] })
  window.kept = await session.run(Object.fromEntries(makeInputs(entry).map((input) => [input.name, new ort.Tensor(input.type, input.data, input.shape)])))
}
const spent = performance.now() - start
window.result = { spent, variant }
