// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The cases inside a page. window.bench(work) and window.benchModel({name, threads, variant}) answer what measure() gives.
import { cases as chain } from './cases/chain.mjs'
import { cases as evidence } from './cases/evidence.mjs'
import { KERNELS, kernelBytes, kernelManifest } from './cases/kernels.mjs'
import { measureModel } from './cases/models.mjs'
import { cases as primitives } from './cases/primitives.mjs'
import { zkCases } from './cases/zk.mjs'
import { measure } from './measure.mjs'
import { networkPeers } from './networks/peers.mjs'

const unpack = (text) =>
  JSON.parse(text, (_, item) => (item && typeof item === 'object' && typeof item.$ === 'string' ? Uint8Array.from(atob(item.$), (letter) => letter.charCodeAt(0)) : item))
const bytesAt = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer())

const { versions, fixtures } = unpack(await (await fetch('/fixtures.json')).text())
let shared

async function environment() {
  const verifier = await import('/package/dist/verify/index.js')
  return {
    verifier, assay: await verifier.loadVerifier(), peers: await import('/peers.bundle.mjs'), versions, fixtures,
    zk: await (await import('/package/dist/zk/index.js')).loadZkVerifier(), zkMachine: await (await import('/package/dist/zk/release.js')).loadRelease(),
    ezklEngine: async () => {
      const engine = await import('/nm/@ezkljs/engine/web/ezkl.js')
      await engine.default()
      return engine
    },
    evervaultWasm: () => bytesAt('/nm/@evervault/wasm-attestation-bindings/index_bg.wasm'),
  }
}

window.bench = async (work) => {
  shared ??= await environment()
  const { contenders } = await { ...primitives, ...evidence, ...chain, ...zkCases(fixtures) }[work](shared)
  return measure(contenders)
}

/** Once a page: onnxruntime-web takes its number of threads with its first session. */
window.benchModel = async ({ name, threads, variant }) => {
  const ort = await import('/nm/onnxruntime-web/dist/ort.wasm.min.mjs')
  ort.env.wasm.numThreads = threads
  ort.env.wasm.wasmPaths = '/nm/onnxruntime-web/dist/'
  const env = {
    infer: await import('/package/dist/infer/index.js'), ort, versions, networkPeers, manifest: { ...(await (await fetch('/models/manifest.json')).json()), ...kernelManifest },
    modelBytes: async (model) => (KERNELS.includes(model) ? kernelBytes(model) : bytesAt(`/models/${model}.onnx`)),
  }
  return measureModel(env, name, { threads, variant })
}
window.ready = true
