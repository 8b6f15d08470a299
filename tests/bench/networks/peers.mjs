// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The peers that do not read ONNX, in a page: the same architecture with weights of their own.
import { NETWORK_NAMES } from './describe.mjs'
import { tfjsNetwork } from './tfjs.mjs'

const NOTE = 'the same architecture, weights of its own'

/** Loads a script that is no module, once. */
const script = (address) =>
  new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement('script'), { src: address, onload: resolve, onerror: () => reject(new Error(`no ${address}`)) })
    document.head.append(element)
  })

/** @returns the library with its wasm backend. */
export async function loadTfjs(threads) {
  await script('/nm/@tensorflow/tfjs-core/dist/tf-core.min.js')
  await script('/nm/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js')
  const { tf } = globalThis
  tf.wasm.setWasmPaths('/nm/@tensorflow/tfjs-backend-wasm/dist/')
  tf.wasm.setThreadsCount(threads)
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs has no wasm backend here')
  return tf
}

async function litertNetwork(name, threads) {
  const litert = await import('/nm/@litertjs/core/dist/index.js')
  await litert.loadLiteRt('/nm/@litertjs/core/wasm/', { threads: threads > 1 })
  const bytes = new Uint8Array(await (await fetch(`/tflite/${name}.tflite`)).arrayBuffer())
  const model = await litert.loadAndCompile(bytes, { accelerator: 'wasm', cpuOptions: { numThreads: threads } })
  const { shape } = model.getInputDetails()[0]
  const data = Float32Array.from({ length: [...shape].reduce((product, side) => product * side, 1) }, (_, i) => Math.sin(i))
  return {
    run: async () => {
      const input = new litert.Tensor(data, [...shape])
      const outputs = Object.values(await model.run(input))
      const elements = await outputs[0].data()
      for (const tensor of [input, ...outputs]) tensor.delete()
      return elements
    },
    dispose: () => model.delete(),
  }
}

/** @returns [{name, version, note, run, dispose}] of a model that the peers have; those that do not start are left out. */
export async function networkPeers(name, threads, versions) {
  if (!NETWORK_NAMES.includes(name)) return []
  const made = []
  for (const [peer, make] of [
    ['@litertjs/core', () => litertNetwork(name, threads)],
    ['@tensorflow/tfjs-backend-wasm', async () => tfjsNetwork(globalThis.tf ?? (await loadTfjs(threads)), name)],
  ]) {
    try {
      const network = await make()
      if (!(await network.run()).every(Number.isFinite)) throw new Error('its answer is not finite')
      made.push({ name: peer, version: versions[peer], note: NOTE, ...network })
    } catch (error) {
      console.error(`${peer} ${name}: ${error}`)
    }
  }
  return made
}
